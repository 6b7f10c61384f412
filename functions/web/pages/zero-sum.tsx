/** The zero-sum line: everybody and every đồng in one place, and whether it agrees. */
import type { FC } from 'hono/jsx';
import { buckets } from '../../../shared/case/lifecycle.ts';
import type { Count, Tally } from '../../../shared/completion/tally.ts';
import { formatDong } from '../../../shared/dong.ts';
import { ProblemBox } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { bucketNames } from '../words.ts';

/** Takes what must be there, where it was counted, and what is over; `against` says what it was held against. */
export const ZeroSumLine: FC<{
  visit: Visit;
  whole: Pick<Count, 'people' | 'total'>;
  counted: Tally;
  over: Pick<Count, 'people' | 'total'>;
  against?: { readonly vi: string; readonly en: string };
}> = ({ visit, whole, counted, over, against = { vi: '', en: '' } }) => {
  const { say, words } = visit;
  const holds = over.people === 0 && over.total === 0n;
  const places = buckets
    .map((bucket) => ({ bucket, ...counted.byBucket[bucket] }))
    .filter(({ total }) => total > 0n)
    .map(
      ({ bucket, people, total }) =>
        `${words(bucketNames[bucket]).toLocaleLowerCase('vi')} ${people} ${say('người', 'people')}, ${formatDong(total)} đồng`,
    );
  return (
    <>
      <p>
        {whole.people} {say('người', 'people')}, {formatDong(whole.total)} đồng = {places.join(' + ')}
        {holds ? say('. Khớp từng đồng.', '. It agrees to the đồng.') : '.'}
      </p>
      {holds ? (
        ''
      ) : (
        <ProblemBox
          visit={visit}
          problem={{
            vi: `Lệch ${over.people} người, ${formatDong(over.total)} đồng${against.vi}. Báo quản trị hệ thống ngay.`,
            en: `Off by ${over.people} people, ${formatDong(over.total)} đồng${against.en}. Tell the administrator now.`,
          }}
        />
      )}
    </>
  );
};
