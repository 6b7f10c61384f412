import { cite, type Dated } from '../dated.ts';
import { lawOnComplaints } from './law.ts';

/** Days from receiving a complaint within which it is accepted, or refused in writing with the reason. */
export const daysToAccept: readonly Dated<number>[] = [
  { from: '2012-07-01', value: 10, by: cite(lawOnComplaints, '27'), sure: 'M' },
];
