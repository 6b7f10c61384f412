/** A part is a case's lines of one funding source: what is batched, confirmed, ordered, and has the lifecycle. */
import * as z from 'zod';
import type { Instant } from '../calendar.ts';
import { type Case, marksOf, readCase } from './case.ts';
import { dataOf, once } from './history.ts';
import { type Account, mayReach } from './access.ts';
import { firstStatus, mayFollow, type Status, statuses } from './lifecycle.ts';
import { type Change, type Entry, lastRow, type NewEntry, type Row, type Store } from './store.ts';
import { payingSources, shareOf, sourcesOf } from './shares.ts';
import { type Block, blocks, budgetLevels, type Source, sources } from './unit.ts';

/** The row's summary; lists and tallies read it. */
export const partSummary = z.object({
  caseId: z.string(),
  /** What an appraisal of it now would be bound to. */
  caseHash: z.string(),
  total: z.string().regex(/^\d+$/),
  regime: z.string(),
  employer: z.string(),
  block: z.enum(blocks),
  level: z.enum(budgetLevels),
  marks: z.array(z.string()),
  open: z.array(z.string()),
  /** The Party Organisation Board has not passed it on yet; it may be held meanwhile. */
  isWithBoard: z.boolean().optional(),
  /** Since when the part is in its status. */
  since: z.string(),
  monthsEarly: z.number().int(),
  /** The leave date; rows written before it was kept lack it. */
  leaveOn: z.string().exactOptional(),
  /** Pays the rest after a recomputation: the person is counted with the part that paid first. */
  isDifference: z.boolean().optional(),
  /** Another source pays the rest of the case: the person is counted with that part. */
  isFurther: z.boolean().optional(),
  reference: z.string().optional(),
  slip: z.string().optional(),
  reason: z.string().optional(),
  /** An account correction waits for a second person, or Finance may order again. */
  mending: z.enum(['proposed', 'confirmed', 'again']).optional(),
});
export type PartSummary = z.infer<typeof partSummary>;

/** What an appraiser may find wrong in a case, in the order of the unit's form. */
export const returnableFields = {
  person: { vi: 'Họ tên, ngày sinh, số định danh', en: 'Name, birth, citizen id' },
  subject: { vi: 'Đối tượng, chức danh', en: 'Subject group, post' },
  decision: { vi: 'Quyết định nghỉ, ngày nghỉ', en: 'Decision and day of leaving' },
  document: { vi: 'Văn bản sắp xếp tổ chức', en: 'Document of the reorganisation' },
  service: { vi: 'Thời gian công tác, đóng bảo hiểm', en: 'Service and insurance periods' },
  pay: { vi: 'Lương, phụ cấp', en: 'Pay and allowances' },
  account: { vi: 'Tài khoản nhận tiền', en: 'Account' },
  source: { vi: 'Đơn vị chi trả, nguồn, cấp ngân sách', en: 'Paying unit, source, level' },
  papers: { vi: 'Giấy tờ kèm theo', en: 'Papers' },
  other: { vi: 'Nội dung khác', en: 'Anything else' },
} as const;
export const returnableFieldNames = [
  'person',
  'subject',
  'decision',
  'document',
  'service',
  'pay',
  'account',
  'source',
  'papers',
  'other',
] as const satisfies readonly (keyof typeof returnableFields)[];

const returnReason = z.object({
  field: z.enum(returnableFieldNames),
  reason: z.string(),
});
export type ReturnReason = z.infer<typeof returnReason>;

/** A payment that was made before this system or beside it, with its evidence. */
export const elsewhere = z.object({
  amount: z.string().regex(/^\d+$/),
  on: z.string(),
  document: z.string(),
  /** Code of the unit that paid. */
  paidBy: z.string(),
  /** The scanned evidence, in Files. */
  paper: z.string(),
  /** The list it stands in, which names who brought it and who confirmed it. */
  list: z.string(),
});
export type Elsewhere = z.infer<typeof elsewhere>;

