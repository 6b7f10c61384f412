/** The registers of units and of reorganisations: out as a workbook, in again, compared, and recorded once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeSheets } from '../../../functions/papers/sheet-writer.ts';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { addDays } from '../../../shared/calendar.ts';
import { communes } from '../../../shared/case/communes.ts';
import { lastOfKind } from '../../../shared/case/history.ts';
import {
  predecessorsOf,
  readReorganisations,
  type Reorganisation,
  reorganisationStream,
} from '../../../shared/case/reorganisation.ts';
import { cellAddress, type Sheet, type SheetCell } from '../../../shared/case/sheet.ts';
import {
  autonomyGroups,
  blocks,
  budgetLevels,
  lacksOf,
  readUnits,
  sources,
  type Unit,
  unitKinds,
  unitStream,
} from '../../../shared/case/unit.ts';
import { readRegister, registerReading, type RegisterReading } from '../../../shared/intake/read-register.ts';
import { compareRegister, recordRegister } from '../../../shared/intake/register.ts';
import {
  type DocumentColumn,
  documentColumns,
  documentsSheet,
  type UnitColumn,
  unitColumns,
  unitsSheet,
} from '../../../shared/intake/register-columns.ts';
import { communesWithout, registerSheets } from '../../../shared/intake/register-sheets.ts';

let folder: string;
let store: SqliteStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'register-'));
  store = openSqliteStore(join(folder, 'histories.sqlite'));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const department: Unit = {
  code: '1094107',
  name: 'Sở Quy hoạch',
  block: 'government',
  level: 'provincial',
  source: 'wage-reform',
  chapter: '412',
  treasuryAccount: '9523.3.1094107',
  kind: 'department',
  hasChiefAccountant: true,
  hasSpecimens: true,
};
const commune: Unit = {
  ...department,
  code: '1094238',
  name: 'UBND xã Anh Sơn',
  level: 'commune',
  chapter: '805',
  treasuryAccount: '',
  kind: 'commune',
  hasChiefAccountant: false,
  hasSpecimens: false,
};
const school: Unit = {
  ...department,
  code: '1094369',
  name: 'Trường Trung học nội trú',
  source: 'regular',
  kind: 'school',
  autonomy: '2',
  paidBy: department.code,
  successorOf: ['Trường Dân tộc nội trú', 'Trường Bổ túc'],
};
const merger: Reorganisation = {
  number: '905/NQ-HĐND',
  on: '2025-02-20',
  effectiveOn: '2025-03-01',
  title: 'Sắp xếp các cơ quan chuyên môn',
  bodies: ['Sở Xây dựng cũ', 'Sở Giao thông cũ'],
};

/** What the workbook of the registers says once it was written, and read again. */
async function throughWorkbook(
  units: readonly Unit[],
  documents: readonly Reorganisation[],
  registered: readonly string[] = [],
): Promise<RegisterReading> {
  const read = await readSheets(await writeSheets(registerSheets(units, documents)));
  if (read.outcome === 'refused') return expect.fail(read.why.vi);
  return taken(readRegister(read.sheets, asRegistered(registered)));
}

/** Units that are registered under these codes, each paying for itself. */
const asRegistered = (codes: readonly string[]) => new Map(codes.map((code) => [code, { ...department, code }]));

function taken(reading: ReturnType<typeof readRegister>): RegisterReading {
  return 'outcome' in reading ? expect.fail(reading.why.vi) : reading;
}

