/** A workbook of the registers, read whole: units, documents of reorganisation, and every fault at once. */
import * as z from 'zod';
import { formatDay } from '../calendar.ts';
import { communeIn, communesLike } from '../case/communes.ts';
import { type Refused, refused } from '../case/ports.ts';
import { reorganisation, type Reorganisation } from '../case/reorganisation.ts';
import type { Sheet } from '../case/sheet.ts';
import { type Unit, unit } from '../case/unit.ts';
import { fold, type Sentence } from '../vietnamese.ts';
import { yesNoWords } from './list-columns.ts';
import { type Fault, storedFault } from './list-faults.ts';
import { findTables, noticesOf, OpenRow, problemsOf } from './list-table.ts';
import { readDay, type Reader, readText, readWord } from './list-values.ts';
import {
  autonomyWords,
  blockWords,
  type DocumentColumn,
  documentColumns,
  levelWords,
  sourceWords,
  type UnitColumn,
  unitColumns,
  unitKindWords,
} from './register-columns.ts';

export const registerReading = z.object({
  units: z.array(unit),
  documents: z.array(reorganisation),
  faults: z.array(storedFault),
  notices: z.array(z.object({ vi: z.string(), en: z.string() })),
});
export interface RegisterReading {
  readonly units: readonly Unit[];
  readonly documents: readonly Reorganisation[];
  readonly faults: readonly Fault[];
  readonly notices: readonly Sentence[];
}

/** Takes the sheets, and the units that are registered already. A row with a fault stays out; the others can go on. */
export function readRegister(
  sheets: readonly Sheet[],
  registered: ReadonlyMap<string, Unit>,
): RegisterReading | Refused {
  const found = findTables(sheets, { columns: unitColumns, learnt: {} }, { columns: documentColumns, learnt: {} });
  const { people: unitTables, periods: documentTables } = found;
  if (unitTables.length + documentTables.length === 0) {
    return refused(
      'Không tìm thấy bảng «Đơn vị» hay «Văn bản sắp xếp». Hãy tải sổ đăng ký về, sửa trên tệp đó rồi tải lên.',
      'There is no table «Đơn vị» or «Văn bản sắp xếp». Download the register, change it and upload it again.',
    );
  }
  const problems = [...unitTables.flatMap(problemsOf), ...documentTables.flatMap(problemsOf)];
  if (problems.length > 0) {
    return refused(problems.map(({ vi }) => vi).join(' '), problems.map(({ en }) => en).join(' '));
  }
  const allUnitRows = unitTables.flatMap((table) => table.rows.map((row) => new OpenRow(table, row)));
  // The exported register offers every commune; one whose code is not known yet stays as it is.
  const unitRows = allUnitRows.filter((row) => row.isFilled('code'));
  const documentRows = documentTables.flatMap((table) => table.rows.map((row) => new OpenRow(table, row)));
  blameTwice(unitRows, 'code', 'unit-code-twice');
  blameTwice(documentRows, 'number', 'document-number-twice');
  const without = allUnitRows.length - unitRows.length;
  const read = {
    units: withKnownPayers(clean(unitRows, readUnit), registered),
    documents: clean(documentRows, readDocument).map(({ value }) => value),
  };
  return {
    ...read,
    faults: [...unitRows, ...documentRows].flatMap(({ faults }) => faults.map(({ fault }) => fault)),
    notices: [
      ...unitTables.flatMap(noticesOf),
      ...documentTables.flatMap(noticesOf),
      ...(without === 0
        ? []
        : [
            {
              vi: `${without} dòng chưa có mã ĐVQHNS được bỏ qua.`,
              en: `${without} rows without a code were left out.`,
            },
          ]),
    ],
  };
}

interface Clean<Key extends string, T> {
  readonly row: OpenRow<Key>;
  readonly value: T;
}

/**
 * Whoever is paid by another names a unit that is there and pays for itself; a row that does not stays out, and whoever
 * named that one with it.
 */
function withKnownPayers(
  rows: readonly Clean<UnitColumn, Unit>[],
  registered: ReadonlyMap<string, Unit>,
): readonly Unit[] {
  const units = new Map([...registered, ...rows.map(({ value }) => [value.code, value] as const)]);
  const wrong = rows.filter(({ value: { code, paidBy } }) => {
    const payer = paidBy === undefined || paidBy === code ? undefined : units.get(paidBy);
    return paidBy !== undefined && (payer === undefined || payer.paidBy !== undefined);
  });
  for (const { row, value } of wrong) {
    const isThere = value.paidBy !== value.code && units.has(value.paidBy ?? '');
    row.blame('paidBy', isThere ? 'paid-by-another' : 'paid-by-unknown');
  }
  const left = rows.filter((one) => !wrong.includes(one));
  return wrong.length === 0 ? left.map(({ value }) => value) : withKnownPayers(left, registered);
}

