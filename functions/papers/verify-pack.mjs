// @ts-check
/**
 * The evidence pack of one batch, format 1, and its verifier: one file, Node 18 or later, nothing else. It goes into every
 * pack as `verify.mjs`: `node verify.mjs pack.zip [--root HASH] [--anchor HASH]`. A verifier that came inside a pack proves
 * nothing against whoever made the pack: its SHA-256 is printed, to be compared with one from elsewhere.
 *
 * A pack is a zip of
 *   DOC-TRUOC.txt            what it is and how to verify it
 *   manifest.json            canonical JSON: format, batch, the anchor it stands at, the totals, every other member with
 *                            its length and SHA-256. The SHA-256 of its bytes is the pack's ROOT: printed, kept, compared
 *   histories/<kind>.jsonl   an entry a line, canonical JSON, by stream and number, exactly as it was hashed
 *   anchors/<n>.jsonl        the heads that anchor n of `histories/anchors.jsonl` was taken over, one a line
 *   lists/<sha-256>.json     each frozen list; slips/<sha-256>.json the references of a slip; seen/<sha-256>.txt what
 *                            whoever decided had before them
 *   facts.csv, lines.csv, traces.jsonl, orders.csv, decisions.json, files.csv
 *                            for people to read; made from the members above by `tablesOf`, and by nothing else
 *   people.csv, files/<sha-256>.<type>
 *                            names, accounts and the files themselves: only in a pack for a named receiver. Elsewhere they
 *                            stay sealed in the histories, and files stand by their hash in files.csv
 *   verify.mjs               this file
 *
 * Nothing in a pack stands by itself: each entry is bound by its chain, each chain by the anchors, lists by the decisions
 * on their hash, tables and manifest by being made again to the same bytes. The zip itself is bound by its comment,
 * `chi-tra-pack/1 <SHA-256 of everything before the comment's length>`; zipped anew by another tool it has none, and then
 * what is inside is verified alone.
 */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as zlib from 'node:zlib';

/**
 * @typedef {{ stream: string, seq: number, at: string, by: string, kind: string, data: string, effects: string, previousHash: string, hash: string }} Entry
 * @typedef {{ at: string, what: string }} Problem
 * @typedef {Map<string, Uint8Array>} Members
 * @typedef {(at: string, what: string) => void} Tell
 * @typedef {{ part: string, caseHash: string, total: string, unit: string, regime: string, accountDigest: string, appraisedBy: string, submittedBy?: string, passedOnBy?: string, preparedBy?: string[] }} FrozenPart
 * @typedef {{ source: string, level: string, law: string, parts: FrozenPart[] }} FrozenList
 * @typedef {{ version: number, steps?: string[], list: string, contentHash: string, people: number, total: string }} Frozen
 * @typedef {{ step: string, version: number, contentHash: string, outcome: string, takeOut: { part: string, total: string }[], shown: string, onBehalfOf?: string }} Decided
 * @typedef {{ line: string, amount: string, base: string, by: string, working: string, factors: { kind: string, value?: Ratio, first?: Ratio, each?: Ratio, further?: Ratio }[] }} Line
 * @typedef {{ of: string, per: string }} Ratio
 * @typedef {{ reference: string, part: string, batch: string, unit: string, source: string, slip: string, attempt: number, amount: string, lines: { line: string, amount: string }[], accountDigest: string, decision: string, from?: string, replaces?: string }} Ordered
 * @typedef {{ batch: string, unit: string, source: string, people: number, total: string, files?: { kind: string, count: number, total: string, check: string }[] }} Made
 * @typedef {{ people: number, total: string }} Count
 */

export const format = 'chi-tra-pack/1';
const noHash = '0'.repeat(64);
const isHash = /^[0-9a-f]{64}$/;
const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** @param {string | Uint8Array} content */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * JSON with sorted keys; what is undefined is left out.
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    fields.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** @param {Entry} entry */
function entryHash({ stream, seq, at, by, kind, data, effects, previousHash }) {
  const told = [stream, seq, at, by, kind, data, previousHash];
  return sha256((effects === '' ? told : [...told, effects]).join('\n'));
}

// The container ---------------------------------------------------------------------------------------------------------

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, descriptor: 0x08074b50 };
/** Length of `chi-tra-pack/1 ` and a hash. */
const commentLength = format.length + 1 + 64;
/** Of our own extra field: the SHA-256 of the member as it lies in the zip. */
const extraId = 0x5443;
const extraLength = 36;
/** A member that says more of itself is not unpacked. */
const mostBytes = 1_500_000_000;

class Broken extends Error {
  /**
   * @param {string} at
   * @param {string} what
   */
  constructor(at, what) {
    super(`${at}: ${what}`);
    this.at = at;
    this.what = what;
  }
}

const crcTable = new Int32Array(256).map((_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  // Node brings one from version 20.15 on, many times as fast.
  if (typeof zlib.crc32 === 'function') return zlib.crc32(bytes);
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ -1) >>> 0;
}

/**
 * Takes what a member is called and how it lies in the zip; gives its local and its central header, as format 1 has them:
 * no time, no system, no attribute.
 * @param {{ name: string, method: number, crc: number, size: number, packed: Uint8Array, offset: number }} member
 */
export function headersOf({ name, method, crc, size, packed, offset }) {
  const called = encoder.encode(name);
  const extra = Buffer.alloc(extraLength);
  extra.writeUInt16LE(extraId, 0);
  extra.writeUInt16LE(extraLength - 4, 2);
  extra.write(sha256(packed), 4, 'hex');
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(method, 4);
  // 1 January 1980, the first day that a zip can state.
  shared.writeUInt16LE(0x21, 8);
  shared.writeUInt32LE(crc, 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(size, 18);
  shared.writeUInt16LE(called.length, 22);
  shared.writeUInt16LE(extraLength, 24);
  const local = Buffer.alloc(4);
  local.writeUInt32LE(signatures.local);
  const central = Buffer.alloc(6);
  central.writeUInt32LE(signatures.central);
  central.writeUInt16LE(20, 4);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([local, shared, called, extra]),
    central: Buffer.concat([central, shared, rest, called, extra]),
  };
}

/**
 * @param {number} count
 * @param {number} size
 * @param {number} offset
 */
