/**
 * The calendar: by when what must be done, by which document. The campaign's own limits are the law's data; what is recorded
 * in the application comes on top of them, and what a limit was before stays.
 */
import * as z from 'zod';
import { formatDay, type Instant, type LocalDate, localDateOf } from '../calendar.ts';
import { dataOf } from './history.ts';
import type { Entry, Store } from './store.ts';
import { campaignDecidedBefore, paidBefore } from '../law/campaign/campaign.ts';
import { dataToHomeAffairsBy, reportToSteeringBy, yearlyReportBy } from '../law/campaign/reports-due.ts';
import type { Certainty, Citation, Dated } from '../law/dated.ts';
import type { Sentence } from '../vietnamese.ts';

export const limitSubjects = ['paid', 'decided', 'report', 'other'] as const;
export type LimitSubject = (typeof limitSubjects)[number];

/** What must be done by then; a report or another thing says besides which. */
export const limitSubjectNames: Readonly<Record<LimitSubject, Sentence>> = {
  paid: { vi: 'Mọi người đã nhận tiền', en: 'Everyone has the money' },
  decided: { vi: 'Ban hành xong các quyết định', en: 'All decisions are made' },
  report: { vi: 'Gửi báo cáo', en: 'A report is handed in' },
  other: { vi: 'Việc khác', en: 'Another thing' },
};

