/**
 * The burn-up: people with the money by day, the forecast to its end with its band, everybody who is to be paid, the limits.
 * Drawn twice, for a wide screen and paper and for a phone; every line differs by its dashes too. The table is below it.
 */
import type { FC } from 'hono/jsx';
import { daysBetween, formatDay, type LocalDate } from '../../../shared/calendar.ts';
import { type BurnUpFigures, cumulated, isWithin, people, spanOf, type Speaker } from './burn-up-figures.ts';
import { Hatch, Legend } from './burn-up-legend.tsx';
import { BurnUpTable } from './burn-up-table.tsx';
import { dayTicks, type Frame, linePath, peopleTicks, type Scale, scaleOf, stepPath } from './burn-up-scale.ts';

const wide: Frame = { width: 960, height: 380, left: 64, right: 24, top: 36, bottom: 36 };
const narrow: Frame = { width: 360, height: 310, left: 52, right: 16, top: 36, bottom: 32 };

export const BurnUp: FC<{ visit: Speaker; figures: BurnUpFigures }> = ({ visit, figures }) => {
  const { say } = visit;
  if (figures.credited.length === 0) return <></>;
  return (
    <figure class="burn-up">
      <figcaption>{say('Số người đã nhận tiền, cộng dồn theo ngày', 'People with the money, day by day')}</figcaption>
      <Chart visit={visit} figures={figures} frame={wide} name="wide" />
      <Chart visit={visit} figures={figures} frame={narrow} name="narrow" />
      <Legend visit={visit} figures={figures} />
      <BurnUpTable visit={visit} figures={figures} />
    </figure>
  );
};

const Chart: FC<{ visit: Speaker; figures: BurnUpFigures; frame: Frame; name: 'wide' | 'narrow' }> = ({
  visit,
  figures,
  frame: plain,
  name,
}) => {
  const span = spanOf(figures);
  const known = cumulated(figures.credited);
  const soFar = known.at(-1)?.people ?? 0;
  const most = Math.max(1, figures.people, soFar);
  // Where marks lie sideways does not hang on the height, which their rows of words add to.
  const marks = marksOf(visit, figures, scaleOf(plain, { ...span, most }));
  const rows = Math.max(0, ...marks.map(({ row }) => row)) * rowHeight;
  const frame = { ...plain, height: plain.height + rows, top: plain.top + rows };
  const scale = scaleOf(frame, { ...span, most });
  const points = [
    { day: span.first, people: 0 },
    ...known,
    { day: figures.today < span.last ? figures.today : span.last, people: soFar },
  ];
  return (
    <svg
      class={name}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="img"
      aria-label={summaryOf(visit, figures, soFar)}
    >
      <Axes scale={scale} all={figures.people} isWide={name === 'wide'} />
      <Coming figures={figures} scale={scale} soFar={soFar} name={name} />
      <path
        class="entitled"
        d={linePath([span.first, span.last].map((day) => [scale.x(day), scale.y(figures.people)]))}
      />
      <path class="credited" d={stepPath(points.map(({ day, people: count }) => [scale.x(day), scale.y(count)]))} />
      <Verticals marks={marks} frame={frame} />
    </svg>
  );
};

function summaryOf({ say }: Speaker, { people: all, today, forecast, limits }: BurnUpFigures, soFar: number): string {
  const until = say(
    `Biểu đồ: đến ngày ${formatDay(today)}, ${people(soFar)} trên ${people(all)} người đã nhận tiền.`,
    `Chart: by ${formatDay(today)}, ${people(soFar)} of ${people(all)} people have the money.`,
  );
  const days = limits.map(({ day }) => formatDay(day)).join(', ');
  const limit = days === '' ? '' : say(` Hạn: ${days}.`, ` Limits: ${days}.`);
  if (forecast.outcome !== 'expected') return `${until}${limit}`;
  const { low, middle, high } = forecast.lastPayment;
  return `${until}${say(
    ` Dự báo lần chi cuối ngày ${formatDay(middle)}, khoảng từ ${formatDay(low)} đến ${formatDay(high)}.`,
    ` Last payment forecast for ${formatDay(middle)}, between ${formatDay(low)} and ${formatDay(high)}.`,
  )}${limit} ${say('Số liệu ở bảng bên dưới.', 'The figures are in the table below.')}`;
}

