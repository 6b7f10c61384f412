/** Vietnamese text: one form for each name, folding for searches, order by given name. */

/** A sentence in both languages of the screens. */
export interface Sentence {
  readonly vi: string;
  readonly en: string;
}

export type Language = keyof Sentence;

/** NFC, ordinary spaces, single and trimmed, no invisible marks and none that turn the direction of a text round; the Icelandic Ð and African Ɖ become the Vietnamese Đ. */
export function tidy(text: string): string {
  return isPlain(text) ? text : tidied(text);
}

/** One word without marks, as most cells hold: numbers, days, references. */
function isPlain(text: string): boolean {
  return /^[!-~]*$/.test(text);
}

function tidied(text: string): string {
  const composed = text.normalize('NFC');
  if (!untidy.test(composed)) return composed;
  return composed
    .replaceAll(/[\u00A0\u2000-\u200B\u202F\u3000\uFEFF\s]+/gu, ' ')
    .replaceAll(/[\p{Cc}\u00AD\u200C-\u200F\u202A-\u202E\u2060\u2066-\u2069]/gu, '')
    .replaceAll(/[\u00D0\u0189]/gu, 'Đ')
    .replaceAll(/[\u00F0\u0256]/gu, 'đ')
    .trim();
}

/** Something that tidying would change; most names hold nothing of it. */
const untidy =
  /[\p{Cc}\u00A0\u00AD\u00D0\u00F0\u0189\u0256\u2000-\u200F\u202A-\u202F\u2060\u2066-\u2069\u3000\uFEFF]|[^\S ]|\s\s|^\s|\s$/u;

/** The first letter made a capital: `đã nhận` → `Đã nhận`. */
export function capitalized(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase('vi')}${text.slice(1)}`;
}

/** For comparing and searching: no diacritics, no case, single spaces. `Hoà` and `Hòa` fold alike. */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase();
  return tidy(text).toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd');
}

const collator = new Intl.Collator('vi');

/** Order of a Vietnamese list: by given name (the last word), then the names before it, from the family name. */
export function compareNames(one: string, other: string): number {
  const [givenOne, restOne] = splitGivenName(one);
  const [givenOther, restOther] = splitGivenName(other);
  return collator.compare(givenOne, givenOther) || collator.compare(restOne, restOther);
}

function splitGivenName(name: string): [given: string, rest: string] {
  const cut = name.lastIndexOf(' ');
  return [name.slice(cut + 1), name.slice(0, Math.max(0, cut))];
}
