/** T3: the voucher is right. Everything on it is computed again from the orders; nothing typed is believed. */
import { type AccountFinding, findingSentence } from '../case/account-check.ts';
import { bankOf } from '../case/banks.ts';
import { payeeNames } from '../case/payee.ts';
import { formatDong, inWords, sum } from '../dong.ts';
import { altered, fails, type Finding, named, type PreCheck, preCheck, warns } from './pre-check.ts';
import type { Paid, Rows, SlipEvidence } from './pre-check-evidence.ts';

export function checkVoucher(evidence: SlipEvidence): PreCheck {
  const { paid } = evidence;
  const total = totalOf(paid);
  return preCheck(
    'T3',
    {
      vi: `${paid.length} người, ${formatDong(total)} đồng (${inWords(total)}); mỗi dòng có ngân hàng và tài khoản đứng tên người hưởng.`,
      en: `${paid.length} people, ${formatDong(total)} đồng; each line has a bank and an account in the person's name.`,
    },
    [...sumFindings(evidence), ...storedFindings(evidence), ...lineFindings(paid), ...doubtFindings(paid)],
  );
}

function totalOf(paid: readonly Paid[]): bigint {
  return sum(paid.map(({ order }) => BigInt(order.amount)));
}

function sumFindings({ slip, references, paid, lost }: SlipEvidence): readonly Finding[] {
  const total = totalOf(paid);
  const differing = paid
    .filter(({ order }) => sum(order.lines.map(({ amount }) => BigInt(amount))) !== BigInt(order.amount))
    .map(({ order }) => order.reference);
  const isTwice =
    new Set(references).size !== references.length || new Set(paid.map(({ order }) => order.part)).size !== paid.length;
  return [
    ...(lost.length === 0
      ? []
      : [disagrees(`Không còn khoản chi hoặc hồ sơ của ${named(lost).vi}.`, `No order or case of ${named(lost).en}.`)]),
    ...(slip.people === references.length && BigInt(slip.total) === total
      ? []
      : [
          disagrees(
            `Chứng từ ghi ${slip.people} người, ${formatDong(BigInt(slip.total))} đồng; cộng lại từ các khoản chi được ${references.length} người, ${formatDong(total)} đồng.`,
            `The slip says ${slip.people} people, ${formatDong(BigInt(slip.total))} đồng; its orders make ${references.length} people, ${formatDong(total)} đồng.`,
          ),
        ]),
    ...(isTwice ? [disagrees('Một người có hai khoản trong chứng từ.', 'One person stands twice on the slip.')] : []),
    ...(differing.length === 0
      ? []
      : [
          disagrees(
            `Số tiền khác tổng các thành phần: ${named(differing).vi}.`,
            `The sum is not that of its lines: ${named(differing).en}.`,
          ),
        ]),
  ];
}

function disagrees(vi: string, en: string): Finding {
  return fails('administrator', `${vi} ${altered.vi}`, `${en} ${altered.en}`);
}

/** The file that goes to the Treasury, against the orders: one row an order with its sum and account, the total, the words. */
function storedFindings({ stored, paid }: SlipEvidence): readonly Finding[] {
  if (stored === 'unread') return [];
  if (stored === 'gone') return [disagrees('Không mở được tệp Mẫu số 09 đã lưu.', 'The stored form 09 does not open.')];
  const byReference = rowsOf(
    stored,
    paid.map(({ order }) => order.reference),
  );
  const wrong = paid
    .filter((one) => !isOnRow(one, byReference.get(one.order.reference) ?? []))
    .map(({ order }) => order.reference);
  const texts = stored.flat();
  const total = totalOf(paid);
  const isTotalThere = stored.some((row) => row.some((cell) => /^tổng (số|cộng)$/i.test(cell)) && holdsSum(row, total));
  const areWordsThere = texts.some((text) => text.includes(inWords(total)));
  return [
    ...(wrong.length === 0
      ? []
      : [
          disagrees(
            `Dòng trong tệp Mẫu số 09 khác khoản chi: ${named(wrong).vi}.`,
            `Rows of form 09 differ from the orders: ${named(wrong).en}.`,
          ),
        ]),
    ...(isTotalThere && areWordsThere
      ? []
      : [
          disagrees(
            'Tổng số bằng số hoặc bằng chữ trong tệp Mẫu số 09 khác tổng các khoản chi.',
            'The total of form 09, in figures or words, is not that of the orders.',
          ),
        ]),
  ];
}

