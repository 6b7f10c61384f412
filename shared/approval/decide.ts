/** Use case: one confirmation on one version of a batch, with the people it takes out; or a rejection of the whole. */
import type { Account } from '../case/access.ts';
import {
  type Batch,
  batchRow,
  batchStream,
  type FrozenList,
  isDecidedBy,
  preparedIn,
  readBatch,
  readFrozenList,
  stoppedBy,
} from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { sum } from '../dong.ts';
import { type Authority, authorityFor } from './delegation.ts';
import { nextStep } from './next.ts';
import type { ApprovalStep } from './route.ts';

export interface TakeOut {
  readonly part: string;
  readonly reason: string;
  /** Back to the unit with this reason, and not only to Home Affairs. */
  readonly toUnit?: boolean;
}

export interface Decision {
  readonly batchId: string;
  readonly step: string;
  /** What the page was opened for; an answer to a reopened step must be a new one. */
  readonly reopenings?: number;
  readonly version: number;
  readonly contentHash: string;
  readonly outcome: 'confirmed' | 'rejected';
  readonly takeOut: readonly TakeOut[];
  readonly reason?: string;
  /** The page that was shown, as text. */
  readonly shown: string;
}

/** Takes the decision and the signed-in person. Everything is checked again on what the store says now. */
export async function decide(
  decision: Decision,
  account: Account,
  ports: Ports,
): Promise<{ readonly outcome: 'decided' } | Refused> {
  const { store, files, now } = ports;
  const shown = await files.put(new TextEncoder().encode(decision.shown));
  const committed = await commitDeciding(store, async () => {
    const batch = await readBatch(store, decision.batchId);
    if (batch?.frozen === undefined) return { stop: notThere };
    const list = await readFrozenList(files, batch);
    const step = nextStep(batch);
    const serves = (one: Authority) => barredBecause(account, batch, list, one) === undefined;
    const authority = step && (await authorityFor(account, step, ports, serves));
    const against = objection(decision, account, batch, { list, step, authority });
    if (against !== undefined) return { stop: against };
    const takeOut = decision.takeOut.map(({ part, reason, toUnit = false }) => ({
      part,
      reason,
      total: totalOf(list, part),
      ...(toUnit ? { toUnit } : {}),
    }));
    const { version, contentHash, outcome, reason } = decision;
    const data = {
      step: decision.step,
      version,
      contentHash,
      outcome,
      takeOut,
      ...onBehalf(authority),
      shown,
      ...(reason === undefined ? {} : { reason }),
    };
    const at = now();
    return {
      changes: [
        {
          stream: batchStream(batch.id),
          readAt: batch.entries.length,
          entries: [{ kind: 'decided', at, by: account.id, data }],
          row: rowAfter(batch, list, decision, at),
        },
      ],
    };
  });
  return committed.outcome === 'stopped' ? committed.stop : { outcome: 'decided' };
}

const mostTakenOut = 100;
const longestReason = 300;

const notThere = refused('Không tìm thấy đợt chi trả này.', 'There is no such batch.');

function onBehalf(authority: Authority | undefined) {
  if (authority === undefined || authority.own) return {};
  return { onBehalfOf: authority.delegation.from, delegation: authority.delegation.id };
}

interface Deciding {
  readonly list: FrozenList;
  readonly step: ApprovalStep | undefined;
  readonly authority: Authority | undefined;
}

/** Why this person may not decide this now, if there is a reason. */
function objection(decision: Decision, account: Account, batch: Batch, deciding: Deciding): Refused | undefined {
  const { list, step, authority } = deciding;
  return (
    versionObjection(decision, batch) ??
    stepObjection(decision, batch, step) ??
    (authority === undefined ? notTheirs : separationObjection(account, batch, list, authority)) ??
    contentObjection(decision, batch, list)
  );
}

const notTheirs = refused('Tài khoản này không có quyền xác nhận bước này.', 'This account may not confirm this step.');

