/** How many of how many have the money, in one sentence, and by when the rest must. */
import type { FC } from 'hono/jsx';
import { daysBetween, formatDay, type Instant, type LocalDate, localDateOf } from '../../../shared/calendar.ts';
import { isPartTimer } from '../../../shared/case/part-timers.ts';
import { dueFrom, type Limit, paidLimit } from '../../../shared/case/limits.ts';
import { remainder, type Tally } from '../../../shared/completion/tally.ts';
import { formatDong } from '../../../shared/dong.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { At, ProblemBox } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { shownTo } from './completion-sums.tsx';

/** The sentence, never shown as right when the figures do not add up. */
export const Answered: FC<{
  visit: Visit;
  counted: Tally;
  limits: readonly Limit[];
  /** When the figures were counted, where that is not now. */
  at: Instant | undefined;
}> = ({ visit, counted, limits, at }) => {
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
      <Answer visit={visit} counted={counted} limits={limits} />
      <PartTimers visit={visit} counted={counted} />
      <p class="hint">
        {say('Số liệu lúc ', 'As of ')}
        <At instant={at ?? ports.now()} visit={visit} />.
      </p>
    </>
  );
};

const PartTimers: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say } = visit;
  const groups = [...counted.byRegime].filter(([regime]) => isPartTimer(regime)).map(([, paid]) => paid);
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

const Answer: FC<{ visit: Visit; counted: Tally; limits: readonly Limit[] }> = ({ visit, counted, limits }) => {
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
      {shownTo(visit, counted).paid ? `, ${formatDong(credited.total)} đồng. ` : '. '}
      {left === 0
        ? say('Mọi người đã nhận tiền.', 'Everyone has been paid.')
        : say(`Còn ${left} người chưa nhận`, `${left} are unpaid`)}
      {left === 0 || open === undefined ? '' : visit.words(distanceTo(dueFrom(open, today).on, today))}
      {left === 0 ? '' : '.'}
    </p>
  );
};

function distanceTo(limit: LocalDate, today: LocalDate): Sentence {
  const days = daysBetween({ from: today, to: limit });
  const day = formatDay(limit);
  return days >= 0
    ? { vi: `; còn ${days} ngày đến hạn ${day}`, en: `; ${days} days to the limit of ${day}` }
    : { vi: `; đã quá hạn ${day} ${-days} ngày`, en: `; ${-days} days past the limit of ${day}` };
}
