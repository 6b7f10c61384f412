import { cite, type Dated } from '../dated.ts';
import { lawOnComplaints } from './article-27.ts';

export interface AnswerDays {
  readonly ordinary: number;
  readonly complicated: number;
  /** Where the complaint arises in a remote area that is hard to reach (vùng sâu, vùng xa đi lại khó khăn). */
  readonly remote: number;
  readonly remoteComplicated: number;
}

/** From the day of acceptance, to settle a complaint for the first time (giải quyết khiếu nại lần đầu). */
export const complaintAnsweredWithinDays: readonly Dated<AnswerDays>[] = [
  {
    from: '2012-07-01',
    value: { ordinary: 30, complicated: 45, remote: 45, remoteComplicated: 60 },
    by: cite(lawOnComplaints, '28'),
    sure: 'C-3',
  },
];
