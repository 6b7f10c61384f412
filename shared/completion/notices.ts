/**
 * Notices: which letters a unit has to hand over, printing and handing over. A letter is due by where a person's money stands;
 * nothing is written before somebody prints it.
 */
import * as z from 'zod';
import { type Instant, type LocalDate, isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { readCase } from '../case/case.ts';
import { commitDeciding, dataOf, groupsOf, ofKind } from '../case/history.ts';
import { caseIdOf, mayOpen, partSummary, readPart } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows, type Change, type Entry, type Row, type Store } from '../case/store.ts';
import { noticeEvents, type NoticeEvent } from './notice-rules.ts';

const letterEntry = z.object({ event: z.enum(noticeEvents), key: z.string() });
const handedOver = letterEntry.extend({ on: z.string() });
const noticeSummary = z.object({
  /** The newest printing of each letter, by its key: when, and by whom. */
  printed: z.record(z.string(), z.object({ at: z.string(), by: z.string() })),
  handedOver: z.array(z.string()),
});
type NoticeSummary = z.infer<typeof noticeSummary>;

export function noticeStream(partId: string): string {
  return `notice/${partId}`;
}

/** A letter of one person, not handed over yet. */
export interface WaitingLetter {
  readonly part: string;
  readonly caseId: string;
  readonly event: NoticeEvent;
  /** One event of one part has one letter, however often it is printed. */
  readonly key: string;
  readonly since: Instant;
  readonly printed?: { readonly at: Instant; readonly by: string };
  /** The part's batch and newest order, for what the letter says. */
  readonly batch?: string;
  readonly reference?: string;
}

/** Of every person of the unit with something to be told that they have not been told. */
export async function waitingLetters(unit: string, store: Store): Promise<readonly WaitingLetter[]> {
  return (await lettersByUnit(store, { unit })).get(unit) ?? [];
}

/** Reads every row of a part and of a notice, whatever unit is asked for: no index knows units. */
export async function lettersByUnit(
  store: Store,
  asked: { readonly unit?: string } = {},
): Promise<ReadonlyMap<string, readonly WaitingLetter[]>> {
  const told = new Map<string, NoticeSummary>();
  for await (const { stream, summary } of allRows(store, { kind: 'notice', ...asked })) {
    told.set(stream.slice(noticeStream('').length), noticeSummary.parse(summary));
  }
  const found = new Map<string, WaitingLetter[]>();
  for await (const row of allRows(store, { kind: 'part', ...asked })) {
    const due = letterOf(row);
    const before = due === undefined ? undefined : told.get(due.part);
    if (due === undefined || before?.handedOver.includes(due.key) === true) continue;
    const printed = before?.printed[due.key];
    const { unit = '' } = row;
    const own = found.get(unit) ?? [];
    own.push({ ...due, ...(printed === undefined ? {} : { printed }) });
    found.set(unit, own);
  }
  return found;
}

const decidedStatuses: readonly string[] = [
  'decided',
  'waiting-for-estimate',
  'awaiting-unit',
  'sent',
  'treasury-paid',
  'unknown',
];
const told = z.enum(['credited', 'returned', 'refused', 'held']);

const toldOf = partSummary.pick({ since: true, caseId: true, reference: true });

/** What the person is to be told of where the part stands; nothing before there is a decision. */
function letterOf({ stream, status, batch, summary }: Row): Omit<WaitingLetter, 'printed'> | undefined {
  const isDecided = decidedStatuses.includes(status);
  const event = isDecided ? 'decided' : told.safeParse(status).data;
  if (event === undefined || (isDecided && batch === undefined)) return undefined;
  const { since, caseId, reference } = toldOf.parse(summary);
  return {
    part: stream.slice('part/'.length),
    caseId,
    event,
    key: `${event}/${isDecided ? batch : since}`,
    since,
    ...(batch === undefined ? {} : { batch }),
    ...(reference === undefined ? {} : { reference }),
  };
}

/** The files of letters that a unit has printed, newest last; who printed each is in its entry. */
export function lettersStream(unit: string): string {
  return `letters/${unit}`;
}
export const lettersPrinted = z.object({
  /** In Files: the letters, and which they are. */
  file: z.string(),
  manifest: z.string(),
  letters: z.number().int(),
});

/** So many people in a commit: an entry and a row each. */
const groupSize = 25;

/** A printed letter, and its file. */
export const printedLetter = z.object({ part: z.string(), event: z.enum(noticeEvents), key: z.string() });
type PrintedLetter = z.infer<typeof printedLetter>;

