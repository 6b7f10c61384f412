/** A batch: a frozen list of parts from one source and budget level, confirmed and paid together. */
import * as z from 'zod';
import { canonical, hashOf, sha256 } from '../hash.ts';
import { digitalSignature } from './digital-signature.ts';
import { dataOf, ofKind, once } from './history.ts';
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
  /** Everybody else who put something into the case: papers, corrections, accounts. */
  preparedBy: z.array(z.string()).exactOptional(),
  /** The keyed digest of the beneficiary's citizen id. */
  citizenDigest: z.string().exactOptional(),
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
/** The confirmations of a batch, in the order of the route. */
export const stepNames = ['people', 'money', 'province'] as const;
export type StepName = (typeof stepNames)[number];

export const frozen = z.object({
  version: z.number(),
  /** The confirmations that this version needs; lists frozen before there was a further level needed two. */
  steps: z.array(z.enum(stepNames)).default(['people', 'money']),
  list: z.string(),
  contentHash: z.string(),
  people: z.number(),
  total: z.string().regex(/^\d+$/),
  law: z.string(),
  reason: z.string().optional(),
});
const asked = z.object({
  step: z.enum(stepNames),
  version: z.number(),
  until: z.string(),
  link: z.string(),
  account: z.string(),
});
export const decided = z.object({
  step: z.enum(stepNames),
  version: z.number(),
  contentHash: z.string(),
  outcome: z.enum(['confirmed', 'rejected']),
  takeOut: z.array(
    z.object({
      part: z.string(),
      total: z.string(),
      reason: z.string(),
      /** Back to the unit, and not only to Home Affairs. */
      toUnit: z.boolean().exactOptional(),
    }),
  ),
  /** For whom it was decided, by which delegation; absent where somebody decides in their own right. */
  onBehalfOf: z.string().exactOptional(),
  delegation: z.string().exactOptional(),
  reason: z.string().optional(),
  /** What the person was shown, as text in Files. */
  shown: z.string(),
});
export type Decided = z.infer<typeof decided> & { readonly by: string; readonly at: string; readonly seq: number };
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
  signatures: z.array(digitalSignature).exactOptional(),
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
  signatures: z.array(digitalSignature).exactOptional(),
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
export const reopened = z.object({ step: z.enum(stepNames), version: z.number(), reason: z.string() });
const aborted = z.object({ reason: z.string() });
const stepNoted = z.object({ step: z.enum(stepNames), version: z.number() });
const seen = z.object({ version: z.number() });

export interface Aborted {
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

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
  readonly frozen?: Version;
  readonly versions: readonly Version[];
  readonly isRecomputed: boolean;
  /** Parts whose recomputation gave something else. */
  readonly differing: readonly string[];
  /** Who was asked to confirm the newest version, since a step of it was last reopened. */
  readonly asked: readonly (z.infer<typeof asked> & { readonly at: string })[];
  /** Decisions on the newest version that nobody took back. */
  readonly decisions: readonly Decided[];
  /** Every decision there ever was, those on older versions and those taken back included. */
  readonly everDecided: readonly Decided[];
  /** How often a step of the newest version was reopened. */
  readonly reopenings: number;
  /** Steps whose silent approver was reminded, or whose delay leadership was told of, since the last reopening. */
  readonly reminded: readonly StepName[];
  readonly escalated: readonly StepName[];
  /** Which approver opened the page of which version. */
  readonly seen: readonly { readonly by: string; readonly version: number }[];
  /** Of the newest version: whoever was taken out stays out, also when the confirmation is taken back. */
  readonly takenOut: ReadonlyMap<string, TakenOut>;
  readonly aborted?: Aborted;
  readonly provincial?: ProvincialDecision;
  /** Letters signed on the newest version. */
  readonly letters: readonly SignedLetter[];
  /** The newest papers of the newest version, by kind, in Files. */
  readonly papers?: z.infer<typeof papersWritten> & { readonly at: string };
  readonly isReleased: boolean;
  readonly isReported: boolean;
}

/** A frozen version of the list: its file, its content hash, people and sum. */
export type Version = z.infer<typeof frozen> & { readonly by: string; readonly at: string };

