/**
 * Use case: the Finance officer makes a batch of appraised parts of one source and level, and freezes it. The parts
 * are taken one small commit after another; what was taken is then frozen as a list with its content hash.
 */
import {
  type Batch,
  batchRow,
  batchStream,
  contentHashOf,
  type FrozenList,
  type FrozenPart,
  isDecidedBy,
  isStopped,
  listText,
  preparedIn,
  readBatch,
  readFrozenList,
} from '../case/batch.ts';
import { type Case, lacksAccount, readCase, marksOf } from '../case/case.ts';
import { commitDeciding, groupsOf, readEach } from '../case/history.ts';
import { caseIdOf, type Part, partChange, readPart } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { reserveList } from '../case/reservations.ts';
import { shareOf } from '../case/shares.ts';
import { allRows, type Change } from '../case/store.ts';
import type { BudgetLevel, Source } from '../case/unit.ts';
import { sum } from '../dong.ts';
import { followBatch } from './follow.ts';
import { readFurtherLevel, stepsFor } from './further-level.ts';
import { endBatch, releaseStrays } from './release.ts';

const groupSize = 25;

export interface BatchWish {
  readonly batchId: string;
  readonly source: Source;
  readonly level: BudgetLevel;
  /** One paying unit alone; left out, all of them. */
  readonly unit?: string;
  readonly by: string;
  /** Of the maker, where it is known: nobody makes the batch that pays them. */
  readonly citizenDigest?: string;
  /** Why the list is frozen anew; for the first version there is none. */
  readonly reason?: string;
}

/**
 * Freezes the next version of the batch (the first one, when the batch is new). Run again after a kill it goes on.
 * Refuses when there is nothing to freeze, or when a version is not at a point where it may be replaced.
 */
export async function freezeBatch(
  wish: BatchWish,
  ports: Ports,
  progress: (done: number) => void = () => {},
): Promise<{ readonly outcome: 'frozen'; readonly version: number } | Refused> {
  const wanted = await wantedParts(wish, ports);
  if (wanted.length === 0 && (await readBatch(ports.store, wish.batchId)) === undefined) return nothingToFreeze;
  const opened = await openBatch(wish, ports);
  if (opened.outcome === 'frozen') await ports.desk.start(wish.batchId);
  if (opened.outcome !== 'opened') return opened;
  const version = opened.version;
  // Who was taken out of the version before goes back to Home Affairs first, whatever the subscriber has done yet.
  await followBatch(wish.batchId, ports);
  const before = await readBatch(ports.store, wish.batchId);
  await takeParts(
    wanted,
    { ...wish, version, actors: before === undefined ? new Set() : actorsOf(before) },
    ports,
    progress,
  );
  const taken = [...wanted, ...(await listedBefore(before, ports))];
  const list = await listOf(wish, version, taken, ports);
  if (list.parts.length === 0) {
    // Somebody was faster: nobody waits for a batch that has no list.
    await releaseStrays(wish.batchId, nothingToFreeze.why.vi, ports, taken);
    await endBatch(wish.batchId, nothingToFreeze.why.vi, ({ frozen }) => frozen === undefined, ports);
    return nothingToFreeze;
  }
  if (preparedIn(list, makerOf(wish)) !== undefined) {
    await releaseStrays(wish.batchId, preparedByMaker.why.vi, ports, taken);
    await endBatch(wish.batchId, preparedByMaker.why.vi, ({ frozen }) => frozen === undefined, ports);
    return preparedByMaker;
  }
  const refusal = await commitFrozen(wish, version, list, ports);
  if (refusal !== undefined) {
    await releaseStrays(wish.batchId, refusal.why.vi, ports, taken);
    return refusal;
  }
  const now = await readBatch(ports.store, wish.batchId);
  if (now !== undefined) await reserveList(now, ports);
  await ports.desk.start(wish.batchId);
  return { outcome: 'frozen', version };
}

function makerOf({ by: id, citizenDigest }: BatchWish) {
  return citizenDigest === undefined ? { id } : { id, citizenDigest };
}

const preparedByMaker = refused(
  'Đồng chí đã lập, sửa hoặc thẩm định hồ sơ trong danh sách này (ở vai trò trước đây), hoặc được chi trả trong danh sách, nên không được lập đợt. Hãy để chuyên viên khác lập.',
  'You submitted, corrected or appraised a case of this list (in an earlier role), or are paid by it, so you may not make the batch. Let another officer make it.',
);

const endedWithoutList = refused(
  'Đợt này đã kết thúc mà không có danh sách. Hãy lập đợt mới.',
  'This batch has ended without a list. Make a new one.',
);

