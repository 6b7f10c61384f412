/**
 * One whole campaign from a seed: a province's people from the unit's list to the money, with a Treasury and banks that
 * answer badly, units that lack an estimate, a person who is submitted twice, and a process that dies between any two
 * writes. The same seed is the same story.
 */
import { appraise } from '../../../shared/approval/appraise.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { approvalNext } from '../../../shared/approval/next.ts';
import { recordProvincialDecision } from '../../../shared/approval/provincial-decision.ts';
import { type Account, type Role, roles } from '../../../shared/case/access.ts';
import { payable, readBatch, readFrozenList } from '../../../shared/case/batch.ts';
import { contradicted, type Order, readOrder } from '../../../shared/case/order.ts';
import { once } from '../../../shared/case/history.ts';
import { estimateSummary } from '../../../shared/case/funding.ts';
import { partSummary, readPart } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { readSlip, signatures } from '../../../shared/case/slip.ts';
import { allRows, type Row, type RowQuery, type Store } from '../../../shared/case/store.ts';
import { sources, type Unit, unitStream } from '../../../shared/case/unit.ts';
import { reportBatch } from '../../../shared/completion/report.ts';
import { disbursementNext } from '../../../shared/disbursement/due.ts';
import { explainContradiction } from '../../../shared/disbursement/explain-contradiction.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { fundBatch } from '../../../shared/disbursement/fund.ts';
import { inquire } from '../../../shared/disbursement/inquire.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { orderParts } from '../../../shared/disbursement/order.ts';
import { setLineSource } from '../../../shared/disbursement/set-line-source.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { followSlip, makeSlips, recordSending, referencesOf, signSlip } from '../../../shared/disbursement/slips.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { recompute } from '../../../shared/entitlement/recompute.ts';
import { canonical } from '../../../shared/hash.ts';
import type { GoodRow } from '../../../shared/intake/submit.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { accountOf, readCase } from '../../../shared/case/case.ts';
import * as z from 'zod';
import { type Random, seeded } from '../seeded.ts';
import {
  findReturned,
  heirsComeForward,
  paidByUnit,
  pauseOrResume,
  somebodyDies,
  somebodyGivesBack,
  type Stage,
  takeBackOldSlips,
  takeSlipBack,
  yearEnds,
} from './misfortunes.ts';
import { judge, type Verdict } from './judge.ts';
import { type Sabotage, sabotaged } from './sabotage.ts';
import { type Treasury, treasury } from './treasury.ts';
import { openWorld, survive } from './world.ts';

export interface Told extends Verdict {
  readonly seed: number;
  readonly people: number;
  readonly units: number;
  readonly sources: number;
  readonly faults: number;
  readonly deaths: number;
  readonly story: readonly string[];
}

/** The people and units that campaigns choose from. */
export interface Sample {
  readonly people: readonly GoodRow[];
  readonly units: readonly Unit[];
}

const fewestPeople = 30;
const mostRounds = 60;
/** Seeds whose campaigns an inspector looks at in the end. */
const inspectsEvery = 25;
/** From here on the Treasury answers everything, and whoever has something to do does it. */
const calmFrom = 40;

export interface CampaignOptions {
  readonly sabotage?: Sabotage | undefined;
  /** How many people; else some thirty. */
  readonly people?: number;
  /** Stands before the store, to see what is written. */
  readonly before?: (store: Store) => Store;
  /** Looks at the province after each act, when the clock has gone on: nothing moves until the next. */
  readonly watch?: (ports: Ports) => Promise<void>;
  readonly afterRound?: (ports: Ports) => Promise<void>;
}

export async function campaign(seed: number, sample: Sample, options: CampaignOptions = {}): Promise<Told> {
  const { sabotage } = options;
  const random = seeded(seed);
  const units = chosenUnits(sample.units, random);
  const accounts = roles.map((role) => staffOf(role, units));
  const world = openWorld(accounts, options.before ?? (sabotage === undefined ? undefined : sabotaged[sabotage]));
  const told = new Campaign(world.ports, random, units, accounts, (minutes) => world.pass(minutes), options);
  await told.begin(sample.people);
  for (let round = 0; round < mostRounds && !(await told.isOver()); round += 1) {
    await told.round(round >= calmFrom);
    await options.afterRound?.(world.ports);
  }
  const verdict = await judge(world.ports, told.bank.credited(), seed % inspectsEvery === 0);
  return {
    seed,
    ...verdict,
    people: told.people,
    units: units.length,
    sources: new Set(units.map(({ source }) => source)).size,
    faults: told.faults(),
    deaths: told.deaths,
    story: told.story,
  };
}