describe('the registers as a workbook', () => {
  test('are read again as they are, every field of them', async () => {
    const { units, documents, faults } = await throughWorkbook([department, commune, school], [merger]);
    expect([units, documents, faults]).toEqual([[department, commune, school], [merger], []]);
  });

  test('whatever is registered', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyUnits, anyDocuments, async (units, documents) => {
        const reading = await throughWorkbook(units, documents);
        expect([reading.units, reading.documents, reading.faults]).toEqual([units, documents, []]);
      }),
      { numRuns: 15 },
    );
  });

  test('with the Resolution of the communes, all its bodies in one cell', async () => {
    const [ofCommunes = expect.fail()] = await readReorganisations(store);
    expect((await throughWorkbook([], [ofCommunes])).documents).toEqual([ofCommunes]);
  });

  test('offer each commune that is not registered without a code, and pass it over when read', async () => {
    const [sheet] = registerSheets([department, commune], []);
    const offered = (sheet?.rows ?? []).slice(2);
    expect(offered).toHaveLength(129);
    expect(offered.map(([code]) => code)).toEqual(Array.from({ length: 129 }, () => ''));
    expect(offered.map((row) => row[1])).not.toContain('UBND xã Anh Sơn');
    expect(offered.map((row) => row[1])).toContain('UBND phường Cửa Lò');
    const { units, faults, notices } = await throughWorkbook([department, commune], []);
    expect([units.length, faults, notices]).toEqual([
      2,
      [],
      [{ vi: '129 dòng chưa có mã ĐVQHNS được bỏ qua.', en: '129 rows without a code were left out.' }],
    ]);
  });

  test('a commune that is offered lacks its code and its readiness, nothing else', () => {
    const [sheet] = registerSheets([], []);
    const cells = sheet?.rows[0] ?? [];
    const filled = unitColumns.filter((_, index) => cells[index] !== '').map(({ key }) => key);
    expect(filled).toEqual(['name', 'kind', 'block', 'level', 'source', 'chapter']);
    const row = Object.fromEntries(unitColumns.map(({ key }, index) => [key, String(cells[index])]));
    const ready = { ...row, code: '1094500', hasChiefAccountant: 'Có', hasSpecimens: 'Không' };
    expect(read([ready]).units).toEqual([
      {
        ...commune,
        code: '1094500',
        name: `UBND ${communes[0]?.name.replace('Phường', 'phường')}`,
        hasChiefAccountant: true,
      },
    ]);
  });

  test('say how each column is filled in', () => {
    const help = registerSheets([], [])[2]?.rows ?? [];
    const explained = help.map(([sheet, heading]) => `${String(sheet)}: ${String(heading)}`);
    expect(explained).toEqual([
      ...unitColumns.map(({ heading }) => `${unitsSheet}: ${heading}`),
      ...documentColumns.map(({ heading }) => `${documentsSheet}: ${heading}`),
    ]);
    expect(help.map(([, , how]) => how)).not.toContain('');
  });
});

/** Row 1 is the heading, row 2 the first unit or document; an empty text is an empty cell. */
function sheetOf<Key extends string>(
  name: string,
  columns: readonly { readonly key: Key; readonly heading: string }[],
  rows: readonly Readonly<Partial<Record<Key, string>>>[],
): Sheet {
  const lines = [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map(({ key }) => row[key] ?? ''))];
  const cellsOf = (texts: readonly string[]) =>
    texts.flatMap((text, at): SheetCell[] => (text === '' ? [] : [{ column: at + 1, kind: 'text', text }]));
  return { name, rows: lines.map((line, at) => ({ number: at + 1, cells: cellsOf(line) })) };
}

type UnitRow = Readonly<Partial<Record<UnitColumn, string>>>;
type DocumentRow = Readonly<Partial<Record<DocumentColumn, string>>>;

const unitRow: UnitRow = {
  code: '1094107',
  name: 'Sở Quy hoạch',
  kind: 'sở',
  block: 'Nhà nước',
  level: 'tỉnh',
  source: 'cải cách tiền lương',
  chapter: '412',
  treasuryAccount: '9523.3.1094107',
  hasChiefAccountant: 'Có',
  hasSpecimens: 'x',
};
const documentRow: DocumentRow = {
  number: '905/NQ-HĐND',
  on: '20/02/2025',
  effectiveOn: '01/03/2025',
  title: 'Sắp xếp các cơ quan chuyên môn',
  bodies: 'Sở Xây dựng cũ; Sở Giao thông cũ',
};

function read(units: readonly UnitRow[], documents: readonly DocumentRow[] = [], registered: readonly string[] = []) {
  const sheets = [sheetOf(unitsSheet, unitColumns, units), sheetOf(documentsSheet, documentColumns, documents)];
  return taken(readRegister(sheets, asRegistered(registered)));
}