const nothingToFreeze = refused(
  'Không còn hồ sơ nào đã thẩm định thuộc nguồn và cấp ngân sách này. Hãy chờ Sở Nội vụ thẩm định thêm.',
  'No appraised case of this source and level is left. Wait until Home Affairs has appraised more.',
);

type Opened =
  | { readonly outcome: 'opened'; readonly version: number }
  | { readonly outcome: 'frozen'; readonly version: number };

async function openBatch(wish: BatchWish, { store, now }: Ports): Promise<Opened | Refused> {
  const batch = await readBatch(store, wish.batchId);
  if (batch !== undefined) return reopen(batch, wish);
  const { source, level, unit, by, batchId } = wish;
  const code = codeOf(batchId, now());
  const data = { source, level, code, ...(unit === undefined ? {} : { unit }) };
  const summary = { code, level, version: 0, people: 0, total: '0', since: now() };
  await store.commit([
    {
      stream: batchStream(batchId),
      readAt: 0,
      entries: [{ kind: 'opened', at: now(), by, data }],
      row: batchRow('freezing', source, summary),
    },
  ]);
  return { outcome: 'opened', version: 1 };
}

function reopen(batch: Batch, { reason, by }: BatchWish): Opened | Refused {
  if (batch.frozen === undefined && !batch.isReleased) return { outcome: 'opened', version: 1 };
  if (batch.frozen === undefined) return endedWithoutList;
  if (reason === undefined) return { outcome: 'frozen', version: batch.frozen.version };
  if (isStopped(batch) || batch.provincial !== undefined || !batch.isRecomputed) {
    return refused(
      'Đợt này không còn ở bước có thể chốt lại danh sách (đã trả lại, đã có quyết định của UBND tỉnh, hoặc đang được tính lại).',
      'This batch is past the point where its list may be frozen anew, or is being recomputed just now.',
    );
  }
  if (batch.everDecided.some((one) => isDecidedBy(one, by))) return decidedByMaker;
  return { outcome: 'opened', version: batch.frozen.version + 1 };
}

const decidedByMaker = refused(
  'Đồng chí đã xác nhận một bước của đợt này (ở vai trò trước đây), nên không được chốt lại danh sách. Hãy để chuyên viên khác chốt.',
  'You confirmed a step of this batch (in an earlier role), so you may not freeze its list anew. Let another officer do it.',
);

/** Short enough to read out: the day and four characters of the id. */
function codeOf(batchId: string, now: string): string {
  return `${now.slice(2, 10).replaceAll('-', '')}-${batchId.slice(-4).toUpperCase()}`;
}

/** Every appraised part that fits, by the late index; each is read again before it is taken. */
async function wantedParts(wish: BatchWish, { store }: Ports): Promise<readonly string[]> {
  const wanted: string[] = [];
  for await (const row of allRows(store, { kind: 'part', status: 'appraised', source: wish.source })) {
    if (row.summary['level'] === wish.level && (wish.unit === undefined || row.unit === wish.unit)) {
      wanted.push(row.stream.slice('part/'.length));
    }
  }
  return wanted;
}

/** Those of the version before stay taken. */
async function takeParts(
  wanted: readonly string[],
  wish: BatchWish & { readonly version: number; readonly actors: ReadonlySet<string> },
  { store, now }: Ports,
  progress: (done: number) => void,
): Promise<void> {
  let done = 0;
  for (const group of groupsOf(wanted, groupSize)) {
    await commitDeciding(store, async () => {
      const changes: Change[] = [];
      for (const partId of group) {
        const part = await readPart(store, partId);
        const of = await readCase(store, caseIdOf(partId));
        const isTakeable = part?.status === 'appraised' && part.appraised?.caseHash === of?.caseHash;
        if (!isTakeable || of === undefined) continue;
        // Whoever acts on the batch prepares nobody of it: these people are for another batch.
        if ([...preparersOf(of, part)].some((by) => by !== wish.by && wish.actors.has(by))) continue;
        // Nobody is paid to an account while the person's request for another one waits.
        if (of.proposed !== undefined || lacksAccount(of)) continue;
        // The Party block is never paid without its own board, whatever came in between.
        if (of.submitted.block === 'party' && part.passedOn?.caseHash !== of.caseHash) continue;
        const data = { status: 'in-batch', batch: wish.batchId, version: wish.version } as const;
        changes.push(partChange(of, part, [{ kind: 'in-batch', at: now(), by: wish.by, data }]));
      }
      return changes.length === 0 ? { stop: 'nothing to take' } : { changes };
    });
    done += group.length;
    progress(done);
  }
}

