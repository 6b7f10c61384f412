/** Makes the evidence pack of a batch, and notes in a history of its own who had which pack made. */
import * as z from 'zod';
import { localDateOf } from '../../shared/calendar.ts';
import { accountOf, type BankAccount, identityOf, readCase } from '../../shared/case/case.ts';
import { batchStream } from '../../shared/case/batch.ts';
import { commitDeciding, dataOf, ofKind } from '../../shared/case/history.ts';
import { caseIdOf } from '../../shared/case/part.ts';
import { type Ports, type Refused, refused } from '../../shared/case/ports.ts';
import type { Entry } from '../../shared/case/store.ts';
import { isAnchored, type PackHistories, packHistories } from '../../shared/completion/pack-histories.ts';
import { packStream } from '../../shared/completion/packs.ts';
import { canonical } from '../../shared/hash.ts';
import { receiverOf, sealFor } from '../papers/pack-envelope.ts';
import { verifierFile, writePackZip } from '../papers/pack-zip.ts';
import { completed, csvOf, filesNamed, kindOf } from '../papers/verify-pack.mjs';

export interface PackWish {
  readonly batch: string;
  /** The anchor that the pack stands at; the newest where none is given. */
  readonly anchor?: string;
  /** With names, accounts and the files themselves: only for a receiver, to whom it is sealed. */
  readonly isFull: boolean;
}

export interface Pack {
  readonly outcome: 'made';
  readonly zip: Uint8Array;
  /** The SHA-256 of its manifest: what is printed and compared. */
  readonly root: string;
  readonly anchor: { readonly number: number; readonly anchor: string };
}

const noBatch = refused(
  'Không có đợt này, hoặc không có mã neo đã cho. Hãy xem danh sách đợt: npm run pack -- --list.',
  'There is no such batch, or no such anchor. See the batches: npm run pack -- --list.',
);

/** Takes an anchor first where the newest does not cover the batch as it is now. The same anchor gives the same bytes. */
export async function makePack({ batch, anchor, isFull }: PackWish, by: string, ports: Ports): Promise<Pack | Refused> {
  const { anchored, store, now } = ports;
  if ((await store.read(batchStream(batch))).length === 0) return noBatch;
  if (anchor === undefined && !(await isAnchored(batch, ports))) await anchored.anchor(localDateOf(now()), now(), by);
  const found = await packHistories(batch, ports, anchor);
  if (found === undefined) return noBatch;
  const { members, root } = completed(await membersOf(found, isFull, ports));
  return { outcome: 'made', zip: writePackZip(members), root, anchor: found.anchor };
}

/** Everything of the pack that is not made from something else in it. */
async function membersOf(
  { histories, heads }: PackHistories,
  isFull: boolean,
  ports: Ports,
): Promise<Map<string, Uint8Array>> {
  const members = new Map<string, Uint8Array>();
  const streams = [...histories].toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const [kind, own] of Map.groupBy(streams, ([stream]) => kindOf(stream))) {
    const lines = own.flatMap(([, entries]) => entries.map((entry) => `${canonical(entry)}\n`));
    members.set(`histories/${kind}.jsonl`, bytesOf(lines));
  }
  for (const [number, of] of heads) {
    const lines = of.map((head) => JSON.stringify(head)).toSorted();
    members.set(`anchors/${number}.jsonl`, bytesOf([`${lines.join('\n')}\n`]));
  }
  members.set('verify.mjs', verifierFile());
  await addFiles(members, histories, isFull, ports);
  if (isFull) members.set('people.csv', await peopleTable(histories, ports));
  return members;
}

function bytesOf(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join(''));
}

/** What no personal data stand in goes into every pack: by the kind of entry and the key that name it. */
const open: Readonly<Record<string, { readonly folder: string; readonly type: string }>> = {
  'frozen list': { folder: 'lists', type: 'json' },
  'decided shown': { folder: 'seen', type: 'txt' },
  'made references': { folder: 'slips', type: 'json' },
};

