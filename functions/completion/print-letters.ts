/** Prints the letters of one unit into one file, of a large unit into several: what happened to each person's money, by the rules of what may be said. */
import * as z from 'zod';
import { formatDay, formatInstant, localDateOf } from '../../shared/calendar.ts';
import type { Account } from '../../shared/case/access.ts';
import { type Batch, readBatch, readFrozenList } from '../../shared/case/batch.ts';
import { accountOf, identityOf, readCase } from '../../shared/case/case.ts';
import { commitDeciding, dataOf, groupsOf, lastOfKind } from '../../shared/case/history.ts';
import { readOrder } from '../../shared/case/order.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { readUnits, type Unit } from '../../shared/case/unit.ts';
import { howToComplain, nobodyPhones, type NoticeLetter, noticeLetter } from '../../shared/completion/notice-letter.ts';
import type { NoticeFact } from '../../shared/completion/notice-rules.ts';
import {
  lettersPrinted,
  lettersStream,
  notePrinted,
  printedLetter,
  type WaitingLetter,
  waitingLetters,
} from '../../shared/completion/notices.ts';
import { formatDong, inWords } from '../../shared/dong.ts';
import { writeNoticeLetters } from '../papers/notice-letters.ts';

export interface Printing {
  readonly unit: string;
  /** Also those that were printed and are not handed over. */
  readonly again: boolean;
}

/** Three thousand in one file take a gigabyte and a half of memory while it is written; so many take a fifth of that. */
const mostInOneFile = 250;

/** Answers how many were printed. Run again after a kill, it first notes the file that was made and notes no letter twice. */
export async function printLetters(
  { unit, again }: Printing,
  by: Pick<Account, 'id' | 'name'>,
  ports: Ports,
  progress: (done: number, of: number) => void,
): Promise<number> {
  const finished = await finishNoting(unit, ports);
  const waiting = await waitingLetters(unit, ports.store);
  const due = waiting.filter(({ printed }) => again || printed === undefined);
  if (due.length === 0) return finished;
  const at = ports.now();
  const desk = await openDesk(unit, by.name, at, ports);
  let done = 0;
  for (const group of groupsOf(due, mostInOneFile)) {
    const letters: NoticeLetter[] = [];
    for (const letter of group) {
      letters.push(await desk.write(letter));
      done += 1;
      progress(done, due.length);
    }
    const file = await ports.files.put(await writeNoticeLetters(letters));
    const list = group.map(({ part, event, key }) => ({ part, event, key }));
    const manifest = await ports.files.put(new TextEncoder().encode(JSON.stringify(list)));
    await note(unit, { file, manifest, letters: list.length }, by.id, at, ports);
    await finishNoting(unit, ports);
  }
  return due.length;
}

async function note(
  unit: string,
  data: z.infer<typeof lettersPrinted>,
  by: string,
  at: string,
  { store }: Ports,
): Promise<void> {
  const stream = lettersStream(unit);
  await commitDeciding(store, async () => {
    const readAt = (await store.read(stream)).length;
    return { changes: [{ stream, readAt, entries: [{ kind: 'letters-printed', at, by, data }] }] };
  });
}

/** What the newest file holds, noted on each of its letters; answers how many were missing. */
async function finishNoting(unit: string, ports: Ports): Promise<number> {
  const last = lastOfKind(await ports.store.read(lettersStream(unit)), 'letters-printed');
  if (last === undefined) return 0;
  const { file, manifest } = dataOf(last, lettersPrinted);
  const content = await ports.files.get(manifest);
  if (content === undefined) throw new Error(`the list of the letters ${manifest} is gone`);
  const letters = z.array(printedLetter).parse(JSON.parse(new TextDecoder().decode(content)));
  return notePrinted(letters, { file, unit, by: last.by, at: last.at }, ports);
}

/** What the letters of one unit share, read once. */
async function openDesk(unit: string, printer: string, at: string, ports: Ports) {
  const units = await readUnits(ports.store);
  const own = units.get(unit);
  const clerks = (await ports.directory.holding('unit-clerk')).filter((one) => one.units.includes(unit));
  const lists = new Map<string, Promise<Decided | undefined>>();
  const shared = {
    unit: own?.name ?? unit,
    'whom-to-ask': whomToAsk(own?.name ?? unit, clerks[0]?.name),
    'printed-by': `In lúc ${formatInstant(at)}; người in: ${printer}`,
  };
  const decidedIn = (batchId: string) => {
    const known = lists.get(batchId) ?? readDecided(batchId, ports);
    lists.set(batchId, known);
    return known;
  };
  return {
    async write(letter: WaitingLetter): Promise<NoticeLetter> {
      const decided = letter.batch === undefined ? undefined : await decidedIn(letter.batch);
      return written(letter, shared, decided, own, ports);
    },
  };
}

function whomToAsk(unit: string, clerk: string | undefined): string {
  return clerk === undefined ? unit : `${clerk}, ${unit}`;
}

interface Decided {
  readonly batch: Batch;
  readonly totals: ReadonlyMap<string, string>;
}

async function readDecided(batchId: string, ports: Ports): Promise<Decided | undefined> {
  const batch = await readBatch(ports.store, batchId);
  if (batch === undefined) return undefined;
  const { parts } = await readFrozenList(ports.files, batch);
  return { batch, totals: new Map(parts.map(({ part, total }) => [part, total])) };
}

async function written(
  letter: WaitingLetter,
  shared: Readonly<Partial<Record<NoticeFact, string>>>,
  decided: Decided | undefined,
  unit: Unit | undefined,
  ports: Ports,
): Promise<NoticeLetter> {
  const of = await readCase(ports.store, letter.caseId);
  if (of === undefined) throw new Error(`the case of ${letter.part} is gone`);
  const { sex } = of.submitted.facts.person ?? {};
  const title = sex === undefined ? 'Ông (Bà)' : sex === 'male' ? 'Ông' : 'Bà';
  const known = {
    ...shared,
    'full-name': (await identityOf(ports.vault, of)).fullName,
    day: formatDay(localDateOf(letter.since)),
    'nobody-phones': nobodyPhones(title),
    'how-to-complain': howToComplain(title),
    ...decisionOf(letter, decided),
    ...(letter.event === 'credited' ? await creditOf(letter, ports) : {}),
  };
  return noticeLetter(letter.event, known, { unitKind: unit?.kind, title });
}

/** Only what the province has signed: the sum as it stands in the list that was decided. */
function decisionOf(
  { part }: WaitingLetter,
  decided: Decided | undefined,
): Readonly<Partial<Record<NoticeFact, string>>> {
  const provincial = decided?.batch.provincial;
  const total = decided?.totals.get(part);
  if (provincial === undefined || total === undefined) return {};
  return {
    decision: `Quyết định số ${provincial.number} ngày ${formatDay(provincial.on)} của Ủy ban nhân dân tỉnh`,
    'decided-sum': inFull(BigInt(total)),
  };
}

const tailDigits = 3;

async function creditOf(
  { caseId, reference }: WaitingLetter,
  { store, vault }: Ports,
): Promise<Readonly<Partial<Record<NoticeFact, string>>>> {
  const order = reference === undefined ? undefined : await readOrder(store, reference);
  if (order === undefined) return {};
  const { number } = await accountOf(vault, caseId, order.account);
  const isLong = number.length > 2 * tailDigits;
  return {
    'credited-sum': inFull(BigInt(order.amount)),
    ...(isLong ? { 'account-tail': number.slice(-tailDigits) } : {}),
  };
}

function inFull(sum: bigint): string {
  return `${formatDong(sum)} đồng (${inWords(sum)})`;
}
