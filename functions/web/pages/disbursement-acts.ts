/** The acts of the page of disbursement. */

import { readBatch } from '../../../shared/case/batch.ts';
import { readUnits, sources } from '../../../shared/case/unit.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { explainContradiction } from '../../../shared/disbursement/explain-contradiction.ts';
import { inquire } from '../../../shared/disbursement/inquire.ts';
import { type Answer, field, type Visit } from '../page.tsx';
import type { BudgetCodes } from '../../../shared/case/funding.ts';
import { disbursementPage } from './disbursement.tsx';
export async function allotAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const amount = field(form, 'amount').replaceAll(/[.\s]/g, '');
  const unit = (await readUnits(ports.store)).get(field(form, 'unit'));
  const source = sources.find((one) => one === field(form, 'source'));
  if (!/^\d{1,15}$/.test(amount) || unit === undefined || source === undefined) {
    return disbursementPage(visit, {
      vi: 'Hãy chọn đơn vị, nguồn và ghi số tiền bằng chữ số, ví dụ 12.000.000.000.',
      en: 'Choose unit and source, and write the amount in digits, such as 12.000.000.000.',
    });
  }
  const allotted = await allot(
    {
      unit: unit.code,
      source,
      amount: BigInt(amount),
      document: field(form, 'document'),
      on: field(form, 'on'),
      codes: codesIn(form),
    },
    account.id,
    ports,
  );
  return allotted.outcome === 'refused' ? disbursementPage(visit, allotted.why) : { to: '/chi-tra' };
}

function codesIn(form: FormData): Readonly<Record<keyof BudgetCodes, string>> {
  const code = (name: string) => field(form, `code-${name}`);
  return {
    level: code('level'),
    category: code('category'),
    item: code('item'),
    source: code('source'),
    account: code('account'),
    programme: code('programme'),
  };
}

export async function explainAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const explained = await explainContradiction(field(form, 'reference'), field(form, 'reason'), account, ports);
  return explained.outcome === 'refused' ? disbursementPage(visit, explained.why) : { to: '/chi-tra' };
}

export async function inquireAct(visit: Visit): Promise<Answer> {
  const batch = await readBatch(visit.ports.store, visit.params['batch'] ?? '');
  if (batch?.provincial === undefined) {
    return disbursementPage(visit, {
      vi: 'Không có đợt này, hoặc đợt chưa được chi.',
      en: 'There is no such batch, or it is not being paid.',
    });
  }
  await inquire(batch.id, visit.account.id, visit.ports);
  return { to: '/chi-tra' };
}
