/**
 * A whole province for tests: a real home in a temporary folder, the sample's units, one account a role, estimates,
 * people submitted from a sample list, and small verbs. `still` moves nothing by itself; `ports` has the workflow.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { handlers } from '../functions/handlers.ts';
import { readSheets } from '../functions/papers/sheet.ts';
import { demoAccounts } from '../infra/local/accounts.ts';
import { runWorkflow } from '../infra/local/run-workflow.ts';
import { batchDefinition } from '../infra/local/definition.ts';
import { followEvents } from '../infra/local/events.ts';
import { type Home, openHome } from '../infra/local/home.ts';
import { sampleList, samplePeople, sampleUnits } from '../infra/local/samples.ts';
import { appraise } from '../shared/approval/appraise.ts';
import { decide, type Decision } from '../shared/approval/decide.ts';
import { freezeBatch } from '../shared/approval/freeze.ts';
import { type RecordedDecision, recordProvincialDecision } from '../shared/approval/provincial-decision.ts';
import { type Account, appraisesFrom, type Role } from '../shared/case/access.ts';
import { type Batch, type FrozenPart, payable, readBatch, readFrozenList } from '../shared/case/batch.ts';
import { readCase } from '../shared/case/case.ts';
import { lineSourceStream } from '../shared/case/line-sources.ts';
import { type Order, readOrder } from '../shared/case/order.ts';
import { caseIdOf, type Part, readPart } from '../shared/case/part.ts';
import type { Desk, Ports } from '../shared/case/ports.ts';
import { signatures } from '../shared/case/slip.ts';
import { closeStaff, registerStaff } from '../shared/case/staff-acts.ts';
import { allRows, type Change, type Row, type RowQuery, type Store } from '../shared/case/store.ts';
import { type BudgetLevel, type Source, sources, unitStream } from '../shared/case/unit.ts';
import { allot } from '../shared/disbursement/allot.ts';
import type { ResultFile, ResultLine } from '../shared/disbursement/reconcile.ts';
import { followSlip, recordSending, signSlip } from '../shared/disbursement/slips.ts';
import { sum } from '../shared/dong.ts';
import { assess } from '../shared/entitlement/assess.ts';
import { type ListReading, readList } from '../shared/intake/read-list.ts';
import { submitList } from '../shared/intake/submit.ts';

export interface ProvinceWish {
  readonly people?: number;
  /** So many of them are paid by a body of the Party block. */
  readonly partyPeople?: number;
  /** Of each unit and source; 0n leaves all without. */
  readonly estimate?: bigint;
  /** Where a server will find it afterwards: accounts get the passwords of the demonstration, and the folder stays. */
  readonly folder?: string;
  /** Components that another source pays than the unit's own. */
  readonly lineSources?: Readonly<Record<string, Source>>;
}

export type Province = Awaited<ReturnType<typeof openProvince>>;

/** Opens provinces for a test file; after each test they are closed, and none may have reported a fault. */
export function provinces(): (wish?: ProvinceWish) => Promise<Province> {
  const opened: Province[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) {
      await one.close();
      expect(one.faults).toEqual([]);
    }
  });
  return async (wish) => {
    const made = await openProvince(wish);
    opened.push(made);
    return made;
  };
}

const plenty = 500_000_000_000n;
const partyUnit = sampleUnits().find(({ block }) => block === 'party') ?? missing('Party unit');
const definition = batchDefinition();
const readings = new Map<number, Promise<ListReading>>();

/** What submitting asks of the other stages; a list that corrects a case is tested through the jobs. */
export const submitting = { assess, correct: async () => false };

/** Moves nothing: the tests take the workflow's steps themselves. */
const stillDesk: Desk = { start: nothing, remember: nothing, waiting: nothing, wake: nothing };

async function nothing(): Promise<undefined> {}

