import { citeWhole, type Dated, type LegalText } from '../dated.ts';

export const law2014: LegalText = {
  vi: 'Luật Bảo hiểm xã hội 2014',
  en: 'Social Insurance Law 2014',
  inForce: '2016-01-01',
};
export const law2024: LegalText = {
  vi: 'Luật Bảo hiểm xã hội 2024',
  en: 'Social Insurance Law 2024',
  inForce: '2025-07-01',
};

/** Months of compulsory insurance, all of them, that a pension needs. By leave date. */
export const pensionMonths: readonly Dated<number>[] = [
  { from: '2016-01-01', value: 240, by: citeWhole(law2014), sure: 'C-2' },
  { from: '2025-07-01', value: 180, by: citeWhole(law2024), sure: 'C-2' },
];

/** What some women of the communes needed before; whether it holds is question X17. */
export const pensionMonthsCommuneWomen: readonly Dated<number>[] = [
  { from: '2016-01-01', value: 180, by: citeWhole(law2014), sure: 'M', open: 'X17' },
];