function rowsOf(rows: Rows, references: readonly string[]): ReadonlyMap<string, readonly (readonly string[])[]> {
  const wanted = new Set(references);
  const found = new Map<string, (readonly string[])[]>();
  for (const row of rows) {
    for (const reference of row.flatMap((cell) => cell.match(/CT[0-9A-Z]{10}-\d+/g) ?? [])) {
      if (wanted.has(reference)) found.set(reference, [...(found.get(reference) ?? []), row]);
    }
  }
  return found;
}

function isOnRow({ order, account }: Paid, rows: readonly (readonly string[])[]): boolean {
  const [row] = rows;
  return rows.length === 1 && row !== undefined && row.includes(account.number) && holdsSum(row, BigInt(order.amount));
}

/** A sum as a number, or as it is printed. */
function holdsSum(row: readonly string[], amount: bigint): boolean {
  return row.includes(amount.toString()) || row.includes(formatDong(amount));
}

function lineFindings(paid: readonly Paid[]): readonly Finding[] {
  const without = paid.filter(
    ({ account }) => !/^\d{6,20}$/.test(account.number) || bankOf(account.bank) === undefined,
  );
  const strangers = paid.filter((one) => isOtherName(one) && one.payee === undefined);
  const stated = paid.filter(({ payee }) => payee !== undefined);
  return [
    ...(without.length === 0
      ? []
      : [
          fails(
            'unit',
            `Dòng thiếu số tài khoản hợp lệ hoặc ngân hàng: ${named(referencesOf(without)).vi}. Không gửi; đề nghị Sở Tài chính xử lý khoản này.`,
            `Lines without a sound account or bank: ${named(referencesOf(without)).en}. Do not send; ask Finance.`,
          ),
        ]),
    ...(strangers.length === 0
      ? []
      : [
          fails(
            'unit',
            `Tài khoản đứng tên người khác: ${named(referencesOf(strangers)).vi}. Nếu là người thừa kế, người đại diện hoặc tên viết khác, kế toán trưởng ghi giấy tờ chứng minh tại hồ sơ của người đó.`,
            `Accounts in another name: ${named(referencesOf(strangers)).en}. Where it is an heir, a representative or another spelling, the chief accountant states the paper on the case's page.`,
          ),
        ]),
    ...stated.map(({ order, payee }) =>
      warns(
        'unit',
        `${order.reference} chi cho ${payeeNames[payee?.as ?? 'heir'].vi} theo ${payee?.document}. Gửi kèm giấy tờ này.`,
        `${order.reference} goes to ${payeeNames[payee?.as ?? 'heir'].en} by ${payee?.document}. Send that paper along.`,
      ),
    ),
  ];
}

function referencesOf(paid: readonly Paid[]): readonly string[] {
  return paid.map(({ order }) => order.reference);
}

function isOtherName({ verdict }: Paid): boolean {
  return verdict.findings.some((finding) => finding.finding === 'name-differs' && finding.how === 'other');
}

/** Whatever else makes it likely that the bank sends the money back: a warning each kind, not each person. */
function doubtFindings(paid: readonly Paid[]): readonly Finding[] {
  const doubtful = new Map<string, { readonly finding: AccountFinding; readonly references: string[] }>();
  for (const { order, verdict } of paid) {
    for (const finding of verdict.findings) {
      const isSaid = finding.finding === 'name-differs' && finding.how === 'other';
      if (verdict.verdict !== 'doubtful' || finding.finding === 'known-good' || isSaid) continue;
      const { vi } = findingSentence(finding);
      const known = doubtful.get(vi);
      if (known === undefined) doubtful.set(vi, { finding, references: [order.reference] });
      else known.references.push(order.reference);
    }
  }
  return [...doubtful.values()].map(({ finding, references }) => {
    const [said, which] = [findingSentence(finding), named(references)];
    return warns(
      'unit',
      `${said.vi} (${which.vi}) Hỏi lại người hưởng trước khi gửi.`,
      `${said.en} (${which.en}) Ask the person before it is sent.`,
    );
  });
}
