/** Use case: the Finance officer records money allotted to a unit, with its document and the codes the Treasury checks. */
import { isLocalDate } from '../calendar.ts';
import { type BudgetCodes, budgetCodes, estimateChange, isAllotted, readEstimate } from '../case/funding.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

export interface Allotment {
  readonly unit: string;
  readonly source: string;
  /** đồng. */
  readonly amount: bigint;
  readonly document: string;
  readonly on: string;
  /** As typed; all of them or none. */
  readonly codes?: Readonly<Record<keyof BudgetCodes, string>>;
}

export async function allot(
  given: Allotment,
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'allotted'; readonly left: bigint } | Refused> {
  if (given.amount <= 0n) return refused('Số dự toán phải lớn hơn 0.', 'The estimate must be above zero.');
  if (given.document.trim() === '' || !isLocalDate(given.on)) {
    return refused(
      'Hãy ghi số và ngày của văn bản giao dự toán.',
      'State number and day of the paper that allots the estimate.',
    );
  }
  const codes = readCodes(given.codes);
  if (codes !== undefined && 'outcome' in codes) return codes;
  const document = given.document.trim();
  let left = 0n;
  const outcome = await commitDeciding(store, async () => {
    const estimate = await readEstimate(store, given.unit, given.source);
    if (isAllotted(estimate, document, given.on)) return { stop: allottedBefore };
    left = estimate.left + given.amount;
    const stated = codes === undefined ? {} : { codes };
    const data = { amount: given.amount.toString(), document, on: given.on, ...stated };
    return { changes: [estimateChange(estimate, [{ kind: 'allotted', at: now(), by, data }])] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'allotted', left };
}

const codeNames: Readonly<Record<keyof BudgetCodes, { readonly vi: string; readonly en: string }>> = {
  level: { vi: 'Mã cấp ngân sách (1, 2, 3 hoặc 4)', en: 'budget level (1, 2, 3 or 4)' },
  category: { vi: 'Khoản (3 chữ số)', en: 'category (3 digits)' },
  item: { vi: 'Tiểu mục (4 chữ số)', en: 'item (4 digits)' },
  source: { vi: 'Mã tính chất nguồn (2 chữ số)', en: 'source code (2 digits)' },
  account: { vi: 'Tài khoản dự toán (4 chữ số)', en: 'estimate account (4 digits)' },
  programme: { vi: 'Mã chương trình, dự án (5 chữ số)', en: 'programme (5 digits)' },
};

/** Every code that is wrong, at once. */
function readCodes(typed: Allotment['codes']): BudgetCodes | Refused | undefined {
  const filled = Object.entries(typed ?? {}).filter(([, text]) => text.trim() !== '');
  if (filled.length === 0) return undefined;
  const read = budgetCodes.safeParse(Object.fromEntries(filled.map(([name, text]) => [name, text.trim()])));
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
  const named = Object.entries(codeNames).filter(([name]) => wrong.has(name));
  return refused(
    `Mã ngân sách chưa đúng: ${named.map(([, { vi }]) => vi).join('; ')}. Hãy ghi đúng như văn bản giao dự toán, hoặc để trống tất cả.`,
    `These codes are wrong: ${named.map(([, { en }]) => en).join('; ')}. State them as the paper does, or leave all empty.`,
  );
}

const allottedBefore = refused(
  'Văn bản này đã được ghi cho đơn vị và nguồn này.',
  'This paper is recorded for this unit and source already.',
);
