/**
 * What an uploaded workbook is and what it unpacks to, settled before any of it is read. The parts that hold cells go on
 * in an archive of their own, still packed: pictures, macros, links and embedded files are left out.
 */
import { createInflateRaw } from 'node:zlib';
import { type Refused, refused } from '../../shared/case/ports.ts';

const megabyte = 1024 * 1024;
const mostUnpacked = 600 * megabyte;
const mostTimesLarger = 200;
/** Below this a high ratio does no harm: blank formatted rows pack very well. */
const harmlessUnpacked = 20 * megabyte;
const mostRows = 200_000;
const mostCells = 6_000_000;

/** The parts that hold cells, their texts and their formats. */
const cellParts =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/_rels\/workbook\.xml\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/worksheets\/[^/]+\.xml)$/i;
const sheetPart = /^xl\/worksheets\/[^/]+\.xml$/i;

export interface GuardedWorkbook {
  readonly outcome: 'workbook';
  /** The cell parts alone, sheets last: a sheet before its texts would be put aside in a file, in clear. */
  readonly archive: Uint8Array;
  /** Of all sheets. */
  readonly rows: number;
  /** What nobody sees in the office program, by the name of the sheet's part. */
  readonly hidden: ReadonlyMap<string, Hidden>;
  /** `xl/workbook.xml`. */
  readonly book: string;
  readonly relations: string;
}

