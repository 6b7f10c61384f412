/**
 * Values of a PDF as they stand in the file (ISO 32000-1, 7.2 and 7.3): numbers, names, strings, arrays, dictionaries and
 * references. Whatever is malformed throws `NoPdf`; nothing is repaired, for two readers must not see two documents.
 */

/** The bytes are not what was looked for. Readers of content catch it; it never leaves `signed-pdf.ts`. */
export class NoPdf extends Error {}

export type PdfValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly value: string }
  /** `from` is the byte of its `<` or `(`, `to` the one after its end. */
  | { readonly kind: 'string'; readonly from: number; readonly to: number; readonly isHex: boolean }
  | { readonly kind: 'reference'; readonly object: number }
  | { readonly kind: 'array'; readonly values: readonly PdfValue[] }
  | { readonly kind: 'dictionary'; readonly entries: PdfDictionary }
  | { readonly kind: 'word'; readonly value: string };

export type PdfDictionary = ReadonlyMap<string, PdfValue>;

const mostDepth = 50;
const mostValues = 100_000;
const mostNameBytes = 127;

/** Reads values one after the other, from `at` on. */
export class PdfScanner {
  private readonly bytes: Uint8Array;
  private values = 0;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The value that begins after white space and comments; an unknown word, such as `endobj`, is itself. */
  value(depth = 0): PdfValue {
    this.values += 1;
    if (depth > mostDepth || this.values > mostValues) throw new NoPdf('too deep or too long');
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === 0x2f) return { kind: 'name', value: this.name() };
    if (byte === 0x28) return this.literalString();
    if (byte === 0x5b) return this.array(depth);
    if (byte === 0x3c) return this.bytes[this.at + 1] === 0x3c ? this.dictionary(depth) : this.hexString();
    return this.numberOrWord();
  }

  /** A whole number and nothing else. */
  integer(): number {
    const value = this.value();
    if (value.kind !== 'number' || !Number.isSafeInteger(value.value)) throw new NoPdf('no whole number');
    return value.value;
  }

  /** The next value must be this word. */
  expect(word: string): void {
    const value = this.value();
    if (value.kind !== 'word' || value.value !== word) throw new NoPdf(`no ${word}`);
  }

  /** `12 0 obj` and its value. */
  object(): { readonly object: number; readonly value: PdfValue } {
    const object = this.integer();
    this.integer();
    this.expect('obj');
    return { object, value: this.value() };
  }

  skipSpace(): void {
    for (; this.at < this.bytes.length; this.at += 1) {
      const byte = this.bytes[this.at];
      if (byte === 0x25) while (this.at < this.bytes.length && !isLineEnd(this.bytes[this.at])) this.at += 1;
      else if (!isSpace(byte)) return;
    }
  }

  private name(): string {
    this.at += 1;
    let name = '';
    for (; isRegular(this.bytes[this.at]); this.at += 1) {
      let byte = this.bytes[this.at] ?? 0;
      if (byte === 0x23) {
        byte = (hexValue(this.bytes[this.at + 1]) << 4) | hexValue(this.bytes[this.at + 2]);
        this.at += 2;
      }
      name += String.fromCharCode(byte);
      if (name.length > mostNameBytes) throw new NoPdf('a name too long');
    }
    return name;
  }

  private literalString(): PdfValue {
    const from = this.at;
    let open = 0;
    for (; this.at < this.bytes.length; this.at += 1) {
      const byte = this.bytes[this.at];
      if (byte === 0x5c) this.at += 1;
      else if (byte === 0x28) open += 1;
      else if (byte === 0x29) open -= 1;
      if (open > 0) continue;
      this.at += 1;
      return { kind: 'string', from, to: this.at, isHex: false };
    }
    throw new NoPdf('a string without end');
  }

  private hexString(): PdfValue {
    const from = this.at;
    for (this.at += 1; this.bytes[this.at] !== 0x3e; this.at += 1) {
      if (!isSpace(this.bytes[this.at])) hexValue(this.bytes[this.at]);
    }
    this.at += 1;
    return { kind: 'string', from, to: this.at, isHex: true };
  }

  private array(depth: number): PdfValue {
    this.at += 1;
    const values: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x5d) break;
      this.push(values, this.value(depth + 1));
    }
    this.at += 1;
    return { kind: 'array', values };
  }

  private dictionary(depth: number): PdfValue {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    const values: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) break;
      this.push(values, this.value(depth + 1));
    }
    this.at += 2;
    for (let index = 0; index < values.length; index += 2) {
      const [key, value] = [values[index], values[index + 1]];
      if (key?.kind !== 'name' || value === undefined) throw new NoPdf('no key or no value');
      // Which of two entries counts differs from reader to reader.
      if (entries.has(key.value)) throw new NoPdf('a key twice');
      entries.set(key.value, value);
    }
    return { kind: 'dictionary', entries };
  }

  /** `12 0 R` is three words that become one reference. */
  private push(values: PdfValue[], value: PdfValue): void {
    if (value.kind !== 'word' || ['true', 'false', 'null'].includes(value.value)) {
      values.push(value);
      return;
    }
    const [generation, object] = [values.pop(), values.pop()];
    if (value.value !== 'R' || object?.kind !== 'number' || generation?.kind !== 'number')
      throw new NoPdf('a loose word');
    values.push({ kind: 'reference', object: object.value });
  }

  private numberOrWord(): PdfValue {
    const from = this.at;
    while (isRegular(this.bytes[this.at]) && this.at - from < mostNameBytes) this.at += 1;
    if (this.at === from) throw new NoPdf('nothing to read');
    const word = String.fromCharCode(...this.bytes.subarray(from, this.at));
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)
      ? { kind: 'number', value: Number(word) }
      : { kind: 'word', value: word };
  }
}

/** The entries of a dictionary, or a fault. */
export function dictionaryOf(value: PdfValue | undefined): PdfDictionary {
  if (value?.kind !== 'dictionary') throw new NoPdf('no dictionary');
  return value.entries;
}

/** The whole number under a key, if it stands there itself; a reference is a fault. */
export function integerAt(entries: PdfDictionary, key: string): number | undefined {
  const value = entries.get(key);
  if (value === undefined) return undefined;
  if (value.kind !== 'number' || !Number.isSafeInteger(value.value)) throw new NoPdf(`${key} is no whole number`);
  return value.value;
}

function hexValue(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  // The same letter in lower case.
  const letter = byte | 0x20;
  if (letter < 0x61 || letter > 0x66) throw new NoPdf('no hexadecimal digit');
  return letter - 0x57;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00;
}

function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && !isSpace(byte) && !delimiters.has(byte);
}

const delimiters: ReadonlySet<number> = new Set(Buffer.from('()<>[]{}/%'));
