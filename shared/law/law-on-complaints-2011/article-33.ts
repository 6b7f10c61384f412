import { cite, type Dated } from '../dated.ts';
import { lawOnComplaints } from './law.ts';

/** Days to complain a second time, from the end of the limit without an answer or from receiving the first one. */
export interface SecondComplaintDays {
  readonly ordinary: number;
  readonly remote: number;
}

export const daysToComplainAgain: readonly Dated<SecondComplaintDays>[] = [
  { from: '2012-07-01', value: { ordinary: 30, remote: 45 }, by: cite(lawOnComplaints, '33(1)'), sure: 'M' },
];
