/** The acts on a batch: deciding, taking a confirmation back, freezing anew, ending it, recording the decision. */
import { type Batch, type FrozenList, payable, readBatch, readFrozenList } from '../../../shared/case/batch.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { recordProvincialDecision } from '../../../shared/approval/provincial-decision.ts';
import { abortBatch, reopenStep } from '../../../shared/approval/reopen.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { batchPage } from './batch.tsx';
import { changesText } from './batch-changes.tsx';
import { type Draft, draftOf } from './batch-decide.tsx';
import { signatureIn } from './batch-papers.tsx';
import { batchesPage, makerOf } from './batches.tsx';

export async function freezeAgain(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const batch = await readBatch(ports.store, params['id'] ?? '');
  const reason = field(form, 'reason');
  if (batch === undefined) return batchesPage(visit);
  if (reason === '' && batch.frozen !== undefined)
    return batchPage(visit, { vi: 'Hãy ghi lý do chốt lại danh sách.', en: 'State why the list is frozen anew.' });
  const again = batch.frozen === undefined ? {} : { reason };
  const wish = { batchId: batch.id, source: batch.source, level: batch.level, ...makerOf(account), ...again };
  return { to: `/viec/${await ports.jobs.start('freeze', wish, account.id)}` };
}

/** Decides; a refused decision shows the page again with everything that was ticked and written. */
export async function decideAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const batch = await readBatch(ports.store, params['id'] ?? '');
  if (batch?.frozen === undefined) return batchPage(visit);
  const list = await readFrozenList(ports.files, batch);
  const draft = draftOf(visit, list.parts);
  const outcome = field(form, 'outcome');
  if (outcome !== 'rejected' && outcome !== 'confirmed') return batchPage(visit);
  const unticked = list.parts.some(
    ({ part }) => field(form, `reason-${part}`) !== '' && !draft.out.some((one) => one.part === part),
  );
  if (unticked) {
    return batchPage(visit, {
      vi: 'Có người được ghi lý do nhưng chưa đánh dấu đưa ra. Chưa có gì được ghi nhận: hãy đánh dấu, hoặc xóa lý do.',
      en: 'Someone has a reason but is not ticked. Nothing was recorded: tick them, or delete the reason.',
    });
  }
  const decided = await decide(
    {
      batchId: batch.id,
      step: field(form, 'step'),
      version: Number(field(form, 'version')),
      contentHash: field(form, 'contentHash'),
      reopenings: Number(field(form, 'reopenings')),
      outcome,
      takeOut: outcome === 'rejected' ? [] : draft.out,
      ...(field(form, 'rejection') === '' ? {} : { reason: field(form, 'rejection') }),
      shown: await shownText(visit, batch, list, draft),
    },
    account,
    ports,
  );
  return decided.outcome === 'refused' ? batchPage(visit, decided.why) : { to: `/dot/${batch.id}` };
}

/** What the person had before them, kept with the decision: what had changed, who stood out, the sums, the difference they made. */
async function shownText(visit: Visit, batch: Batch, list: FrozenList, draft: Draft): Promise<string> {
  const { parts, total } = payable(batch, list);
  const outTotal = sum(
    parts.filter(({ part }) => draft.out.some((one) => one.part === part)).map((part) => BigInt(part.total)),
  );
  return [
    `Đợt ${batch.code}, phiên bản ${batch.frozen?.version}, mã nội dung ${batch.frozen?.contentHash}`,
    ...(await changesText(visit, batch, list)),
    `Trước: ${parts.length} người, ${formatDong(total)} đồng`,
    ...draft.out.map(
      ({ part, reason, toUnit = false }) => `Đưa ra${toUnit ? ' và trả về đơn vị' : ''}: ${part}: ${reason}`,
    ),
    `Sau: ${parts.length - draft.out.length} người, ${formatDong(total - outTotal)} đồng`,
  ].join('\n');
}

export async function provincialAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const digits = (name: string) => field(form, name).replaceAll(/[.\s]/g, '');
  const people = digits('people');
  const total = digits('total').replace(/đ(ồng)?$/u, '');
  if (!/^\d{1,6}$/.test(people) || !/^\d{1,15}$/.test(total)) {
    return batchPage(visit, {
      vi: 'Số người và tổng kinh phí phải là số, ví dụ 119 và 118.345.678.900.',
      en: 'People and sum must be numbers, such as 119 and 118.345.678.900.',
    });
  }
  const paper = await upload(form, 'paper');
  const recorded = await recordProvincialDecision(
    {
      batchId: params['id'] ?? '',
      version: Number(field(form, 'version')),
      ...signatureIn(form),
      people: Number(people),
      total: BigInt(total),
      paper: paper === undefined ? '' : await ports.files.put(paper.bytes),
      signatures: paper === undefined ? [] : await ports.papers.signaturesIn(paper.bytes),
    },
    account.id,
    ports,
  );
  return recorded.outcome === 'refused' ? batchPage(visit, recorded.why) : { to: `/dot/${params['id'] ?? ''}` };
}

export async function reopenAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const wish = {
    batchId: params['id'] ?? '',
    step: field(form, 'step'),
    version: Number(field(form, 'version')),
    reason: field(form, 'reopen-reason'),
  };
  const reopened = await reopenStep(wish, account, ports);
  return reopened.outcome === 'refused' ? batchPage(visit, reopened.why) : { to: `/dot/${wish.batchId}` };
}

export async function abortAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const wish = { batchId: params['id'] ?? '', reason: field(form, 'abort-reason') };
  const aborted = await abortBatch(wish, account, ports);
  return aborted.outcome === 'refused' ? batchPage(visit, aborted.why) : { to: `/dot/${wish.batchId}` };
}