function versionObjection({ version, contentHash }: Decision, batch: Batch): Refused | undefined {
  const current = batch.frozen;
  if (current?.version === version && current.contentHash === contentHash) return undefined;
  return refused(
    `Danh sách đã được chốt lại thành phiên bản ${current?.version ?? '?'}; đồng chí đang xem phiên bản ${version}. Chưa có gì được ghi nhận. Hãy mở lại đợt và xem phần thay đổi trước khi xác nhận.`,
    `The list was frozen anew as version ${current?.version ?? '?'}; you were looking at version ${version}. Nothing was recorded. Open the batch again and look at what changed.`,
  );
}

function stepObjection(decision: Decision, batch: Batch, step: ApprovalStep | undefined): Refused | undefined {
  if (batch.isReleased || stoppedBy(batch) !== undefined) {
    return refused('Đợt này đã được trả lại.', 'This batch was given back.');
  }
  if (decision.reopenings !== undefined && decision.reopenings !== batch.reopenings) {
    return refused(
      'Một bước của đợt đã được mở lại từ khi trang này được mở. Chưa có gì được ghi nhận. Hãy mở lại đợt.',
      'A step of the batch was reopened since this page was opened. Nothing was recorded. Open the batch again.',
    );
  }
  const earlier = batch.decisions.find((one) => one.step === decision.step);
  if (earlier !== undefined || step === undefined) {
    return refused(
      'Bước này đã được xác nhận; không cần làm gì thêm.',
      'This step was decided already; there is nothing more to do.',
    );
  }
  if (!batch.isRecomputed || batch.differing.length > 0) {
    return refused(
      'Hệ thống đang tính lại danh sách để đối chiếu. Hãy mở lại sau một phút.',
      'The list is being recomputed to be compared. Open it again in a minute.',
    );
  }
  if (step.step !== decision.step) {
    return refused(
      `Đợt này còn chờ bước trước: ${step.confirms.vi}.`,
      `This batch still waits for the step before: ${step.confirms.en}.`,
    );
  }
  return undefined;
}

/**
 * What bars this person from confirming the step that is next: one person acts in one step of a batch, on all its versions,
 * in whatever roles they had, by whatever delegation; who prepared or is paid acts in none.
 */
export function barredBecause(
  account: Pick<Account, 'id' | 'citizenDigest'>,
  batch: Batch,
  list: FrozenList,
  authority: Authority = { own: true },
): Refused['why'] | undefined {
  const own = barOf(account, batch, list);
  if (own !== undefined) return barredWords[own];
  const giver = authority.own ? undefined : barOf({ id: authority.delegation.from }, batch, list);
  return giver === undefined ? undefined : giverBarred;
}

/** What the account did to the batch already, or is paid by, if anything; whoever did it confirms nothing else of it. */
export function barOf(
  account: Pick<Account, 'id' | 'citizenDigest'>,
  batch: Batch,
  list: FrozenList,
): keyof typeof barredWords | undefined {
  const now = nextStep(batch)?.step;
  if (batch.everDecided.some((one) => one.step !== now && isDecidedBy(one, account.id))) return 'decided';
  if (batch.madeBy === account.id || batch.versions.some(({ by }) => by === account.id)) return 'made';
  return preparedIn(list, account);
}

