/**
 * Use cases: Home Affairs records that somebody re-entered the State sector within the term of the return duty; a unit or
 * Finance records that a person gives money back of their own will. Each opens a recovery, never above what was paid and is
 * not asked back already.
 */
import { isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { type Case, caseStream, differenceEntry, readCase } from '../case/case.ts';
import { commitDeciding, dataOf, ofKind } from '../case/history.ts';
import { openCase, readParts } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import {
  askedBack,
  type FoundRecovery,
  recoveriesOf,
  type RecoveryKind,
  recoveryRow,
  recoveryStream,
} from '../case/recovery.ts';
import { shareOf } from '../case/shares.ts';
import type { Change, Store } from '../case/store.ts';
import { type Dong, formatDong, sum } from '../dong.ts';
import { bringsDuty, returnDutyOf } from '../case/return-duty.ts';

interface Paper {
  readonly number: string;
  readonly on: string;
  /** The scan, in Files. */
  readonly paper: string;
}

export interface ReEntry {
  readonly caseId: string;
  /** The first day in the new post. */
  readonly on: string;
  /** The decision that took the person in. */
  readonly decision: Paper;
}

type Opened = { readonly outcome: 'opened'; readonly recovery: string } | Refused;

export async function recordReEntry({ caseId, on, decision }: ReEntry, by: Account, ports: Ports): Promise<Opened> {
  return open(caseId, by, ports, ({ of, left, opened }) => {
    const against = paperObjection({ ...decision, on }, localDateOf(ports.now()));
    if (against !== undefined) return against;
    const regime = of.assessment.outcome === 'entitled' ? of.assessment.regime : '';
    const duty = returnDutyOf(regime, of.submitted.facts.leaving?.on ?? '');
    if (duty.duty !== 'owed') return { outcome: 'refused', why: duty.why };
    if (!bringsDuty(duty, on)) return outsideTerm;
    if (opened.some(({ kind }) => kind === 're-entry')) return knownReEntry;
    return { kind: 're-entry', id: `${of.id}.re-entry`, amount: left, document: { ...decision, on } };
  });
}

export interface GivenBack {
  readonly caseId: string;
  readonly amount: Dong;
  /** The person's signed letter. */
  readonly letter: Paper;
}

export async function recordGivenBack(
  { caseId, amount, letter }: GivenBack,
  by: Account,
  ports: Ports,
): Promise<Opened> {
  return open(caseId, by, ports, ({ of, left, opened }) => {
    const against = paperObjection(letter, localDateOf(ports.now()));
    if (against !== undefined) return against;
    if (amount <= 0n) return refused('Số tiền trả lại phải lớn hơn 0.', 'The sum must be above zero.');
    if (amount > left) return aboveLeft(left);
    const number = opened.filter(({ kind }) => kind === 'given-back').length + 1;
    return { kind: 'given-back', id: `${of.id}.given-back-${number}`, amount, document: letter };
  });
}

interface Wish {
  readonly kind: RecoveryKind;
  readonly id: string;
  readonly amount: Dong;
  readonly document: Paper;
}

interface Standing {
  readonly of: Case;
  /** Paid, and not asked back by another recovery. */
  readonly left: Dong;
  readonly opened: readonly { readonly kind: RecoveryKind }[];
}

async function open(
  caseId: string,
  by: Account,
  { store, now }: Ports,
  decide: (standing: Standing) => Wish | Refused,
): Promise<Opened> {
  let recovery = '';
  const outcome = await commitDeciding(store, async () => {
    const of = (await openCase(store, caseId, by))?.of;
    if (of === undefined) return { stop: refused('Không tìm thấy hồ sơ này.', 'There is no such case.') };
    if (of.submitted.difference !== undefined) return { stop: ofTheFirst };
    const [paid, opened] = await Promise.all([paidTo(of, store), recoveriesOf(of, store)]);
    if (paid === 0n) return { stop: notPaid };
    const wish = decide({ of, left: paid - sum(opened.map(askedBack)), opened });
    if ('outcome' in wish) return { stop: wish };
    if (wish.amount === 0n) return { stop: nothingLeft };
    recovery = wish.id;
    return { changes: changesFor(of, paid, wish, by.id, now()) };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'opened', recovery };
}

/** Everything the person was paid: by this case and by those that paid a difference of it. */
export async function paidTo(of: Case, store: Store): Promise<Dong> {
  const topUps = ofKind(of.entries, 'difference').map((entry) => dataOf(entry, differenceEntry).topUp);
  let paid = await paidBy(of, store);
  for (const topUp of topUps) {
    const more = topUp === undefined ? undefined : await readCase(store, topUp);
    if (more !== undefined) paid += await paidBy(more, store);
  }
  return paid;
}

async function paidBy(of: Case, store: Store): Promise<Dong> {
  const parts = await readParts(store, of);
  const paid = parts.filter(({ status }) => status === 'credited' || status === 'paid-elsewhere');
  return sum(paid.map(({ source }) => shareOf(of, source).total));
}

/** The case's history says it too, so that two that are opened at once see each other. */
function changesFor(
  of: Case,
  paid: Dong,
  { id, kind, amount, document }: Wish,
  by: string,
  at: string,
): readonly Change[] {
  const { law } = of.assessment;
  const over = amount.toString();
  const found: FoundRecovery = {
    kind,
    caseId: of.id,
    entitled: (paid - amount).toString(),
    paid: paid.toString(),
    over,
    paidUnder: law,
    law,
    document: { number: document.number.trim(), on: document.on, paper: document.paper },
  };
  const status = kind === 'given-back' ? 'decided' : 'open';
  return [
    {
      stream: caseStream(of.id),
      readAt: of.entries.length,
      entries: [{ kind: 'recovery-opened', at, by, data: { recovery: id, kind, amount: over } }],
    },
    {
      stream: recoveryStream(id),
      readAt: 0,
      entries: [{ kind: 'found', at, by, data: found }],
      row: recoveryRow(status, of.submitted.payingUnit, { kind, caseId: of.id, over, since: at }),
    },
  ];
}

function paperObjection({ number, on, paper }: Paper, today: string): Refused | undefined {
  if (number.trim() === '' || paper === '') {
    return refused(
      'Hãy ghi số văn bản và đính kèm bản quét có chữ ký.',
      'State the number of the paper and attach its signed scan.',
    );
  }
  return !isLocalDate(on) || on > today
    ? refused('Hãy ghi ngày, không ở tương lai.', 'State the day; it cannot be in the future.')
    : undefined;
}

function aboveLeft(left: Dong): Refused {
  return refused(
    `Người này còn giữ ${formatDong(left)} đồng chưa bị đề nghị thu lại; không thể trả lại nhiều hơn.`,
    `The person holds ${formatDong(left)} đồng that is not asked back already; no more than that can be given back.`,
  );
}

const notPaid = refused(
  'Người này chưa nhận tiền, nên chưa có gì để hoàn trả.',
  'The person has not been paid, so there is nothing to give back.',
);
const nothingLeft = refused(
  'Toàn bộ số tiền đã nhận đang được thu hồi, hoàn trả theo các khoản khác.',
  'All that was paid is asked back already.',
);
const ofTheFirst = refused(
  'Đây là hồ sơ chi chênh lệch. Hãy ghi ở hồ sơ đầu tiên của người này.',
  'This case pays a difference. Record it in the first case of the person.',
);
const outsideTerm = refused(
  'Ngày vào làm nằm ngoài thời hạn hoàn trả, nên không phát sinh nghĩa vụ. Hãy kiểm tra ngày trong quyết định.',
  'The day lies outside the term of the duty, so that nothing is to be returned. Check the day in the decision.',
);
const knownReEntry = refused('Việc được tuyển dụng lại đã được ghi.', 'The re-entry is recorded already.');
