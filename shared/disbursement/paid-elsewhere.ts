/**
 * Use case: a payment that a unit made from its own estimate (Circular 07/2025/TT-BTC, article 5(1)(d)), or by any other way
 * than an order of ours, is recorded on the part it paid. It takes the claims that an order would take, so that neither can
 * follow the other.
 */
import { type LocalDate, localDateOf } from '../calendar.ts';
import { type Case, readCase } from '../case/case.ts';
import { estimateStream, openEstimateBook, readEstimate } from '../case/funding.ts';
import { commitDeciding } from '../case/history.ts';
import { mayFollow, type Status } from '../case/lifecycle.ts';
import { moneyClaim, readOrder } from '../case/order.ts';
import { type Elsewhere, type Part, partChange, readPart } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { freeReservation, nextAttempt } from '../case/reservations.ts';
import { shareOf } from '../case/shares.ts';
import type { Change, Store } from '../case/store.ts';
import { readWhereabouts } from '../case/whereabouts.ts';
import { type Dong, formatDong } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';

export interface PaidElsewhere {
  readonly part: string;
  readonly amount: Dong;
  /** When it was paid. */
  readonly on: LocalDate;
  readonly document: string;
  /** Code of the unit that paid. */
  readonly paidBy: string;
  /** The scanned evidence, in Files. */
  readonly paper: string;
  /** The list it stands in. */
  readonly list: string;
}

export const objections = [
  // Somebody has, or is about to have, the money twice.
  'credited',
  'paid-elsewhere',
  'claimed',
  'in-flight',
  // A person must act first.
  'in-batch',
  'contradicted',
  'held',
  'cancelled',
  'other-sum',
  'future-day',
  'not-entitled',
] as const;
export type ObjectionCode = (typeof objections)[number];

/** Those by which somebody is paid twice unless it is stopped or recovered. */
export const paidTwice: readonly string[] = ['credited', 'paid-elsewhere', 'claimed', 'in-flight'];

export interface Objection {
  readonly outcome: 'refused';
  readonly code: ObjectionCode;
  readonly why: Sentence;
}

type Recorded = { readonly outcome: 'recorded' } | { readonly outcome: 'same' } | Objection;

