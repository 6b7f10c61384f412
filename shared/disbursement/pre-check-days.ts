/** T6: the day limits that a dossier can miss at the Treasury. It is the Treasury that refuses, so a limit only warns. */
import { daysBetween, formatDay, type LocalDate, localDateOf } from '../calendar.ts';
import { type Limit as SetLimit, limitOn } from '../case/limits.ts';
import { type Citation, citeWhole, type Dated, inForceOn, type LegalText } from '../law/dated.ts';
import type { Sentence } from '../vietnamese.ts';
import { type Finding, type PreCheck, preCheck, warns } from './pre-check.ts';
import type { SlipEvidence } from './pre-check-evidence.ts';

const decree163: LegalText = {
  vi: 'Nghị định 163/2016/NĐ-CP',
  en: 'Decree 163/2016/NĐ-CP',
  inForce: '2017-01-01',
};

/**
 * The last day of the year for vouchers that withdraw an estimate. It stands here and not in the law's tables because no
 * sum rests on it: a row there would be another edition of the law, and every case would be computed anew.
 */
export const lastSendingOfYear: readonly Dated<{ readonly monthAndDay: string }>[] = [
  { from: '2017-01-01', value: { monthAndDay: '12-30' }, by: citeWhole(decree163, 'Điều 42', 'article 42'), sure: 'M' },
];

/** `on` is the day of sending, or today while it is not sent. Limits are those of the calendar as their documents stood then. */
export function checkDays({ slip, batch, limits }: SlipEvidence, on: LocalDate): PreCheck {
  return preCheck('T6', withinLimits(slip, limits, on), [
    ...campaignFindings(limits, on),
    ...decisionFindings(limits, batch?.provincial?.on, on),
    ...yearEndFindings(localDateOf(slip.madeAt), on, slip.from),
  ]);
}

/** The limits that are still ahead, each with its text and the days that are left. */
function withinLimits({ madeAt, from }: SlipEvidence['slip'], limits: readonly SetLimit[], on: LocalDate): Sentence {
  const year = from === 'deposit' ? undefined : yearLimit(localDateOf(madeAt));
  const left = [limitOn(limits, 'paid', on), year]
    .filter((one) => one !== undefined)
    .filter(({ limit }) => on <= limit)
    .map((one) => ({ ...one, days: daysBetween({ from: on, to: one.limit }) }));
  if (left.length === 0) return { vi: 'Không có thời hạn nào đang chờ.', en: 'No limit lies ahead.' };
  return {
    vi: left.map(({ limit, by, days }) => `Còn ${days} ngày đến hạn ${formatDay(limit)} (${by.vi}).`).join(' '),
    en: left.map(({ limit, by, days }) => `${days} days to the limit ${formatDay(limit)} (${by.en}).`).join(' '),
  };
}

interface Limit {
  readonly limit: LocalDate;
  readonly by: Citation;
}

function campaignFindings(limits: readonly SetLimit[], on: LocalDate): readonly Finding[] {
  const found = limitOn(limits, 'paid', on);
  if (found === undefined || on <= found.limit) return [];
  const { limit, by } = found;
  const days = daysBetween({ from: limit, to: on });
  return [
    warns(
      'unit',
      `Quá hạn chi trả ${formatDay(limit)} (${by.vi}) ${days} ngày. Kho bạc có thể từ chối; chuẩn bị văn bản giải trình.`,
      `${days} days past the limit ${formatDay(limit)} (${by.en}). The Treasury may refuse; have an explanation ready.`,
    ),
  ];
}

function decisionFindings(
  limits: readonly SetLimit[],
  decidedOn: LocalDate | undefined,
  on: LocalDate,
): readonly Finding[] {
  const found = limitOn(limits, 'decided', on);
  if (decidedOn === undefined || found === undefined || decidedOn < found.limit) return [];
  const { limit, by } = found;
  const days = daysBetween({ from: limit, to: decidedOn });
  return [
    warns(
      'finance',
      `Quyết định phê duyệt đề ngày ${formatDay(decidedOn)}, sau mốc ${formatDay(limit)} (${by.vi}) ${days} ngày. Quyền hưởng tính theo quyết định nghỉ của từng người; ghi rõ điều này khi Kho bạc hỏi.`,
      `The approving decision is of ${formatDay(decidedOn)}, ${days} days after ${formatDay(limit)} (${by.en}). The right rests on each person's own decision; say so when the Treasury asks.`,
    ),
  ];
}

function yearEndFindings(madeOn: LocalDate, on: LocalDate, from: 'estimate' | 'deposit'): readonly Finding[] {
  if (from === 'deposit') return [];
  const { limit, by } = yearLimit(madeOn);
  if (on <= limit) return [];
  const days = daysBetween({ from: limit, to: on });
  return [
    warns(
      'finance',
      `Quá hạn gửi chứng từ rút dự toán của năm ${madeOn.slice(0, 4)} (${formatDay(limit)}; ${by.vi}) ${days} ngày. Dự toán năm cũ có thể đã bị hủy; Sở Tài chính hỏi Kho bạc về chuyển nguồn.`,
      `${days} days past the last day for the estimate of ${madeOn.slice(0, 4)} (${formatDay(limit)}; ${by.en}). It may have lapsed; Finance asks the Treasury whether it is carried over.`,
    ),
  ];
}

/** A slip draws on the estimate of the year in which it was made. */
function yearLimit(madeOn: LocalDate): Limit {
  const { value, by } = inForceOn(lastSendingOfYear, madeOn);
  return { limit: `${madeOn.slice(0, 4)}-${value.monthAndDay}`, by };
}
