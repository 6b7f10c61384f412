/** Decree 29/2023 or Decree 154/2025, by the days of decision, leaving and payment. */
import type { LocalDate } from '../calendar.ts';
import type { Facts } from '../case/facts.ts';
import { inForceOn, laterOf } from '../law/dated.ts';
import { lastLeaveDate } from '../law/decree-154-2025/article-03.ts';
import { leavesFrom, replacedOn } from '../law/decree-29-2023/decree.ts';
import type { SetReadings } from '../law/readings.ts';
import type { Evaluation, Ground } from './evaluation.ts';
import type { KnownFacts } from './known-facts.ts';
import type { Choose } from './readings.ts';

export type Decree = '29' | '154';

const replaced: LocalDate = replacedOn[0]?.value ?? '';

/** The day on which Decree 154 is read: it serves earlier leavers as it stood on its first day. */
export function lawDayOf154(leaveOn: LocalDate): LocalDate {
  return leaveOn < replaced ? replaced : leaveOn;
}

/** What was paid before Decree 154 stays as it was; who was decided before and leaves after is question O14. */
export function whichDecree(known: Pick<KnownFacts, 'leaveOn' | 'decidedOn' | 'paidOn'>, choose: Choose): Decree {
  if (known.paidOn !== undefined && known.paidOn < replaced) return '29';
  if (isInDoubt(known)) return choose('O14') === '29' ? '29' : '154';
  return '154';
}

function isInDoubt({ leaveOn, decidedOn }: Pick<KnownFacts, 'leaveOn' | 'decidedOn'>): boolean {
  return decidedOn < replaced && leaveOn >= replaced;
}

/** Whether what Decree 29 alone asks for is needed. */
export function needsDecree29({ leaving, paidOn }: Facts, set: SetReadings): boolean {
  if (paidOn !== undefined && paidOn < replaced) return true;
  const { on: leaveOn, decidedOn } = leaving ?? {};
  return leaveOn !== undefined && decidedOn !== undefined && isInDoubt({ leaveOn, decidedOn }) && set.O14 !== '154';
}

/** Decided and left before Decree 154 and not paid by then: computed again under it, and both are kept (question O23). */
export function isRecomputed({ leaveOn, decidedOn, paidOn }: KnownFacts, choose: Choose): boolean {
  const isLeft = decidedOn < replaced && leaveOn < replaced && (paidOn === undefined || paidOn >= replaced);
  return isLeft && choose('O23') === '154';
}

export function dateGrounds({ leaveOn }: KnownFacts): readonly Ground[] {
  const first = leavesFrom[0];
  const last = inForceOn(lastLeaveDate, laterOf(leaveOn, lastLeaveDate));
  const grounds: Ground[] = [];
  if (first !== undefined && leaveOn < first.value) grounds.push({ ground: 'left-before-decree', by: first.by });
  if (leaveOn > last.value) grounds.push({ ground: 'policy-ended', by: last.by });
  return grounds;
}

/** Lists what Decree 29 would have paid beside what Decree 154 pays. */
export function keeping(paid: Evaluation, before: Evaluation | undefined): Evaluation {
  if (paid.outcome !== 'entitled' || before?.outcome !== 'entitled') return paid;
  return { ...paid, yieldsTo: [{ regime: before.regime, total: before.total }] };
}
