/**
 * A home that says of itself that it pays: a move was given up before its export was taken in anywhere, or of a lost home a copy
 * is all that is left. Nothing here can see the other home, so two administrators answer for it, by a document.
 */
import type { Instant } from '../../../shared/calendar.ts';
import { readWhereabouts, recordWhereabouts, whyNot } from '../../../shared/case/whereabouts.ts';
import type { Store } from '../../../shared/case/store.ts';
import { isAdministrator } from './administrators.ts';

export interface PaysHere {
  /** Accounts of two administrators. */
  readonly by: string;
  readonly confirmedBy: string;
  readonly reason: string;
  /** Number and day of what decided it. */
  readonly document: string;
  readonly at: Instant;
}

/** Answers why not; `undefined` when it is written. */
export async function payHere(
  store: Pick<Store, 'read' | 'commit'>,
  { by, confirmedBy, reason, document, at }: PaysHere,
): Promise<string | undefined> {
  if (reason.trim() === '' || document.trim() === '') return 'Hãy ghi lý do và số, ngày của văn bản quyết định.';
  if (by === confirmedBy) return 'Cần hai quản trị khác nhau.';
  for (const account of [by, confirmedBy]) {
    if (!(await isAdministrator(store, account))) return `${account} không phải tài khoản quản trị đang mở.`;
  }
  const where = await readWhereabouts(store);
  if (where === 'here') return 'Tỉnh đang chi ở đây: không có gì để ghi.';
  if (where === 'arriving') return whyNot.arriving.vi;
  const data = { confirmedBy, reason: reason.trim(), document: document.trim(), was: where };
  await recordWhereabouts(store, { kind: 'pays-here', at, by, data });
  return undefined;
}
