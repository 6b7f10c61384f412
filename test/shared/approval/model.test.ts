/**
 * Any sequence of acts of approval, right and wrong, by people whose roles change, with deaths and two at once: each
 * answer is foretold from the rules, and after each act the raw histories are asked whether the rules still hold.
 * Nothing here reads a batch or a part with the code under test. `MODEL_RUNS` makes it longer.
 */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { appraise } from '../../../shared/approval/appraise.ts';
import { decide, type Decision } from '../../../shared/approval/decide.ts';
import { delegate, endDelegation } from '../../../shared/approval/delegation.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { setFurtherLevel } from '../../../shared/approval/further-level.ts';
import { approvalNext } from '../../../shared/approval/next.ts';
import { recordProvincialDecision } from '../../../shared/approval/provincial-decision.ts';
import { releaseBatch } from '../../../shared/approval/release.ts';
import { abortBatch, reopenStep } from '../../../shared/approval/reopen.ts';
import { answerReturn, returnToUnit } from '../../../shared/approval/return.ts';
import { addDays } from '../../../shared/calendar.ts';
import type { Account, Role } from '../../../shared/case/access.ts';
import { readCase } from '../../../shared/case/case.ts';
import type { Facts } from '../../../shared/case/facts.ts';
import type { Files, Ports } from '../../../shared/case/ports.ts';
import type { Entry, Store } from '../../../shared/case/store.ts';
import { fundBatch } from '../../../shared/disbursement/fund.ts';
import { orderParts } from '../../../shared/disbursement/order.ts';
import { assessCase } from '../../../shared/entitlement/assess-case.ts';
import { reassess } from '../../../shared/entitlement/reassess.ts';
import { recompute } from '../../../shared/entitlement/recompute.ts';
import { correctFacts } from '../../../shared/intake/correct.ts';
import { diesAt, openProvince, type Province } from '../../province.ts';

const runs = Number(process.env['MODEL_RUNS'] ?? 100);
const mostCommands = 32;
const mostBatches = 4;
const begins = Date.parse('2026-03-02T03:00:00.000Z');
const second = 1000;
const hour = 3600 * second;

// The rules, stated once more and apart from the code.

const steps = ['people', 'money', 'province'] as const;
type StepName = (typeof steps)[number];
const leaderOf: Readonly<Record<StepName, Role>> = {
  people: 'home-affairs-leader',
  money: 'finance-leader',
  province: 'leadership',
};
/** Whom a leader's step may be delegated to: a deputy of the same role, or an officer of the same department. */
const officerOf: Readonly<Record<StepName, Role | undefined>> = {
  people: 'home-affairs-officer',
  money: 'finance-officer',
  province: undefined,
};
const leads = ({ role }: Account, step: string) => steps.some((one) => one === step && leaderOf[one] === role);
const ledBy = (role: Role) => steps.find((step) => leaderOf[step] === role);
const rank = (step: string) => steps.findIndex((one) => one === step);

/** The day in Viet Nam. */
function dayOf(at: string | number): string {
  return new Date(new Date(at).getTime() + 7 * hour).toISOString().slice(0, 10);
}

const hashed = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

// The raw record.

const said = z.object({
  step: z.string().default(''),
  version: z.number().default(0),
  contentHash: z.string().default(''),
  caseHash: z.string().default(''),
  outcome: z.string().default(''),
  steps: z.array(z.string()).default([]),
  list: z.string().default(''),
  people: z.number().default(0),
  total: z.string().default(''),
  takeOut: z.array(z.object({ part: z.string(), total: z.string(), toUnit: z.boolean().default(false) })).default([]),
  onBehalfOf: z.string().optional(),
  delegation: z.string().optional(),
  shown: z.string().default(''),
  number: z.string().default(''),
  status: z.string().default(''),
  batch: z.string().default(''),
  reference: z.string().default(''),
  fromTotal: z.string().optional(),
  from: z.string().default(''),
  to: z.string().default(''),
  since: z.string().default(''),
  until: z.string().default(''),
  part: z.string().default(''),
  amount: z.string().default(''),
  decision: z.string().default(''),
  /** Of the facts, what the corrections here change. */
  facts: z.object({ service: z.array(z.object({ from: z.string() })).default([]) }).optional(),
});
type Said = z.infer<typeof said>;
type Told = Pick<Entry, 'seq' | 'at' | 'by' | 'kind'> & Said;

const listed = z.object({ parts: z.array(z.object({ part: z.string(), caseHash: z.string(), total: z.string() })) });
type Listed = z.infer<typeof listed>['parts'][number];

interface BatchRecord {
  readonly id: string;
  readonly entries: readonly Told[];
  readonly frozen: readonly Told[];
  readonly newest: Told | undefined;
  readonly list: readonly Listed[];
  readonly decided: readonly Told[];
  /** On the newest version, and taken back by no reopening. */
  readonly inForce: readonly Told[];
  readonly reopenings: number;
  readonly takenOut: ReadonlySet<string>;
  readonly provincial: Told | undefined;
  readonly isRecomputed: boolean;
  readonly isDiffering: boolean;
  readonly isReleased: boolean;
  /** Rejected or aborted. */
  readonly isGivenUp: boolean;
  /** Given up, released, or computed otherwise. */
  readonly isOver: boolean;
}

interface PartRecord {
  readonly id: string;
  readonly caseId: string;
  readonly level: string;
  readonly isParty: boolean;
  readonly entries: readonly Told[];
  readonly case: readonly Told[];
  readonly status: string;
  readonly holder: string | undefined;
  readonly caseHash: string;
  /** A fact was corrected, and nothing is computed from it yet. */
  readonly isStale: boolean;
}

interface DelegationRecord extends Said {
  readonly id: string;
  readonly entries: readonly Told[];
  readonly isEnded: boolean;
}

interface Known {
  readonly batches: ReadonlyMap<string, BatchRecord>;
  readonly parts: readonly PartRecord[];
  readonly delegations: readonly DelegationRecord[];
  readonly furtherFrom: string | undefined;
}

// The world of one run.

interface Model {
  readonly people: Map<string, Account>;
  /** Every role that somebody had, and since when. */
  readonly roles: { readonly id: string; readonly role: Role; readonly at: string }[];
  readonly batches: string[];
  readonly delegations: string[];
  readonly sent: { readonly decision: Decision; readonly by: string }[];
  readonly trace: string[];
  clock: number;
}

interface World {
  readonly store: SqliteStore;
  readonly files: Files;
  readonly ports: Ports;
  readonly model: Model;
}

let province: Province;
let base: readonly Entry[];
let seed: readonly Pick<PartRecord, 'id' | 'caseId' | 'level' | 'isParty'>[];
let originalFacts: ReadonlyMap<string, Facts>;
let units: readonly string[];
let payees: readonly string[];

beforeAll(async () => {
  province = await openProvince({ people: 6, partyPeople: 1 });
  base = [...province.store.held().entries].map((entry) => ({ ...entry, at: new Date(begins - hour).toISOString() }));
  const rows = await province.rows();
  seed = rows.map(({ stream, summary }) => {
    const id = stream.slice('part/'.length);
    const caseId = id.split('.')[0] ?? '';
    return { id, caseId, level: String(summary['level']), isParty: summary['block'] === 'party' };
  });
  const cases = await Promise.all(seed.map(async ({ caseId }) => readCase(province.store, caseId)));
  originalFacts = new Map(cases.flatMap((of) => (of === undefined ? [] : [[of.id, of.submitted.facts]])));
  payees = cases.map((of) => of?.submitted.citizenDigest ?? '');
  units = [...new Set(rows.map(({ unit = '' }) => unit))];
});

afterAll(async () => province.close());

const staff: readonly (readonly [id: string, role: Role, isDeputy?: true])[] = [
  ['demo-unit-clerk', 'unit-clerk'],
  ['clerk-2', 'unit-clerk'],
  ['board', 'party-board-officer'],
  ['officer-h1', 'home-affairs-officer'],
  ['officer-h2', 'home-affairs-officer'],
  ['leader-h', 'home-affairs-leader'],
  ['deputy-h', 'home-affairs-leader', true],
  ['officer-f1', 'finance-officer'],
  ['officer-f2', 'finance-officer'],
  ['leader-f', 'finance-leader'],
  ['deputy-f', 'finance-leader', true],
  ['leader-p', 'leadership'],
  ['deputy-p', 'leadership', true],
];
/** This one is paid by a list. */
const paidOfficial = 'deputy-p';

function accountAs(id: string, role: Role, isDeputy = false): Account {
  return {
    id,
    name: id,
    email: `${id}@x.example`,
    role,
    units: role === 'unit-clerk' ? units : [],
    ...(isDeputy ? { isDeputy: true as const } : {}),
    ...(id === paidOfficial ? { citizenDigest: payees.at(-1) ?? '' } : {}),
  };
}