export interface TakenOut {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly toUnit: boolean;
}

export function batchStream(batchId: string): string {
  return `batch/${batchId}`;
}

export async function readBatch(store: Store, batchId: string): Promise<Batch | undefined> {
  return batchOf(await store.read(batchStream(batchId)));
}

const batchOf = once((entries): Batch | undefined => {
  const first = entries[0];
  if (first === undefined) return undefined;
  const { source, level, unit, code } = dataOf(first, opened);
  const versions = ofKind(entries, 'frozen').map((entry) => ({ ...dataOf(entry, frozen), by: entry.by, at: entry.at }));
  const newest = versions.at(-1);
  const isNewest = ({ version }: { readonly version: number }) => version === newest?.version;
  const everDecided = ofKind(entries, 'decided').map((entry) => ({
    ...dataOf(entry, decided),
    by: entry.by,
    at: entry.at,
    seq: entry.seq,
  }));
  const onNewest = everDecided.filter(isNewest);
  const reopenings = ofKind(entries, 'reopened')
    .map((entry) => ({ ...dataOf(entry, reopened), seq: entry.seq }))
    .filter(isNewest);
  const lastReopening = reopenings.at(-1)?.seq ?? 0;
  const sinceReopening = (kind: string) => ofKind(entries, kind).filter(({ seq }) => seq > lastReopening);
  const abortion = ofKind(entries, 'aborted').at(-1);
  const provincial = ofKind(entries, 'provincial-decision')
    .map((entry) => ({ ...dataOf(entry, provincialDecision), by: entry.by, at: entry.at }))
    .findLast(isNewest);
  const papers = ofKind(entries, 'papers-written')
    .map((entry) => ({ ...dataOf(entry, papersWritten), at: entry.at }))
    .findLast(isNewest);
  return {
    id: first.stream.slice(batchStream('').length),
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
    asked: sinceReopening('asked')
      .map((entry) => ({ ...dataOf(entry, asked), at: entry.at }))
      .filter(isNewest),
    // A reopening takes back its own step and those after it.
    decisions: onNewest.filter(
      ({ step, seq }) => !reopenings.some((back) => back.seq > seq && !isBefore(step, back.step)),
    ),
    everDecided,
    reopenings: reopenings.length,
    reminded: stepsNoted(sinceReopening('reminded'), isNewest),
    escalated: stepsNoted(sinceReopening('escalated'), isNewest),
    seen: ofKind(entries, 'seen').map((entry) => ({ by: entry.by, version: dataOf(entry, seen).version })),
    takenOut: new Map(
      onNewest.flatMap(({ takeOut, by, at }) =>
        takeOut.map(({ part, reason, toUnit = false }) => [part, { by, at, reason, toUnit }] as const),
      ),
    ),
    ...(abortion === undefined ? {} : { aborted: { ...dataOf(abortion, aborted), by: abortion.by, at: abortion.at } }),
    ...(provincial === undefined ? {} : { provincial }),
    letters: ofKind(entries, 'letter-signed')
      .map((entry) => ({ ...dataOf(entry, signedLetter), by: entry.by, at: entry.at }))
      .filter(isNewest),
    ...(papers === undefined ? {} : { papers }),
    isReleased: ofKind(entries, 'released').length > 0,
    isReported: ofKind(entries, 'reported').length > 0,
  };
});

/** Whether the route comes to the one step before it comes to the other. */
export function isBefore(one: StepName, other: StepName): boolean {
  return stepNames.indexOf(one) < stepNames.indexOf(other);
}

/** Whether the account decided it, or had it decided in their right. */
export function isDecidedBy({ by, onBehalfOf }: Pick<Decided, 'by' | 'onBehalfOf'>, account: string): boolean {
  return by === account || onBehalfOf === account;
}

function stepsNoted(
  entries: readonly Entry[],
  isNewest: (of: { readonly version: number }) => boolean,
): readonly StepName[] {
  return entries
    .map((entry) => dataOf(entry, stepNoted))
    .filter(isNewest)
    .map(({ step }) => step);
}

