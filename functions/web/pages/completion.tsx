/** Hoàn thành: one sentence that answers; the zero-sum bar; causes, regimes and units. No names here. */
import type { FC } from 'hono/jsx';
import { daysBetween, formatDay, type LocalDate, localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { type BatchSummary, batchStream, batchSummary } from '../../../shared/case/batch.ts';
import { lastAnchor } from '../../../shared/case/anchor.ts';
import { type Bucket, buckets } from '../../../shared/case/lifecycle.ts';
import { allRows } from '../../../shared/case/store.ts';
import { hiddenAmong } from '../../../shared/completion/small-groups.ts';
import { stepNamed } from '../../../shared/approval/route.ts';
import { type Count, partTimerRegimes, remainder, type Tally, tallyOf } from '../../../shared/completion/tally.ts';
import { type Figures } from '../../../shared/completion/follow.ts';
import { forecast } from '../../../shared/completion/forecast.ts';
import { dueFrom, inForce, type Limit, paidLimit, readLimits } from '../../../shared/case/limits.ts';
import type { Sentence as Told } from '../../../shared/vietnamese.ts';
import { BurnUp } from './burn-up.tsx';
import { ForecastSentences } from './forecast-sentences.tsx';
import { formatDong } from '../../../shared/dong.ts';
import { At, Empty, Form, Money, ProblemBox, Table } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import { bucketNames, caseStatusNames } from '../words.ts';
import { Causes, Groups, HiddenNote, mayKnowSums, Named, SumCell } from './completion-groups.tsx';

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
        <Answered visit={visit} counted={counted} limits={limits} />
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
        <Answered visit={visit} counted={counted} limits={limits} />
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

/** The sentence, never shown as right when the figures do not add up. */
const Answered: FC<{ visit: Visit; counted: Tally; limits: readonly Limit[] }> = ({ visit, counted, limits }) => {
  const { say, ports } = visit;
  const over = remainder(counted);
  return (
    <>
      {over.people === 0 && over.total === 0n ? (
        ''
      ) : (
        <ProblemBox
          visit={visit}
          problem={{
            vi: `Số liệu lệch ${over.people} người, ${formatDong(over.total)} đồng. Báo quản trị hệ thống ngay.`,
            en: `The figures are off by ${over.people} people. Tell the administrator now.`,
          }}
        />
      )}
      <Sentence visit={visit} counted={counted} limits={limits} />
      <PartTimers visit={visit} counted={counted} />
      <p class="hint">
        {say('Số liệu lúc ', 'As of ')}
        <At instant={ports.now()} visit={visit} />.
      </p>
    </>
  );
};

/** Those of the communes who are no civil servants are few beside the others, and wait longest: never behind their total. */
const PartTimers: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say } = visit;
  const groups = [...counted.byRegime].filter(([regime]) => partTimerRegimes.includes(regime)).map(([, paid]) => paid);
  const entitled = groups.reduce((people, paid) => people + paid.entitled.people, 0);
  const credited = groups.reduce((people, paid) => people + paid.credited.people, 0);
  const unpaid = groups.reduce((people, paid) => people + paid.unpaid.people, 0);
  return entitled === 0 ? (
    <></>
  ) : (
    <p class="answer-part">
      {say(
        `Trong đó người hoạt động không chuyên trách: ${credited} trên ${entitled} người đã nhận tiền, còn ${unpaid} người chưa nhận.`,
        `Of them commune part-timers: ${credited} of ${entitled} have the money, ${unpaid} are unpaid.`,
      )}
    </p>
  );
};

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

/** What proves, on a printed page, that the histories up to its moment were not rewritten since. */
const AnchorSection: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const last = await lastAnchor(ports.store);
  return (
    <section id="ma-neo">
      <h2>{say('Mã neo', 'Anchor')}</h2>
      {last === undefined ? (
        <p class="hint">{say('Chưa có mã neo nào.', 'There is no anchor yet.')}</p>
      ) : (
        <p>
          <code class="anchor">{last.anchor}</code>
          <br />
          <span class="hint">
            {say('Lấy lúc ', 'Taken ')}
            <At instant={last.at} visit={visit} />.{' '}
            {say(
              'In kèm báo cáo: về sau, ai có thư mục dữ liệu đều kiểm tra được rằng mọi việc trước thời điểm này không bị ghi lại.',
              'Print it with a report: later, whoever has the data can check that nothing before it was rewritten.',
            )}
          </span>
        </p>
      )}
      {may(account, 'anchor.take') ? (
        <Form to="/hoan-thanh/ma-neo" visit={visit}>
          <button type="submit">{say('Lấy mã neo bây giờ', 'Take an anchor now')}</button>
        </Form>
      ) : (
        ''
      )}
    </section>
  );
};

