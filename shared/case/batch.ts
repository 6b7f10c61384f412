/** A batch: a frozen list of parts from one source and budget level, confirmed and paid together. */
import * as z from 'zod';
import { canonical, hashOf, sha256 } from '../hash.ts';
import { dataOf, ofKind } from './history.ts';
import type { Files } from './ports.ts';
import type { Entry, Row, Store } from './store.ts';
import { budgetLevels, sources } from './unit.ts';

/** One part as it was frozen. */
export const frozenPart = z.object({
  part: z.string(),
  caseHash: z.string(),
  total: z.string().regex(/^\d+$/),
  unit: z.string(),
  regime: z.string(),
  accountDigest: z.string(),
  open: z.array(z.string()),
  marks: z.array(z.string()),
  appraisedBy: z.string(),
  /** Who submitted the case, and who passed it on for the Party block. */
  submittedBy: z.string().exactOptional(),
  passedOnBy: z.string().exactOptional(),
});
export type FrozenPart = z.infer<typeof frozenPart>;

export const frozenList = z.object({
  source: z.enum(sources),
  level: z.enum(budgetLevels),
  law: z.string(),
  parts: z.array(frozenPart),
});
export type FrozenList = z.infer<typeof frozenList>;

const opened = z.object({
  source: z.enum(sources),
  level: z.enum(budgetLevels),
  unit: z.string().optional(),
  code: z.string(),
});
const frozen = z.object({
  version: z.number(),
  list: z.string(),
  contentHash: z.string(),
  people: z.number(),
  total: z.string().regex(/^\d+$/),
  law: z.string(),
  reason: z.string().optional(),
});
const asked = z.object({
  step: z.string(),
  version: z.number(),
  until: z.string(),
  link: z.string(),
  account: z.string(),
});
export const decided = z.object({
  step: z.enum(['people', 'money']),
  version: z.number(),
  contentHash: z.string(),
  outcome: z.enum(['confirmed', 'rejected']),
  takeOut: z.array(z.object({ part: z.string(), total: z.string(), reason: z.string() })),
  reason: z.string().optional(),
  /** What the person was shown, as text in Files. */
  shown: z.string(),
});
export type Decided = z.infer<typeof decided> & { readonly by: string; readonly at: string };
/** In what capacity somebody signs: Decree 30/2020; by order or by authority only with the document that says so. */
export const capacities = ['head', 'KT', 'TL', 'TUQ'] as const;
export const provincialDecision = z.object({
  version: z.number(),
  contentHash: z.string(),
  number: z.string(),
  on: z.string(),
  signatory: z.string(),
  capacity: z.enum(capacities).exactOptional(),
  mandate: z.string().exactOptional(),
  paper: z.string(),
  people: z.number(),
  total: z.string().regex(/^\d+$/),
});
export type ProvincialDecision = z.infer<typeof provincialDecision> & { readonly by: string; readonly at: string };
const signature = {
  number: z.string(),
  on: z.string(),
  signatory: z.string(),
  capacity: z.enum(capacities),
  /** Number of the document that lets them sign by order (TL.) or by authority (TUQ.). */
  mandate: z.string().exactOptional(),
};
export const letterKinds = ['appraisal', 'submission'] as const;
/** A signed appraisal letter or submission, bound to what it was signed for. */
export const signedLetter = z.object({
  kind: z.enum(letterKinds),
  version: z.number(),
  contentHash: z.string(),
  ...signature,
  /** In Files. */
  paper: z.string(),
});
export type SignedLetter = z.infer<typeof signedLetter> & { readonly by: string; readonly at: string };
const papersWritten = z.object({
  version: z.number(),
  people: z.number(),
  /** In Files, by kind. */
  files: z.record(z.string(), z.string()),
});
const differs = z.object({ version: z.number(), parts: z.array(z.string()) });
const versionOnly = z.object({ version: z.number() });

export interface Batch {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly code: string;
  readonly source: z.infer<typeof opened>['source'];
  readonly level: z.infer<typeof opened>['level'];
  readonly unit?: string;
  readonly madeBy: string;
  readonly madeAt: string;
  /** The newest frozen version; absent while the list is being frozen. */
  readonly frozen?: z.infer<typeof frozen> & { readonly by: string; readonly at: string };
  readonly versions: readonly (z.infer<typeof frozen> & { readonly at: string })[];
  readonly isRecomputed: boolean;
  /** Parts whose recomputation gave something else. */
  readonly differing: readonly string[];
  readonly asked: readonly z.infer<typeof asked>[];
  /** Decisions on the newest version. */
  readonly decisions: readonly Decided[];
  readonly takenOut: ReadonlyMap<string, { readonly by: string; readonly reason: string }>;
  readonly provincial?: ProvincialDecision;
  /** Letters signed on the newest version. */
  readonly letters: readonly SignedLetter[];
  /** The newest papers of the newest version, by kind, in Files. */
  readonly papers?: z.infer<typeof papersWritten> & { readonly at: string };
  readonly isReleased: boolean;
  readonly isReported: boolean;
}

