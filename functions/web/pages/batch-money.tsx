/** Where the money of a decided batch is: every person and every đồng of the decision in one place, or a fault is shown. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import type { Batch } from '../../../shared/case/batch.ts';
import { buckets } from '../../../shared/case/lifecycle.ts';
import { remainder, tally } from '../../../shared/completion/tally.ts';
import { formatDong } from '../../../shared/dong.ts';
import { ProblemBox } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { bucketNames } from '../words.ts';

const before = ['in-batch', 'people-confirmed', 'money-confirmed'] as const;

export const BatchMoney: FC<{ visit: Visit; batch: Batch }> = async ({ visit, batch }) => {
  const { say, words, ports } = visit;
  const { provincial } = batch;
  if (provincial === undefined) return <></>;
  const counted = await tally(ports.store, localDateOf, { batch: batch.id });
  // The parts follow the decision a moment later; until then nothing is said of them.
  if (before.some((status) => (counted.byStatus.get(status)?.people ?? 0) > 0)) return <></>;
  const over = remainder(counted);
  const people = over.people + provincial.people - counted.entitled.people;
  const total = over.total + BigInt(provincial.total) - counted.entitled.total;
  const holds = people === 0 && total === 0n;
  return (
    <section>
      <h2>{say('Tiền của đợt đang ở đâu', 'Where the money of the batch is')}</h2>
      <p>
        {provincial.people} {say('người', 'people')}, {formatDong(BigInt(provincial.total))} đồng ={' '}
        {buckets
          .filter((bucket) => counted.byBucket[bucket].people > 0)
          .map((bucket) => {
            const { people: count, total: sum } = counted.byBucket[bucket];
            return `${words(bucketNames[bucket]).toLocaleLowerCase('vi')} ${count} ${say('người', 'people')}, ${formatDong(sum)} đồng`;
          })
          .join(' + ')}
        {holds ? say('. Khớp từng đồng.', '. It agrees to the đồng.') : '.'}
      </p>
      {holds ? (
        ''
      ) : (
        <ProblemBox
          visit={visit}
          problem={{
            vi: `Lệch ${people} người, ${formatDong(total)} đồng so với quyết định. Báo quản trị hệ thống ngay.`,
            en: `Off by ${people} people, ${formatDong(total)} đồng from the decision. Tell the administrator now.`,
          }}
        />
      )}
    </section>
  );
};