async function copyOf(entries: Iterable<Entry>): Promise<SqliteStore> {
  const store = openSqliteStore(':memory:');
  for (const { stream, seq, at, by, kind, data, effects } of entries) {
    const done = effects === '' ? {} : JSON.parse(effects);
    await store.commit([{ stream, readAt: seq - 1, entries: [{ at, by, kind, data: JSON.parse(data) }], ...done }]);
  }
  return store;
}

async function newWorld(): Promise<World> {
  const store = await copyOf(base);
  const people = new Map(staff.map(([id, role, isDeputy]) => [id, accountAs(id, role, isDeputy)]));
  const model: Model = {
    people,
    roles: staff.map(([id, role]) => ({ id, role, at: '' })),
    batches: [],
    delegations: [],
    sent: [],
    trace: [],
    clock: begins,
  };
  const kept = new Map<string, Uint8Array>();
  const files: Files = {
    put: async (content) => {
      kept.set(hashed(content), content);
      return hashed(content);
    },
    get: async (hash) => kept.get(hash),
  };
  const ports: Ports = {
    ...province.still,
    store,
    files,
    directory: {
      holding: async (role) =>
        [...people.values()]
          .filter((one) => one.role === role)
          .toSorted((one, other) => Number(one.isDeputy ?? false) - Number(other.isDeputy ?? false)),
      nameOf: async (id) => id,
      find: async (id) => people.get(id),
    },
    now: () => {
      model.clock += 1;
      return new Date(model.clock).toISOString();
    },
  };
  return { store, files, ports, model };
}

async function told(store: Store, stream: string): Promise<readonly Told[]> {
  return (await store.read(stream)).map(({ seq, at, by, kind, data }) => ({
    ...said.parse(JSON.parse(data)),
    seq,
    at,
    by,
    kind,
  }));
}

async function readKnown({ store, files, model }: Pick<World, 'store' | 'files' | 'model'>): Promise<Known> {
  const batches = new Map<string, BatchRecord>();
  for (const id of model.batches) {
    const entries = await told(store, `batch/${id}`);
    if (entries.length > 0) batches.set(id, await batchRecord(id, entries, files));
  }
  const parts: PartRecord[] = [];
  for (const one of seed) {
    const entries = await told(store, `part/${one.id}`);
    const history = await told(store, `case/${one.caseId}`);
    const held = entries.findLast(({ kind }) => kind === 'in-batch' || kind === 'released');
    const computed = history.findLast(({ kind }) => kind === 'assessed');
    parts.push({
      ...one,
      entries,
      case: history,
      status: entries.at(-1)?.status ?? '',
      holder: held?.kind === 'in-batch' ? held.batch : undefined,
      caseHash: computed?.caseHash ?? '',
      isStale: servedSince(history) !== servedSince(history.filter(({ seq }) => seq < (computed?.seq ?? 0))),
    });
  }
  const delegations: DelegationRecord[] = [];
  for (const id of model.delegations) {
    const entries = await told(store, `delegation/${id}`);
    const [first] = entries;
    if (first !== undefined)
      delegations.push({ ...first, id, entries, isEnded: entries.some(({ kind }) => kind === 'ended') });
  }
  const furtherFrom = (await told(store, 'settings/further-level')).at(-1)?.fromTotal;
  return { batches, parts, delegations, furtherFrom };
}

/** As the facts say it that were stated last. */
function servedSince(history: readonly Told[]): string | undefined {
  return history.findLast(({ facts }) => facts !== undefined)?.facts?.service[0]?.from;
}

async function batchRecord(id: string, entries: readonly Told[], files: Files): Promise<BatchRecord> {
  const frozen = entries.filter(({ kind }) => kind === 'frozen');
  const newest = frozen.at(-1);
  const ofNewest = (kind: string) => entries.filter((one) => one.kind === kind && one.version === newest?.version);
  const decided = entries.filter(({ kind }) => kind === 'decided');
  const inForce = ofNewest('decided').filter(
    ({ seq, step }) => !ofNewest('reopened').some((back) => back.seq > seq && rank(back.step) <= rank(step)),
  );
  const isReleased = entries.some(({ kind }) => kind === 'released');
  const isGivenUp =
    entries.some(({ kind }) => kind === 'aborted') || inForce.some(({ outcome }) => outcome === 'rejected');
  const isDiffering = ofNewest('recomputed-differently').length > 0;
  return {
    id,
    entries,
    frozen,
    newest,
    list: newest === undefined ? [] : await listIn(newest, files),
    decided,
    inForce,
    reopenings: ofNewest('reopened').length,
    takenOut: new Set(ofNewest('decided').flatMap(({ takeOut }) => takeOut.map(({ part }) => part))),
    provincial: ofNewest('provincial-decision')[0],
    isRecomputed: ofNewest('recomputed').length > 0,
    isDiffering,
    isReleased,
    isGivenUp,
    isOver: isReleased || isGivenUp || isDiffering,
  };
}

async function listIn(version: Told, files: Files): Promise<readonly Listed[]> {
  const bytes = (await files.get(version.list)) ?? expect.fail('the frozen list is gone');
  expect(hashed(bytes)).toBe(version.contentHash);
  return listed.parse(JSON.parse(new TextDecoder().decode(bytes))).parts;
}

// What the rules say of an act.

/** Whoever had a hand in this part before the batch's newest version took it: also where it was appraised anew since. */
function preparersOf(part: PartRecord, batchId: string, newest: Told): readonly string[] {
  const taken = part.entries.findLast(
    ({ kind, batch, version }) => kind === 'in-batch' && batch === batchId && version <= newest.version,
  );
  const before = part.entries.filter(({ seq }) => seq < (taken?.seq ?? Number.POSITIVE_INFINITY));
  const put = part.case.filter(({ at, by }) => at <= newest.at && by !== 'system').map(({ by }) => by);
  return [...put, ...before.filter(({ kind }) => handling.includes(kind)).map(({ by }) => by)];
}

function preparersOfList({ id, newest, list }: BatchRecord, { parts }: Known): ReadonlySet<string> {
  const on = new Set(list.map(({ part }) => part));
  if (newest === undefined) return new Set();
  return new Set(parts.filter(({ id: part }) => on.has(part)).flatMap((part) => preparersOf(part, id, newest)));
}

const handling = ['board-appraised', 'appraised', 'returned-to-unit', 'answered', 'account-confirmed'];

const decidersOf = ({ decided }: BatchRecord) =>
  new Set(decided.flatMap(({ by, onBehalfOf }) => (onBehalfOf === undefined ? [by] : [by, onBehalfOf])));

const makersOf = ({ entries, frozen }: BatchRecord) => new Set([entries[0]?.by, ...frozen.map(({ by }) => by)]);

function nextOf({ newest, inForce }: BatchRecord): string | undefined {
  return newest?.steps.find((step) => !inForce.some((one) => one.step === step));
}

function isPaidBy(id: string, { list }: BatchRecord): boolean {
  return id === paidOfficial && list.some(({ part }) => part === seed.at(-1)?.id);
}

/** Why somebody may not act in this step of the batch, whoever asks. */
function barOf(id: string, step: string, batch: BatchRecord, known: Known, isGiver = false): string | undefined {
  if (batch.decided.some((one) => one.step !== step && (one.by === id || one.onBehalfOf === id))) return 'other step';
  if (makersOf(batch).has(id)) return 'made it';
  if (preparersOfList(batch, known).has(id)) return 'prepared';
  return !isGiver && isPaidBy(id, batch) ? 'paid' : undefined;
}

const bars = ['other step', 'made it', 'prepared', 'paid', 'its giver is barred'];

function delegationsFor(by: Account, step: string, { people, clock }: Model, known: Known) {
  const today = dayOf(clock);
  const name = steps.find((one) => one === step);
  if (name === undefined || officerOf[name] !== by.role) return [];
  return known.delegations.filter(
    (one) =>
      one.to === by.id &&
      one.step === step &&
      !one.isEnded &&
      one.since <= today &&
      today <= one.until &&
      people.get(one.from)?.role === leaderOf[name],
  );
}

