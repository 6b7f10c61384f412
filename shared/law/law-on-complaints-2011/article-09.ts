import { cite, type Dated } from '../dated.ts';
import { lawOnComplaints } from './law.ts';

/**
 * Days to complain, from receiving the decision or learning of it or of the act. Illness, disaster, war, work or studies far
 * away and other objective obstacles do not count in them.
 */
export const daysToComplain: readonly Dated<number>[] = [
  { from: '2012-07-01', value: 90, by: cite(lawOnComplaints, '9'), sure: 'M' },
];