/** What every entry of a part says, and what some say besides. */
const partEntry = z.object({
  status: z.enum(statuses),
  batch: z.string().optional(),
  version: z.number().optional(),
  caseHash: z.string().optional(),
  reference: z.string().optional(),
  attempt: z.number().optional(),
  slip: z.string().optional(),
  reason: z.string().optional(),
  /** For `with-unit`: each field that is wrong, and why. */
  reasons: z.array(returnReason).optional(),
  /** For `held`: the status to which it goes back. */
  heldFrom: z.enum(statuses).optional(),
  /** For `paid-elsewhere`. */
  elsewhere: elsewhere.exactOptional(),
});
export type PartEntry = z.infer<typeof partEntry>;

export interface Part {
  readonly id: string;
  readonly caseId: string;
  readonly source: Source;
  readonly entries: readonly Entry[];
  readonly status: Status;
  readonly last: PartEntry;
  /** The batch that holds it, while one does. */
  readonly batch?: { readonly id: string; readonly version: number };
  /** The case hash of the last appraisal, and who made it. */
  readonly appraised?: { readonly caseHash: string; readonly by: string };
  /** The case hash on which the Party Organisation Board passed it on. */
  readonly passedOn?: { readonly caseHash: string; readonly by: string };
  /** The newest order. */
  readonly ordered?: { readonly reference: string; readonly attempt: number; readonly slip: string };
  /** Finance asked for a new order after the last one came back. */
  readonly wantsOrder: boolean;
  /** A held part's status before. */
  readonly heldFrom?: Status;
  /** When the newest order was written, and whether an account was confirmed since. */
  readonly isMended: boolean;
}

export function partStream(partId: string): string {
  return `part/${partId}`;
}

export function partIdOf(caseId: string, source: string): string {
  return `${caseId}.${source}`;
}

export function caseIdOf(partId: string): string {
  return partId.split('.')[0] ?? partId;
}

const sourceName = z.enum(sources);
export const sourceOf = (partId: string) => sourceName.parse(partId.split('.')[1]);

export async function readPart(store: Store, partId: string): Promise<Part | undefined> {
  return partOf(await store.read(partStream(partId)));
}

const partOf = once((entries): Part | undefined => {
  const partId = entries[0]?.stream.slice(partStream('').length) ?? '';
  const newestEntry = entries.at(-1);
  if (newestEntry === undefined) return undefined;
  const last = dataOf(newestEntry, partEntry);
  const newestOf = (...kinds: readonly string[]) => entries.findLast(({ kind }) => kinds.includes(kind));
  const newest = (...kinds: readonly string[]) => {
    const entry = newestOf(...kinds);
    return entry === undefined ? undefined : { entry, data: dataOf(entry, partEntry) };
  };
  const held = newest('in-batch', 'released');
  const appraisal = newest('appraised');
  const order = newest('ordered')?.data;
  const passedOn = newest('board-appraised');
  return {
    id: partId,
    caseId: caseIdOf(partId),
    source: sourceOf(partId),
    entries,
    status: last.status,
    last,
    ...(held?.entry.kind === 'in-batch' && held.data.batch !== undefined && held.data.version !== undefined
      ? { batch: { id: held.data.batch, version: held.data.version } }
      : {}),
    ...(appraisal === undefined
      ? {}
      : { appraised: { caseHash: appraisal.data.caseHash ?? '', by: appraisal.entry.by } }),
    ...(passedOn === undefined ? {} : { passedOn: { caseHash: passedOn.data.caseHash ?? '', by: passedOn.entry.by } }),
    ...(order?.reference !== undefined && order.attempt !== undefined && order.slip !== undefined
      ? { ordered: { reference: order.reference, attempt: order.attempt, slip: order.slip } }
      : {}),
    wantsOrder: newestOf('ordered', 'order-again')?.kind === 'order-again',
    isMended: newestOf('ordered', 'account-confirmed')?.kind === 'account-confirmed',
    ...heldFromOf(newest('hold')?.data),
  };
});

