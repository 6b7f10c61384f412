/** Use cases of the paying unit's slip: made from orders, signed by three people, sent through the Treasury's service. */
import { isLocalDate, type LocalDate, localDateOf } from '../calendar.ts';
import type { Account, Act } from '../case/access.ts';
import { mayReach } from '../case/access.ts';
import { readBatch } from '../case/batch.ts';
import { bankName } from '../case/banks.ts';
import { accountOf, identityOf, readCase } from '../case/case.ts';
import { readEstimate } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { type Order, orderRow, orderStream, readOrder } from '../case/order.ts';
import { caseIdOf, orderedPartMoved, readPart } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import {
  readSlip,
  type Signature,
  type Slip,
  signatures,
  type SlipOrigin,
  slipRow,
  slipStatus,
  slipStream,
} from '../case/slip.ts';
import type { Change } from '../case/store.ts';
import { readUnits, type Unit } from '../case/unit.ts';
import { controlOf } from './control.ts';
import { partsOf } from './due.ts';
import { barOfSlip } from './slip-bars.ts';
import type { PreCheck } from './pre-check.ts';
import { type RowReader, slipEvidence } from './pre-check-evidence.ts';
import { barredBy, preChecks, statesOf } from './pre-checks.ts';
import { madeKinds, type WriteSlipFile } from './slip-file.ts';
import type { Beneficiary, SlipPaper } from './slip-paper.ts';

const groupSize = 20;

/** Step `disbursement.slips`: makes each slip whose orders are written, with its files. */
export async function makeSlips(
  batchId: string,
  units: ReadonlyMap<string, Unit>,
  write: WriteSlipFile,
  ports: Ports,
): Promise<void> {
  const { parts } = await partsOf(batchId, ports);
  const bySlip = new Map<string, string[]>();
  for (const { part } of parts) {
    if (part.ordered === undefined) continue;
    bySlip.set(part.ordered.slip, [...(bySlip.get(part.ordered.slip) ?? []), part.ordered.reference]);
  }
  for (const [slipId, references] of bySlip) {
    if ((await readSlip(ports.store, slipId)) === undefined) await makeSlip(slipId, references, units, write, ports);
  }
}

async function makeSlip(
  slipId: string,
  references: readonly string[],
  units: ReadonlyMap<string, Unit>,
  write: WriteSlipFile,
  ports: Ports,
): Promise<void> {
  const { store, files, now } = ports;
  const orders = await ordersOf(references, ports);
  const first = orders[0];
  const unit = first && units.get(first.unit);
  if (first === undefined || unit === undefined) throw new Error(`slip ${slipId} has no order or no unit`);
  const at = now();
  const from: SlipOrigin = first.from ?? 'estimate';
  const paper = await paperOf({ slip: slipId, madeAt: at, from, unit, orders }, ports);
  const { count, total, check } = controlOf(paper.beneficiaries);
  const kept = await Promise.all(
    madeKinds.map(async (made) => ({ kind: made, hash: await files.put(await write({ made }, paper), 'payment') })),
  );
  const data = {
    batch: first.batch,
    unit: unit.code,
    source: first.source,
    decision: first.decision,
    references: await files.put(new TextEncoder().encode(JSON.stringify(references.toSorted())), 'payment'),
    people: count,
    total: total.toString(),
    beneficiaryList: kept.find(({ kind }) => kind === 'form-09.xlsx')?.hash ?? '',
    from,
    files: kept.map(({ kind, hash }) => ({ kind, hash, count, total: total.toString(), check })),
  };
  await store.commit([
    {
      stream: slipStream(slipId),
      readAt: 0,
      entries: [{ kind: 'made', at, by: 'system', data }],
      row: slipRow(data, 'to-prepare', at),
    },
  ]);
}

async function ordersOf(references: readonly string[], { store }: Ports): Promise<readonly Order[]> {
  const orders = await Promise.all(references.map((reference) => readOrder(store, reference)));
  return orders.filter((order) => order !== undefined);
}

/** What the slip's files are made from, read again from its orders; the codes are those that the estimate has now. */
export async function readSlipPaper(slip: Slip, ports: Ports): Promise<SlipPaper> {
  const unit = (await readUnits(ports.store)).get(slip.unit);
  if (unit === undefined) throw new Error(`slip ${slip.id} has no unit`);
  const orders = await ordersOf(await referencesOf(slip, ports), ports);
  return paperOf({ slip: slip.id, madeAt: slip.madeAt, from: slip.from, unit, orders }, ports);
}

