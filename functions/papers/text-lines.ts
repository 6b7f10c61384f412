/** Text broken into lines by the widths of a font, words of two looks mixed: what a page holds is known before it is drawn. */

export type Look = 'normal' | 'bold' | 'italics';

/** Some words in one look; a text is several, with a blank between. */
export interface Run {
  readonly text: string;
  readonly look: Look;
}

export interface Line {
  readonly runs: readonly (Run & { readonly x: number })[];
  /** In the unit of the widths. */
  readonly width: number;
}

/** How wide a word is in a look, at size 1. */
export type Measure = (text: string, look: Look) => number;

/** Takes the width of the lines at size 1. A word that is wider than a line is broken. */
export function linesOf(runs: readonly Run[], width: number, measure: Measure): readonly Line[] {
  const lines: Line[] = [];
  let words: { text: string; look: Look; x: number }[] = [];
  let end = 0;
  const close = () => {
    if (words.length > 0) lines.push({ runs: joined(words), width: end });
    words = [];
    end = 0;
  };
  for (const { text, look } of runs) {
    const blank = measure(' ', look);
    for (const word of text
      .normalize('NFC')
      .split(' ')
      .filter(Boolean)
      .flatMap((one) => pieces(one, look, width, measure))) {
      const wide = measure(word, look);
      if (words.length > 0 && end + blank + wide > width) close();
      const x = words.length === 0 ? 0 : end + blank;
      words.push({ text: word, look, x });
      end = x + wide;
    }
  }
  close();
  return lines;
}

/** Words of one look that stand beside one another are drawn at once. */
function joined(words: readonly (Run & { readonly x: number })[]): Line['runs'] {
  const runs: (Run & { readonly x: number })[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.look === word.look) runs[runs.length - 1] = { ...last, text: `${last.text} ${word.text}` };
    else runs.push(word);
  }
  return runs;
}

function pieces(word: string, look: Look, width: number, measure: Measure): readonly string[] {
  if (measure(word, look) <= width) return [word];
  const found: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && measure(piece + character, look) > width) {
      found.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...found, piece];
}