function heldFromOf(hold: PartEntry | undefined): Pick<Part, 'heldFrom'> {
  return hold?.heldFrom === undefined ? {} : { heldFrom: hold.heldFrom };
}

/** What the Treasury or the bank said when the money last came back. */
export function cameBackBecause({ entries }: Pick<Part, 'entries'>): string | undefined {
  const last = entries.findLast(({ kind }) => kind === 'returned' || kind === 'refused');
  return last === undefined ? undefined : dataOf(last, partEntry).reason;
}

/** The parts that a case has, the one that counts the person first. */
export async function readParts(store: Store, of: Case): Promise<readonly Part[]> {
  const found: Part[] = [];
  for (const source of sourcesOf(of.submitted)) {
    const part = await readPart(store, partIdOf(of.id, source));
    if (part !== undefined) found.push(part);
  }
  return found.toSorted((one, other) => Number(isFurther(of, one.source)) - Number(isFurther(of, other.source)));
}

/** Whether another part of the case counts the person. */
function isFurther(of: Case, source: string): boolean {
  const [first = of.submitted.source] = payingSources(of);
  return source !== first;
}

/** The case and its parts, for an account that may see them. */
export async function openCase(
  store: Store,
  caseId: string,
  account: Account,
): Promise<{ readonly of: Case; readonly parts: readonly Part[] } | undefined> {
  const of = await readCase(store, caseId);
  if (of === undefined) return undefined;
  const parts = await readParts(store, of);
  const isOpen =
    parts.length === 0 ? mayOpen(account, of, undefined) : parts.some((part) => mayOpen(account, of, part));
  return isOpen ? { of, parts } : undefined;
}

/** Whether the account may see the case, whose part may not be there yet. */
export function mayOpen(
  account: Account,
  { submitted: { payingUnit: unit, block } }: Case,
  part: Part | undefined,
): boolean {
  const hasPassed = part?.passedOn !== undefined;
  return mayReach(account, { unit, block, isWithBoard: isStillWithBoard(block, hasPassed, part && standsAt(part)) });
}

/** A case of the Party block that its board has not passed on as it is now, whatever else became of it. */
function isStillWithBoard(block: Block, hasPassed: boolean, at: Status | undefined): boolean {
  return block === 'party' && (!hasPassed || at === 'with-party-board');
}

/** Where a part stands; of a held one, where it goes on from. */
export function standsAt({ status, heldFrom }: Pick<Part, 'status' | 'heldFrom'>): Status | undefined {
  return status === 'held' ? heldFrom : status;
}

const standingOfRow = partSummary.pick({ block: true, isWithBoard: true });

/** The same of a part's row. */
export function mayReachRow(account: Account, { unit = '', summary }: Row): boolean {
  const { block, isWithBoard = false } = standingOfRow.parse(summary);
  return mayReach(account, { unit, block, isWithBoard });
}

/**
 * The part of a case that is computed anew, back to be appraised; held when its source pays nothing any more. Takes the
 * case as it is computed now.
 */
export function assessedAnew(now: Case, part: Part, at: Instant): Change {
  const { caseHash } = now;
  const heldFrom = firstStatus(now.submitted.block);
  const isPaid = shareOf(now, part.source).total > 0n;
  if (part.status !== 'held' && isPaid) {
    return partChange(now, part, [{ kind: 'reassessed', at, by: 'system', data: { status: heldFrom, caseHash } }]);
  }
  const reason = isPaid ? part.last.reason : noSum;
  const why = reason === undefined ? {} : { reason };
  const data = { status: 'held' as const, caseHash, heldFrom, ...why };
  return partChange(now, part, [{ kind: 'hold', at, by: 'system', data }], why);
}

const noSum = 'Tính lại: không còn đủ điều kiện hoặc cần người có thẩm quyền quyết định';

export interface Step {
  readonly kind: string;
  readonly at: Instant;
  readonly by: string;
  readonly data: PartEntry;
}

