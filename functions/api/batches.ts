/** A batch with its zero-sum line, and its payments by status. */
import * as z from 'zod';
import { localDateOf } from '../../shared/calendar.ts';
import { readBatch } from '../../shared/case/batch.ts';
import { buckets } from '../../shared/case/lifecycle.ts';
import { type Order, orderSummary, type OrderStatus, readOrder } from '../../shared/case/order.ts';
import { readEach } from '../../shared/case/history.ts';
import { caseIdOf } from '../../shared/case/part.ts';
import { lastRow, type Row, type RowQuery, type Store } from '../../shared/case/store.ts';
import type { Cells } from '../../shared/completion/cells.ts';
import { cellsOf } from '../../shared/completion/cells.ts';
import { type Count, remainder, tallyOf } from '../../shared/completion/tally.ts';
import { returnReasonOf } from '../../shared/disbursement/return-reasons.ts';
import { personOfCase } from './cases.ts';
import { notFound } from './problem.ts';
import { malformed, type QueryParameters } from './query.ts';
import { type ApiAnswer, answered, type Call } from './route.ts';
import { answers, type BatchAnswer, type PaymentAnswer } from './schemas.ts';

const noBatch = notFound({ vi: 'đợt chi trả', en: 'batch' });
const batchStatus = answers.Batch.shape.status;

export async function readBatchRoute({ client: { units }, params, ports }: Call): Promise<ApiAnswer> {
  const batch = await readBatch(ports.store, params['id'] ?? '');
  if (batch === undefined) return { problem: noBatch };
  const counted = tallyOf(await cellsIn(batch.id, units, ports.store));
  if (isNotForUnits(counted, units)) return { problem: noBatch };
  const { frozen, provincial } = batch;
  const over = remainder(counted);
  const answer: BatchAnswer = {
    id: batch.id,
    code: batch.code,
    source: batch.source,
    level: batch.level,
    status: batchStatus.parse(lastRow(batch.entries)?.status),
    madeAt: batch.madeAt,
    ...(frozen === undefined ? {} : { version: frozen.version, contentHash: frozen.contentHash }),
    ...(provincial === undefined ? {} : { decision: { number: provincial.number, on: provincial.on } }),
    ...(units === undefined ? {} : { units: [...units] }),
    entitled: written(counted.entitled),
    standing: Object.fromEntries(buckets.map((bucket) => [bucket, written(counted.byBucket[bucket])])),
    agrees: over.people === 0 && over.total === 0n,
  };
  return answered(answer);
}

/** Of a batch in which it has nobody, a client that is bound to units learns nothing. */
function isNotForUnits({ entitled }: { readonly entitled: Count }, units: readonly string[] | undefined): boolean {
  return units !== undefined && entitled.people === 0;
}

function written({ people, total }: Count) {
  return { people, total: total.toString() };
}

async function cellsIn(
  batch: string,
  units: readonly string[] | undefined,
  store: Call['ports']['store'],
): Promise<Cells> {
  if (units === undefined) return cellsOf(store, localDateOf, { batch });
  const found: Cells = { parts: new Map(), withoutPart: new Map() };
  for (const unit of units) {
    const { parts } = await cellsOf(store, localDateOf, { batch, unit });
    // A cell is of one unit: none of them meets one of another.
    for (const [key, cell] of parts) found.parts.set(key, cell);
  }
  return found;
}

const mostPayments = 200;
const usualPayments = 100;
export const pageParameters = {
  status: {
    says: { vi: 'chỉ các khoản chi đang ở trạng thái này', en: 'payments of this status alone' },
    schema: answers.Payment.shape.status,
  },
  after: {
    says: {
      vi: 'nguyên văn giá trị next của trang trước; bỏ trống là trang đầu',
      en: 'the next of the page before, as it came; left out, the first page',
    },
    schema: z.string().min(1).max(100),
  },
  limit: {
    says: {
      vi: `số khoản chi trong một trang, từ 1 đến ${mostPayments}; bỏ trống là ${usualPayments}`,
      en: `payments a page, 1 to ${mostPayments}; left out, ${usualPayments}`,
    },
    schema: z.number().int().min(1).max(mostPayments),
  },
} as const satisfies QueryParameters;

/** Where a page goes on, as `next` gave it: a payment's history; for a client that is bound to units one of them before it. */
function isPlace(after: string, units: readonly string[] | undefined): boolean {
  if (units === undefined) return orderPlace.test(after);
  const [unit = '', place = '', ...more] = after.split(betweenUnitAndPlace);
  return more.length === 0 && units.includes(unit) && (place === '' || orderPlace.test(place));
}