const inUnits = (key: UnitColumn, row = 2) =>
  cellAddress({ column: unitColumns.findIndex((column) => column.key === key) + 1, row });
const inDocuments = (key: DocumentColumn, row = 2) =>
  cellAddress({ column: documentColumns.findIndex((column) => column.key === key) + 1, row });
const faultsOf = ({ faults }: RegisterReading) => faults.map(({ sheet, code, cell }) => `${sheet}: ${code} ${cell}`);

describe('a row of the register', () => {
  test('is read with the words people use, and days as they write them', () => {
    const { units, documents, faults, notices } = read([unitRow], [documentRow]);
    expect([units, documents, faults, notices]).toEqual([[department], [merger], [], []]);
  });

  test.each<[UnitRow, Partial<Unit>]>([
    [
      { kind: 'Cơ quan Đảng', block: 'ĐẢNG' },
      { kind: 'party-body', block: 'party' },
    ],
    [
      { kind: 'sự nghiệp', autonomy: '3' },
      { kind: 'public-service', autonomy: '3' },
    ],
    [
      { kind: 'truong hoc', level: 'cấp xã' },
      { kind: 'school', level: 'commune' },
    ],
    [{ source: 'bổ sung từ Trung ương' }, { source: 'central-supplement' }],
    [{ treasuryAccount: '' }, { treasuryAccount: '' }],
    [{ treasuryAccount: '9523' }, { treasuryAccount: '9523' }],
    [{ treasuryAccount: '371101094107' }, { treasuryAccount: '371101094107' }],
    [{ successorOf: ' Sở A;; Sở B \nSở C;' }, { successorOf: ['Sở A', 'Sở B', 'Sở C'] }],
    [
      { kind: 'xã', name: 'UBND xã Anh Sơn' },
      { kind: 'commune', name: 'UBND xã Anh Sơn' },
    ],
  ])('%o', (changes, changed) => {
    expect(read([{ ...unitRow, ...changes }])).toMatchObject({ units: [{ ...department, ...changed }], faults: [] });
  });

  test('may be paid by a unit of the same file, before it or after it, or by one that is registered', () => {
    const paidBy = (code: string) => ({ ...unitRow, code: '1094369', paidBy: code });
    expect(faultsOf(read([paidBy('1094107'), unitRow]))).toEqual([]);
    expect(faultsOf(read([unitRow, paidBy('1094107')]))).toEqual([]);
    expect(faultsOf(read([paidBy('1094500')], [], ['1094500']))).toEqual([]);
  });
});