/**
 * The change that takes a part through some steps, with its new row. Throws when the lifecycle does not allow one:
 * use cases look before they act, so that is a fault.
 */
export function partChange(
  of: Case,
  part: Pick<Part, 'id' | 'entries'> & Partial<Pick<Part, 'status' | 'batch' | 'ordered'>>,
  steps: readonly Step[],
  summary: Partial<PartSummary> = {},
): Change {
  let status = part.status;
  let batch = part.batch?.id;
  const entries: NewEntry[] = [];
  for (const { kind, at, by, data } of steps) {
    if (status !== undefined && status !== data.status && !mayFollow(status, data.status)) {
      throw new RangeError(`part ${part.id}: ${data.status} may not follow ${status}`);
    }
    status = data.status;
    if (kind === 'in-batch') batch = data.batch;
    if (kind === 'released') batch = undefined;
    entries.push({ kind, at, by, data });
  }
  const { at: since = '', data } = steps.at(-1) ?? {};
  const hasPassed = [...part.entries, ...steps].some(({ kind }) => kind === 'board-appraised');
  const isWithBoard = isStillWithBoard(of.submitted.block, hasPassed, status === 'held' ? data?.heldFrom : status);
  return {
    stream: partStream(part.id),
    readAt: part.entries.length,
    entries,
    row: partRow(of, part.id, status ?? 'assessed', batch, {
      ...orderOf(part),
      ...(isWithBoard ? { isWithBoard } : {}),
      ...summary,
      since,
    }),
  };
}

/**
 * The change that takes an ordered part one step on. From its order until its result nothing of the case moves, so that the row
 * is the one last written, moved on; the case need not be read. Throws when the lifecycle does not allow the step.
 */
export function orderedPartMoved(part: Part, { kind, at, by, data }: Step): Change {
  if (!mayFollow(part.status, data.status))
    throw new RangeError(`part ${part.id}: ${data.status} may not follow ${part.status}`);
  const { stream, ...row } = lastRow(part.entries) ?? missingRow(part.id);
  const { reason: _reason, mending: _mending, ...summary } = row.summary;
  const why = data.reason === undefined ? {} : { reason: data.reason };
  return {
    stream,
    readAt: part.entries.length,
    entries: [{ kind, at, by, data }],
    row: { ...row, status: data.status, summary: { ...summary, ...why, since: at } },
  };
}

function missingRow(partId: string): never {
  throw new Error(`part ${partId} has no row`);
}

function orderOf({ ordered }: Partial<Pick<Part, 'ordered'>>): Partial<PartSummary> {
  return ordered === undefined ? {} : { reference: ordered.reference, slip: ordered.slip };
}

function partRow(
  of: Case,
  partId: string,
  status: Status,
  batch: string | undefined,
  summary: Partial<PartSummary> & { readonly since: string },
): Omit<Row, 'stream'> {
  const { submitted: given, assessment } = of;
  const entitled = assessment.outcome === 'entitled' ? assessment : undefined;
  const whole: PartSummary = {
    caseId: of.id,
    caseHash: of.caseHash,
    total: shareOf(of, sourceOf(partId)).total.toString(),
    regime: entitled?.regime ?? '',
    employer: given.employer,
    block: given.block,
    level: given.level,
    marks: [...marksOf(of)],
    open: assessment.open,
    monthsEarly: entitled?.figures.monthsEarly ?? 0,
    ...(given.facts.leaving?.on === undefined ? {} : { leaveOn: given.facts.leaving.on }),
    ...(given.difference === undefined ? {} : { isDifference: true }),
    ...(isFurther(of, sourceOf(partId)) ? { isFurther: true } : {}),
    ...(of.proposed === undefined ? {} : { mending: 'proposed' }),
    ...summary,
  };
  return {
    kind: 'part',
    status,
    unit: given.payingUnit,
    source: sourceOf(partId),
    ...(batch === undefined ? {} : { batch }),
    summary: whole,
  };
}
