/** Use cases: a person's notice signed and given out, one or a unit's all together. What was given out is an entry. */
import * as z from 'zod';
import type { Account } from '../case/access.ts';
import { identityOf } from '../case/case.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { openCase } from '../case/part.ts';
import type { NoticeKey, Ports } from '../case/ports.ts';
import { allRows, type Store } from '../case/store.ts';
import { compareNames } from '../vietnamese.ts';
import type { Instant } from '../calendar.ts';
import { historiesAsOf } from './histories-as-of.ts';
import { contentMark, sealText, withSignature } from './result-notice-seal.ts';
import { readNoticeSource } from './result-notice-source.ts';
import { resultNotice, type ResultNotice } from './result-notice.ts';

/** A notice with the text for its QR. */
export interface SignedNotice {
  readonly notice: ResultNotice;
  readonly seal: string;
}

/** Turns notices into one file to print; takes the instant they are of, and where their QR may be checked. */
export type WriteNotices = (
  notices: Iterable<SignedNotice> | AsyncIterable<SignedNotice>,
  printed: { readonly asOf: Instant; readonly checkedAt: string },
) => Promise<Uint8Array>;

/** Where somebody with nothing but the paper may have its QR checked. */
export const checkPath = '/kiem-tra/thong-bao';

/** For an account that may see the case; `undefined` for any other, or when there was no such case at that instant. */
export async function noticeFor(
  caseId: string,
  asOf: Instant,
  account: Account,
  ports: Pick<Ports, 'store' | 'vault' | 'noticeSigner'>,
): Promise<SignedNotice | undefined> {
  if ((await openCase(ports.store, caseId, account)) === undefined) return undefined;
  const key = await ports.noticeSigner.current();
  return signedNotice(caseId, asOf, key, { ...ports, store: historiesAsOf(ports.store, asOf) });
}

async function signedNotice(
  caseId: string,
  asOf: Instant,
  key: NoticeKey,
  ports: Pick<Ports, 'store' | 'vault' | 'noticeSigner'>,
): Promise<SignedNotice | undefined> {
  const source = await readNoticeSource(caseId, asOf, ports);
  if (source === undefined) return undefined;
  const notice = resultNotice(source);
  const text = sealText(notice, key.id);
  return { notice, seal: withSignature(text, await ports.noticeSigner.sign(key.id, text)) };
}

export function noticeStream(caseId: string): string {
  return `result-notice/${caseId}`;
}

/** That the paper was given out, and what it said, by its content hash. */
export async function recordGivenOut({ notice }: SignedNotice, by: Account, { store, now }: Ports): Promise<void> {
  const stream = noticeStream(notice.caseId);
  await commitDeciding(store, async () => {
    const before = await store.read(stream);
    const data = { asOf: notice.asOf, content: contentMark(notice), state: notice.state };
    return {
      changes: [{ stream, readAt: before.length, entries: [{ kind: 'given-out', at: now(), by: by.id, data }] }],
    };
  });
}

/** One stream a paying unit: each printing of all its people's notices. */
function printingStream(unit: string): string {
  return `result-notices/${unit}`;
}

const printing = z.object({
  asOf: z.string(),
  people: z.number().int(),
  /** The file, in Files. */
  file: z.string(),
});
export type Printing = z.infer<typeof printing> & { readonly by: string };

export async function readPrintings({ read }: Pick<Store, 'read'>, unit: string): Promise<readonly Printing[]> {
  return (await read(printingStream(unit))).map((entry) => ({ ...dataOf(entry, printing), by: entry.by }));
}

/**
 * Every live case that names the unit as its payer and that the account may see, by given name, in one file. Answers how many
 * people are in it; no file is made for nobody.
 */
export async function printUnitNotices(
  unit: string,
  account: Account,
  write: WriteNotices,
  ports: Ports,
  progress: (done: number, of: number) => void = () => {},
): Promise<number> {
  const asOf = ports.now();
  const key = await ports.noticeSigner.current();
  const past = { ...ports, store: historiesAsOf(ports.store, asOf) };
  const cases = await casesOf(unit, account, past);
  if (cases.length === 0) return 0;
  // One after another: all of them at once would take more room than the file.
  async function* each(): AsyncGenerator<SignedNotice> {
    for (const [index, { caseId }] of cases.entries()) {
      const signed = await signedNotice(caseId, asOf, key, past);
      if (signed !== undefined) yield signed;
      progress(index + 1, cases.length);
    }
  }
  const file = await ports.files.put(await write(each(), { asOf, checkedAt: `${ports.publicUrl}${checkPath}` }));
  const stream = printingStream(unit);
  await commitDeciding(ports.store, async () => {
    const before = await ports.store.read(stream);
    const data = { asOf, people: cases.length, file };
    const entries = [{ kind: 'printed', at: ports.now(), by: account.id, data }];
    return { changes: [{ stream, readAt: before.length, entries }] };
  });
  return cases.length;
}

async function casesOf(
  unit: string,
  account: Account,
  { store, vault }: Pick<Ports, 'store' | 'vault'>,
): Promise<readonly { readonly caseId: string; readonly fullName: string }[]> {
  const found: { caseId: string; fullName: string }[] = [];
  for await (const { stream, status } of allRows(store, { kind: 'case', unit })) {
    const caseId = stream.slice('case/'.length);
    const opened = status === 'closed' ? undefined : await openCase(store, caseId, account);
    if (opened !== undefined) found.push({ caseId, fullName: (await identityOf(vault, opened.of)).fullName });
  }
  return found.toSorted((one, other) => compareNames(one.fullName, other.fullName));
}
