/**
 * Spreadsheets in: .xlsx, .xls and .csv. A file is known by its first bytes, never by its name, and is judged before it
 * is opened.
 */
import { type Refused, refused } from '../../shared/case/ports.ts';
import type { Sheet } from '../../shared/case/sheet.ts';
import { readDelimited } from './delimited.ts';
import { readOldWorkbook } from './old-workbook.ts';
import { readWorkbook } from './workbook.ts';

export const mostFileMegabytes = 40;

export interface ReadSheets {
  readonly outcome: 'sheets';
  readonly sheets: readonly Sheet[];
}

/**
 * Takes the bytes of an uploaded file, and whoever wants to know how many of its rows are read. Refuses with what is wrong
 * and what to do; never throws for a bad file.
 */
export async function readSheets(bytes: Uint8Array, progress: RowProgress = () => {}): Promise<ReadSheets | Refused> {
  if (bytes.length > mostFileMegabytes * 1024 * 1024) {
    return refused(
      `Tệp lớn hơn ${mostFileMegabytes} MB. Hãy chia thành nhiều tệp.`,
      `The file is over ${mostFileMegabytes} MB. Split it into several files.`,
    );
  }
  const read = await readerOf(bytes)(bytes, progress);
  return 'outcome' in read ? read : { outcome: 'sheets', sheets: read };
}

export interface RowProgress {
  (done: number, of: number): void;
}

/** What reads one kind of file. */
interface FileReader {
  (bytes: Uint8Array, progress: RowProgress): Promise<readonly Sheet[] | Refused>;
}

function readerOf(bytes: Uint8Array): FileReader {
  const startsWith = (...magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (startsWith(0x50, 0x4b, 0x03, 0x04)) return readWorkbook;
  return startsWith(0xd0, 0xcf, 0x11, 0xe0) ? readOldWorkbook : readDelimited;
}
