import type { LegalText } from '../dated.ts';

/** Streamlining of staff (tinh giản biên chế); replaces Decree 29/2023. */
export const decree154: LegalText = {
  vi: 'Nghị định 154/2025/NĐ-CP',
  en: 'Decree 154/2025/NĐ-CP',
  inForce: '2025-06-16',
};