/** Why the decision is refused; `undefined` when it counts. */
function whyNot(decision: Decision, by: Account, model: Model, known: Known): string | undefined {
  const batch = known.batches.get(decision.batchId);
  if (batch?.newest === undefined) return 'no batch';
  const { newest, takenOut, list } = batch;
  if (decision.version !== newest.version) return 'old version';
  if (decision.contentHash !== newest.contentHash) return 'other hash';
  if (decision.reopenings !== undefined && decision.reopenings !== batch.reopenings) return 'reopened since';
  if (batch.isOver || !batch.isRecomputed) return 'over or not ready';
  if (nextOf(batch) !== decision.step) return 'not the step that is next';
  const own = leads(by, decision.step);
  const given = own ? [] : delegationsFor(by, decision.step, model, known);
  if (!own && given.length === 0) return 'no right';
  const bar = barOf(by.id, decision.step, batch, known);
  if (bar !== undefined) return bar;
  const isBarred = ({ from }: { readonly from: string }) =>
    barOf(from, decision.step, batch, known, true) !== undefined;
  if (given.length > 0 && given.every(isBarred)) return 'its giver is barred';
  const out = decision.takeOut.map(({ part }) => part);
  if (new Set(out).size < out.length) return 'twice';
  if (out.some((part) => takenOut.has(part) || !list.some((one) => one.part === part))) return 'not on the list';
  if (decision.takeOut.some(({ reason }) => reason === '')) return 'no reason';
  if (decision.outcome === 'rejected') return (decision.reason ?? '') === '' ? 'no reason' : undefined;
  return out.length + takenOut.size >= list.length ? 'nobody left' : undefined;
}

function dueOf({ list, takenOut }: BatchRecord) {
  const parts = list.filter(({ part }) => !takenOut.has(part));
  return { parts, people: parts.length, total: parts.reduce((sum, { total }) => sum + BigInt(total), 0n) };
}

/** Confirmed in every step on this very version and hash, and decided by the People's Committee for these people. */
function isWhole(batch: BatchRecord): boolean {
  const { newest, inForce, provincial } = batch;
  const { people, total } = dueOf(batch);
  return (
    newest !== undefined &&
    provincial !== undefined &&
    provincial.contentHash === newest.contentHash &&
    newest.steps.every((step) =>
      inForce.some((one) => one.step === step && one.outcome === 'confirmed' && one.contentHash === newest.contentHash),
    ) &&
    provincial.people === people &&
    provincial.total === total.toString()
  );
}

// What must hold after every act.

async function checkAll(world: World): Promise<void> {
  const known = await readKnown(world);
  for (const batch of known.batches.values()) {
    checkFourPeople(batch, known);
    await checkDecisions(batch, known, world);
    if (batch.provincial !== undefined) checkSameHash(batch, known);
    if (batch.isReleased) expect(heldBy(batch.id, known), `${batch.id} was given back`).toEqual([]);
  }
  for (const part of known.parts) {
    checkHolders(part);
    await checkOrders(part, known, world);
  }
}

const heldBy = (batchId: string, { parts }: Known) =>
  parts.filter(({ holder }) => holder === batchId).map(({ id }) => id);

/**
 * Nobody has two acts: whoever prepared somebody of the newest list, froze a version, or decided on one, be it void since.
 * And nobody decides after another act in any version.
 */
function checkFourPeople(batch: BatchRecord, known: Known): void {
  const { newest, decided, frozen } = batch;
  if (newest === undefined) return;
  const acted = new Map<string, Set<string>>();
  const put = (id: string | undefined, what: string) => {
    if (id !== undefined) acted.set(id, (acted.get(id) ?? new Set()).add(what));
  };
  for (const id of preparersOfList(batch, known)) put(id, 'prepared');
  for (const { by } of frozen) put(by, 'made');
  for (const { by, onBehalfOf, step } of decided) {
    put(by, step);
    put(onBehalfOf, step);
  }
  const twice = [...acted].filter(([, what]) => what.size > 1).map(([id, what]) => [id, ...what]);
  expect(twice, `two acts of one person in ${batch.id}`).toEqual([]);
  for (const { by, onBehalfOf, step, seq } of decided) {
    for (const id of [by, onBehalfOf]) {
      const isMaker =
        id !== undefined && (batch.entries[0]?.by === id || frozen.some((one) => one.by === id && one.seq < seq));
      const isElsewhere = decided.some(
        (one) => one.step !== step && one.seq < seq && id !== undefined && (one.by === id || one.onBehalfOf === id),
      );
      expect([isMaker, isElsewhere], `${id} decided ${step} of ${batch.id} after another act`).toEqual([false, false]);
    }
  }
}

function roleAt(id: string, at: string, { roles }: Model): Role | undefined {
  return roles.findLast((one) => one.id === id && one.at <= at)?.role;
}

async function checkDecisions(batch: BatchRecord, known: Known, { files, model }: World): Promise<void> {
  for (const one of batch.decided) {
    const version = batch.frozen.find((frozen) => frozen.version === one.version);
    expect(version?.contentHash, 'the version that was decided on').toBe(one.contentHash);
    expect(version?.seq ?? 0).toBeLessThan(one.seq);
    expect(await files.get(one.shown), 'what was shown').toBeDefined();
    const step = steps.find((name) => name === one.step) ?? expect.fail(`step ${one.step}`);
    if (one.delegation === undefined) {
      expect([one.onBehalfOf, roleAt(one.by, one.at, model)]).toEqual([undefined, leaderOf[step]]);
      continue;
    }
    const given = known.delegations.find(({ id }) => id === one.delegation) ?? expect.fail(`no ${one.delegation}`);
    const first = given.entries[0] ?? expect.fail('an empty delegation');
    expect([given.step, given.from, given.to]).toEqual([one.step, one.onBehalfOf, one.by]);
    expect(first.by).toBe(given.from);
    expect(first.at <= one.at && given.since <= dayOf(one.at) && dayOf(one.at) <= given.until, 'in force').toBe(true);
    expect(
      given.entries.some(({ kind, at }) => kind === 'ended' && at <= one.at),
      'ended before',
    ).toBe(false);
    for (const at of [first.at, one.at]) expect(roleAt(given.from, at, model), 'its giver').toBe(leaderOf[step]);
  }
}

function checkSameHash(batch: BatchRecord, { parts }: Known): void {
  expect(isWhole(batch), `${batch.id} stands decided without all it needs`).toBe(true);
  const frozen = batch.newest ?? expect.fail('not frozen');
  for (const { part: id, caseHash } of dueOf(batch).parts) {
    const part = parts.find((one) => one.id === id) ?? expect.fail(id);
    const history = part.case.filter(({ at }) => at <= frozen.at);
    const computed = history.findLast(({ kind }) => kind === 'assessed');
    const since = servedSince(history.filter(({ seq }) => seq < (computed?.seq ?? 0)));
    const now = [computed?.caseHash, servedSince(history)];
    expect(now, `${id} was changed after its appraisal`).toEqual([caseHash, since]);
    const taken = part.entries.findLast(({ kind, batch: held }) => kind === 'in-batch' && held === batch.id);
    const appraised = part.entries.findLast(({ kind, seq }) => kind === 'appraised' && seq < (taken?.seq ?? 0));
    expect(appraised?.caseHash).toBe(caseHash);
  }
}

function checkHolders({ id, isParty, entries, case: history }: PartRecord): void {
  let holder: string | undefined;
  let before: Told | undefined;
  for (const entry of entries) {
    if (entry.kind === 'released') {
      expect(entry.batch, `${id} is released by who holds it`).toBe(holder);
      holder = undefined;
    }
    if (entry.kind === 'in-batch') {
      expect(holder, `${id} is in two batches`).toBeUndefined();
      expect(before?.status, `${id} goes into a batch`).toBe('appraised');
      const last = (kind: string) => entries.findLast((one) => one.kind === kind && one.seq < entry.seq)?.caseHash;
      const computed = history.findLast(({ kind, at }) => kind === 'assessed' && at <= entry.at)?.caseHash;
      expect(last('appraised'), `${id} is appraised as it is`).toBe(computed);
      if (isParty) expect(last('board-appraised'), `${id} is passed on as it is`).toBe(computed);
      holder = entry.batch;
    }
    before = entry;
  }
}

async function checkOrders(part: PartRecord, { batches }: Known, { store }: World): Promise<void> {
  const ordered = part.entries.filter(({ kind }) => kind === 'ordered');
  expect(ordered.length, `orders of ${part.id}`).toBeLessThan(2);
  for (const { reference, batch: batchId } of ordered) {
    const batch = batches.get(batchId) ?? expect.fail(`ordered by no batch ${batchId}`);
    const [order] = await told(store, `order/${reference}`);
    expect(isWhole(batch) && !batch.isOver, `${part.id} is ordered without all decisions`).toBe(true);
    expect(batch.takenOut.has(part.id), `${part.id} was taken out`).toBe(false);
    const frozen = batch.list.find((one) => one.part === part.id);
    expect([order?.part, order?.amount, order?.decision]).toEqual([part.id, frozen?.total, batch.provincial?.number]);
  }
}

// The acts.

const dice = fc.record({
  batch: fc.constantFrom(0, 0, 0, 0, 1, 2),
  who: fc.nat(12),
  whom: fc.constantFrom<'fit' | 'delegate' | 'barred' | 'received' | 'any'>(
    'fit',
    'fit',
    'delegate',
    'barred',
    'received',
    'any',
  ),
  part: fc.nat(5),
  other: fc.nat(5),
  rare: fc.nat(15),
  out: fc.constantFrom(0, 0, 0, 0, 1, 1, 2),
  toUnit: fc.boolean(),
  flaw: fc.constantFrom(
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    'version',
    'hash',
    'reopenings',
    'replay',
    'rejected',
    'reason',
    'step',
    'strange',
  ),
  days: fc.nat(3),
});
type Dice = typeof dice extends fc.Arbitrary<infer T> ? T : never;

