/**
 * A unit's list, read whole: the people who can go on, and every fault at once by sheet, row and cell. A person with
 * any fault stays out until the unit corrects the list.
 */
import * as z from 'zod';
import { formatDay, lastMonthBefore, type Month, monthAt, monthIndex, monthOf } from '../calendar.ts';
import { type Facts, facts } from '../case/facts.ts';
import { type Refused, refused } from '../case/ports.ts';
import { columnLetters, type Sheet, type SheetCell } from '../case/sheet.ts';
import type { Sentence } from '../vietnamese.ts';
import {
  mostPeople,
  peopleSheet,
  type PeriodKey,
  periodColumns,
  periodsSheet,
  type PersonKey,
  personColumns,
  splitBirthColumns,
} from './list-columns.ts';
import { type Fault, storedFault } from './list-faults.ts';
import { type PeriodDraft, readPeriod } from './list-period.ts';
import { hasSplitBirth, type ListContext, type PersonDraft, readPerson } from './list-person.ts';
import {
  findTables,
  noticesOf,
  OpenRow,
  type Placed,
  problemsOf,
  type Table,
  type UnknownColumn,
} from './list-table.ts';

/** As many as the facts take. */
const mostPeriods = 200;

export interface ListedPerson {
  /** STT. */
  readonly number: string;
  readonly sheet: string;
  readonly row: number;
  /** Without name and citizen id: those are sealed apart. */
  readonly facts: Facts;
  readonly fullName: string;
  readonly citizenId: string;
  /** `bank` is a code of the bank table. */
  readonly account: { readonly bank: string; readonly number: string; readonly holder: string };
  readonly payingUnit: string;
  readonly employer: string;
  /** What the unit computed; only to compare. */
  readonly declaredTotal?: string;
  /** Where each period of service stands; none where one period was made of joining and leaving. */
  readonly periodRows: readonly PeriodRow[];
  readonly warnings: readonly Fault[];
}

export interface PeriodRow {
  readonly sheet: string;
  readonly row: number;
}

/** Where the values of a table stand: the letter of each column by its key. */
export interface TablePlaces {
  readonly sheet: string;
  readonly headingRow: number;
  readonly places: Readonly<Record<string, string>>;
}

export interface ListReading {
  readonly people: readonly ListedPerson[];
  /** In the order of sheet, row and column. */
  readonly faults: readonly Fault[];
  /** What a checker should see; the person goes on. */
  readonly warnings: readonly Fault[];
  /** How the file was understood where it is not the template: hidden rows, totals, columns without a use. */
  readonly notices: readonly Sentence[];
  /** So that each fact can be found in the unit's file again. */
  readonly tables: readonly TablePlaces[];
  /** Rows of «Danh sách» that were taken for persons. */
  readonly rowsRead: number;
}

/** A reading that was stored as JSON; a list is read once, and shown and submitted from there. */
export const storedReading: z.ZodType<ListReading> = z.object({
  people: z.array(
    z.object({
      number: z.string(),
      sheet: z.string(),
      row: z.number(),
      facts,
      fullName: z.string(),
      citizenId: z.string(),
      account: z.object({ bank: z.string(), number: z.string(), holder: z.string() }),
      payingUnit: z.string(),
      employer: z.string(),
      declaredTotal: z.string().exactOptional(),
      periodRows: z.array(z.object({ sheet: z.string(), row: z.number() })),
      warnings: z.array(storedFault),
    }),
  ),
  faults: z.array(storedFault),
  warnings: z.array(storedFault),
  notices: z.array(z.object({ vi: z.string(), en: z.string() })),
  tables: z.array(z.object({ sheet: z.string(), headingRow: z.number(), places: z.record(z.string(), z.string()) })),
  rowsRead: z.number(),
});

export type { Fault } from './list-faults.ts';

