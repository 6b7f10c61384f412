/** Sums of very few people would tell what somebody is paid: whoever may not see names does not see them either. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { allShown, type ShownTotals, shownTotals } from '../../../shared/completion/small-sums.ts';
import { type Tally, unpaidOf } from '../../../shared/completion/tally.ts';
import { Money } from '../elements.tsx';
import type { Visit } from '../page.tsx';

/** Which totals of the whole stand on the page for this visitor. */
export function shownTo(visit: Visit, counted: Tally): ShownTotals {
  if (mayKnowSums(visit)) return allShown;
  const { entitled, byBucket } = counted;
  return shownTotals({ base: entitled, paid: byBucket.credited, unpaid: unpaidOf(counted) });
}

/** Whoever may see the people may see what they are paid. */
export function mayKnowSums({ account }: Visit): boolean {
  return may(account, 'completion.see-people');
}

export const SumCell: FC<{ visit: Visit; isHidden: boolean; total: bigint }> = ({ visit, isHidden, total }) => (
  <td class="number">{isHidden ? <span class="hint">{visit.say('ẩn', 'hidden')}</span> : <Money amount={total} />}</td>
);

export const HiddenNote: FC<{ visit: Visit; isShown: boolean }> = ({ visit, isShown }) =>
  isShown ? (
    <p class="hint">
      {visit.say(
        'Số tiền của nhóm dưới 3 người không hiện, để không lộ số tiền của từng người; số người luôn hiện đủ.',
        'Sums of groups under three people are hidden, so that nobody’s own sum is told; people are always counted.',
      )}
    </p>
  ) : (
    <></>
  );