/** Whom the version before has. */
async function listedBefore(batch: Batch | undefined, { files }: Ports): Promise<readonly string[]> {
  return batch?.frozen === undefined ? [] : (await readFrozenList(files, batch)).parts.map(({ part }) => part);
}

/**
 * Of those who were just taken the late index may know nothing yet, so they are handed over; it tells whom an attempt that
 * was killed had taken.
 */
async function listOf(
  wish: BatchWish,
  version: number,
  taken: readonly string[],
  { store }: Ports,
): Promise<FrozenList> {
  const candidates = new Set(taken);
  for await (const { stream } of allRows(store, { kind: 'part', batch: wish.batchId }))
    candidates.add(stream.slice('part/'.length));
  const read = await readEach([...candidates].toSorted(), async (partId) =>
    Promise.all([readPart(store, partId), readCase(store, caseIdOf(partId))]),
  );
  const parts: FrozenPart[] = [];
  let law = '';
  for (const [part, of] of read) {
    if (part?.batch?.id !== wish.batchId || of?.assessment.outcome !== 'entitled' || part.batch.version > version)
      continue;
    law = of.assessment.law;
    const submittedBy = of.entries[0]?.by ?? '';
    const named = [submittedBy, part.appraised?.by, part.passedOn?.by];
    const preparedBy = [...preparersOf(of, part)].filter((by) => !named.includes(by)).toSorted();
    parts.push({
      part: part.id,
      caseHash: of.caseHash,
      total: shareOf(of, part.source).total.toString(),
      unit: of.submitted.payingUnit,
      regime: of.assessment.regime,
      accountDigest: of.account.digest,
      open: of.assessment.open,
      marks: [...marksOf(of)],
      appraisedBy: part.appraised?.by ?? '',
      submittedBy,
      ...(part.passedOn === undefined ? {} : { passedOnBy: part.passedOn.by }),
      ...(preparedBy.length === 0 ? {} : { preparedBy }),
      citizenDigest: of.submitted.citizenDigest,
    });
  }
  parts.sort((one, other) => (one.unit + one.part < other.unit + other.part ? -1 : 1));
  return { source: wish.source, level: wish.level, law, parts };
}

/** What people do to a part before it is batched. */
const preparing: readonly string[] = [
  'board-appraised',
  'appraised',
  'returned-to-unit',
  'answered',
  'account-confirmed',
];

/** Everybody who had a hand in the case: who submitted, corrected, attached, answered, appraised it, also what was appraised anew since. */
function preparersOf({ entries }: Case, part: Part): ReadonlySet<string> {
  const hands = [...entries, ...part.entries.filter(({ kind }) => preparing.includes(kind))];
  const all = new Set(hands.map(({ by }) => by));
  all.delete('system');
  return all;
}

/** Whoever made a version of the batch, decided on one, or had it decided in their right. */
function actorsOf({ versions, everDecided }: Batch): ReadonlySet<string> {
  const deciders = everDecided.flatMap(({ by, onBehalfOf }) => (onBehalfOf === undefined ? [by] : [by, onBehalfOf]));
  return new Set([...versions.map(({ by }) => by), ...deciders]);
}

async function commitFrozen(
  wish: BatchWish,
  version: number,
  list: FrozenList,
  ports: Ports,
): Promise<Refused | undefined> {
  const { store, files, now } = ports;
  const file = await files.put(new TextEncoder().encode(listText(list)));
  const total = sum(list.parts.map((part) => BigInt(part.total)));
  const committed = await commitDeciding<Refused | undefined>(store, async () => {
    const batch = await readBatch(store, wish.batchId);
    if (batch === undefined || batch.frozen?.version === version) return { stop: undefined };
    // The batch may have been decided or given back while its parts were taken.
    const again = reopen(batch, wish);
    if (again.outcome === 'refused') return { stop: again };
    const at = now();
    const data = {
      version,
      steps: stepsFor(total, await readFurtherLevel(store)),
      list: file,
      contentHash: contentHashOf(list),
      people: list.parts.length,
      total: total.toString(),
      law: list.law,
      ...(wish.reason === undefined ? {} : { reason: wish.reason }),
    };
    const summary = {
      code: batch.code,
      level: batch.level,
      version,
      people: list.parts.length,
      total: total.toString(),
      since: at,
    };
    return {
      changes: [
        {
          stream: batchStream(wish.batchId),
          readAt: batch.entries.length,
          entries: [{ kind: 'frozen', at, by: wish.by, data }],
          row: batchRow('in-approval', batch.source, summary, 'people'),
        },
      ],
    };
  });
  return committed.outcome === 'stopped' ? committed.stop : undefined;
}
