/**
 * Vietnamese typed before Unicode: the letters of another alphabet that look right in one font only. Which font it is
 * tells the encoding; the text alone does not, so nothing is guessed from it.
 */
import iconv from 'iconv-lite';

/** Text of a cell or a run, by the name of its font: `.VnTime` is TCVN3 (ABC), `VNI-Times` is VNI. */
export function readableText(text: string, font: string | undefined): string {
  if (font === undefined || text === '') return text;
  if (/^\.vn/i.test(font)) return fromTcvn3(text, font);
  return /^vni[- ]/i.test(font) ? fromVni(text) : text;
}

/** Whether text in this font needs to be decoded. */
export function isLegacyFont(font: string | undefined): boolean {
  return font !== undefined && /^(\.vn|vni[- ])/i.test(font);
}

/** TCVN 5712 has few capitals with marks: those come from fonts whose name ends in H, which draw every letter large. */
function fromTcvn3(text: string, font: string): string {
  const decoded = iconv.decode(iconv.encode(text, 'win1252'), 'tcvn').normalize('NFC');
  return /h$/i.test(font) ? decoded.toLocaleUpperCase('vi') : decoded;
}

/** VNI writes the letter, then its mark as a letter of Western Europe; letters with a hook or a horn are letters too. */
const vniMarks: Readonly<Record<string, string>> = {
  // Tones on a plain letter.
  ù: '\u0301',
  ø: '\u0300',
  û: '\u0309',
  õ: '\u0303',
  ï: '\u0323',
  // The roof, and the roof with a tone.
  â: '\u0302',
  á: '\u0302\u0301',
  à: '\u0302\u0300',
  å: '\u0302\u0309',
  ã: '\u0302\u0303',
  ä: '\u0302\u0323',
  // The bow, and the bow with a tone.
  ê: '\u0306',
  é: '\u0306\u0301',
  è: '\u0306\u0300',
  ú: '\u0306\u0309',
  ü: '\u0306\u0303',
  ë: '\u0306\u0323',
};

/** Single letters of their own. */
const vniLetters: Readonly<Record<string, string>> = {
  í: 'í',
  ì: 'ì',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  ô: 'ơ',
  ö: 'ư',
  î: 'ỵ',
  ñ: 'đ',
};

function fromVni(text: string): string {
  return text.replaceAll(
    /([aeouyôö])([ùøûõïâáàåãäêéèúüë])|[íìæóòôöîñ]/giu,
    (found: string, letter?: string, mark = '') => {
      if (letter === undefined) return vniLetter(found);
      return `${vniLetter(letter)}${vniMarks[mark.toLocaleLowerCase('vi')] ?? ''}`.normalize('NFC');
    },
  );
}

/** The letter, as large as it was typed. */
function vniLetter(letter: string): string {
  const small = letter.toLocaleLowerCase('vi');
  const decoded = vniLetters[small] ?? small;
  return letter === small ? decoded : decoded.toLocaleUpperCase('vi');
}
