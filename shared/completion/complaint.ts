/**
 * A complaint (khiếu nại) on a person's case: who brought it, on what, who must answer, how it went. Words that people wrote
 * are sealed under the person's key; scans lie in Files.
 */
import * as z from 'zod';
import type { Instant, LocalDate } from '../calendar.ts';
import { dataOf, ofKind, once } from '../case/history.ts';
import type { Role } from '../case/access.ts';
import type { Case } from '../case/case.ts';
import type { Vault } from '../case/ports.ts';
import { type Change, type Entry, type NewEntry, noHash, type Row, type Store } from '../case/store.ts';
import { type Block, blocks } from '../case/unit.ts';

export const complaintSubjects = [
  'years-counted',
  'monthly-salary',
  'regime-chosen',
  'months-early',
  'not-entitled',
  'payment-not-received',
  'delay',
  'other',
] as const;
export type ComplaintSubject = (typeof complaintSubjects)[number];

export const complainantKinds = ['person', 'heir', 'representative'] as const;
export type ComplainantKind = (typeof complainantKinds)[number];

/** Who answers for the first time. */
export const complaintBodies = ['home-affairs', 'finance', 'party-board'] as const;
export type ComplaintBody = (typeof complaintBodies)[number];

/** Officers first; where one of them may not decide, the next in the row does. */
export const rolesOfBody: Readonly<Record<ComplaintBody, readonly Role[]>> = {
  'home-affairs': ['home-affairs-officer', 'home-affairs-leader'],
  finance: ['finance-officer', 'finance-leader'],
  'party-board': ['party-board-officer'],
};

/** What must follow when a complaint is right: each is somebody's ordinary act, which closes nothing by itself. */
export const remedies = ['correct-facts', 'compute-again', 'mend-account', 'pay'] as const;
export type Remedy = (typeof remedies)[number];
/** Whose act it is. */
export const roleOfRemedy: Readonly<Record<Remedy, Role>> = {
  'correct-facts': 'unit-clerk',
  'compute-again': 'home-affairs-officer',
  'mend-account': 'unit-clerk',
  pay: 'finance-officer',
};

export const complaintStates = [
  'registered',
  'more-asked',
  'accepted',
  'upheld',
  'mended',
  'not-accepted',
  'answered-no',
  'withdrawn',
  'closed',
] as const;
export type ComplaintState = (typeof complaintStates)[number];

/** Nobody has to act any more. */
export function isClosedComplaint(state: ComplaintState): boolean {
  return state === 'not-accepted' || state === 'answered-no' || state === 'withdrawn' || state === 'closed';
}

const document = z.object({ number: z.string(), on: z.string(), paper: z.string() });
/** A paper of the province: its number, its day, its scan in Files. */
export type Document = z.infer<typeof document>;

const registered = z.object({
  caseId: z.string(),
  unit: z.string(),
  block: z.enum(blocks),
  /** As it was entered in the register of incoming papers (số đến), on the day it was received. */
  number: z.string(),
  receivedOn: z.string(),
  paper: z.string(),
  complainant: z.enum(complainantKinds),
  /** Sealed: the complainant's name, and the person's own words. */
  sealed: z.string(),
  subject: z.enum(complaintSubjects),
  body: z.enum(complaintBodies),
});
const accepted = z.object({ isRemote: z.boolean(), isComplicated: z.boolean() });
const passedOn = z.object({ to: z.enum(complaintBodies), sealed: z.string() });
const upheld = z.object({
  remedy: z.enum(remedies),
  document,
  sealed: z.string(),
  /** Entries of the case's history when it was upheld: what mends it comes after them. */
  after: z.number().int(),
  /** Parts that were held until it is mended. */
  holds: z.array(z.string()),
});
/** The entry that mended it: of the case, of one of its parts, or the first of a new case. */
const mended = z.object({ stream: z.string(), seq: z.number().int() });
export type MendedBy = z.infer<typeof mended>;

export interface Complaint extends z.infer<typeof registered> {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly state: ComplaintState;
  readonly by: string;
  readonly registeredAt: Instant;
  /** Of the newest acceptance. */
  readonly accepted?: z.infer<typeof accepted> & { readonly at: Instant };
  readonly isExtended: boolean;
  readonly upheld?: z.infer<typeof upheld> & { readonly at: Instant };
  readonly mended?: MendedBy;
  /** Since when it is as it is. */
  readonly since: Instant;
}

export function complaintStream(id: string): string {
  return `complaint/${id}`;
}

export async function readComplaint(store: Pick<Store, 'read'>, id: string): Promise<Complaint | undefined> {
  return complaintOf(await store.read(complaintStream(id)));
}

const complaintOf = once((entries): Complaint | undefined => {
  const first = entries[0];
  if (first === undefined) return undefined;
  const given = dataOf(first, registered);
  const start: Complaint = {
    ...given,
    id: first.stream.slice(complaintStream('').length),
    entries,
    state: 'registered',
    by: first.by,
    registeredAt: first.at,
    isExtended: false,
    since: first.at,
  };
  return entries.slice(1).reduce(after, start);
});