describe('a fault of the register is told at its cell', () => {
  test.each<[string, UnitRow, UnitColumn]>([
    ['unit-code-malformed', { code: '109410' }, 'code'],
    ['unit-code-malformed', { code: '10941070' }, 'code'],
    ['unit-code-malformed', { code: '1094-107' }, 'code'],
    ['unit-code-malformed', { paidBy: '109410' }, 'paidBy'],
    ['chapter-malformed', { chapter: '41' }, 'chapter'],
    ['chapter-malformed', { chapter: '4120' }, 'chapter'],
    ['treasury-account-malformed', { treasuryAccount: '95233' }, 'treasuryAccount'],
    ['treasury-account-malformed', { treasuryAccount: '9523.3.x' }, 'treasuryAccount'],
    ['treasury-account-malformed', { treasuryAccount: '9523.3.1094107.1.1' }, 'treasuryAccount'],
    ['word-unknown', { kind: 'tổng cục' }, 'kind'],
    ['word-unknown', { block: 'quân đội' }, 'block'],
    ['word-unknown', { level: 'huyện' }, 'level'],
    ['word-unknown', { source: 'vay' }, 'source'],
    ['word-unknown', { kind: 'trường', autonomy: '5' }, 'autonomy'],
    ['yes-no-unknown', { hasChiefAccountant: 'chưa rõ' }, 'hasChiefAccountant'],
    ['yes-no-unknown', { hasSpecimens: 'sắp có' }, 'hasSpecimens'],
    ['autonomy-not-due', { autonomy: '1' }, 'autonomy'],
    ['paid-by-unknown', { paidBy: '1094999' }, 'paidBy'],
    ['paid-by-unknown', { paidBy: '1094107' }, 'paidBy'],
    ['commune-unknown', { kind: 'xã', name: 'UBND xã Hưng Hòa' }, 'name'],
    ['commune-unknown', { kind: 'xã', name: 'Sở Quy hoạch' }, 'name'],
    ['missing', { name: '' }, 'name'],
    ['missing', { kind: '' }, 'kind'],
    ['missing', { block: '' }, 'block'],
    ['missing', { level: '' }, 'level'],
    ['missing', { source: '' }, 'source'],
    ['missing', { chapter: '' }, 'chapter'],
    ['missing', { hasChiefAccountant: '' }, 'hasChiefAccountant'],
    ['missing', { hasSpecimens: '' }, 'hasSpecimens'],
  ])('%s: %o', (code, changes, key) => {
    const reading = read([{ ...unitRow, ...changes }]);
    expect([faultsOf(reading), reading.units]).toEqual([[`${unitsSheet}: ${code} ${inUnits(key)}`], []]);
  });

  test.each<[string, DocumentRow, DocumentColumn]>([
    ['effective-before-issue', { effectiveOn: '19/02/2025' }, 'effectiveOn'],
    ['not-a-day', { on: 'tháng hai' }, 'on'],
    ['no-such-day', { effectiveOn: '31/02/2025' }, 'effectiveOn'],
    ['missing', { number: '' }, 'number'],
    ['missing', { on: '' }, 'on'],
    ['missing', { effectiveOn: '' }, 'effectiveOn'],
    ['missing', { title: '' }, 'title'],
    ['missing', { bodies: '' }, 'bodies'],
  ])('%s: %o', (code, changes, key) => {
    const reading = read([], [{ ...documentRow, ...changes }]);
    expect([faultsOf(reading), reading.documents]).toEqual([[`${documentsSheet}: ${code} ${inDocuments(key)}`], []]);
  });

  test('the day a document is issued is early enough for it to take effect', () => {
    expect(read([], [{ ...documentRow, effectiveOn: '20/02/2025' }]).documents).toEqual([
      { ...merger, effectiveOn: '2025-02-20' },
    ]);
  });

  test('a code or a number that stands twice, at the later row, with the earlier one', () => {
    const units = read([unitRow, { ...unitRow, code: '1094238' }, unitRow, unitRow]);
    expect([faultsOf(units), units.units.map(({ code }) => code)]).toEqual([
      [`${unitsSheet}: unit-code-twice ${inUnits('code', 4)}`, `${unitsSheet}: unit-code-twice ${inUnits('code', 5)}`],
      ['1094107', '1094238'],
    ]);
    expect(units.faults.map(({ why }) => why.vi)).toEqual([
      expect.stringContaining('"1094107" có ở cả dòng 2.'),
      expect.stringContaining('"1094107" có ở cả dòng 2.'),
    ]);
    const documents = read([], [documentRow, { ...documentRow, number: '905/nq-hdnd' }]);
    expect([faultsOf(documents), documents.documents]).toEqual([
      [`${documentsSheet}: document-number-twice ${inDocuments('number', 3)}`],
      [merger],
    ]);
  });

  test('with the words that may stand there, the communes near it, the day it is held against', () => {
    const why = (changes: UnitRow) => read([{ ...unitRow, ...changes }]).faults[0]?.why;
    expect(why({ level: 'huyện' })).toEqual({
      vi: 'Dòng 2, ô E2: "huyện" không phải là từ dùng cho «Cấp ngân sách». Hãy ghi một trong: ngân sách tỉnh; ngân sách xã.',
      en: 'Row 2, cell E2: "huyện" is no word for «Cấp ngân sách». Write one of: ngân sách tỉnh; ngân sách xã.',
    });
    const wrongKind = why({ kind: 'xã', name: 'UBND xã Cửa Lò' });
    expect(wrongKind?.vi).toMatch(/Nghị quyết 1678\/NQ-UBTVQH15\)\. Gần giống: Phường Cửa Lò\. Hãy sửa tên\.$/);
    expect(wrongKind?.en).toMatch(/Resolution 1678\/NQ-UBTVQH15\)\. Near it: Phường Cửa Lò\. Correct the name\.$/);
    expect(why({ kind: 'xã', name: 'UBND xã Xyz' })?.vi).toMatch(/NQ-UBTVQH15\)\. Hãy sửa tên\.$/);
    expect(read([], [{ ...documentRow, effectiveOn: '19/02/2025' }]).faults[0]?.why.vi).toBe(
      'Dòng 2, ô C2: có hiệu lực ngày "19/02/2025", trước ngày ban hành 20/02/2025. Hãy kiểm tra hai ngày này.',
    );
  });

  test('all at once, by rows; the faulty rows stay out and the clean ones go on', () => {
    const reading = read(
      [
        { ...unitRow, code: '12', kind: 'vụ', chapter: '' },
        { ...unitRow, code: '1094238' },
        { ...unitRow, level: '' },
      ],
      [{ ...documentRow, number: '1/QĐ', on: '', bodies: '' }, documentRow],
    );
    expect(faultsOf(reading)).toEqual([
      `${unitsSheet}: unit-code-malformed ${inUnits('code')}`,
      `${unitsSheet}: word-unknown ${inUnits('kind')}`,
      `${unitsSheet}: missing ${inUnits('chapter')}`,
      `${unitsSheet}: missing ${inUnits('level', 4)}`,
      `${documentsSheet}: missing ${inDocuments('on')}`,
      `${documentsSheet}: missing ${inDocuments('bodies')}`,
    ]);
    expect([reading.units.map(({ code }) => code), reading.documents]).toEqual([['1094238'], [merger]]);
  });

  test('a row without a code is passed over whatever else stands in it', () => {
    const { units, faults, notices } = read([{ ...unitRow, code: '', kind: 'vụ', chapter: '1' }, unitRow]);
    expect([units, faults, notices.map(({ vi }) => vi)]).toEqual([
      [department],
      [],
      ['1 dòng chưa có mã ĐVQHNS được bỏ qua.'],
    ]);
  });

  test('a reading is the same after it was stored', () => {
    const reading = read(
      [
        { ...unitRow, kind: 'vụ' },
        { ...unitRow, code: '1094238', successorOf: 'Sở A' },
      ],
      [documentRow],
    );
    expect(registerReading.parse(JSON.parse(JSON.stringify(reading)))).toEqual(reading);
  });
});