/** Refuses a workbook that is not such a list; otherwise reads every row of it. */
export function readList(sheets: readonly Sheet[], context: ListContext): ListReading | UnreadList {
  const found = findTables(
    sheets,
    { columns: [...personColumns, ...splitBirthColumns], learnt: context.learnt?.people ?? {} },
    { columns: periodColumns, learnt: context.learnt?.periods ?? {} },
  );
  const { periods, without } = found;
  const people = found.people.map(asOfSplitBirth);
  const problems = [
    ...(people.length === 0 ? [noPeople] : []),
    ...(periods.length === 0 && !people.some(({ places }) => places.has('joinedOn')) ? [noPeriods] : []),
    ...people.flatMap(problemsOf),
    ...periods.flatMap(problemsOf),
  ];
  if (problems.length > 0) return unread(problems, people, periods);
  const count = people.reduce((total, { rows }) => total + rows.length, 0);
  if (count === 0) {
    return refused(
      'Danh sách không có người nào. Hãy ghi mỗi người một dòng.',
      'The list names nobody. Write one row a person.',
    );
  }
  if (count > mostPeople) {
    return refused(
      `Danh sách có ${count} người, quá ${mostPeople}. Hãy chia thành nhiều tệp.`,
      `The list has ${count} people, more than ${mostPeople}. Split it into several files.`,
    );
  }
  const drafts = people.flatMap((table) => {
    const rows = table.rows.map((row) => new OpenRow(table, row));
    blameSwappedDays(rows);
    return rows.map((row) => readPerson(row, context));
  });
  blameRepeats(drafts);
  const service = periods.flatMap((table) => table.rows.map((row) => readPeriod(new OpenRow(table, row))));
  const notices = [
    ...sheets.flatMap(hiddenNotices),
    ...(without.length === 0 ? [] : [withoutTable(without)]),
    ...people.flatMap(noticesOf),
    ...periods.flatMap(noticesOf),
  ];
  const tables = [...people.map(placesIn), ...periods.map(placesIn)];
  return { ...reading(drafts, service, context), notices, tables };
}

/** Where the birth stands by sex, neither the sex nor the birth is a column that is missing. */
function asOfSplitBirth(table: Table<PersonKey>): Table<PersonKey> {
  const isSplit = hasSplitBirth({ hasColumn: (key) => table.places.has(key) });
  const columns = table.columns.filter(({ key }) =>
    isSplit ? key !== 'sex' && key !== 'birth' : key !== 'birthOfMen' && key !== 'birthOfWomen',
  );
  return { ...table, columns };
}

function placesIn<Key extends string>({ sheet, headingRow, places }: Table<Key>): TablePlaces {
  const letters = Object.fromEntries([...places].map(([key, column]) => [key, columnLetters(column)]));
  return { sheet, headingRow, places: letters };
}

/** A list that was not read, and the columns that its reader may tell the meaning of. */
export interface UnreadList extends Refused {
  readonly columns?: readonly UnknownColumns[];
}

/** What a table lacks, and which of its columns nobody knows. */
export interface UnknownColumns {
  readonly table: 'people' | 'periods';
  readonly sheet: string;
  readonly absent: readonly { readonly key: string; readonly heading: string }[];
  readonly unknown: readonly UnknownColumn[];
}

export const storedUnknownColumns: z.ZodType<UnknownColumns> = z.object({
  table: z.enum(['people', 'periods']),
  sheet: z.string(),
  absent: z.array(z.object({ key: z.string(), heading: z.string() })),
  unknown: z.array(z.object({ column: z.number(), heading: z.string(), samples: z.array(z.string()) })),
});

const noPeople: Sentence = {
  vi: `Không tìm thấy bảng «${peopleSheet}»: cần một dòng tiêu đề có các cột như STT, Họ và tên, Số định danh cá nhân.`,
  en: `There is no table «${peopleSheet}»: a heading row with columns such as STT, Họ và tên, Số định danh cá nhân is needed.`,
};
const noPeriods: Sentence = {
  vi: `Thiếu sheet «${periodsSheet}», và bảng «${peopleSheet}» không có cột «Tháng bắt đầu đóng BHXH».`,
  en: `The sheet «${periodsSheet}» is missing, and the table «${peopleSheet}» has no column «Tháng bắt đầu đóng BHXH».`,
};

