import type { LocalDate } from '../../calendar.ts';
import { citeWhole, type Dated, type LegalText } from '../dated.ts';

/** The Ministry of Home Affairs on ending Decree 178 after Conclusion 183-KL/TW. */
export const letter6383: LegalText = {
  vi: 'Công văn 6383/BNV-TCBC ngày 13/08/2025',
  en: 'Official Letter 6383/BNV-TCBC of 13/08/2025',
  inForce: '2025-08-13',
};

export interface Limits {
  /** Decisions on this day are question X6; later ones are too late. */
  readonly decidedBefore: LocalDate;
  readonly leaveNotAfter: LocalDate;
  /** A decision before this day keeps its benefits for later leave dates. */
  readonly earlyDecisionBefore: LocalDate;
  readonly earlyDecisionLeaveNotAfter: LocalDate;
}

export const limits: readonly Dated<Limits>[] = [
  {
    from: '2025-01-01',
    value: {
      decidedBefore: '2025-08-31',
      leaveNotAfter: '2025-09-01',
      earlyDecisionBefore: '2025-08-01',
      earlyDecisionLeaveNotAfter: '2025-12-31',
    },
    by: citeWhole(letter6383),
    sure: 'C-2',
    open: 'X6',
  },
];
