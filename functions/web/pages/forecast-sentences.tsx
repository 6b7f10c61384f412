/** The forecast in words: when the last payment, whether in time, what costs the most days and who must act, how sure it is. */
import type { FC } from 'hono/jsx';
import { daysBetween, formatDay, type LocalDate } from '../../../shared/calendar.ts';
import { awaitedOf } from '../../../shared/case/lifecycle.ts';
import { forecastCoverage, wholeCoverage } from '../../../shared/completion/forecast-coverage.ts';
import type { Forecast, LongWait } from '../../../shared/completion/forecast.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { statusNames } from '../words.ts';
import { type Limit, people, type Speaker } from './burn-up-figures.ts';

/** Takes the limits in the order in which the forecast was given them. */
export const ForecastSentences: FC<{
  visit: Speaker;
  forecast: Forecast;
  today: LocalDate;
  limits: readonly Limit[];
}> = ({ visit, forecast, today, limits }) => {
  const { words } = visit;
  if (forecast.outcome === 'complete') {
    return <Complete visit={visit} last={forecast.lastPayment} limits={limits} />;
  }
  return (
    <div class="forecast">
      {forecast.outcome === 'expected' ? (
        <>
          <LastPayment visit={visit} lastPayment={forecast.lastPayment} />
          <Chances visit={visit} forecast={forecast} today={today} limits={limits} />
        </>
      ) : (
        <p>{words(forecast.why)}</p>
      )}
      <LongWaits visit={visit} waits={forecast.threeWaits} />
      {forecast.outcome === 'expected' ? <p class="hint">{words(howSure())}</p> : ''}
    </div>
  );
};

const Complete: FC<{ visit: Speaker; last: LocalDate; limits: readonly Limit[] }> = ({
  visit: { say, words },
  last,
  limits,
}) => (
  <div class="forecast">
    <p>
      <strong>
        {say(
          `Mọi người đã nhận tiền; lần chi cuối ngày ${formatDay(last)}.`,
          `Everyone has the money; the last payment was on ${formatDay(last)}.`,
        )}
      </strong>
    </p>
    {limits.map(({ day, label }) => {
      const late = daysBetween({ from: day, to: last });
      const named = `${formatDay(day)} (${words(label)})`;
      return (
        <p>
          {late > 0
            ? say(`Sau hạn ${named} ${late} ngày.`, `${late} days after the limit of ${named}.`)
            : say(`Kịp hạn ${named}.`, `In time for the limit of ${named}.`)}
        </p>
      );
    })}
  </div>
);

const LastPayment: FC<{ visit: Speaker; lastPayment: { low: LocalDate; middle: LocalDate; high: LocalDate } }> = ({
  visit: { say },
  lastPayment,
}) => {
  const [low, middle, high] = [lastPayment.low, lastPayment.middle, lastPayment.high].map(formatDay);
  return (
    <p>
      <strong>
        {say(`Dự báo người cuối cùng nhận tiền ngày ${middle}`, `The last person is forecast to be paid on ${middle}`)}
      </strong>
      {say(`; 8 phần 10 là từ ${low} đến ${high}.`, `; eight times of ten between ${low} and ${high}.`)}
    </p>
  );
};

const Chances: FC<{
  visit: Speaker;
  forecast: Extract<Forecast, { outcome: 'expected' }>;
  today: LocalDate;
  limits: readonly Limit[];
}> = ({ visit: { say, words }, forecast, today, limits }) => (
  <>
    {forecast.chances.map(({ limit, chance }, index) => {
      const label = limits[index]?.label;
      const day = formatDay(limit);
      const named = label === undefined ? '' : ` (${words(label)})`;
      if (limit < today) {
        return (
          <p>
            {say(
              `Hạn ${day}${named} đã qua mà chưa chi xong.`,
              `The limit of ${day}${named} has passed with people unpaid.`,
            )}
          </p>
        );
      }
      return (
        <p>
          {say(`Khả năng chi xong đúng hạn ${day}${named}: `, `Chance to meet the limit of ${day}${named}: `)}
          <strong>{words(chanceWords(chance))}</strong>.
        </p>
      );
    })}
  </>
);