export function endOf(count, size, offset) {
  const end = Buffer.alloc(20);
  end.writeUInt32LE(signatures.end);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

/**
 * @param {string} hash
 */
export function commentOf(hash) {
  const comment = Buffer.alloc(2 + commentLength);
  comment.writeUInt16LE(commentLength);
  comment.write(`${format} ${hash}`, 2, 'latin1');
  return comment;
}

/**
 * The members of a zip. Throws `Broken`, naming the member or the header, when anything of it is not as it must be.
 * @param {Uint8Array} given
 * @returns {{ members: Members, isOwn: boolean }}
 */
export function readZip(given) {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const { end, isOwn } = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const size = bytes.readUInt32LE(end + 12);
  const start = bytes.readUInt32LE(end + 16);
  if (bytes.readUInt32LE(end + 4) !== 0 || bytes.readUInt16LE(end + 8) !== count || start + size !== end) {
    throw new Broken(`byte ${end}–${end + 21}`, 'bản ghi cuối tệp nén không khớp mục lục của nó');
  }
  const records = readCentral(bytes, start, end, count);
  let at = 0;
  const placed = [];
  for (const record of [...records].sort((one, other) => one.offset - other.offset)) {
    if (record.offset !== at) throw new Broken(record.name, `không nằm ngay sau thành phần trước nó (byte ${at})`);
    const member = memberAt(bytes, record, start);
    if (isOwn) checkOwnMember(bytes, member);
    at = member.next;
    placed.push(member);
  }
  if (at !== start) throw new Broken(`byte ${at}–${start - 1}`, 'có dữ liệu thừa trước mục lục của tệp nén');
  if (isOwn) checkOwnEnd(bytes, placed.length, { start, end });
  /** @type {Members} */
  const members = new Map();
  for (const member of placed) {
    const { name } = member.record;
    const content = unpack(member);
    if (name.endsWith('/') && content.length === 0) continue;
    if (members.has(name)) throw new Broken(name, 'có hai lần trong tệp nén');
    members.set(name, content);
  }
  return { members, isOwn };
}

/** @param {Buffer} bytes */
function findEnd(bytes) {
  const plain = bytes.length - 22;
  if (plain >= 0 && bytes.readUInt32LE(plain) === signatures.end && bytes.readUInt16LE(plain + 20) === 0) {
    return { end: plain, isOwn: false };
  }
  const own = plain - commentLength;
  if (bytes.toString('latin1', 0, 15) === 'chi-tra-sealed/') {
    throw new Broken(
      'tệp',
      'gói đã mã hóa cho người nhận; hãy mở trước: npm run pack -- open GÓI --key KHÓA-RIÊNG.pem --out GÓI.zip',
    );
  }
  if (own < 0) throw new Broken('cuối tệp', 'không phải tệp .zip');
  if (bytes.readUInt32LE(own) !== signatures.end || bytes.readUInt16LE(own + 20) !== commentLength) {
    throw new Broken(`byte ${own}–${own + 21}`, 'bản ghi cuối tệp nén bị sửa, hoặc tệp có phần thừa hay thiếu');
  }
  const comment = bytes.toString('latin1', own + 22);
  if (!comment.startsWith(`${format} `) || !isHash.test(comment.slice(format.length + 1))) {
    throw new Broken(`byte ${own + 22}–${bytes.length - 1}`, 'ghi chú cuối tệp nén không phải của gói');
  }
  return { end: own, isOwn: true };
}

/**
 * @param {Buffer} bytes
 * @param {number} start
 * @param {number} end
 * @param {number} count
 */
function readCentral(bytes, start, end, count) {
  const records = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const name = `mục lục, thành phần thứ ${index + 1} (byte ${at})`;
    if (at + 46 > end || bytes.readUInt32LE(at) !== signatures.central) throw new Broken(name, 'không đọc được');
    const lengths = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const [nameLength = 0, extra = 0, comment = 0] = lengths;
    const next = at + 46 + nameLength + extra + comment;
    if (next > end) throw new Broken(name, 'dài quá mục lục');
    records.push({
      at,
      next,
      name: nameIn(bytes.subarray(at + 46, at + 46 + nameLength), name),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packedSize: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    if (bytes.readUInt16LE(at + 34) !== 0) throw new Broken(name, 'nằm ở tệp nén khác');
    at = next;
  }
  if (at !== end) {
    throw new Broken(
      `byte ${records.at(-1)?.at ?? start}–${end - 1}`,
      'dòng cuối của mục lục không vừa, hoặc có dữ liệu thừa',
    );
  }
  return records;
}

/**
 * @param {Uint8Array} bytes
 * @param {string} at
 */
function nameIn(bytes, at) {
  const name = Buffer.from(bytes).toString('latin1');
  if (!/^[A-Za-z0-9][A-Za-z0-9./_-]*$/.test(name) || name.includes('..')) {
    throw new Broken(at, `tên thành phần lạ: ${JSON.stringify(name)}`);
  }
  return name;
}

/** @typedef {ReturnType<typeof readCentral>[number]} CentralRecord */

/**
 * Where a member lies; its local header must say what the central one says.
 * @param {Buffer} bytes
 * @param {CentralRecord} record
 * @param {number} limit
 */
function memberAt(bytes, record, limit) {
  const { name, flags, method, crc, packedSize, size, offset } = record;
  const broken = (/** @type {string} */ what) => new Broken(name, `${what} (byte ${offset})`);
  if (offset + 30 > limit || bytes.readUInt32LE(offset) !== signatures.local) {
    throw broken('không có ở chỗ mục lục nói');
  }
  const nameLength = bytes.readUInt16LE(offset + 26);
  const from = offset + 30 + nameLength + bytes.readUInt16LE(offset + 28);
  const hasDescriptor = (flags & 8) !== 0;
  const sizes = [crc, packedSize, size];
  const localName = bytes.toString('latin1', offset + 30, offset + 30 + nameLength);
  const isSame =
    localName === name &&
    bytes.readUInt16LE(offset + 6) === flags &&
    bytes.readUInt16LE(offset + 8) === method &&
    (hasDescriptor || sizes.every((one, index) => bytes.readUInt32LE(offset + 14 + 4 * index) === one));
  if (!isSame) {
    const [header, line] = [`byte ${offset}–${from - 1}`, `byte ${record.at}–${record.next - 1}`];
    throw new Broken(
      name,
      `tiêu đề (${header}) khác với dòng mục lục (${line}); ở tiêu đề tên là ${JSON.stringify(localName)}`,
    );
  }
  // Bits 1 and 2 say how hard it was packed, 11 that the name is UTF-8; anything else we do not read.
  if ((flags & ~0x080e) !== 0 || (method !== 0 && method !== 8)) {
    throw broken('nén hoặc mã hóa theo cách không đọc được');
  }
  let next = from + packedSize;
  if (next > limit || size > mostBytes) throw broken('độ dài không thể có');
  if (hasDescriptor) {
    if (bytes.readUInt32LE(next) === signatures.descriptor) next += 4;
    const isTold = sizes.every((one, index) => bytes.readUInt32LE(next + 4 * index) === one);
    next += 12;
    if (!isTold || next > limit) throw broken('phần đuôi bị sửa');
  }
  return { record, from, next, packed: bytes.subarray(from, from + packedSize) };
}

/** @typedef {ReturnType<typeof memberAt>} Placed */

/**
 * @param {Placed} member
 * @returns {Uint8Array}
 */
function unpack({ record: { name, method, size, crc }, from, packed }) {
  const where = `byte ${from}–${from + packed.length - 1}`;
  let content = packed;
  try {
    if (method !== 0) content = zlib.inflateRawSync(packed, { maxOutputLength: size + 1 });
  } catch {
    throw new Broken(name, `nội dung bị sửa, không giải nén được: ${where}`);
  }
  if (content.length !== size || crc32(content) !== crc) throw new Broken(name, `nội dung bị sửa: ${where}`);
  return content;
}

/**
 * A member of a zip of ours has the headers that its content makes, byte for byte.
 * @param {Buffer} bytes
 * @param {Placed} member
 */
function checkOwnMember(bytes, { record, from, packed }) {
  const { name, method, crc, size, offset, at, next } = record;
  const { local, central } = headersOf({ name, method, crc, size, packed, offset });
  if (!local.equals(bytes.subarray(offset, from))) {
    throw new Broken(name, `tiêu đề hoặc nội dung bị sửa: byte ${offset}–${from + packed.length - 1}`);
  }
  if (!central.equals(bytes.subarray(at, next))) {
    throw new Broken(name, `dòng mục lục bị sửa: byte ${at}–${next - 1}`);
  }
}

/**
 * @param {Buffer} bytes
 * @param {number} count
 * @param {{ start: number, end: number }} directory
 */
function checkOwnEnd(bytes, count, { start, end }) {
  if (!endOf(count, end - start, start).equals(bytes.subarray(end, end + 20))) {
    throw new Broken(`byte ${end}–${end + 19}`, 'bản ghi cuối tệp nén bị sửa');
  }
  if (!commentOf(sha256(bytes.subarray(0, end + 20))).equals(bytes.subarray(end + 20))) {
    throw new Broken(`byte ${end + 20}–${bytes.length - 1}`, 'ghi chú cuối tệp nén không khớp tệp');
  }
}

// The histories ---------------------------------------------------------------------------------------------------------

const entryKeys = 'at by data effects hash kind previousHash seq stream';

/**
 * Every entry of the pack by its stream; each line must be the canonical text of one entry, in order.
 * @param {Members} members
 * @param {Tell} tell
 */
function readHistories(members, tell) {
  /** @type {Map<string, Entry[]>} */
  const histories = new Map();
  for (const [name, content] of [...members].sort(byName)) {
    const kind = /^histories\/([a-z-]+)\.jsonl$/.exec(name)?.[1];
    if (kind === undefined) continue;
    let last = '';
    for (const [index, line] of linesOf(content, name, tell).entries()) {
      const entry = readEntry(line);
      const at = `${name} dòng ${index + 1}`;
      if (entry === undefined || kindOf(entry.stream) !== kind) {
        tell(at, 'không phải một mục lịch sử');
        continue;
      }
      const order = `${entry.stream}\n${String(entry.seq).padStart(9, '0')}`;
      if (order <= last) tell(at, `${entry.stream} mục ${entry.seq} không đúng thứ tự`);
      last = order;
      const known = histories.get(entry.stream);
      if (known === undefined) histories.set(entry.stream, [entry]);
      else known.push(entry);
    }
  }
  return histories;
}

/**
 * @param {readonly [string, unknown]} one
 * @param {readonly [string, unknown]} other
 */
function byName([one], [other]) {
  return one < other ? -1 : 1;
}

/** @param {string} stream */
export function kindOf(stream) {
  return stream.split('/')[0] ?? '';
}

/**
 * @param {string} line
 * @returns {Entry | undefined}
 */
function readEntry(line) {
  const entry = parsed(line);
  if (typeof entry !== 'object' || entry === null || JSON.stringify(entry) !== line) return undefined;
  if (Object.keys(entry).join(' ') !== entryKeys || !Number.isSafeInteger(entry.seq)) return undefined;
  return Object.entries(entry).every(([key, value]) => key === 'seq' || typeof value === 'string') ? entry : undefined;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {Uint8Array} content
 * @param {string} name
 * @param {Tell} tell
 */
function linesOf(content, name, tell) {
  const text = textOf(content, name, tell);
  if (text === '') return [];
  if (!text.endsWith('\n')) tell(name, 'dòng cuối bị cắt');
  return text.replace(/\n$/, '').split('\n');
}

/**
 * @param {Uint8Array} content
 * @param {string} name
 * @param {Tell} tell
 */
function textOf(content, name, tell) {
  try {
    return decoder.decode(content);
  } catch {
    tell(name, 'có byte không phải chữ UTF-8');
    return '';
  }
}

/**
 * @param {Map<string, Entry[]>} histories
 * @param {Tell} tell
 */
function checkChains(histories, tell) {
  let count = 0;
  for (const [stream, entries] of histories) {
    let previous = noHash;
    for (const [index, entry] of entries.entries()) {
      count += 1;
      const at = `${stream} mục ${entry.seq}`;
      if (entry.seq !== index + 1) tell(at, 'số thứ tự không liền nhau');
      else if (entry.previousHash !== previous) tell(at, 'không nối với mục trước');
      else if (entry.hash !== entryHash(entry)) tell(at, 'nội dung không khớp mã băm');
      previous = entry.hash;
    }
  }
  return `${count} mục của ${histories.size} lịch sử: mọi mã băm và mối nối đều đúng.`;
}

/**
 * The anchors make one chain; the heads of those that are here are theirs; every history ends where the newest of them that
 * has it says, and goes through each of the others.
 * @param {Members} members
 * @param {Map<string, Entry[]>} histories
 * @param {Tell} tell
 */
function checkAnchors(members, histories, tell) {
  const anchors = histories.get('anchors') ?? [];
  let previous = noHash;
  for (const [index, { data }] of anchors.entries()) {
    const { anchor, ...said } = parsed(data) ?? {};
    const { on, heads, upTo } = said;
    if (said.previous !== previous || anchor !== sha256(canonical({ on, previous, heads, upTo }))) {
      tell(`anchors mục ${index + 1}`, 'chuỗi mã neo bị đứt');
    }
    previous = anchor;
  }
  /** @type {Map<string, [seq: number, hash: string, anchor: number]>} */
  const ends = new Map();
  const kept = [...members.keys()].map((name) => Number(/^anchors\/(\d+)\.jsonl$/.exec(name)?.[1] ?? Number.NaN));
  const numbers = kept.filter((number) => !Number.isNaN(number)).sort((one, other) => one - other);
  const first = numbers[0] ?? anchors.length + 1;
  if (numbers.length !== anchors.length - first + 1) tell('anchors/', 'thiếu danh sách đầu mút của một mã neo');
  for (const number of numbers) readHeads(number, { members, histories, anchors, ends }, tell);
  for (const [stream, entries] of histories) {
    if (stream === 'anchors') continue;
    const [seq, hash] = ends.get(stream) ?? [];
    const last = entries.at(-1);
    if (seq === undefined) tell(stream, 'không có trong mã neo nào của gói');
    else if (seq !== last?.seq || hash !== last.hash) tell(stream, `không kết thúc ở mục ${seq} như mã neo ghi`);
  }
  return `${anchors.length} mã neo thành một chuỗi; mỗi lịch sử kết thúc đúng chỗ các mã neo ghi, không thiếu mục nào.`;
}

/**
 * @param {number} number
 * @param {{ members: Members, histories: Map<string, Entry[]>, anchors: Entry[], ends: Map<string, [number, string, number]> }} of
 * @param {Tell} tell
 */
function readHeads(number, { members, histories, anchors, ends }, tell) {
  const name = `anchors/${number}.jsonl`;
  const content = members.get(name) ?? new Uint8Array();
  const text = textOf(content, name, tell);
  const anchor = anchors[number - 1];
  if (anchor === undefined || sha256(text.replace(/\n$/, '')) !== parsed(anchor.data)?.heads || !text.endsWith('\n')) {
    tell(name, `không khớp mã neo thứ ${number}`);
    return;
  }
  for (const line of linesOf(content, name, tell)) {
    const [stream, seq, hash] = parsed(line) ?? [];
    const entries = histories.get(stream);
    if (entries === undefined || stream === 'anchors') continue;
    ends.set(stream, [seq, hash, number]);
    if (entries[seq - 1]?.hash !== hash) tell(`${stream} mục ${seq}`, `không phải mục mà mã neo thứ ${number} ghi`);
  }
}

// What the histories come to --------------------------------------------------------------------------------------------

/** @typedef {ReturnType<typeof modelOf>} Model */

/**
 * @param {Members} members
 * @param {Map<string, Entry[]>} histories
 */
function modelOf(members, histories) {
  const of = (/** @type {string} */ kind) => [...histories].filter(([stream]) => kindOf(stream) === kind);
  const [[stream, batch] = ['batch/', []]] = of('batch');
  const id = stream.slice('batch/'.length);
  const opened = dataOf(batch.find(({ kind }) => kind === 'opened') ?? batch[0]);
  /** @type {Frozen[]} */
  const versions = ofKind(batch, 'frozen').map(dataOf);
  const newest = versions.at(-1);
  const lists = new Map(versions.map(({ version, list }) => [version, listIn(members, list)]));
  const list = newest === undefined ? undefined : lists.get(newest.version);
  /** @type {Map<string, string>} */
  const takenOut = new Map();
  for (const { version, takeOut } of ofKind(batch, 'decided').map(dataOf)) {
    if (version === newest?.version) for (const { part, total } of takeOut) takenOut.set(part, total);
  }
  const orders = new Map(of('order').map(([name, entries]) => [name.slice('order/'.length), orderOf(entries)]));
  /** @type {Map<string, ReturnType<typeof orderOf>[]>} */
  const byPart = new Map();
  for (const order of orders.values()) {
    if (order.batch === id) byPart.set(order.part, [...(byPart.get(order.part) ?? []), order]);
  }
  const reopenings = ofKind(batch, 'reopened').map((entry) => ({
    .../** @type {{ step: string, version: number }} */ (dataOf(entry)),
    seq: entry.seq,
  }));
  const decisions = ofKind(batch, 'decided').map((entry) => {
    const data = /** @type {Decided} */ (dataOf(entry));
    const isBack = reopenings.some(
      ({ seq, step, version }) =>
        seq > entry.seq && version === data.version && steps.indexOf(step) <= steps.indexOf(data.step),
    );
    return { ...data, by: entry.by, at: entry.at, seq: entry.seq, isBack };
  });
  return {
    id,
    histories,
    members,
    batch,
    opened,
    versions,
    newest,
    lists,
    list,
    takenOut,
    decisions,
    orders,
    provincial: ofKind(batch, 'provincial-decision')
      .map((entry) => ({ ...dataOf(entry), at: entry.at }))
      .findLast(({ version }) => version === newest?.version),
    listed: (list?.parts ?? []).map((part) => listedOf(part, { id, histories, takenOut, orders: byPart })),
    slips: of('slip').map(([name, entries]) => slipOf(name.slice('slip/'.length), entries, members)),
    estimates: of('estimate'),
    isFull: members.has('people.csv'),
  };
}

const steps = ['people', 'money', 'province'];

/** @param {Entry | undefined} entry */
function dataOf(entry) {
  if (entry === undefined) return {};
  const before = dataRead.get(entry);
  if (before !== undefined) return before;
  const data = JSON.parse(entry.data);
  dataRead.set(entry, data);
  return data;
}

/**
 * What an entry says, read once.
 * @type {WeakMap<Entry, any>}
 */
const dataRead = new WeakMap();

/**
 * @param {readonly Entry[]} entries
 * @param {...string} kinds
 */
function ofKind(entries, ...kinds) {
  return entries.filter(({ kind }) => kinds.includes(kind));
}

/**
 * @param {Members} members
 * @param {string} hash
 * @returns {FrozenList | undefined}
 */
function listIn(members, hash) {
  const content = members.get(`lists/${hash}.json`);
  return content === undefined ? undefined : parsed(Buffer.from(content).toString());
}

/** @param {readonly Entry[]} entries */
function orderOf(entries) {
  const ordered = /** @type {Ordered} */ (dataOf(entries[0]));
  const moved = entries.findLast(({ kind }) => ['settled', 'sent', 'unknown', 'withdrawn'].includes(kind));
  const outcome = /** @type {{ outcome?: string, on?: string, file?: string }} */ (
    moved?.kind === 'settled' ? dataOf(moved) : {}
  );
  const status = outcome.outcome ?? moved?.kind ?? 'awaiting-unit';
  return { ...ordered, entries, at: entries[0]?.at ?? '', status, on: outcome.on ?? '', file: outcome.file ?? '' };
}

/**
 * @param {string} id
 * @param {readonly Entry[]} entries
 * @param {Members} members
 */
function slipOf(id, entries, members) {
  const made = /** @type {Made & { references: string }} */ (dataOf(ofKind(entries, 'made').at(-1)));
  const content = members.get(`slips/${made.references}.json`);
  /** @type {string[] | undefined} */
  const references = content && parsed(Buffer.from(content).toString());
  return { ...made, id, entries, references };
}

const bucketOf = new Map(
  Object.entries({
    'awaiting-unit': 'in-flight',
    sent: 'in-flight',
    'treasury-paid': 'in-flight',
    unknown: 'in-flight',
    credited: 'credited',
    'paid-elsewhere': 'credited',
    refused: 'returned',
    returned: 'returned',
    held: 'held',
    cancelled: 'cancelled',
  }),
);

/**
 * @param {FrozenPart} part
 * @param {{ id: string, histories: Map<string, Entry[]>, takenOut: Map<string, string>, orders: Map<string, ReturnType<typeof orderOf>[]> }} of
 */
function listedOf(part, { id, histories, takenOut, orders }) {
  const [caseId = '', source = ''] = part.part.split('.');
  const entries = histories.get(`part/${part.part}`) ?? [];
  const held = ofKind(entries, 'in-batch', 'released').at(-1);
  const isHere = held?.kind === 'in-batch' && dataOf(held).batch === id;
  const status = /** @type {string} */ (dataOf(entries.at(-1)).status ?? '');
  const bucket = takenOut.has(part.part) ? 'taken-out' : isHere ? (bucketOf.get(status) ?? 'not-yet-ordered') : 'left';
  return {
    ...part,
    caseId,
    source,
    entries,
    status,
    bucket,
    frozenCase: caseAt(histories.get(`case/${caseId}`) ?? [], part.caseHash),
    orders: orders.get(part.part) ?? [],
    elsewhere: /** @type {{ amount: string } | undefined} */ (
      dataOf(ofKind(entries, 'paid-elsewhere').at(-1)).elsewhere
    ),
  };
}

/**
 * The case as it was computed with this hash: its facts, its account and its assessment of that moment.
 * @param {readonly Entry[]} entries
 * @param {string} caseHash
 */
function caseAt(entries, caseHash) {
  const at = entries.findLast((entry) => entry.kind === 'assessed' && dataOf(entry).caseHash === caseHash);
  const first = entries.find(({ kind }) => kind === 'submitted');
  if (at === undefined || first === undefined) return undefined;
  const before = entries.filter(({ seq }) => seq < at.seq);
  const submitted = dataOf(first);
  const correction = ofKind(before, 'facts-corrected').at(-1);
  const { assessment, readings } = dataOf(at);
  return {
    submitted,
    correction: /** @type {string | undefined} */ (correction && dataOf(correction).paper),
    facts: correction === undefined ? submitted.facts : dataOf(correction).facts,
    accountDigest: accountsOf(submitted.accountDigest, before).digest,
    accounts: accountsOf(submitted.accountDigest, entries).all,
    assessment,
    readings: readings ?? {},
  };
}

/**
 * @param {string} first
 * @param {readonly Entry[]} entries
 */
function accountsOf(first, entries) {
  const all = [first];
  let proposed = '';
  for (const { kind, data } of entries) {
    if (kind === 'account-proposed') proposed = JSON.parse(data).accountDigest;
    if (kind === 'account-confirmed' && JSON.parse(data).accountDigest === proposed) all.push(proposed);
  }
  return { digest: all.at(-1) ?? first, all };
}

/** @typedef {ReturnType<typeof listedOf>} Listed */

/**
 * The lines that the part's source pays.
 * @param {Listed} part
 * @returns {Line[]}
 */
function linesPaid({ frozenCase, source }) {
  const { submitted, assessment } = frozenCase ?? {};
  if (assessment?.outcome !== 'entitled') return [];
  return assessment.lines.filter(
    (/** @type {Line} */ { line }) => (submitted.lineSources?.[line] ?? submitted.source) === source,
  );
}

/** @param {Iterable<string>} amounts */
function sum(amounts) {
  let total = 0n;
  for (const amount of amounts) total += BigInt(amount);
  return total;
}

/**
 * People and đồng by what is given of each.
 * @template Of
 * @param {readonly Of[]} all
 * @param {(one: Of) => string} key
 * @param {(one: Of) => string} amount
 * @returns {Record<string, Count>}
 */
function countBy(all, key, amount) {
  /** @type {Record<string, Count>} */
  const counts = {};
  for (const one of all) {
    const { people, total } = counts[key(one)] ?? { people: 0, total: '0' };
    counts[key(one)] = { people: people + 1, total: (BigInt(total) + BigInt(amount(one))).toString() };
  }
  return counts;
}

/** @param {Model} model */
function totalsOf({ listed, orders, id }) {
  const payable = listed.filter(({ bucket }) => bucket !== 'taken-out');
  const total = (/** @type {Listed} */ { total: amount }) => amount;
  const lines = payable.flatMap(linesPaid);
  const own = [...orders.values()].filter(({ batch }) => batch === id);
  return {
    listed: { people: listed.length, total: sum(listed.map(total)).toString() },
    entitled: { people: payable.length, total: sum(payable.map(total)).toString() },
    byBucket: countBy(listed, ({ bucket }) => bucket, total),
    byUnit: countBy(payable, ({ unit }) => unit, total),
    byRegime: countBy(payable, ({ regime }) => regime, total),
    byComponent: countBy(
      lines,
      ({ line }) => line,
      ({ amount }) => amount,
    ),
    ordersByState: countBy(
      own,
      ({ status }) => status,
      ({ amount }) => amount,
    ),
  };
}

// What must hold --------------------------------------------------------------------------------------------------------

/**
 * @param {Model} model
 * @param {Tell} tell
 */
function checkStored({ members, versions, batch, slips }, tell) {
  const asked = new Map(versions.map(({ list }) => [`lists/${list}.json`, 'danh sách đã chốt']));
  for (const entry of ofKind(batch, 'decided'))
    asked.set(`seen/${dataOf(entry).shown}.txt`, 'nội dung người quyết định đã xem');
  for (const { references } of slips.map(({ entries }) => dataOf(entries[0])))
    asked.set(`slips/${references}.json`, 'danh sách khoản của chứng từ');
  for (const [name, what] of asked) if (!members.has(name)) tell(name, `thiếu ${what}`);
  let count = 0;
  for (const [name, content] of members) {
    const hash = /^(?:lists|slips|seen|files)\/([^.]+)\.[a-z]+$/.exec(name)?.[1];
    if (hash === undefined) continue;
    count += 1;
    if (sha256(content) !== hash) tell(name, 'nội dung không khớp mã băm trong tên');
    else if (!name.startsWith('files/') && !asked.has(name)) tell(name, 'không lịch sử nào nhắc đến');
  }
  return `${count} tệp kèm theo khớp mã băm mà lịch sử ghi.`;
}

/**
 * @param {Model} model
 * @param {Tell} tell
 */
function checkLists({ versions, lists, id }, tell) {
  for (const { version, contentHash, people, total, list } of versions) {
    const frozen = lists.get(version);
    const at = `batch/${id} lần chốt ${version}`;
    if (frozen === undefined) tell(at, 'không đọc được danh sách đã chốt');
    else if (sha256(canonical(frozen)) !== contentHash || list !== contentHash)
      tell(at, 'mã nội dung không phải của danh sách');
    else if (frozen.parts.length !== people || sum(frozen.parts.map((part) => part.total)) !== BigInt(total)) {
      tell(at, 'số người hoặc tổng tiền khác với danh sách');
    } else if (new Set(frozen.parts.map(({ part }) => part)).size !== people)
      tell(at, 'có người đứng hai lần trong danh sách');
  }
  return `${versions.length} lần chốt: mã nội dung, số người và tổng tiền tính lại từ danh sách đều khớp.`;
}

/**
 * From facts to sum: each case has the hash it was frozen with, each line is its base times its factors, rounded once half
 * up, and the lines make the sums.
 * @param {Model} model
 * @param {Tell} tell
 */
function checkSums({ listed }, tell) {
  let count = 0;
  for (const part of listed) {
    const at = `part/${part.part}`;
    const { frozenCase } = part;
    if (frozenCase === undefined) {
      tell(at, 'không có hồ sơ với mã băm đã chốt');
      continue;
    }
    const { assessment } = frozenCase;
    if (caseHashOf(frozenCase) !== part.caseHash)
      tell(`case/${part.caseId}`, 'mã băm hồ sơ không phải của dữ kiện và cách tính');
    for (const line of assessment.lines ?? []) {
      count += 1;
      if (amountOf(line) !== BigInt(line.amount)) tell(at, `dòng ${line.line} không bằng mức gốc nhân các hệ số`);
    }
    if (
      sum((assessment.lines ?? []).map((/** @type {Line} */ { amount }) => amount)) !== BigInt(assessment.total ?? '0')
    ) {
      tell(at, 'tổng của hồ sơ khác tổng các dòng');
    }
    if (sum(linesPaid(part).map(({ amount }) => amount)) !== BigInt(part.total))
      tell(at, 'số tiền đã chốt khác tổng các dòng của nguồn');
    if (part.accountDigest !== frozenCase.accountDigest) tell(at, 'tài khoản đã chốt khác tài khoản của hồ sơ');
  }
  return `${listed.length} người, ${count} dòng: mọi số tiền được nhân và cộng lại từ mức gốc và hệ số, bằng số đã chốt.`;
}

/** @param {NonNullable<ReturnType<typeof caseAt>>} given */
function caseHashOf({ submitted, facts, assessment, accountDigest }) {
  const { citizenDigest, nameDigest, employer, payingUnit, source, lineSources, level, difference } = submitted;
  const told = {
    facts,
    assessment,
    citizenDigest,
    nameDigest,
    accountDigest,
    employer,
    payingUnit,
    source,
    lineSources,
    level,
    difference,
  };
  return sha256(canonical(told));
}

/** @param {Line} line */
function amountOf({ base, factors }) {
  let of = BigInt(base);
  let per = 1n;
  for (const { kind, value, first, each, further } of factors) {
    const ratio = kind === 'block' ? plus(read(first), times(read(each), read(further))) : read(value);
    of *= ratio.of;
    per *= ratio.per;
  }
  return (2n * of + per) / (2n * per);
}

/** @param {Ratio | undefined} ratio */
function read({ of, per } = { of: '0', per: '1' }) {
  return { of: BigInt(of), per: BigInt(per) };
}

/** @typedef {ReturnType<typeof read>} Exact */

/**
 * @param {Exact} one
 * @param {Exact} other
 */
function plus(one, other) {
  return { of: one.of * other.per + other.of * one.per, per: one.per * other.per };
}

/**
 * @param {Exact} one
 * @param {Exact} other
 */
function times(one, other) {
  return { of: one.of * other.of, per: one.per * other.per };
}

/**
 * @param {Model} model
 * @param {Tell} tell
 */
function checkDecisions({ id, decisions, versions, newest, lists, list, listed, provincial }, tell) {
  const at = (/** @type {number} */ seq) => `batch/${id} mục ${seq}`;
  for (const { seq, version, contentHash, by, onBehalfOf, step, outcome, isBack } of decisions) {
    if (versions.find((one) => one.version === version)?.contentHash !== contentHash)
      tell(at(seq), 'quyết định trên mã nội dung khác');
    for (const part of lists.get(version)?.parts ?? []) {
      const prepared = [part.submittedBy, part.passedOnBy, part.appraisedBy, ...(part.preparedBy ?? [])];
      if ([by, onBehalfOf].some((one) => one !== undefined && prepared.includes(one)))
        tell(at(seq), `người quyết định đã chuẩn bị hồ sơ ${part.part}`);
    }
    const twice = decisions.some(
      (other) =>
        other.seq < seq && other.version === version && other.step !== step && !other.isBack && other.by === by,
    );
    if (twice && !isBack && outcome === 'confirmed') tell(at(seq), 'một người xác nhận hai bước');
  }
  if (provincial === undefined || newest === undefined || list === undefined)
    return `${decisions.length} quyết định, đều trên đúng mã nội dung của danh sách; UBND tỉnh chưa quyết định.`;
  const payable = listed.filter(({ bucket }) => bucket !== 'taken-out');
  const isSame =
    provincial.people === payable.length && BigInt(provincial.total) === sum(payable.map(({ total }) => total));
  if (!isSame || provincial.contentHash !== newest.contentHash)
    tell(`batch/${id}`, 'quyết định của UBND tỉnh khác danh sách đã xác nhận');
  for (const step of newest.steps ?? ['people', 'money']) {
    const isConfirmed = decisions.some(
      (one) => one.step === step && one.version === newest.version && one.outcome === 'confirmed' && !one.isBack,
    );
    if (!isConfirmed) tell(`batch/${id}`, `thiếu xác nhận của bước ${step} trên lần chốt ${newest.version}`);
  }
  return `${decisions.length} quyết định, mỗi bước một người không chuẩn bị hồ sơ, trên đúng mã nội dung; UBND tỉnh quyết định đúng số người, số tiền ấy.`;
}

const readable = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The reference that this attempt must have.
 * @param {Ordered} order
 */
function referenceOf({ part, decision, source, attempt }) {
  let bits = BigInt(`0x${sha256(canonical({ caseId: part.split('.')[0], decision, source })).slice(0, 13)}`);
  let text = '';
  for (let place = 0; place < 10; place += 1) {
    text += readable.charAt(Number(bits % 32n));
    bits /= 32n;
  }
  return `CT${text}-${attempt}`;
}

/**
 * @param {Model} model
 * @param {Tell} tell
 */
function checkOrders({ id, listed, orders, provincial, histories }, tell) {
  const known = new Set();
  for (const part of listed) {
    const lines = canonical(linesPaid(part).map(({ line, amount }) => ({ line, amount })));
    for (const [index, order] of [...part.orders].sort((one, other) => one.attempt - other.attempt).entries()) {
      known.add(order.reference);
      const at = `order/${order.reference}`;
      if (canonical(order.lines) !== lines || order.amount !== part.total)
        tell(at, 'số tiền hoặc các dòng khác với danh sách đã chốt');
      if (referenceOf(order) !== order.reference || order.entries[0]?.stream !== at)
        tell(at, 'mã khoản chi không phải của người, quyết định và lần chi này');
      if (order.attempt !== index + 1 || (index > 0 && order.replaces === undefined))
        tell(at, 'lần chi không nối với lần trước');
      const mayPay =
        order.attempt > 1 ? part.frozenCase?.accounts : [part.accountDigest, ...(part.frozenCase?.accounts ?? [])];
      if (mayPay?.includes(order.accountDigest) !== true) tell(at, 'tài khoản không phải của hồ sơ');
      if (part.bucket === 'taken-out') tell(at, 'chi cho người đã được đưa ra khỏi danh sách');
      if (provincial === undefined || order.at < provincial.at || order.decision !== provincial.number)
        tell(at, 'không theo quyết định của UBND tỉnh');
    }
    checkPaidOnce(part, tell);
  }
  for (const order of orders.values()) {
    if (order.batch === id && !known.has(order.reference))
      tell(`order/${order.reference}`, 'không của ai trong danh sách');
  }
  const claims = checkClaims(histories, tell);
  return `${known.size} khoản chi: đúng người, đúng dòng, đúng tiền, mã không trùng; ${claims} khóa chi, không dòng nào của ai được chi hai lần.`;
}

/**
 * @param {Listed} part
 * @param {Tell} tell
 */
function checkPaidOnce(part, tell) {
  const at = `part/${part.part}`;
  const paid =
    part.orders.filter(({ status }) => status === 'credited').length + (part.elsewhere === undefined ? 0 : 1);
  if (paid > 1) tell(at, 'được chi hai lần');
  if (part.bucket === 'left' || part.bucket === 'taken-out') return;
  if ((part.bucket === 'credited') !== (paid === 1))
    tell(at, `ở trạng thái ${part.status} nhưng có ${paid} khoản đã nhận`);
  if (part.elsewhere !== undefined && part.elsewhere.amount !== part.total)
    tell(at, 'số đã chi nơi khác khác số được hưởng');
  const newest = [...part.orders].sort((one, other) => other.attempt - one.attempt)[0];
  const goesOn = ['awaiting-unit', 'sent', 'treasury-paid', 'unknown'];
  if (newest !== undefined && goesOn.includes(part.status) && newest.status !== part.status) {
    tell(at, `ở trạng thái ${part.status} nhưng khoản chi ${newest.reference} là ${newest.status}`);
  }
}

/**
 * @param {Map<string, Entry[]>} histories
 * @param {Tell} tell
 */
function checkClaims(histories, tell) {
  const holders = new Map();
  for (const [stream, entries] of histories) {
    for (const { effects, seq } of entries) {
      if (!effects.includes('"money/')) continue;
      for (const key of JSON.parse(effects).claims ?? []) {
        if (!key.startsWith('money/')) continue;
        const holder = holders.get(key) ?? stream;
        if (holder !== stream) tell(`${stream} mục ${seq}`, `dòng này đã được ${holder} chi: cùng khóa, cùng lần`);
        holders.set(key, holder);
      }
    }
  }
  return holders.size;
}

/**
 * @param {Model} model
 * @param {Tell} tell
 */
function checkSlips({ slips, orders, id, members }, tell) {
  const accounts = accountsIn(members);
  const names = ['prepared', 'accountant-confirmed', 'holder-confirmed'];
  for (const slip of slips) {
    const at = `slip/${slip.id}`;
    const own = (slip.references ?? []).map((reference) => orders.get(reference));
    const rows = own.filter((order) => order !== undefined);
    if (slip.references === undefined || rows.length !== own.length || rows.length !== slip.people)
      tell(at, 'thiếu khoản chi, hoặc số người không khớp');
    if (sum(rows.map(({ amount }) => amount)) !== BigInt(slip.total)) tell(at, 'tổng tiền khác tổng các khoản chi');
    if (rows.some((row) => row.slip !== slip.id || row.unit !== slip.unit || row.source !== slip.source))
      tell(at, 'có khoản của đơn vị, nguồn hoặc chứng từ khác');
    const check = accounts && checkValue(rows, accounts);
    for (const file of slip.files ?? []) {
      if (file.count !== slip.people || file.total !== slip.total)
        tell(at, `tệp ${file.kind} ghi số người hoặc tổng tiền khác`);
      if (check !== undefined && file.check !== check)
        tell(at, `mã kiểm tra của tệp ${file.kind} không phải của các tài khoản trong people.csv`);
    }
    const signed = slip.entries.filter(({ kind }) => names.includes(kind) || kind === 'sent');
    const inOrder = signed.every(({ kind }, index) => kind === [...names, 'sent'][index]);
    if (!inOrder || new Set(signed.slice(0, 3).map(({ by }) => by)).size !== Math.min(3, signed.length))
      tell(at, 'chữ ký không đủ, không đúng thứ tự, hoặc một người ký hai lần');
  }
  const referenced = new Set(slips.flatMap(({ references }) => references ?? []));
  const loose = [...orders.values()].filter(
    ({ batch, reference, status }) => batch === id && status !== 'awaiting-unit' && !referenced.has(reference),
  );
  for (const { reference } of loose) tell(`order/${reference}`, 'đã gửi mà không ở chứng từ nào');
  return `${slips.length} chứng từ: số người và tổng tiền bằng tổng các khoản, ba người ký theo thứ tự.`;
}

/**
 * What the files of a slip state of their rows; none where somebody's key was erased since.
 * @param {readonly { reference: string, amount: string }[]} rows
 * @param {Map<string, string>} accounts
 */
function checkValue(rows, accounts) {
  const numbers = rows.map(({ reference }) => accounts.get(reference) ?? '');
  if (numbers.includes(erased)) return undefined;
  const told = rows.map(({ reference, amount }, index) => `${reference}|${numbers[index]}|${amount}\n`);
  return sha256(told.sort().join(''));
}

/** Stands for a field whose key was erased. */
const erased = '–';

/**
 * The account numbers by the order's reference, where the pack tells them.
 * @param {Members} members
 */
function accountsIn(members) {
  const content = members.get('people.csv');
  if (content === undefined) return undefined;
  return new Map(rowsOf(Buffer.from(content).toString()).map((row) => [row[3] ?? '', row[5] ?? '']));
}

/**
 * @param {string} text
 * @returns {string[][]}
 */
function rowsOf(text) {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(1, -1);
  return lines.map((line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map((match) =>
      (match[1] ?? '').replaceAll('""', '"').replace(/^'(?=[=+@-])/, ''),
    ),
  );
}

/**
 * @param {Model} model
 * @param {Tell} tell
 */
function checkResults({ id, orders, histories, slips }, tell) {
  const confirmed = new Set(
    slips.flatMap(({ entries }) => ofKind(entries, 'credit-confirmed').map((entry) => dataOf(entry).evidence)),
  );
  const byFile = new Map();
  for (const { reference, amount, entries, batch } of orders.values()) {
    for (const entry of ofKind(entries, 'settled')) {
      const { file } = dataOf(entry);
      const isKnown = histories.has(`result/${file}`) || confirmed.has(file);
      // Fetched from the Treasury's service, there is no file.
      if (!isKnown && isHash.test(file))
        tell(`order/${reference} mục ${entry.seq}`, 'kết quả từ tệp không có trong lịch sử');
      if (batch === id) byFile.set(file, (byFile.get(file) ?? 0n) + BigInt(amount));
    }
  }
  for (const [file, total] of byFile) {
    const counts = dataOf(ofKind(histories.get(`result/${file}`) ?? [], 'classed').at(-1)).counts ?? {};
    const stated = sum(Object.values(counts).map((count) => /** @type {{ total: string }} */ (count).total));
    if (Object.keys(counts).length > 0 && total > stated)
      tell(`result/${file}`, 'tệp kết quả ghi ít tiền hơn các khoản nó đã báo');
  }
  return `${byFile.size} tệp kết quả và chứng cứ: mỗi khoản có kết quả đều có tệp của nó, không tệp nào báo nhiều hơn số nó ghi.`;
}

/**
 * @param {Model} model
 * @param {Tell} tell
 */
function checkEstimates({ estimates, orders, id }, tell) {
  for (const [stream, entries] of estimates) {
    const balance = balanceOf(entries);
    if (balance.left < 0n || balance.held < 0n) tell(stream, 'giữ hoặc chi nhiều hơn dự toán đã giao');
    const [unit, source] = stream.slice('estimate/'.length).split('.');
    for (const order of orders.values()) {
      if (order.unit !== unit || order.source !== source) continue;
      const at = `order/${order.reference}`;
      const key = `${order.part}#${order.attempt}`;
      if (order.batch === id && !balance.reserved.has(key)) tell(at, `${stream} chưa bao giờ giữ tiền cho khoản này`);
      if (
        (order.status === 'refused' || order.status === 'returned') &&
        balance.back.get(order.reference) !== order.amount
      ) {
        tell(at, `tiền bị trả về không trở lại ${stream} đủ số`);
      }
      if (
        order.status !== 'refused' &&
        order.status !== 'returned' &&
        order.status !== 'withdrawn' &&
        balance.back.has(order.reference)
      ) {
        tell(at, `${stream} ghi tiền đã về nhưng khoản này là ${order.status}`);
      }
    }
  }
  const missing = [...orders.values()].find(
    ({ unit, source }) => !estimates.some(([stream]) => stream === `estimate/${unit}.${source}`),
  );
  if (missing !== undefined) tell(`order/${missing.reference}`, 'thiếu lịch sử dự toán của đơn vị và nguồn');
  return `${estimates.length} dự toán: không giữ quá số được giao; mỗi khoản được giữ trước khi chi, mỗi khoản bị trả về được ghi lại đủ.`;
}

/** @param {readonly Entry[]} entries */
function balanceOf(entries) {
  let left = 0n;
  let held = 0n;
  const reserved = new Set();
  /** @type {Map<string, string>} */
  const back = new Map();
  const blocked = new Set();
  for (const entry of entries) {
    const { amount = '0', key = '', keys = [], to, outcome } = dataOf(entry);
    const sumOf = BigInt(amount);
    if (entry.kind === 'allotted') left += sumOf;
    if (entry.kind === 'reserved') left -= sumOf;
    if (entry.kind === 'reserved' || entry.kind === 'spent-from-deposit') held += sumOf;
    for (const one of entry.kind === 'spent-from-deposit' ? [key] : keys) reserved.add(one);
    if (entry.kind === 'restored') left += sumOf;
    if (entry.kind === 'restored' || entry.kind === 'lapsed' || entry.kind === 'blocked') held -= sumOf;
    if (entry.kind === 'blocked') blocked.add(key);
    if (entry.kind === 'blocked' || entry.kind === 'came-back') back.set(key, amount);
    if (entry.kind === 'came-back' && !blocked.delete(key)) held -= sumOf;
    if ((entry.kind === 'came-back' || entry.kind === 'received') && to === 'estimate') left += sumOf;
    if (entry.kind === 'year-closed' && outcome === 'lapsed') left -= sumOf;
  }
  return { left, held, reserved, back };
}

/**
 * Everybody of the list is in one place, and the money beside them; what the batch has reported of itself is that.
 * @param {Model} model
 * @param {Tell} tell
 */
function checkZeroSum(model, tell) {
  const { listed, id, batch } = model;
  const totals = totalsOf(model);
  const inPlaces = Object.entries(totals.byBucket)
    .filter(([bucket]) => bucket !== 'taken-out')
    .map(([, count]) => count);
  const people = inPlaces.reduce((all, count) => all + count.people, 0);
  const isZero =
    people === totals.entitled.people && sum(inPlaces.map(({ total }) => total)) === BigInt(totals.entitled.total);
  if (!isZero) tell(`batch/${id}`, 'tổng các nơi không bằng tổng được hưởng');
  const components = sum(Object.values(totals.byComponent).map(({ total }) => total));
  if (components !== BigInt(totals.entitled.total))
    tell(`batch/${id}`, 'tổng các thành phần không bằng tổng được hưởng');
  for (const part of listed) {
    const out = model.takenOut.get(part.part);
    if (out !== undefined && out !== part.total) tell(`part/${part.part}`, 'số tiền khi đưa ra khác số đã chốt');
  }
  const reported = ofKind(batch, 'reported').at(-1);
  const none = { people: 0, total: '0' };
  const said = reported && dataOf(reported);
  const credited = totals.byBucket['credited'] ?? none;
  if (said !== undefined && canonical(said.credited) !== canonical(credited))
    tell(`batch/${id} mục ${reported?.seq}`, 'báo cáo của đợt khác số tính lại');
  const { entitled } = totals;
  return `Cộng bằng không: ${entitled.people} người, ${dotted(entitled.total)} đồng, mỗi người và mỗi đồng ở đúng một nơi; đã nhận ${credited.people} người, ${dotted(credited.total)} đồng.`;
}

/** @param {string} digits */
function dotted(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.');
}

// Tables for people to read ---------------------------------------------------------------------------------------------

/** The column of the unit's list that each fact is read from, by its key; several where a list may have either. */
const columnOf = new Map(
  Object.entries({
    'person.birth': 'birth birthOfMen birthOfWomen',
    'person.sex': 'sex birthOfMen birthOfWomen',
    subject: 'subject',
    contractSignedOn: 'contractSignedOn',
    'leaving.cause': 'cause',
    'leaving.decisionNumber': 'decisionNumber',
    'leaving.decidedOn': 'decidedOn',
    'leaving.on': 'leaveOn',
    'leaving.reorganisedOn': 'reorganisedOn',
    'leaving.voluntary': 'voluntary',
    'leaving.notReElected': 'notReElected',
    'leaving.onlyConcurrentPost': 'onlyConcurrentPost',
    'pay.grade': 'grade',
    'pay.position': 'position',
    'pay.beyondFramePercent': 'beyondFrame',
    'pay.reservedDifference': 'reserved',
    'pay.amount': 'contractPay',
    averagePay60Months: 'averagePay',
    paidOn: 'paidOn',
    drawsPension: 'drawsPension',
    underInvestigation: 'underInvestigation',
    pregnantOrChildUnder36Months: 'smallChild',
    contractLikeCivilServant: 'contractLikeCivilServant',
    termEndsOn: 'termEndsOn',
  }),
);

/**
 * Every table of the pack by its name, from the histories and lists alone: whoever makes a pack writes these, whoever
 * verifies one makes them again.
 * @param {Model} model
 * @returns {Map<string, string>}
 */
function tablesOf(model) {
  return new Map([
    ['facts.csv', factsTable(model)],
    ['lines.csv', linesTable(model)],
    ['traces.jsonl', traces(model)],
    ['orders.csv', ordersTable(model)],
    ['decisions.json', decisionsText(model)],
    ['files.csv', filesTable(model)],
  ]);
}

/** @param {readonly (string | number | undefined)[][]} rows */
export function csvOf(rows) {
  // A cell that begins like a formula is one to a spreadsheet.
  const cell = (/** @type {string} */ text) => `"${(/^[=+@-]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => `${row.map((one) => cell(String(one ?? ''))).join(',')}\r\n`).join('')}`;
}

/** @param {Model} model */
function factsTable({ listed, histories }) {
  const rows = [['part', 'fact', 'value', 'list', 'sheet', 'row', 'cell', 'paper']];
  for (const { part, frozenCase } of listed) {
    if (frozenCase === undefined) continue;
    const { submitted, facts, correction } = frozenCase;
    const tables = dataOf(ofKind(histories.get(`list/${submitted.list}`) ?? [], 'read').at(-1)).tables ?? [];
    for (const [path, value] of leavesOf(facts, '')) {
      const place =
        correction === undefined ? placeOf(path, facts, submitted, tables) : { sheet: '', row: '', cell: '' };
      const { sheet, row, cell } = place;
      rows.push([
        part,
        path,
        value,
        correction === undefined ? submitted.list : '',
        sheet,
        row,
        cell,
        correction ?? '',
      ]);
    }
  }
  return csvOf(rows);
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {[path: string, value: string][]}
 */
function leavesOf(value, path) {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  const inner = (/** @type {string} */ key) => (path === '' ? key : `${path}.${key}`);
  return Object.entries(value)
    .sort(([one], [other]) => (Array.isArray(value) ? Number(one) - Number(other) : one < other ? -1 : 1))
    .flatMap(([key, field]) => leavesOf(field, inner(key)));
}

/**
 * @param {string} path
 * @param {{ pay?: { allowances?: { name: string }[] } }} facts
 * @param {{ sheet?: string, row: number, periodRows?: { sheet: string, row: number }[] }} submitted
 * @param {{ sheet: string, headingRow: number, places: Record<string, string> }[]} tables
 */
function placeOf(path, facts, { sheet = '', row, periodRows = [] }, tables) {
  const [first = '', index = '', field = ''] = path.split('.');
  const period = first === 'service' ? periodRows[Number(index)] : undefined;
  const at = period ?? { sheet, row };
  const isOfPerson = (/** @type {{ places: Record<string, string> }} */ { places }) =>
    'fullName' in places === (period === undefined);
  const places =
    [...tables].reverse().find((table) => table.sheet === at.sheet && table.headingRow < at.row && isOfPerson(table))
      ?.places ?? {};
  const allowance = path.startsWith('pay.allowances.') ? facts.pay?.allowances?.[Number(field)]?.name : undefined;
  const keys = period === undefined ? (allowance ?? columnOf.get(path) ?? '') : field;
  const cells = keys.split(' ').flatMap((key) => (places[key] === undefined ? [] : [`${places[key]}${at.row}`]));
  return { sheet: at.sheet, row: String(at.row), cell: cells.join(' ') };
}

/** @param {Model} model */
function linesTable({ listed }) {
  const rows = [
    ['part', 'unit', 'source', 'regime', 'component', 'base', 'working', 'amount', 'by', 'place', 'orders'],
  ];
  for (const part of listed) {
    const references = part.orders.map(({ reference }) => reference).join(' ');
    for (const { line, base, working, amount, by } of linesPaid(part)) {
      rows.push([
        part.part,
        part.unit,
        part.source,
        part.regime,
        line,
        base,
        working,
        amount,
        by,
        part.bucket,
        references,
      ]);
    }
  }
  return csvOf(rows);
}

/** @param {Model} model */
function traces({ listed }) {
  return listed
    .map(({ part, caseHash, frozenCase }) => {
      const { assessment, readings } = frozenCase ?? {};
      return `${canonical({ part, caseHash, readings, assessment })}\n`;
    })
    .join('');
}

/** @param {Model} model */
function ordersTable({ orders, id }) {
  const rows = [['order', 'part', 'unit', 'source', 'slip', 'attempt', 'amount', 'state', 'on', 'result', 'replaces']];
  for (const one of [...orders.values()].filter(({ batch }) => batch === id)) {
    const { reference, part, unit, source, slip, attempt, amount, status, on, file, replaces } = one;
    rows.push([reference, part, unit, source, slip, String(attempt), amount, status, on, file, replaces ?? '']);
  }
  return csvOf(rows);
}

/** @param {Model} model */
function decisionsText({ batch, histories, lists, members }) {
  const told = ofKind(
    batch,
    'opened',
    'frozen',
    'seen',
    'decided',
    'reopened',
    'letter-signed',
    'provincial-decision',
    'aborted',
    'released',
    'reported',
  );
  const acts = told.map((entry) => {
    const data = dataOf(entry);
    const shown = members.get(`seen/${data.shown}.txt`);
    return {
      seq: entry.seq,
      at: entry.at,
      by: entry.by,
      role: roleOf(histories.get(`account/${entry.by}`) ?? [], entry.at),
      kind: entry.kind,
      ...data,
      ...(entry.kind === 'frozen'
        ? { difference: differenceOf(lists.get(data.version - 1), lists.get(data.version)) }
        : {}),
      ...(shown === undefined ? {} : { saw: Buffer.from(shown).toString() }),
    };
  });
  return `${JSON.stringify(JSON.parse(canonical(acts)), null, 1)}\n`;
}

/**
 * The role that somebody had at the moment.
 * @param {readonly Entry[]} entries
 * @param {string} at
 */
function roleOf(entries, at) {
  const told = entries.filter((entry) => entry.at <= at).map((entry) => JSON.parse(entry.data));
  return told.map(({ terms, proposal }) => (terms ?? proposal?.terms)?.role).findLast((role) => role !== undefined);
}

/**
 * @param {FrozenList | undefined} before
 * @param {FrozenList | undefined} after
 */
function differenceOf(before, after) {
  if (before === undefined || after === undefined) return undefined;
  const was = new Map(before.parts.map((part) => [part.part, canonical(part)]));
  const is = new Map(after.parts.map((part) => [part.part, canonical(part)]));
  return {
    joined: [...is.keys()].filter((part) => !was.has(part)),
    left: [...was.keys()].filter((part) => !is.has(part)),
    changed: [...is.keys()].filter((part) => was.has(part) && was.get(part) !== is.get(part)),
    delta: (sum(after.parts.map(({ total }) => total)) - sum(before.parts.map(({ total }) => total))).toString(),
  };
}

/** Keys of entries under which the hash of a stored file stands. */
const fileKeys = [
  'file',
  'paper',
  'reading',
  'report',
  'list',
  'shown',
  'others',
  'feedback',
  'references',
  'beneficiaryList',
  'hash',
  'columns',
  'evidence',
  'results',
];

/**
 * Every stored file that an entry names, once, with the entry and the key.
 * @param {Iterable<readonly Entry[]>} histories
 * @returns {Map<string, { entry: Entry, key: string }>}
 */
export function filesNamed(histories) {
  /** @type {Map<string, { entry: Entry, key: string }>} */
  const found = new Map();
  for (const entries of histories) {
    for (const entry of entries) {
      if (!/[0-9a-f]{64}/.test(entry.data)) continue;
      for (const [path, value] of leavesOf(dataOf(entry), '')) {
        const keys = path.split('.');
        const key = keys.at(-1) ?? '';
        const isFile = fileKeys.includes(key) || (entry.kind === 'papers-written' && keys[0] === 'files');
        if (isFile && isHash.test(value) && !found.has(value)) found.set(value, { entry, key: path });
      }
    }
  }
  return found;
}

/** @param {Model} model */
function filesTable({ histories, members }) {
  const names = new Map(
    [...members.keys()].flatMap((name) => {
      const hash = /^(?:lists|slips|seen|files)\/([^.]+)\./.exec(name)?.[1];
      return hash === undefined ? [] : [[hash, name]];
    }),
  );
  const rows = [['sha256', 'history', 'entry', 'at', 'key', 'member']];
  for (const [hash, { entry, key }] of filesNamed(histories.values())) {
    rows.push([hash, entry.stream, String(entry.seq), entry.at, key, names.get(hash) ?? '']);
  }
  return csvOf(rows);
}

// Manifest and front page -----------------------------------------------------------------------------------------------

/** @param {Model} model */
function manifestOf(model) {
  const { id, opened, versions, newest, histories, members, isFull } = model;
  const anchors = histories.get('anchors') ?? [];
  const last = anchors.at(-1);
  const { anchor, on } = dataOf(last);
  const named = [...members.keys()].filter((name) => name !== 'manifest.json' && name !== 'DOC-TRUOC.txt').sort();
  return {
    format,
    batch: id,
    code: opened.code,
    source: opened.source,
    level: opened.level,
    versions: versions.length,
    ...(newest === undefined ? {} : { version: newest.version, contentHash: newest.contentHash }),
    anchor: { number: anchors.length, anchor, on, at: last?.at },
    isFull,
    totals: totalsOf(model),
    members: named.map((name) => {
      const content = members.get(name) ?? new Uint8Array();
      return { name, bytes: content.length, sha256: sha256(content) };
    }),
  };
}

/** @param {ReturnType<typeof manifestOf>} manifest */
function frontPage({ code, anchor, isFull, totals, members }) {
  const verifier = members.find(({ name }) => name === 'verify.mjs')?.sha256 ?? '';
  const { entitled, byBucket } = totals;
  const credited = byBucket['credited'] ?? { people: 0, total: '0' };
  return `GÓI CHỨNG CỨ CỦA ĐỢT CHI TRẢ ${code}

Lập theo mã neo thứ ${anchor.number} (${anchor.on}): ${anchor.anchor}
Được hưởng: ${entitled.people} người, ${dotted(entitled.total)} đồng. Đã nhận: ${credited.people} người, ${dotted(credited.total)} đồng.
${
  isFull
    ? 'Gói này có họ tên, số tài khoản và các tệp: chỉ người nhận được nêu tên mới được giữ. Không gửi tiếp.'
    : 'Họ tên, số định danh, số tài khoản còn niêm phong; các tệp chỉ có mã băm (files.csv).'
}

KIỂM TRA
1. Cần máy có Node 18 trở lên, không cần mạng, không cần cài gì thêm.
2. Chạy: node verify.mjs TÊN-GÓI.zip --root MÃ-GÓI
   MÃ-GÓI (64 ký tự) in ở trang của đợt và ở biên bản giao nhận. Thêm --anchor MÃ-NEO nếu có báo cáo in mã neo.
3. Bộ kiểm tra nằm trong gói không tự chứng minh được cho mình: hãy so mã băm SHA-256 của nó với bộ lấy từ nơi khác:
   ${verifier}

TRONG GÓI
manifest.json      mục lục: mã băm từng tệp, số liệu tổng hợp
histories/         từng mục lịch sử, nguyên văn như khi được băm
anchors/           đầu mút của mọi lịch sử ở mỗi mã neo
lists/ seen/ slips/ danh sách đã chốt; nội dung người quyết định đã xem; các khoản của chứng từ
facts.csv          từng dữ kiện, ở tệp, trang, dòng, ô nào
lines.csv          từng dòng tiền: mức gốc, cách tính, căn cứ
traces.jsonl       toàn bộ cách tính của từng người
orders.csv         từng khoản chi và kết quả
decisions.json     ai quyết định, lúc nào, trên mã nội dung nào, đã xem gì
files.csv          mọi tệp mà lịch sử nhắc đến, với mã băm
`;
}

/**
 * The whole pack from its histories and what they name: adds the tables, the manifest and the front page. Takes the
 * members; gives all of them in the order of their names, and the root.
 * @param {Members} given
 * @returns {{ members: Members, root: string }}
 */
export function completed(given) {
  const members = new Map(given);
  const model = modelOf(
    members,
    readHistories(members, () => {}),
  );
  for (const [name, text] of tablesOf(model)) members.set(name, encoder.encode(text));
  const manifest = manifestOf(model);
  const text = encoder.encode(canonical(manifest));
  members.set('manifest.json', text);
  members.set('DOC-TRUOC.txt', encoder.encode(frontPage(manifest)));
  return { members: new Map([...members].sort(byName)), root: sha256(text) };
}

/**
 * @param {Members} members
 * @param {Tell} tell
 */
function checkListed(members, tell) {
  const content = members.get('manifest.json');
  const manifest = content && parsed(Buffer.from(content).toString());
  if (manifest?.format !== format || !Array.isArray(manifest.members)) {
    tell('manifest.json', content === undefined ? 'thiếu mục lục của gói' : 'không phải mục lục của gói, hoặc bị sửa');
    return '';
  }
  const listed = new Map(manifest.members.map((/** @type {{ name: string }} */ one) => [one.name, one]));
  for (const [name, said] of listed) {
    const found = members.get(name);
    if (found === undefined) tell(name, 'có trong mục lục mà không có trong gói');
    else if (found.length !== said.bytes || sha256(found) !== said.sha256)
      tell(name, 'nội dung không khớp mục lục của gói');
  }
  for (const name of members.keys()) {
    if (!listed.has(name) && name !== 'manifest.json' && name !== 'DOC-TRUOC.txt')
      tell(name, 'không có trong mục lục của gói');
  }
  return `${members.size} thành phần đúng độ dài và mã băm trong mục lục, không thừa, không thiếu.`;
}

/**
 * @param {Model} model
 * @param {Tell} tell
 */
function checkRemade(model, tell) {
  const { members } = model;
  const manifest = manifestOf(model);
  const made = new Map([
    ...tablesOf(model),
    ['manifest.json', canonical(manifest)],
    ['DOC-TRUOC.txt', frontPage(manifest)],
  ]);
  for (const [name, text] of made) {
    const found = members.get(name);
    if (found === undefined) tell(name, 'thiếu');
    else if (!Buffer.from(text).equals(found))
      tell(name, `khác với bảng lập lại từ lịch sử, từ dòng ${firstDifference(text, found)}`);
  }
  return 'Các bảng, số liệu tổng hợp và mục lục được lập lại từ lịch sử, giống từng byte.';
}

/**
 * @param {string} text
 * @param {Uint8Array} found
 */
function firstDifference(text, found) {
  const lines = Buffer.from(found).toString().split('\n');
  return text.split('\n').findIndex((line, index) => line !== lines[index]) + 1;
}

// The verdict -----------------------------------------------------------------------------------------------------------

/**
 * What holds of a pack and what does not, in the order in which it was looked at: the first problem is the first broken
 * thing. Of a broken zip nothing inside is looked at.
 * @param {Uint8Array} bytes
 * @param {{ root?: string | undefined, anchor?: string | undefined }} [printed]
 */
export function verifyPack(bytes, printed = {}) {
  /** @type {Problem[]} */
  const problems = [];
  /** @type {string[]} */
  const holds = [];
  /** @type {Members} */
  let members = new Map();
  const tell = (/** @type {string} */ at, /** @type {string} */ what) => void problems.push({ at, what });
  const check = (/** @type {string} */ name, /** @type {() => string} */ look) => {
    const before = problems.length;
    try {
      const said = look();
      if (problems.length === before) holds.push(said);
    } catch (error) {
      if (error instanceof Broken) tell(error.at, error.what);
      else tell(name, `không đọc được (${error instanceof Error ? error.message : String(error)})`);
    }
  };
  check('tệp nén', () => {
    const zip = readZip(bytes);
    members = zip.members;
    return zip.isOwn
      ? 'Tệp nén nguyên vẹn từng byte như khi lập.'
      : 'Tệp nén do công cụ khác nén lại: vỏ không phải của gói, chỉ kiểm nội dung bên trong.';
  });
  if (problems.length > 0) return { problems, holds, root: '', verifier: '' };
  checkInside(members, printed, check, tell);
  const root = sha256(members.get('manifest.json') ?? '');
  return { problems, holds, root, verifier: sha256(members.get('verify.mjs') ?? '') };
}

/**
 * @param {Members} members
 * @param {{ root?: string | undefined, anchor?: string | undefined }} printed
 * @param {(name: string, look: () => string) => void} check
 * @param {Tell} tell
 */
function checkInside(members, { root, anchor }, check, tell) {
  if (root !== undefined) {
    check('mã gói', () => {
      if (sha256(members.get('manifest.json') ?? '') !== root) tell('manifest.json', 'không phải gói có mã đã cho');
      return 'Mã gói đúng là mã đã cho.';
    });
  }
  check('manifest.json', () => checkListed(members, tell));
  /** @type {Map<string, Entry[]>} */
  let histories = new Map();
  check('histories/', () => {
    histories = readHistories(members, tell);
    return checkChains(histories, tell);
  });
  check('anchors/', () => checkAnchors(members, histories, tell));
  if (anchor !== undefined) {
    check('mã neo', () => {
      if (!(histories.get('anchors') ?? []).some((entry) => parsed(entry.data)?.anchor === anchor))
        tell('anchors', 'không có mã neo đã cho');
      return 'Mã neo đã cho có trong gói.';
    });
  }
  /** @type {Model | undefined} */
  let model;
  check('histories/', () => {
    const given = modelOf(members, histories);
    if (given.batch.length === 0) tell('histories/batch.jsonl', 'thiếu lịch sử của đợt');
    model = given;
    return `Đợt ${given.opened.code}, lần chốt ${given.newest?.version ?? 0}, theo mã neo thứ ${(histories.get('anchors') ?? []).length}.`;
  });
  const given = model;
  if (given === undefined) return;
  const checks = [
    checkStored,
    checkLists,
    checkSums,
    checkDecisions,
    checkOrders,
    checkSlips,
    checkResults,
    checkEstimates,
    checkZeroSum,
    checkRemade,
  ];
  for (const one of checks) check('nội dung', () => one(given, tell));
}

const mostShown = 20;

/**
 * The command: its words go to `write`. 0 when everything holds, 1 when something does not, 2 for a wrong command line.
 * @param {readonly string[]} args
 * @param {(line: string) => void} write
 */
export function runVerifier(args, write) {
  /** @type {{ root?: string, anchor?: string }} */
  const printed = {};
  const files = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg !== '--root' && arg !== '--anchor') {
      files.push(arg);
      continue;
    }
    index += 1;
    const value = args[index] ?? '';
    if (!isHash.test(value)) return refuse(write, `${arg} cần 64 chữ số và chữ a–f.`);
    printed[arg === '--root' ? 'root' : 'anchor'] = value;
  }
  const [file] = files;
  if (file === undefined || files.length > 1 || file.startsWith('-'))
    return refuse(write, 'Cách dùng: node verify.mjs GÓI.zip [--root MÃ-GÓI] [--anchor MÃ-NEO]');
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch {
    return refuse(write, `Không đọc được ${file}.`);
  }
  const { problems, holds, root, verifier } = verifyPack(bytes, printed);
  for (const said of holds) write(`ĐÚNG  ${said}`);
  for (const { at, what } of problems.slice(0, mostShown)) write(`HỎNG  ${at}: ${what}`);
  if (problems.length > mostShown) write(`… và ${problems.length - mostShown} điểm khác.`);
  if (root !== '') write(`Mã gói: ${root}`);
  if (verifier !== '') write(`Bộ kiểm tra trong gói (SHA-256): ${verifier}`);
  write(
    problems.length === 0 ? 'Mọi thứ khớp.' : `HỎNG: ${problems.length} điểm. Điểm hỏng đầu tiên: ${problems[0]?.at}.`,
  );
  return problems.length === 0 ? 0 : 1;
}

/**
 * @param {(line: string) => void} write
 * @param {string} why
 */
function refuse(write, why) {
  write(why);
  return 2;
}

const [, started] = process.argv;
if (started !== undefined && import.meta.url === pathToFileURL(realpathOf(started)).href) {
  process.exitCode = runVerifier(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`));
}

/** @param {string} path */
function realpathOf(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
