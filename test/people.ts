/**
 * People for tests, as sentences: `person().bornIn('1970-01').servingFrom('2010-06').leaving('2025-07-01').build()`.
 * All are made up. What a sentence leaves out is ordinary: a civil servant of a body reorganised on 01/03/2025, decided
 * 40 days before the last possible day, with 10,000,000 đồng a month.
 */
import * as z from 'zod';
import { monthAt, monthIndex } from '../shared/calendar.ts';
import { type Employer, type Facts, facts, type Subject } from '../shared/case/facts.ts';

type FactsIn = z.input<typeof facts>;
type PayIn = NonNullable<FactsIn['pay']>;
type CoefficientPay = Omit<Extract<PayIn, { kind: 'coefficient' }>, 'kind'>;
type PeriodIn = NonNullable<FactsIn['service']>[number];
type LeavingIn = NonNullable<FactsIn['leaving']>;

/** Each sentence answers a new person; the one it was said of stays as it was. */
export interface Person {
  man(): Person;
  woman(): Person;
  /** A day, a month or a year. */
  bornIn(birth: string): Person;
  working(as: Subject): Person;
  reorganised(on: string): Person;
  decided(on: string): Person;
  leaving(on: string): Person;
  /** Insured State service up to the month before leaving. */
  servingFrom(from: string): Person;
  /** So many insured State months, the last one that before leaving. */
  servingMonths(months: number): Person;
  /** One more period of service. */
  having(period: PeriodIn): Person;
  /** A contract salary, đồng a month: round numbers for tests. */
  earning(amount: string): Person;
  paidBy(pay: CoefficientPay): Person;
  /** Any facts beside those above. */
  but(others: FactsIn): Person;
  /** What leaving is beside its three days. */
  leavingBut(others: LeavingIn): Person;
  build(): Facts;
}

export function person(): Person {
  return saying({
    person: { sex: 'male', birth: '1968-06' },
    subject: 'civil-servant',
    leaving: { cause: 'reorganised', on: '2025-07-01', decidedOn: '2025-06-20', reorganisedOn: '2025-03-01' },
    pay: { kind: 'contract', amount: '10000000' },
  });
}

function saying(said: FactsIn): Person {
  const leaveOn = said.leaving?.on ?? '2025-07-01';
  const monthsBeforeLeaving = (months: number) => monthAt(monthIndex(leaveOn) - months);
  const having = (period: PeriodIn) => saying({ ...said, service: [...(said.service ?? []), period] });
  const leavingBut = (others: LeavingIn) => saying({ ...said, leaving: { ...said.leaving, ...others } });
  const state: Employer = 'state';
  return {
    man: () => saying({ ...said, person: { ...said.person, sex: 'male' } }),
    woman: () => saying({ ...said, person: { ...said.person, sex: 'female' } }),
    bornIn: (birth) => saying({ ...said, person: { ...said.person, birth } }),
    working: (subject) => saying({ ...said, subject }),
    reorganised: (reorganisedOn) => leavingBut({ reorganisedOn }),
    decided: (decidedOn) => leavingBut({ decidedOn }),
    leaving: (on) => leavingBut({ on }),
    servingFrom: (from) => having({ from, to: monthsBeforeLeaving(1), employer: state }),
    servingMonths: (months) =>
      having({ from: monthsBeforeLeaving(months), to: monthsBeforeLeaving(1), employer: state }),
    having,
    earning: (amount) => saying({ ...said, pay: { kind: 'contract', amount } }),
    paidBy: (pay) => saying({ ...said, pay: { kind: 'coefficient', ...pay } }),
    but: (others) => saying({ ...said, ...others }),
    leavingBut,
    build: () => facts.parse(said),
  };
}