const crash = fc.option(
  fc.record({ at: fc.integer({ min: 1, max: 4 }), when: fc.constantFrom('before', 'after'), isRunAgain: fc.boolean() }),
  { freq: 8 },
);

type Doing = (world: World, ports: Ports, dice: Dice) => Promise<unknown>;

function pick<T>(from: readonly T[], index: number): T | undefined {
  return from[index % from.length];
}

function inRole({ people }: Model, role: Role): readonly Account[] {
  return [...people.values()].filter((one) => one.role === role);
}

function pickBatch({ batches }: Known, { batch, rare }: Dice): BatchRecord | undefined {
  const all = [...batches.values()].toReversed();
  const live = all.filter(({ isReleased }) => !isReleased);
  return pick(rare > 12 || live.length === 0 ? all : live, batch);
}

function note({ model }: World, line: string): void {
  model.trace.push(`${dayOf(model.clock)} ${line}`);
}

/** The answer must be what was foretold; a refusal writes nothing. */
async function answersAs(
  world: World,
  what: string,
  why: string | undefined,
  stream: string,
  act: () => Promise<{ readonly outcome: string }>,
): Promise<void> {
  const before = await world.store.read(stream);
  const index = world.model.trace.length;
  note(world, `${what}: dies`);
  let answer: { readonly outcome: string } | undefined;
  try {
    answer = await act();
    world.model.trace[index] = `${dayOf(world.model.clock)} ${what}: ${JSON.stringify(answer)}`;
  } finally {
    if (why !== undefined) expect((await world.store.read(stream)).length, `${what}: ${why}`).toBe(before.length);
  }
  expect(answer.outcome === 'refused' ? 'refused' : 'accepted', `${what}: ${why ?? 'right'}`).toBe(
    why === undefined ? 'accepted' : 'refused',
  );
  const grown = (await world.store.read(stream)).length - before.length;
  if (why === undefined) expect(grown, `${what} is recorded`).toBe(1);
}

function nameOfDecision({ batchId, step, version, outcome, takeOut, reopenings }: Decision, by: Account): string {
  const out = takeOut.map(({ part }) => part.slice(0, 4)).join('+');
  return `${by.id} (${by.role}) ${outcome} ${batchId}/${version} ${step} without [${out}] after ${reopenings ?? '?'} reopenings`;
}

async function give(world: World, ports: Ports, decision: Decision, by: Account): Promise<void> {
  const why = whyNot(decision, by, world.model, await readKnown(world));
  world.model.sent.push({ decision, by: by.id });
  await answersAs(world, nameOfDecision(decision, by), why, `batch/${decision.batchId}`, async () =>
    decide(decision, by, ports),
  );
}

function decisionOn(batch: BatchRecord, rolled: Dice): Decision | undefined {
  const { flaw, out, part, other, who, toUnit, rare } = rolled;
  const { newest, list, takenOut, id } = batch;
  if (newest === undefined) return undefined;
  const step = flaw === 'step' ? (pick(steps, who) ?? 'people') : (nextOf(batch) ?? 'people');
  const left = list.filter((one) => flaw === 'strange' || !takenOut.has(one.part)).map((one) => one.part);
  const from = flaw === 'strange' && who % 2 === 0 ? seed.map((one) => one.id) : left;
  const chosen = [part, part + 1 + other].slice(0, out).map((index) => pick(from, index) ?? 'nobody');
  const older = batch.frozen.at(-2);
  const isRejected = flaw === 'rejected' || (flaw === 'reason' && rare < 5);
  const reason = flaw === 'reason' ? '' : 'a reason';
  return {
    batchId: id,
    step,
    version: flaw === 'version' ? newest.version + (who % 2 === 0 ? -1 : 1) : newest.version,
    contentHash: flaw === 'hash' ? (older?.contentHash ?? hashed('another')) : newest.contentHash,
    outcome: isRejected ? 'rejected' : 'confirmed',
    takeOut: chosen.map((one) => ({ part: one, reason, ...(toUnit ? { toUnit } : {}) })),
    ...(isRejected ? { reason } : {}),
    shown: `${id} ${newest.version} ${step}`,
    ...(flaw === 'reopenings'
      ? { reopenings: batch.reopenings + (batch.reopenings > 0 && who % 2 === 0 ? -1 : 1) }
      : rare % 2 === 0
        ? { reopenings: batch.reopenings }
        : {}),
  };
}

function decider({ model }: World, decision: Decision, known: Known, { whom, who }: Dice): Account {
  const all = [...model.people.values()];
  const right = { ...decision, takeOut: [], outcome: 'confirmed' } as const;
  const newest = known.batches.get(decision.batchId)?.newest;
  const { version, contentHash } = newest ?? decision;
  const { reopenings: _reopenings, ...plain } = { ...right, version, contentHash };
  const groups = {
    fit: all.filter((one) => whyNot(plain, one, model, known) === undefined),
    delegate: all.filter((one) => !leads(one, decision.step) && whyNot(plain, one, model, known) === undefined),
    barred: all.filter((one) => bars.includes(whyNot(plain, one, model, known) ?? '')),
    received: all.filter(({ id }) => known.delegations.some(({ to, from }) => to === id || from === id)),
    any: all,
  };
  const wanted = groups[whom].length === 0 ? 'fit' : whom;
  return pick(groups[wanted], who) ?? pick(all, who) ?? expect.fail('nobody');
}

const decideOnce: Doing = async (world, ports, rolled) => {
  const known = await readKnown(world);
  const { sent, people } = world.model;
  const again = rolled.flaw === 'replay' ? (rolled.rare % 2 === 0 ? sent.at(-1) : pick(sent, rolled.who)) : undefined;
  const batch = pickBatch(known, rolled);
  const decision = again?.decision ?? (batch && decisionOn(batch, rolled));
  if (decision === undefined) return;
  const by = (again && people.get(again.by)) ?? decider(world, decision, known, rolled);
  await give(world, ports, decision, by);
};

/** Two answers to one step at the same instant, perhaps by one person twice. */
const decideTogether: Doing = async (world, ports, rolled) => {
  const known = await readKnown(world);
  const batch = pickBatch(known, rolled);
  const one = batch && decisionOn(batch, rolled);
  const other = batch && decisionOn(batch, { ...rolled, flaw: rolled.rare > 10 ? 'rejected' : '', out: 0 });
  if (one === undefined || other === undefined || one.step !== other.step) return;
  const people = [
    decider(world, one, known, rolled),
    decider(world, other, known, { ...rolled, who: rolled.who + rolled.other, whom: 'fit' }),
  ] as const;
  const foretold = [whyNot(one, people[0], world.model, known), whyNot(other, people[1], world.model, known)];
  const named = `${nameOfDecision(one, people[0])}, at once with ${nameOfDecision(other, people[1])}`;
  note(world, `${named}: dies`);
  const before = (await world.store.read(`batch/${one.batchId}`)).length;
  const answers = await Promise.all([decide(one, people[0], ports), decide(other, people[1], ports)]);
  world.model.trace[world.model.trace.length - 1] = `${dayOf(world.model.clock)} ${named}: ${JSON.stringify(answers)}`;
  const counted = answers.filter(({ outcome }) => outcome === 'decided').length;
  expect(counted, named).toBe(foretold.includes(undefined) ? 1 : 0);
  for (const [index, why] of foretold.entries())
    if (why !== undefined) expect(answers[index]?.outcome, why).toBe('refused');
  expect((await world.store.read(`batch/${one.batchId}`)).length - before).toBe(counted);
};

