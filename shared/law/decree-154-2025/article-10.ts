import { cite } from '../dated.ts';
import type { PartTimerCitations } from './article-09.ts';
import { decree154 } from './decree.ts';

/** Village and residential-group workers: the tiers, rates and lump sum of article 9, by this article. */
export const by10: PartTimerCitations = {
  a: cite(decree154, '10(1)(a)'),
  b: cite(decree154, '10(1)(b)'),
  c: cite(decree154, '10(1)(c)'),
  shared: cite(decree154, '10(1)'),
  lumpSum: cite(decree154, '10(2)'),
};
