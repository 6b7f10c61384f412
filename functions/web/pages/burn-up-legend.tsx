/** What each line and mark of the burn-up is, and which document set each limit. */
import type { Child, FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { type BurnUpFigures, isWithin, people, spanOf, type Speaker } from './burn-up-figures.ts';

/** Told apart from white on any printer. */
export const Hatch: FC<{ id: string }> = ({ id }) => (
  <defs>
    <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-ground" width="7" height="7" />
      <path class="hatch" d="M0 0V7" />
    </pattern>
  </defs>
);

export const Legend: FC<{ visit: Speaker; figures: BurnUpFigures }> = ({ visit, figures }) => {
  const { say, words } = visit;
  const { forecast, limits } = figures;
  const span = spanOf(figures);
  const isForecast = forecast.outcome === 'expected';
  return (
    <ul class="legend">
      <Key name="credited">{say('Đã nhận tiền', 'Credited')}</Key>
      {isForecast ? <Key name="middle">{say('Dự báo', 'Forecast')}</Key> : ''}
      {isForecast ? <Key name="band">{say('8 phần 10 nằm trong vùng này', 'Eight times of ten within')}</Key> : ''}
      {isForecast ? (
        <Key name="last">{say('Ngày chi cuối cùng, khoảng 8 phần 10', 'Last payment, 80 % band')}</Key>
      ) : (
        ''
      )}
      <Key name="entitled">
        {say(`Phải chi: ${people(figures.people)} người`, `To be paid: ${people(figures.people)} people`)}
      </Key>
      {limits.map(({ day, label }) => (
        <Key name="limit">
          {say('Hạn', 'Limit')} {formatDay(day)}: {words(label)}
          {isWithin(span, day) ? '' : say(' (ngoài biểu đồ)', ' (outside the chart)')}
        </Key>
      ))}
    </ul>
  );
};

const Key: FC<{ name: string; children?: Child }> = ({ name, children }) => (
  <li>
    <svg class="sign" viewBox="0 0 34 14" aria-hidden="true">
      {name === 'band' ? <Hatch id="hatch-key" /> : ''}
      {name === 'band' ? <rect fill="url(#hatch-key)" class="edge" x="1" y="1" width="32" height="12" /> : ''}
      {name === 'last' ? <path class="last-end" d="M2 1v12M32 1v12" /> : ''}
      {name === 'last' ? <path class="last-middle" d="M17 1l6 6l-6 6l-6 -6Z" /> : ''}
      {name === 'band' ? '' : <path class={name} d="M1 7H33" />}
    </svg>
    <span>{children}</span>
  </li>
);
