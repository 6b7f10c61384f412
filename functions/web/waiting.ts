/** What waits for the person who looks: by stage, how many people, since when, where to go. */
import { type Account, type Act, mayReach, type Role } from '../../shared/case/access.ts';
import { batchSummary, type StepName } from '../../shared/case/batch.ts';
import { estimateSummary } from '../../shared/case/funding.ts';
import { mayReachRow, partSummary } from '../../shared/case/part.ts';
import { slipSummary } from '../../shared/case/slip.ts';
import { clientSummary } from '../../shared/case/api-client.ts';
import { staffStream, staffSummary } from '../../shared/case/staff.ts';
import { allRows, type Row, type RowQuery, type Store } from '../../shared/case/store.ts';
import { authorityFor } from '../../shared/approval/delegation.ts';
import { route } from '../../shared/approval/route.ts';
import { earlierListSummary } from '../../shared/disbursement/earlier-list.ts';
import { listSummary } from '../../shared/intake/list.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { complaintsWaiting } from './complaints-waiting.ts';
import type { Mails, WebPorts } from './ports.ts';

export type StageWord = 'intake' | 'entitlement' | 'approval' | 'disbursement' | 'completion';

export interface Stage {
  readonly word: StageWord;
  readonly path: string;
  readonly act: Act;
  readonly name: Sentence;
}

/** The five words, in the order in which a case passes through them. */
export const stages: readonly Stage[] = [
  { word: 'intake', path: '/tiep-nhan', act: 'list.see', name: { vi: 'Tiếp nhận', en: 'Intake' } },
  { word: 'entitlement', path: '/tinh-che-do', act: 'case.list', name: { vi: 'Tính chế độ', en: 'Entitlement' } },
  { word: 'approval', path: '/dot', act: 'batch.list', name: { vi: 'Thẩm định, phê duyệt', en: 'Approval' } },
  { word: 'disbursement', path: '/chi-tra', act: 'order.list', name: { vi: 'Chi trả', en: 'Disbursement' } },
  { word: 'completion', path: '/hoan-thanh', act: 'completion.see', name: { vi: 'Hoàn thành', en: 'Completion' } },
];

export interface Waiting {
  /** Absent for what belongs to no stage. */
  readonly stage?: StageWord;
  readonly people: number;
  readonly since: string;
  readonly to: string;
  readonly what: Sentence;
}

interface Duty {
  readonly stage?: StageWord;
  readonly query: Omit<RowQuery, 'limit' | 'after'>;
  readonly to: string | ((row: Row) => string);
  /** People and the instant since which they wait; `undefined` when this row does not wait for me. */
  readonly weigh: (row: Row, account: Account) => { readonly people: number; readonly since: string } | undefined;
  readonly what: Sentence;
}

/** Everything that waits for this account, oldest first. */
export async function waitingFor(
  account: Account,
  { store, mails, directory, now }: Pick<WebPorts, 'store' | 'mails' | 'directory' | 'now'>,
): Promise<readonly Waiting[]> {
  const found: Waiting[] = account.role === 'administrator' ? [...(await bouncedMails(mails))] : [];
  const delegated: Duty[] = [];
  for (const step of route) {
    const authority = await authorityFor(account, step, { store, directory, now });
    const { vi, en } = step.confirms;
    const what = { vi: `Đợt chờ xác nhận theo ủy quyền: ${vi}`, en: `Batch to confirm by delegation: ${en}` };
    if (authority?.own === false) delegated.push(confirming(step.step, what));
  }
  const all = [...(duties[account.role] ?? []), ...delegated];
  for (const duty of all) found.push(...(await gather(duty, account, store)));
  found.push(...(await complaintsWaiting(account, { store, now })));
  return found.toSorted((one, other) => (one.since < other.since ? -1 : 1));
}

/** Mails that did not arrive: one line, by how many people they were for. */
async function bouncedMails(mails: Mails): Promise<readonly Waiting[]> {
  const bounced = await mails.bounced();
  const since = bounced.at(-1)?.at;
  if (since === undefined) return [];
  const people = new Set(bounced.map(({ receiver }) => receiver.account)).size;
  return [{ people, since, to: '/thu', what: { vi: 'Thư không tới người nhận', en: 'Mails that did not arrive' } }];
}

/** Rows that lead to the same page are one line. */
async function gather(duty: Duty, account: Account, store: Store): Promise<readonly Waiting[]> {
  const lines = new Map<string, Waiting>();
  for await (const row of allRows(store, duty.query)) {
    const weight = mayReachAny(account, row) ? duty.weigh(row, account) : undefined;
    if (weight === undefined || (duty.query.kind === 'list' && row.summary['by'] !== account.id)) continue;
    const to = typeof duty.to === 'string' ? duty.to : duty.to(row);
    const known = lines.get(to);
    const since = known !== undefined && known.since < weight.since ? known.since : weight.since;
    lines.set(to, {
      ...(duty.stage === undefined ? {} : { stage: duty.stage }),
      to,
      what: duty.what,
      since,
      people: (known?.people ?? 0) + weight.people,
    });
  }
  return [...lines.values()];
}

