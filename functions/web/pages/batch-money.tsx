/** Where the money of a decided batch is: every person and every đồng of the decision in one place, or a fault is shown. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import type { Batch } from '../../../shared/case/batch.ts';
import { remainder, tally } from '../../../shared/completion/tally.ts';
import type { Visit } from '../page.tsx';
import { ZeroSumLine } from './zero-sum.tsx';

const before = ['in-batch', 'people-confirmed', 'money-confirmed'] as const;

export const BatchMoney: FC<{ visit: Visit; batch: Batch }> = async ({ visit, batch }) => {
  const { say, ports } = visit;
  const { provincial } = batch;
  if (provincial === undefined) return <></>;
  const counted = await tally(ports.store, localDateOf, { batch: batch.id });
  // The parts follow the decision a moment later; until then nothing is said of them.
  if (before.some((status) => (counted.byStatus.get(status)?.people ?? 0) > 0)) return <></>;
  const over = remainder(counted);
  const whole = { people: provincial.people, total: BigInt(provincial.total) };
  const off = {
    people: over.people + whole.people - counted.entitled.people,
    total: over.total + whole.total - counted.entitled.total,
  };
  return (
    <section>
      <h2>{say('Tiền của đợt đang ở đâu', 'Where the money of the batch is')}</h2>
      <ZeroSumLine
        visit={visit}
        whole={whole}
        counted={counted}
        over={off}
        against={{ vi: ' so với quyết định', en: ' from the decision' }}
      />
    </section>
  );
};
