/**
 * A unit's list, read whole: the people who can go on, and every fault at once by sheet, row and cell. A person with
 * any fault stays out until the unit corrects the list.
 */
import * as z from 'zod';
import { formatDay, monthOf } from '../calendar.ts';
import { type Facts, facts } from '../case/facts.ts';
import { type Refused, refused } from '../case/ports.ts';
import type { Sentence } from '../vietnamese.ts';
import { mostPeople, peopleSheet, type PersonKey, periodColumns, periodsSheet, personColumns } from './list-columns.ts';
import { type Fault, storedFault } from './list-faults.ts';
import { type PeriodDraft, readPeriod } from './list-period.ts';
import { type ListContext, type PersonDraft, readPerson } from './list-person.ts';
import { findTable, openRow, type Placed, type Table } from './list-table.ts';
import type { Sheet } from '../case/sheet.ts';

/** As many as the facts take. */
const mostPeriods = 200;

export interface ListedPerson {
  /** STT. */
  readonly number: string;
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
  readonly warnings: readonly Fault[];
}

export interface ListReading {
  readonly people: readonly ListedPerson[];
  /** In the order of sheet, row and column. */
  readonly faults: readonly Fault[];
  /** What a checker should see; the person goes on. */
  readonly warnings: readonly Fault[];
  /** Rows of «Danh sách» that were taken for persons. */
  readonly rowsRead: number;
}

/** A reading that was stored as JSON; a list is read once, and shown and submitted from there. */
export const storedReading: z.ZodType<ListReading> = z.object({
  people: z.array(
    z.object({
      number: z.string(),
      row: z.number(),
      facts,
      fullName: z.string(),
      citizenId: z.string(),
      account: z.object({ bank: z.string(), number: z.string(), holder: z.string() }),
      payingUnit: z.string(),
      employer: z.string(),
      declaredTotal: z.string().exactOptional(),
      warnings: z.array(storedFault),
    }),
  ),
  faults: z.array(storedFault),
  warnings: z.array(storedFault),
  rowsRead: z.number(),
});

export type { Fault } from './list-faults.ts';

/** Refuses a workbook that is not such a list; otherwise reads every row of it. */
export function readList(sheets: readonly Sheet[], context: ListContext): ListReading | Refused {
  const people = findTable(sheets, peopleSheet, personColumns);
  const periods = findTable(sheets, periodsSheet, periodColumns);
  const problems = [people, periods].flatMap((table) => ('problems' in table ? table.problems : []));
  if ('problems' in people || 'problems' in periods) return refuse(problems);
  if (people.rows.length === 0) {
    return refused(
      'Danh sách không có người nào. Hãy ghi mỗi người một dòng.',
      'The list names nobody. Write one row a person.',
    );
  }
  if (people.rows.length > mostPeople) {
    return refused(
      `Danh sách có ${people.rows.length} người, quá ${mostPeople}. Hãy chia thành nhiều tệp.`,
      `The list has ${people.rows.length} people, more than ${mostPeople}. Split it into several files.`,
    );
  }
  const drafts = people.rows.map((row) => readPerson(openRow(people, row), context));
  blameRepeats(drafts);
  const service = periods.rows.map((row) => readPeriod(openRow(periods, row)));
  return reading(drafts, service, people);
}

function refuse(problems: readonly Sentence[]): Refused {
  return refused(
    `${problems.map(({ vi }) => vi).join(' ')} Hãy dùng tệp mẫu danh sách.`,
    `${problems.map(({ en }) => en).join(' ')} Use the template of the list.`,
  );
}

function reading(
  drafts: readonly PersonDraft[],
  service: readonly PeriodDraft[],
  { sheet }: Table<PersonKey>,
): ListReading {
  const byNumber = Map.groupBy(drafts, ({ number }) => number);
  const periodsOf = Map.groupBy(service, ({ number }) => number);
  for (const period of service) {
    const owners = period.number === undefined ? undefined : byNumber.get(period.number);
    if (period.number !== undefined && owners === undefined) period.row.blame('number', 'period-person-unknown', sheet);
    if (owners?.length === 1 && owners[0] !== undefined) checkAgainstLeaving(period, owners[0]);
  }
  const people = drafts.flatMap((draft) => {
    const own = draft.number === undefined ? [] : (periodsOf.get(draft.number) ?? []);
    const person = listed(draft, own);
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
        const others = same.filter((other) => other !== draft).map(({ row }) => row.number);
        draft.row.blame(key, code, others.slice(0, 5).join(', '));
      }
    }
  }
}

function accountOf({ account: { bank, number } }: PersonDraft): string | undefined {
  return bank === undefined || number === undefined ? undefined : `${bank} ${number}`;
}

/** The first day without work ends service; on the first of a month that month holds no work at all. */
function checkAgainstLeaving({ row, to }: PeriodDraft, { leaving: { on } }: PersonDraft): void {
  if (to === undefined || on === undefined) return;
  const month = monthOf(on);
  if (to > month) row.blame('to', 'period-after-leaving', formatDay(month));
  else if (to === month && on.endsWith('-01')) row.warn('to', 'period-in-leave-month', formatDay(on));
}

/** The person, when neither the row nor any of the periods has a fault. */
function listed(draft: PersonDraft, own: readonly PeriodDraft[]): ListedPerson | undefined {
  const { row, number, fullName, citizenId, payingUnit, employer, declaredTotal } = draft;
  if (own.length === 0 && number !== undefined) row.blame('number', 'periods-missing', periodsSheet);
  if (own.length > mostPeriods) row.blame('number', 'too-many-periods', String(mostPeriods));
  if (row.faults.length > 0 || own.some((period) => period.row.faults.length > 0)) return undefined;
  const { bank, number: accountNumber, holder } = draft.account;
  const parsed = facts.safeParse(factsOf(draft, own));
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
    row: row.number,
    facts: parsed.data,
    fullName,
    citizenId,
    account: { bank, number: accountNumber, holder },
    payingUnit,
    employer,
    ...(declaredTotal === undefined ? {} : { declaredTotal }),
    warnings: [...inOrder([draft], 'warnings'), ...inOrder(own, 'warnings')],
  };
}

/** In the shape of the facts; keys that are not known are left out. */
function factsOf(draft: PersonDraft, own: readonly PeriodDraft[]): unknown {
  return {
    person: known({ sex: draft.sex, birth: draft.birth }),
    leaving: known({ ...draft.leaving }),
    ...known({ ...draft.circumstances }),
    ...known({ subject: draft.subject, contractSignedOn: draft.contractSignedOn, pay: draft.wages }),
    service: own.map(({ from, to, employer, insured, compensated, conditions }) =>
      known({ from, to, employer, insured, compensated, conditions }),
    ),
  };
}

function known(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
