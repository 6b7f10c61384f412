/** Use case, step `approval.request`: asks the next confirmer by mail, once a step and version. */
import { localDateOf } from '../calendar.ts';
import { type Batch, batchStream, readBatch } from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import type { WaitingState } from '../case/workflow-state.ts';
import { sha256 } from '../hash.ts';
import { addWorkingDays } from '../law/working-days.ts';
import { awaitedNow, nextStep } from './next.ts';
import type { ApprovalStep } from './route.ts';

export async function requestConfirmation({ batchId, token }: WaitingState, ports: Ports): Promise<void> {
  const batch = await readBatch(ports.store, batchId);
  if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
  await remember(batch, 'confirmation', token, ports);
  const step = nextStep(batch);
  if (step !== undefined && awaitedNow(batch).startsWith('confirmation')) await ask(batch, step, ports);
  await nudge(batchId, ports);
}

/** Step `approval.await-decision`: waits until the People's Committee's decision is recorded. */
export async function awaitProvincialDecision({ batchId, token }: WaitingState, ports: Ports): Promise<void> {
  const batch = await readBatch(ports.store, batchId);
  if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
  await remember(batch, 'provincial-decision', token, ports);
  await nudge(batchId, ports);
}

/** What is awaited now, if it is of this kind; else something that is never awaited, so that the nudge wakes at once. */
async function remember(batch: Batch, kind: string, token: string, { desk }: Ports): Promise<void> {
  const awaited = awaitedNow(batch);
  await desk.remember(batch.id, awaited.startsWith(kind) ? awaited : `${kind}/moved-on`, token);
}

/** Wakes the workflow of a batch whose answer is there. Harmless when it does not wait, or waits for something else. */
export async function nudge(batchId: string, ports: Ports): Promise<void> {
  const waiting = await ports.desk.waiting(batchId);
  if (waiting === undefined || waiting.awaited === 'units-and-treasury') return;
  const batch = await readBatch(ports.store, batchId);
  if (batch !== undefined && awaitedNow(batch) !== waiting.awaited) await ports.desk.wake(batchId, waiting.token);
}

/** Claims find the batch of a link; only the link's SHA-256 is ever stored. */
export function linkClaim(link: string): string {
  return `link/${sha256(link)}`;
}

async function ask(batch: Batch, step: ApprovalStep, ports: Ports): Promise<void> {
  const { frozen } = batch;
  if (frozen === undefined) return;
  const { store, now, directory, publicUrl, mailer } = ports;
  for (const { id: account, email } of await directory.holding(step.role)) {
    const link = await linkFor(batch, step, account, ports);
    const until = addWorkingDays(localDateOf(now()), step.withinDays);
    await commitDeciding(store, async () => {
      const current = await readBatch(store, batch.id);
      const wasAsked = current?.asked.some((one) => one.step === step.step && one.account === account);
      if (current === undefined || wasAsked === true || current.frozen?.version !== frozen.version)
        return { stop: 'asked' };
      const data = { step: step.step, version: frozen.version, until, link: sha256(link), account };
      return {
        changes: [
          {
            stream: batchStream(batch.id),
            readAt: current.entries.length,
            entries: [{ kind: 'asked', at: now(), by: 'system', data }],
            claims: [linkClaim(link)],
          },
        ],
      };
    });
    // Code, count and limit only: sums and names stay behind the sign-in.
    await mailer.send({
      key: `${batch.id}/${step.step}/${frozen.version}/${account}`,
      to: email,
      subject: `[Chi trả] Đợt ${batch.code}: đề nghị ${step.confirms.vi.toLocaleLowerCase('vi')}`,
      text: [
        `Đợt chi trả ${batch.code} (phiên bản ${frozen.version}) gồm ${frozen.people} người đang chờ đồng chí xác nhận trên hệ thống: ${step.confirms.vi}.`,
        `Đề nghị hoàn thành trước hết ngày ${until.split('-').toReversed().join('/')}.`,
        '',
        `Mở đợt: ${publicUrl}/lien-ket/${link}`,
        '',
        'Liên kết chỉ mở trang; đồng chí cần đăng nhập để xem và xác nhận. Hệ thống không bao giờ hỏi mật khẩu hay số tài khoản qua thư.',
      ].join('\n'),
    });
  }
}

/** The same link each time it is asked for, known to nobody who has not the keys: 256 bits. */
async function linkFor(batch: Batch, { step }: ApprovalStep, account: string, { vault }: Ports): Promise<string> {
  const digest = await vault.digest(
    'link',
    [batch.id, batch.frozen?.version, batch.frozen?.contentHash, step, account].join('/'),
  );
  return Buffer.from(digest, 'hex').toString('base64url');
}