function unread(
  problems: readonly Sentence[],
  people: readonly Table<PersonKey>[],
  periods: readonly Table<PeriodKey>[],
): UnreadList {
  const { outcome, why } = refused(
    `${problems.map(({ vi }) => vi).join(' ')} Hãy dùng tệp mẫu danh sách, hoặc thêm cột còn thiếu.`,
    `${problems.map(({ en }) => en).join(' ')} Use the template of the list, or add the missing columns.`,
  );
  const columns = [
    ...people.map((table) => unknownOf('people', table)),
    ...periods.map((table) => unknownOf('periods', table)),
  ].filter(({ absent, unknown }) => absent.length > 0 && unknown.length > 0);
  return columns.length === 0 ? { outcome, why } : { outcome, why, columns };
}

function unknownOf<Key extends string>(table: UnknownColumns['table'], of: Table<Key>): UnknownColumns {
  const absent = of.columns.filter(({ key }) => !of.places.has(key)).map(({ key, heading }) => ({ key, heading }));
  const isWhole = of.columns.every(({ key, isNeeded }) => !isNeeded || of.places.has(key));
  return { table, sheet: of.sheet, absent: isWhole ? [] : absent, unknown: of.unknown };
}

function hiddenNotices({ name, isHidden, hiddenRows = [], hiddenColumns = [] }: Sheet): readonly Sentence[] {
  const rows = hiddenRows.length;
  const columns = hiddenColumns.map(columnLetters).join(', ');
  return [
    ...(isHidden === true
      ? [{ vi: `Sheet «${name}» đang bị ẩn, vẫn được đọc.`, en: `The sheet «${name}» is hidden and was read.` }]
      : []),
    ...(rows > 0
      ? [
          {
            vi: `Sheet «${name}» có ${rows} dòng bị ẩn (từ dòng ${hiddenRows[0]}), vẫn được đọc.`,
            en: `The sheet «${name}» has ${rows} hidden rows (from row ${hiddenRows[0]}); they were read.`,
          },
        ]
      : []),
    ...(columns === ''
      ? []
      : [
          {
            vi: `Sheet «${name}» có cột bị ẩn (${columns}), vẫn được đọc.`,
            en: `The sheet «${name}» has hidden columns (${columns}); they were read.`,
          },
        ]),
  ];
}

function withoutTable(names: readonly string[]): Sentence {
  const list = names.map((name) => `«${name}»`).join(', ');
  return { vi: `Không đọc sheet ${list}: không có bảng danh sách.`, en: `Not read: ${list}; there is no list in it.` };
}

const dayKeys = [
  'birth',
  'birthOfMen',
  'birthOfWomen',
  'contractSignedOn',
  'decidedOn',
  'leaveOn',
  'reorganisedOn',
  'termEndsOn',
  'paidOn',
] as const;

/**
 * Excel set to month before day turns 01/06/2025 into 6 January and leaves 13/06/2025 as text. Where a column has days of
 * the second kind as text, a date cell that may be swapped is refused.
 */
function blameSwappedDays(rows: readonly OpenRow<PersonKey>[]): void {
  for (const key of dayKeys) {
    const cells = rows.map((row) => row.cell(key));
    const isMonthFirst = (cell: SheetCell | undefined) => cell?.kind === 'date' && Number(cell.text.slice(8)) > 12;
    const leftAsText = cells.find(
      (cell) => cell?.kind === 'text' && /^(1[3-9]|2\d|3[01])[/.-]\d{1,2}[/.-]\d{4}$/.test(cell.text),
    );
    if (leftAsText === undefined || cells.some(isMonthFirst)) continue;
    for (const [index, cell] of cells.entries()) {
      const isSwappable = cell?.kind === 'date' && cell.text.slice(8) !== cell.text.slice(5, 7);
      if (isSwappable) rows[index]?.blame(key, 'day-or-month-first', leftAsText.text);
    }
  }
}

