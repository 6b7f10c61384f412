/**
 * Port: what may be thrown away or made again, and is evidence of nothing: sessions, jobs, mails kept, cursors. Kinds keep
 * their keys apart; a value is text. Two homes fill it: a second file on one machine, a second table in the cloud.
 */
export interface Kept {
  readonly key: string;
  readonly value: string;
}

export interface Scratch {
  /** `undefined` when there is none or it has expired. */
  get(kind: string, key: string): Promise<string | undefined>;
  /** Replaces what was there. `expiresAt` in milliseconds of the epoch. */
  put(kind: string, key: string, value: string, expiresAt?: number): Promise<void>;
  /** False when the key exists and has not expired; nothing is written then. */
  insert(kind: string, key: string, value: string, expiresAt?: number): Promise<boolean>;
  /**
   * Only while the value is still `before`: writes `after` in its place, or removes it where there is none. False, and nothing
   * is done, where another value stands or none.
   */
  replace(kind: string, key: string, before: string, after: string | undefined, expiresAt?: number): Promise<boolean>;
  remove(kind: string, key: string): Promise<void>;
  /** By ascending key. */
  list(kind: string): Promise<readonly Kept[]>;
  /** By descending key. */
  latest(kind: string, most: number): Promise<readonly Kept[]>;
}
