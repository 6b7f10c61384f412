import { cite, type LegalText } from '../dated.ts';

export const lawOnComplaints: LegalText = {
  vi: 'Luật Khiếu nại 02/2011/QH13',
  en: 'Law on Complaints 02/2011/QH13',
  inForce: '2012-07-01',
};

/**
 * Amends the law; what it makes of the limits was not read, so that no row of them is surer than `M`, though restatements of
 * the text before it agree.
 */
export const law136: LegalText = {
  vi: 'Luật 136/2025/QH15',
  en: 'Law 136/2025/QH15',
  inForce: '2026-07-01',
};

/** First to whoever issued the decision, or whose act it was; or to the court, by the law on administrative procedure. */
export const firstComplaint = cite(lawOnComplaints, '7(1)');

/** On paper or by word of mouth; what a written complaint must state. */
export const formOfComplaint = cite(lawOnComplaints, '8');
