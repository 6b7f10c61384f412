/** An account of the staff: what its history says it may be. Passwords and one-time codes are the home's, not here. */
import * as z from 'zod';
import type { Instant } from '../calendar.ts';
import { type Account, roles } from './access.ts';
import { dataOf } from './history.ts';
import type { Vault } from './ports.ts';
import { type Change, type Entry, type NewEntry, noHash, type Row, type Store } from './store.ts';

const staffTerms = z.object({
  role: z.enum(roles),
  units: z.array(z.string()),
  isDeputy: z.literal(true).exactOptional(),
  /** Name and mail, sealed. */
  identity: z.string(),
  mailDigest: z.string(),
  citizenDigest: z.string().exactOptional(),
});
export type StaffTerms = z.infer<typeof staffTerms>;

const proposed = z.discriminatedUnion('change', [
  z.object({ change: z.enum(['open', 'change', 'reopen']), terms: staffTerms, reason: z.string() }),
  z.object({ change: z.literal('reset-second-factor'), reason: z.string() }),
]);
export type StaffProposal = z.infer<typeof proposed>;
const registered = z.object({ terms: staffTerms });

/** What waits for the second administrator; known by the number of its entry. */
export interface PendingProposal {
  readonly seq: number;
  readonly by: string;
  readonly at: Instant;
  readonly proposal: StaffProposal;
}

export type StaffStatus = 'proposed' | 'open' | 'closed' | 'refused';

export interface Staff {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly status: StaffStatus;
  /** As confirmed last. */
  readonly terms?: StaffTerms;
  readonly pending?: PendingProposal;
  /** The entry that opened it last: a password given before it counts no more. */
  readonly openedBy: number;
  /** The entry since which a second factor must have been enrolled. */
  readonly factorSince: number;
  /** Raised by whatever ends every session of the account. */
  readonly version: number;
}

export function staffStream(id: string): string {
  return `account/${id}`;
}

/** The account's id, of its stream. */
export function staffIdOf(stream: string): string {
  return stream.slice(staffStream('').length);
}

export async function readStaff(store: Pick<Store, 'read'>, id: string): Promise<Staff | undefined> {
  const entries = await store.read(staffStream(id));
  if (entries.length === 0) return undefined;
  return entries.reduce(after, { ...unwritten(id), entries });
}

/** An account of which nothing is written yet. */
export function unwritten(id: string): Staff {
  return { id, entries: [], status: 'proposed', openedBy: 0, factorSince: 0, version: 0 };
}

/** The entry, the row as it leaves it, and the keys it takes or gives back. */
export function staffChange(staff: Staff, entry: NewEntry, keys: Pick<Change, 'claims' | 'releases'> = {}): Change {
  const stream = staffStream(staff.id);
  const seq = staff.entries.length + 1;
  const data = JSON.stringify(entry.data);
  const next = after(staff, { ...entry, stream, seq, data, effects: '', previousHash: noHash, hash: noHash });
  return { stream, readAt: staff.entries.length, entries: [entry], row: staffRow(next, entry.at), ...keys };
}

function after(staff: Staff, entry: Entry): Staff {
  const { pending, ...settled } = staff;
  const { seq, by, at } = entry;
  switch (entry.kind) {
    case 'staff-registered':
      return opened(settled, dataOf(entry, registered).terms, seq);
    case 'staff-proposed':
      return { ...staff, pending: { seq, by, at, proposal: dataOf(entry, proposed) } };
    case 'staff-confirmed':
      return pending === undefined ? staff : confirmed(settled, pending.proposal, seq);
    case 'staff-refused':
    case 'staff-withdrawn':
      return { ...settled, status: settled.terms === undefined ? 'refused' : settled.status };
    case 'staff-closed':
      return { ...settled, status: 'closed', version: settled.version + 1 };
    default:
      return staff;
  }
}