/** Two different acts on one batch at the same instant: whatever comes of them, the rules hold. */
const raceTwo: Doing = async (world, ports, rolled) => {
  const known = await readKnown(world);
  const batch = pickBatch(known, rolled);
  const decision = batch && decisionOn(batch, rolled);
  const [maker] = inRole(world.model, 'finance-officer');
  if (batch?.newest === undefined || decision === undefined || maker === undefined) return;
  const { id: batchId, inForce } = batch;
  const { version } = batch.newest;
  const taken = pick(inForce, rolled.part);
  const { people, total } = dueOf(batch);
  const number = `${batchId}/QĐ-UBND`;
  const signed = {
    number,
    on: dayOf(world.model.clock),
    signatory: 'P',
    paper: 's',
    capacity: 'KT',
    mandate: '',
  } as const;
  const reason = 'a reason';
  const racing: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['decide', async () => decide(decision, decider(world, decision, known, rolled), ports)],
    [
      'decide',
      async () =>
        decide({ ...decision, takeOut: [] }, decider(world, decision, known, { ...rolled, whom: 'fit' }), ports),
    ],
    [
      'freeze',
      async () => freezeBatch({ batchId, source: 'wage-reform', level: 'provincial', by: maker.id, reason }, ports),
    ],
    ['abort', async () => abortBatch({ batchId, reason }, maker, ports)],
    [
      'reopen',
      async () =>
        taken && reopenStep({ batchId, step: taken.step, version, reason }, accountAs(taken.by, 'inspector'), ports),
    ],
    ['record', async () => recordProvincialDecision({ batchId, version, people, total, ...signed }, maker.id, ports)],
    ['follow', async () => followBatch(batchId, ports)],
    ['order', async () => orderParts({ BatchInput: { batchId }, Items: seed.map(({ id }) => id) }, ports)],
  ];
  const [one, other] = [pick(racing, rolled.who), pick(racing, rolled.who + 1 + rolled.other)];
  if (one === undefined || other === undefined) return;
  note(world, `${batchId}: ${one[0]} and ${other[0]} at once`);
  for (const ended of await Promise.allSettled([one[1](), other[1]()])) {
    const isUndecided = ended.status === 'rejected' && String(ended.reason).includes('no decision to order on');
    if (ended.status === 'rejected' && !isUndecided) throw ended.reason;
  }
};

const appraiseSome: Doing = async (world, ports, rolled) => {
  const { parts } = await readKnown(world);
  const role = rolled.rare === 0 ? 'party-board-officer' : 'home-affairs-officer';
  const by = pick(inRole(world.model, role), rolled.who);
  const chosen = rolled.rare < 12 ? parts : parts.filter((_part, index) => (index + rolled.part) % 2 === 0);
  if (by === undefined) return;
  const seen = chosen.map((part) => ({
    part: part.id,
    caseHash: rolled.flaw === 'hash' ? hashed('old') : part.caseHash,
  }));
  note(world, `${by.id} (${by.role}) appraises`);
  await appraise(seen, by, ports);
  const after = (await readKnown(world)).parts;
  for (const [index, part] of after.entries()) {
    const was = parts[index]?.entries.length ?? 0;
    const isMeant =
      chosen.includes(parts[index] ?? part) &&
      rolled.flaw !== 'hash' &&
      parts[index]?.status === (role === 'party-board-officer' ? 'with-party-board' : 'assessed');
    expect(part.entries.length - was, `${part.id} is appraised`).toBe(isMeant ? 1 : 0);
  }
};

const passOn: Doing = async (world, ports, rolled) => appraiseSome(world, ports, { ...rolled, rare: 0 });

function takeable(level: string, { parts }: Known): readonly PartRecord[] {
  return parts.filter((part) => {
    const last = (kind: string) => part.entries.findLast((one) => one.kind === kind)?.caseHash;
    const isFit = part.status === 'appraised' && last('appraised') === part.caseHash && part.level === level;
    return isFit && (!part.isParty || last('board-appraised') === part.caseHash);
  });
}

/** Why a freezing is refused, from who would be on the list. */
function whyNotFrozen(
  wish: { batchId: string; level: string; by: Account; reason?: string },
  known: Known,
): string | undefined {
  const batch = known.batches.get(wish.batchId);
  const isFirst = batch?.newest === undefined;
  if (isFirst && batch?.isReleased === true) return 'it has ended';
  if (!isFirst && (batch.isOver || batch.provincial !== undefined || !batch.isRecomputed)) return 'too late';
  if (batch !== undefined && decidersOf(batch).has(wish.by.id)) return 'decided it';
  const newest = { version: Number.POSITIVE_INFINITY, at: '9' } as Told;
  const actors = isFirst ? new Set() : new Set([...batch.frozen.map(({ by }) => by), ...decidersOf(batch)]);
  const isForAnother = (part: PartRecord) =>
    preparersOf(part, wish.batchId, newest).some((by) => by !== wish.by.id && actors.has(by));
  const staying = known.parts.filter(({ holder, id }) => holder === wish.batchId && batch?.takenOut.has(id) !== true);
  const on = [...staying, ...takeable(wish.level, known).filter((part) => !isForAnother(part))];
  if (on.length === 0) return 'nobody';
  if (on.some((part) => preparersOf(part, wish.batchId, newest).includes(wish.by.id))) return 'prepared';
  if (wish.by.id === paidOfficial && on.some(({ id }) => id === seed.at(-1)?.id)) return 'paid';
  return undefined;
}

async function freezeAs(
  world: World,
  ports: Ports,
  wish: { batchId: string; level: 'provincial' | 'commune'; by: Account; reason?: string },
): Promise<void> {
  const { by, ...rest } = wish;
  const known = await readKnown(world);
  const before = known.batches.get(wish.batchId)?.frozen.length ?? 0;
  const why = whyNotFrozen(wish, known);
  const named = `${by.id} (${by.role}) freezes ${wish.batchId}${wish.reason === undefined ? '' : ' anew'}`;
  if (!world.model.batches.includes(wish.batchId)) world.model.batches.push(wish.batchId);
  note(world, `${named}: dies`);
  const digest = by.citizenDigest === undefined ? {} : { citizenDigest: by.citizenDigest };
  const answer = await freezeBatch({ ...rest, ...digest, source: 'wage-reform', by: by.id }, ports);
  world.model.trace[world.model.trace.length - 1] = `${dayOf(world.model.clock)} ${named}: ${JSON.stringify(answer)}`;
  expect(answer.outcome, `${named}: ${why ?? 'right'}`).toBe(why === undefined ? 'frozen' : 'refused');
  const after = await readKnown(world);
  const batch = after.batches.get(wish.batchId);
  expect((batch?.frozen.length ?? 0) - before).toBe(why === undefined ? 1 : 0);
  if (why !== undefined || batch?.newest === undefined) return;
  const { newest, list } = batch;
  const total = list.reduce((sum, one) => sum + BigInt(one.total), 0n);
  const isFurther = known.furtherFrom !== undefined && total >= BigInt(known.furtherFrom);
  expect(newest.steps, 'the steps of the version').toEqual(isFurther ? [...steps] : ['people', 'money']);
  expect([newest.people, newest.total, newest.version]).toEqual([list.length, total.toString(), before + 1]);
  expect(heldBy(batch.id, after).toSorted()).toEqual(list.map(({ part }) => part).toSorted());
}

const freezeNew: Doing = async (world, ports, rolled) => {
  const { model } = world;
  const known = await readKnown(world);
  const unfinished = model.batches.find((id) => {
    const batch = known.batches.get(id);
    return batch?.newest === undefined && batch?.isReleased !== true;
  });
  const batchId = unfinished ?? `b${model.batches.length + 1}`;
  const makers = inRole(model, 'finance-officer');
  const level = rolled.rare > 11 ? 'commune' : 'provincial';
  const fit = makers.filter((by) => whyNotFrozen({ batchId, level, by }, known) === undefined);
  const by = pick(rolled.whom !== 'any' && fit.length > 0 ? fit : makers, rolled.who);
  if (by === undefined || (unfinished === undefined && model.batches.length >= mostBatches)) return;
  await freezeAs(world, ports, { batchId, level, by });
};

const freezeAnew: Doing = async (world, ports, rolled) => {
  const known = await readKnown(world);
  const batch = pickBatch(known, rolled);
  const makers = inRole(world.model, 'finance-officer');
  if (batch?.newest === undefined) return;
  const level =
    known.parts.find(({ id }) => id === batch.list[0]?.part)?.level === 'commune' ? 'commune' : 'provincial';
  const wish = { batchId: batch.id, level, reason: 'anew' } as const;
  const fit = makers.filter((by) => whyNotFrozen({ ...wish, by }, known) === undefined);
  const by = pick(rolled.whom !== 'any' && fit.length > 0 ? fit : makers, rolled.who);
  if (by !== undefined) await freezeAs(world, ports, { ...wish, by });
};

/** As the workflow does it: the version is computed again, and only then recorded as computed. */
const recomputeOne: Doing = async (world, ports, rolled) => {
  const batch = pickBatch(await readKnown(world), rolled);
  if (batch?.newest !== undefined) await recomputeBatch(world, ports, batch);
};

async function recomputeBatch(world: World, ports: Ports, { id, list }: BatchRecord): Promise<void> {
  note(world, `${id} is recomputed`);
  await recompute({ BatchInput: { batchId: id }, Items: list.map(({ part }) => part) }, ports);
  await approvalNext({ batchId: id }, ports);
}

const followOne: Doing = async (world, ports, rolled) => {
  const batch = pickBatch(await readKnown(world), rolled);
  if (batch === undefined) return;
  note(world, `${batch.id} is followed`);
  await followBatch(batch.id, ports);
};

const releaseOne: Doing = async (world, ports, rolled) => {
  const batch = pickBatch(await readKnown(world), rolled);
  if (batch !== undefined) await releaseAll(world, ports, batch);
};