/** The same list again answers `recorded`; the same payment from another list is the `same`, and nothing is written. */
export async function recordPaidElsewhere(
  payment: PaidElsewhere,
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<Recorded> {
  const outcome = await commitDeciding(store, async () => {
    const judged = await judgePaidElsewhere(payment, { store, now });
    return judged.outcome === 'recordable' ? { changes: changesFor(payment, judged, by, now()) } : { stop: judged };
  });
  if (outcome.outcome === 'stopped') return outcome.stop;
  return outcome.outcome === 'claimed' ? objection('claimed', heldBy(outcome.holder)) : { outcome: 'recorded' };
}

interface Recordable {
  readonly outcome: 'recordable';
  readonly of: Case;
  readonly part: Part;
  /** What was reserved for the part is free again. */
  readonly estimates: readonly Change[];
}

/** What would come of recording it now; writes nothing. */
export async function judgePaidElsewhere(
  payment: PaidElsewhere,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<Recordable | Recorded> {
  const part = await readPart(store, payment.part);
  const of = part && (await readCase(store, part.caseId));
  if (part === undefined || of === undefined) return objection('not-entitled', notOwed);
  const { status } = part;
  if (status === 'paid-elsewhere') return knownBefore(payment, part);
  if (!mayFollow(status, 'paid-elsewhere')) return standing(part, store);
  if (payment.on > localDateOf(now())) return objection('future-day', futureDay);
  const owed = shareOf(of, part.source).total;
  if (owed === 0n) return objection('not-entitled', notOwed);
  if (payment.amount !== owed) return objection('other-sum', otherSum(payment.amount, owed));
  const reference = part.ordered?.reference;
  const last = reference === undefined ? undefined : await readOrder(store, reference);
  if (last?.isContradicted === true) return objection('contradicted', contradictedFirst(last.reference));
  const held = await claimHolder(of, part, store);
  if (held !== undefined) return objection('claimed', heldBy(held));
  const book = openEstimateBook(store);
  await freeReservation({ of, part, at: now() }, book, store);
  const freed = book.changes();
  if (freed.length > 0) return { outcome: 'recordable', of, part, estimates: freed };
  const { unit, source, entries } = await readEstimate(store, of.submitted.payingUnit, part.source);
  // Read and not to move until the commit: nothing of it may be reserved for this part meanwhile.
  const unmoved = { stream: estimateStream(unit, source), readAt: entries.length, entries: [] };
  return { outcome: 'recordable', of, part, estimates: [unmoved] };
}

function changesFor(payment: PaidElsewhere, { of, part, estimates }: Recordable, by: string, at: string): Change[] {
  const { part: _, ...paid } = payment;
  const elsewhere: Elsewhere = { ...paid, amount: paid.amount.toString() };
  const data = { status: 'paid-elsewhere', attempt: nextAttempt(part), elsewhere } as const;
  const step = { kind: 'paid-elsewhere', at, by, data };
  return [{ ...partChange(of, part, [step]), claims: moneyClaims(of, part) }, ...estimates];
}

/** The keys that the part's next order would take. */
function moneyClaims(of: Case, part: Part): readonly string[] {
  const { lines } = shareOf(of, part.source);
  return lines.map(({ line }) => moneyClaim(of.submitted.citizenDigest, line, nextAttempt(part)));
}

/** Who holds one of the keys already. */
async function claimHolder(of: Case, part: Part, store: Store): Promise<string | undefined> {
  for (const key of moneyClaims(of, part)) {
    const holder = await store.holderOf(key);
    if (holder !== undefined) return holder;
  }
  return undefined;
}

function knownBefore(payment: PaidElsewhere, { last }: Part): Recorded {
  const known = last.elsewhere;
  if (known?.list === payment.list) return { outcome: 'recorded' };
  const { amount, on, document, paidBy } = payment;
  const isSame =
    known?.document === document && known.on === on && known.paidBy === paidBy && known.amount === amount.toString();
  return isSame ? { outcome: 'same' } : objection('paid-elsewhere', paidBefore(known));
}

function objection(code: ObjectionCode, why: Sentence): Objection {
  return { outcome: 'refused', code, why };
}

const inFlight: readonly Status[] = ['awaiting-unit', 'sent', 'treasury-paid', 'unknown'];

/** Why a part that stands where it does cannot have been paid elsewhere. */
async function standing({ status, ordered, last }: Part, store: Store): Promise<Objection> {
  const reference = ordered?.reference ?? '';
  if (status === 'credited') return objection('credited', creditedByUs(reference));
  if (status === 'awaiting-unit') {
    const isRestored = (await readWhereabouts(store)) === 'restored';
    return objection('in-flight', isRestored ? sentAfterAll(reference) : notSentYet(reference));
  }
  if (inFlight.includes(status)) return objection('in-flight', onItsWay(reference));
  if (status === 'held') return objection('held', heldFirst(last.reason));
  if (status === 'cancelled') return objection('cancelled', cancelledBefore);
  return objection('in-batch', inBatch);
}

function otherSum(paid: Dong, owed: Dong): Sentence {
  const [vi, en] =
    paid < owed
      ? [
          'Khoản thiếu chưa được ghi là đã chi: đơn vị chi nốt phần chênh lệch có chứng từ rồi lập lại dòng với tổng số, hoặc kiểm tra lại số tiền đã ghi',
          'Pay the difference with its document and list the whole sum, or check the sum that was typed',
        ]
      : [
          'Khoản thừa phải thu hồi: đơn vị thu lại phần thừa có chứng từ rồi ghi số đúng, hoặc kiểm tra lại cách tính',
          'Recover what is over with its document and list the right sum, or check the computation',
        ];
  const by = paid < owed ? owed - paid : paid - owed;
  return {
    vi: `Tệp ghi đã chi ${formatDong(paid)} đồng, người này được hưởng ${formatDong(owed)} đồng, ${paid < owed ? 'thiếu' : 'thừa'} ${formatDong(by)} đồng. ${vi}.`,
    en: `The file says ${formatDong(paid)} đồng, the person is owed ${formatDong(owed)}, ${paid < owed ? 'short' : 'over'} by ${formatDong(by)}. ${en}.`,
  };
}

function creditedByUs(reference: string): Sentence {
  return {
    vi: `TRẢ HAI LẦN: tiền đã báo có theo khoản chi ${reference}. Nếu đơn vị cũng đã chi, hãy báo ngay Sở Tài chính để thu hồi một lần.`,
    en: `PAID TWICE: order ${reference} is credited already. If the unit paid as well, tell Finance at once so that one of the two is recovered.`,
  };
}

function onItsWay(reference: string): Sentence {
  return {
    vi: `SẮP TRẢ HAI LẦN: khoản chi ${reference} đang thanh toán. Hãy báo ngay Kho bạc để dừng; khi khoản chi đó bị từ chối hoặc chuyển trả thì nhập lại.`,
    en: `ABOUT TO BE PAID TWICE: order ${reference} is on its way. Tell the Treasury at once; import again when it has come back.`,
  };
}

function notSentYet(reference: string): Sentence {
  return {
    vi: `SẮP TRẢ HAI LẦN: khoản chi ${reference} đã lập, đơn vị chưa gửi Kho bạc. Đừng ký, đừng gửi chứng từ có khoản này; báo Sở Tài chính.`,
    en: `ABOUT TO BE PAID TWICE: order ${reference} is written and not sent. Do not sign or send its slip; tell Finance.`,
  };
}

/** Of a home that was brought back: the payment is most likely this very order, sent after the backup. */
function sentAfterAll(reference: string): Sentence {
  return {
    vi: `Khoản chi ${reference} đã lập trước khi khôi phục, và ở đây ghi chưa gửi. Nếu chứng từ đã gửi Kho bạc sau lúc sao lưu thì ghi lại việc ký, số và ngày gửi ở trang chứng từ; không ghi là đã chi ngoài hệ thống. Nếu chưa gửi mà đơn vị đã chi theo cách khác thì báo Sở Tài chính rút chứng từ.`,
    en: `Order ${reference} was written before the restoration and stands as unsent. If its slip was sent after the backup, record signatures, number and day on the slip’s page, and not as paid elsewhere. If it was not sent and the unit paid in another way, ask Finance to take the slip back.`,
  };
}

function paidBefore(known: Elsewhere | undefined): Sentence {
  return {
    vi: `TRẢ HAI LẦN: người này đã được ghi là đã chi ngoài hệ thống theo chứng từ ${known?.document ?? ''} của đơn vị ${known?.paidBy ?? ''}. Hãy đối chiếu hai chứng từ; nếu cả hai đều đúng thì phải thu hồi một lần.`,
    en: `PAID TWICE: recorded as paid elsewhere already by document ${known?.document ?? ''} of unit ${known?.paidBy ?? ''}. Compare the two; if both are right, one is to be recovered.`,
  };
}

function heldBy(holder: string): Sentence {
  const name = holder.slice(holder.indexOf('/') + 1);
  return holder.startsWith('order/')
    ? {
        vi: `Khoản chi ${name} đã giữ khoản tiền này của người này, nên không ghi là đã chi ngoài hệ thống. Hãy mở khoản chi đó để đối chiếu.`,
        en: `Order ${name} holds this money of the person. Look at that order first.`,
      }
    : {
        vi: `Hồ sơ ${name.split('.')[0]} của cùng người này đã giữ khoản tiền này. Hãy mở hồ sơ đó để đối chiếu.`,
        en: `Case ${name.split('.')[0]} of the same person holds this money. Look at that case first.`,
      };
}

function heldFirst(reason = ''): Sentence {
  return {
    vi: `Hồ sơ đang tạm dừng${reason === '' ? '' : ` (${reason})`}. Người tạm dừng phải xử lý xong rồi mới ghi là đã chi.`,
    en: `The case is held${reason === '' ? '' : ` (${reason})`}. Whoever held it must let it go on first.`,
  };
}

function contradictedFirst(reference: string): Sentence {
  return {
    vi: `Kết quả của khoản chi ${reference} đang trái ngược nhau. Lãnh đạo Sở Tài chính phải đối chiếu và giải thích trước.`,
    en: `The results of order ${reference} contradict one another. The Finance leader must explain them first.`,
  };
}

const inBatch: Sentence = {
  vi: 'Người này đang trong một đợt chờ xác nhận. Hãy đề nghị người xác nhận đưa ra khỏi danh sách, rồi nhập lại.',
  en: 'The person is in a batch that is being confirmed. Have a confirmer take them out, then import again.',
};
const cancelledBefore: Sentence = {
  vi: 'Hồ sơ này đã được quyết định không tiếp tục chi trả. Nếu đơn vị đã chi thì phải thu hồi, hoặc nộp lại hồ sơ.',
  en: 'It was decided not to pay this case. What was paid is to be recovered, or the case submitted again.',
};
const notOwed: Sentence = {
  vi: 'Người này không có khoản nào được hưởng trong hệ thống. Hãy kiểm tra kết quả tính chế độ của hồ sơ; nếu không được hưởng thì khoản đã chi phải thu hồi.',
  en: 'Nothing is owed to this person here. Look at how the case was computed; what was paid without a right is to be recovered.',
};
const futureDay: Sentence = {
  vi: 'Ngày chi ở tương lai. Hãy ghi ngày trên chứng từ đã chi.',
  en: 'The day of the payment is in the future. State the day on the document.',
};
