/** The sentences that answer, and the zero-sum table. */
import { daysBetween, formatDay, formatInstant, localDateOf } from '../../shared/calendar.ts';
import type { ReportFacts } from '../../shared/completion/freeze-report.ts';
import { bucketOfFigures, type ReportCount, sumOf, unpaidOf } from '../../shared/completion/report-content.ts';
import { isUnpaid, paidWords, type ReportBucket } from '../../shared/completion/report-definitions.ts';
import type { ReportCell, ReportTable } from '../../shared/completion/report-paper.ts';
import {
  allShown,
  behind,
  fewestSums,
  hiddenPlaces,
  isSmall,
  shownTotals,
} from '../../shared/completion/small-sums.ts';
import { isPartTimer } from '../../shared/case/part-timers.ts';
import { formatDong, inWords } from '../../shared/dong.ts';
import { workingDaysBetween } from '../../shared/law/working-days.ts';
import { bucketNames } from '../web/words.ts';

/** The mark in the place of a sum that is left out. */
export const hiddenMark = '•';

/** Which totals may be shown; all where the definition hides nothing. */
export function totalsOf({ definition, figures }: ReportFacts) {
  const [paid, unpaid] = [bucketOfFigures(figures, 'credited'), unpaidOf(figures)];
  const shown = definition.hidesSmallSums ? shownTotals({ base: figures.base, paid, unpaid }) : allShown;
  return { base: figures.base, paid, unpaid, shown };
}

export function money({ total }: ReportCount, isShown: boolean): ReportCell {
  return isShown ? { dong: total } : hiddenMark;
}

export function summaryLines(of: ReportFacts): readonly string[] {
  const { base, paid, unpaid, shown } = totalsOf(of);
  const due = base.people - bucketOfFigures(of.figures, 'cancelled').people;
  const elsewhere = bucketOfFigures(of.figures, 'elsewhere').people;
  const word = paidWords(of.definition);
  const left = unpaid.people === 0 ? `không còn ai ${word.unpaid}` : `còn ${people(unpaid.people)} ${word.unpaid}`;
  return [
    `${formatCount(paid.people)} trên ${people(due)} ${word.paid}; ${left}.`,
    `Số tiền đã chi trả: ${sumText(paid, shown.paid)}.`,
    `Tổng số tiền được hưởng: ${sumText(base, shown.base)}.`,
    ...(unpaid.people === 0 ? [] : [`Số tiền còn phải chi trả: ${sumText(unpaid, shown.unpaid)}.`]),
    ...(elsewhere === 0 ? [] : [`${people(elsewhere)} đã được đơn vị chi ngoài hệ thống, không tính trong số đã chi.`]),
    ...partTimers(of),
    ...sinceBefore(of),
    ...limitLine(of),
  ];
}

const formatCount = (count: number) => formatDong(BigInt(count));
const people = (count: number) => `${formatCount(count)} người`;

function sumText({ total }: ReportCount, isShown: boolean): string {
  if (!isShown) return `không ghi, vì có nhóm dưới ${fewestSums} người`;
  return `${formatDong(BigInt(total))} đồng (${inWords(BigInt(total))})`;
}

/** They never stand behind the larger group. */
function partTimers({ figures: { byRegime }, definition }: ReportFacts): readonly string[] {
  const own = byRegime.filter(({ key }) => isPartTimer(key));
  if (own.length === 0) return [];
  const word = paidWords(definition);
  const [base, paid, unpaid] = [
    sumOf(own.map((one) => one.base)),
    sumOf(own.map((one) => one.paid)),
    sumOf(own.map((one) => one.unpaid)),
  ];
  return [
    `Riêng người hoạt động không chuyên trách: ${formatCount(paid.people)} trên ${people(base.people)} ${word.paid}, còn ${people(unpaid.people)} ${word.unpaid}.`,
  ];
}

function sinceBefore(of: ReportFacts): readonly string[] {
  const { previous } = of;
  if (previous === undefined) return ['Đây là báo cáo đầu tiên loại này gửi nơi nhận.'];
  const { paid, unpaid, base } = totalsOf(of);
  const word = paidWords(of.definition);
  const gained = BigInt(paid.total) - BigInt(previous.paid.total);
  const since = { people: paid.people - previous.paid.people, sums: paid.sums - previous.paid.sums };
  const isHidden = of.definition.hidesSmallSums && isSmall(Math.abs(behind(since)));
  const sum = isHidden ? '' : `, ${signed(gained, formatDong(gained < 0n ? -gained : gained))} đồng`;
  return [
    `So với báo cáo ${previous.code} (${formatInstant(previous.at)}): ${word.paid} ${change(paid.people - previous.paid.people)} người${sum}; ${word.unpaid} từ ${formatCount(previous.unpaid.people)} còn ${people(unpaid.people)}; được hưởng ${change(base.people - previous.base.people)} người.`,
  ];
}

function signed(of: bigint, text: string): string {
  return of < 0n ? `giảm ${text}` : `thêm ${text}`;
}

function change(count: number): string {
  return signed(BigInt(count), formatCount(Math.abs(count)));
}

function limitLine({ limit, at }: ReportFacts): readonly string[] {
  if (limit === undefined) return ['Không có hạn chi trả nào đang theo dõi.'];
  const today = localDateOf(at);
  const days = daysBetween({ from: today, to: limit.on });
  const working = Math.abs(workingDaysBetween({ from: today, to: limit.on }));
  const hour = limit.hour === undefined ? '' : `${limit.hour} `;
  const distance =
    days >= 0 ? `còn ${days} ngày (${working} ngày làm việc)` : `đã quá ${-days} ngày (${working} ngày làm việc)`;
  return [`Hạn chi trả xong: ${hour}ngày ${formatDay(limit.on)} (${limit.by}), ${distance}.`];
}

/** Everybody in one place: paid, on the way, held, given up. Small sums hide within what is unpaid, and within the rest. */
export function placesTable(of: ReportFacts): ReportTable {
  const { figures, definition } = of;
  const { base, shown } = totalsOf(of);
  const shownBuckets = figures.buckets.filter(({ key, sums }) => key !== 'elsewhere' || sums > 0);
  const places = shownBuckets.map(({ key, people: counted, sums }) => ({ people: counted, sums, of: partOf(key) }));
  const hidden = definition.hidesSmallSums ? hiddenPlaces(places, shown) : [];
  return {
    name: 'Tổng hợp',
    caption: `Được hưởng = ${shownBuckets.map(({ key }) => placeName(key, of)).join(' + ')}`,
    columns: [
      { heading: 'Đang ở đâu', share: 50, kind: 'text' },
      { heading: 'Người', share: 18, kind: 'number' },
      { heading: 'Số tiền (đồng)', share: 32, kind: 'money' },
    ],
    rows: shownBuckets.map((bucket, index) => [
      placeName(bucket.key, of),
      { count: bucket.people },
      money(bucket, hidden[index] !== true),
    ]),
    total: ['Được hưởng', { count: base.people }, money(base, shown.base)],
    isInSheetsOnly: false,
  };
}

function partOf(bucket: ReportBucket): 'paid' | 'unpaid' | 'rest' {
  if (isUnpaid(bucket)) return 'unpaid';
  return bucket === 'credited' ? 'paid' : 'rest';
}

function placeName(bucket: ReportBucket, { definition }: ReportFacts): string {
  if (bucket === 'elsewhere') return 'Đơn vị đã chi ngoài hệ thống';
  return bucket === 'credited' && definition.paid === 'treasury-paid'
    ? 'Kho bạc đã thanh toán'
    : bucketNames[bucket].vi;
}
