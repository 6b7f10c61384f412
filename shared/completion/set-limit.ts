/** Use cases: the leadership or the Finance leader sets a limit, moves it, or ends it, each by a document. */
import { isLocalDate, localDateOf } from '../calendar.ts';
import { type Account, may } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { NewEntry } from '../case/store.ts';
import type * as z from 'zod';
import {
  type Due,
  documentKinds,
  type Limit,
  type limitDocument,
  inForce,
  type limitEnded,
  type limitMoved,
  type limitSet,
  limitStream,
  limitSubjects,
  readLimits,
} from '../case/limits.ts';

export interface DocumentWish {
  readonly kind: string;
  readonly number: string;
  readonly on: string;
  readonly issuer: string;
  /** In Files; empty when none was attached. */
  readonly paper: string;
}

export interface LimitWish {
  readonly subject: string;
  readonly wording: string;
  readonly on: string;
  /** `16:00`, or empty. */
  readonly hour: string;
  readonly document: DocumentWish;
}

type Answer<T extends string> = { readonly outcome: T } | Refused;

/** `id` names the new limit. A limit that is open already is moved instead. */
export async function setLimit(
  id: string,
  { subject: asked, wording, on, hour, document: stated }: LimitWish,
  by: Account,
  ports: Pick<Ports, 'store' | 'now'>,
): Promise<Answer<'set'>> {
  const subject = limitSubjects.find((one) => one === asked);
  const [day, document] = [dueIn(on, hour), documentIn(stated, ports)];
  const text = wording.trim().slice(0, mostLetters);
  if (!may(by, 'limit.set')) return notAllowed;
  if (subject === undefined) return refused('Hãy chọn việc phải xong.', 'Choose what must be done.');
  if ((subject === 'report' || subject === 'other') && text === '') {
    return refused('Hãy ghi rõ báo cáo nào, việc nào.', 'Say which report, or which thing.');
  }
  if ('outcome' in day) return day;
  if ('outcome' in document) return document;
  const isAlone = subject === 'paid' || subject === 'decided';
  return write('limit-set', { limit: id, subject, wording: text, due: day, document }, by, ports, (limits) =>
    isAlone && limits.some((one) => one.subject === subject && one.ended === undefined) ? isThere : undefined,
  ).then((outcome) => outcome ?? { outcome: 'set' });
}

export async function moveLimit(
  id: string,
  { on, hour, document: stated }: Omit<LimitWish, 'subject' | 'wording'>,
  by: Account,
  ports: Pick<Ports, 'store' | 'now'>,
): Promise<Answer<'moved'>> {
  const [day, document] = [dueIn(on, hour), documentIn(stated, ports)];
  if (!may(by, 'limit.set')) return notAllowed;
  if ('outcome' in day) return day;
  if ('outcome' in document) return document;
  return write('limit-moved', { limit: id, due: day, document }, by, ports, (limits) =>
    objection(limits, id, document),
  ).then((outcome) => outcome ?? { outcome: 'moved' });
}

export async function endLimit(
  id: string,
  { reason, document: stated }: { readonly reason: string; readonly document: DocumentWish },
  by: Account,
  ports: Pick<Ports, 'store' | 'now'>,
): Promise<Answer<'ended'>> {
  const document = documentIn(stated, ports);
  if (!may(by, 'limit.set')) return notAllowed;
  if ('outcome' in document) return document;
  const why = reason.trim().slice(0, mostLetters);
  if (why === '') return refused('Hãy ghi lý do kết thúc theo dõi hạn.', 'Say why the limit ends.');
  return write('limit-ended', { limit: id, reason: why, document }, by, ports, (limits) =>
    objection(limits, id, document),
  ).then((outcome) => outcome ?? { outcome: 'ended' });
}

const mostLetters = 300;

type Said = {
  'limit-set': z.infer<typeof limitSet>;
  'limit-moved': z.infer<typeof limitMoved>;
  'limit-ended': z.infer<typeof limitEnded>;
};

/** `undefined` once it is written. */
async function write<K extends keyof Said>(
  kind: K,
  data: Said[K],
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
  against: (limits: readonly Limit[]) => Refused | undefined,
): Promise<Refused | undefined> {
  const outcome = await commitDeciding<Refused>(store, async () => {
    const stop = against(await readLimits(store));
    if (stop !== undefined) return { stop };
    const readAt = (await store.read(limitStream)).length;
    const entry: NewEntry = { kind, at: now(), by: by.id, data };
    return { changes: [{ stream: limitStream, readAt, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : undefined;
}

function objection(limits: readonly Limit[], id: string, { on }: { readonly on: string }): Refused | undefined {
  const limit = limits.find((one) => one.id === id);
  if (limit === undefined || limit.ended !== undefined) return isGone;
  return on < inForce(limit).document.on ? isOlder : undefined;
}

function dueIn(on: string, hour: string): Due | Refused {
  if (!isLocalDate(on) || !/^(([01]\d|2[0-3]):[0-5]\d)?$/.test(hour)) {
    return refused('Hãy ghi ngày đến hạn, và giờ (nếu có) dạng 16:00.', 'State the day, and the hour as 16:00.');
  }
  return { on, ...(hour === '' ? {} : { hour }) };
}

function documentIn(
  { kind: asked, number, on, issuer, paper }: DocumentWish,
  { now }: Pick<Ports, 'now'>,
): z.infer<typeof limitDocument> | Refused {
  const kind = documentKinds.find((one) => one === asked);
  const [numbered, by] = [number.trim().slice(0, mostLetters), issuer.trim().slice(0, mostLetters)];
  if (kind === undefined || numbered === '' || by === '' || !isLocalDate(on) || on > localDateOf(now())) {
    return refused(
      'Hãy ghi loại, số, ngày (không ở tương lai) và cơ quan ban hành của văn bản.',
      'State kind, number, day (not ahead) and issuer of the document.',
    );
  }
  return { kind, number: numbered, on, issuer: by, ...(paper === '' ? {} : { paper }) };
}

const notAllowed = refused(
  'Chỉ lãnh đạo UBND tỉnh hoặc lãnh đạo Sở Tài chính đặt, điều chỉnh hạn.',
  'Only the provincial leadership or the Finance leader sets a limit.',
);
const isThere = refused(
  'Đã có hạn cho việc này. Hãy điều chỉnh hạn đó để còn thấy được hạn cũ.',
  'There is a limit for this. Move it, so that the earlier one stays in sight.',
);
const isGone = refused(
  'Hạn này không có hoặc đã kết thúc. Hãy mở lại trang và đặt hạn mới.',
  'There is no such open limit. Open the page again and set a new one.',
);
const isOlder = refused(
  'Văn bản này ban hành trước văn bản đang quy định hạn. Hãy kiểm tra lại ngày của văn bản.',
  'This document is older than the one that sets the limit now. Check its day.',
);