async function releaseAll(world: World, ports: Ports, { id, newest, isOver }: BatchRecord): Promise<void> {
  note(world, `${id} is released, if it is over`);
  await releaseBatch(id, (of) => assessCase(of.submitted, of.readings), ports);
  const known = await readKnown(world);
  if (newest === undefined || !isOver) return;
  expect(known.batches.get(id)?.isReleased).toBe(true);
  expect(heldBy(id, known), `who is still in ${id}`).toEqual([]);
}

const reopenOne: Doing = async (world, ports, rolled) => {
  const known = await readKnown(world);
  const batch = pickBatch(known, rolled);
  if (batch?.newest === undefined) return;
  const given = pick(batch.inForce, rolled.part);
  const step = rolled.flaw === 'step' ? (pick(steps, rolled.other) ?? '') : (given?.step ?? 'people');
  const own = rolled.rare % 2 === 0 ? given?.by : (given?.onBehalfOf ?? given?.by);
  const all = [...world.model.people.values()];
  const by = (rolled.whom === 'any' ? undefined : world.model.people.get(own ?? '')) ?? pick(all, rolled.who);
  if (by === undefined) return;
  const version = rolled.flaw === 'version' ? batch.newest.version - 1 : batch.newest.version;
  const isTheirs = batch.inForce.some((one) => one.step === step && (one.by === by.id || one.onBehalfOf === by.id));
  const isLate = batch.provincial !== undefined || batch.isOver || version !== batch.newest.version;
  const why = isLate ? 'too late' : isTheirs ? undefined : 'not theirs';
  await answersAs(world, `${by.id} reopens ${batch.id}/${version} ${step}`, why, `batch/${batch.id}`, async () =>
    reopenStep({ batchId: batch.id, step, version, reason: 'a reason' }, by, ports),
  );
};

const abortOne: Doing = async (world, ports, rolled) => {
  const batch = pickBatch(await readKnown(world), rolled);
  const by = pick(inRole(world.model, 'finance-officer'), rolled.who);
  if (batch === undefined || by === undefined) return;
  const isLate = batch.newest === undefined || batch.provincial !== undefined || batch.isOver || !batch.isRecomputed;
  await answersAs(
    world,
    `${by.id} aborts ${batch.id}`,
    isLate ? 'too late' : undefined,
    `batch/${batch.id}`,
    async () => abortBatch({ batchId: batch.id, reason: 'a reason' }, by, ports),
  );
};

const provincialOnce: Doing = async (world, ports, rolled) => {
  const known = await readKnown(world);
  const batch = pickBatch(known, rolled);
  if (batch?.newest !== undefined) await recordFor(world, ports, known, batch, rolled);
};

async function recordFor(
  world: World,
  ports: Ports,
  known: Known,
  batch: BatchRecord,
  { flaw, rare, who }: Dice,
): Promise<void> {
  const by = pick(inRole(world.model, 'finance-officer'), who);
  const { newest } = batch;
  if (newest === undefined || by === undefined) return;
  const due = dueOf(batch);
  const version = flaw === 'version' ? newest.version - 1 : newest.version;
  const people = due.people + (flaw === 'step' ? (rare % 2 === 0 ? 1 : -1) : 0);
  const total = due.total + (flaw === 'hash' ? (rare % 2 === 0 ? 1n : -1n) : 0n);
  const elsewhere = [...known.batches.values()].find(
    (one) => one.id !== batch.id && one.entries.some(({ kind }) => kind === 'provincial-decision'),
  );
  const of = flaw === 'strange' && elsewhere !== undefined ? elsewhere.id : batch.id;
  const isReady = !batch.isOver && batch.provincial === undefined && nextOf(batch) === undefined;
  const isRight = isReady && version === newest.version && people === due.people && total === due.total;
  const why = isRight && of === batch.id ? undefined : isReady ? 'wrong' : 'not ready';
  const what = `${by.id} records the decision of ${batch.id}/${version}: ${people} people, ${total} đồng, number of ${of}`;
  const on = dayOf(world.model.clock);
  const signed = {
    number: `${of}/QĐ-UBND`,
    on,
    signatory: 'Phó Chủ tịch',
    paper: 'scan',
    capacity: 'KT',
    mandate: '',
  } as const;
  await answersAs(world, what, why, `batch/${batch.id}`, async () =>
    recordProvincialDecision({ batchId: batch.id, version, people, total, ...signed }, by.id, ports),
  );
}

/** Tries it for everybody, whoever is on the list, at any time. */
const orderOnce: Doing = async (world, ports, rolled) => {
  const batch = pickBatch(await readKnown(world), rolled);
  if (batch !== undefined) await orderOf(world, ports, batch, rolled.rare % 2 === 0);
};

async function orderOf(world: World, ports: Ports, batch: BatchRecord, isFollowed: boolean): Promise<void> {
  note(world, `${batch.id} is ordered`);
  const isRight = isWhole(batch) && !batch.isOver;
  if (isFollowed && isRight) await approvalNext({ batchId: batch.id, next: 'provincial-decision' }, ports);
  if (batch.newest !== undefined) await fundBatch(batch.id, ports);
  const before = await readKnown(world);
  const slice = { BatchInput: { batchId: batch.id }, Items: seed.map(({ id }) => id) };
  if (isRight) await orderParts(slice, ports);
  else await expect(orderParts(slice, ports)).rejects.toThrow('no decision to order on');
  const orders = (known: Known) =>
    known.parts.flatMap(({ id, entries }) => (entries.some(({ kind }) => kind === 'ordered') ? [id] : []));
  const after = await readKnown(world);
  if (!isRight) expect(orders(after)).toEqual(orders(before));
  if (isRight && isFollowed)
    expect(orders(after)).toEqual(expect.arrayContaining(dueOf(batch).parts.map(({ part }) => part)));
}

/** On a copy, somebody writes past the use cases what the record does not bear out: nothing is ordered on it. */
const orderOnForged: Doing = async (world, _ports, rolled) => {
  const batch = pickBatch(await readKnown(world), rolled);
  const newest = batch?.newest;
  if (batch === undefined || newest === undefined) return;
  const store = await copyOf(world.store.held().entries);
  const ports = { ...world.ports, store };
  const { people, total } = dueOf(batch);
  const kind = rolled.who % 4;
  const isEarly = nextOf(batch) !== undefined;
  const isReopened = batch.provincial !== undefined;
  const forged = {
    version: newest.version,
    contentHash: kind === 0 ? hashed('another') : newest.contentHash,
    number: 'forged',
    on: '2026-03-02',
    signatory: 'nobody',
    paper: 'scan',
    people: kind === 1 ? people + 1 : people,
    total: (kind === 2 ? total + 1n : total).toString(),
  };
  const reopened = { step: 'people', version: newest.version, reason: 'forged' };
  if (batch.isOver || (kind === 3 && !isEarly && !isReopened)) return store.close();
  note(world, `on a copy of ${batch.id} a forged ${isReopened ? 'reopening' : 'decision'} of kind ${kind}`);
  const entry = isReopened ? { kind: 'reopened', data: reopened } : { kind: 'provincial-decision', data: forged };
  const readAt = batch.entries.length;
  await store.commit([{ stream: `batch/${batch.id}`, readAt, entries: [{ ...entry, at: ports.now(), by: 'nobody' }] }]);
  await followBatch(batch.id, ports);
  if (batch.isRecomputed) await fundBatch(batch.id, ports);
  const before = await ordersOn(store);
  await orderParts({ BatchInput: { batchId: batch.id }, Items: seed.map(({ id }) => id) }, ports).catch(
    () => undefined,
  );
  expect(await ordersOn(store), 'what is ordered on a forged record').toEqual(before);
  store.close();
};

async function ordersOn(store: Store): Promise<readonly string[]> {
  const all = await Promise.all(seed.map(async ({ id }) => told(store, `part/${id}`)));
  return all
    .flat()
    .filter(({ kind }) => kind === 'ordered')
    .map(({ reference }) => reference);
}

const returnOne: Doing = async (world, ports, rolled) => {
  const part = pick((await readKnown(world)).parts, rolled.part);
  const role =
    part?.isParty === true && part.status === 'with-party-board' ? 'party-board-officer' : 'home-affairs-officer';
  const by = pick(inRole(world.model, role), rolled.who);
  if (part === undefined || by === undefined) return;
  const isTheirs = part.status === 'assessed' || part.status === 'appraised' || part.status === 'with-party-board';
  const isMoved = rolled.flaw === 'hash';
  const wish = {
    caseId: part.caseId,
    caseHash: isMoved ? hashed('old') : part.caseHash,
    reasons: [{ field: 'pay', reason: 'a reason' }] as const,
  };
  const why = isTheirs && !isMoved ? undefined : 'not now';
  await answersAs(world, `${by.id} returns ${part.id}`, why, `part/${part.id}`, async () =>
    returnToUnit(wish, by, ports),
  );
};

