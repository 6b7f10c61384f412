/**
 * What happens in a campaign beside the Treasury's answers: people die and heirs are paid, slips are taken back, payments
 * pause, the budget year ends, and money that came back is found on the estimate or in the deposit account.
 */
import { holdPart } from '../../../shared/approval/hold.ts';
import type { Account, Role } from '../../../shared/case/access.ts';
import { readCase } from '../../../shared/case/case.ts';
import { estimateSummary, readEstimate } from '../../../shared/case/funding.ts';
import { caseIdOf, readPart, sourceOf } from '../../../shared/case/part.ts';
import { readPauses } from '../../../shared/case/pause.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { readRecovery, restOf } from '../../../shared/case/recovery.ts';
import { shareOf } from '../../../shared/case/shares.ts';
import type { Row, RowQuery } from '../../../shared/case/store.ts';
import type { Unit } from '../../../shared/case/unit.ts';
import { closeYear } from '../../../shared/disbursement/close-year.ts';
import { confirmAccount, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { recordReceipt } from '../../../shared/disbursement/decide-recovery.ts';
import { recordGivenBack } from '../../../shared/disbursement/open-recovery.ts';
import { recordPaidElsewhere } from '../../../shared/disbursement/paid-elsewhere.ts';
import { setPause } from '../../../shared/disbursement/pause.ts';
import { recordComeback } from '../../../shared/disbursement/record-comeback.ts';
import { followWithdrawn, withdrawSlip } from '../../../shared/disbursement/withdraw-slip.ts';
import type { Random } from '../seeded.ts';

/** What a misfortune needs of its campaign. */
export interface Stage {
  readonly ports: Ports;
  readonly random: Random;
  readonly units: readonly Unit[];
  as(role: Role): Account;
  rows(query: Omit<RowQuery, 'limit' | 'after'>): Promise<readonly Row[]>;
  act(what: string, act: (ports: Ports) => Promise<unknown>): Promise<void>;
  /** Counts what went wrong by itself. */
  met(): void;
}

/** The chief accountants find the money that banks sent back, sooner or later, here or there. */
export async function findReturned(stage: Stage, isCalm: boolean): Promise<void> {
  const { ports, random, units } = stage;
  for (const row of await stage.rows({ kind: 'estimate' })) {
    if (estimateSummary.parse(row.summary).blockedOrders === 0 || (!isCalm && random.chance(0.3))) continue;
    const { unit = '', source = '' } = row;
    const { blocked } = await readEstimate(ports.store, unit, source);
    const to = random.chance(0.35) ? 'deposit' : 'estimate';
    const found = { references: [...blocked.keys()], to, document: 'GBC', on: '2025-09-01' };
    const accountant = { ...stage.as('unit-chief-accountant'), units: units.map(({ code }) => code) };
    await stage.act(`${unit}: tiền chuyển trả đã về ${to === 'deposit' ? 'tiền gửi' : 'dự toán'}`, (on) =>
      recordComeback(found, accountant, on),
    );
  }
}

/** Finance takes back a slip that is not sent; somebody of it may have died. */
export async function takeSlipBack(stage: Stage): Promise<void> {
  const { random } = stage;
  const open = (await stage.rows({ kind: 'slip' })).filter(({ status }) => status !== 'sent' && status !== 'withdrawn');
  if (open.length === 0) return;
  stage.met();
  const slipId = random.of(open).stream.slice('slip/'.length);
  const own = (await stage.rows({ kind: 'order', status: 'awaiting-unit' })).filter(
    ({ summary }) => summary['slip'] === slipId,
  );
  const hold = own.length > 0 && random.chance(0.6) ? [String(random.of(own).summary['part'])] : [];
  const wish = { reason: hold.length > 0 ? 'Người hưởng đã mất' : 'Lập sai', hold };
  await stage.act(`${slipId}: rút lại, tạm dừng ${hold.length} người`, async (on) => {
    await withdrawSlip(slipId, wish, stage.as('finance-leader'), on);
    await followWithdrawn(slipId, on);
  });
}

/** Somebody whose money waits, or came back, has died. */
export async function somebodyDies(stage: Stage): Promise<void> {
  const { random } = stage;
  const waiting = [
    ...(await stage.rows({ kind: 'part', status: 'waiting-for-estimate' })),
    ...(await stage.rows({ kind: 'part', status: 'returned' })),
  ];
  if (waiting.length === 0) return;
  stage.met();
  const part = random.of(waiting).stream.slice('part/'.length);
  await stage.act(`${part}: người hưởng đã mất, tạm dừng`, (on) =>
    holdPart(part, 'hold', 'Người hưởng đã mất', stage.as('home-affairs-officer'), on),
  );
}

/** For whoever is held because they died the unit brings the heir's papers, and Home Affairs lets the payment go on. */
export async function heirsComeForward(stage: Stage, isCalm: boolean): Promise<void> {
  const { ports, random } = stage;
  for (const { stream } of await stage.rows({ kind: 'part', status: 'held' })) {
    if (!isCalm && random.chance(0.4)) continue;
    const partId = stream.slice('part/'.length);
    const part = await readPart(ports.store, partId);
    if (part?.last.reason !== 'Người hưởng đã mất') continue;
    const number = String(800_000_000 + random.between(0, 99_999_999));
    const heir = { fullName: 'Người Thừa Kế', relation: 'con' };
    const account = { bank: 'VBA', number, holder: 'Người Thừa Kế', heir };
    const change = { part: partId, account, reason: 'Thừa kế', paper: 'van-ban' };
    await stage.act(`${partId}: đơn vị ghi người thừa kế`, (on) => proposeAccount(change, stage.as('unit-clerk'), on));
    const proposed = (await readCase(ports.store, part.caseId))?.proposed;
    if (proposed === undefined) continue;
    await stage.act(`${partId}: người thứ hai xác nhận người thừa kế`, (on) =>
      confirmAccount(partId, proposed.digest, stage.as('unit-chief-accountant'), on),
    );
    await stage.act(`${partId}: tiếp tục chi cho người thừa kế`, (on) =>
      holdPart(partId, 'resume', 'Đủ giấy tờ thừa kế', stage.as('home-affairs-officer'), on),
    );
  }
}

/** The Treasury's region takes nothing for a while; payments go on later. */
export async function pauseOrResume(stage: Stage, isCalm: boolean): Promise<void> {
  const { ports, random, units } = stage;
  const leader = stage.as('finance-leader');
  const [paused] = await readPauses(ports.store);
  if (paused !== undefined && (isCalm || random.chance(0.6))) {
    const wish = { act: 'resume', unit: paused.unit ?? '', reason: 'Kho bạc nhận lại' } as const;
    await stage.act('Cho chi lại', (on) => setPause(wish, leader, on));
    return;
  }
  if (paused !== undefined || isCalm || !random.chance(0.08)) return;
  stage.met();
  const unit = random.chance(0.5) ? '' : random.of(units).code;
  const wish = { act: 'pause', unit, reason: 'Kho bạc dừng nhận hồ sơ' } as const;
  await stage.act(`Tạm dừng chi trả ${unit === '' ? 'toàn tỉnh' : unit}`, (on) => setPause(wish, leader, on));
}

/** 31 December: what is left of each estimate lapses, or is carried over. */
export async function yearEnds(stage: Stage): Promise<void> {
  const { random } = stage;
  const outcome = random.chance(0.6) ? 'lapsed' : 'carried';
  const end = { year: '2025', outcome, unit: '', source: '', document: '99/QĐ', on: '2025-12-31' };
  await stage.act(`Hết năm ngân sách: ${outcome === 'lapsed' ? 'hủy' : 'chuyển nguồn'} dự toán còn lại`, (on) =>
    closeYear(end, stage.as('finance-leader'), on),
  );
}

/** Slips of a year whose estimate lapsed cannot be sent any more: Finance takes them back. */
export async function takeBackOldSlips(stage: Stage): Promise<void> {
  const { ports } = stage;
  for (const { stream, status, unit = '', source = '' } of await stage.rows({ kind: 'slip' })) {
    if (status === 'sent' || status === 'withdrawn') continue;
    const { closedAt, years } = await readEstimate(ports.store, unit, source);
    const made = (await ports.store.read(stream))[0];
    if (closedAt === undefined || years.at(-1)?.outcome !== 'lapsed' || made === undefined || made.at > closedAt)
      continue;
    const slipId = stream.slice('slip/'.length);
    await stage.act(`${slipId}: rút lại vì hết năm ngân sách`, async (on) => {
      await withdrawSlip(slipId, { reason: 'Hết năm ngân sách', hold: [] }, stage.as('finance-leader'), on);
      await followWithdrawn(slipId, on);
    });
  }
}

/** A unit has paid somebody from its own estimate; it says so early, or when an order of ours is already on its way. */
export async function paidByUnit(stage: Stage): Promise<void> {
  const { ports, random } = stage;
  const rows = await stage.rows({ kind: 'part' });
  if (rows.length === 0) return;
  stage.met();
  const part = random.of(rows).stream.slice('part/'.length);
  const of = await readCase(ports.store, caseIdOf(part));
  if (of === undefined) return;
  const payment = {
    part,
    amount: shareOf(of, sourceOf(part)).total,
    on: '2025-09-01',
    document: 'UNC-1',
    paidBy: of.submitted.payingUnit,
    paper: 'chung-tu',
    list: `da-chi-${part}`,
  };
  await stage.act(`${part}: đơn vị báo đã chi từ dự toán của mình`, (on) =>
    recordPaidElsewhere(payment, 'sim-finance-leader', on),
  );
}

/** Somebody gives back what they were paid, whole or in part. */
export async function somebodyGivesBack(stage: Stage): Promise<void> {
  const { ports, random } = stage;
  const paid = await stage.rows({ kind: 'part', status: 'credited' });
  if (paid.length === 0) return;
  stage.met();
  const { summary, stream } = random.of(paid);
  const caseId = caseIdOf(stream.slice('part/'.length));
  const amount = BigInt(String(summary['total'])) / (random.chance(0.5) ? 1n : 3n);
  const clerk = stage.as('finance-officer');
  const letter = { number: 'Đơn', on: '2025-09-01', paper: 'don' };
  await stage.act(`${caseId}: tự nguyện trả lại ${amount} đồng`, (on) =>
    recordGivenBack({ caseId, amount, letter }, clerk, on),
  );
  for (const { stream: opened, status } of await stage.rows({ kind: 'recovery' })) {
    if (status === 'closed') continue;
    const recovery = await readRecovery(ports.store, opened.slice('recovery/'.length));
    if (recovery === undefined || recovery.caseId !== caseId) continue;
    const to = random.of(['estimate', 'deposit', 'budget']);
    const received = {
      id: recovery.id,
      amount: restOf(recovery),
      on: '2025-09-01',
      document: 'PT-1',
      to,
      paper: 'phieu',
    };
    await stage.act(`${recovery.id}: tiền đã về ${to}`, (on) => recordReceipt(received, clerk, on));
  }
}
