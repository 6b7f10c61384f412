/** What an act on a complaint looks at: the case, its parts, who may decide, who must act next, what mended it. */
import { caseStream, type Case, citizenClaim, readCase } from '../case/case.ts';
import { type Account, isUnitRole } from '../case/access.ts';
import { type Part, openCase, mayOpen, partStream, readParts } from '../case/part.ts';
import type { Directory } from '../case/ports.ts';
import type { Store } from '../case/store.ts';
import { awaitedBy, type Complaint, type MendedBy, readComplaint, rolesOfBody } from './complaint.ts';

export interface ComplaintStanding {
  readonly complaint: Complaint;
  readonly of: Case;
  readonly parts: readonly Part[];
}

/** The complaint with its case, for an account that may see the case. */
export async function openComplaint(
  store: Store,
  id: string,
  account: Account,
): Promise<ComplaintStanding | undefined> {
  const complaint = await readComplaint(store, id);
  const opened = complaint && (await openCase(store, complaint.caseId, account));
  return complaint === undefined || opened === undefined ? undefined : { complaint, ...opened };
}

/** Whether the account appraised the case that a complaint is about, read off the histories. */
export async function hasAppraised(caseId: string, account: string, store: Store): Promise<boolean> {
  const of = await readCase(store, caseId);
  return of !== undefined && appraisersOf(await readParts(store, of)).includes(account);
}

/** Whoever appraised the case, at any time: they may not decide on what is said of it. */
export function appraisersOf(parts: readonly Part[]): readonly string[] {
  const appraisals = parts.flatMap(({ entries }) =>
    entries.filter(({ kind }) => kind === 'appraised' || kind === 'board-appraised'),
  );
  return [...new Set(appraisals.map(({ by }) => by))];
}

export interface NextActors {
  readonly accounts: readonly Account[];
  /** Nobody of those who should act may: the administrators must open an account for somebody. */
  readonly isForWantOfSomebody: boolean;
}

/** The people who may act next, by name; none once it is closed. */
export async function nextActors(
  { complaint, of, parts }: ComplaintStanding,
  directory: Pick<Directory, 'holding'>,
): Promise<NextActors> {
  const roles = awaitedBy(complaint);
  if (roles.length === 0) return { accounts: [], isForWantOfSomebody: false };
  const barred = complaint.state === 'upheld' || complaint.state === 'mended' ? [] : appraisersOf(parts);
  const holders = (await Promise.all(roles.map((role) => directory.holding(role)))).flat();
  const able = holders.filter(
    (account) =>
      !barred.includes(account.id) &&
      (isUnitRole(account.role)
        ? account.units.includes(complaint.unit)
        : parts.length === 0
          ? mayOpen(account, of, undefined)
          : parts.some((part) => mayOpen(account, of, part))),
  );
  if (able.length > 0) return { accounts: able, isForWantOfSomebody: false };
  return { accounts: await directory.holding('administrator'), isForWantOfSomebody: true };
}

export function isOfBody({ complaint }: ComplaintStanding, account: Account): boolean {
  return rolesOfBody[complaint.body].includes(account.role);
}

const paid: readonly string[] = ['credited', 'paid-elsewhere'];

/** Whether all the money of the case is there. */
export function isAllPaid(parts: readonly Part[]): boolean {
  return parts.length > 0 && parts.every(({ status }) => paid.includes(status));
}

/**
 * The entry that did what upholding the complaint asked for; nothing while it has not been done. After a correction the case
 * is computed again at once; where the sum stays the same, that leaves no entry beside the correction.
 */
export async function mendedSince(
  { complaint, of, parts }: ComplaintStanding,
  store: Pick<Store, 'holderOf'>,
): Promise<MendedBy | undefined> {
  const { upheld } = complaint;
  if (upheld === undefined) return undefined;
  const since = of.entries.filter(({ seq }) => seq > upheld.after);
  const inCase = (...kinds: readonly string[]) => since.findLast(({ kind }) => kinds.includes(kind));
  const again = since.some(({ kind }) => kind === 'closed') ? await submittedAgain(of, store) : undefined;
  if (again !== undefined) return again;
  if (upheld.remedy === 'pay') return isAllPaid(parts) ? lastPayment(parts, upheld.at) : undefined;
  if (upheld.remedy === 'mend-account') return named(inCase('account-confirmed'));
  const computed = inCase('assessed', 'difference');
  if (upheld.remedy === 'compute-again') return named(computed);
  const corrected = inCase('facts-corrected');
  const isComputedOnIt = corrected !== undefined && computed !== undefined && computed.seq > corrected.seq;
  return named(isComputedOnIt ? computed : corrected);
}

function named(entry: { readonly stream: string; readonly seq: number } | undefined): MendedBy | undefined {
  return entry === undefined ? undefined : { stream: entry.stream, seq: entry.seq };
}

/** The unit took the case back and submitted the person again: the new case is the corrected one. */
async function submittedAgain(of: Case, store: Pick<Store, 'holderOf'>): Promise<MendedBy | undefined> {
  const holder = await store.holderOf(citizenClaim(of.submitted.citizenDigest));
  return holder === undefined || holder === caseStream(of.id) ? undefined : { stream: holder, seq: 1 };
}

function lastPayment(parts: readonly Part[], upheldAt: string): MendedBy | undefined {
  const payments = parts.flatMap(({ id, entries }) =>
    entries.filter(({ kind, at }) => paid.includes(kind) && at >= upheldAt).map(({ seq }) => [id, seq] as const),
  );
  const [partId, seq] = payments.at(-1) ?? [];
  return partId === undefined || seq === undefined ? undefined : { stream: partStream(partId), seq };
}
