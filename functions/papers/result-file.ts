/** A result file of whatever kind → its lines: a sheet (.xlsx, .xls, .csv) or an ISO 20022 message, by its first bytes. */
import { type Refused, refused } from '../../shared/case/ports.ts';
import { type Control, type ReadOptions, readResults, type ToTell } from '../../shared/disbursement/read-results.ts';
import type { ResultFile } from '../../shared/disbursement/reconcile.ts';
import { readCamt } from './camt.ts';
import { isXml, readIso } from './iso-xml.ts';
import { readPain002 } from './pain-002.ts';
import { readSheets } from './sheet.ts';

/** Refuses with what is wrong and what to do; never throws for a bad file. */
export async function readResultFile(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<(ResultFile & { readonly outcome: 'results' }) | ToTell | Refused> {
  if (!isXml(bytes)) {
    const sheets = await readSheets(bytes);
    return sheets.outcome === 'refused' ? sheets : readResults(sheets.sheets, options);
  }
  const message = readIso(bytes);
  if (message.outcome === 'refused') return message;
  const file = message.message === 'pain.002' ? readPain002(message.document) : readCamt(message.document);
  if ('outcome' in file) return file;
  return disagrees(file, options.control) ?? { outcome: 'results', ...file };
}

/** A message states its own figures; those of a covering page are compared where somebody typed them. */
function disagrees({ statedCount, statedTotal }: ResultFile, control: Control | undefined): Refused | undefined {
  if (control === undefined || (control.count === statedCount && control.total === statedTotal)) return undefined;
  return refused(
    'Số khoản hoặc tổng số tiền đồng chí ghi khác với các giao dịch trong điện. Hãy xem lại trang bìa và tệp.',
    'The count or total that you typed differs from the transactions of the message. Look at both again.',
  );
}
