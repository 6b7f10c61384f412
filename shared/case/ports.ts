/** Port: what the use cases need from the world, passed in as an argument. Two homes fill it: one machine, and AWS. */
import type { Instant } from '../calendar.ts';
import type { Sentence } from '../vietnamese.ts';
import type { Account, Role } from './access.ts';
import type { AnchoredHistories } from './anchor.ts';
import type { Store } from './store.ts';

/** Papers and lists, sealed where they lie, found by the SHA-256 of their clear content. */
export interface Files {
  /**
   * Returns the hash; the same content twice is stored once. A payment file is what was handed to the Treasury or a bank, or came
   * from them: a home that can lock files keeps it where nobody deletes it for years.
   */
  put(content: Uint8Array, as?: 'payment'): Promise<string>;
  /** `undefined` when there is no such file. Throws when the stored bytes no longer match the hash. */
  get(hash: string): Promise<Uint8Array | undefined>;
}

/** Seals identity and account fields under a key of the person, and makes the keyed digests that find them again. */
export interface Vault {
  /** Makes the keys of many persons at once; those that exist stay. */
  prepare(caseIds: readonly string[]): Promise<void>;
  /** Takes the person's case id and clear text; the sealed text can be stored anywhere. */
  seal(caseId: string, text: string): Promise<string>;
  /** `undefined` when the person's key has been erased. */
  open(caseId: string, sealed: string): Promise<string | undefined>;
  /** A keyed digest (HMAC-SHA-256, hex) of a kind of value; the kind keeps an account from meeting a citizen id. */
  digest(kind: 'citizen' | 'account' | 'name' | 'link' | 'mail', text: string): Promise<string>;
}

/** What one person is asked, in Vietnamese. No personal data in any of its words: codes, counts and limits only. */
export interface Mail {
  /** The same key is sent once. */
  readonly key: string;
  /** The address. */
  readonly to: string;
  /** Whose address it is, so that nothing else needs the address later. */
  readonly account: string;
  readonly subject: string;
  /** Paragraphs; the first says what is asked, and stands for the whole in a mail of many. */
  readonly lines: readonly string[];
  /** The one thing to press. */
  readonly button: { readonly label: string; readonly url: string };
  readonly footer: readonly string[];
  /** Goes out at once and on its own. */
  readonly isUrgent?: boolean;
  /** The batch it asks about: asking again makes the mail anew, so its words need not be kept. */
  readonly batch?: string;
}

export interface Mailer {
  /** Takes the mail durably; when it goes out, and whether it arrives, does not hold up whoever asks. */
  send(mail: Mail): Promise<void>;
}

/** Port: the workflow's waiting desk. An answer is always an entry first; the desk only wakes. */
export interface Desk {
  /** Starts the workflow of a batch; starting it again is harmless. */
  start(batchId: string): Promise<void>;
  /** Remembers that the batch's workflow waits with this token; a newer wait replaces an older. */
  remember(batchId: string, awaited: string, token: string): Promise<void>;
  /** What the batch's workflow waits for, if it waits. */
  waiting(batchId: string): Promise<{ readonly awaited: string; readonly token: string } | undefined>;
  /** Wakes the waiting state. A token that is spent is harmless. */
  wake(batchId: string, token: string): Promise<void>;
}

/** The public half of a key that has signed people's notices. */
export interface NoticeKey {
  /** Stands in the QR: eight letters and digits of the key's SHA-256. */
  readonly id: string;
  /** SubjectPublicKeyInfo as PEM. */
  readonly pem: string;
}

/**
 * Port: signs what people take home on paper, by Ed25519, with a key that never leaves its home: a file here, a key of the
 * cloud's key service there. The same text and key give the same signature.
 */
export interface NoticeSigner {
  /** Makes the first key where there is none. */
  current(): Promise<NoticeKey>;
  /** 64 bytes over the text in UTF-8, by the key that `current` names. Throws when that is not the key any more. */
  sign(keyId: string, text: string): Promise<Uint8Array>;
  /** Every key that ever signed: papers outlive keys. */
  keys(): Promise<readonly NoticeKey[]>;
  /** Whether the signature over the text is by that key; false for what is no key or no signature. */
  verifies(key: NoticeKey, text: string, signature: Uint8Array): boolean;
}

export interface Directory {
  /** The open accounts that hold the role, heads before deputies: for mails and for the next in turn. */
  holding(role: Role): Promise<readonly Account[]>;
  /** Of a closed account too. */
  nameOf(accountId: string): Promise<string>;
  /** `undefined` when there is no such account, or it is closed or not confirmed yet. */
  find(accountId: string): Promise<Account | undefined>;
}

export interface Ports {
  readonly store: Store;
  readonly files: Files;
  readonly vault: Vault;
  readonly mailer: Mailer;
  readonly desk: Desk;
  readonly directory: Directory;
  readonly noticeSigner: NoticeSigner;
  readonly anchored: AnchoredHistories;
  /** The instant now, in UTC. */
  now(): Instant;
  /** A fresh id, ordered by time. */
  id(): string;
  /** Where the pages are, for links in mails: `http://localhost:8080`. */
  readonly publicUrl: string;
}

/** A use case that cannot be done now: says what is wrong and what to do. Nothing was written. */
export interface Refused {
  readonly outcome: 'refused';
  readonly why: Sentence;
}

export function refused(vi: string, en: string): Refused {
  return { outcome: 'refused', why: { vi, en } };
}
