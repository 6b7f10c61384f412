/** What the pages need beyond the use cases' ports: jobs for anything long, and a way to read and write sheets. */
import type { Instant } from '../../shared/calendar.ts';
import type { Account, Role } from '../../shared/case/access.ts';
import type { DigitalSignature } from '../../shared/case/digital-signature.ts';
import type { Delivery } from '../../shared/case/delivery.ts';
import type { Ports, Refused } from '../../shared/case/ports.ts';
import type { PaperSheet } from '../../shared/case/paper-sheet.ts';
import type { Figures } from '../../shared/completion/follow.ts';
import type { WriteNotices } from '../../shared/completion/issue-notice.ts';
import type { WriteSlipFile } from '../../shared/disbursement/slip-file.ts';
import type { PeriodRow, PersonRow } from '../../shared/intake/list-row.ts';
import type { Sentence } from '../../shared/vietnamese.ts';

export interface JobState {
  readonly id: string;
  readonly title: Sentence;
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  readonly done: number;
  readonly of: number;
  readonly by: string;
  /** What came of it, and where to go on. */
  readonly result?: { readonly problem?: Sentence; readonly note?: Sentence; readonly to: string };
}

/** Port: whatever takes over 200 ms of processor runs off the page's thread. */
export interface Jobs {
  start(kind: string, input: unknown, by: string): Promise<string>;
  find(id: string): Promise<JobState | undefined>;
}

export interface Papers {
  listTemplate(): Promise<Uint8Array>;
  /** The template with one person in it. */
  listOf(person: PersonRow, periods: readonly PeriodRow[]): Promise<Uint8Array>;
  write(sheets: readonly PaperSheet[]): Promise<Uint8Array>;
  /** Reads a sheet of ours back, each row as the texts of its filled cells; `undefined` when it is none. */
  rowsOf(content: Uint8Array): Promise<readonly (readonly string[])[] | undefined>;
  /** One file of a payment slip, made anew. */
  slipFile: WriteSlipFile;
  /** People's notices of result, to be printed. */
  resultNotices: WriteNotices;
  /** What is found of the digital signatures in an uploaded paper. */
  signaturesIn(paper: Uint8Array): Promise<readonly DigitalSignature[]>;
}

/** A mail as the pages show it: who was written to and what became of it, never its words. */
export interface MailRecord {
  readonly key: string;
  readonly receiver: { readonly account: string; readonly name: string; readonly role?: Role };
  readonly subject: string;
  readonly at: Instant;
  readonly delivery: Delivery;
  /** The batch it asks about. */
  readonly batch?: string;
  /** A newer mail asks the same. */
  readonly isSentAgain: boolean;
}

/** Port: the mails that were sent, and what became of each. */
export interface Mails {
  /** One page, newest first, from page 1; and how many mails there are. */
  page(number: number, size: number): Promise<{ readonly mails: readonly MailRecord[]; readonly count: number }>;
  find(key: string): Promise<MailRecord | undefined>;
  /** Those that did not arrive and wait for somebody to see to them, newest first. */
  bounced(): Promise<readonly MailRecord[]>;
  /** Sends what did not arrive once more, to the receiver's address of today. False when its words are gone. */
  sendAgain(key: string): Promise<boolean>;
  /** Nobody needs to see to it any more: what it asked is settled. */
  settle(key: string): Promise<void>;
}

export const signInOutcomes = [
  'signed-in',
  'code-asked',
  'enrolled',
  'wrong-password',
  'wrong-code',
  'wait',
  'password-set',
] as const;

/** One try at signing in: by an account, or with a mail that nobody has, of which only a digest is kept. */
export interface SignInRecord {
  readonly at: string;
  readonly account?: string;
  readonly mail?: string;
  readonly outcome: (typeof signInOutcomes)[number];
}

/** What an account signs in with. */
export interface Held {
  readonly password: boolean;
  readonly secondFactor: boolean;
  /** Its user elsewhere is closed late, or still under another mail. */
  readonly isBehind?: boolean;
  /** A second factor that counts no more lies elsewhere still; nobody is let in by it. */
  readonly isResetOwed?: boolean;
}

/** Port: passwords and second factors, where the home keeps them itself. */
export interface SignIns {
  /** Sends the account's own mail a link that sets a password, once; an earlier link dies. */
  invite(accountId: string): Promise<void>;
  holds(accountId: string): Promise<Held>;
  /** Newest first. */
  latest(most: number): Promise<readonly SignInRecord[]>;
  /** Where users are kept elsewhere, tries that failed are known there alone. */
  readonly knowsOnly?: 'signed-in';
  /**
   * Where users are kept elsewhere: makes the account's user what the account now is, closed or under another mail. Does
   * nothing where nothing differs.
   */
  follow?(accountId: string): Promise<void>;
  /** Where second factors are kept elsewhere: what counts no more, by the account's history, is forgotten there. */
  resetFactor?(accountId: string): Promise<void>;
}

/** Port: access that was refused, a line a caller, address and hour. */
export interface Refusals {
  note(refused: Omit<Refusal, 'at'>): Promise<void>;
  /** Newest first. */
  latest(most: number): Promise<readonly Refusal[]>;
}

export interface Refusal {
  /** The first of its hour. */
  readonly at: string;
  /** The account or system, where it is known. */
  readonly by?: string;
  /** Method and pattern of the address, never what was typed. */
  readonly what: string;
  readonly status: number;
}

/** Port: where the browser brings a file that is too large for one request of this home. */
export interface Uploads {
  /** Megabytes that a form's own request may have. */
  readonly mostInARequest: number;
  /** `https://bucket.example`: where forms may go besides us. */
  readonly origin: string;
  /** A form for one file of the account and a field, good for some minutes; afterwards the browser opens `returnTo?key=…/…/field`. */
  form(
    account: string,
    field: string,
    returnTo: string,
  ): Promise<{
    readonly action: string;
    readonly fields: readonly { readonly name: string; readonly value: string }[];
  }>;
  /** What the account brought under this key; `undefined` for anything else. */
  take(account: string, key: string): Promise<Uint8Array | undefined>;
}

/** A message to another system that was given up. */
export interface FailedMessage {
  readonly receiver: string;
  readonly id: string;
  readonly type: string;
  readonly tries: number;
  /** A status or a kind of fault. */
  readonly fault?: string;
}

/** Port: systems that are told what moves. */
export interface Webhooks {
  /** Looks the address up; the secret is shown once. */
  register(
    wish: { readonly name: string; readonly url: string; readonly events: readonly string[] },
    by: Account,
  ): Promise<{ readonly outcome: 'registered'; readonly secret: string } | Refused>;
  failed(): Promise<readonly FailedMessage[]>;
  /** False when there is no such message. */
  again(receiver: string, id: string): Promise<boolean>;
}

export interface WebPorts extends Ports {
  readonly jobs: Jobs;
  readonly papers: Papers;
  readonly mails: Mails;
  readonly signIns: SignIns;
  readonly refusals: Refusals;
  /** `undefined` where a request may be as large as any file. */
  readonly uploads?: Uploads;
  /** Absent where a home tells no other system. */
  readonly webhooks?: Webhooks;
  /** Sample lists offered on the intake page of the demonstration: name in the link, title, content. */
  readonly samples: readonly { readonly name: string; readonly title: Sentence; content(): Promise<Uint8Array> }[];
  /** Where everyone in the province stands now. */
  figures(): Promise<Figures>;
  readonly isDemonstration: boolean;
  /** Where an unexpected fault goes; no personal data in it. */
  report(error: unknown): void;
}
