import type { LegalText } from '../dated.ts';

/** Amends Decree 178/2024; its numbers stand in the articles it amends. */
export const decree67: LegalText = {
  vi: 'Nghị định 67/2025/NĐ-CP',
  en: 'Decree 67/2025/NĐ-CP',
  inForce: '2025-03-15',
};