export function batchStream(batchId: string): string {
  return `batch/${batchId}`;
}

export async function readBatch(store: Store, batchId: string): Promise<Batch | undefined> {
  const entries = await store.read(batchStream(batchId));
  const first = entries[0];
  if (first === undefined) return undefined;
  const { source, level, unit, code } = dataOf(first, opened);
  const versions = ofKind(entries, 'frozen').map((entry) => ({ ...dataOf(entry, frozen), by: entry.by, at: entry.at }));
  const newest = versions.at(-1);
  const isNewest = ({ version }: { readonly version: number }) => version === newest?.version;
  const decisions = ofKind(entries, 'decided')
    .map((entry) => ({ ...dataOf(entry, decided), by: entry.by, at: entry.at }))
    .filter(isNewest);
  const provincial = ofKind(entries, 'provincial-decision')
    .map((entry) => ({ ...dataOf(entry, provincialDecision), by: entry.by, at: entry.at }))
    .findLast(isNewest);
  const papers = ofKind(entries, 'papers-written')
    .map((entry) => ({ ...dataOf(entry, papersWritten), at: entry.at }))
    .findLast(isNewest);
  return {
    id: batchId,
    entries,
    code,
    source,
    level,
    ...(unit === undefined ? {} : { unit }),
    madeBy: first.by,
    madeAt: first.at,
    ...(newest === undefined ? {} : { frozen: newest }),
    versions,
    isRecomputed: ofKind(entries, 'recomputed').some((entry) => isNewest(dataOf(entry, versionOnly))),
    differing: ofKind(entries, 'recomputed-differently')
      .map((entry) => dataOf(entry, differs))
      .filter(isNewest)
      .flatMap(({ parts }) => parts),
    asked: ofKind(entries, 'asked')
      .map((entry) => dataOf(entry, asked))
      .filter(isNewest),
    decisions,
    takenOut: new Map(
      decisions.flatMap(({ takeOut, by }) => takeOut.map(({ part, reason }) => [part, { by, reason }] as const)),
    ),
    ...(provincial === undefined ? {} : { provincial }),
    letters: ofKind(entries, 'letter-signed')
      .map((entry) => ({ ...dataOf(entry, signedLetter), by: entry.by, at: entry.at }))
      .filter(isNewest),
    ...(papers === undefined ? {} : { papers }),
    isReleased: ofKind(entries, 'released').length > 0,
    isReported: ofKind(entries, 'reported').length > 0,
  };
}

export function isRejected(batch: Batch): boolean {
  return batch.decisions.some(({ outcome }) => outcome === 'rejected');
}

/** In what somebody has prepared this list, if in anything: they confirm nothing of it. */
export function preparedIn(list: FrozenList, account: string): 'submitted' | 'passed-on' | 'appraised' | undefined {
  for (const { submittedBy, passedOnBy, appraisedBy } of list.parts) {
    if (submittedBy === account) return 'submitted';
    if (passedOnBy === account) return 'passed-on';
    if (appraisedBy === account) return 'appraised';
  }
  return undefined;
}

/** The content hash: over lines, sums, facts, law version, and each account's keyed digest, by way of the case hashes. */
export function contentHashOf(list: FrozenList): string {
  return hashOf(list);
}

export function listText(list: FrozenList): string {
  return canonical(list);
}

/** The frozen list of the newest version. Throws when the file is gone or does not match the hash it was frozen with. */
export async function readFrozenList(files: Files, batch: Batch): Promise<FrozenList> {
  if (batch.frozen === undefined) throw new Error(`batch ${batch.id} is not frozen`);
  const content = await files.get(batch.frozen.list);
  if (content === undefined) throw new Error(`the frozen list of batch ${batch.id} is gone`);
  // The file is the canonical text of the list, so its hash is the list's.
  if (sha256(content) !== batch.frozen.contentHash) throw new Error(`the frozen list of batch ${batch.id} was altered`);
  return frozenList.parse(JSON.parse(new TextDecoder().decode(content)));
}

export type BatchStatus =
  | 'freezing'
  | 'in-approval'
  | 'awaiting-provincial-decision'
  | 'paying'
  | 'released'
  | 'reported';

export const batchSummary = z.object({
  code: z.string(),
  level: z.enum(budgetLevels),
  version: z.number(),
  people: z.number(),
  total: z.string(),
  since: z.string(),
});
export type BatchSummary = z.infer<typeof batchSummary>;

export function batchRow(
  status: BatchStatus,
  source: string,
  summary: BatchSummary,
  waitingFor?: string,
): Omit<Row, 'stream'> {
  return { kind: 'batch', status, source, summary, ...(waitingFor === undefined ? {} : { waitingFor }) };
}

/** People and sum of the list less everyone taken out by anyone. */
export function payable(
  batch: Batch,
  list: FrozenList,
): { readonly parts: readonly FrozenPart[]; readonly total: bigint } {
  const parts = list.parts.filter(({ part }) => !batch.takenOut.has(part));
  let total = 0n;
  for (const part of parts) total += BigInt(part.total);
  return { parts, total };
}