describe('a workbook', () => {
  const units = sheetOf(unitsSheet, unitColumns, [unitRow]);
  const documents = sheetOf(documentsSheet, documentColumns, [documentRow]);

  test('with one of the two tables is enough', () => {
    expect(taken(readRegister([units], new Map()))).toMatchObject({ units: [department], documents: [] });
    expect(taken(readRegister([documents], new Map()))).toMatchObject({ units: [], documents: [merger] });
  });

  test('is read whatever its sheets are called, with columns it has no use for', () => {
    const other = { ...unitRow, note: 'x' };
    const noted = sheetOf('Sheet1', [...unitColumns, { key: 'note' as const, heading: 'Ghi chú' }], [other]);
    const { units: found, notices } = taken(readRegister([noted], new Map()));
    expect([found, notices.map(({ vi }) => vi)]).toEqual([
      [department],
      ['Sheet «Sheet1»: không dùng đến cột N «Ghi chú».'],
    ]);
  });

  test('with neither is refused, and told where to begin', () => {
    const other: Sheet = { name: 'Khác', rows: [{ number: 1, cells: [{ column: 1, kind: 'text', text: 'Đơn vị' }] }] };
    for (const sheets of [[], [other]]) {
      expect(readRegister(sheets, new Map())).toEqual({
        outcome: 'refused',
        why: {
          vi: 'Không tìm thấy bảng «Đơn vị» hay «Văn bản sắp xếp». Hãy tải sổ đăng ký về, sửa trên tệp đó rồi tải lên.',
          en: expect.stringContaining('Download the register'),
        },
      });
    }
  });

  test('that lacks columns is refused with all of them', () => {
    const some = unitColumns.filter(({ key }) => key !== 'level' && key !== 'chapter' && key !== 'paidBy');
    const fewer = documentColumns.filter(({ key }) => key !== 'bodies');
    const sheets = [sheetOf(unitsSheet, some, [unitRow]), sheetOf(documentsSheet, fewer, [documentRow])];
    expect(readRegister(sheets, new Map())).toMatchObject({
      outcome: 'refused',
      why: {
        vi: 'Sheet «Đơn vị» thiếu cột «Cấp ngân sách», «Mã chương». Sheet «Văn bản sắp xếp» thiếu cột «Cơ quan được sắp xếp».',
      },
    });
  });
});

