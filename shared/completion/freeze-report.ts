/**
 * Use case: a report is frozen at an instant, numbered without gaps a year and receiver, and kept with the hash of its figures
 * and of each file. Printing it again gives the same bytes, or is refused.
 */
import * as z from 'zod';
import { type Instant, localDateOf } from '../calendar.ts';
import { commitDeciding, dataOf, lastOfKind } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows, type Store } from '../case/store.ts';
import { canonical, sha256 } from '../hash.ts';
import { dueFrom, inForce, paidLimit, readLimits } from '../case/limits.ts';
import { bucketOfFigures, countFigures, faultOf, figures, type Figures, unpaidOf } from './report-content.ts';
import { definition, receivers } from './report-definitions.ts';
import { reportPaper } from './report-paper.ts';
import { definitionAt } from './set-definition.ts';
import { standingsAt } from './standing-at.ts';

export const reportKinds = ['periodic', 'units'] as const;
export type ReportKind = (typeof reportKinds)[number];
export const fileTypes = ['pdf', 'xlsx'] as const;
export type FileType = (typeof fileTypes)[number];

const count = z.object({ people: z.number(), sums: z.number(), total: z.string() });

/** What the next report of the receiver is compared with. */
const brief = z.object({ code: z.string(), at: z.string(), base: count, paid: count, unpaid: count });

/** Everything that is in the report before it is put into words. */
const facts = z.object({
  code: z.string(),
  kind: z.enum(reportKinds),
  at: z.string(),
  anchor: z.string(),
  definition,
  definitionBy: z.string(),
  figures,
  /** The limit by which everyone has the money, in force at the instant. */
  limit: z.object({ on: z.string(), hour: z.string().exactOptional(), by: z.string() }).exactOptional(),
  previous: brief.exactOptional(),
});
export type ReportFacts = z.infer<typeof facts>;

/** What is kept: the facts, and every word of the paper. */
export const reportContent = z.object({ ...facts.shape, paper: reportPaper });
export type ReportContent = z.infer<typeof reportContent>;

const frozen = z.object({
  receiver: z.enum(receivers),
  kind: z.enum(reportKinds),
  ...brief.shape,
  anchor: z.string(),
  /** Hashes in Files: the content as canonical JSON, and each file as it was first printed. */
  content: z.string(),
  files: z.object({ pdf: z.string(), xlsx: z.string() }),
});

export interface Report extends z.infer<typeof frozen> {
  readonly by: string;
  readonly recordedAt: Instant;
  /** Each time it was printed again. */
  readonly reprints: readonly { readonly at: Instant; readonly by: string; readonly isSame: boolean }[];
}

export const reportWish = z.object({
  /** Made once, so that a job that is run again makes no second report. */
  id: z.string(),
  receiver: z.enum(receivers),
  kind: z.enum(reportKinds),
  /** The instant of the anchor that was taken for it, and the anchor. */
  at: z.string(),
  anchor: z.string(),
  by: z.string(),
});
export type ReportWish = z.infer<typeof reportWish>;

/** Port: puts a report into words, and into files. The same content gives the same bytes. */
export interface ReportWriter {
  paper(of: ReportFacts, store: Store): Promise<ReportContent['paper']>;
  write(type: FileType, of: ReportContent): Promise<Uint8Array>;
}

export function reportStream(code: string): string {
  return `report/${code}`;
}

/** One entry a report: what gives the next its number. */
const registerStream = (sign: string, year: string) => `reports/${sign}-${year}`;
const wishClaim = (id: string) => `report-wish/${id}`;

export async function readReport(store: Pick<Store, 'read'>, code: string): Promise<Report | undefined> {
  const entries = await store.read(reportStream(code));
  const first = lastOfKind(entries, 'report-frozen');
  if (first === undefined) return undefined;
  const reprints = entries
    .filter(({ kind }) => kind === 'report-reprinted' || kind === 'report-differs')
    .map(({ at, by, kind }) => ({ at, by, isSame: kind === 'report-reprinted' }));
  return { ...dataOf(first, frozen), by: first.by, recordedAt: first.at, reprints };
}

/** Every report there is, newest first; some hundreds a year. */
export async function readReports(store: Store): Promise<readonly Report[]> {
  const found: Report[] = [];
  for await (const { stream } of allRows(store, { kind: 'report' })) {
    const one = await readReport(store, stream.slice(reportStream('').length));
    if (one !== undefined) found.push(one);
  }
  return found.toSorted((one, other) => (one.recordedAt < other.recordedAt ? 1 : -1));
}