function reading(
  drafts: readonly PersonDraft[],
  service: readonly PeriodDraft[],
  context: ListContext,
): Omit<ListReading, 'notices' | 'tables'> {
  const byNumber = Map.groupBy(drafts, ({ number }) => number);
  const periodsOf = Map.groupBy(service, ({ number }) => number);
  const sheet = drafts[0]?.row.sheet ?? peopleSheet;
  for (const period of service) {
    const owners = period.number === undefined ? undefined : byNumber.get(period.number);
    if (period.number !== undefined && owners === undefined) period.row.blame('number', 'period-person-unknown', sheet);
    if (owners?.length === 1 && owners[0] !== undefined) checkAgainstLeaving(period, owners[0]);
  }
  const people = drafts.flatMap((draft) => {
    const own = draft.number === undefined ? [] : (periodsOf.get(draft.number) ?? []);
    const person = listed(draft, own, context);
    return person === undefined ? [] : [person];
  });
  return {
    people,
    faults: [...inOrder(drafts, 'faults'), ...inOrder(service, 'faults')],
    warnings: [...inOrder(drafts, 'warnings'), ...inOrder(service, 'warnings')],
    rowsRead: drafts.length,
  };
}

interface Noted {
  readonly row: { readonly faults: readonly Placed[]; readonly warnings: readonly Placed[] };
}

/** Rows are in order already; within a row, by column. */
function inOrder(drafts: readonly Noted[], which: 'faults' | 'warnings'): readonly Fault[] {
  return drafts.flatMap(({ row }) =>
    row[which].toSorted((one, other) => one.column - other.column).map((placed) => placed.fault),
  );
}

/** Every one of the rows that share a number, an id or an account: nobody can say which of them is right. */
function blameRepeats(drafts: readonly PersonDraft[]): void {
  const repeats = [
    { key: 'number', code: 'number-twice', of: ({ number }: PersonDraft) => number },
    { key: 'citizenId', code: 'citizen-id-twice', of: ({ citizenId }: PersonDraft) => citizenId },
    { key: 'accountNumber', code: 'account-twice', of: accountOf },
  ] as const;
  for (const { key, code, of } of repeats) {
    for (const [value, same] of Map.groupBy(drafts, of)) {
      if (value === undefined || same.length < 2) continue;
      for (const draft of same) {
        const others = same.filter((other) => other !== draft).map(({ row }) => rowName(row, draft.row.sheet));
        draft.row.blame(key, code, others.slice(0, 5).join(', '));
      }
    }
  }
}

/** The row, with its sheet where that is another one. */
function rowName({ sheet, number }: OpenRow<PersonKey>, here: string): string {
  return sheet === here ? String(number) : `${number} («${sheet}»)`;
}

function accountOf({ account: { bank, number } }: PersonDraft): string | undefined {
  return bank === undefined || number === undefined || number === '' ? undefined : `${bank} ${number}`;
}

/** The first day without work ends service; on the first of a month that month holds no work at all. */
function checkAgainstLeaving({ row, to }: PeriodDraft, { leaving: { on } }: PersonDraft): void {
  if (to === undefined || on === undefined) return;
  const month = monthOf(on);
  if (to > month) row.blame('to', 'period-after-leaving', formatDay(month));
  else if (to === month && on.endsWith('-01')) row.warn('to', 'period-in-leave-month', formatDay(on));
}