async function paperOf(
  { orders, ...known }: Pick<SlipPaper, 'slip' | 'madeAt' | 'from' | 'unit'> & { readonly orders: readonly Order[] },
  ports: Ports,
): Promise<SlipPaper> {
  const first = orders[0];
  if (first === undefined) throw new Error(`slip ${known.slip} has no order`);
  const batch = await readBatch(ports.store, first.batch);
  const { codes } = await readEstimate(ports.store, first.unit, first.source);
  return {
    ...known,
    source: first.source,
    decision: { number: first.decision, on: batch?.provincial?.on ?? '' },
    ...(codes === undefined ? {} : { codes }),
    beneficiaries: await Promise.all(orders.map((order) => beneficiaryOf(order, ports))),
  };
}

async function beneficiaryOf(order: Order, { store, vault }: Ports): Promise<Beneficiary> {
  const caseId = caseIdOf(order.part);
  const of = await readCase(store, caseId);
  if (of === undefined) throw new Error(`order ${order.reference} names a case that is not there`);
  const account = await accountOf(vault, caseId, order.account);
  const { fullName } = await identityOf(vault, of);
  return {
    fullName: account.heir?.fullName ?? fullName,
    accountNumber: account.number,
    bank: bankName(account.bank),
    bankCode: account.bank,
    amount: BigInt(order.amount),
    reference: order.reference,
    ...(account.heir === undefined ? {} : { heirOf: fullName }),
    regime: of.assessment.outcome === 'entitled' ? of.assessment.regime : '',
  };
}

/** The references of a slip's orders. */
export async function referencesOf(slip: Slip, { files }: Pick<Ports, 'files'>): Promise<readonly string[]> {
  const content = await files.get(slip.references);
  if (content === undefined) throw new Error(`the orders of slip ${slip.id} are gone`);
  const references: unknown = JSON.parse(new TextDecoder().decode(content));
  if (!Array.isArray(references)) throw new Error(`the orders of slip ${slip.id} are no list`);
  return references.map(String);
}

/** Which act each signature is. */
export const signatureActs: Readonly<Record<Signature, Act>> = {
  prepared: 'slip.prepare',
  'accountant-confirmed': 'slip.confirm-accountant',
  'holder-confirmed': 'slip.confirm-holder',
};

/**
 * One of the three signatures, in order, each by another person; none while a check fails. `readRows` reads the stored list
 * of beneficiaries back: without it the file is only known to be there, unaltered.
 */
