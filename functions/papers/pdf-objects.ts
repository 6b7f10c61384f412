/** Where the objects of a PDF begin, by its own cross-reference tables and streams (ISO 32000-1, 7.5.4 to 7.5.8). */
import { inflateSync } from 'node:zlib';
import { dictionaryOf, integerAt, NoPdf, type PdfDictionary, PdfScanner, type PdfValue } from './pdf-syntax.ts';

const mostSections = 200;
/** Of all sections together, so that a small file cannot ask for much work. */
const mostEntries = 500_000;
/** How far from the end `startxref` may stand. */
const tailBytes = 2048;

/**
 * Takes a file, gives the bytes at which the objects begin that are in use now, in order. An object that a later update
 * replaced or freed is left out, and so is one inside of an object stream. Throws `NoPdf` when the tables cannot be read.
 */
export function objectOffsets(bytes: Buffer): readonly number[] {
  const found = new Map<number, number | undefined>();
  const seen = new Set<number>();
  const waiting = [startOf(bytes)];
  let left = mostEntries;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (seen.size > mostSections || at < 0 || at >= bytes.length) throw new NoPdf('a chain of tables without end');
    const { trailer, entries } = sectionAt(bytes, at, left);
    left -= entries.size;
    // The newest section is read first, and what it says of an object counts.
    for (const [object, offset] of entries) if (!found.has(object)) found.set(object, offset);
    const [before, beside] = [integerAt(trailer, 'Prev'), integerAt(trailer, 'XRefStm')];
    if (before !== undefined) waiting.push(before);
    if (beside !== undefined) waiting.push(beside);
  }
  return [...new Set([...found.values()].filter((offset) => offset !== undefined))].toSorted((a, b) => a - b);
}

interface Section {
  readonly trailer: PdfDictionary;
  /** The object's offset; none when it is free or inside of an object stream. */
  readonly entries: ReadonlyMap<number, number | undefined>;
}

function startOf(bytes: Buffer): number {
  const at = bytes.lastIndexOf('startxref');
  if (at < 0 || at < bytes.length - tailBytes) throw new NoPdf('no startxref');
  return new PdfScanner(bytes, at + 'startxref'.length).integer();
}

function sectionAt(bytes: Buffer, at: number, most: number): Section {
  const scanner = new PdfScanner(bytes, at);
  const first = scanner.value();
  if (first.kind === 'word' && first.value === 'xref') return tableAt(bytes, scanner.at, most);
  return streamAt(bytes, at, most);
}

function tableAt(bytes: Buffer, from: number, most: number): Section {
  const entries = new Map<number, number | undefined>();
  let at = from;
  for (;;) {
    // A scanner counts what it reads; a long table is read with a new one for each part and each entry.
    const head = new PdfScanner(bytes, at);
    const first = head.value();
    if (first.kind === 'word' && first.value === 'trailer') return { trailer: dictionaryOf(head.value()), entries };
    if (first.kind !== 'number') throw new NoPdf('no table');
    const count = head.integer();
    at = head.at;
    for (let index = 0; index < count; index += 1) {
      const line = new PdfScanner(bytes, at);
      const offset = line.integer();
      line.integer();
      const use = line.value();
      if (use.kind !== 'word' || (use.value !== 'n' && use.value !== 'f')) throw new NoPdf('no entry');
      entries.set(first.value + index, use.value === 'n' ? offset : undefined);
      if (entries.size > most) throw new NoPdf('too many objects');
      at = line.at;
    }
  }
}