export interface Hidden {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Refuses what is no .xlsx file, what is too large, and what unpacks to more than it says or than is sane. */
export async function guardWorkbook(bytes: Uint8Array): Promise<GuardedWorkbook | Refused> {
  const directory = directoryOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (directory === undefined || !directory.some(({ name }) => name === 'xl/workbook.xml')) return refuseNoSheet();
  const unpackedBytes = directory.reduce((total, { unpacked }) => total + unpacked, 0);
  const packedBytes = directory.reduce((total, { packed }) => total + packed.length, 0);
  if (unpackedBytes > mostUnpacked) return refuseBomb();
  if (unpackedBytes > harmlessUnpacked && unpackedBytes > packedBytes * mostTimesLarger) return refuseBomb();
  const parts = directory.filter(({ name }) => cellParts.test(name));
  const hidden = new Map<string, Hidden>();
  const texts = new Map<string, string>();
  let rows = 0;
  let cells = 0;
  for (const part of parts) {
    const scan = await scanned(part);
    if (scan === 'lies') return refuseBomb();
    if (scan === 'damaged') return refuseNoSheet();
    rows += scan.rows;
    cells += scan.cells;
    if (rows > mostRows || cells > mostCells) return refuseTooLong();
    if (sheetPart.test(part.name)) hidden.set(part.name, scan.hidden);
    else texts.set(part.name, scan.text);
  }
  const inOrder = parts.toSorted((one, other) => Number(sheetPart.test(one.name)) - Number(sheetPart.test(other.name)));
  return {
    outcome: 'workbook',
    archive: archiveOf(inOrder),
    rows,
    hidden,
    book: texts.get('xl/workbook.xml') ?? '',
    relations: texts.get('xl/_rels/workbook.xml.rels') ?? '',
  };
}

function refuseNoSheet(): Refused {
  return refused(
    'Tệp không phải là bảng tính Excel (.xlsx) hoặc đã bị hỏng. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
    'The file is not an Excel sheet (.xlsx), or it is damaged. Open it in Excel, save it as .xlsx and upload it again.',
  );
}

function refuseBomb(): Refused {
  return refused(
    'Tệp giải nén ra dung lượng bất thường nên không được mở. Hãy sao chép dữ liệu sang tệp mẫu mới.',
    'The file unpacks to an abnormal size and was not opened. Copy the data into a fresh template.',
  );
}

export function refuseTooLong(): Refused {
  return refused(
    `Tệp có quá ${mostRows.toLocaleString('vi')} dòng. Hãy xóa các dòng trống đã định dạng, hoặc chia thành nhiều tệp.`,
    `The file has more than ${mostRows.toLocaleString('en')} rows. Delete blank formatted rows, or split the file.`,
  );
}

interface Part {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly checksum: number;
  readonly packed: Buffer;
  readonly unpacked: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;

/** The entries of a ZIP archive. `undefined` when it is none, is cut short, sealed, or names an entry twice. */
function directoryOf(bytes: Buffer): readonly Part[] | undefined {
  try {
    let end = bytes.length - 22;
    while (end >= 0 && bytes.readUInt32LE(end) !== endMark) end -= 1;
    if (end < 0 || end < bytes.length - 22 - 0xffff) return undefined;
    const count = bytes.readUInt16LE(end + 10);
    let at = bytes.readUInt32LE(end + 16);
    const parts = new Map<string, Part>();
    for (let index = 0; index < count; index += 1) {
      const { part, next } = entryAt(bytes, at);
      if (part === undefined || parts.has(part.name)) return undefined;
      parts.set(part.name, part);
      at = next;
    }
    return [...parts.values()];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Throws RangeError where the archive is cut short. */
function entryAt(bytes: Buffer, at: number): { readonly part: Part | undefined; readonly next: number } {
  const nameLength = bytes.readUInt16LE(at + 28);
  const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  const method = bytes.readUInt16LE(at + 10);
  const local = bytes.readUInt32LE(at + 42);
  const isSealed = (bytes.readUInt16LE(at + 8) & 1) === 1;
  const isOrdinary = bytes.readUInt32LE(at) === entryMark && bytes.readUInt32LE(local) === localMark;
  if (!isOrdinary || isSealed || (method !== 0 && method !== 8)) return { part: undefined, next };
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const size = bytes.readUInt32LE(at + 20);
  if (from + size > bytes.length) return { part: undefined, next };
  return {
    part: {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method,
      checksum: bytes.readUInt32LE(at + 16),
      packed: bytes.subarray(from, from + size),
      unpacked: bytes.readUInt32LE(at + 24),
    },
    next,
  };
}

/** What a part holds, counted before anything is built of it. */
interface Scan {
  rows: number;
  cells: number;
  readonly hidden: { readonly rows: number[]; readonly columns: number[] };
  /** Of what is no sheet, the content. */
  text: string;
}

/** Unpacks piece by piece, keeps none of a sheet, and stops as soon as there is more than the directory says. */
async function scanned(part: Part): Promise<Scan | 'lies' | 'damaged'> {
  const scan: Scan = { rows: 0, cells: 0, hidden: { rows: [], columns: [] }, text: '' };
  const kept: Buffer[] = [];
  let left = part.unpacked;
  let rest = '';
  try {
    for await (const piece of piecesOf(part)) {
      left -= piece.length;
      if (left < 0) return 'lies';
      if (!sheetPart.test(part.name)) kept.push(piece);
      else rest = scanSheet(rest + piece.toString('latin1'), scan);
      if (rest.length > megabyte) return 'damaged';
      if (scan.rows > mostRows || scan.cells > mostCells) return scan;
    }
  } catch {
    return 'damaged';
  }
  scan.text = Buffer.concat(kept).toString('utf8');
  return left === 0 ? scan : 'damaged';
}

async function* piecesOf({ method, packed }: Part): AsyncIterable<Buffer> {
  if (method === 0) {
    yield packed;
    return;
  }
  const inflate = createInflateRaw();
  inflate.end(packed);
  for await (const piece of inflate) yield Buffer.from(piece);
}

/** Counts the tags of a piece of a sheet; returns what is left of a tag that goes on in the next one. */
function scanSheet(text: string, scan: Scan): string {
  const whole = text.lastIndexOf('>') + 1;
  for (const [tag, name] of text.slice(0, whole).matchAll(/<(row|col|c)[ >/][^>]*/g)) {
    if (name === 'c') scan.cells += 1;
    if (name === 'row') scan.rows += 1;
    if (name === 'c' || !/ hidden="(1|true)"/.test(tag)) continue;
    const number = (attribute: string) => Number(new RegExp(` ${attribute}="(\\d{1,7})"`).exec(tag)?.[1] ?? 0);
    if (name === 'row') scan.hidden.rows.push(number('r'));
    else {
      const last = Math.min(number('max'), mostHiddenColumn);
      for (let column = number('min'); column > 0 && column <= last; column += 1) scan.hidden.columns.push(column);
    }
  }
  return text.slice(whole);
}

/** Hiding everything to the right of a table is ordinary, and no news. */
const mostHiddenColumn = 100;

/** A ZIP archive of these parts, packed as they are. */
function archiveOf(parts: readonly Part[]): Uint8Array {
  const pieces: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name, 'utf8');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(localMark, 0);
    writeFields(local, 4, part, name.length);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(entryMark, 0);
    entry.writeUInt16LE(20, 4);
    writeFields(entry, 6, part, name.length);
    entry.writeUInt32LE(at, 42);
    pieces.push(local, name, part.packed);
    entries.push(entry, name);
    at += local.length + name.length + part.packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, directory, end]);
}

/** What a local header and an entry of the directory have in common: names are UTF-8, sizes are known beforehand. */
function writeFields(
  into: Buffer,
  from: number,
  { method, checksum, packed, unpacked }: Part,
  nameLength: number,
): void {
  into.writeUInt16LE(20, from);
  into.writeUInt16LE(0x0800, from + 2);
  into.writeUInt16LE(method, from + 4);
  into.writeUInt32LE(checksum, from + 10);
  into.writeUInt32LE(packed.length, from + 14);
  into.writeUInt32LE(unpacked, from + 18);
  into.writeUInt16LE(nameLength, from + 22);
}