/** The rows that have no fault once they are read. */
function clean<Key extends string, T>(
  rows: readonly OpenRow<Key>[],
  read: (row: OpenRow<Key>) => T | undefined,
): readonly Clean<Key, T>[] {
  return rows.flatMap((row) => {
    const value = read(row);
    return value === undefined || row.faults.length > 0 ? [] : [{ row, value }];
  });
}

function blameTwice<Key extends string>(
  rows: readonly OpenRow<Key>[],
  key: Key,
  code: 'unit-code-twice' | 'document-number-twice',
): void {
  const first = new Map<string, number>();
  for (const row of rows) {
    const text = fold(row.cell(key)?.text ?? '');
    const earlier = first.get(text);
    if (text !== '' && earlier !== undefined) row.blame(key, code, String(earlier));
    else first.set(text, row.number);
  }
}

const matching =
  (pattern: RegExp, code: 'unit-code-malformed' | 'chapter-malformed' | 'treasury-account-malformed'): Reader<string> =>
  (cell) => {
    const read = readText(cell);
    if ('wrong' in read) return read;
    return pattern.test(read.value) ? read : { wrong: code };
  };
const readCode = matching(/^\d{7}$/, 'unit-code-malformed');
const readChapter = matching(/^\d{3}$/, 'chapter-malformed');
const readTreasuryAccount = matching(/^\d{4}(\.\d+){0,3}$|^\d{6,20}$/, 'treasury-account-malformed');
const readYesNo = readWord(yesNoWords, 'yes-no-unknown');
const readKind = readWord(unitKindWords, 'word-unknown');
const readBlock = readWord(blockWords, 'word-unknown');
const readLevel = readWord(levelWords, 'word-unknown');
const readSource = readWord(sourceWords, 'word-unknown');
const readAutonomy = readWord(autonomyWords, 'word-unknown');

/** The unit of a row, unless something it cannot do without is wrong. */
function readUnit(row: OpenRow<UnitColumn>): Unit | undefined {
  const code = row.need('code', readCode);
  const name = row.need('name', readText);
  const kind = row.need('kind', readKind);
  const block = row.need('block', readBlock);
  const level = row.need('level', readLevel);
  const source = row.need('source', readSource);
  const chapter = row.need('chapter', readChapter);
  const accountant = row.need('hasChiefAccountant', readYesNo);
  const specimens = row.need('hasSpecimens', readYesNo);
  const autonomy = row.read('autonomy', readAutonomy);
  const paidBy = row.read('paidBy', readCode);
  const treasuryAccount = row.read('treasuryAccount', readTreasuryAccount) ?? '';
  if (kind === 'commune' && name !== undefined) checkCommune(row, name);
  if (autonomy !== undefined && kind !== undefined && kind !== 'public-service' && kind !== 'school') {
    row.blame('autonomy', 'autonomy-not-due');
  }
  const old = listed(row.read('successorOf', readText));
  if (
    code === undefined ||
    name === undefined ||
    kind === undefined ||
    block === undefined ||
    level === undefined ||
    source === undefined ||
    chapter === undefined ||
    accountant === undefined ||
    specimens === undefined
  ) {
    return undefined;
  }
  return {
    code,
    name,
    block,
    level,
    source,
    chapter,
    treasuryAccount,
    kind,
    hasChiefAccountant: accountant === 'yes',
    hasSpecimens: specimens === 'yes',
    ...(autonomy === undefined ? {} : { autonomy }),
    ...(paidBy === undefined ? {} : { paidBy }),
    ...(old.length === 0 ? {} : { successorOf: [...old] }),
  };
}

function checkCommune(row: OpenRow<UnitColumn>, name: string): void {
  if (communeIn(name) !== undefined) return;
  const like = communesLike(name)
    .map((commune) => commune.name)
    .join(', ');
  row.blame('name', 'commune-unknown', like === '' ? '' : { vi: ` Gần giống: ${like}.`, en: ` Near it: ${like}.` });
}

function readDocument(row: OpenRow<DocumentColumn>): Reorganisation | undefined {
  const number = row.need('number', readText);
  const on = row.need('on', readDay);
  const effectiveOn = row.need('effectiveOn', readDay);
  const title = row.need('title', readText);
  const bodies = listed(row.need('bodies', readText));
  if (on !== undefined && effectiveOn !== undefined && effectiveOn < on) {
    row.blame('effectiveOn', 'effective-before-issue', formatDay(on));
  }
  if (number === undefined || on === undefined || effectiveOn === undefined || title === undefined) return undefined;
  return { number, on, effectiveOn, title, bodies: [...bodies] };
}

function listed(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