export async function takeAnchorAct({ ports, account }: Visit): Promise<Answer> {
  await ports.takeAnchor(account.id);
  return { to: '/hoan-thanh#ma-neo' };
}

/** How it went, when it will end, and by when it must; the further limits are on the calendar's page. */
const Coming: FC<{ visit: Visit; figures: Figures; counted: Tally; limits: readonly Limit[] }> = ({
  visit,
  figures,
  counted,
  limits,
}) => {
  const { say, ports } = visit;
  const today = localDateOf(ports.now());
  const shown = limits
    .filter(({ subject, ended }) => subject === 'paid' && ended === undefined)
    .map((limit) => ({ day: dueFrom(limit, today).on, label: inForce(limit).document.name }));
  if (figures.past === undefined) {
    return (
      <p class="hint">
        {say(
          'Đang đếm lại các bước đã qua để dự báo; xin mở lại trang sau ít phút.',
          'The steps so far are being counted for a forecast; open the page again in a few minutes.',
        )}
      </p>
    );
  }
  const told = forecast(figures.past, { today, limits: shown.map(({ day }) => day) });
  const credited = counted.creditedByDay.filter(({ people }) => people > 0);
  const people = counted.entitled.people - counted.byBucket.cancelled.people;
  return (
    <section>
      <h2>{say('Tiến độ và dự báo', 'How it goes, and the forecast')}</h2>
      <BurnUp visit={visit} figures={{ credited, people, today, forecast: told, limits: shown }} />
      <ForecastSentences visit={visit} forecast={told} today={today} limits={shown} />
      <p>
        <a href="/hoan-thanh/lich">{say('Lịch các hạn, văn bản đặt hạn', 'All limits and their documents')}</a>
      </p>
    </section>
  );
};

const Sentence: FC<{ visit: Visit; counted: Tally; limits: readonly Limit[] }> = ({ visit, counted, limits }) => {
  const { say, ports } = visit;
  const { credited, cancelled } = counted.byBucket;
  const of = counted.entitled.people - cancelled.people;
  const today = localDateOf(ports.now());
  const left = of - credited.people;
  const open = paidLimit(limits, today);
  return (
    <p class="answer">
      <strong>
        {say(`${credited.people} trên ${of} người đã nhận tiền`, `${credited.people} of ${of} people have the money`)}
      </strong>
      {hiddenBuckets(visit, counted).size > 0 ? '. ' : `, ${formatDong(credited.total)} đồng. `}
      {left === 0
        ? say('Mọi người đã nhận tiền.', 'Everyone has been paid.')
        : say(`Còn ${left} người chưa nhận`, `${left} are unpaid`)}
      {left === 0 || open === undefined ? '' : visit.words(distanceTo(dueFrom(open, today).on, today))}
      {left === 0 ? '' : '.'}
    </p>
  );
};

function distanceTo(limit: LocalDate, today: LocalDate): Told {
  const days = daysBetween({ from: today, to: limit });
  const day = formatDay(limit);
  return days >= 0
    ? { vi: `; còn ${days} ngày đến hạn ${day}`, en: `; ${days} days to the limit of ${day}` }
    : { vi: `; đã quá hạn ${day} ${-days} ngày`, en: `; ${-days} days past the limit of ${day}` };
}

const barWidth = 1000;

/** Widths in people; each part also differs by pattern word and number in the table below it. */
const ZeroSum: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say, words } = visit;
  const { entitled, byBucket } = counted;
  const hidden = hiddenBuckets(visit, counted);
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
              <SumCell visit={visit} isHidden={hidden.has(at)} total={byBucket[bucket].total} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th>{say('Được hưởng', 'Entitled')}</th>
            <td class="number">{entitled.people}</td>
            <td class="number">
              <Money amount={entitled.total} />
            </td>
          </tr>
        </tfoot>
      </Table>
      <HiddenNote visit={visit} isShown={hidden.size > 0} />
    </section>
  );
};

/** Places of the buckets whose sums would tell what somebody is paid, to whoever may not know; one more sum beside them would too. */
function hiddenBuckets(visit: Visit, { byBucket }: Tally): ReadonlySet<number> {
  return mayKnowSums(visit) ? new Set() : hiddenAmong(buckets.map((bucket) => [byBucket[bucket]]));
}

function barLabel({ words }: Visit, byBucket: Readonly<Record<Bucket, Count>>): string {
  return buckets.map((bucket) => `${words(bucketNames[bucket])}: ${byBucket[bucket].people}`).join(', ');
}

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