/** What each kind of entry makes of a complaint; notes of what others did leave its state alone. */
function after(of: Complaint, entry: Entry): Complaint {
  const { at } = entry;
  switch (entry.kind) {
    case 'accepted':
      return { ...of, state: 'accepted', accepted: { ...dataOf(entry, accepted), at }, since: at };
    case 'more-asked':
      return { ...of, state: 'more-asked', since: at };
    case 'more-brought':
      return { ...of, state: of.accepted === undefined ? 'registered' : 'accepted', since: at };
    case 'extended':
      return { ...of, isExtended: true };
    case 'passed-on':
      return { ...of, body: dataOf(entry, passedOn).to, since: at };
    case 'upheld':
      return { ...of, state: 'upheld', upheld: { ...dataOf(entry, upheld), at }, since: at };
    case 'mended':
      return { ...of, state: 'mended', mended: dataOf(entry, mended), since: at };
    case 'not-accepted':
    case 'answered-no':
    case 'withdrawn':
    case 'closed':
      return { ...of, state: entry.kind, since: at };
    default:
      return of;
  }
}

/** The last day of the limit that runs, for the row. */
type DueOf = (now: Complaint) => LocalDate | undefined;

/** The complaint's first entry, with its row. */
export function complaintFrom(id: string, entry: NewEntry, dueOf: DueOf): Change {
  const stream = complaintStream(id);
  const now = complaintOf([unchained(stream, 1, entry)]);
  if (now === undefined) throw new RangeError('a complaint without its first entry');
  return { stream, readAt: 0, entries: [entry], row: complaintRow(now, dueOf) };
}

/** Some entries more, and the row as they leave it. */
export function complaintChange(of: Complaint, entries: readonly NewEntry[], dueOf: DueOf): Change {
  const stream = complaintStream(of.id);
  const readAt = of.entries.length;
  const now = entries.map((entry, index) => unchained(stream, readAt + index + 1, entry)).reduce(after, of);
  return { stream, readAt, entries, row: complaintRow(now, dueOf) };
}

/** As the store will keep it, but for its place in the chain. */
function unchained(stream: string, seq: number, entry: NewEntry): Entry {
  return { ...entry, stream, seq, data: JSON.stringify(entry.data), effects: '', previousHash: noHash, hash: noHash };
}

/** That a complaint was registered, as the case's history says; it has no words in it. */
const complaintRegistered = z.object({ complaint: z.string() });

/** Every complaint on the case, oldest first. */
export async function complaintsOf({ entries }: Pick<Case, 'entries'>, store: Store): Promise<readonly Complaint[]> {
  const ids = ofKind(entries, 'complaint-registered').map((entry) => dataOf(entry, complaintRegistered).complaint);
  const read = await Promise.all(ids.map((id) => readComplaint(store, id)));
  return read.filter((one) => one !== undefined);
}

/** Who must act next; nobody once it is closed. Takes the body for the roles that decide. */
export function awaitedBy({ state, body, upheld: answer }: Complaint): readonly Role[] {
  if (isClosedComplaint(state)) return [];
  if (state === 'more-asked') return ['unit-clerk'];
  if (state === 'upheld' && answer !== undefined) return [roleOfRemedy[answer.remedy]];
  return rolesOfBody[body];
}

export const complaintSummary = z.object({
  caseId: z.string(),
  subject: z.enum(complaintSubjects),
  body: z.enum(complaintBodies),
  block: z.enum(blocks),
  number: z.string(),
  receivedOn: z.string(),
  since: z.string(),
  /** The last day of whatever limit runs now. */
  due: z.string().exactOptional(),
});
export type ComplaintSummary = z.infer<typeof complaintSummary>;

/** The row as the complaint stands; `waitingFor` is the role whose act is awaited, or the body. */
function complaintRow(of: Complaint, dueOf: DueOf): Omit<Row, 'stream'> {
  const { caseId, subject, body, block, number, receivedOn, since, unit, state } = of;
  const [role] = awaitedBy(of);
  const due = dueOf(of);
  const summary: ComplaintSummary = {
    caseId,
    subject,
    body,
    block,
    number,
    receivedOn,
    since,
    ...(due === undefined ? {} : { due }),
  };
  return { kind: 'complaint', status: state, unit, ...(role === undefined ? {} : { waitingFor: role }), summary };
}

const words = z.object({
  /** The complainant's, in the first entry. */
  name: z.string().default(''),
  text: z.string(),
  /** What an answer rests on. */
  citation: z.string().default(''),
});
export type ComplaintWords = z.infer<typeof words>;

export async function sealWords(vault: Vault, caseId: string, said: z.input<typeof words>): Promise<string> {
  return vault.seal(caseId, JSON.stringify(said));
}

/** Of an erased person, dashes. */
export async function openWords(vault: Vault, caseId: string, sealed: string): Promise<ComplaintWords> {
  const opened = await vault.open(caseId, sealed);
  return opened === undefined ? { name: '–', text: '–', citation: '–' } : words.parse(JSON.parse(opened));
}

const withWords = z.object({ sealed: z.string(), document: document.exactOptional() });

/** The words and the paper of an entry, where it has any. */
export function saidIn(entry: Entry): z.infer<typeof withWords> | undefined {
  return withWords.safeParse(JSON.parse(entry.data)).data;
}

/** Every scan that the complaint names: the complaint itself, and each document after it. */
export function papersOfComplaint({ entries, paper }: Complaint): ReadonlySet<string> {
  return new Set([paper, ...entries.flatMap((entry) => saidIn(entry)?.document?.paper ?? [])]);
}

/** Money is Finance's, the rest Home Affairs'; the Party block's board answers for its own people first. */
export function answersFor(subject: ComplaintSubject, block: Block, isWithBoard: boolean): ComplaintBody {
  const isMoney = subject === 'payment-not-received' || subject === 'delay';
  if (block === 'party' && (isWithBoard || !isMoney)) return 'party-board';
  return isMoney ? 'finance' : 'home-affairs';
}
