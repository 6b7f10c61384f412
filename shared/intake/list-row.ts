/** One person as rows of the list, for forms and templates; and a form's rows as a sheet, for the reader of lists. */
import { formatDay } from '../calendar.ts';
import { bankName } from '../case/banks.ts';
import type { BankAccount, Identity, Submitted } from '../case/case.ts';
import type { Allowance, Facts } from '../case/facts.ts';
import type { Sheet, SheetCell } from '../case/sheet.ts';
import {
  causeWords,
  conditionWords,
  employerWords,
  type ListColumn,
  notReElectedWords,
  peopleSheet,
  type PeriodKey,
  periodColumns,
  periodsSheet,
  type PersonKey,
  personColumns,
  sexWords,
  subjectWords,
  yesNoWords,
} from './list-columns.ts';

/** A row as typed: a date is `YYYY-MM-DD` or as people write it, an amount is in đồng. */
export type PersonRow = Readonly<Partial<Record<PersonKey, string>>>;
export type PeriodRow = Readonly<Partial<Record<PeriodKey, string>>>;

/** Number of the only person of a form. */
const only = '1';

/** The two sheets of the list with one person; empty values are empty cells. */
export function sheetsOf(person: PersonRow, periods: readonly PeriodRow[]): readonly Sheet[] {
  return [
    sheetOf(peopleSheet, personColumns, [{ ...person, number: only }]),
    sheetOf(
      periodsSheet,
      periodColumns,
      periods.map((period) => ({ ...period, number: only })),
    ),
  ];
}

function sheetOf<Key extends string>(
  name: string,
  columns: readonly ListColumn<Key>[],
  rows: readonly Readonly<Partial<Record<Key, string>>>[],
): Sheet {
  const cellsOf = (texts: readonly (string | undefined)[]) =>
    texts.flatMap((text, at): SheetCell[] =>
      text === undefined || text === '' ? [] : [{ column: at + 1, kind: 'text', text }],
    );
  const lines = [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map(({ key }) => row[key]))];
  return { name, rows: lines.map((line, at) => ({ number: at + 1, cells: cellsOf(line) })) };
}

/** What is known of a case, as it would stand in the list. */
export function rowOf(
  {
    facts,
    payingUnit,
    employer,
    declaredTotal,
  }: Pick<Submitted, 'facts' | 'payingUnit' | 'employer' | 'declaredTotal'>,
  { fullName, citizenId }: Identity,
  account: BankAccount,
): PersonRow {
  const { person, leaving } = facts;
  const flag = (value: boolean | undefined, ordinary: boolean) =>
    value === undefined || value === ordinary ? '' : (value ? yesNoWords.yes : yesNoWords.no)[0];
  return {
    fullName,
    citizenId,
    sex: person?.sex === undefined ? '' : sexWords[person.sex][0],
    birth: dayOf(person?.birth),
    subject: facts.subject === undefined ? '' : (subjectWords[facts.subject][0] ?? ''),
    contractSignedOn: dayOf(facts.contractSignedOn),
    payingUnit,
    employer,
    cause: leaving?.cause === undefined ? '' : (causeWords[leaving.cause][0] ?? ''),
    decisionNumber: leaving?.decisionNumber ?? '',
    decidedOn: dayOf(leaving?.decidedOn),
    leaveOn: dayOf(leaving?.on),
    reorganisedOn: dayOf(leaving?.reorganisedOn),
    ...payOf(facts),
    bank: bankName(account.bank),
    accountNumber: account.number,
    holder: account.holder,
    declaredTotal: declaredTotal ?? '',
    notReElected: leaving?.notReElected === undefined ? '' : (notReElectedWords[leaving.notReElected][0] ?? ''),
    voluntary: flag(leaving?.voluntary, true),
    drawsPension: flag(facts.drawsPension, false),
    underInvestigation: flag(facts.underInvestigation, false),
    smallChild: flag(facts.pregnantOrChildUnder36Months, false),
    onlyConcurrentPost: flag(leaving?.onlyConcurrentPost, false),
    contractLikeCivilServant: flag(facts.contractLikeCivilServant, false),
    averagePay: facts.averagePay60Months ?? '',
    termEndsOn: dayOf(facts.termEndsOn),
    paidOn: dayOf(facts.paidOn),
  };
}

function payOf({ pay }: Facts): PersonRow {
  if (pay === undefined) return {};
  if (pay.kind === 'part-time') return { grade: comma(pay.multiple) };
  const percents = Object.fromEntries(
    (pay.allowances ?? []).map(({ name, percent }: Allowance) => [name, comma(percent)]),
  );
  if (pay.kind === 'contract') return { contractPay: pay.amount ?? '', ...percents };
  const unlessZero = (text: string) => (Number(text) === 0 ? '' : comma(text));
  return {
    grade: comma(pay.grade),
    position: unlessZero(pay.position),
    beyondFrame: unlessZero(pay.beyondFramePercent),
    reserved: unlessZero(pay.reservedDifference),
    ...percents,
  };
}

function comma(text: string | undefined): string {
  return (text ?? '').replace('.', ',');
}

function dayOf(day: string | undefined): string {
  return day === undefined ? '' : formatDay(day);
}

/** The periods of a case as they would stand in the list. */
export function periodRowsOf({ service = [] }: Facts): readonly PeriodRow[] {
  return service.map(({ from, to, employer, insured, compensated, conditions }) => {
    const [condition] = conditions;
    return {
      from: formatDay(from),
      to: formatDay(to),
      employer: employerWords[employer][0] ?? '',
      insured: (insured ? yesNoWords.yes : yesNoWords.no)[0],
      compensated: (compensated ? yesNoWords.yes : yesNoWords.no)[0],
      conditions: condition === undefined ? '' : conditionWords[conditions.length > 1 ? 'both' : condition][0],
    };
  });
}