/** Slips and parts belong to a unit; lists and batches to whoever their duty names. */
function mayReachAny(account: Account, row: Row): boolean {
  if (row.kind === 'part') return mayReachRow(account, row);
  return row.unit === undefined || mayReach(account, { unit: row.unit });
}

const ofList = (row: Row) => {
  const { people, at } = listSummary.parse(row.summary);
  return { people, since: at };
};
const ofPart = (row: Row) => ({ people: 1, since: partSummary.parse(row.summary).since });
const ofBatch = (row: Row) => {
  const { people, since } = batchSummary.parse(row.summary);
  return { people, since };
};
const ofSlip = (row: Row) => {
  const { people, since } = slipSummary.parse(row.summary);
  return { people, since };
};
/** A part that came back, at one point of its mending. */
const mendingAt = (wanted: string | undefined) => (row: Row) => {
  const summary = partSummary.parse(row.summary);
  return summary.mending === wanted ? { people: 1, since: summary.since } : undefined;
};
/** A proposal that another administrator made, of an account that is not one's own. */
const ofStaff = ({ stream, summary }: Row, account: Account) => {
  const { proposedBy, since } = staffSummary.parse(summary);
  return proposedBy === account.id || stream === staffStream(account.id) ? undefined : { people: 1, since };
};
const ofClient = ({ summary }: Row, account: Account) => {
  const { proposedBy, since } = clientSummary.parse(summary);
  return proposedBy === account.id ? undefined : { people: 1, since };
};
/** Appraised, and nothing can be paid before there is an account. */
const ofNoAccount = (row: Row) => {
  const { marks, mending, since } = partSummary.parse(row.summary);
  return marks.includes('no-account') && mending === undefined ? { people: 1, since } : undefined;
};
/** Returned money that nobody has seen yet. */
const ofBlocked = (row: Row) => {
  const { blockedOrders: people, since } = estimateSummary.parse(row.summary);
  return people === 0 ? undefined : { people, since };
};
/** A list that somebody else brought, with rows that can be recorded. */
const ofEarlier = ({ summary }: Row, account: Account) => {
  const { by, at, recordable } = earlierListSummary.parse(summary);
  return by === account.id || recordable === 0 ? undefined : { people: recordable, since: at };
};
const slipPage = ({ stream }: Row) => `/chung-tu/${stream.slice('slip/'.length)}`;
const batchPage = ({ stream }: Row) => `/dot/${stream.slice('batch/'.length)}`;
const staffPage = ({ stream }: Row) => `/tai-khoan/${stream.slice(staffStream('').length)}`;
const casePage = ({ summary }: Row) => `/ho-so/${String(summary['caseId'])}`;

/** Batches that wait for the confirmation of a step. */
function confirming(waitingFor: StepName, what: Sentence): Duty {
  return { stage: 'approval', query: { kind: 'batch', waitingFor }, to: batchPage, weigh: ofBatch, what };
}

const paidElsewhere: Duty = {
  stage: 'disbursement',
  query: { kind: 'earlier-list', status: 'read' },
  to: ({ stream }) => `/chi-tra/da-chi-noi-khac/${stream.slice('earlier-list/'.length)}`,
  weigh: ofEarlier,
  what: { vi: 'Khoản đã chi nơi khác chờ người thứ hai xác nhận', en: 'Payments made elsewhere, to confirm' },
};

