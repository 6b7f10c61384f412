import { cite, type Dated } from '../dated.ts';
import { lawOnComplaints } from './law.ts';

/** Days from acceptance; the second pair holds in remote areas that are hard to reach. */
export interface AnswerDays {
  readonly ordinary: number;
  readonly complex: number;
  readonly remote: number;
  readonly remoteComplex: number;
}

/** Within how many days a first complaint is answered. */
export const daysToAnswer: readonly Dated<AnswerDays>[] = [
  {
    from: '2012-07-01',
    value: { ordinary: 30, complex: 45, remote: 45, remoteComplex: 60 },
    by: cite(lawOnComplaints, '28'),
    sure: 'M',
  },
];
