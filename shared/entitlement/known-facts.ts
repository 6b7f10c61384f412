/** What Decree 178 must know about a person. What is missing is asked for all at once, by path. */
import { type LocalDate, type Month, monthIndex } from '../calendar.ts';
import type { Facts, Pay, Period, Subject } from '../case/facts.ts';
import type { Sex } from './retirement-age.ts';

export interface KnownFacts {
  readonly sex: Sex;
  /** A birth known by year alone counts as January of it: Decree 135, article 3(3). */
  readonly birthMonth: Month;
  readonly subject: Subject;
  readonly leaveOn: LocalDate;
  readonly decidedOn: LocalDate;
  readonly reorganisedOn: LocalDate;
  readonly pay: Exclude<Pay, { kind: 'part-time' }>;
  readonly service: readonly Period[];
}

/** The facts by name, or the paths of all that are missing. */
export function knownFacts(facts: Facts): KnownFacts | { readonly missing: readonly string[] } {
  const sex = facts.person?.sex;
  const birth = facts.person?.birth;
  const { subject, service } = facts;
  const leaveOn = facts.leaving?.on;
  const decidedOn = facts.leaving?.decidedOn;
  const reorganisedOn = facts.leaving?.reorganisedOn;
  const pay = payInForce(facts);
  const contractIsKnown =
    subject !== 'contract-worker' || facts.contractSignedOn !== undefined || facts.contractLikeCivilServant;
  if (
    sex !== undefined &&
    birth !== undefined &&
    subject !== undefined &&
    leaveOn !== undefined &&
    decidedOn !== undefined &&
    reorganisedOn !== undefined &&
    service !== undefined &&
    service.length > 0 &&
    typeof pay !== 'string' &&
    contractIsKnown
  ) {
    const birthMonth = birth.length === 4 ? `${birth}-01` : birth.slice(0, 7);
    return { sex, birthMonth, subject, leaveOn, decidedOn, reorganisedOn, pay, service };
  }
  const missing = [
    sex === undefined ? 'person.sex' : '',
    birth === undefined ? 'person.birth' : '',
    subject === undefined ? 'subject' : '',
    leaveOn === undefined ? 'leaving.on' : '',
    decidedOn === undefined ? 'leaving.decidedOn' : '',
    reorganisedOn === undefined ? 'leaving.reorganisedOn' : '',
    contractIsKnown ? '' : 'contractSignedOn',
    typeof pay === 'string' ? pay : '',
    service === undefined || service.length === 0 ? 'service' : '',
  ];
  return { missing: missing.filter((path) => path !== '') };
}

/** The pay of the month before leaving, or the path of what is missing. A step that starts later does not count yet. */
function payInForce({ pay, leaving }: Facts): KnownFacts['pay'] | string {
  if (pay === undefined) return 'pay';
  if (pay.kind === 'part-time') return 'pay.kind';
  if (pay.kind === 'coefficient' && pay.grade === undefined) return 'pay.grade';
  if (pay.kind === 'contract' && pay.amount === undefined) return 'pay.amount';
  const startsTooLate =
    pay.effectiveFrom !== undefined &&
    leaving?.on !== undefined &&
    monthIndex(pay.effectiveFrom) >= monthIndex(leaving.on);
  return startsTooLate ? 'pay.effectiveFrom' : pay;
}