const answerOne: Doing = async (world, ports, rolled) => {
  const { parts } = await readKnown(world);
  const waiting = parts.filter(({ status }) => status === 'with-unit');
  const part = pick(waiting.length > 0 && rolled.rare < 14 ? waiting : parts, rolled.part);
  const by = pick(inRole(world.model, 'unit-clerk'), rolled.who);
  if (part === undefined || by === undefined) return;
  const why = part.status === 'with-unit' ? undefined : 'not with the unit';
  await answersAs(world, `${by.id} answers for ${part.id}`, why, `part/${part.id}`, async () =>
    answerReturn({ caseId: part.caseId, answer: 'an answer' }, by, ports),
  );
};

/** Three years of service more or less, to and fro; the case is computed again at once, or by and by. */
const correctOne: Doing = async (world, ports, rolled) => {
  const part = pick((await readKnown(world)).parts, rolled.part);
  const by = pick(inRole(world.model, 'unit-clerk'), rolled.who);
  const of = part && (await readCase(world.store, part.caseId));
  const original = originalFacts.get(part?.caseId ?? '');
  const [first, ...rest] = original?.service ?? [];
  if (part === undefined || by === undefined || of === undefined || original === undefined || first === undefined)
    return;
  const isOriginal = of.submitted.facts.service?.[0]?.from === first.from;
  const later = { ...first, from: `${Number(first.from.slice(0, 4)) + 1}${first.from.slice(4)}` };
  const facts = isOriginal ? { ...original, service: [later, ...rest] } : original;
  const isFree = ['with-party-board', 'assessed', 'with-unit', 'appraised'].includes(part.status);
  const why = isFree ? undefined : 'in a batch';
  await answersAs(world, `${by.id} corrects ${part.id}`, why, `case/${part.caseId}`, async () =>
    correctFacts({ caseId: part.caseId, facts, reason: 'a reason', paper: 'scan' }, by.id, ports),
  );
  if (rolled.rare < 12) await reassess(part.caseId, {}, ports);
};

const reassessOne: Doing = async (world, ports, rolled) => {
  const { parts } = await readKnown(world);
  const part = parts.find(({ isStale }) => isStale) ?? pick(parts, rolled.part);
  if (part === undefined) return;
  note(world, `${part.id} is computed again`);
  await reassess(part.caseId, {}, ports);
};

function giveRole({ model }: World, ports: Ports, id: string, { role, isDeputy }: Account): void {
  model.people.set(id, accountAs(id, role, isDeputy));
  model.roles.push({ id, role, at: ports.now() });
}

function changePlaces(world: World, ports: Ports, one: Account, other: Account): void {
  giveRole(world, ports, one.id, other);
  giveRole(world, ports, other.id, one);
  note(world, `${one.id} is ${other.role} now, and ${other.id} is ${one.role}`);
}

const changeRole: Doing = async (world, ports, rolled) => {
  const all = [...world.model.people.values()];
  const one = pick(all, rolled.who);
  const other = pick(all, rolled.who + 1 + rolled.part + rolled.other);
  if (one === undefined || other === undefined || one.id === other.id) return;
  if (rolled.rare < 12) return changePlaces(world, ports, one, other);
  giveRole(world, ports, one.id, other);
  note(world, `${one.id} is ${other.role} now`);
};

/** Whoever has acted in a batch comes into the role of its next step, or into its right by a delegation, and decides. */
const secondStep: Doing = async (world, ports, rolled) => {
  const { people } = world.model;
  const known = await readKnown(world);
  const batch = pickBatch(known, rolled);
  const step = steps.find((one) => batch !== undefined && one === nextOf(batch));
  if (batch === undefined || step === undefined) return;
  const deciders = batch.decided.flatMap(({ by, onBehalfOf }) => [by, onBehalfOf]);
  const preparers = [...makersOf(batch), ...preparersOfList(batch, known)];
  const acted = rolled.rare % 2 === 0 && deciders.length > 0 ? deciders : preparers;
  const actor = people.get(pick(acted, rolled.who) ?? '');
  const leader = pick(inRole(world.model, leaderOf[step]), rolled.other);
  const officers = inRole(world.model, officerOf[step] ?? 'inspector');
  const free = officers.filter(({ id }) => barOf(id, step, batch, known) === undefined);
  const officer = pick(free, rolled.days) ?? pick(officers, rolled.days);
  if (actor === undefined || leader === undefined) return;
  let by = actor.id;
  if (rolled.part > 3 && officer !== undefined) {
    if (officer.role !== actor.role) changePlaces(world, ports, actor, officer);
    await delegateTo(world, ports, people.get(leader.id) ?? leader, people.get(actor.id) ?? actor, 0, 1);
  } else {
    if (leader.role !== actor.role) changePlaces(world, ports, actor, leader);
    if (rolled.part > 0 && officer !== undefined) {
      await delegateTo(world, ports, people.get(actor.id) ?? actor, people.get(officer.id) ?? officer, 0, 1);
      by = officer.id;
    }
  }
  const decision = decisionOn(batch, { ...rolled, flaw: '', out: 0 });
  if (decision !== undefined) await give(world, ports, decision, people.get(by) ?? actor);
};

const delegateOne: Doing = async (world, ports, rolled) => {
  const all = [...world.model.people.values()];
  const leaders = all.filter(({ role }) => ledBy(role) !== undefined);
  const by = pick(rolled.rare === 15 ? all : leaders, rolled.who);
  const step = by && ledBy(by.role);
  const fit = all.filter(({ role }) => step !== undefined && role === officerOf[step]);
  const to = pick(rolled.whom === 'any' || fit.length === 0 ? all : fit, rolled.other);
  if (by === undefined || to === undefined) return;
  await delegateTo(world, ports, by, to, rolled.rare % 4 === 3 ? 1 : 0, rolled.days);
};

async function delegateTo(
  world: World,
  ports: Ports,
  by: Account,
  to: Account,
  inDays: number,
  forDays: number,
): Promise<void> {
  const { model } = world;
  const { delegations } = await readKnown(world);
  const step = ledBy(by.role);
  const since = addDays(dayOf(model.clock), inDays);
  const until = addDays(since, forDays);
  const id = `d${model.delegations.length + 1}`;
  const isDeputyOf = to.role === by.role && to.isDeputy === true;
  const mayReceive = step !== undefined && to.id !== by.id && (to.role === officerOf[step] || isDeputyOf);
  const isGiven = delegations.some(
    (one) => one.step === step && one.from === by.id && !one.isEnded && one.since <= until && since <= one.until,
  );
  const why = !mayReceive ? 'not to them' : isGiven ? 'given already' : undefined;
  model.delegations.push(id);
  const wish = { id, to: to.id, since, until, number: '1/UQ', paper: 'scan' };
  const what = `${by.id} delegates to ${to.id} (${id}, ${since} to ${until})`;
  await answersAs(world, what, why, `delegation/${id}`, async () => delegate(wish, by, ports));
}

/** A delegation is given, and on its first, its last or a later day, or after it was ended or somebody moved, it is used. */
const useDelegation: Doing = async (world, ports, rolled) => {
  const { model } = world;
  const { people } = model;
  const known = await readKnown(world);
  const batch = pickBatch(known, rolled);
  const step = steps.find((one) => batch !== undefined && one === nextOf(batch));
  if (batch === undefined || step === undefined) return;
  const isFree = ({ id }: Account) => barOf(id, step, batch, known) === undefined;
  const officer = pick(inRole(model, officerOf[step] ?? 'inspector').filter(isFree), rolled.who);
  const leader = pick(inRole(model, leaderOf[step]).filter(isFree), rolled.other);
  if (officer === undefined || leader === undefined) return;
  const [inDays, forDays] = [rolled.rare % 4 === 3 ? 1 : 0, rolled.days % 2];
  await delegateTo(world, ports, leader, officer, inDays, forDays);
  const isLate = rolled.part === 1 || rolled.part === 2;
  if (isLate) await timePasses(world, ports, { ...rolled, days: inDays + forDays + rolled.part - 1, rare: 0 });
  const given = model.delegations.at(-1) ?? '';
  if (
    rolled.part === 3 &&
    (await readKnown(world)).delegations.some(({ id, from }) => id === given && from === leader.id)
  )
    await answersAs(world, `${leader.id} ends ${given}`, undefined, `delegation/${given}`, async () =>
      endDelegation(given, leader, ports),
    );
  const other = pick([...people.values()], rolled.who + rolled.other);
  if (rolled.part === 4 && other !== undefined) changePlaces(world, ports, leader, other);
  const decision = decisionOn(batch, { ...rolled, flaw: '', out: 0 });
  if (decision !== undefined) await give(world, ports, decision, people.get(officer.id) ?? officer);
};

