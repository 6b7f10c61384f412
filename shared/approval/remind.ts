/**
 * Use case on a schedule: nobody's silence stops a batch unseen. The approver is reminded, then the deputies are asked, then
 * leadership is told; whoever came into the role or got a delegation meanwhile is asked too.
 */
import { formatDay, localDateOf } from '../calendar.ts';
import { type Batch, batchRow, batchStream, readBatch, standing } from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import { allRows } from '../case/store.ts';
import { workingDaysBetween } from '../law/working-days.ts';
import { askingKey } from './asking-mail.ts';
import { awaitedNow, nextStep, roundOf } from './next.ts';
import { ask, whomToAsk } from './request.ts';
import type { ApprovalStep } from './route.ts';

/** Harmless to run at any time, again and again: everything is done once a step and version. */
export async function remindSilent(ports: Ports): Promise<void> {
  for await (const { stream } of allRows(ports.store, { kind: 'batch', status: 'in-approval' })) {
    const batch = await readBatch(ports.store, stream.slice(batchStream('').length));
    const step = batch && nextStep(batch);
    // The workflow asks first; here is only looked after what it asked.
    if (batch === undefined || step === undefined || !awaitedNow(batch).startsWith('confirmation')) continue;
    const first = batch.asked.find((one) => one.step === step.step);
    if (first !== undefined) await lookAfter(batch, step, first, ports);
  }
}

async function lookAfter(batch: Batch, step: ApprovalStep, first: Batch['asked'][number], ports: Ports): Promise<void> {
  const today = localDateOf(ports.now());
  const silent = workingDaysBetween({ from: localDateOf(first.at), to: today });
  await ask(batch, step, await whomToAsk(step, ports), ports);
  if (silent >= step.remindAfterDays && !batch.reminded.includes(step.step)) await remind(batch, step, first, ports);
  if (silent >= step.deputyAfterDays) await ask(batch, step, await ports.directory.holding(step.role), ports);
  if (today > first.until && !batch.escalated.includes(step.step)) await escalate(batch, step, first, ports);
}

/** The mails come first: told twice is told once, by their keys; noted and not told would be silence. */
async function remind(
  batch: Batch,
  step: ApprovalStep,
  { until }: Batch['asked'][number],
  ports: Ports,
): Promise<void> {
  const { code, id, frozen } = batch;
  if (frozen === undefined) return;
  const asked = batch.asked.filter((one) => one.step === step.step).map(({ account }) => account);
  for (const { id: account, email } of await ports.directory.holding(step.role)) {
    if (!asked.includes(account)) continue;
    const { version } = frozen;
    await ports.mailer.send({
      key: `${askingKey(batch, { step: step.step, version, account })}/reminder`,
      to: email,
      account,
      subject: `[Chi trả] Nhắc: đợt ${code} chờ đồng chí xác nhận`,
      lines: [
        `Đợt chi trả ${code} (phiên bản ${version}, ${frozen.people} người) vẫn chờ đồng chí xác nhận: ${step.confirms.vi}.`,
        `Hạn xác nhận là hết ngày ${formatDay(until)}. Nếu đồng chí vắng mặt, hãy ủy quyền trên hệ thống.`,
      ],
      button: { label: 'Mở đợt', url: `${ports.publicUrl}/dot/${id}` },
      footer: ['Liên kết chỉ mở trang; đồng chí cần đăng nhập để xem và xác nhận.'],
    });
  }
  await note('reminded', batch, step, ports);
}

async function escalate(
  batch: Batch,
  step: ApprovalStep,
  { until }: Batch['asked'][number],
  ports: Ports,
): Promise<void> {
  const { code, id, frozen } = batch;
  if (frozen === undefined) return;
  for (const { id: account, email } of await ports.directory.holding('leadership')) {
    await ports.mailer.send({
      key: `${id}/${step.step}/${frozen.version}${roundOf(batch)}/overdue/${account}`,
      to: email,
      account,
      subject: `[Chi trả] Đợt ${code} quá hạn xác nhận`,
      lines: [
        `Đợt chi trả ${code} (${frozen.people} người) đã quá hạn ${formatDay(until)} ở bước: ${step.confirms.vi}.`,
        'Người xác nhận đã được nhắc và cấp phó đã được đề nghị.',
      ],
      button: { label: 'Mở đợt', url: `${ports.publicUrl}/dot/${id}` },
      footer: ['Liên kết chỉ mở trang; đồng chí cần đăng nhập để xem.'],
    });
  }
  await note('escalated', batch, step, ports);
}

/** Once a step and version; an overdue one stands on the batch's row, where the leadership's page finds it. */
async function note(
  kind: 'reminded' | 'escalated',
  { id, frozen, reopenings }: Batch,
  { step }: ApprovalStep,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<void> {
  await commitDeciding(store, async () => {
    const batch = await readBatch(store, id);
    const isSame =
      batch?.frozen?.version === frozen?.version && batch?.reopenings === reopenings && nextStep(batch)?.step === step;
    if (batch?.frozen === undefined || !isSame || batch[kind].includes(step)) return { stop: 'noted' };
    const { version } = batch.frozen;
    const since = batch.asked.find((one) => one.step === step)?.at ?? now();
    const row = batchRow('in-approval', batch.source, { ...standing(batch, since), overdue: step }, step);
    return {
      changes: [
        {
          stream: batchStream(id),
          readAt: batch.entries.length,
          entries: [{ kind, at: now(), by: 'system', data: { step, version } }],
          ...(kind === 'escalated' ? { row } : {}),
        },
      ],
    };
  });
}