/** Refused, with nothing written, when the figures do not add up. */
export async function freezeReport(
  wish: ReportWish,
  ports: Pick<Ports, 'store' | 'files' | 'now'>,
  writer: ReportWriter,
  progress: (done: number) => void = () => {},
): Promise<{ readonly outcome: 'frozen'; readonly code: string } | Refused> {
  const { store } = ports;
  const before = await store.holderOf(wishClaim(wish.id));
  if (before !== undefined) return { outcome: 'frozen', code: before.slice(reportStream('').length) };
  const { value: counted, by } = await definitionAt(store, wish.receiver, wish.at);
  const of = await countFigures(standingsAt(store, wish.at, progress), counted, await withoutSum(store));
  const fault = faultOf(of);
  if (fault !== undefined) return refused(fault.vi, fault.en);
  if (of.whole.people === 0) return refused('Chưa có ai để báo cáo.', 'There is nobody to report on yet.');
  let code = '';
  const outcome = await commitDeciding<Refused>(store, async () => {
    const register = registerStream(counted.sign, localDateOf(wish.at).slice(0, 4));
    const number = (await store.read(register)).length + 1;
    code = `${register.slice('reports/'.length)}-${String(number).padStart(3, '0')}`;
    const previous = await lastOf(store, wish);
    if (previous !== undefined && previous.at >= wish.at) return { stop: isOlder };
    const said: ReportFacts = {
      code,
      kind: wish.kind,
      at: wish.at,
      anchor: wish.anchor,
      definition: counted,
      definitionBy: by.vi,
      figures: of,
      ...(await limitAt(store, wish.at)),
      ...(previous === undefined ? {} : { previous: brief.parse(previous) }),
    };
    const change = await reportChange(said, wish, ports, writer);
    const entry = { kind: 'report-numbered', at: ports.now(), by: wish.by, data: { code } };
    return { changes: [change, { stream: register, readAt: number - 1, entries: [entry] }] };
  });
  if (outcome.outcome === 'stopped') return outcome.stop;
  return { outcome: 'frozen', code };
}

async function reportChange(
  said: ReportFacts,
  wish: ReportWish,
  { files, store, now }: Pick<Ports, 'store' | 'files' | 'now'>,
  writer: ReportWriter,
) {
  const content = { ...said, paper: await writer.paper(said, store) };
  const { code, at, anchor, figures: of } = said;
  const data: z.infer<typeof frozen> = {
    code,
    receiver: wish.receiver,
    kind: wish.kind,
    at,
    anchor,
    base: of.base,
    paid: bucketOfFigures(of, 'credited'),
    unpaid: unpaidOf(of),
    content: await files.put(new TextEncoder().encode(canonical(content))),
    files: {
      pdf: await files.put(await writer.write('pdf', content)),
      xlsx: await files.put(await writer.write('xlsx', content)),
    },
  };
  return {
    stream: reportStream(code),
    readAt: 0,
    entries: [{ kind: 'report-frozen', at: now(), by: wish.by, data }],
    row: { kind: 'report', status: wish.kind, summary: { code, receiver: wish.receiver, at } },
    claims: [`report-number/${code}`, wishClaim(wish.id)],
  };
}

/** The newest of the same receiver and kind. */
async function lastOf(store: Store, { receiver, kind }: ReportWish): Promise<Report | undefined> {
  return (await readReports(store)).find((one) => one.receiver === receiver && one.kind === kind);
}

async function limitAt(store: Store, at: Instant): Promise<Pick<ReportFacts, 'limit'>> {
  const today = localDateOf(at);
  const limit = paidLimit(await readLimits(store, at), today);
  if (limit === undefined) return {};
  return { limit: { ...dueFrom(limit, today), by: inForce(limit).document.name.vi } };
}

/** Of today: cases that have no sum have no part whose history could be asked. */
async function withoutSum(store: Store): Promise<Figures['withoutSum']> {
  const found: Figures['withoutSum'] = [];
  for (const key of ['review', 'incomplete', 'not-entitled']) {
    let people = 0;
    for await (const _row of allRows(store, { kind: 'case', status: key })) people += 1;
    if (people > 0) found.push({ key, people });
  }
  return found;
}

/** Prints the file anew from the kept content. Bytes that are not those of the first time are refused, and that is noted. */
export async function reprintReport(
  code: string,
  type: FileType,
  by: string,
  { store, files, now }: Pick<Ports, 'store' | 'files' | 'now'>,
  writer: Pick<ReportWriter, 'write'>,
): Promise<{ readonly outcome: 'same'; readonly file: string } | Refused> {
  const report = await readReport(store, code);
  const kept = report === undefined ? undefined : await files.get(report.content);
  if (report === undefined || kept === undefined) return isGone;
  const content = reportContent.parse(JSON.parse(new TextDecoder().decode(kept)));
  const file = await writer.write(type, content);
  const hash = sha256(file);
  const isSame = hash === report.files[type];
  if (isSame) await files.put(file);
  await commitDeciding(store, async () => {
    const readAt = (await store.read(reportStream(code))).length;
    const data = { type, hash };
    const entry = { kind: isSame ? 'report-reprinted' : 'report-differs', at: now(), by, data };
    return { changes: [{ stream: reportStream(code), readAt, entries: [entry] }] };
  });
  return isSame ? { outcome: 'same', file: hash } : differs(code, type);
}

function differs(code: string, type: FileType): Refused {
  return refused(
    `Báo cáo ${code}: tệp .${type} in lại khác bản đã phát hành. Không dùng bản in lại; báo quản trị hệ thống ngay.`,
    `Report ${code}: the .${type} printed again differs from the one that was issued. Do not use it; tell the administrator now.`,
  );
}
const isGone = refused('Không có báo cáo này.', 'There is no such report.');
const isOlder = refused(
  'Đã có báo cáo cùng nơi nhận tính đến thời điểm sau. Hãy lập lại với số liệu bây giờ.',
  'There is a later report to the same receiver. Make one with the figures of now.',
);
