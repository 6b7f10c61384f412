/** The complaints that wait for an account, those past their limit on a line of their own; leadership hears their number. */
import { localDateOf } from '../../shared/calendar.ts';
import { type Account, mayReach, type Role } from '../../shared/case/access.ts';
import { allRows, type Row, type Store } from '../../shared/case/store.ts';
import { type ComplaintSummary, complaintSummary, rolesOfBody } from '../../shared/completion/complaint.ts';
import { hasAppraised } from '../../shared/completion/complaint-standing.ts';
import { isOverdue } from '../../shared/completion/complaint-limit.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import type { Waiting } from './waiting.ts';
import type { WebPorts } from './ports.ts';

export const complaintsPath = '/khieu-nai';

const overdue: Sentence = { vi: 'Khiếu nại quá hạn, chờ đồng chí', en: 'Complaint past its limit' };
const waiting: Sentence = { vi: 'Khiếu nại chờ đồng chí', en: 'Complaint to see to' };
const forLeadership: Sentence = { vi: 'Khiếu nại quá hạn trả lời trong tỉnh', en: 'Complaints past their limit' };

export async function complaintsWaiting(
  account: Account,
  { store, now }: Pick<WebPorts, 'store' | 'now'>,
): Promise<readonly Waiting[]> {
  const today = localDateOf(now());
  const lines = new Map<string, Waiting>();
  for (const role of rolesToLookAfter(account.role)) {
    for await (const row of allRows(store, { kind: 'complaint', waitingFor: role })) {
      const summary = complaintSummary.parse(row.summary);
      const isLate = isOverdue(summary.due, today);
      if (!(await concerns(account, row, summary, isLate, store))) continue;
      const what = account.role === 'leadership' ? forLeadership : isLate ? overdue : waiting;
      const to = isLate ? `${complaintsPath}?qua-han=1` : `${complaintsPath}?cho=toi`;
      const known = lines.get(to);
      const since = known !== undefined && known.since < summary.since ? known.since : summary.since;
      lines.set(to, { stage: 'completion', to, what, since, people: (known?.people ?? 0) + 1 });
    }
  }
  return [...lines.values()];
}

const firstRoles: readonly Role[] = ['home-affairs-officer', 'finance-officer', 'party-board-officer', 'unit-clerk'];

/** Rows name the first role of whoever is awaited; leaders of the body stand in. */
function rolesToLookAfter(role: Role): readonly Role[] {
  if (role === 'leadership') return firstRoles;
  const body = Object.values(rolesOfBody).find((roles) => roles.includes(role));
  if (body !== undefined) return body.slice(0, 1);
  return role === 'unit-clerk' ? ['unit-clerk'] : [];
}

/** Whether this very account is awaited, or may act in place of who is. */
export async function waitsFor(account: Account, row: Row, summary: ComplaintSummary, store: Store): Promise<boolean> {
  const isTheirs = rolesToLookAfter(account.role).some((role) => role === row.waitingFor);
  return account.role !== 'leadership' && isTheirs && concerns(account, row, summary, false, store);
}

/** A complaint that must be answered is nobody's who appraised the case: read off the histories, for rows are late. */
async function concerns(
  account: Account,
  { unit = '', status }: Row,
  { caseId, block }: ComplaintSummary,
  isLate: boolean,
  store: Store,
): Promise<boolean> {
  if (account.role === 'leadership') return isLate;
  if (!mayReach(account, { unit, block })) return false;
  const isToAnswer = status === 'registered' || status === 'accepted';
  return !isToAnswer || !(await hasAppraised(caseId, account.id, store));
}