function streamAt(bytes: Buffer, at: number, most: number): Section {
  const scanner = new PdfScanner(bytes, at);
  const trailer = dictionaryOf(scanner.object().value);
  const type = trailer.get('Type');
  if (type?.kind !== 'name' || type.value !== 'XRef') throw new NoPdf('no cross-reference stream');
  scanner.expect('stream');
  const from = scanner.at + (bytes[scanner.at] === 0x0d ? 2 : 1);
  const length = integerAt(trailer, 'Length') ?? 0;
  if (length < 0 || from + length > bytes.length) throw new NoPdf('a stream past the end');
  const objects = objectsOf(trailer, most);
  const widths = integersOf(trailer.get('W'));
  const [typeWidth = 0, offsetWidth = 0, lastWidth = 0] = widths;
  const rowBytes = typeWidth + offsetWidth + lastWidth;
  if (widths.length !== 3 || rowBytes === 0 || widths.some((width) => width < 0 || width > 8)) {
    throw new NoPdf('no widths');
  }
  const rows = unpacked(bytes.subarray(from, from + length), trailer, objects.length * (rowBytes + 1));
  if (rows.length < objects.length * rowBytes) throw new NoPdf('fewer rows than said');
  const entries = new Map<number, number | undefined>();
  for (const [index, object] of objects.entries()) {
    const row = index * rowBytes;
    // Without a width for it every row is an object in use (table 17).
    const kind = typeWidth === 0 ? 1 : wholeAt(rows, row, typeWidth);
    const offset = wholeAt(rows, row + typeWidth, offsetWidth);
    entries.set(object, kind === 1 ? offset : undefined);
  }
  return { trailer, entries };
}

/** A whole number of so many bytes, the largest first; past the end of any file it need not be exact. */
function wholeAt(rows: Buffer, at: number, width: number): number {
  return rows.subarray(at, at + width).reduce((value, byte) => value * 256 + byte, 0);
}

/** The numbers of the objects that the rows are about, in their order. */
function objectsOf(trailer: PdfDictionary, most: number): readonly number[] {
  const index = trailer.has('Index') ? integersOf(trailer.get('Index')) : [0, integerAt(trailer, 'Size') ?? 0];
  const objects: number[] = [];
  for (let part = 0; part + 1 < index.length; part += 2) {
    const [first = 0, count = 0] = [index[part], index[part + 1]];
    if (count < 0 || count > most - objects.length) throw new NoPdf('too many objects');
    for (let of = 0; of < count; of += 1) objects.push(first + of);
  }
  return objects;
}

function integersOf(value: PdfValue | undefined): readonly number[] {
  if (value?.kind !== 'array') throw new NoPdf('no list');
  return value.values.map((one) => {
    if (one.kind !== 'number' || !Number.isSafeInteger(one.value)) throw new NoPdf('no whole number');
    return one.value;
  });
}

function unpacked(packed: Buffer, trailer: PdfDictionary, mostBytes: number): Buffer {
  const filter = only(trailer.get('Filter'));
  if (filter === undefined) return packed;
  if (filter.kind !== 'name' || filter.value !== 'FlateDecode') throw new NoPdf('an unknown filter');
  const plain = inflated(packed, mostBytes);
  const parameters = only(trailer.get('DecodeParms'));
  if (parameters?.kind !== 'dictionary') return plain;
  const predictor = integerAt(parameters.entries, 'Predictor') ?? 1;
  if (predictor === 1) return plain;
  if (predictor < 10) throw new NoPdf('an unknown predictor');
  return withoutPrediction(plain, integerAt(parameters.entries, 'Columns') ?? 1);
}

function inflated(packed: Buffer, mostBytes: number): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(mostBytes, 1) });
  } catch {
    throw new NoPdf('no packed rows, or more than said');
  }
}

function only(value: PdfValue | undefined): PdfValue | undefined {
  if (value?.kind !== 'array') return value;
  if (value.values.length > 1) throw new NoPdf('several filters');
  return value.values[0];
}

/** Rows predicted as in PNG: as they are, from the left, or from above, which is what writers of PDF use. */
function withoutPrediction(rows: Buffer, columns: number): Buffer {
  if (columns < 1 || columns > 64 || rows.length % (columns + 1) !== 0) throw new NoPdf('no rows');
  const plain = Buffer.alloc((rows.length / (columns + 1)) * columns);
  for (let row = 0; row * columns < plain.length; row += 1) {
    const kind = rows[row * (columns + 1)] ?? 0;
    if (kind > 2) throw new NoPdf('an unknown prediction');
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const left = column === 0 ? 0 : (plain[at - 1] ?? 0);
      const above = row === 0 ? 0 : (plain[at - columns] ?? 0);
      plain[at] = (rows[row * (columns + 1) + 1 + column] ?? 0) + (kind === 0 ? 0 : kind === 1 ? left : above);
    }
  }
  return plain;
}
