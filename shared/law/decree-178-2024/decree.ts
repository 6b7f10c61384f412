import type { LegalText } from '../dated.ts';

/** Policies for staff in carrying out the reorganisation of the political system. */
export const decree178: LegalText = {
  vi: 'Nghị định 178/2024/NĐ-CP',
  en: 'Decree 178/2024/NĐ-CP',
  inForce: '2025-01-01',
};