/** Why the batch will not be paid and gives its people back: a confirmer rejected it, or its maker's office ended it. */
export function stoppedBy(batch: Batch): { readonly reason: string; readonly by: string } | undefined {
  const rejection = batch.decisions.find(({ outcome }) => outcome === 'rejected');
  return rejection === undefined ? batch.aborted : { reason: rejection.reason ?? '', by: rejection.by };
}

/** Whether the batch has ended or is about to, and takes no further act of approval. */
export function isStopped(batch: Batch): boolean {
  return batch.isReleased || stoppedBy(batch) !== undefined || batch.differing.length > 0;
}

/** In what somebody has prepared this list, or is paid by it, if in anything: they confirm nothing of it. */
export function preparedIn(
  list: FrozenList,
  { id, citizenDigest }: { readonly id: string; readonly citizenDigest?: string },
): 'submitted' | 'passed-on' | 'appraised' | 'prepared' | 'paid' | undefined {
  for (const part of list.parts) {
    if (part.submittedBy === id) return 'submitted';
    if (part.passedOnBy === id) return 'passed-on';
    if (part.appraisedBy === id) return 'appraised';
    if (part.preparedBy?.includes(id) === true) return 'prepared';
    if (citizenDigest !== undefined && part.citizenDigest === citizenDigest) return 'paid';
  }
  return undefined;
}

/** The content hash: over lines, sums, facts, law version, and each account's keyed digest, by way of the case hashes. */
export const contentHashOf = once((list: FrozenList): string => hashOf(list));

export function listText(list: FrozenList): string {
  return canonical(list);
}

/**
 * The frozen list of the newest version, or of the one that is given. Throws when the file is gone or does not match the
 * hash it was frozen with.
 */
export async function readFrozenList(files: Files, batch: Batch, of = batch.frozen): Promise<FrozenList> {
  if (of === undefined) throw new Error(`batch ${batch.id} is not frozen`);
  const read = listsRead(files);
  const known = read.get(of.contentHash);
  if (known !== undefined) return known;
  const content = await files.get(of.list);
  if (content === undefined) throw new Error(`the frozen list of batch ${batch.id} is gone`);
  // The file is the canonical text of the list, so its hash is the list's.
  if (sha256(content) !== of.contentHash) throw new Error(`the frozen list of batch ${batch.id} was altered`);
  const list = frozenList.parse(JSON.parse(new TextDecoder().decode(content)));
  const [oldest] = read.keys();
  if (oldest !== undefined && read.size >= mostListsKept) read.delete(oldest);
  read.set(of.contentHash, list);
  return list;
}

/** A page of a large batch reads its list time and again; what was read under its hash is the list for good. */
const listsRead = once<Map<string, FrozenList>, Files>(() => new Map());
const mostListsKept = 4;

/** What the batch's row says of it while it waits: the list less everyone taken out, and since when it waits. */
export function standing({ code, level, frozen: newest, takenOut, everDecided }: Batch, since: string): BatchSummary {
  const { version, people, total } = newest ?? { version: 0, people: 0, total: '0' };
  let left = BigInt(total);
  for (const one of everDecided) {
    if (one.version === version) for (const out of one.takeOut) left -= BigInt(out.total);
  }
  return { code, level, version, people: people - takenOut.size, total: left.toString(), since };
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
  /** The step that is past its limit. */
  overdue: z.enum(stepNames).optional(),
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

/**
 * Whether every confirmation that the newest version needs was given on its very hash, and the People's Committee has
 * decided the same people and sum. Nothing is ordered before.
 */
export function isDecided(batch: Batch, list: FrozenList): boolean {
  const { frozen: newest, provincial } = batch;
  if (newest === undefined || provincial === undefined || isStopped(batch)) return false;
  const isConfirmed = newest.steps.every((step) =>
    batch.decisions.some(
      (one) => one.step === step && one.outcome === 'confirmed' && one.contentHash === newest.contentHash,
    ),
  );
  const { parts, total } = payable(batch, list);
  const isSame = provincial.people === parts.length && BigInt(provincial.total) === total;
  return isConfirmed && isSame && provincial.contentHash === newest.contentHash;
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
