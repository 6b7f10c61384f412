/** What a regime must know about a person. What is missing is asked for all at once, by path. */
import { type LocalDate, type Month, monthIndex } from '../calendar.ts';
import type { Facts, Pay, Period, Subject } from '../case/facts.ts';
import type { Dong } from '../dong.ts';
import type { Sex } from './retirement-age.ts';

export type SalaryPay = Exclude<Pay, { kind: 'part-time' }>;
export type PartTimePay = Extract<Pay, { kind: 'part-time' }>;
type NotReElected = NonNullable<NonNullable<Facts['leaving']>['notReElected']>;

export interface KnownFacts {
  readonly sex: Sex;
  /** A birth known by year alone counts as January of it: Decree 135, article 3(3). */
  readonly birthMonth: Month;
  readonly subject: Subject;
  readonly leaveOn: LocalDate;
  readonly decidedOn: LocalDate;
  readonly paidOn: LocalDate | undefined;
  readonly reorganisedOn: LocalDate | undefined;
  readonly notReElected: NotReElected | undefined;
  readonly onlyConcurrentPost: boolean;
  readonly contractSignedOn: LocalDate | undefined;
  readonly contractLikeCivilServant: boolean;
  readonly pay: Pay;
  readonly averagePay: Dong | undefined;
  readonly termEndsOn: LocalDate | undefined;
  readonly service: readonly Period[];
  readonly drawsPension: boolean;
  readonly isUnderInvestigation: boolean;
  /** A woman who is pregnant or raises a small child and did not ask to leave. */
  readonly isWithSmallChild: boolean;
}

/** What a family of articles asks for beside the person, the subject, the two days and the pay. */
export interface Needs {
  /** The pay must be a part-timer's allowance, and a salary otherwise. */
  readonly allowance?: boolean;
  readonly service?: boolean;
  readonly reorganisedOn?: boolean;
  readonly notReElected?: boolean;
  /** The day a contract was signed, for contract workers whom the law does not treat like civil servants. */
  readonly contract?: boolean;
  readonly average?: boolean;
  readonly term?: boolean;
}

/** The facts by name, or the paths of all that are missing. */
export function knownFacts(facts: Facts, needs: Needs): KnownFacts | { readonly missing: readonly string[] } {
  const { person, subject, leaving, service = [] } = facts;
  const pay = payInForce(facts, needs.allowance === true);
  const missing: string[] = [];
  const need = <T>(path: string, value: T | undefined): T | undefined => {
    if (value === undefined) missing.push(path);
    return value;
  };
  const needIf = (isNeeded: boolean | undefined, path: string, value: unknown) => isNeeded && need(path, value);
  const sex = need('person.sex', person?.sex);
  const birth = need('person.birth', person?.birth);
  need('subject', subject);
  const leaveOn = need('leaving.on', leaving?.on);
  const decidedOn = need('leaving.decidedOn', leaving?.decidedOn);
  needIf(needs.reorganisedOn, 'leaving.reorganisedOn', leaving?.reorganisedOn);
  needIf(needs.notReElected, 'leaving.notReElected', leaving?.notReElected);
  const asksContract = needs.contract === true && subject === 'contract-worker' && !facts.contractLikeCivilServant;
  needIf(asksContract, 'contractSignedOn', facts.contractSignedOn);
  if (typeof pay === 'string') missing.push(pay);
  needIf(needs.average, 'averagePay60Months', facts.averagePay60Months);
  needIf(needs.term, 'termEndsOn', facts.termEndsOn);
  if (needs.service === true && service.length === 0) missing.push('service');
  if (
    missing.length > 0 ||
    sex === undefined ||
    birth === undefined ||
    subject === undefined ||
    leaveOn === undefined ||
    decidedOn === undefined ||
    typeof pay === 'string'
  ) {
    return { missing };
  }
  return {
    sex,
    birthMonth: birth.length === 4 ? `${birth}-01` : birth.slice(0, 7),
    subject,
    leaveOn,
    decidedOn,
    pay,
    service,
    onlyConcurrentPost: leaving?.onlyConcurrentPost === true,
    contractLikeCivilServant: facts.contractLikeCivilServant,
    drawsPension: facts.drawsPension,
    isUnderInvestigation: facts.underInvestigation,
    isWithSmallChild: facts.pregnantOrChildUnder36Months && sex === 'female' && leaving?.voluntary === false,
    paidOn: facts.paidOn,
    reorganisedOn: leaving?.reorganisedOn,
    notReElected: leaving?.notReElected,
    contractSignedOn: facts.contractSignedOn,
    averagePay: facts.averagePay60Months === undefined ? undefined : BigInt(facts.averagePay60Months),
    termEndsOn: facts.termEndsOn,
  };
}

/** The salary of known facts whose need was a salary. */
export function salaryOf({ pay }: KnownFacts): SalaryPay {
  if (pay.kind === 'part-time') throw new RangeError('a salary was asked for');
  return pay;
}

/** The allowance of known facts whose need was one. */
export function allowanceOf({ pay }: KnownFacts): PartTimePay {
  if (pay.kind !== 'part-time') throw new RangeError('an allowance of a part-timer was asked for');
  return pay;
}

/** The pay of the month before leaving, or the path of what is missing. A step that starts later does not count yet. */
function payInForce({ pay, leaving }: Facts, isAllowance: boolean): Pay | string {
  if (pay === undefined) return 'pay';
  if ((pay.kind === 'part-time') !== isAllowance) return 'pay.kind';
  if (pay.kind === 'coefficient' && pay.grade === undefined) return 'pay.grade';
  if (pay.kind === 'contract' && pay.amount === undefined) return 'pay.amount';
  if (pay.kind === 'part-time' && pay.multiple === undefined) return 'pay.multiple';
  const startsTooLate =
    pay.effectiveFrom !== undefined &&
    leaving?.on !== undefined &&
    monthIndex(pay.effectiveFrom) >= monthIndex(leaving.on);
  return startsTooLate ? 'pay.effectiveFrom' : pay;
}
