/** Reads the Treasury's result sheet: what it says of itself above the table, and a row an order. */
import { isLocalDate } from '../calendar.ts';
import type { OrderOutcome } from '../case/order.ts';
import { type Refused, refused } from '../case/ports.ts';
import type { Sheet, SheetRow } from '../case/sheet.ts';
import { fold, type Sentence } from '../vietnamese.ts';
import type { ResultFile, ResultLine } from './reconcile.ts';

/** The headings by which columns are known, folded. */
const columns = {
  reference: ['ma khoan chi', 'ma tham chieu'],
  amount: ['so tien', 'so tien (dong)'],
  outcome: ['ket qua'],
  on: ['ngay', 'ngay hach toan', 'ngay ket qua'],
  reason: ['ly do', 'noi dung'],
} as const;
type Column = keyof typeof columns;

/** The words of the column “Kết quả”, folded. */
export const outcomeWords: Readonly<Record<OrderOutcome, string>> = {
  credited: 'Đã báo có',
  'treasury-paid': 'Kho bạc đã thanh toán',
  refused: 'Kho bạc từ chối',
  returned: 'Ngân hàng chuyển trả',
};

/** The lines above the table that state what the file holds. */
export const statedLabels = { batch: 'Mã đợt', count: 'Tổng số khoản', total: 'Tổng số tiền' } as const;

export function readResults(sheets: readonly Sheet[]): (ResultFile & { readonly outcome: 'results' }) | Refused {
  const rows = sheets[0]?.rows ?? [];
  const heading = rows.findIndex((row) => row.cells.some(({ text }) => fold(text) === columns.reference[0]));
  const places = heading < 0 ? undefined : placesOf(rows[heading]);
  if (places === undefined) {
    return refused(
      'Không tìm thấy bảng kết quả: cần dòng tiêu đề có các cột Mã khoản chi, Số tiền, Kết quả, Ngày. Hãy dùng đúng tệp của Kho bạc.',
      'There is no result table: a heading row with Mã khoản chi, Số tiền, Kết quả, Ngày is needed. Use the file as the Treasury sent it.',
    );
  }
  const stated = statedAbove(rows.slice(0, heading));
  if (stated === undefined) {
    return refused(
      'Tệp không ghi Mã đợt, Tổng số khoản và Tổng số tiền ở đầu bảng, nên không thể kiểm tra có đủ dòng hay không.',
      'The file does not state batch, count and total above its table, so that nobody can tell whether it is whole.',
    );
  }
  const faults: Sentence[] = [];
  const lines = rows.slice(heading + 1).flatMap((row) => lineOf(row, places, faults));
  if (faults.length > 0) {
    return refused(
      `Chưa có gì được ghi nhận. ${faults
        .slice(0, 30)
        .map(({ vi }) => vi)
        .join(' ')}`,
      `Nothing was recorded. ${faults
        .slice(0, 30)
        .map(({ en }) => en)
        .join(' ')}`,
    );
  }
  return { outcome: 'results', ...stated, lines };
}

function placesOf(row: SheetRow | undefined): Readonly<Record<Column, number>> | undefined {
  const find = (column: Column) =>
    row?.cells.find(({ text }) => columns[column].some((name) => name === fold(text)))?.column;
  const [reference, amount, outcome, on, reason] = [
    find('reference'),
    find('amount'),
    find('outcome'),
    find('on'),
    find('reason'),
  ];
  if (reference === undefined || amount === undefined || outcome === undefined || on === undefined) return undefined;
  return { reference, amount, outcome, on, reason: reason ?? 0 };
}

function statedAbove(
  rows: readonly SheetRow[],
): Pick<ResultFile, 'batchCode' | 'statedCount' | 'statedTotal'> | undefined {
  const texts = rows.flatMap(({ cells }) => cells.map(({ text }) => text));
  const after = (label: string) =>
    texts
      .find((text) => fold(text).startsWith(fold(label)))
      ?.split(':')[1]
      ?.trim();
  const batchCode = after(statedLabels.batch);
  const count = digits(after(statedLabels.count) ?? '');
  const total = digits(after(statedLabels.total) ?? '');
  if (batchCode === undefined || count === undefined || total === undefined) return undefined;
  return { batchCode, statedCount: Number(count), statedTotal: BigInt(total) };
}

function digits(text: string): string | undefined {
  const plain = text.replaceAll(/[.,\s]|đồng|đ$/gu, '');
  return /^\d{1,18}$/.test(plain) ? plain : undefined;
}

function lineOf(row: SheetRow, places: Readonly<Record<Column, number>>, faults: Sentence[]): readonly ResultLine[] {
  const cell = (column: Column) => row.cells.find((one) => one.column === places[column])?.text ?? '';
  const reference = cell('reference');
  if (reference === '' || fold(reference).startsWith('tong')) return [];
  const amount = digits(cell('amount'));
  const outcome = outcomes.find(([, words]) => fold(words) === fold(cell('outcome')))?.[0];
  const on = dayOf(cell('on'));
  if (amount === undefined || outcome === undefined || on === undefined) {
    faults.push({
      vi: `Dòng ${row.number}: ${amount === undefined ? `số tiền "${cell('amount')}" không đọc được` : outcome === undefined ? `kết quả "${cell('outcome')}" không có trong danh mục` : `ngày "${cell('on')}" không hợp lệ`}.`,
      en: `Row ${row.number}: ${amount === undefined ? `the amount "${cell('amount')}"` : outcome === undefined ? `the outcome "${cell('outcome')}"` : `the day "${cell('on')}"`} cannot be read.`,
    });
    return [];
  }
  const reason = cell('reason');
  return [{ row: row.number, reference, amount: BigInt(amount), outcome, on, ...(reason === '' ? {} : { reason }) }];
}

const outcomes: readonly (readonly [OrderOutcome, string])[] = [
  ['credited', outcomeWords.credited],
  ['treasury-paid', outcomeWords['treasury-paid']],
  ['refused', outcomeWords.refused],
  ['returned', outcomeWords.returned],
];

/** A sheet's date, or `dd/mm/yyyy` as text. */
function dayOf(text: string): string | undefined {
  if (isLocalDate(text)) return text;
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const day = parts === null ? '' : `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}`;
  return isLocalDate(day) ? day : undefined;
}
