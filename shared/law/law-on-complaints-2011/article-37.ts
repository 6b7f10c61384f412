import { cite, type Dated } from '../dated.ts';
import type { AnswerDays } from './article-28.ts';
import { lawOnComplaints } from './law.ts';

/** Within how many days of acceptance a second complaint is answered. */
export const daysToAnswerAgain: readonly Dated<AnswerDays>[] = [
  {
    from: '2012-07-01',
    value: { ordinary: 45, complex: 60, remote: 60, remoteComplex: 70 },
    by: cite(lawOnComplaints, '37'),
    sure: 'M',
  },
];