export const documentKinds = [
  'telegram',
  'letter',
  'conclusion',
  'resolution',
  'directive',
  'decision',
  'plan',
  'notice',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const documentKindNames: Readonly<Record<DocumentKind, Sentence>> = {
  telegram: { vi: 'Công điện', en: 'Telegram' },
  letter: { vi: 'Công văn', en: 'Official Letter' },
  conclusion: { vi: 'Kết luận', en: 'Conclusion' },
  resolution: { vi: 'Nghị quyết', en: 'Resolution' },
  directive: { vi: 'Chỉ thị', en: 'Directive' },
  decision: { vi: 'Quyết định', en: 'Decision' },
  plan: { vi: 'Kế hoạch', en: 'Plan' },
  notice: { vi: 'Thông báo', en: 'Notice' },
};

export const limitDocument = z.object({
  kind: z.enum(documentKinds),
  number: z.string(),
  on: z.string(),
  issuer: z.string(),
  /** The scan, in Files. */
  paper: z.string().exactOptional(),
});

/** A day, with an hour where the document names one (`16:00`, in Viet Nam). */
export interface Due {
  readonly on: LocalDate;
  readonly hour?: string;
}

const due = z.object({ on: z.string(), hour: z.string().exactOptional() });

export const limitSet = z.object({
  limit: z.string(),
  subject: z.enum(limitSubjects),
  /** Which report, which thing; empty where the subject says it all. */
  wording: z.string(),
  due,
  document: limitDocument,
});
export const limitMoved = z.object({ limit: z.string(), due, document: limitDocument });
export const limitEnded = z.object({ limit: z.string(), reason: z.string(), document: limitDocument });

export const limitStream = 'settings/limits';

/** One state of a limit: the document that set it, and who recorded it when; the law's own carry their certainty instead. */
export interface LimitVersion {
  /** The day and hour; of one that comes every year, its month and day. */
  readonly due: Due | { readonly month: number; readonly day: number };
  readonly document: { readonly name: Citation; readonly on: LocalDate; readonly paper?: string };
  readonly sure?: Certainty;
  readonly recorded?: { readonly at: Instant; readonly by: string };
}

export interface Limit {
  readonly id: string;
  readonly subject: LimitSubject;
  /** What must be done by then, in words. */
  readonly what: Sentence;
  /** Oldest first; the last one is in force. */
  readonly versions: readonly [LimitVersion, ...LimitVersion[]];
  readonly ended?: { readonly at: Instant; readonly by: string; readonly reason: string; readonly document: Citation };
}

export function documentName({ kind, number, on, issuer }: z.infer<typeof limitDocument>): Citation {
  const name = documentKindNames[kind];
  return {
    vi: `${name.vi} ${number} ngày ${formatDay(on)} của ${issuer}`,
    en: `${name.en} ${number} of ${formatDay(on)}, ${issuer}`,
  };
}

/**
 * Every limit there was up to the instant, the ended ones too; all that are known where no instant is given. A limit of the
 * law's data is there from the day of its first document.
 */
export async function readLimits(store: Pick<Store, 'read'>, upTo?: Instant): Promise<readonly Limit[]> {
  const until = upTo === undefined ? undefined : localDateOf(upTo);
  const limits = new Map<string, Limit>();
  for (const limit of campaignLimits) {
    const [first, ...further] = limit.versions.filter(({ document: { on } }) => until === undefined || on <= until);
    if (first !== undefined) limits.set(limit.id, { ...limit, versions: [first, ...further] });
  }
  for (const entry of await store.read(limitStream)) {
    if (upTo !== undefined && entry.at > upTo) break;
    record(entry, limits);
  }
  return [...limits.values()];
}

function record(entry: Entry, limits: Map<string, Limit>): void {
  const recorded = { at: entry.at, by: entry.by };
  if (entry.kind === 'limit-set') {
    const { limit: id, subject, wording, due: day, document } = dataOf(entry, limitSet);
    const what = wording === '' ? limitSubjectNames[subject] : { vi: wording, en: wording };
    limits.set(id, { id, subject, what, versions: [{ due: day, document: kept(document), recorded }] });
  }
  if (entry.kind === 'limit-moved') {
    const { limit: id, due: day, document } = dataOf(entry, limitMoved);
    const limit = limits.get(id);
    if (limit === undefined) return;
    const versions = [...limit.versions, { due: day, document: kept(document), recorded }];
    const [first = limit.versions[0], ...further] = versions.toSorted((one, other) =>
      one.document.on < other.document.on ? -1 : Number(one.document.on > other.document.on),
    );
    limits.set(id, { ...limit, versions: [first, ...further] });
  }
  if (entry.kind === 'limit-ended') {
    const { limit: id, reason, document } = dataOf(entry, limitEnded);
    const limit = limits.get(id);
    if (limit === undefined) return;
    limits.set(id, { ...limit, ended: { ...recorded, reason, document: documentName(document) } });
  }
}

function kept(document: z.infer<typeof limitDocument>): LimitVersion['document'] {
  const { on, paper } = document;
  return { name: documentName(document), on, ...(paper === undefined ? {} : { paper }) };
}

/** The version that is in force. */
export function inForce({ versions }: Limit): LimitVersion {
  return versions.at(-1) ?? versions[0];
}

/** When the limit falls next, seen from a day: of a yearly one, that day or later; of any other, its own day. */
export function dueFrom(limit: Limit, today: LocalDate): Due {
  const { due: day } = inForce(limit);
  if ('on' in day) return day;
  const inYear = (year: number) => `${year}-${padded(day.month)}-${padded(day.day)}`;
  const year = Number(today.slice(0, 4));
  return { on: inYear(year) >= today ? inYear(year) : inYear(year + 1) };
}

const padded = (value: number) => String(value).padStart(2, '0');

/** The open limit by which everyone must have the money; the nearest where several are open. */
export function paidLimit(limits: readonly Limit[], today: LocalDate): Limit | undefined {
  return limits
    .filter(({ subject, ended }) => subject === 'paid' && ended === undefined)
    .toSorted((one, other) => (dueFrom(one, today).on < dueFrom(other, today).on ? -1 : 1))[0];
}

/**
 * By when it was to be done as the documents stood on a day, and by which; the nearest where several are open. `undefined` while none
 * had been set. What comes every year is no such limit.
 */
export function limitOn(
  limits: readonly Limit[],
  subject: LimitSubject,
  day: LocalDate,
): { readonly limit: LocalDate; readonly by: Citation } | undefined {
  return limits
    .flatMap(({ subject: of, versions, ended }) => {
      const then = versions.findLast(({ document: { on } }) => on <= day);
      const isOpen = of === subject && (ended === undefined || day < localDateOf(ended.at));
      return isOpen && then !== undefined && 'on' in then.due ? [{ limit: then.due.on, by: then.document.name }] : [];
    })
    .toSorted((one, other) => (one.limit < other.limit ? -1 : 1))[0];
}

/** `16:00 ngày 14/10/2025`; of a yearly one `15/02 hằng năm`. */
export function dueText(day: LimitVersion['due']): Sentence {
  if (!('on' in day)) {
    const text = `${padded(day.day)}/${padded(day.month)}`;
    return { vi: `${text} hằng năm`, en: `${text} each year` };
  }
  const text = formatDay(day.on);
  return day.hour === undefined
    ? { vi: text, en: text }
    : { vi: `${day.hour} ngày ${text}`, en: `${day.hour}, ${text}` };
}

/**
 * The limits of the campaign that the law's data hold. The Prime Minister's telegram 62/CĐ-TTg of 12/05/2025 and Conclusion
 * 202-KL/TW of 31/10/2025 ask for haste and for following up, and set no day.
 */
const campaignLimits: readonly Limit[] = [
  { id: 'paid', subject: 'paid', what: limitSubjectNames.paid, versions: versionsOf(paidBefore, (on) => ({ on })) },
  {
    id: 'decided',
    subject: 'decided',
    what: limitSubjectNames.decided,
    versions: versionsOf(campaignDecidedBefore, (on) => ({ on }), '2025-08-01'),
  },
  {
    id: 'home-affairs-data',
    subject: 'report',
    what: {
      vi: 'Gửi Bộ Nội vụ số liệu đến hết ngày 30/08/2025',
      en: 'Data up to 30/08/2025 to the Ministry of Home Affairs',
    },
    versions: versionsOf(dataToHomeAffairsBy, (day) => day),
  },
  {
    id: 'steering-report',
    subject: 'report',
    what: {
      vi: 'Báo cáo Ban Chỉ đạo qua Bộ Nội vụ, Bộ Tài chính',
      en: 'Report to the Steering Committee through the Ministries of Home Affairs and Finance',
    },
    versions: versionsOf(reportToSteeringBy, (day) => day),
  },
  {
    id: 'yearly-report-154',
    subject: 'report',
    what: { vi: 'Báo cáo năm về thực hiện Nghị định 154/2025/NĐ-CP', en: 'Yearly report on Decree 154/2025' },
    versions: versionsOf(yearlyReportBy, (day) => day),
  },
];

/** `documentOn` where the row holds from another day than its document's. */
function versionsOf<T>(
  rows: readonly Dated<T>[],
  dueOf: (value: T) => LimitVersion['due'],
  documentOn?: LocalDate,
): Limit['versions'] {
  const [first, ...further] = rows.map(({ from, value, by, sure }): LimitVersion => {
    return { due: dueOf(value), document: { name: by, on: documentOn ?? from }, sure };
  });
  if (first === undefined) throw new RangeError('a limit of the law without a row');
  return [first, ...further];
}
