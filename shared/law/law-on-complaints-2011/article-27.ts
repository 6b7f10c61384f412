import { cite, type Dated, type LegalText } from '../dated.ts';

/** Days of this law are calendar days; where it means working days it says so (article 31). */
export const lawOnComplaints: LegalText = {
  vi: 'Luật Khiếu nại 02/2011/QH13',
  en: 'Law on Complaints 02/2011/QH13',
  inForce: '2012-07-01',
};

/** From the day of receipt, to accept a complaint (thụ lý) or to say why not. */
export const complaintAcceptedWithinDays: readonly Dated<number>[] = [
  { from: '2012-07-01', value: 10, by: cite(lawOnComplaints, '27'), sure: 'C-2' },
];