const orderPlace = /^order\/[\w.-]+$/;

export async function paymentsRoute(call: Call): Promise<ApiAnswer> {
  const { client, params, query, ports } = call;
  const after = query.get('after') ?? undefined;
  const status = query.get('status') ?? undefined;
  if (after !== undefined && !isPlace(after, client.units)) {
    return { problem: malformed('after', after, pageParameters.after.says) };
  }
  const batch = await readBatch(ports.store, params['id'] ?? '');
  if (batch === undefined) return { problem: noBatch };
  const { units } = client;
  if (units !== undefined && isNotForUnits(tallyOf(await cellsIn(batch.id, units, ports.store)), units))
    return { problem: noBatch };
  const wanted = {
    kind: 'order',
    batch: batch.id,
    limit: Number(query.get('limit') ?? usualPayments),
    ...(after === undefined ? {} : { after }),
    ...(status === undefined ? {} : { status }),
  };
  const page = units === undefined ? await ports.store.page(wanted) : await pageOfUnits(wanted, units, ports.store);
  const read = await readEach(page.rows, async ({ stream }) => readOrder(ports.store, stream.slice('order/'.length)));
  const payments: PaymentAnswer[] = [];
  for (const order of read) if (order !== undefined) payments.push(await paymentOf(order, call));
  return answered({ payments, ...(page.next === undefined ? {} : { next: page.next }) });
}

/** Unit after unit, so that where a page ends names no payment of another's. */
async function pageOfUnits(
  { after: from = '', limit, ...query }: RowQuery,
  units: readonly string[],
  store: Pick<Store, 'page'>,
): Promise<{ readonly rows: readonly Row[]; readonly next?: string }> {
  const [first = '', after = ''] = from.split(betweenUnitAndPlace);
  const rows: Row[] = [];
  for (const unit of units.toSorted().filter((one) => one >= first)) {
    if (rows.length === limit) return { rows, next: `${unit}${betweenUnitAndPlace}` };
    const place = unit === first && after !== '' ? { after } : {};
    const page = await store.page({ ...query, unit, ...place, limit: limit - rows.length });
    rows.push(...page.rows);
    if (page.next !== undefined) return { rows, next: `${unit}${betweenUnitAndPlace}${page.next}` };
  }
  return { rows };
}

const betweenUnitAndPlace = '~';

export async function paymentRoute(call: Call): Promise<ApiAnswer> {
  const { client, params, ports } = call;
  const order = await readOrder(ports.store, params['reference'] ?? '');
  const isOpen = order !== undefined && (client.units?.includes(order.unit) ?? true);
  return isOpen ? answered(await paymentOf(order, call)) : { problem: notFound({ vi: 'khoản chi', en: 'payment' }) };
}

async function paymentOf(order: Order, call: Call): Promise<PaymentAnswer> {
  const { reference, part, batch, unit, source, amount, attempt, status, reason, isContradicted, replaces } = order;
  const row = orderSummary.safeParse(lastRow(order.entries)?.summary).data;
  const caseId = caseIdOf(part);
  const cameBack = status === 'refused' || status === 'returned';
  return {
    reference,
    case: caseId,
    batch,
    unit,
    source: answers.Payment.shape.source.parse(source),
    amount,
    currency: 'VND',
    attempt,
    status,
    since: row?.since ?? order.entries.at(-1)?.at ?? '',
    // The words of a sender may name somebody: the code of what they mean goes out, never the words.
    iso20022: { status: isoStatus[status], ...(cameBack ? { reason: returnReasonOf(reason).code } : {}) },
    isContradicted,
    ...(replaces === undefined ? {} : { replaces }),
    ...(await personOfCase(caseId, call)),
  };
}

/**
 * ExternalPaymentTransactionStatus1Code: pending, in settlement, settled on the debtor's account, settled on the creditor's,
 * rejected, cancelled. The same meanings as the messages that are read have.
 */
const isoStatus: Readonly<Record<OrderStatus, string>> = {
  'awaiting-unit': 'PDNG',
  sent: 'ACSP',
  unknown: 'PDNG',
  'treasury-paid': 'ACSC',
  credited: 'ACCC',
  refused: 'RJCT',
  returned: 'RJCT',
  withdrawn: 'CANC',
};