/** Notes that letters were printed, each once a file; answers how many were not noted yet, which after a kill is the rest. */
export async function notePrinted(
  letters: readonly PrintedLetter[],
  { file, unit, by, at }: { readonly file: string; readonly unit: string; readonly by: string; readonly at: Instant },
  { store }: Pick<Ports, 'store'>,
): Promise<number> {
  let noted = 0;
  let count = 0;
  for (const group of groupsOf(letters, groupSize)) {
    const outcome = await commitDeciding(store, async () => {
      const changes: Change[] = [];
      for (const { part, event, key } of group) {
        const entries = await store.read(noticeStream(part));
        if (entries.some(({ kind, data }) => kind === 'letter-printed' && data.includes(file))) continue;
        const entry = { kind: 'letter-printed', at, by, data: { event, key, file } };
        changes.push(noticeChange({ part, unit }, entries, entry));
      }
      count = changes.length;
      return changes.length === 0 ? { stop: 'noted' } : { changes };
    });
    if (outcome.outcome === 'committed') noted += count;
  }
  return noted;
}

function noticeChange(
  { part, unit }: { readonly part: string; readonly unit: string },
  past: readonly Entry[],
  entry: {
    readonly kind: string;
    readonly at: Instant;
    readonly by: string;
    readonly data: z.infer<typeof letterEntry>;
  },
): Change {
  const printed: NoticeSummary['printed'] = {};
  const handed: string[] = [];
  for (const one of past) {
    const { key } = dataOf(one, letterEntry);
    if (one.kind === 'letter-printed') printed[key] = { at: one.at, by: one.by };
    else handed.push(key);
  }
  const { key } = entry.data;
  if (entry.kind === 'letter-printed') printed[key] = { at: entry.at, by: entry.by };
  else handed.push(key);
  const summary: NoticeSummary = { printed, handedOver: handed };
  return {
    stream: noticeStream(part),
    readAt: past.length,
    entries: [entry],
    row: { kind: 'notice', status: entry.kind, unit, summary },
  };
}

/** The unit's clerk says that letters were handed over on a day; only what was printed can have been. */
export async function handOver(
  letters: readonly { readonly part: string; readonly key: string }[],
  on: LocalDate,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'handed-over'; readonly letters: number } | Refused> {
  const at = now();
  if (letters.length === 0) return refused('Hãy chọn thư đã giao.', 'Choose the letters that were handed over.');
  if (!isLocalDate(on) || on > localDateOf(at)) {
    return refused('Hãy ghi ngày giao thư, không ở tương lai.', 'State the day; it cannot be in the future.');
  }
  let done = 0;
  for (const group of groupsOf(letters, groupSize)) {
    let count = 0;
    const outcome = await commitDeciding<Refused>(store, async () => {
      const changes: Change[] = [];
      for (const letter of group) {
        const change = await handedOverChange(letter, on, { at, by }, store);
        if (change !== undefined && 'outcome' in change) return { stop: change };
        if (change !== undefined) changes.push(change);
      }
      count = changes.length;
      return changes.length === 0 ? { stop: notPrinted } : { changes };
    });
    if (outcome.outcome === 'stopped') return outcome.stop;
    done += count;
  }
  return { outcome: 'handed-over', letters: done };
}

async function handedOverChange(
  { part: partId, key }: { readonly part: string; readonly key: string },
  on: LocalDate,
  { at, by }: { readonly at: Instant; readonly by: Account },
  store: Store,
): Promise<Change | Refused | undefined> {
  const part = await readPart(store, partId);
  const of = part && (await readCase(store, caseIdOf(partId)));
  if (part === undefined || of === undefined || !mayOpen(by, of, part)) return noSuchLetter;
  const entries = await store.read(noticeStream(partId));
  const isHanded = ofKind(entries, 'letter-handed-over').some((entry) => dataOf(entry, handedOver).key === key);
  if (isHanded) return undefined;
  const printed = ofKind(entries, 'letter-printed').find((entry) => dataOf(entry, letterEntry).key === key);
  if (printed === undefined) return notPrinted;
  if (on < localDateOf(printed.at)) return beforePrinting;
  const data: z.infer<typeof handedOver> = { ...dataOf(printed, letterEntry), on };
  const entry = { kind: 'letter-handed-over', at, by: by.id, data };
  return noticeChange({ part: partId, unit: of.submitted.payingUnit }, entries, entry);
}

const noSuchLetter = refused('Không tìm thấy thư này.', 'There is no such letter.');
const notPrinted = refused(
  'Thư chưa in hoặc đã giao. Hãy mở lại trang và chọn thư đã in.',
  'The letter is not printed, or was handed over. Open the page again and choose printed ones.',
);
const beforePrinting = refused('Ngày giao trước ngày in thư. Hãy kiểm tra ngày.', 'That is before it was printed.');
