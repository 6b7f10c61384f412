/**
 * JSON of other systems, read so that no two programs can read it differently: each key once (RFC 8259 leaves open which of two
 * counts, and one of them may be an amount), text that is Unicode, and nested no deeper than anything of ours is.
 */
import type { Sentence } from '../../shared/vietnamese.ts';

/** Deeper than this no answer could be written back: `JSON.stringify` runs out of stack where `JSON.parse` does not. */
export const deepest = 32;

export type Read = { readonly json: unknown } | { readonly fault: Sentence };

/** Takes UTF-8. */
export function readJson(body: Uint8Array): Read {
  const text = textOf(body);
  return text === undefined ? { fault: unreadable } : readJsonText(text);
}

/** Nothing where it is no UTF-8. */
export function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

export function readJsonText(text: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: unreadable };
  }
  const fault = faultIn(text);
  return fault === undefined ? { json } : { fault };
}

/** Of a text that was found to be JSON: strings, and the brackets between them, are all there is to look at. */
function faultIn(text: string): Sentence | undefined {
  /** The keys so far of each object that is open; of an array nothing. */
  const open: (Set<string> | undefined)[] = [];
  const next = /["[\]{}]/g;
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const [one] = found;
    if (one === '{' || one === '[') {
      open.push(one === '{' ? new Set() : undefined);
      if (open.length > deepest) return tooDeep;
    } else if (one === '}' || one === ']') open.pop();
    else {
      const end = endOfString(text, found.index);
      const string = stringOf(text.slice(found.index, end));
      if (!string.isWellFormed()) return noUnicode;
      next.lastIndex = end;
      const keys = open.at(-1);
      if (keys === undefined || !isKey(text, end)) continue;
      if (keys.has(string)) return twice(string);
      keys.add(string);
    }
  }
  return undefined;
}

/** Behind the quotation mark that ends the string beginning here. No regular expression: of megabytes it runs out of stack. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text[before - 1] === '\\') before -= 1;
    if ((end - before) % 2 === 0) return end + 1;
  }
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (' \t\r\n'.includes(text[at] ?? '.')) at += 1;
  return text[at] === ':';
}

function stringOf(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

export const unreadable: Sentence = {
  vi: 'Nội dung gửi không đọc được như JSON mã UTF-8. Chưa có gì được ghi nhận; hãy kiểm tra lại chỗ mở, đóng ngoặc và dấu nháy.',
  en: 'The body cannot be read as JSON in UTF-8. Nothing was recorded; look at brackets and quotes.',
};
const tooDeep: Sentence = {
  vi: `Nội dung gửi lồng nhau quá ${deepest} tầng. Chưa có gì được ghi nhận; hãy kiểm tra lại chỗ mở, đóng ngoặc.`,
  en: `The body is nested over ${deepest} deep. Nothing was recorded; look at the brackets.`,
};
const noUnicode: Sentence = {
  vi: String.raw`Có chuỗi chứa nửa ký tự (\ud800 đến \udfff đứng một mình). Chưa có gì được ghi nhận; hãy cắt chuỗi theo ký tự, không theo đơn vị mã.`,
  en: String.raw`A string has half a character (\ud800 to \udfff alone). Nothing was recorded; cut texts by characters, not by code units.`,
};

function twice(key: string): Sentence {
  const shown = key.length > 60 ? `${key.slice(0, 60)}…` : key;
  return {
    vi: `Khóa "${shown}" có hai lần trong cùng một đối tượng nên không biết lấy giá trị nào. Chưa có gì được ghi nhận; hãy gửi mỗi khóa một lần.`,
    en: `The key "${shown}" stands twice in one object, so that nobody knows which counts. Nothing was recorded; send each key once.`,
  };
}
