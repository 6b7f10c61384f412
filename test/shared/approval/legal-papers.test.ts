/** What stands on the three papers of a batch: who writes to whom, on what texts it rests, and tables that add up. */
import { describe, expect, test } from 'vitest';
import {
  type BatchContent,
  legalPaper,
  legalPaperKinds,
  type ListedBeneficiary,
} from '../../../shared/approval/legal-papers.ts';

const person = (given: Partial<ListedBeneficiary>): ListedBeneficiary => ({
  fullName: 'Trần Thị Hòa',
  birth: '1968-05-12',
  employer: 'Phòng A',
  unit: 'Sở A',
  regime: '178/7',
  decision: '12/QĐ-SNV',
  leaveOn: '2025-07-01',
  total: 1_000n,
  notes: [],
  ...given,
});
const batch: BatchContent = {
  code: '251001-ABCD',
  version: 2,
  contentHash: 'f'.repeat(64),
  source: 'nguồn cải cách tiền lương',
  level: 'ngân sách tỉnh',
  people: [
    person({ unit: 'Xã B', fullName: 'Phạm Văn Bình', regime: '178/10', total: 4_000n }),
    person({ notes: ['chỉ biết năm sinh', 'sát mốc'] }),
    person({ fullName: 'Lê Văn Ân', regime: '29/8', total: 20_000n, notes: ['sát mốc'] }),
    person({ unit: 'Xã B', fullName: 'Võ Thị An', regime: '07/muc-2', total: 300_000n }),
    person({ unit: 'Xã B', fullName: 'Cao Thị Cúc', regime: '178/10', total: 5_000_000n }),
  ],
};

describe('the tables', () => {
  test('by unit number their rows, count the people and add up their sums', () => {
    for (const kind of legalPaperKinds) {
      const byUnit = legalPaper(kind, batch).tables.at(-1);
      expect(byUnit?.rows).toEqual([
        ['1', 'Sở A', '2', '21.000'],
        ['2', 'Xã B', '3', '5.304.000'],
      ]);
      expect(byUnit?.total).toEqual(['', 'Tổng cộng', '5', '5.325.000']);
    }
  });

  test('by article name the text and stand in the order of the articles; the decision has none', () => {
    const text = 'Nghị định số 178/2024/NĐ-CP, được sửa đổi, bổ sung bởi Nghị định số 67/2025/NĐ-CP';
    for (const kind of ['appraisal', 'submission'] as const) {
      const { tables } = legalPaper(kind, batch);
      expect(tables.map(({ caption }) => caption)).toEqual(['Theo điều khoản áp dụng', 'Theo đơn vị chi trả']);
      expect(tables.map(({ columns }) => columns[1]?.heading)).toEqual(['Điều khoản', 'Đơn vị']);
      expect(tables[0]?.rows).toEqual([
        ['1', `Điều 7 ${text}`, '1', '1.000'],
        ['2', 'Điều 8 Nghị định số 29/2023/NĐ-CP', '1', '20.000'],
        ['3', `Điều 10 ${text}`, '2', '5.004.000'],
        ['4', 'Nghị quyết số 07/2025/NQ-CP', '1', '300.000'],
      ]);
    }
    expect(legalPaper('decision', batch).tables).toHaveLength(1);
  });

  test('of the annex lists everybody by unit and given name, and ends with the sum', () => {
    for (const people of [batch.people, batch.people.toReversed()]) {
      const { annex } = legalPaper('decision', { ...batch, people });
      expect(annex.rows.map(([index, name]) => [index, name])).toEqual([
        ['1', 'Lê Văn Ân'],
        ['2', 'Trần Thị Hòa'],
        ['3', 'Võ Thị An'],
        ['4', 'Phạm Văn Bình'],
        ['5', 'Cao Thị Cúc'],
      ]);
      const cells = ['2', 'Trần Thị Hòa', '12/05/1968', 'Phòng A', '12/QĐ-SNV', '01/07/2025', '178/7', '1.000'];
      expect(annex.rows[1]).toEqual(cells);
      expect(annex.total).toEqual(['', 'Tổng cộng', '', '', '', '', '', '5.325.000']);
    }
  });

  test('head every column, and fill the width of the page', () => {
    for (const kind of legalPaperKinds) {
      const { tables, annex } = legalPaper(kind, batch);
      for (const { columns, rows, total } of [...tables, annex]) {
        expect(columns.reduce((width, { share }) => width + share, 0)).toBe(100);
        expect(columns.filter(({ heading }) => heading.trim() === '')).toEqual([]);
        for (const row of [...rows, total]) expect(row).toHaveLength(columns.length);
      }
    }
  });

  test('set numbers to the right, and nothing else', () => {
    const { tables, annex } = legalPaper('appraisal', batch);
    const numbers = ({ columns }: { readonly columns: (typeof annex)['columns'] }) =>
      columns.filter(({ isNumber = false }) => isNumber).map(({ heading }) => heading);
    for (const table of tables) expect(numbers(table)).toEqual(['Số người', 'Số tiền (đồng)']);
    expect(numbers(annex)).toEqual(['Số tiền (đồng)']);
  });
});

describe('the text', () => {
  test('states people and sum in figures and words, and each paper names the frozen list it belongs to', () => {
    for (const kind of legalPaperKinds) {
      const { paragraphs, mark } = legalPaper(kind, batch);
      expect(paragraphs.join()).toContain('5 người, tổng kinh phí 5.325.000 đồng (Năm triệu');
      expect(mark).toBe(`Danh sách đợt 251001-ABCD, phiên bản 2, mã nội dung ${'f'.repeat(64)}`);
    }
  });

  test('goes from Home Affairs to Finance, from Finance to the People’s Committee, and then to whom it concerns', () => {
    const said = legalPaperKinds.map((kind) => {
      const { agency, to, closing, recipients } = legalPaper(kind, batch);
      return [agency, to, closing.length, recipients.at(-1), recipients.length];
    });
    expect(said).toEqual([
      ['SỞ NỘI VỤ', ['Sở Tài chính'], 1, 'Lưu: VT.', 2],
      ['SỞ TÀI CHÍNH', ['Ủy ban nhân dân tỉnh'], 1, 'Lưu: VT.', 3],
      ['ỦY BAN NHÂN DÂN TỈNH NGHỆ AN', [], 0, 'Lưu: VT.', 3],
    ]);
  });

  test('of the decision rests on each text that pays somebody, once', () => {
    const people = [...batch.people, person({ regime: '154/9' })];
    const bases = legalPaper('decision', { ...batch, people }).paragraphs.filter((one) =>
      /178|29\/2023|07\/2025|154/.test(one),
    );
    expect(bases).toEqual(
      [
        'Căn cứ Nghị quyết số 07/2025/NQ-CP;',
        'Căn cứ Nghị định số 178/2024/NĐ-CP, được sửa đổi, bổ sung bởi Nghị định số 67/2025/NĐ-CP;',
        'Căn cứ Nghị định số 29/2023/NĐ-CP;',
        'Căn cứ Nghị định số 154/2025/NĐ-CP;',
      ].toSorted(),
    );
  });

  test('of the appraisal names each who must be looked at, and why; nobody, where there is nobody', () => {
    expect(legalPaper('appraisal', batch).paragraphs.at(-1)).toBe(
      'Các trường hợp cần lưu ý: Trần Thị Hòa (chỉ biết năm sinh; sát mốc); Lê Văn Ân (sát mốc).',
    );
    expect(legalPaper('appraisal', { ...batch, people: [person({})] }).paragraphs).toHaveLength(1);
  });
});
