/** Facts → figures: what the decrees speak of. Facts that are missing were asked for before. */
import { addMonths, type LocalDate, monthAt, monthIndex } from '../calendar.ts';
import type { Period } from '../case/facts.ts';
import { earliestClock, firstPeriodMonths } from '../law/circular-01-2025/article-03.ts';
import { type Dated, inForceOn } from '../law/dated.ts';
import { annex2Months } from '../law/decree-135-2020/decree.ts';
import type { OddMonths } from '../law/decree-178-2024/article-05.ts';
import { pensionMonths, pensionMonthsCommuneWomen } from '../law/social-insurance/pension.ts';
import type { MonthlySalary } from './monthly-salary.ts';
import type { KnownFacts } from './known-facts.ts';
import type { Choose } from './readings.ts';
import type { Figures } from './regime.ts';
import { type Annex, pensionMonthIndex } from './retirement-age.ts';
import { countedYears, isPartTime, isStateBody, monthsWhere, type ServiceTime } from './service-time.ts';

/** What differs from decree to decree in making the figures. */
export interface Reckoning {
  readonly base: MonthlySalary;
  /** Whether the base is an allowance; a salary when left out. */
  readonly isAllowance?: boolean;
  /** Counted months of service. */
  readonly serviceMonths: number;
  readonly oddMonths: readonly Dated<OddMonths>[];
  /** The day on which the rules are read. */
  readonly lawOn: LocalDate;
  readonly firstTwelveMonths?: boolean | undefined;
}

/** The figures by one annex. */
export function figures(
  known: KnownFacts,
  service: ServiceTime,
  annex: Annex,
  choose: Choose,
  { base, isAllowance = false, serviceMonths, oddMonths, lawOn, firstTwelveMonths }: Reckoning,
): Figures {
  const retirement = pensionMonthIndex(known.sex, annex, known.birthMonth, choose);
  const monthsEarly = retirement - leaveMonthIndex(known, choose);
  return {
    leaveOn: known.leaveOn,
    lawOn,
    base: base.amount,
    baseIsExact: base.exact,
    isAllowance,
    annex,
    retirementMonth: monthAt(retirement),
    monthsEarly,
    yearsEarly: countedYears(Math.max(0, monthsEarly), lawOn, oddMonths),
    serviceMonths,
    serviceYears: countedYears(serviceMonths, lawOn, oddMonths),
    insuredMonths: monthsWhere(service, ({ insured }) => insured),
    compensatedMonths: monthsWhere(service, ({ insured, compensated }) => insured && compensated),
    firstTwelveMonths,
  };
}

/** A leave date inside a month makes that month the first one early, or the next: question X7. */
export function leaveMonthIndex({ leaveOn }: Pick<KnownFacts, 'leaveOn'>, choose: Choose): number {
  const month = monthIndex(leaveOn);
  return leaveOn.endsWith('-01') || choose('X7') === 'month-of-leaving' ? month : month + 1;
}

/** Insured and not yet compensated by severance, one-off insurance or discharge money. */
function isOpen({ insured, compensated }: Period): boolean {
  return insured && !compensated;
}

/** Decree 178, article 5(4). Private time is question X19, and part-time posts then X22. */
export function countedMonths178(service: ServiceTime, choose: Choose): number {
  const state = monthsWhere(service, (period) => isOpen(period) && isStateBody(period));
  const priv = monthsWhere(service, (period) => isOpen(period) && period.employer === 'private');
  const withPrivate = priv > 0 && choose('X19') === 'included' ? state + priv : state;
  return withPrivate + insuredPartTimeMonths(service, choose);
}

/** Decree 154, article 5(4): bodies of Party, State, Front, political-social organisations and the armed forces. */
export function countedMonths154(service: ServiceTime, choose: Choose): number {
  const state = monthsWhere(service, (period) => isOpen(period) && isStateBody(period));
  return state + insuredPartTimeMonths(service, choose);
}

function insuredPartTimeMonths(service: ServiceTime, choose: Choose): number {
  const partTime = monthsWhere(service, (period) => isOpen(period) && isPartTime(period));
  return partTime > 0 && choose('X22') === 'yes' ? partTime : 0;
}

