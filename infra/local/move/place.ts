/** What a home gives when a province leaves it, and takes when one arrives: the same for one machine and for the cloud. */
import type { Head } from '../../../shared/case/anchor.ts';
import type { Entry, NewEntry } from '../../../shared/case/store.ts';
import type { Verified } from '../../../shared/case/verify.ts';

/** Files and keys as they lie: nothing of them is opened on the way. */
export interface SealedPlace {
  /** The hashes of the clear contents, in any order. */
  files(): AsyncIterable<string> | Iterable<string>;
  /** The sealed bytes. Throws when there are none. */
  read(hash: string): Promise<Uint8Array>;
  write(hash: string, sealed: Uint8Array): Promise<void>;
  /** Wrapped by the master key of this home. */
  keys(): AsyncIterable<readonly [owner: string, wrapped: Uint8Array]> | Iterable<readonly [string, Uint8Array]>;
  insertKeys(keys: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

/** The public keys of notices that people hold, as PEM. */
export interface NoticeKeyPlace {
  noticeKeys(): Promise<readonly string[]>;
  keepNoticeKey(pem: string): Promise<void>;
}

export interface Leaving {
  verify(): Promise<Verified>;
  heads(): AsyncIterable<Head> | Iterable<Head>;
  read(stream: string): Promise<readonly Entry[]>;
  headsOf(anchor: number): Promise<readonly Head[]>;
  readonly sealed: SealedPlace;
  readonly notices: NoticeKeyPlace;
  /** Writes that the province has moved away, and waits until whoever had read before that it is at home has ended. */
  leave(entry: NewEntry): Promise<void>;
}

export interface Moved {
  /** Each history whole, in the order of their names. */
  histories(): Iterable<readonly Entry[]>;
  /** What each anchor was taken over. */
  readonly lists: readonly (readonly Head[])[];
}

export interface Arriving {
  /** What comes must be wrapped by it, and every key is tried before anything is written. `undefined` where there is none yet. */
  master(): Uint8Array | undefined;
  /** A sentence where something else lies there already. What an earlier try left of the same province is gone on with. */
  refusal(heads: readonly Head[]): Promise<string | undefined>;
  /** The first write: takes the master key, and the province's own history with an entry which says that it is not whole yet. */
  begin(province: readonly Entry[], entry: NewEntry): Promise<void>;
  /** Entries come with their own hashes, and keep them. */
  adopt(moved: Moved): Promise<void>;
  readonly sealed: SealedPlace;
  readonly notices: NoticeKeyPlace;
  /** Everything is there, and verified: the entry says what it is from now on. */
  settle(entry: NewEntry): Promise<void>;
  /** Takes an anchor that was printed. */
  verify(printedAnchor?: string): Promise<Verified>;
  heads(): AsyncIterable<Head> | Iterable<Head>;
  read(stream: string): Promise<readonly Entry[]>;
}
