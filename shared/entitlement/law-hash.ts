/** A hash over every number of the law that a computation can read, and over its formulas' edition. */
import { hashOf } from '../hash.ts';
import { type LawFile, lawFiles } from '../law/texts.ts';

/** Raised by hand when a formula changes and no number does, so that the hash tells the computations apart. */
const formulaEdition = 2;

/** Days off and limits move steps, forms the look of papers, and none an amount: no new edition of what people are owed. */
const withoutAmounts: readonly string[] = ['labour-code-2019/article-112', 'decree-11-2020/forms'];
const textsWithoutAmounts: readonly string[] = ['law-on-complaints-2011/'];

export const lawHash: string = hashOf({
  formulaEdition,
  law: Object.fromEntries(
    Object.entries(lawFiles)
      .filter(([name]) => !withoutAmounts.includes(name) && !textsWithoutAmounts.some((text) => name.startsWith(text)))
      .map(([name, file]) => [name, valuesOf(file)]),
  ),
});

/** What a file holds beside functions. */
function valuesOf(file: LawFile): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(file).filter(([, value]) => typeof value !== 'function'));
}
