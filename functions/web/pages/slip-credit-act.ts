/** The account holder's confirmation by a bank's document: looked at here, recorded by a job. */
import { ordersToConfirm } from '../../../shared/disbursement/confirm-credit.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { slipPage } from './slip.tsx';

export async function confirmCreditAct(visit: Visit): Promise<Answer> {
  const { form, params, account, ports } = visit;
  const file = await upload(form, 'evidence');
  if (file === undefined || !isScan(file.bytes)) {
    return slipPage(visit, {
      vi: 'Hãy chọn bản quét chứng từ ngân hàng: tệp .pdf, .jpg hoặc .png.',
      en: 'Choose the scan of the bank’s document: .pdf, .jpg or .png.',
    });
  }
  const chosen = form.getAll('reference').filter((one) => typeof one === 'string');
  const confirmation = {
    slip: params['id'] ?? '',
    references: field(form, 'all') === 'all' ? ('all' as const) : chosen,
    number: field(form, 'number'),
    on: field(form, 'on'),
    evidence: '',
  };
  const found = await ordersToConfirm(confirmation, account, ports);
  if (found.outcome === 'refused') return slipPage(visit, found.why);
  const evidence = await ports.files.put(file.bytes, 'payment');
  const { id, name, email, role, units } = account;
  const input = { confirmation: { ...confirmation, evidence }, account: { id, name, email, role, units } };
  return { to: `/viec/${await ports.jobs.start('confirm-credit', input, account.id)}` };
}

/** By their first bytes, never by their name. */
function isScan(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return ['%PDF', '\u00ff\u00d8\u00ff', '\u0089PNG'].some((magic) => start.startsWith(magic));
}