async function addFiles(
  members: Map<string, Uint8Array>,
  histories: PackHistories['histories'],
  isFull: boolean,
  { files }: Ports,
): Promise<void> {
  for (const [hash, { entry, key }] of filesNamed(histories.values())) {
    const place = open[`${entry.kind} ${key}`];
    if (place === undefined && !isFull) continue;
    const content = await files.get(hash);
    if (content === undefined) continue;
    const { folder, type } = place ?? { folder: 'files', type: typeOf(content) };
    members.set(`${folder}/${hash}.${type}`, content);
  }
}

/** Told by how the content begins; nothing else of it is looked at. */
const types: readonly (readonly [begins: string, type: string])[] = [
  ['%PDF', 'pdf'],
  ['PK\u0003\u0004', 'xlsx'],
  ['\u00d0\u00cf\u0011\u00e0', 'xls'],
  ['\u0089PNG', 'png'],
  ['\u00ff\u00d8', 'jpg'],
  ['<', 'xml'],
  ['{', 'json'],
  ['[', 'json'],
];

function typeOf(content: Uint8Array): string {
  const start = Buffer.from(content.subarray(0, 4)).toString('latin1');
  return types.find(([begins]) => start.startsWith(begins))?.[1] ?? 'bin';
}

const orderData = z.object({ reference: z.string(), account: z.string() });

/** Who is who, and to which account each order went. */
async function peopleTable(histories: PackHistories['histories'], ports: Ports): Promise<Uint8Array> {
  const rows: string[][] = [['part', 'fullName', 'citizenId', 'order', 'bank', 'accountNumber', 'holder', 'heir']];
  const asTheyStood = { read: async (stream: string) => histories.get(stream) ?? [] };
  for (const [stream, entries] of histories) {
    if (kindOf(stream) !== 'part') continue;
    const part = stream.slice('part/'.length);
    const of = await readCase(asTheyStood, caseIdOf(part));
    if (of === undefined) continue;
    const { fullName, citizenId } = await identityOf(ports.vault, of);
    for (const { reference, account } of await accountsOf(entries, histories, of, ports)) {
      const { bank, number, holder, heir } = account;
      rows.push([part, fullName, citizenId, reference, bank, number, holder, heir?.fullName ?? '']);
    }
  }
  return new TextEncoder().encode(csvOf(rows));
}

const referenceOf = orderData.pick({ reference: true });

/** The account of each order of the part; of somebody who was never ordered for, the account of the case. */
async function accountsOf(
  entries: readonly Entry[],
  histories: PackHistories['histories'],
  of: { readonly id: string; readonly account: { readonly sealed: string } },
  { vault }: Ports,
): Promise<readonly { readonly reference: string; readonly account: BankAccount }[]> {
  const references = ofKind(entries, 'ordered').map((entry) => dataOf(entry, referenceOf));
  if (references.length === 0) return [{ reference: '', account: await accountOf(vault, of.id, of.account.sealed) }];
  const found: { reference: string; account: BankAccount }[] = [];
  for (const { reference } of references) {
    const [first] = histories.get(`order/${reference}`) ?? [];
    if (first === undefined) continue;
    found.push({ reference, account: await accountOf(vault, of.id, dataOf(first, orderData).account) });
  }
  return found;
}

/**
 * The job behind the button: makes the pack, keeps it in Files, and writes who asked for it. `receiver` is the public key to
 * which a full pack is sealed.
 */
export async function keepPack(
  { batch, receiver }: { readonly batch: string; readonly receiver?: string },
  by: string,
  ports: Ports,
): Promise<Refused | undefined> {
  const to = receiver === undefined ? undefined : receiverOf(receiver);
  if (to !== undefined && 'vi' in to) return { outcome: 'refused', why: to };
  const made = await makePack({ batch, isFull: to !== undefined }, by, ports);
  if (made.outcome === 'refused') return made;
  const { zip, root, anchor } = made;
  const file = await ports.files.put(to === undefined ? zip : sealFor(to, zip));
  const data = { file, root, anchor: anchor.anchor, ...(to === undefined ? {} : { receiver: to.id }) };
  await commitDeciding(ports.store, async () => {
    const readAt = (await ports.store.read(packStream(batch))).length;
    const entry = { kind: 'packed', at: ports.now(), by, data };
    return { changes: [{ stream: packStream(batch), readAt, entries: [entry] }] };
  });
  return undefined;
}