const at = '2025-08-20T02:00:00.000Z';
const by = 'demo-finance-officer';
const now = () => at;
const record = async (units: readonly Unit[], documents: readonly Reorganisation[] = [], on = store) =>
  recordRegister({ units, documents }, by, { store: on, now });
const written = async () => [(await store.read(unitStream)).length, (await store.read(reorganisationStream)).length];

describe('what a file would change', () => {
  test('is what is new, what differs and in which fields, and how much stays', async () => {
    await record([department, commune], [merger]);
    const moved: Unit = { ...commune, treasuryAccount: '9523.3.1094238', hasSpecimens: true, successorOf: ['Xã A'] };
    const later = { ...merger, effectiveOn: '2025-04-01' };
    const another = { ...merger, number: '906/NQ-HĐND' };
    expect(
      await compareRegister({ units: [department, moved, school], documents: [later, another] }, { store }),
    ).toEqual({
      units: {
        fresh: [school],
        changed: [{ before: commune, after: moved, fields: ['treasuryAccount', 'hasSpecimens', 'successorOf'] }],
        same: 1,
      },
      documents: { fresh: [another], changed: [{ before: merger, after: later, fields: ['effectiveOn'] }], same: 0 },
    });
  });

  test('is told too where a field is taken away', async () => {
    await record([school]);
    const { autonomy: _autonomy, paidBy: _paidBy, ...plain } = school;
    const { units } = await compareRegister({ units: [plain], documents: [] }, { store });
    expect(units.changed.map(({ fields }) => fields)).toEqual([['autonomy', 'paidBy']]);
  });

  test('is nothing where the order of the fields alone differs, a change where that of names does', async () => {
    await record([school]);
    const turned = Object.fromEntries(Object.entries(school).toReversed());
    const { units } = await compareRegister({ units: [{ ...school, ...turned }], documents: [] }, { store });
    expect(units).toEqual({ fresh: [], changed: [], same: 1 });
    const renamed: Unit = { ...school, successorOf: (school.successorOf ?? []).toReversed() };
    const { units: reversed } = await compareRegister({ units: [renamed], documents: [] }, { store });
    expect(reversed.changed.map(({ fields }) => fields)).toEqual([['successorOf']]);
  });

  test('finds a document by its number, however it is written; the Resolution of the communes is known from the start', async () => {
    await record([], [merger]);
    const [ofCommunes = expect.fail()] = await readReorganisations(store);
    const { documents } = await compareRegister(
      { units: [], documents: [{ ...merger, number: '905/nq-hđnd' }, ofCommunes] },
      { store },
    );
    expect(documents).toMatchObject({ fresh: [], changed: [{ fields: ['number'] }], same: 1 });
  });
});