const duties: Readonly<Partial<Record<Role, readonly Duty[]>>> = {
  'unit-clerk': [
    {
      stage: 'intake',
      query: { kind: 'list', status: 'read' },
      to: ({ stream }) => `/tiep-nhan/${stream.slice('list/'.length)}`,
      weigh: ofList,
      what: { vi: 'Danh sách đã đọc, chưa gửi', en: 'List read, not submitted yet' },
    },
    {
      stage: 'entitlement',
      query: { kind: 'part', status: 'with-unit' },
      to: casePage,
      weigh: ofPart,
      what: { vi: 'Hồ sơ bị trả về, chờ đơn vị bổ sung, sửa', en: 'Case returned, to be mended' },
    },
    ...(['assessed', 'appraised'] as const).map((status) => ({
      stage: 'entitlement' as const,
      query: { kind: 'part', status },
      to: casePage,
      weigh: ofNoAccount,
      what: { vi: 'Người chưa có tài khoản, chờ đơn vị ghi', en: 'Somebody without an account: record one' },
    })),
    {
      stage: 'disbursement',
      query: { kind: 'slip', status: 'to-prepare' },
      to: slipPage,
      weigh: ofSlip,
      what: { vi: 'Chứng từ chờ đồng chí lập', en: 'Slip to prepare' },
    },
    {
      stage: 'disbursement',
      query: { kind: 'slip', status: 'to-send' },
      to: slipPage,
      weigh: ofSlip,
      what: { vi: 'Chứng từ đã đủ chữ ký, chờ ghi nhận gửi Kho bạc', en: 'Slip signed, sending to be recorded' },
    },
    ...(['returned', 'refused'] as const).map((status) => ({
      stage: 'disbursement' as const,
      query: { kind: 'part', status },
      to: casePage,
      weigh: mendingAt(undefined),
      what: { vi: 'Tiền bị trả lại, chờ đơn vị sửa tài khoản', en: 'Payment came back, account to correct' },
    })),
  ],
  'unit-chief-accountant': [
    {
      stage: 'disbursement',
      query: { kind: 'slip', status: 'to-confirm-accountant' },
      to: slipPage,
      weigh: ofSlip,
      what: { vi: 'Chứng từ chờ kế toán trưởng', en: 'Slip to confirm' },
    },
    {
      stage: 'disbursement',
      query: { kind: 'estimate' },
      to: '/du-toan',
      weigh: ofBlocked,
      what: { vi: 'Tiền chuyển trả, chờ ghi đã về đâu', en: 'Money sent back: where is it now' },
    },
    ...(['with-party-board', 'assessed', 'with-unit', 'appraised', 'held', 'returned', 'refused'] as const).map(
      (status) => ({
        stage: 'disbursement' as const,
        query: { kind: 'part', status },
        to: casePage,
        weigh: mendingAt('proposed'),
        what: { vi: 'Tài khoản mới chờ người thứ hai xác nhận', en: 'Account correction to confirm' },
      }),
    ),
  ],
  'unit-account-holder': [
    {
      stage: 'disbursement',
      query: { kind: 'slip', status: 'to-confirm-holder' },
      to: slipPage,
      weigh: ofSlip,
      what: { vi: 'Chứng từ chờ chủ tài khoản', en: 'Slip to confirm' },
    },
  ],
  'party-board-officer': [
    {
      stage: 'entitlement',
      query: { kind: 'part', status: 'with-party-board' },
      to: '/tinh-che-do',
      weigh: ofPart,
      what: { vi: 'Hồ sơ khối Đảng chờ thẩm định', en: 'Cases of the Party block to appraise' },
    },
  ],
  'home-affairs-officer': [
    {
      stage: 'entitlement',
      query: { kind: 'part', status: 'assessed' },
      to: '/tinh-che-do',
      weigh: ofPart,
      what: { vi: 'Hồ sơ chờ thẩm định', en: 'Cases to appraise' },
    },
  ],
  'finance-officer': [
    paidElsewhere,
    {
      stage: 'approval',
      query: { kind: 'part', status: 'appraised' },
      to: '/dot',
      weigh: ofPart,
      what: { vi: 'Hồ sơ đã thẩm định, chờ lập đợt', en: 'Appraised cases to put into a batch' },
    },
    {
      stage: 'approval',
      query: { kind: 'batch', waitingFor: 'provincial-committee' },
      to: batchPage,
      weigh: ofBatch,
      what: { vi: 'Đợt chờ ghi quyết định của UBND tỉnh', en: "Batch waits for the People's Committee's decision" },
    },
    {
      stage: 'disbursement',
      query: { kind: 'part', status: 'waiting-for-estimate' },
      to: '/chi-tra',
      weigh: ofPart,
      what: { vi: 'Đã duyệt, chờ giao dự toán', en: 'Decided, waiting for the estimate' },
    },
    ...(['returned', 'refused'] as const).map((status) => ({
      stage: 'disbursement' as const,
      query: { kind: 'part', status },
      to: casePage,
      weigh: mendingAt('confirmed'),
      what: { vi: 'Tài khoản đã sửa, chờ lập khoản chi lại', en: 'Account corrected, to be ordered again' },
    })),
  ],
  'home-affairs-leader': [
    confirming('people', { vi: 'Đợt chờ thẩm định đối tượng, chế độ', en: 'Batch: confirm people and regimes' }),
  ],
  'finance-leader': [
    confirming('money', { vi: 'Đợt chờ thẩm định kinh phí', en: 'Batch: confirm the money' }),
    paidElsewhere,
  ],
  leadership: [confirming('province', { vi: 'Đợt lớn chờ lãnh đạo tỉnh xem', en: 'Big batch: for the leadership' })],
  administrator: [
    {
      query: { kind: 'account', waitingFor: 'administrator' },
      to: staffPage,
      weigh: ofStaff,
      what: { vi: 'Tài khoản chờ người quản trị thứ hai', en: 'Account that waits for a second administrator' },
    },
    {
      query: { kind: 'api-client', waitingFor: 'administrator' },
      to: '/ket-noi',
      weigh: ofClient,
      what: { vi: 'Hệ thống kết nối chờ người quản trị thứ hai', en: 'System that waits for a second administrator' },
    },
  ],
};
