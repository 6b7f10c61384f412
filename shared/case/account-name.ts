/** Whether the holder of an account is the person: banks write names in capitals, without marks, and sometimes short. */
import { fold } from '../vietnamese.ts';

export const nameLikenesses = ['same', 'word-order', 'shortened', 'spelling', 'other'] as const;
/** `other` is somebody else's name; the three before it are the same name, written otherwise. */
export type NameLikeness = (typeof nameLikenesses)[number];

/** Banks cut long names; a shorter beginning than this could be anybody's. */
const fewestKept = 12;

/** Takes both names as they were written; never throws. */
export function nameLikeness(holder: string, fullName: string): NameLikeness {
  const [one, other] = [wordsOf(holder), wordsOf(fullName)];
  if (one.length === 0 || other.length === 0) return 'other';
  if (one.join('') === other.join('')) return 'same';
  if (inOrder(one) === inOrder(other)) return 'word-order';
  if (isShortened(one, other)) return 'shortened';
  return inOrder(one.map(spelledAlike)) === inOrder(other.map(spelledAlike)) ? 'spelling' : 'other';
}

function wordsOf(name: string): readonly string[] {
  return fold(name)
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

function inOrder(words: readonly string[]): string {
  return words.toSorted().join(' ');
}

/** `NGUYEN T H VAN`, or the beginning of a long name. The family name and the given name stand whole. */
function isShortened(one: readonly string[], other: readonly string[]): boolean {
  const [first = '', last = ''] = [one[0], one.at(-1)];
  const isInitials =
    one.length === other.length &&
    one.length > 2 &&
    first === other[0] &&
    last === other.at(-1) &&
    one.every((word, at) => word === other[at] || (word.length === 1 && other[at]?.startsWith(word) === true));
  const kept = one.join('');
  return isInitials || (kept.length >= fewestKept && other.join('').startsWith(kept));
}

/** Letters that one office writes for another: i for y, f for ph, j for gi, and a doubled letter once. */
function spelledAlike(word: string): string {
  return word.replaceAll('y', 'i').replaceAll('ph', 'f').replaceAll('gi', 'j').replaceAll(/(.)\1/g, '$1');
}