export async function signSlip(
  slipId: string,
  signature: Signature,
  account: Account,
  ports: Ports,
  readRows?: RowReader,
): Promise<{ readonly outcome: 'signed' } | Refused> {
  const { store, now } = ports;
  const outcome = await commitDeciding(store, async () => {
    const slip = await readSlip(store, slipId);
    if (slip === undefined || !mayReach(account, slip)) return { stop: noSlip };
    const bar = await barOfSlip(slip, ports);
    if (bar !== undefined) return { stop: bar };
    const due = signatures[slip.signed.length];
    if (due !== signature) return { stop: notItsTurn };
    if (slip.signed.some(({ by }) => by === account.id)) return { stop: samePerson };
    const at = now();
    const checked = await checkedSlip(slip, localDateOf(at), ports, readRows);
    if ('outcome' in checked) return { stop: checked };
    const status = slipStatus({ signed: [...slip.signed, { signature, by: account.id, at }] });
    const entry = {
      kind: signature,
      at,
      by: account.id,
      data: { total: slip.total, beneficiaryList: slip.beneficiaryList, checks: statesOf(checked) },
    };
    return {
      changes: [
        { stream: slipStream(slipId), readAt: slip.entries.length, entries: [entry], row: slipRow(slip, status, at) },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'signed' };
}

const contradictedOrder = refused(
  'Một khoản trong chứng từ này đang có kết quả trái ngược: có tệp ghi lần chi trước đã báo có. Chưa được ký hoặc gửi cho đến khi Sở Tài chính đối chiếu xong.',
  'An order of this slip is contradicted: a file says that the attempt before was credited. It must not be signed or sent until Finance has explained it.',
);

/** The checks of the slip, each order read once; or why it must not be signed or sent. */
async function checkedSlip(
  slip: Slip,
  on: LocalDate,
  ports: Ports,
  readRows: RowReader | undefined,
): Promise<readonly PreCheck[] | Refused> {
  const evidence = await slipEvidence(slip, await referencesOf(slip, ports), ports, readRows);
  if (evidence.isContradicted) return contradictedOrder;
  const checks = preChecks(evidence, on);
  return barredBy(checks) ?? checks;
}

const noSlip = refused('Không tìm thấy chứng từ này của đơn vị.', 'There is no such slip of this unit.');
const notItsTurn = refused(
  'Chứng từ đang chờ bước khác. Thứ tự: người lập, kế toán trưởng, chủ tài khoản.',
  'The slip waits for another step. The order is preparer, chief accountant, account holder.',
);
const samePerson = refused(
  'Đồng chí đã xác nhận một bước của chứng từ này. Ba bước phải do ba người khác nhau làm.',
  'You have confirmed a step of this slip. The three steps must be three different people.',
);

/** The unit's preparer records that the slip went out through the Treasury's service, with its number and day. */
export async function recordSending(
  slipId: string,
  sending: { readonly number: string; readonly on: string },
  account: Account,
  ports: Ports,
  readRows?: RowReader,
): Promise<{ readonly outcome: 'sent' } | Refused> {
  const { store, now } = ports;
  const outcome = await commitDeciding(store, async () => {
    const slip = await readSlip(store, slipId);
    if (slip === undefined || !mayReach(account, slip)) return { stop: noSlip };
    const bar = await barOfSlip(slip, ports);
    if (bar !== undefined) return { stop: bar };
    if (slip.sent !== undefined) return { stop: refused('Việc gửi đã được ghi.', 'The sending is recorded already.') };
    if (slip.signed.length < signatures.length) return { stop: notItsTurn };
    if (sending.number.trim() === '' || !isLocalDate(sending.on) || sending.on > localDateOf(now())) {
      return {
        stop: refused(
          'Hãy ghi số hồ sơ dịch vụ công và ngày gửi (không ở tương lai).',
          'State the number and the day of sending (not ahead).',
        ),
      };
    }
    const checked = await checkedSlip(slip, sending.on, ports, readRows);
    if ('outcome' in checked) return { stop: checked };
    const at = now();
    const data = { number: sending.number.trim(), on: sending.on, checks: statesOf(checked) };
    const entry = { kind: 'sent', at, by: account.id, data };
    return {
      changes: [
        { stream: slipStream(slipId), readAt: slip.entries.length, entries: [entry], row: slipRow(slip, 'sent', at) },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'sent' };
}

/** After a slip was sent, its orders and parts are. Run again at any time it does what is left to do. */
export async function followSlip(slipId: string, ports: Ports): Promise<string | undefined> {
  const { store } = ports;
  const slip = await readSlip(store, slipId);
  if (slip?.sent === undefined) return undefined;
  const { by, at } = slip.sent;
  for (const group of groupsOf(await referencesOf(slip, ports), groupSize)) {
    await commitDeciding(store, async () => {
      const changes: Change[] = [];
      for (const reference of group) changes.push(...(await sentChanges(reference, by, at, ports)));
      return changes.length === 0 ? { stop: 'all sent' } : { changes };
    });
  }
  return slip.batch;
}

async function sentChanges(reference: string, by: string, at: string, { store }: Ports): Promise<readonly Change[]> {
  const order = await readOrder(store, reference);
  if (order?.status !== 'awaiting-unit') return [];
  const part = await readPart(store, order.part);
  if (part?.status !== 'awaiting-unit') return [];
  const { entries: past, status: _status, isContradicted: _contradicted, ...ordered } = order;
  return [
    {
      stream: orderStream(reference),
      readAt: past.length,
      entries: [{ kind: 'sent', at, by, data: { slip: order.slip } }],
      row: orderRow(ordered, 'sent', at, order.reason, order.isContradicted),
    },
    orderedPartMoved(part, { kind: 'sent', at, by, data: { status: 'sent', reference } }),
  ];
}
