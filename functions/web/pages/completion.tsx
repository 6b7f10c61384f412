/** Hoàn thành: one sentence that answers; the zero-sum bar; causes, regimes and units. No names here. */
import type { FC } from 'hono/jsx';
import { stepNamed } from '../../../shared/approval/route.ts';
import { may } from '../../../shared/case/access.ts';
import { type BatchSummary, batchStream, batchSummary } from '../../../shared/case/batch.ts';
import { allRows } from '../../../shared/case/store.ts';
import { readLimits } from '../../../shared/case/limits.ts';
import { type Tally, tallyOf } from '../../../shared/completion/tally.ts';
import { formatDong } from '../../../shared/dong.ts';
import { At, Empty } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import { caseStatusNames } from '../words.ts';
import { AnchorSection } from './completion-anchor.tsx';
import { Answered } from './completion-answer.tsx';
import { Coming } from './completion-coming.tsx';
import { Causes, Groups } from './completion-groups.tsx';
import { ZeroSum } from './completion-places.tsx';

export async function completionPage(visit: Visit): Promise<Answer> {
  const { say, ports } = visit;
  const figures = await ports.figures();
  const counted = tallyOf(figures.cells);
  if (counted.entitled.people === 0) {
    return {
      page: say('Hoàn thành', 'Completion'),
      body: <Empty>{say('Chưa có ai được tính chế độ.', 'Nobody has been assessed yet.')}</Empty>,
    };
  }
  const limits = await readLimits(ports.store);
  return {
    page: say('Hoàn thành', 'Completion'),
    body: (
      <>
        <Answered visit={visit} counted={counted} limits={limits} at={figures.at} />
        <p class="act">
          <a href="/hoan-thanh/trinh-chieu">{say('Trình chiếu', 'Show on a projector')}</a>
        </p>
        <Coming visit={visit} figures={figures} counted={counted} limits={limits} />
        <ZeroSum visit={visit} counted={counted} />
        <Overdue visit={visit} />
        <Causes visit={visit} counted={counted} />
        <Groups visit={visit} counted={counted} />
        <Without visit={visit} counted={counted} />
        <AnchorSection visit={visit} />
      </>
    ),
  };
}

const projectedSeconds = 60;

/** For a meeting: the answer, large, with where everyone stands; it keeps itself up to date where that is asked for. */
export async function projectedPage(visit: Visit): Promise<Answer> {
  const { say, ports, query } = visit;
  const isKeptUp = query.get('tu-cap-nhat') === '1';
  const figures = await ports.figures();
  const counted = tallyOf(figures.cells);
  const limits = await readLimits(ports.store);
  return {
    page: say('Tiến độ chi trả', 'How far the payments are'),
    ...(isKeptUp ? { refreshAfter: projectedSeconds } : {}),
    body: (
      <div class="projected">
        <Answered visit={visit} counted={counted} limits={limits} at={figures.at} />
        {counted.entitled.people === 0 ? (
          ''
        ) : (
          <Coming visit={visit} figures={figures} counted={counted} limits={limits} />
        )}
        <ZeroSum visit={visit} counted={counted} />
        <p class="act">
          <a href="/hoan-thanh">{say('Về trang Hoàn thành', 'Back to completion')}</a>
          {' · '}
          {isKeptUp ? (
            <a href="/hoan-thanh/trinh-chieu">{say('Thôi tự cập nhật', 'Stop updating')}</a>
          ) : (
            <a href="/hoan-thanh/trinh-chieu?tu-cap-nhat=1">{say('Tự cập nhật mỗi phút', 'Update every minute')}</a>
          )}
        </p>
      </div>
    ),
  };
}

/** Batches whose confirmer is past the limit, after a reminder and after the deputies were asked. */
const Overdue: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports, account } = visit;
  const late: (BatchSummary & { readonly id: string })[] = [];
  for await (const { stream, summary } of allRows(ports.store, { kind: 'batch', status: 'in-approval' })) {
    const batch = batchSummary.parse(summary);
    if (batch.overdue !== undefined) late.push({ ...batch, id: stream.slice(batchStream('').length) });
  }
  if (late.length === 0) return <></>;
  return (
    <section>
      <h2>{say('Đợt quá hạn xác nhận', 'Batches past their limit')}</h2>
      <ul>
        {late.map(({ id, code, people, total, since, overdue }) => (
          <li>
            {may(account, 'batch.see') ? (
              <a href={`/dot/${id}`}>{say(`Đợt ${code}`, `Batch ${code}`)}</a>
            ) : (
              say(`Đợt ${code}`, `Batch ${code}`)
            )}
            :{' '}
            {say(
              `${people} người, ${formatDong(BigInt(total))} đồng, `,
              `${people} people, ${formatDong(BigInt(total))} đồng, `,
            )}
            {overdue === undefined ? '' : words(stepNamed(overdue).confirms)}, {say('chờ từ ', 'waiting since ')}
            <At instant={since} visit={visit} />.
          </li>
        ))}
      </ul>
    </section>
  );
};

const Without: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say, words } = visit;
  const all = [...counted.withoutPart.values()].reduce((total, people) => total + people, 0);
  if (all === 0) return <></>;
  return (
    <p class="hint">
      {say(`Ngoài số trên, ${all} hồ sơ chưa có số tiền: `, `Besides, ${all} cases have no sum yet: `)}
      {[...counted.withoutPart].map(([status, people]) => `${words(caseStatusNames[status])} ${people}`).join('; ')}.
    </p>
  );
};