const entitledOf = once((people: readonly GoodRow[]) =>
  people.filter(({ facts }) => assess(facts).outcome === 'entitled'),
);

/** Three or four of the province's own level, from two sources. */
function chosenUnits(all: readonly Unit[], random: Random): readonly Unit[] {
  const own = all.filter(({ level, block }) => level === 'provincial' && block !== 'party');
  const pick = (source: string, count: number) => {
    const left = own.filter((unit) => unit.source === source);
    return Array.from({ length: count }, () => left.splice(random.between(0, left.length - 1), 1)).flat();
  };
  return [...pick('wage-reform', 2), ...pick('regular', random.between(1, 2))];
}

function staffOf(role: Role, units: readonly Unit[]): Account {
  const ofUnits = role.startsWith('unit-') ? units.map(({ code }) => code) : [];
  return { id: `sim-${role}`, name: role, email: `${role}@x.example`, role, units: ofUnits };
}

const refusal = z.object({ outcome: z.literal('refused'), why: z.object({ vi: z.string() }) });

class Campaign {
  readonly story: string[] = [];
  readonly bank: Treasury;
  deaths = 0;
  people = 0;
  #extraFaults = 0;
  #batches = new Map<string, 'approval' | 'paying' | 'done'>();
  #files = 0;
  /** The year's number for the units' estimates, and who has theirs. */
  #year = 1;
  #isAllotted = new Set<string>();
  #hasYearEnd = false;
  readonly #stage: Stage;
  readonly #ports: Ports;
  readonly #random: Random;
  readonly #units: readonly Unit[];
  readonly #accounts: readonly Account[];
  readonly #pass: (minutes: number) => void;
  readonly #options: CampaignOptions;

