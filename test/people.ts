/**
 * People for tests, as sentences: `person().bornIn('1970-01').servingFrom('2010-06').leaving('2025-07-01').build()`.
 * All are made up. What a sentence leaves out is ordinary: a man born 06/1968, civil servant of a body
 * reorganised on 01/03/2025, leaving on 01/07/2025 by a decision of 20/06/2025, with 10,000,000 đồng a month.
 */
import * as z from 'zod';
import { monthAt, monthIndex } from '../shared/calendar.ts';
import { type Facts, facts, type Subject } from '../shared/case/facts.ts';

type FactsIn = z.input<typeof facts>;
type PayIn = NonNullable<FactsIn['pay']>;
export type CoefficientPay = Omit<Extract<PayIn, { kind: 'coefficient' }>, 'kind'>;
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

/** What was said so far; service is worked out at the end, for it may hang on the day of leaving. */
function saying(said: FactsIn, served: readonly ((leaveOn: string) => PeriodIn)[] = []): Person {
  const next = (others: FactsIn) => saying({ ...said, ...others }, 'service' in others ? [] : served);
  const serving = (period: (leaveOn: string) => PeriodIn) => saying(said, [...served, period]);
  const leavingBut = (others: LeavingIn) => next({ leaving: { ...said.leaving, ...others } });
  return {
    man: () => next({ person: { ...said.person, sex: 'male' } }),
    woman: () => next({ person: { ...said.person, sex: 'female' } }),
    bornIn: (birth) => next({ person: { ...said.person, birth } }),
    working: (subject) => next({ subject }),
    reorganised: (reorganisedOn) => leavingBut({ reorganisedOn }),
    decided: (decidedOn) => leavingBut({ decidedOn }),
    leaving: (on) => leavingBut({ on }),
    servingFrom: (from) => serving((leaveOn) => ({ from, to: monthsBefore(leaveOn, 1), employer: 'state' })),
    servingMonths: (months) =>
      serving((leaveOn) => ({ from: monthsBefore(leaveOn, months), to: monthsBefore(leaveOn, 1), employer: 'state' })),
    having: (period) => serving(() => period),
    earning: (amount) => next({ pay: { kind: 'contract', amount } }),
    paidBy: (pay) => next({ pay: { kind: 'coefficient', ...pay } }),
    but: next,
    leavingBut,
    build() {
      const leaveOn = said.leaving?.on ?? '';
      return facts.parse(served.length === 0 ? said : { ...said, service: served.map((period) => period(leaveOn)) });
    },
  };
}

function monthsBefore(leaveOn: string, months: number): string {
  return monthAt(monthIndex(leaveOn) - months);
}