/** The person, when neither the row nor any of the periods has a fault. */
function listed(draft: PersonDraft, own: readonly PeriodDraft[], context: ListContext): ListedPerson | undefined {
  const { row, number, fullName, citizenId, payingUnit, employer, declaredTotal } = draft;
  const service = own.length === 0 ? serviceFromJoining(draft, context) : own.map(periodOf);
  if (own.length > 0) compareInsuredTime(draft, own);
  if (service.length === 0 && !row.isFilled('joinedOn') && number !== undefined) {
    row.blame('number', 'periods-missing', periodsSheet);
  }
  if (own.length > mostPeriods) row.blame('number', 'too-many-periods', String(mostPeriods));
  if (row.faults.length > 0 || own.some((period) => period.row.faults.length > 0)) return undefined;
  const { bank, number: accountNumber, holder } = draft.account;
  const parsed = facts.safeParse(factsOf(draft, service));
  if (
    !parsed.success ||
    number === undefined ||
    fullName === undefined ||
    citizenId === undefined ||
    payingUnit === undefined ||
    employer === undefined ||
    bank === undefined ||
    accountNumber === undefined ||
    holder === undefined
  ) {
    row.blame('number', 'does-not-fit', parsed.error?.issues.map(({ path }) => path.join('.')).join(', '));
    return undefined;
  }
  return {
    number,
    sheet: row.sheet,
    row: row.number,
    facts: parsed.data,
    fullName,
    citizenId,
    account: { bank, number: accountNumber, holder },
    payingUnit,
    employer,
    ...(declaredTotal === undefined ? {} : { declaredTotal }),
    periodRows: own.map((period) => ({ sheet: period.row.sheet, row: period.row.number })),
    warnings: [...inOrder([draft], 'warnings'), ...inOrder(own, 'warnings')],
  };
}

interface ReadPeriod {
  readonly from: Month | undefined;
  readonly to: Month | undefined;
  readonly employer: PeriodDraft['employer'];
  readonly insured?: boolean | undefined;
  readonly compensated?: boolean | undefined;
  readonly conditions?: PeriodDraft['conditions'];
}

function periodOf({ from, to, employer, insured, compensated, conditions }: PeriodDraft): ReadPeriod {
  return { from, to, employer, insured, compensated, conditions };
}

/**
 * Service without a break, where a list has no periods: from joining to leaving, and only when the stated insured time
 * is the same to the month. The employer is of the block of the paying unit.
 */
function serviceFromJoining(draft: PersonDraft, { units }: ListContext): readonly ReadPeriod[] {
  const { row, joined, insuredMonths, payingUnit, leaving } = draft;
  if (joined === undefined || leaving.on === undefined) return [];
  if (!row.isFilled('insuredTime')) row.blame('insuredTime', 'missing');
  const last = lastMonthBefore(leaving.on);
  const months = last - monthIndex(joined) + 1;
  const span = `${formatDay(joined)} – ${formatDay(monthAt(last))}`;
  if (months <= 0) row.blame('joinedOn', 'period-after-leaving', formatDay(monthOf(leaving.on)));
  else if (insuredMonths !== undefined && insuredMonths !== months) {
    row.blame('insuredTime', 'insured-time-differs', inMonths(months, span));
  } else row.warn('joinedOn', 'one-period-from-joining', span);
  const employer = units.find(({ code }) => code === payingUnit)?.block === 'party' ? 'party' : 'state';
  return [{ from: joined, to: monthAt(last), employer }];
}

/** What the unit counted stands beside what the periods give. */
function compareInsuredTime({ row, insuredMonths }: PersonDraft, own: readonly PeriodDraft[]): void {
  if (insuredMonths === undefined) return;
  const insured = new Set<number>();
  for (const { from, to, insured: isInsured } of own) {
    if (from === undefined || to === undefined || isInsured === false) continue;
    for (let month = monthIndex(from); month <= monthIndex(to); month += 1) insured.add(month);
  }
  if (insured.size !== insuredMonths) row.warn('insuredTime', 'insured-time-declared-differs', inMonths(insured.size));
}

function inMonths(months: number, span = ''): Sentence {
  const [years, odd] = [Math.floor(months / 12), months % 12];
  const where = span === '' ? '' : ` (${span})`;
  return { vi: `${years} năm ${odd} tháng${where}`, en: `${years} years ${odd} months${where}` };
}

/** In the shape of the facts; keys that are not known are left out. */
function factsOf(draft: PersonDraft, service: readonly ReadPeriod[]): unknown {
  return {
    person: known({ sex: draft.sex, birth: draft.birth }),
    leaving: known({ ...draft.leaving }),
    ...known({ ...draft.circumstances }),
    ...known({ subject: draft.subject, contractSignedOn: draft.contractSignedOn, pay: draft.wages }),
    service: service.map((period) => known({ ...period })),
  };
}

function known(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
