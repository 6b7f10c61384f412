/** Everyone and every đồng in one place: the bar, and the table of its numbers. */
import type { FC } from 'hono/jsx';
import { type Bucket, buckets } from '../../../shared/case/lifecycle.ts';
import { hiddenPlaces } from '../../../shared/completion/small-sums.ts';
import type { Count, Tally } from '../../../shared/completion/tally.ts';
import { Table } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { bucketNames } from '../words.ts';
import { Named } from './completion-groups.tsx';
import { HiddenNote, mayKnowSums, shownTo, SumCell } from './completion-sums.tsx';

const barWidth = 1000;

/** Widths in people; each part also differs by pattern word and number in the table below it. */
export const ZeroSum: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say, words } = visit;
  const { entitled, byBucket } = counted;
  const shown = shownTo(visit, counted);
  const places = buckets.map((bucket) => ({ ...byBucket[bucket], of: partOf(bucket) }));
  const hidden = mayKnowSums(visit) ? [] : hiddenPlaces(places, shown);
  let x = 0;
  const pieces = buckets.map((bucket) => {
    const width = (byBucket[bucket].people / Math.max(1, entitled.people)) * barWidth;
    const piece = { bucket, x, width };
    x += width;
    return piece;
  });
  return (
    <section>
      <h2>
        {say(
          'Được hưởng = đã nhận + bị trả lại + đang thanh toán + chưa lập + tạm dừng + không chi trả',
          'Entitled = credited + returned + in flight + not yet ordered + held + cancelled',
        )}
      </h2>
      <svg
        class="bar-chart"
        viewBox={`0 0 ${barWidth} 44`}
        preserveAspectRatio="none"
        role="img"
        aria-label={barLabel(visit, byBucket)}
      >
        {pieces
          .filter(({ width }) => width > 0)
          .map(({ bucket, x: at, width }) => (
            <rect
              class={`bucket-${bucket}`}
              x={at.toFixed(1)}
              y="0"
              width={Math.max(2, width).toFixed(1)}
              height="44"
            />
          ))}
      </svg>
      <Table label={say('Mọi người, mọi đồng, mỗi bên một chỗ', 'Everyone and every đồng in one place')}>
        <thead>
          <tr>
            <th>{say('Ở đâu', 'Where')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket, at) => (
            <tr>
              <td>
                <span class={`key bucket-${bucket}`} aria-hidden="true"></span> {words(bucketNames[bucket])}
              </td>
              <td class="number">
                <Named visit={visit} behind={{ by: 'bucket', key: bucket }} people={byBucket[bucket].people} />
              </td>
              <SumCell visit={visit} isHidden={hidden[at] === true} total={byBucket[bucket].total} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th>{say('Được hưởng', 'Entitled')}</th>
            <td class="number">{entitled.people}</td>
            <SumCell visit={visit} isHidden={!shown.base} total={entitled.total} />
          </tr>
        </tfoot>
      </Table>
      <HiddenNote visit={visit} isShown={!shown.base || hidden.includes(true)} />
    </section>
  );
};

function partOf(bucket: Bucket): 'paid' | 'unpaid' | 'rest' {
  if (bucket === 'credited') return 'paid';
  return bucket === 'cancelled' ? 'rest' : 'unpaid';
}

function barLabel({ words }: Visit, byBucket: Readonly<Record<Bucket, Count>>): string {
  return buckets.map((bucket) => `${words(bucketNames[bucket])}: ${byBucket[bucket].people}`).join(', ');
}
