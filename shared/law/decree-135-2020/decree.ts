import { type Citation, cite, citeWhole, type Dated, type LegalText } from '../dated.ts';

export const decree135: LegalText = {
  vi: 'Nghị định 135/2020/NĐ-CP',
  en: 'Decree 135/2020/NĐ-CP',
  inForce: '2021-01-01',
};

/** A birth known by year alone counts as 1 January of it. */
export const yearOnlyBirth: Citation = cite(decree135, '3(3)');
/** The pension starts in the month after the one in which the age is completed. */
export const pensionStart: Citation = cite(decree135, '3(2)');
export const annex1: Citation = citeWhole(decree135, 'Phụ lục I', 'Annex I');
export const annex2: Citation = citeWhole(decree135, 'Phụ lục II', 'Annex II');

/** An age in months. */
export function age(years: number, months: number): number {
  return years * 12 + months;
}

/** The age that must be completed within a calendar year, in months. Years past the last row keep its age. */
export interface Step {
  readonly year: number;
  readonly male: number;
  readonly female: number;
}

/** One birth month whose age is printed differently in the draft of the decree: question X12. */
export interface Disputed {
  readonly sex: 'female';
  readonly birth: string;
  readonly draftAge: number;
}

/** Months of heavy work, or in an extremely difficult area, that open Annex II: article 5. */
export const annex2Months: readonly Dated<number>[] = [
  { from: '2021-01-01', value: 180, by: cite(decree135, '5'), sure: 'C-3' },
];
