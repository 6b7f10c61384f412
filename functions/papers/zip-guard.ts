/**
 * What an uploaded workbook is and what it unpacks to, settled before any of it is read. The parts that hold cells go on
 * in an archive of their own, still packed: pictures, macros, links and embedded files are left out.
 */
import { crc32, createInflateRaw } from 'node:zlib';
import { type Refused, refused } from '../../shared/case/ports.ts';

const megabyte = 1024 * 1024;
const mostUnpacked = 600 * megabyte;
const mostTimesLarger = 200;
/** Below this a high ratio does no harm: blank formatted rows pack very well. */
const harmlessUnpacked = 20 * megabyte;
export const mostRows = 200_000;
const mostCells = 6_000_000;

/** What a sheet can have; more is no sheet that an office program wrote. */
const mostColumnNumber = 16_384;
/** Hiding everything to the right of a table is ordinary, and no news. */
const mostHiddenColumn = 300;
const mostSharedBytes = 100 * megabyte;
const mostDescribingBytes = 20 * megabyte;

export interface GuardedWorkbook {
  readonly outcome: 'workbook';
  /** A plain workbook of the same sheets: see `packageOf`. */
  readonly archive: Uint8Array;
  /** Of all sheets. */
  readonly rows: number;
  /** In the order of the workbook. */
  readonly sheets: readonly GuardedSheet[];
}

export interface GuardedSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly number[];
}