describe('recording a file', () => {
  test('writes what is new or changed, by whom and when, and nothing the second time', async () => {
    expect(await record([department, commune], [merger])).toEqual({ units: 2, documents: 1 });
    expect(await written()).toEqual([2, 1]);
    expect(lastOfKind(await store.read(unitStream), 'unit-registered')).toMatchObject({ by, at });
    expect(lastOfKind(await store.read(reorganisationStream), 'reorganisation-registered')).toMatchObject({ by, at });
    const ready: Unit = { ...commune, hasChiefAccountant: true };
    expect(await record([department, ready, school], [merger])).toEqual({ units: 2, documents: 0 });
    expect(await record([department, ready, school], [merger])).toEqual({ units: 0, documents: 0 });
    expect(await written()).toEqual([4, 1]);
    expect([...(await readUnits(store)).values()]).toEqual([department, ready, school]);
  });

  test('of every commune goes on where it was killed', async () => {
    const units = communes.map(({ name }, index) => ({ ...commune, code: String(1_094_000 + index), name }));
    let commits = 0;
    const dying: SqliteStore = {
      ...store,
      commit: async (changes) => {
        commits += 1;
        if (commits === 2) throw new Error('killed');
        return store.commit(changes);
      },
    };
    await expect(record(units, [], dying)).rejects.toThrow('killed');
    const [before = 0] = await written();
    expect([before > 0, before < units.length]).toEqual([true, true]);
    expect(await record(units)).toEqual({ units: units.length - before, documents: 0 });
    expect([...(await readUnits(store)).values()]).toEqual(units);
    expect(await written()).toEqual([130, 0]);
  });
});