export async function openProvince({
  people = 8,
  partyPeople = 0,
  estimate = plenty,
  folder: kept,
  lineSources = {},
}: ProvinceWish = {}) {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'province-'));
  const home = openHome({
    dataDirectory: join(folder, 'data'),
    keyDirectory: join(folder, 'keys'),
    publicUrl: 'http://localhost',
  });
  const faults: unknown[] = [];
  const portsWith = (desk: Desk) => home.ports(desk);
  const { ports, walk } = runWorkflow({ scratch: home.scratch, portsWith }, definition, (error) => faults.push(error));
  const still: Ports = { ...ports, desk: stillDesk };
  const accounts = await furnish(home, still, estimate, kept !== undefined);
  const set = Object.entries(lineSources).map(([line, source]) => {
    const data = { line, source, number: '12/STC', on: '2025-06-01', paper: 'scan' };
    return { kind: 'line-source-set', at: still.now(), by: 'demo-finance-leader', data };
  });
  if (set.length > 0) await still.store.commit([{ stream: lineSourceStream, readAt: 0, entries: set }]);
  const reading = await readingOf(people);
  const units = new Map(sampleUnits().map((unit) => [unit.code, unit]));
  const listed = reading.people.map((person, index) =>
    index < partyPeople ? { ...person, payingUnit: partyUnit.code } : person,
  );
  const submission = { listId: 'list-1', by: 'demo-unit-clerk', people: listed, mayUse: () => true };
  await submitList(submission, units, submitting, still);
  const account = (role: Role): Account => accounts.get(role) ?? missing(role);
  const { store } = home;

  /** Every part's row, in the order of the stream names. */
  async function rows() {
    return everyRow(store, { kind: 'part' });
  }

  async function batch(batchId: string): Promise<Batch> {
    return (await readBatch(store, batchId)) ?? missing(batchId);
  }

  async function list(batchId: string): Promise<readonly FrozenPart[]> {
    return (await readFrozenList(still.files, await batch(batchId))).parts;
  }

  async function part(partId: string): Promise<Part> {
    return (await readPart(store, partId)) ?? missing(partId);
  }

  /** Someone of the Party block. */
  async function partyMember(): Promise<string> {
    const row = (await rows()).find(({ summary }) => summary['block'] === 'party');
    return row?.stream.slice('part/'.length) ?? missing('person of the Party block');
  }

  /** Someone whose money comes from the province's level, by their part. */
  async function somebody(): Promise<string> {
    const row = (await rows()).find(({ summary }) => summary['level'] === 'provincial');
    return row?.stream.slice('part/'.length) ?? missing('person');
  }

  /** Every order of the batch, of all attempts. */
  async function orders(batchId: string): Promise<readonly Order[]> {
    const found = await everyRow(store, { kind: 'order', batch: batchId });
    const read = await Promise.all(found.map(({ stream }) => readOrder(store, stream.slice('order/'.length))));
    return read.filter((order) => order !== undefined);
  }

  async function appraiseAll(by: Account = account('home-affairs-officer')) {
    const waiting = (await rows()).filter(({ status }) => status === appraisesFrom(by));
    const seen = await Promise.all(
      waiting.map(async ({ stream }) => {
        const partId = stream.slice('part/'.length);
        const of = (await readCase(store, caseIdOf(partId))) ?? missing(partId);
        return { part: partId, caseHash: of.caseHash };
      }),
    );
    return appraise(seen, by, still);
  }

  /** Freezes, or freezes anew when there is a reason; throws when it is refused. */
  async function freeze(
    batchId: string,
    { on = still, level = 'provincial' as BudgetLevel, reason = '', source = 'wage-reform' as Source } = {},
  ) {
    const again = reason === '' ? {} : { reason };
    const wish = { batchId, source, level, by: account('finance-officer').id, ...again } as const;
    const frozen = await freezeBatch(wish, on);
    if (frozen.outcome === 'refused') throw new Error(frozen.why.en);
    return batch(batchId);
  }

  /** One step of the workflow by the name of its handler, as the workflow would call it. */
  async function step(name: string, batchId: string, on = still): Promise<unknown> {
    const isMap = name === 'entitlement.recompute' || name === 'disbursement.order';
    const Items = isMap ? (await list(batchId)).map((one) => one.part) : [];
    const handler = handlers[name] ?? missing(name);
    return handler(async () => on)(isMap ? { BatchInput: { batchId }, Items } : { batchId });
  }

  async function decision(batchId: string, given: Partial<Decision> = {}): Promise<Decision> {
    const { frozen } = await batch(batchId);
    const { version, contentHash } = frozen ?? missing(batchId);
    const ordinary = { step: 'people', outcome: 'confirmed', takeOut: [], shown: 'the page' } as const;
    return { batchId, version, contentHash, ...ordinary, ...given };
  }

  async function decides(role: Role, batchId: string, given: Partial<Decision> = {}) {
    const stepOfRole = role === 'finance-leader' ? 'money' : 'people';
    return decide(await decision(batchId, { step: stepOfRole, ...given }), account(role), still);
  }

  async function provincial(batchId: string, given: Partial<RecordedDecision> = {}) {
    const of = await batch(batchId);
    const { parts, total } = payable(of, await readFrozenList(still.files, of));
    const version = of.frozen?.version ?? 0;
    const signed = { number: `${batchId}/QĐ-UBND`, on: '2025-10-01', signatory: 'Phó Chủ tịch', paper: 'scan' };
    const ordinary = { ...signed, capacity: 'KT', mandate: '' } as const;
    const right = { batchId, version, people: parts.length, total, ...ordinary };
    return recordProvincialDecision({ ...right, ...given }, account('finance-officer').id, still);
  }

  /** Appraised, frozen and recomputed: the Home Affairs leader is next. */
  async function frozenBatch(batchId: string, source: Source = 'wage-reform'): Promise<Batch> {
    await appraiseAll();
    await freeze(batchId, { source });
    await step('entitlement.recompute', batchId);
    await step('approval.next', batchId);
    return batch(batchId);
  }

  /** Confirmed twice and decided by the People's Committee; nothing is ordered. */
  async function decidedBatch(
    batchId: string,
    takeOut: Decision['takeOut'] = [],
    source: Source = 'wage-reform',
  ): Promise<Batch> {
    await frozenBatch(batchId, source);
    done(await decides('home-affairs-leader', batchId, { takeOut }));
    done(await decides('finance-leader', batchId));
    done(await provincial(batchId));
    await step('approval.next', batchId);
    return batch(batchId);
  }

  /** Funds, orders and makes the slips, as the workflow does on its way. */
  async function order(batchId: string, on = still): Promise<readonly Order[]> {
    for (const name of ['disbursement.fund', 'disbursement.order', 'disbursement.slips']) await step(name, batchId, on);
    return orders(batchId);
  }

  const unitRole = { prepared: 'unit-clerk', 'accountant-confirmed': 'unit-chief-accountant' } as const;

  /** Three people sign each slip that is not sent, and the clerk records its sending. */
  async function sendSlips(batchId: string): Promise<void> {
    for await (const { stream, status } of allRows(store, { kind: 'slip', batch: batchId })) {
      if (status === 'sent') continue;
      const slipId = stream.slice('slip/'.length);
      for (const signature of signatures) {
        const role = signature === 'holder-confirmed' ? 'unit-account-holder' : unitRole[signature];
        done(await signSlip(slipId, signature, account(role), still));
      }
      done(await recordSending(slipId, { number: 'DVC-1', on: '2025-10-02' }, account('unit-clerk'), still));
      await followSlip(slipId, still);
    }
  }

  /** Decided, ordered and sent. */
  async function sentBatch(batchId: string, source: Source = 'wage-reform'): Promise<readonly Order[]> {
    await decidedBatch(batchId, [], source);
    await order(batchId);
    await sendSlips(batchId);
    return orders(batchId);
  }

  /** What the Treasury would say of these orders. */
  async function resultFile(batchId: string, said: readonly Order[], outcome: ResultLine['outcome'] = 'credited') {
    const lines = said.map(({ reference, amount }, index) => {
      return { row: index + 5, reference, amount: BigInt(amount), outcome, on: '2025-10-03' } as const;
    });
    const total = sum(lines.map(({ amount }) => amount));
    const file: ResultFile = {
      batchCode: (await batch(batchId)).code,
      statedCount: lines.length,
      statedTotal: total,
      lines,
    };
    return file;
  }

  /** Follows the events and walks the workflow until neither has anything to do. */
  async function settleEvents(): Promise<void> {
    await walk.idle();
    while (await followEvents(home.store, home.scratch.port, ports, (error) => faults.push(error))) await walk.idle();
  }

  /** Somebody beside the accounts of the demonstration, who never signs in. */
  async function addAccount(added: Account): Promise<void> {
    await registerStaff([added], still);
  }

  async function dropAccount(id: string): Promise<void> {
    done(await closeStaff(id, 'Chuyển công tác', account('administrator'), still));
  }

  return {
    addAccount,
    dropAccount,
    home,
    store,
    ports,
    still,
    faults,
    account,
    partyMember,
    rows,
    somebody,
    batch,
    list,
    part,
    orders,
    appraiseAll,
    freeze,
    step,
    decision,
    decides,
    provincial,
    frozenBatch,
    decidedBatch,
    order,
    sendSlips,
    sentBatch,
    resultFile,
    settleEvents,
    async close() {
      walk.stop();
      await walk.idle();
      home.close();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Registers the units, adds an account a role, allots the estimates. */
async function furnish(
  home: Home,
  still: Ports,
  estimate: bigint,
  isServed: boolean,
): Promise<ReadonlyMap<Role, Account>> {
  const units = sampleUnits();
  const at = still.now();
  const entries = units.map((unit) => ({ kind: 'unit-registered', at, by: 'system', data: unit }));
  await home.store.commit([{ stream: unitStream, readAt: 0, entries }]);
  const known = demoAccounts(units.map(({ code }) => code));
  await registerStaff(
    known.map(({ account }) => account),
    still,
  );
  // Where nobody signs in, eleven passwords would take half a second.
  if (isServed) for (const { account, password, secret } of known) await home.accounts.add(account, password, secret);
  for (const { code } of [...units.slice(0, 4), partyUnit]) {
    for (const source of sources) {
      const given = { unit: code, source, amount: estimate, document: '2225/QĐ-TTg', on: '2025-10-08' };
      if (estimate > 0n) done(await allot(given, 'system', still));
    }
  }
  return new Map(known.map(({ account }) => [account.role, account]));
}

/** All from the sample's first four units; three of them are paid at the provincial level, the fourth is a commune. */
function readingOf(people: number): Promise<ListReading> {
  const known = readings.get(people) ?? read(people);
  readings.set(people, known);
  return known;
}

async function read(people: number): Promise<ListReading> {
  const units = sampleUnits();
  const sheets = await readSheets(await sampleList(samplePeople(people, 7), units));
  if (sheets.outcome === 'refused') throw new Error(sheets.why.en);
  const reading = readList(sheets.sheets, { units, mayUse: () => true, today: '2025-08-20' });
  if ('outcome' in reading) throw new Error(reading.why.en);
  return reading;
}

/** Two entitled people of the sample, to be submitted as others. */
export async function twoPeople() {
  const { people } = await readingOf(8);
  return people.filter(({ facts }) => assess(facts).outcome === 'entitled').slice(0, 2);
}

/** Throws when a use case refused what the test takes for granted. */
export function done<T extends { readonly outcome: string }>(answer: T): T {
  if (answer.outcome === 'refused') throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer;
}

export class Killed extends Error {}

/**
 * The process dies at the n-th commit, before it is on the disk or just after; every later call dies too. What was
 * asked of the disk before is over when the death is told: nothing of a dead process is written afterwards.
 */
export function dyingAt(ports: Ports, n: number, when: 'before' | 'after'): Ports {
  let commits = 0;
  const asked: Promise<unknown>[] = [];
  async function dies(): Promise<never> {
    await Promise.allSettled(asked);
    throw new Killed();
  }
  const store: Store = {
    read: async (stream) => ports.store.read(stream),
    page: async (query) => ports.store.page(query),
    holderOf: async (key) => ports.store.holderOf(key),
    async commit(changes: readonly Change[]) {
      commits += 1;
      const isLast = commits === n;
      if (commits > n || (isLast && when === 'before')) return dies();
      const writing = ports.store.commit(changes);
      asked.push(writing);
      const outcome = await writing;
      return isLast ? dies() : outcome;
    },
  };
  return { ...ports, store };
}

/** Runs an act that dies at its n-th commit; answers whether it died. Any other fault is thrown on. */
export async function diesAt(
  act: (ports: Ports) => Promise<unknown>,
  ports: Ports,
  n: number,
  when: 'before' | 'after',
): Promise<boolean> {
  try {
    await act(dyingAt(ports, n, when));
    return false;
  } catch (error) {
    const isKilled = error instanceof Killed || (error instanceof Error && error.cause instanceof Killed);
    if (isKilled) return true;
    throw error;
  }
}

/** The late index shows these rows too, where they are asked for. */
export function showing(ports: Ports, rows: readonly Row[], isAsked: (query: RowQuery) => boolean): Ports {
  const store: Store = {
    read: async (stream) => ports.store.read(stream),
    commit: async (changes) => ports.store.commit(changes),
    holderOf: async (key) => ports.store.holderOf(key),
    async page(query) {
      const page = await ports.store.page(query);
      const late = rows.filter(({ stream }) => !page.rows.some((row) => row.stream === stream));
      return isAsked(query) ? { ...page, rows: [...page.rows, ...late] } : page;
    },
  };
  return { ...ports, store };
}

export async function everyRow(store: Store, query: Omit<RowQuery, 'limit'>): Promise<readonly Row[]> {
  const found: Row[] = [];
  for await (const row of allRows(store, query)) found.push(row);
  return found;
}

function missing(what: string): never {
  throw new Error(`the test's province has no ${what}`);
}