const endOne: Doing = async (world, ports, rolled) => {
  const { delegations } = await readKnown(world);
  const given = pick(delegations, rolled.part);
  const all = [...world.model.people.values()];
  const by = (rolled.whom === 'any' ? undefined : world.model.people.get(given?.from ?? '')) ?? pick(all, rolled.who);
  if (given === undefined || by === undefined) return;
  const why = given.from !== by.id ? 'not theirs' : given.isEnded ? 'ended before' : undefined;
  await answersAs(world, `${by.id} ends ${given.id}`, why, `delegation/${given.id}`, async () =>
    endDelegation(given.id, by, ports),
  );
};

const furtherLevel: Doing = async (world, ports, rolled) => {
  const by = pick(inRole(world.model, 'leadership'), rolled.who);
  if (by === undefined) return;
  const fromTotal = rolled.rare < 10 ? '1' : '';
  note(world, `the further level begins at "${fromTotal}"`);
  await setFurtherLevel({ fromTotal, number: '1/QĐ', on: dayOf(world.model.clock), paper: 'scan' }, by, ports);
};

const timePasses: Doing = async (world, _ports, rolled) => {
  world.model.clock += (rolled.days * 24 + rolled.rare) * hour;
  note(world, 'time has passed');
};

/** What an orderly office would do next with a batch that is not finished, or with a new one. */
const goOn: Doing = async (world, ports, rolled) => {
  const known = await readKnown(world);
  const isOrdered = ({ id, provincial }: BatchRecord) =>
    provincial !== undefined &&
    known.parts.every(({ holder, entries }) => holder !== id || entries.some(({ kind }) => kind === 'ordered'));
  const open = [...known.batches.values()].filter((one) => !one.isReleased && !isOrdered(one)).toReversed();
  const batch = pick(open, rolled.batch);
  const whom = rolled.whom === 'delegate' ? rolled.whom : 'fit';
  const plain: Dice = { ...rolled, flaw: '', whom, out: rolled.out > 1 ? 1 : 0 };
  if (batch === undefined) {
    const party = known.parts.some(({ status }) => status === 'with-party-board');
    if (party && rolled.rare < 8) return passOn(world, ports, plain);
    const canFreeze = takeable('provincial', known).length > 0;
    if (canFreeze) return freezeNew(world, ports, { ...plain, rare: 0 });
    return appraiseSome(world, ports, { ...plain, rare: 1 });
  }
  if (batch.newest === undefined) return freezeNew(world, ports, { ...plain, rare: 0 });
  if (batch.isOver) return releaseAll(world, ports, batch);
  if (!batch.isRecomputed) return recomputeBatch(world, ports, batch);
  if (nextOf(batch) !== undefined) {
    const decision = decisionOn(batch, plain);
    if (decision === undefined) return;
    return give(world, ports, decision, decider(world, decision, known, plain));
  }
  if (batch.provincial === undefined) return recordFor(world, ports, known, batch, plain);
  return orderOf(world, ports, batch, true);
};

const acts: readonly (readonly [name: string, weight: number, doing: Doing])[] = [
  ['go on', 36, goOn],
  ['decide', 18, decideOnce],
  ['decide together', 3, decideTogether],
  ['two at once', 3, raceTwo],
  ['appraise', 3, appraiseSome],
  ['pass on', 1, passOn],
  ['freeze', 3, freezeNew],
  ['freeze anew', 4, freezeAnew],
  ['recompute', 2, recomputeOne],
  ['follow', 3, followOne],
  ['release', 2, releaseOne],
  ['reopen', 7, reopenOne],
  ['abort', 1, abortOne],
  ['provincial', 3, provincialOnce],
  ['order', 3, orderOnce],
  ['order on forged', 3, orderOnForged],
  ['return', 2, returnOne],
  ['answer', 2, answerOne],
  ['correct', 2, correctOne],
  ['reassess', 1, reassessOne],
  ['role', 4, changeRole],
  ['second step', 8, secondStep],
  ['use a delegation', 6, useDelegation],
  ['delegate', 4, delegateOne],
  ['end delegation', 1, endOne],
  ['further level', 1, furtherLevel],
  ['time', 3, timePasses],
];

interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
  readonly isRunAgain: boolean;
}

class Act implements fc.AsyncCommand<Model, World> {
  readonly #name: string;
  readonly #doing: Doing;
  readonly #rolled: Dice;
  readonly #death: Death | null;

  constructor(name: string, doing: Doing, rolled: Dice, death: Death | null) {
    this.#name = name;
    this.#doing = doing;
    this.#rolled = rolled;
    this.#death = death;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, world: World): Promise<void> {
    model.clock += second;
    try {
      await this.#act(world);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`${what}\n${model.trace.join('\n')}`, { cause: error });
    }
  }

  async #act(world: World): Promise<void> {
    if (this.#death !== null) {
      const { at, when, isRunAgain } = this.#death;
      const hasDied = await diesAt(async (ports) => this.#doing(world, ports, this.#rolled), world.ports, at, when);
      if (hasDied) note(world, `died ${when} commit ${at} of ${this.#name}`);
      await checkAll(world);
      if (!hasDied || !isRunAgain) return;
    }
    await this.#doing(world, world.ports, this.#rolled);
    await checkAll(world);
  }

  toString(): string {
    return this.#name;
  }
}

/** Whatever is over gives everybody back. */
async function comeToRest(world: World): Promise<void> {
  for (const batch of (await readKnown(world)).batches.values()) {
    await followBatch(batch.id, world.ports);
    await releaseAll(world, world.ports, batch);
  }
  await checkAll(world);
}

const counts = {
  runs: 0,
  ordered: 0,
  decided: 0,
  onBehalf: 0,
  reopened: 0,
  provincial: 0,
  released: 0,
  anew: 0,
  died: 0,
};

async function countWhat(world: World): Promise<void> {
  const { parts, batches } = await readKnown(world);
  const entries = [...batches.values()].flatMap((batch) => batch.entries);
  const count = (is: (one: Told) => boolean) => entries.filter(is).length;
  counts.runs += 1;
  counts.ordered += parts.filter((part) => part.entries.some(({ kind }) => kind === 'ordered')).length;
  counts.decided += count(({ kind }) => kind === 'decided');
  counts.onBehalf += count(({ onBehalfOf }) => onBehalfOf !== undefined);
  counts.reopened += count(({ kind }) => kind === 'reopened');
  counts.provincial += count(({ kind }) => kind === 'provincial-decision');
  counts.released += count(({ kind }) => kind === 'released');
  counts.anew += count(({ kind, version }) => kind === 'frozen' && version > 1);
  counts.died += world.model.trace.filter((line) => line.includes(' died ')).length;
}

const orderly: Dice = {
  batch: 0,
  who: 0,
  whom: 'fit',
  part: 0,
  other: 0,
  rare: 1,
  out: 0,
  toUnit: false,
  flaw: '',
  days: 0,
};

/** The second officer of the department, for three days and today. */
const toOther = { other: 1, days: 3 };

/** Takes so many orderly acts first, so that the others meet a batch at every point of its way. */
async function run(
  { acts: orderlyFirst, isDelegated, isFurther }: { acts: number; isDelegated: boolean; isFurther: boolean },
  commands: Iterable<fc.AsyncCommand<Model, World>>,
): Promise<void> {
  const world = await newWorld();
  try {
    if (isFurther) await furtherLevel(world, world.ports, orderly);
    if (isDelegated) for (const who of [0, 2]) await delegateOne(world, world.ports, { ...orderly, who, ...toOther });
    for (let act = 0; act < orderlyFirst; act += 1) await goOn(world, world.ports, orderly);
    await fc.asyncModelRun(() => ({ model: world.model, real: world }), commands);
    await comeToRest(world);
    await countWhat(world);
  } finally {
    world.store.close();
  }
}

const command = fc.oneof(
  ...acts.map(([name, weight, doing]) => ({
    weight,
    arbitrary: fc.tuple(dice, crash).map(([rolled, death]) => new Act(name, doing, rolled, death)),
  })),
);
const beginning = fc.record({
  acts: fc.constantFrom(0, 3, 4, 5, 6, 7),
  isDelegated: fc.boolean(),
  isFurther: fc.constantFrom(false, false, true),
});
const longest = Math.max(40, runs / 2) * second;

test(
  'the rules of approval hold after any acts, and each answer is the one they foretell',
  async () => {
    const commands = fc.commands([command], { maxCommands: mostCommands, size: 'max' });
    const property = fc.asyncProperty(beginning, commands, run);
    await fc.assert(property, { numRuns: runs, interruptAfterTimeLimit: longest });
    expect(counts.ordered).toBeGreaterThan(0);
    if (process.env['MODEL_RUNS'] !== undefined) process.stdout.write(`${JSON.stringify(counts)}\n`);
  },
  longest + 60 * second,
);