describe('the documents of reorganisation', () => {
  test('begin with the Resolution that formed the communes, old and new', async () => {
    const [ofCommunes, ...others] = await readReorganisations(store);
    expect([ofCommunes, others]).toMatchObject([
      { number: '1678/NQ-UBTVQH15', on: '2025-06-16', effectiveOn: '2025-07-01' },
      [],
    ]);
    const bodies = ofCommunes?.bodies ?? [];
    expect(bodies).toEqual(expect.arrayContaining(['Xã Anh Sơn', 'Thị trấn Kim Nhan', 'Phường Cửa Lò', 'Xã Hưng Hòa']));
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  test('one that is registered by the same number takes its place, and a later one that of an earlier one', async () => {
    const own = { ...merger, number: '1678/nq-ubtvqh15 ', title: 'Bản đính chính', bodies: ['Xã A'] };
    await record([], [own, merger]);
    const corrected = { ...merger, effectiveOn: '2025-05-01' };
    await record([], [corrected]);
    expect(await readReorganisations(store)).toEqual([own, corrected]);
  });
});

describe('a unit pays through the Treasury', () => {
  test('with an account, a chief accountant and specimens; each that it lacks is named', () => {
    expect(lacksOf(department)).toEqual([]);
    expect(lacksOf(commune)).toEqual(['treasury-account', 'chief-accountant', 'specimens']);
    expect(lacksOf({ ...department, treasuryAccount: '' })).toEqual(['treasury-account']);
    expect(lacksOf({ ...department, hasChiefAccountant: false })).toEqual(['chief-accountant']);
    expect(lacksOf({ ...department, hasSpecimens: false })).toEqual(['specimens']);
  });

  test('unless another pays in its place', () => {
    expect(lacksOf({ ...commune, paidBy: department.code })).toEqual([]);
  });

  test('what nobody has said is not taken for a lack', () => {
    const { hasChiefAccountant: _accountant, hasSpecimens: _specimens, ...unsaid } = department;
    expect(lacksOf(unsaid)).toEqual([]);
  });
});

/** Words as they stand in names, some that look like something else. */
const anyName = fc
  .array(
    fc.constantFrom(
      'Sở',
      'Trung tâm',
      'Đảng ủy',
      'Yên Hòa',
      '(mẫu)',
      '<b>',
      'A & B',
      '=1+1',
      "'x'",
      '007',
      '«số»',
      'tổng',
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((words) => words.join(' '));
const anyBodies = fc.array(anyName, { minLength: 1, maxLength: 4 });
const anyDay = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2018-01-01', days));

const anyUnit = fc
  .record({
    code: fc.integer({ min: 0, max: 9_999_999 }).map((code) => String(code).padStart(7, '0')),
    name: anyName,
    commune: fc.constantFrom(...communes),
    block: fc.constantFrom(...blocks),
    level: fc.constantFrom(...budgetLevels),
    source: fc.constantFrom(...sources),
    chapter: fc.integer({ min: 0, max: 999 }).map((chapter) => String(chapter).padStart(3, '0')),
    treasuryAccount: fc.constantFrom('', '9523', '9523.3', '9523.3.1094107', '3711.0.1094107.92', '00123456789'),
    kind: fc.constantFrom(...unitKinds),
    hasChiefAccountant: fc.boolean(),
    hasSpecimens: fc.boolean(),
    autonomy: fc.option(fc.constantFrom(...autonomyGroups), { nil: undefined }),
    isPaidByAnother: fc.boolean(),
    successorOf: fc.option(anyBodies, { nil: undefined }),
  })
  .map(({ name, commune: of, autonomy, successorOf, isPaidByAnother, ...unit }) => ({
    isPaidByAnother,
    unit: {
      ...unit,
      name: unit.kind === 'commune' ? `UBND ${of.name}` : name,
      ...(autonomy !== undefined && (unit.kind === 'school' || unit.kind === 'public-service') ? { autonomy } : {}),
      ...(successorOf === undefined ? {} : { successorOf }),
    } satisfies Unit,
  }));

const anyUnits: fc.Arbitrary<readonly Unit[]> = fc
  .uniqueArray(anyUnit, { selector: ({ unit }) => unit.code, maxLength: 12 })
  .map((made) =>
    made.map(({ unit, isPaidByAnother }) => {
      // Whoever pays for another pays for itself.
      const payer = made.find((one) => !one.isPaidByAnother)?.unit.code;
      return isPaidByAnother && payer !== undefined ? { ...unit, paidBy: payer } : unit;
    }),
  );

const anyDocuments: fc.Arbitrary<readonly Reorganisation[]> = fc.uniqueArray(
  fc
    .record({
      number: fc.integer({ min: 1, max: 9999 }).map((number) => `${number}/NQ-HĐND`),
      on: anyDay,
      after: fc.integer({ min: 0, max: 400 }),
      title: anyName,
      bodies: anyBodies,
    })
    .map(({ after, ...document }) => ({ ...document, effectiveOn: addDays(document.on, after) })),
  { selector: ({ number }) => number, maxLength: 6 },
);

describe('who pays in the place of another', () => {
  const row = (code: string, paidBy = '') => ({ ...unitRow, code, paidBy });
  const [one, two, three] = ['1094107', '1094238', '1094369'];
  const found = (rows: readonly UnitRow[], registered: readonly string[] = []) => {
    const { units, faults } = read(rows, [], registered);
    return [units.map(({ code }) => code), faults.map(({ code, cell }) => `${code} ${cell}`)];
  };

  test('is there without a fault, or was registered', () => {
    expect(found([row(one), row(two, one)])).toEqual([[one, two], []]);
    expect(found([row(two, one)], [one])).toEqual([[two], []]);
    expect(found([{ ...row(one), chapter: 'x' }, row(two, one)])).toEqual([
      [],
      ['chapter-malformed G2', 'paid-by-unknown L3'],
    ]);
  });

  test('is paid by nobody else: two that pay for each other, and a chain, stay out', () => {
    expect(found([row(one, two), row(two, one)])).toEqual([[], ['paid-by-another L2', 'paid-by-another L3']]);
    expect(found([row(one), row(two, one), row(three, two)])).toEqual([[one, two], ['paid-by-another L4']]);
    expect(found([row(one, one)])).toEqual([[], ['paid-by-unknown L2']]);
  });
});

describe('a commune and what else bears its name', () => {
  const party: Unit = {
    ...department,
    code: '1094501',
    name: 'Đảng ủy xã Anh Sơn',
    block: 'party',
    kind: 'party-body',
  };

  test('is offered as long as only another body of the commune is registered', () => {
    expect(communesWithout([party])).toHaveLength(130);
    expect(communesWithout([party, commune])).toHaveLength(129);
  });

  test('took over the old communes; its Party committee did not', () => {
    expect(predecessorsOf(commune)).toEqual(['Thị trấn Kim Nhan', 'Xã Đức Sơn', 'Xã Phúc Sơn']);
    expect(predecessorsOf(party)).toEqual([]);
  });
});
