/** What an uploaded file is and what it unpacks to, settled before any of it is read. */
import { Unzip, UnzipInflate, unzipSync } from 'fflate';
import { type Refused, refused } from '../../shared/case/ports.ts';

const megabyte = 1024 * 1024;
const mostBytes = 10 * megabyte;
const mostUnpacked = 200 * megabyte;
const mostTimesLarger = 200;
/** Below this a high ratio does no harm: blank formatted rows pack very well. */
const harmlessUnpacked = 20 * megabyte;
/** Deflate makes at most 1,032 bytes of one, so one piece never makes more than 17 MB. */
const pieceBytes = 16 * 1024;

/** The parts that hold cells, their texts and their formats. */
const cellParts =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/_rels\/workbook\.xml\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/worksheets\/[^/]+\.xml)$/i;

export interface Unpacked {
  readonly outcome: 'unpacked';
  readonly parts: Readonly<Record<string, Uint8Array>>;
}

/** Refuses what is no .xlsx file, what is too large, and what unpacks to more than it says or than is sane. */
export function unpackSheet(bytes: Uint8Array): Unpacked | Refused {
  if (bytes.length > mostBytes) {
    return refused(
      'Tệp lớn hơn 10 MB. Hãy chia thành nhiều tệp.',
      'The file is over 10 MB. Split it into several files.',
    );
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuseOldOrLocked(bytes);
  if (!startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return refuseNoSheet();
  const declared = declaredSizes(bytes);
  if (declared === undefined) return refuseNoSheet();
  const unpackedBytes = [...declared.values()].reduce((total, { unpacked }) => total + unpacked, 0);
  const packedBytes = [...declared.values()].reduce((total, { packed }) => total + packed, 0);
  if (unpackedBytes > mostUnpacked) return refuseBomb();
  if (unpackedBytes > harmlessUnpacked && unpackedBytes > packedBytes * mostTimesLarger) return refuseBomb();
  if (!declared.has('xl/workbook.xml')) return refuseNoSheet();
  return unpack(bytes, declared);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** A compound file is an .xls of before 2007, or an .xlsx sealed with a password. */
function refuseOldOrLocked(bytes: Uint8Array): Refused {
  const isLocked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  );
  return isLocked
    ? refused(
        'Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.',
        'The file has a password. Remove it and upload again.',
      )
    : refused(
        'Đây là tệp Excel cũ (.xls). Hãy mở bằng Excel và lưu lại thành .xlsx.',
        'This is an old Excel file (.xls). Open it in Excel and save it as .xlsx.',
      );
}

function refuseNoSheet(): Refused {
  return refused(
    'Đây không phải là bảng tính Excel (.xlsx). Hãy dùng tệp mẫu danh sách.',
    'This is not an Excel sheet (.xlsx). Use the template of the list.',
  );
}

function refuseBomb(): Refused {
  return refused(
    'Tệp giải nén ra dung lượng bất thường nên không được mở. Hãy sao chép dữ liệu sang tệp mẫu mới.',
    'The file unpacks to an abnormal size and was not opened. Copy the data into a fresh template.',
  );
}

interface Sizes {
  readonly packed: number;
  readonly unpacked: number;
}

/** What the directory of the archive says. `undefined` when it cannot be read or names an entry twice. */
function declaredSizes(bytes: Uint8Array): Map<string, Sizes> | undefined {
  const declared = new Map<string, Sizes>();
  let isTwice = false;
  try {
    unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        isTwice ||= declared.has(name);
        declared.set(name, { packed: size, unpacked: originalSize });
        return false;
      },
    });
  } catch {
    return undefined;
  }
  return isTwice ? undefined : declared;
}

/** Unpacks piece by piece and stops as soon as an entry yields more than its declared size. */
function unpack(bytes: Uint8Array, declared: ReadonlyMap<string, Sizes>): Unpacked | Refused {
  const pieces = new Map<string, Uint8Array[]>();
  let isLying = false;
  let isDamaged = false;
  const unzip = new Unzip((file) => {
    if (!cellParts.test(file.name)) return;
    let left = declared.get(file.name)?.unpacked ?? -1;
    isLying ||= pieces.has(file.name);
    const own: Uint8Array[] = [];
    pieces.set(file.name, own);
    file.ondata = (error, piece) => {
      isDamaged ||= error !== null;
      left -= error === null ? piece.length : 0;
      isLying ||= left < 0;
      if (!isLying && !isDamaged) own.push(piece);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length && !isLying && !isDamaged; at += pieceBytes) {
      unzip.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.length);
    }
  } catch {
    isDamaged = true;
  }
  if (isLying) return refuseBomb();
  if (isDamaged || !pieces.has('xl/workbook.xml')) return refuseNoSheet();
  return {
    outcome: 'unpacked',
    parts: Object.fromEntries([...pieces].map(([name, own]) => [name, Buffer.concat(own)])),
  };
}
