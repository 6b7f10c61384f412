/** How it went, when it will end, and by when it must; the further limits are on the calendar's page. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import type { Figures } from '../../../shared/completion/follow.ts';
import { forecast } from '../../../shared/completion/forecast.ts';
import { dueFrom, inForce, type Limit } from '../../../shared/case/limits.ts';
import type { Tally } from '../../../shared/completion/tally.ts';
import type { Visit } from '../page.tsx';
import { BurnUp } from './burn-up.tsx';
import { ForecastSentences } from './forecast-sentences.tsx';

export const Coming: FC<{ visit: Visit; figures: Figures; counted: Tally; limits: readonly Limit[] }> = ({
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