/** Decree 178, article 5(2): insured in bodies of Party, State, Front, political-social organisations, armed forces. */
export function severanceMonths(service: ServiceTime, choose: Choose): number {
  const months = (where: (period: Period) => boolean, compensated: boolean) =>
    monthsWhere(service, (period) => period.insured && period.compensated === compensated && where(period));
  /** Compensated months of any kind are question X20. */
  const counted = (where: (period: Period) => boolean) => {
    const paidFor = months(where, true);
    return months(where, false) + (paidFor > 0 && choose('X20') === 'included' ? paidFor : 0);
  };
  const isPrivate = ({ employer }: Period) => employer === 'private';
  const has = (where: (period: Period) => boolean) =>
    monthsWhere(service, (period) => period.insured && where(period)) > 0;
  let total = counted(isStateBody);
  if (has(isPrivate) && choose('X8') === 'included') total += counted(isPrivate);
  if (has(isPartTime) && choose('X22') === 'yes') total += counted(isPartTime);
  return total;
}

/**
 * Decree 154, article 5(5) and (6): months in titles of the communes (article 10: of the villages too), insured or not,
 * and insured months in other jobs. Village months of a commune part-timer are question O17, private ones O6.
 */
export function countedMonthsOfPartTimer(
  service: ServiceTime,
  { subject }: Pick<KnownFacts, 'subject'>,
  choose: Choose,
): number {
  const months = (where: (period: Period) => boolean) =>
    monthsWhere(service, (period) => !period.compensated && where(period));
  const commune = months(({ employer }) => employer === 'commune-part-time');
  const village = months(({ employer }) => employer === 'village-part-time');
  const state = months((period) => period.insured && isStateBody(period));
  const priv = months(({ employer, insured }) => insured && employer === 'private');
  let total = commune + state;
  if (village > 0 && (subject === 'village-part-timer' || choose('O17') === 'included')) total += village;
  if (priv > 0 && choose('O6') === 'included') total += priv;
  return total;
}

/** Circular 01/2025, article 3(1). For bodies reorganised before 2025 the start of the clock is question X5. */
export function leavesInFirstTwelveMonths(leaveOn: LocalDate, reorganisedOn: LocalDate, choose: Choose): boolean {
  const earliest = inForceOn(earliestClock, leaveOn).value;
  const start = reorganisedOn < earliest && choose('X5') === earliest ? earliest : reorganisedOn;
  return leaveOn < addMonths(start, inForceOn(firstPeriodMonths, leaveOn).value);
}

/** Whether insurance is long enough for a pension on the leave date. Uses all insured months. */
export function isPensionable(known: KnownFacts, insuredMonths: number, choose: Choose): boolean {
  const needed = inForceOn(pensionMonths, known.leaveOn).value;
  if (insuredMonths >= needed) return true;
  const isCommuneWoman =
    known.sex === 'female' && (known.subject === 'commune-cadre' || known.subject === 'commune-civil-servant');
  const neededByWomen = inForceOn(pensionMonthsCommuneWomen, known.leaveOn).value;
  return isCommuneWoman && insuredMonths >= neededByWomen && needed > neededByWomen && choose('X17') === 'yes';
}

/** Decree 135, article 5, and Decree 178, article 7(2)(c): 15 years of heavy work or in an extremely difficult area. */
export function meetsAnnex2Condition({ leaveOn }: KnownFacts, service: ServiceTime, choose: Choose): boolean {
  const needed = inForceOn(annex2Months, leaveOn).value;
  const hasConditions = ({ conditions }: Period) => conditions.length > 0;
  const all = monthsWhere(service, hasConditions);
  if (all < needed) return false;
  const isPlain = (period: Period) => isOpen(period) && isStateBody(period);
  const isUnquestioned = (['heavy', 'extremely-difficult-area'] as const).some(
    (condition) => monthsWhere(service, (period) => isPlain(period) && period.conditions.includes(condition)) >= needed,
  );
  return isUnquestioned || choose('X14') === 'together';
}
