/** Facts → figures: what Decree 178 speaks of. Facts that are missing were asked for before. */
import { addMonths, monthAt, monthIndex } from '../calendar.ts';
import type { Period } from '../case/facts.ts';
import { earliestClock, firstPeriodMonths } from '../law/circular-01-2025/article-03.ts';
import { inForceOn } from '../law/dated.ts';
import { annex2Months } from '../law/decree-135-2020/decree.ts';
import { pensionMonths, pensionMonthsCommuneWomen } from '../law/social-insurance/pension.ts';
import { monthlySalary } from './monthly-salary.ts';
import type { KnownFacts } from './known-facts.ts';
import type { Choose } from './readings.ts';
import type { Figures } from './regime.ts';
import { type Annex, pensionMonthIndex } from './retirement-age.ts';
import { countedYears, isPartTime, isStateBody, monthsWhere, type ServiceTime } from './service-time.ts';

/** The figures by one annex. */
export function figures(known: KnownFacts, service: ServiceTime, annex: Annex, choose: Choose): Figures {
  const retirement = pensionMonthIndex(known.sex, annex, known.birthMonth, choose);
  const monthsEarly = retirement - leaveMonthIndex(known, choose);
  const salary = monthlySalary(known.pay, known.leaveOn, choose);
  const insured = monthsWhere(service, ({ insured }) => insured);
  const serviceMonths = countedServiceMonths(service, choose);
  return {
    leaveOn: known.leaveOn,
    monthlySalary: salary.amount,
    salaryIsExact: salary.exact,
    annex,
    retirementMonth: monthAt(retirement),
    monthsEarly,
    yearsEarly: countedYears(Math.max(0, monthsEarly), known.leaveOn),
    serviceMonths,
    serviceYears: countedYears(serviceMonths, known.leaveOn),
    insuredMonths: insured,
    severanceMonths: severanceMonths(service, choose),
    compensatedMonths: monthsWhere(service, ({ insured, compensated }) => insured && compensated),
    firstTwelveMonths: leavesInFirstTwelveMonths(known, choose),
  };
}

/** A leave date inside a month makes that month the first one early, or the next: question X7. */
function leaveMonthIndex({ leaveOn }: KnownFacts, choose: Choose): number {
  const month = monthIndex(leaveOn);
  return leaveOn.endsWith('-01') || choose('X7') === 'month-of-leaving' ? month : month + 1;
}

/** Article 5(4): insured and not yet compensated. Private time is question X19, and part-time posts then X22. */
function countedServiceMonths(service: ServiceTime, choose: Choose): number {
  const counts = ({ insured, compensated }: Period) => insured && !compensated;
  const state = monthsWhere(service, (period) => counts(period) && isStateBody(period));
  const priv = monthsWhere(service, (period) => counts(period) && period.employer === 'private');
  const partTime = monthsWhere(service, (period) => counts(period) && isPartTime(period));
  const withPrivate = priv > 0 && choose('X19') === 'included' ? state + priv : state;
  return partTime > 0 && choose('X22') === 'yes' ? withPrivate + partTime : withPrivate;
}

/** Article 5(2): insured in bodies of Party, State, Front, political-social organisations and the armed forces. */
function severanceMonths(service: ServiceTime, choose: Choose): number {
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

/** Circular 01/2025, article 3(1). For bodies reorganised before 2025 the start of the clock is question X5. */
function leavesInFirstTwelveMonths({ reorganisedOn, leaveOn }: KnownFacts, choose: Choose): boolean {
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
  const isPlain = (period: Period) => period.insured && !period.compensated && isStateBody(period);
  const isUnquestioned = (['heavy', 'extremely-difficult-area'] as const).some(
    (condition) => monthsWhere(service, (period) => isPlain(period) && period.conditions.includes(condition)) >= needed,
  );
  return isUnquestioned || choose('X14') === 'together';
}