  constructor(
    ports: Ports,
    random: Random,
    units: readonly Unit[],
    accounts: readonly Account[],
    pass: (minutes: number) => void,
    options: CampaignOptions,
  ) {
    this.#options = options;
    this.#ports = ports;
    this.#random = random;
    this.#units = units;
    this.#accounts = accounts;
    this.#pass = pass;
    this.bank = treasury(random);
    this.#stage = {
      ports,
      random,
      units,
      as: (role) => this.#as(role),
      rows: async (query) => this.#rows(query),
      act: async (what, act) => {
        await this.#act(what, act);
      },
      met: () => {
        this.#extraFaults += 1;
      },
    };
  }

  faults(): number {
    let count = this.deaths + this.#extraFaults;
    for (const met of this.bank.faults.values()) count += met;
    return count;
  }

  async isOver(): Promise<boolean> {
    // The last payment may be known while an accountant still has to find money that was sent back.
    const estimates = await this.#rows({ kind: 'estimate' });
    const isFound = estimates.every(({ summary }) => estimateSummary.parse(summary).blockedOrders === 0);
    return isFound && [...this.#batches.values()].every((phase) => phase === 'done');
  }

  #tell(sentence: string): void {
    this.story.push(sentence);
  }

  #as(role: Role): Account {
    const found = this.#accounts.find((account) => account.role === role);
    if (found === undefined) throw new Error(`nobody is ${role}`);
    return found;
  }

  /** An act of a person or of the workflow, in which the process may die; it is then done again. */
  async #act(what: string, act: (ports: Ports) => Promise<unknown>): Promise<'done' | 'refused'> {
    const { deaths, came } = await survive(act, this.#ports, this.#random, true);
    this.deaths += deaths;
    const died = deaths === 0 ? what : `${what} (tiến trình bị dừng ${deaths} lần)`;
    const refused = refusal.safeParse(came);
    this.#tell(refused.success ? `${died} – không được: ${refused.data.why.vi}` : died);
    this.#pass(this.#random.between(5, 600));
    await this.#options.watch?.(this.#ports);
    return refused.success ? 'refused' : 'done';
  }

  async #rows(query: Omit<RowQuery, 'limit' | 'after'>): Promise<readonly Row[]> {
    const found: Row[] = [];
    for await (const row of allRows(this.#ports.store, query)) found.push(row);
    return found;
  }

  /** Units, estimates, lists, appraisal, and a batch a source. */
  async begin(sample: readonly GoodRow[]): Promise<void> {
    const { store, now } = this.#ports;
    const entries = this.#units.map((data) => ({ kind: 'unit-registered', at: now(), by: 'system', data }));
    await store.commit([{ stream: unitStream, readAt: 0, entries }]);
    const entitled = entitledOf(sample);
    const some = fewestPeople + this.#random.between(0, 6);
    const count = this.#options.people ?? some;
    const first = this.#random.between(0, entitled.length - count - 1);
    const chosen = entitled.slice(first, first + count);
    const lists = this.#units.map((unit, index) => ({
      unit,
      people: chosen
        .filter((_, place) => place % this.#units.length === index)
        .map((person) => ({ ...person, payingUnit: unit.code })),
    }));
    const byCode = new Map(this.#units.map((unit) => [unit.code, unit]));
    if (this.#random.chance(0.3)) await this.#setLineSource();
    for (const { unit, people } of lists) {
      // Somebody of another unit's list stands in this one too: they must not be paid twice.
      const [twice] = lists.find((other) => other.unit !== unit)?.people ?? [];
      const isTwice = twice !== undefined && (unit === lists.at(-1)?.unit || this.#random.chance(0.3));
      const all = isTwice ? [...people, { ...twice, row: 900, payingUnit: unit.code }] : people;
      if (isTwice) this.#extraFaults += 1;
      const submission = {
        listId: `list-${unit.code}`,
        by: 'sim-unit-clerk',
        people: all,
        mayUse: (code: string) => code === unit.code,
      };
      await this.#act(`Đơn vị ${unit.code} gửi ${all.length} người`, (ports) =>
        submitList(submission, byCode, { assess, correct: async () => false }, ports),
      );
    }
    this.people = count;
    for (const { code, source } of await this.#paying()) {
      const isLate = this.#random.chance(0.25);
      if (isLate) this.#extraFaults += 1;
      else await this.#allot(code, source);
    }
    if (this.#random.chance(0.3)) await paidByUnit(this.#stage);
    await this.#appraise();
    const used = new Set((await this.#rows({ kind: 'part' })).map((row) => row.source));
    for (const source of sources.filter((one) => used.has(one))) {
      const batchId = `batch-${source}`;
      const wish = { batchId, source, level: 'provincial', by: 'sim-finance-officer' } as const;
      await this.#act(`Chốt đợt nguồn ${source}`, (ports) => freezeBatch(wish, ports));
      this.#batches.set(batchId, 'approval');
    }
  }

  /** Another source than the units' own pays a component. */
  async #setLineSource(): Promise<void> {
    const wish = { line: this.#random.of(['job-search', 'service']), source: 'central-supplement', unit: '' };
    const paper = { number: '5/STC', on: '2025-09-01', paper: 'scan' };
    await this.#act(`Khoản ${wish.line} chi từ nguồn khác`, (ports) =>
      setLineSource({ ...wish, ...paper }, this.#as('finance-leader'), ports),
    );
  }

  /** Units and the sources their people are paid from. */
  async #paying(): Promise<readonly { readonly code: string; readonly source: Unit['source'] }[]> {
    const found = new Map<string, { code: string; source: Unit['source'] }>();
    for (const { unit: code = '', source } of await this.#rows({ kind: 'part' })) {
      const named = sources.find((one) => one === source);
      if (named !== undefined) found.set(`${code}.${named}`, { code, source: named });
    }
    return [...found.values()];
  }

  async #allot(unit: string, source: Unit['source']): Promise<void> {
    const key = `${unit}.${source}`;
    if (this.#isAllotted.has(key)) return;
    this.#isAllotted.add(key);
    const given = { unit, source, amount: 1_000_000_000_000n, document: `${this.#year}/QĐ`, on: '2025-09-01' };
    await this.#act(`Giao dự toán cho ${unit}`, (ports) => allot(given, 'sim-finance-officer', ports));
  }

  async #appraise(): Promise<void> {
    const rows = await this.#rows({ kind: 'part', status: 'assessed' });
    const seen = rows.map(({ stream, summary }) => ({
      part: stream.slice('part/'.length),
      caseHash: partSummary.parse(summary).caseHash,
    }));
    if (seen.length === 0) return;
    await this.#act(`Thẩm định ${seen.length} hồ sơ`, (ports) =>
      appraise(seen, this.#as('home-affairs-officer'), ports),
    );
  }

  /** What everybody does in some days, in an order that chance chooses. */
  async round(isCalm: boolean): Promise<void> {
    if (isCalm) this.bank.settleDown();
    const steps = [
      async () => this.#workflows(),
      async () => this.#unitsSign(isCalm),
      async () => this.#files_(isCalm),
      async () => this.#mend(isCalm),
      async () => this.#askAfter(isCalm),
      async () => this.#lateEstimates(isCalm),
      async () => this.#explain(isCalm),
      async () => findReturned(this.#stage, isCalm),
      async () => heirsComeForward(this.#stage, isCalm),
      async () => pauseOrResume(this.#stage, isCalm),
      async () => this.#yearEnd(isCalm),
    ];
    if (!isCalm && this.#random.chance(0.1)) steps.push(async () => takeSlipBack(this.#stage));
    if (!isCalm && this.#random.chance(0.08)) steps.push(async () => somebodyDies(this.#stage));
    if (!isCalm && this.#random.chance(0.08)) steps.push(async () => paidByUnit(this.#stage));
    if (!isCalm && this.#random.chance(0.06)) steps.push(async () => somebodyGivesBack(this.#stage));
    while (steps.length > 0) {
      const [step] = steps.splice(this.#random.between(0, steps.length - 1), 1);
      await step?.();
    }
  }

  /** Once, in some campaigns; whoever is unpaid then waits for the new year's estimate. */
  async #yearEnd(isCalm: boolean): Promise<void> {
    if (this.#hasYearEnd) {
      if (isCalm || this.#random.chance(0.5)) await takeBackOldSlips(this.#stage);
      return;
    }
    if (isCalm || !this.#random.chance(0.02)) return;
    this.#hasYearEnd = true;
    this.#extraFaults += 1;
    const { now } = this.#ports;
    const left = Date.parse('2025-12-31T08:00:00.000Z') - Date.parse(now());
    this.#pass(Math.max(0, Math.ceil(left / 60_000)));
    await yearEnds(this.#stage);
    this.#year += 1;
    this.#isAllotted.clear();
  }

  async #workflows(): Promise<void> {
    for (const [batchId, phase] of this.#batches) {
      if (phase === 'approval') await this.#approve(batchId);
      if (this.#batches.get(batchId) === 'paying') await this.#pay(batchId);
    }
  }

  async #approve(batchId: string): Promise<void> {
    const items = (await this.#list(batchId)).map(({ part }) => part);
    await this.#act(`${batchId}: tính lại`, (ports) => recompute({ BatchInput: { batchId }, Items: items }, ports));
    await approvalNext({ batchId }, this.#ports);
    for (const [step, role] of [
      ['people', 'home-affairs-leader'],
      ['money', 'finance-leader'],
    ] as const) {
      const takeOut = step === 'people' && this.#random.chance(0.4) ? items.slice(0, 1) : [];
      const out = takeOut.map((part) => ({ part, reason: 'Xem lại' }));
      const frozen = (await readBatch(this.#ports.store, batchId))?.frozen;
      const decision = {
        batchId,
        step,
        version: frozen?.version ?? 0,
        contentHash: frozen?.contentHash ?? '',
        outcome: 'confirmed' as const,
        takeOut: out,
        shown: 'trang đã xem',
      };
      await this.#act(`${batchId}: xác nhận bước ${step}, đưa ra ${out.length} người`, (ports) =>
        decide(decision, this.#as(role), ports),
      );
    }
    const batch = await readBatch(this.#ports.store, batchId);
    if (batch === undefined) throw new Error(`${batchId} is gone`);
    const { parts, total } = payable(batch, await readFrozenList(this.#ports.files, batch));
    const given = {
      batchId,
      version: 1,
      number: `${batchId}/QĐ`,
      on: '2025-09-01',
      signatory: 'Chủ tịch',
      capacity: 'head' as const,
      mandate: '',
      people: parts.length,
      total,
      paper: 'scan',
    };
    await this.#act(`${batchId}: UBND tỉnh quyết định ${parts.length} người, ${formatDong(total)} đồng`, (ports) =>
      recordProvincialDecision(given, 'sim-finance-officer', ports),
    );
    const next = await approvalNext({ batchId, next: 'confirmation' }, this.#ports);
    if (next.next !== 'order') throw new Error(`${batchId} goes on to ${next.next}`);
    this.#batches.set(batchId, 'paying');
    await this.#order(batchId);
  }

  async #list(batchId: string) {
    const batch = await readBatch(this.#ports.store, batchId);
    return batch === undefined ? [] : (await readFrozenList(this.#ports.files, batch)).parts;
  }

  async #pay(batchId: string): Promise<void> {
    const { next } = await disbursementNext({ batchId }, this.#ports);
    if (next === 'order') await this.#order(batchId);
    if (next !== 'report') return;
    await this.#act(`${batchId}: báo cáo hoàn thành`, (ports) => reportBatch(batchId, ports));
    this.#batches.set(batchId, 'done');
  }

  async #order(batchId: string): Promise<void> {
    const Items = (await this.#list(batchId)).map(({ part }) => part);
    const byCode = new Map(this.#units.map((unit) => [unit.code, unit]));
    // What a slip's files say, without the time that laying them out takes.
    const write = async (...what: readonly unknown[]) => new TextEncoder().encode(JSON.stringify(what, bigintAsText));
    await this.#act(`${batchId}: giữ dự toán`, (ports) => fundBatch(batchId, ports));
    await this.#act(`${batchId}: lập khoản chi`, (ports) => orderParts({ BatchInput: { batchId }, Items }, ports));
    await this.#act(`${batchId}: lập chứng từ`, (ports) => makeSlips(batchId, byCode, write, ports));
  }

  async #unitsSign(isCalm: boolean): Promise<void> {
    const signers = {
      prepared: 'unit-clerk',
      'accountant-confirmed': 'unit-chief-accountant',
      'holder-confirmed': 'unit-account-holder',
    } as const;
    for (const { stream, status } of await this.#rows({ kind: 'slip' })) {
      if (status === 'sent' || status === 'withdrawn' || (!isCalm && this.#random.chance(0.2))) continue;
      const slipId = stream.slice('slip/'.length);
      const signed = (await readSlip(this.#ports.store, slipId))?.signed.length ?? 0;
      let came: 'done' | 'refused' = 'done';
      for (const signature of signatures.slice(signed)) {
        came = await this.#act(`${slipId}: ${signature}`, (ports) =>
          signSlip(slipId, signature, this.#as(signers[signature]), ports),
        );
        if (came === 'refused') break;
      }
      if (came === 'refused') continue;
      const sending = { number: 'DVC', on: '2025-09-01' };
      await this.#act(`${slipId}: gửi Kho bạc`, (ports) =>
        recordSending(slipId, sending, this.#as('unit-clerk'), ports),
      );
      await this.#act(`${slipId}: theo dõi`, (ports) => followSlip(slipId, ports));
      await this.#arrive(slipId);
      // The same slip is sent once more by mistake.
      if (this.#random.chance(0.1)) await this.#arrive(slipId);
    }
  }

  async #arrive(slipId: string): Promise<void> {
    const slip = await readSlip(this.#ports.store, slipId);
    if (slip?.sent === undefined) return;
    const orders: Order[] = [];
    for (const reference of await referencesOf(slip, this.#ports)) {
      const order = await readOrder(this.#ports.store, reference);
      if (order !== undefined) orders.push(order);
    }
    this.bank.take(orders);
  }

  async #files_(isCalm: boolean): Promise<void> {
    for (const [batchId, phase] of this.#batches) {
      if (phase !== 'paying' || (!isCalm && this.#random.chance(0.2))) continue;
      const code = (await readBatch(this.#ports.store, batchId))?.code ?? '';
      const file = this.bank.file(batchId, code);
      if (file === undefined) continue;
      this.#files += 1;
      const text = canonical({ file: this.#files, lines: file.lines.length });
      const hash = await this.#ports.files.put(new TextEncoder().encode(text));
      const total = sum(file.lines.map(({ amount }) => amount));
      const times = this.#random.chance(0.15) ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        await this.#act(`${batchId}: nhập tệp ${file.lines.length} dòng, ${formatDong(total)} đồng`, (ports) =>
          reconcile(batchId, hash, file, 'sim-finance-officer', ports),
        );
      }
    }
  }

  async #askAfter(isCalm: boolean): Promise<void> {
    for (const [batchId, phase] of this.#batches) {
      if (phase !== 'paying' || !(isCalm || this.#random.chance(0.15))) continue;
      let asked: readonly string[] = [];
      await this.#act(`${batchId}: tra soát`, async (ports) => {
        asked = await inquire(batchId, 'sim-finance-officer', ports);
      });
      const unknown = (await this.#rows({ kind: 'order', batch: batchId, status: 'unknown' })).map(({ stream }) =>
        stream.slice('order/'.length),
      );
      this.bank.ask([...asked, ...unknown]);
    }
  }

  /** The unit corrects the account on the person's request, a second person confirms, Finance orders again. */
  async #mend(isCalm: boolean): Promise<void> {
    const back = [
      ...(await this.#rows({ kind: 'part', status: 'returned' })),
      ...(await this.#rows({ kind: 'part', status: 'refused' })),
    ];
    for (const { stream } of back) {
      if (!isCalm && this.#random.chance(0.2)) continue;
      const partId = stream.slice('part/'.length);
      const part = await readPart(this.#ports.store, partId);
      if (part === undefined || part.wantsOrder) continue;
      const number = String(700_000_000 + this.#random.between(0, 99_999_999));
      const of = await readCase(this.#ports.store, part.caseId);
      if (of === undefined) continue;
      const { holder, heir } = await accountOf(this.#ports.vault, of.id, of.account.sealed);
      const account = { bank: 'VCB', number, holder };
      const correction = {
        part: partId,
        account: heir === undefined ? account : { ...account, heir },
        reason: 'Đơn của người hưởng',
        paper: 'don',
      };
      await this.#act(`${partId}: đơn vị đề nghị tài khoản khác`, (ports) =>
        proposeAccount(correction, this.#as('unit-clerk'), ports),
      );
      const proposed = (await readCase(this.#ports.store, part.caseId))?.proposed;
      if (proposed !== undefined) {
        await this.#act(`${partId}: người thứ hai xác nhận`, (ports) =>
          confirmAccount(partId, proposed.digest, this.#as('unit-chief-accountant'), ports),
        );
      }
      await this.#act(`${partId}: chi lại`, (ports) =>
        orderAgain(partId, 'Tài khoản đã sửa', this.#as('finance-officer'), ports),
      );
    }
  }

  /** The Finance leader asks the Treasury what is true, and says so. */
  async #explain(isCalm: boolean): Promise<void> {
    for (const { stream } of await this.#rows({ kind: 'order', waitingFor: contradicted })) {
      if (!isCalm && this.#random.chance(0.5)) continue;
      const reference = stream.slice('order/'.length);
      await this.#act(`${reference}: đối chiếu kết quả trái ngược`, (ports) =>
        explainContradiction(reference, 'Kho bạc xác nhận tiền đã trả lại', this.#as('finance-leader'), ports),
      );
    }
  }

  async #lateEstimates(isCalm: boolean): Promise<void> {
    for (const { code, source } of await this.#paying()) {
      if (isCalm || this.#random.chance(0.2)) await this.#allot(code, source);
    }
  }
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