/** Refuses what is no .xlsx file, what is too large, and what unpacks to more than it says or than is sane. */
export async function guardWorkbook(bytes: Uint8Array): Promise<GuardedWorkbook | Refused> {
  const directory = directoryOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const parts = new Map((directory ?? []).map((part) => [part.name, part]));
  const [book, relations] = [parts.get(bookPath), parts.get(relationsPath)];
  if (book === undefined) return refuseNoSheet();
  const unpackedBytes = [...parts.values()].reduce((total, { unpacked }) => total + unpacked, 0);
  const packedBytes = [...parts.values()].reduce((total, { packed }) => total + packed.length, 0);
  if (unpackedBytes > mostUnpacked) return refuseBomb();
  if (unpackedBytes > harmlessUnpacked && unpackedBytes > packedBytes * mostTimesLarger) return refuseBomb();
  if (relations === undefined) return refuseNoSheet();
  const [bookText, relationsText] = [await textOf(book), await textOf(relations)];
  if (bookText === undefined || relationsText === undefined) return refuseNoSheet();
  if (/<workbookPr[^>]* date1904=["'](1|true)/.test(bookText)) return refuseDatesFrom1904();
  const named = sheetsOf(bookText, relationsText);
  const own = named.flatMap(({ path }) => parts.get(path) ?? []);
  if (own.length === 0 || own.length < named.length) return refuseNoSheet();
  const shared = parts.get(targetOf(relationsText, 'sharedStrings') ?? sharedPath);
  const styles = parts.get(targetOf(relationsText, 'styles') ?? stylesPath);
  if ((shared?.unpacked ?? 0) > mostSharedBytes || (styles?.unpacked ?? 0) > mostDescribingBytes) return refuseBomb();
  // A reader that meets a damaged part may wait for its end for ever.
  const trouble = styles === undefined ? undefined : await eachPiece(styles, () => true);
  if (trouble !== undefined) return trouble === 'lies' ? refuseBomb() : refuseNoSheet();
  const texts = shared === undefined ? 0 : await sharedTexts(shared);
  if (typeof texts !== 'number') return texts === 'lies' ? refuseBomb() : refuseNoSheet();
  const scans: Scan[] = [];
  let rows = 0;
  let cells = 0;
  for (const part of own) {
    const scan = await scanned(part);
    if (scan === 'lies') return refuseBomb();
    if (scan === 'damaged' || scan.lastSharedText >= texts) return refuseNoSheet();
    if (scan.isStrict) return refuseStrict();
    rows += scan.rows;
    cells += scan.cells;
    if (rows > mostRows || cells > mostCells) return refuseTooLong();
    scans.push(scan);
  }
  return {
    outcome: 'workbook',
    archive: packageOf(
      named.map(({ name }) => name),
      own,
      shared,
      styles,
    ),
    rows,
    sheets: named.map(({ name, isHidden }, index) => {
      const { hiddenRows = [], hiddenColumns = [] } = scans[index] ?? {};
      return { name, isHidden, hiddenRows, hiddenColumns };
    }),
  };
}

const bookPath = 'xl/workbook.xml';
const relationsPath = 'xl/_rels/workbook.xml.rels';
const sharedPath = 'xl/sharedStrings.xml';
const stylesPath = 'xl/styles.xml';

interface NamedSheet {
  readonly name: string;
  readonly path: string;
  readonly isHidden: boolean;
}

/** The sheets that the workbook names, in its order. */
function sheetsOf(book: string, relations: string): readonly NamedSheet[] {
  const targets = new Map(
    tagsOf(relations, 'Relationship').map((tag) => [tag.get('Id'), pathOf(tag.get('Target') ?? '')]),
  );
  return tagsOf(book, 'sheet').flatMap((tag) => {
    const path = targets.get(tag.get('r:id') ?? tag.get('id'));
    if (path === undefined) return [];
    return [{ name: tag.get('name') ?? '', path, isHidden: /hidden/i.test(tag.get('state') ?? '') }];
  });
}

function targetOf(relations: string, type: 'sharedStrings' | 'styles'): string | undefined {
  const tag = tagsOf(relations, 'Relationship').find((one) => one.get('Type')?.endsWith(`/${type}`));
  return tag === undefined ? undefined : pathOf(tag.get('Target') ?? '');
}

function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

/** The attributes of every tag of this name. */
function tagsOf(xml: string, name: string): readonly ReadonlyMap<string, string>[] {
  const tag = new RegExp(`<${name}((?:\\s+[\\w:.-]+\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*/?>`, 'g');
  return [...xml.matchAll(tag)].map(([, attributes = '']) => {
    const pairs = attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
    return new Map([...pairs].map(([, key = '', double, single]) => [key, unescaped(double ?? single ?? '')]));
  });
}

function unescaped(text: string): string {
  const marks: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replaceAll(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (_, name, decimal, hexadecimal) => {
      if (name !== undefined) return marks[String(name).toLowerCase()] ?? '';
      const code = decimal === undefined ? Number.parseInt(String(hexadecimal), 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
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

function refuseStrict(): Refused {
  return refused(
    'Tệp lưu theo dạng “Strict Open XML”. Hãy mở bằng Excel, chọn Lưu thành “Excel Workbook (.xlsx)” rồi tải lên.',
    'The file is saved as “Strict Open XML”. Open it in Excel, save it as “Excel Workbook (.xlsx)” and upload it.',
  );
}

function refuseDatesFrom1904(): Refused {
  return refused(
    'Tệp đếm ngày từ năm 1904 (Excel cho máy Mac cũ), ngày có thể lệch 4 năm. Hãy chép dữ liệu sang tệp mẫu, ngày ghi dạng văn bản.',
    'The file counts days from 1904 (old Excel for Mac), so that days may be off by 4 years. Copy the data into the template, with days as text.',
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

/** What a sheet holds, counted before anything is built of it. */
interface Scan {
  rows: number;
  cells: number;
  readonly hiddenRows: number[];
  readonly hiddenColumns: number[];
  /** The highest number of a shared text that a cell points to. */
  lastSharedText: number;
  /** Days as ISO text, as the strict variant of the format has them. */
  isStrict: boolean;
}

type Trouble = 'lies' | 'damaged';

/** Unpacks piece by piece, keeps nothing, and stops as soon as there is more than the directory says. */
async function scanned(part: Part): Promise<Scan | Trouble> {
  const scan: Scan = { rows: 0, cells: 0, hiddenRows: [], hiddenColumns: [], lastSharedText: -1, isStrict: false };
  let rest = '';
  const trouble = await eachPiece(part, (piece) => {
    const text = withoutComments(rest + piece.toString('latin1'));
    const whole = text.lastIndexOf('</c>') + 4;
    const opened = text.lastIndexOf('<!--');
    const end = opened >= 0 ? opened : whole > 3 ? whole : text.lastIndexOf('>') + 1;
    rest = text.slice(end);
    const isSound = rest.length < megabyte && scanSheet(text.slice(0, end), scan);
    return isSound ? scan.rows <= mostRows && scan.cells <= mostCells : 'damaged';
  });
  return trouble ?? scan;
}

/** The texts that cells may point to, counted. */
async function sharedTexts(part: Part): Promise<number | Trouble> {
  let count = 0;
  let rest = '';
  const trouble = await eachPiece(part, (piece) => {
    const text = rest + piece.toString('latin1');
    const end = text.lastIndexOf('<');
    count += text.slice(0, end).split(/<si(?=[\s/>])/).length - 1;
    rest = text.slice(Math.max(0, end));
    return rest.length < megabyte || 'damaged';
  });
  return trouble ?? count + (/<si(?=[\s/>])/.test(rest) ? 1 : 0);
}

/** The content of a part that describes the others; `undefined` when it is damaged or out of all proportion. */
async function textOf(part: Part): Promise<string | undefined> {
  if (part.unpacked > mostDescribingBytes) return undefined;
  const kept: Buffer[] = [];
  const trouble = await eachPiece(part, (piece) => {
    kept.push(piece);
    return true;
  });
  return trouble === undefined ? Buffer.concat(kept).toString('utf8') : undefined;
}

/** Takes what looks at a piece, and says whether to go on. Tells what is wrong with the part, if anything is. */
async function eachPiece(part: Part, look: (piece: Buffer) => boolean | 'damaged'): Promise<Trouble | undefined> {
  let left = part.unpacked;
  let checksum = 0;
  try {
    for await (const piece of piecesOf(part)) {
      left -= piece.length;
      if (left < 0) return 'lies';
      checksum = crc32(piece, checksum);
      const goesOn = look(piece);
      if (goesOn === 'damaged') return 'damaged';
      if (!goesOn) return undefined;
    }
  } catch {
    return 'damaged';
  }
  return left === 0 && checksum === part.checksum ? undefined : 'damaged';
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

function withoutComments(text: string): string {
  return text.includes('-->') ? text.replaceAll(/<!--.*?-->/gs, '') : text;
}

/** Counts the tags of a piece of a sheet; `false` for what no office program writes, or only with prefixed names. */
function scanSheet(text: string, scan: Scan): boolean {
  if (/<[\w-]+:(?:row|c|col)(?=[\s/>])/.test(text)) return false;
  for (const [, name, attributes = ''] of text.matchAll(/<(row|col|c)(?=[\s/>])((?:"[^"]*"|'[^']*'|[^>"'])*)>/g)) {
    if (name === 'c') {
      scan.cells += 1;
      scan.isStrict ||= /\st\s*=\s*["']d["']/.test(attributes);
      continue;
    }
    if (name === 'row') scan.rows += 1;
    const isHidden = /\shidden\s*=\s*["'](1|true)["']/.test(attributes);
    const number = (attribute: string) =>
      Number(new RegExp(`\\s${attribute}\\s*=\\s*["'](\\d{1,9})["']`).exec(attributes)?.[1] ?? 0);
    if (name === 'row' && isHidden) scan.hiddenRows.push(number('r'));
    if (name === 'col' && number('max') > mostColumnNumber) return false;
    if (name === 'col' && isHidden) {
      const last = Math.min(number('max'), mostHiddenColumn);
      for (let column = number('min'); column > 0 && column <= last; column += 1) scan.hiddenColumns.push(column);
    }
  }
  for (const [, index] of text.matchAll(/\st\s*=\s*["']s["'][^>]*>\s*<v>(\d{1,9})</g)) {
    scan.lastSharedText = Math.max(scan.lastSharedText, Number(index));
  }
  return true;
}

/**
 * The workbook anew, as plainly as it can be: its sheets in its order under the names that readers expect, its texts and
 * formats, nothing else. Texts come before the sheets, and are there even when it has none: a sheet that came first would
 * be put aside in a file, in clear.
 */
function packageOf(
  names: readonly string[],
  sheets: readonly Part[],
  shared: Part | undefined,
  styles: Part | undefined,
): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${officeRelations}/${type}" Target="${target}"/>`;
  const relationsOf = (...of: readonly string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${of.join('')}</Relationships>`;
  const listed = names.map(
    (name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="s${index + 1}"/>`,
  );
  const ofSheets = names.map((_, index) => relation(`s${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`));
  return archiveOf([
    written('[Content_Types].xml', `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`),
    written('_rels/.rels', relationsOf(relation('b', 'officeDocument', bookPath))),
    written(
      bookPath,
      `<workbook xmlns="${spreadsheet}" xmlns:r="${officeRelations}"><sheets>${listed.join('')}</sheets></workbook>`,
    ),
    written(
      relationsPath,
      relationsOf(
        ...ofSheets,
        relation('t', 'sharedStrings', 'sharedStrings.xml'),
        relation('f', 'styles', 'styles.xml'),
      ),
    ),
    styles === undefined
      ? written(stylesPath, `<styleSheet xmlns="${spreadsheet}"/>`)
      : { ...styles, name: stylesPath },
    shared === undefined ? written(sharedPath, `<sst xmlns="${spreadsheet}"/>`) : { ...shared, name: sharedPath },
    ...sheets.map((part, index) => ({ ...part, name: `xl/worksheets/sheet${index + 1}.xml` })),
  ]);
}

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A part of our own, stored as it is. */
function written(name: string, text: string): Part {
  const content = Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`, 'utf8');
  return { name, method: 0, checksum: crc32(content), packed: content, unpacked: content.length };
}

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