function opened(staff: Staff, terms: StaffTerms, seq: number): Staff {
  return { ...staff, status: 'open', terms, openedBy: seq, factorSince: seq, version: staff.version + 1 };
}

function confirmed(staff: Staff, proposal: StaffProposal, seq: number): Staff {
  const version = staff.version + 1;
  if (proposal.change === 'reset-second-factor') return { ...staff, factorSince: seq, version };
  return proposal.change === 'change'
    ? { ...staff, terms: proposal.terms, version }
    : opened(staff, proposal.terms, seq);
}

/** What a proposal would make of the account; a reset of the second factor leaves it as it is. */
export function termsIn(proposal: StaffProposal | undefined): StaffTerms | undefined {
  return proposal === undefined || proposal.change === 'reset-second-factor' ? undefined : proposal.terms;
}

/** The account while it is open. */
export async function accountOfStaff(staff: Staff | undefined, vault: Vault): Promise<Account | undefined> {
  return staff?.status === 'open' && staff.terms !== undefined ? asAccount(staff.id, staff.terms, vault) : undefined;
}

/** Whoever these terms speak of, whether they count or are only proposed. */
export async function asAccount(id: string, terms: StaffTerms, vault: Vault): Promise<Account> {
  const { identity, mailDigest: _mail, ...rest } = terms;
  return { id, ...(await openIdentity(id, identity, vault)), ...rest };
}

const nameAndMail = z.object({ name: z.string(), email: z.string() });
type NameAndMail = z.infer<typeof nameAndMail>;

export async function sealIdentity(id: string, { name, email }: NameAndMail, vault: Vault): Promise<string> {
  return vault.seal(identityOwner(id), JSON.stringify({ name, email }));
}

async function openIdentity(id: string, sealed: string, vault: Vault): Promise<NameAndMail> {
  const text = await vault.open(identityOwner(id), sealed);
  return text === undefined ? { name: id, email: '' } : nameAndMail.parse(JSON.parse(text));
}

/** Under whose key the vault seals what belongs to the account. */
export function identityOwner(id: string): string {
  return `account-${id}`;
}

export function tidyMail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

export async function mailDigest(email: string, vault: Vault): Promise<string> {
  return vault.digest('mail', tidyMail(email));
}

export function mailClaim(digest: string): string {
  return `staff-mail/${digest}`;
}

/** What keeps one mail and one person from having two accounts. */
export function claimsOfTerms({ mailDigest: mail, citizenDigest }: StaffTerms): readonly string[] {
  return [mailClaim(mail), ...(citizenDigest === undefined ? [] : [`staff-citizen/${citizenDigest}`])];
}

export const staffSummary = z.object({
  role: z.enum(roles),
  isDeputy: z.boolean(),
  since: z.string(),
  /** Who proposed what waits; empty when nothing waits. */
  proposedBy: z.string(),
});

/** Nothing in it names the person. */
function staffRow(staff: Staff, at: Instant): Omit<Row, 'stream'> {
  const { status, terms, pending } = staff;
  const shown = terms ?? termsIn(pending?.proposal);
  const summary: z.infer<typeof staffSummary> = {
    role: shown?.role ?? 'unit-clerk',
    isDeputy: shown?.isDeputy ?? false,
    since: pending?.at ?? at,
    proposedBy: pending?.by ?? '',
  };
  return {
    kind: 'account',
    status,
    ...(pending === undefined ? {} : { waitingFor: 'administrator' }),
    summary,
  };
}

/** Who stands in the histories for the command that opens the first administrators. */
export const setUpActor = 'set-up';

/** Who is an open administrator, in one stream of its own, so that two cannot be closed at once past the last two. */
export const administratorsStream = 'settings/administrators';
export const fewestAdministrators = 2;
const administrator = z.object({ account: z.string() });

export function administratorsOf(entries: readonly Entry[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const entry of entries) {
    const { account } = dataOf(entry, administrator);
    if (entry.kind === 'administrator-joined') open.add(account);
    else open.delete(account);
  }
  return open;
}
