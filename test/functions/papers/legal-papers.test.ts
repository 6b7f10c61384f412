/** The papers of a batch, as somebody who opens the .docx sees them. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { writePapers } from '../../../functions/approval/write-papers.ts';
import { writeLegalPaper } from '../../../functions/papers/document-writer.ts';
import {
  type BatchContent,
  legalPaper,
  legalPaperKinds,
  type ListedBeneficiary,
} from '../../../shared/approval/legal-papers.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();

const somebody: ListedBeneficiary = {
  fullName: 'Trần Thị Hòa',
  birth: '1968-05-12',
  employer: 'Phòng Tổ chức, Sở A',
  unit: 'Sở A',
  regime: '178/7',
  decision: '12/QĐ-SNV, 20/06/2025',
  leaveOn: '2025-07-01',
  total: 1_005_000_000n,
  notes: [],
};
const another = { ...somebody, fullName: 'Lê Văn Ân', unit: 'UBND xã Anh Sơn', regime: '154/9', total: 95_000_001n };
const batch: BatchContent = {
  code: '251001-ABCD',
  version: 2,
  contentHash: 'f'.repeat(64),
  source: 'Nguồn cải cách tiền lương',
  level: 'ngân sách tỉnh',
  people: [{ ...somebody, notes: ['chỉ biết năm sinh'] }, another],
};

/** The text of the document, a paragraph a line. */
function textOf(docx: Uint8Array): string {
  const xml = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array());
  const lines = xml
    .split('</w:p>')
    .map((part) => [...part.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''));
  return lines.filter((line) => line !== '').join('\n');
}

const written = async (kind: (typeof legalPaperKinds)[number], of = batch) =>
  textOf(await writeLegalPaper(legalPaper(kind, of)));

describe('each paper', () => {
  test.each(legalPaperKinds)('%s states people and sum in figures and words, and names its list', async (kind) => {
    const text = await written(kind);
    expect(text).toContain(
      '2 người, tổng kinh phí 1.100.000.001 đồng (Một tỷ một trăm triệu không trăm linh một đồng)',
    );
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(text).toContain(`Danh sách đợt 251001-ABCD, phiên bản 2, mã nội dung ${'f'.repeat(64)}`);
    expect(text).toMatch(/Lê Văn Ân[^]*Trần Thị Hòa|Trần Thị Hòa[^]*Lê Văn Ân/);
  });

  test('keep the name of the province on one line', async () => {
    const text = textOf(await writeLegalPaper(legalPaper('appraisal', batch)));
    expect(text).toContain('ỦY BAN NHÂN DÂN TỈNH\u00a0NGHỆ\u00a0AN');
  });

  test('the appraisal letter names who must be looked at, and sums up by article and by unit', async () => {
    const text = await written('appraisal');
    expect(text).toContain('Các trường hợp cần lưu ý: Trần Thị Hòa (chỉ biết năm sinh).');
    expect(text).toContain('Điều 9 Nghị định số 154/2025/NĐ-CP\n1\n95.000.001');
    expect(text).toContain('UBND xã Anh Sơn\n1\n95.000.001');
  });

  test('the decision rests on the texts that pay somebody, and on no other', async () => {
    const text = await written('decision');
    expect(text).toContain('Căn cứ Nghị định số 154/2025/NĐ-CP;');
    expect(text).toContain('Căn cứ Nghị định số 178/2024/NĐ-CP');
    expect(text).not.toContain('29/2023');
    expect(await written('decision', { ...batch, people: [another] })).not.toContain('178/2024');
  });

  test('is whole in composed letters, in Times New Roman, on A4', async () => {
    const decomposed = { ...somebody, fullName: 'Trần Thị Hòa'.normalize('NFD') };
    const docx = await writeLegalPaper(legalPaper('appraisal', { ...batch, people: [decomposed] }));
    const xml = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array());
    expect(xml).toBe(xml.normalize('NFC'));
    expect(xml).toContain('Trần Thị Hòa');
    expect([xml.includes('Times New Roman'), xml.includes('w:w="11906"')]).toEqual([true, true]);
  });

  test('keeps markup as text', async () => {
    const marked = { ...somebody, employer: '<b>Phòng & "Ban"</b>' };
    expect(await written('submission', { ...batch, people: [marked] })).toContain('&lt;b&gt;Phòng &amp;');
  });
});

describe('the papers of a stored batch', () => {
  test('list everyone who is left, and nobody who was taken out; made anew they say so', async () => {
    const made = await province();
    await made.frozenBatch('b1');
    const [out] = await made.list('b1');
    if (out === undefined) expect.fail('nobody is on the list');
    const nothing = () => {};
    await writePapers('b1', 'demo-home-affairs-officer', made.still, nothing);
    expect((await made.batch('b1')).papers?.people).toBe((await made.list('b1')).length);
    done(await made.decides('home-affairs-leader', 'b1', { takeOut: [{ part: out.part, reason: 'Thiếu giấy tờ' }] }));
    await writePapers('b1', 'demo-home-affairs-officer', made.still, nothing);
    const { papers } = await made.batch('b1');
    const text = textOf((await made.still.files.get(papers?.files['decision'] ?? '')) ?? new Uint8Array());
    let total = 0n;
    for (const part of await made.list('b1')) {
      const of = (await readCase(made.store, caseIdOf(part.part))) ?? expect.fail('no case');
      const { fullName } = await identityOf(made.still.vault, of);
      const isOut = part.part === out.part;
      if (!isOut) total = sum([total, BigInt(part.total)]);
      expect([fullName, text.split('\n').includes(fullName)]).toEqual([fullName, !isOut]);
    }
    expect(text).toContain(`${papers?.people} người, tổng kinh phí ${formatDong(total)} đồng`);
  });

  test('a batch that is not there gets none', async () => {
    const { still, store } = await province();
    await writePapers('b9', 'demo-home-affairs-officer', still, () => {});
    expect(await store.read('batch/b9')).toEqual([]);
  });
});