const Axes: FC<{ scale: Scale; all: number; isWide: boolean }> = ({ scale, all, isWide }) => {
  const { frame, first, last, most } = scale;
  const ground = frame.height - frame.bottom;
  const counts = peopleTicks(most, isWide ? 5 : 4).filter((count) => scale.y(count) - scale.y(all) > rowHeight);
  const days = dayTicks(first, last, isWide ? 11 : 5);
  const isByMonth = daysBetween({ from: days[0] ?? first, to: days[1] ?? last }) > 20;
  const half = (letter * (isByMonth ? 7 : 5)) / 2;
  return (
    <g class="axes">
      {counts.map((count) => (
        <>
          <path d={`M${frame.left} ${scale.y(count)}H${frame.width - frame.right}`} />
          <text class="people" x={frame.left - 8} y={scale.y(count) + 4}>
            {people(count)}
          </text>
        </>
      ))}
      <text class="people all" x={frame.left - 8} y={scale.y(all) + 4}>
        {people(all)}
      </text>
      {days
        .filter((day) => scale.x(day) + half < frame.width)
        .map((day) => (
          <>
            <path d={`M${scale.x(day)} ${ground}v5`} />
            <text class="day" x={scale.x(day)} y={ground + 22}>
              {isByMonth ? formatDay(day.slice(0, 7)) : formatDay(day).slice(0, 5)}
            </text>
          </>
        ))}
    </g>
  );
};

/** The band, the middle line, and on the line of everybody the days between which the last payment lies. */
const Coming: FC<{ figures: BurnUpFigures; scale: Scale; soFar: number; name: string }> = ({
  figures: { forecast, today, people: all },
  scale,
  soFar,
  name,
}) => {
  if (forecast.outcome !== 'expected') return <></>;
  const start = [scale.x(today), scale.y(soFar)] as const;
  const points = (of: 'low' | 'middle' | 'high') => [
    start,
    ...forecast.coming.map((at) => [scale.x(at.day), scale.y(Math.max(soFar, at[of]))] as const),
  ];
  const { low, middle, high } = forecast.lastPayment;
  const hatch = `hatch-${name}`;
  return (
    <g>
      <Hatch id={hatch} />
      <path
        fill={`url(#${hatch})`}
        d={`${linePath(points('low'))}${linePath(points('high').toReversed()).replace('M', 'L')}Z`}
      />
      <path class="edge" d={linePath(points('low'))} />
      <path class="edge" d={linePath(points('high'))} />
      <path class="middle" d={linePath(points('middle'))} />
      <path class="last" d={`M${scale.x(low)} ${scale.y(all)}H${scale.x(high)}`} />
      <path class="last-end" d={`M${scale.x(low)} ${scale.y(all) - 6}v12M${scale.x(high)} ${scale.y(all) - 6}v12`} />
      <path class="last-middle" d={`M${scale.x(middle)} ${scale.y(all) - 7}l7 7l-7 7l-7 -7Z`} />
    </g>
  );
};

/** Today, or a limit that lies on the chart. */
interface Mark {
  readonly day: LocalDate;
  readonly name: 'today' | 'limit';
  readonly text: string;
  readonly x: number;
  /** Where its words begin, and in which row above the chart, so that near ones do not cover each other. */
  readonly from: number;
  readonly row: number;
}

function marksOf(
  { say }: Speaker,
  { today, limits }: BurnUpFigures,
  { frame, first, last, x: at }: Scale,
): readonly Mark[] {
  const ends: number[] = [];
  const days = limits.map(({ day }) => ({ day, name: 'limit' }) as const);
  return [{ day: today, name: 'today' } as const, ...days]
    .filter(({ day }) => isWithin({ first, last }, day))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1))
    .map(({ day, name }) => {
      const on = formatDay(day).slice(0, 5);
      const text = name === 'today' ? say(`Hôm nay ${on}`, `Today ${on}`) : say(`Hạn ${on}`, `Limit ${on}`);
      const x = at(day);
      const length = text.length * letter;
      const from = Math.min(Math.max(x - length / 2, 2), frame.width - length - 2);
      const free = ends.findIndex((end) => end < from);
      const row = free === -1 ? ends.length : free;
      ends[row] = from + length + 6;
      return { day, name, text, x, from, row };
    });
}

/** The lines first, so that none runs through another's words. */
const Verticals: FC<{ marks: readonly Mark[]; frame: Frame }> = ({ marks, frame }) => {
  const yOf = (row: number) => frame.top - 14 - row * rowHeight;
  return (
    <g>
      {marks.map(({ name, x, row }) => (
        <path class={name} d={`M${x} ${yOf(row) + 4}V${frame.height - frame.bottom}`} />
      ))}
      {marks.map(({ name, text, from, row }) => (
        <text class={name} x={from} y={yOf(row)}>
          {text}
        </text>
      ))}
    </g>
  );
};

/** About the width of a letter and the height of a line, in the chart's own units. */
const letter = 8.2;
const rowHeight = 15;