const barred = (vi: string, en: string): Refused['why'] => ({
  vi: `Đồng chí ${vi}. Một người chỉ làm một bước của một đợt; hãy để người khác xác nhận.`,
  en: `You ${en}. One person acts in one step of a batch; let someone else confirm.`,
});
const barredWords = {
  decided: barred('đã xác nhận một bước khác của đợt này', 'confirmed another step of this batch'),
  made: barred('đã lập đợt này', 'made this batch'),
  submitted: barred('đã lập hồ sơ của người trong danh sách này', 'submitted somebody on this list'),
  'passed-on': barred('đã thẩm định hồ sơ khối Đảng trong danh sách này', 'passed on somebody of the Party block'),
  appraised: barred('đã thẩm định hồ sơ trong danh sách này', 'appraised somebody on this list'),
  prepared: barred('đã bổ sung, sửa hồ sơ trong danh sách này', 'put something into a case of this list'),
  paid: barred('là người được chi trả trong danh sách này', 'are paid by this list'),
} as const;
const giverBarred: Refused['why'] = {
  vi: 'Người ủy quyền cho đồng chí đã làm một bước khác của đợt này, nên không ai quyết định thay người đó được. Hãy để người khác xác nhận.',
  en: 'Whoever delegated to you has acted in another step of this batch, so nobody decides in their right. Let someone else confirm.',
};

function separationObjection(
  account: Account,
  batch: Batch,
  list: FrozenList,
  authority: Authority,
): Refused | undefined {
  const why = barredBecause(account, batch, list, authority);
  return why === undefined ? undefined : { outcome: 'refused', why };
}

function contentObjection({ takeOut, outcome, reason }: Decision, batch: Batch, list: FrozenList): Refused | undefined {
  if (outcome === 'rejected' && (reason ?? '').trim() === '') {
    return refused('Hãy ghi lý do trả lại cả đợt.', 'State why the batch is given back.');
  }
  if (takeOut.length > mostTakenOut) {
    return refused(
      `Không thể đưa ra quá ${mostTakenOut} người trong một lần. Hãy trả lại cả đợt và ghi lý do.`,
      `More than ${mostTakenOut} people cannot be taken out at once. Give the whole batch back with a reason.`,
    );
  }
  if (takeOut.some((one) => one.reason.length > longestReason)) {
    return refused(
      `Lý do dài quá ${longestReason} ký tự. Hãy ghi ngắn gọn.`,
      `A reason is over ${longestReason} characters.`,
    );
  }
  const parts = new Set(list.parts.map(({ part }) => part));
  const isTwice = new Set(takeOut.map(({ part }) => part)).size < takeOut.length;
  if (isTwice || takeOut.some(({ part }) => !parts.has(part) || batch.takenOut.has(part))) {
    return refused(
      'Có người được chọn không thuộc danh sách này hoặc đã được đưa ra trước đó. Hãy mở lại đợt.',
      'Someone chosen is not on this list, or was taken out before. Open the batch again.',
    );
  }
  if (takeOut.some((one) => one.reason.trim() === '')) {
    return refused(
      'Mỗi người được đưa ra khỏi danh sách cần một lý do.',
      'Everyone who is taken out of the list needs a reason.',
    );
  }
  if (outcome === 'confirmed' && takeOut.length + batch.takenOut.size >= list.parts.length) {
    return refused(
      'Không thể đưa tất cả mọi người ra khỏi danh sách rồi xác nhận. Hãy trả lại cả đợt và ghi lý do.',
      'You cannot take everyone out and confirm. Give the whole batch back with a reason.',
    );
  }
  return undefined;
}

function totalOf(list: FrozenList, partId: string): string {
  return list.parts.find(({ part }) => part === partId)?.total ?? '0';
}

function rowAfter(batch: Batch, list: FrozenList, decision: Decision, since: string) {
  const out = new Set([...batch.takenOut.keys(), ...decision.takeOut.map(({ part }) => part)]);
  const left = list.parts.filter(({ part }) => !out.has(part));
  const summary = {
    code: batch.code,
    level: batch.level,
    version: decision.version,
    people: left.length,
    total: sum(left.map(({ total }) => BigInt(total))).toString(),
    since,
  };
  if (decision.outcome === 'rejected') return batchRow('in-approval', batch.source, summary);
  const steps = batch.frozen?.steps ?? [];
  const after = steps[steps.findIndex((step) => step === decision.step) + 1];
  return after === undefined
    ? batchRow('awaiting-provincial-decision', batch.source, summary, 'provincial-committee')
    : batchRow('in-approval', batch.source, summary, after);
}
