import type { LegalText } from '../dated.ts';

/** Cadres who are not re-elected or reappointed; its money is that of Decree 178, article 7b. */
export const decree177: LegalText = {
  vi: 'Nghị định 177/2024/NĐ-CP',
  en: 'Decree 177/2024/NĐ-CP',
  inForce: '2025-01-01',
};