/** As a number of ten and in words; nothing that is still to come is certain. */
export function chanceWords(chance: number): Sentence {
  const tenths = Math.floor(chance * 10 + 0.5);
  if (chance === 0) return { vi: 'không còn ngày làm việc nào', en: 'no working day is left' };
  if (tenths === 0) return { vi: 'dưới 1 phần 10, khó kịp', en: 'less than 1 in 10, hardly' };
  if (tenths === 10) return { vi: 'trên 9 phần 10, gần như chắc kịp', en: 'more than 9 in 10, almost surely' };
  const { vi, en } = howLikely(tenths);
  return { vi: `${tenths} phần 10, ${vi}`, en: `${tenths} in 10, ${en}` };
}

function howLikely(tenths: number): Sentence {
  if (tenths <= 3) return { vi: 'ít khả năng kịp', en: 'unlikely' };
  if (tenths <= 6) return { vi: 'chưa chắc kịp', en: 'uncertain' };
  return { vi: 'nhiều khả năng kịp', en: 'likely' };
}

const LongWaits: FC<{ visit: Speaker; waits: readonly LongWait[] }> = ({ visit: { say, words }, waits }) => {
  if (waits.length === 0) return <></>;
  return (
    <>
      <p>{say('Khâu làm mất nhiều ngày nhất:', 'The waits that cost the most days:')}</p>
      <ol>
        {waits.map(({ stage, people: count, daysSoFar, daysToCome }) => (
          <li>
            <strong>{words(statusNames[stage])}</strong>:{' '}
            {count === 0
              ? say('chưa có ai chờ', 'nobody waits yet')
              : say(
                  `${people(count)} người đang chờ, tổng cộng đã chờ ${people(daysSoFar)} ngày làm việc`,
                  `${people(count)} people waiting, ${people(daysSoFar)} working days in all so far`,
                )}
            {say(`, dự kiến còn ${people(daysToCome)} ngày. `, `, ${people(daysToCome)} more expected. `)}
            {say('Phải xử lý: ', 'Must act: ')}
            {words(actors[awaitedOf[stage]])}.
          </li>
        ))}
      </ol>
    </>
  );
};

/** By `awaitedOf`: who ends a wait. */
const actors: Readonly<Record<string, Sentence>> = {
  'party-board-officer': { vi: 'Ban Tổ chức Tỉnh ủy', en: 'the Party Organisation Board' },
  'home-affairs-officer': { vi: 'Sở Nội vụ', en: 'Home Affairs' },
  'home-affairs-leader': { vi: 'lãnh đạo Sở Nội vụ', en: "Home Affairs' leader" },
  'finance-officer': { vi: 'Sở Tài chính', en: 'Finance' },
  'finance-leader': { vi: 'lãnh đạo Sở Tài chính', en: "Finance's leader" },
  'provincial-committee': { vi: 'UBND tỉnh', en: "the Provincial People's Committee" },
  system: { vi: 'hệ thống lập khoản chi', en: 'the system, which writes the orders' },
  estimate: { vi: 'Sở Tài chính, cơ quan giao dự toán', en: 'Finance and whoever allots the estimate' },
  unit: { vi: 'đơn vị chi trả', en: 'the paying unit' },
  treasury: { vi: 'Kho bạc Nhà nước', en: 'the State Treasury' },
  bank: { vi: 'ngân hàng', en: 'the bank' },
  'named-officer': { vi: 'người đã tạm dừng hồ sơ', en: 'whoever holds the case' },
};

/** How far the band held where the end is known. */
export function howSure(): Sentence {
  const { forecasts, held } = wholeCoverage();
  const percent = Math.floor((100 * held) / forecasts + 0.5);
  const { campaigns } = forecastCoverage;
  return {
    vi: `Dự báo tính cho những người đã có hồ sơ đến hôm nay. Thử trên ${campaigns} chiến dịch chi trả mô phỏng: ${held} trên ${forecasts} lần (${percent} %) ngày chi cuối thật nằm trong khoảng đã nêu; chiến dịch thật có thể khác mô phỏng.`,
    en: `The forecast is for the people known today. Tried on ${campaigns} simulated campaigns: ${held} of ${forecasts} times (${percent} %) the real last payment fell within the band; a real campaign may differ from simulated ones.`,
  };
}
