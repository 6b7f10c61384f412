/** An evidence pack to be tampered with: a province whose batch was paid, taken apart and put together again. */
import { makePack, type Pack } from '../../../functions/completion/make-pack.ts';
import { completed, kindOf, readZip, verifyPack } from '../../../functions/papers/verify-pack.mjs';
import { writePackZip } from '../../../functions/papers/pack-zip.ts';
import { anchored, anchorOf, type Head } from '../../../shared/case/anchor.ts';
import { type Entry, entryHash, noHash } from '../../../shared/case/store.ts';
import { canonical } from '../../../shared/hash.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { openProvince } from '../../province.ts';
import * as z from 'zod';

export type Members = Map<string, Uint8Array>;

const bytes = new TextEncoder();

/** Paid by a result file: all but the last, whose money came back. */
export async function paidPacks(people: number): Promise<{ readonly sealed: Pack; readonly full: Pack }> {
  const province = await openProvince({ people });
  try {
    const orders = await province.sentBatch('b1');
    const content = bytes.encode(`results of ${orders.length} orders`);
    const file = await province.still.files.put(content);
    const said = orders.length === 1 ? orders : orders.slice(0, -1);
    await reconcile('b1', file, await province.resultFile('b1', said), 'demo-finance-officer', province.still);
    if (orders.length > 1) {
      const back = await province.resultFile('b1', orders.slice(-1), 'returned');
      await reconcile(
        'b1',
        await province.still.files.put(bytes.encode('returns')),
        back,
        'demo-finance-officer',
        province.still,
      );
    }
    const [sealed, full] = [await packOf(province, false), await packOf(province, true)];
    return { sealed, full };
  } finally {
    await province.close();
  }
}

export async function packOf({ still }: Awaited<ReturnType<typeof openProvince>>, isFull: boolean): Promise<Pack> {
  const made = await makePack({ batch: 'b1', isFull }, 'demo-inspector', still);
  if (made.outcome === 'refused') throw new Error(made.why.en);
  return made;
}

export function membersOf(zip: Uint8Array): Members {
  return new Map(readZip(zip).members);
}

export function entriesIn(members: Members): Entry[] {
  const entry = z.custom<Entry>();
  return [...members]
    .filter(([name]) => name.startsWith('histories/'))
    .flatMap(([, content]) => Buffer.from(content).toString().trimEnd().split('\n'))
    .map((line) => entry.parse(JSON.parse(line)));
}

/** The pack of these entries: their members, and tables and manifest made to fit. */
export function packedAgain(members: Members, entries: readonly Entry[], heads?: Members): Uint8Array {
  const kept = new Map([...members].filter(([name]) => !/^(histories\/|manifest|DOC-TRUOC)/.test(name)));
  for (const [kind, own] of Map.groupBy(entries, ({ stream }) => kindOf(stream))) {
    kept.set(`histories/${kind}.jsonl`, bytes.encode(own.map((entry) => `${canonical(entry)}\n`).join('')));
  }
  for (const [name, content] of heads ?? []) kept.set(name, content);
  return writePackZip(completed(kept).members);
}

/** Every hash after a change made anew, as somebody does who knows how the chain is made. */
export function rechained(entries: readonly Entry[]): Entry[] {
  const last = new Map<string, string>();
  return entries.map((entry) => {
    const previousHash = last.get(entry.stream) ?? noHash;
    const made = { ...entry, previousHash };
    const hash = entryHash(made);
    last.set(entry.stream, hash);
    return { ...made, hash };
  });
}

/** The anchors over them made anew too: one anchor, with heads of these histories alone. */
export function anchoredAnew(entries: readonly Entry[]): { readonly entries: Entry[]; readonly heads: Members } {
  const chained = rechained(entries);
  const of = chained.filter(({ stream }) => stream !== 'anchors');
  const heads = [...new Map(of.map(({ stream, seq, hash }): [string, Head] => [stream, [stream, seq, hash]])).values()];
  const before = chained.find(({ stream }) => stream === 'anchors');
  if (before === undefined) throw new Error('there is no anchor');
  const { on, upTo } = anchored.parse(JSON.parse(before.data));
  const anchor = { ...before, data: canonical(anchorOf(on, undefined, heads, upTo)) };
  const text = `${heads
    .map((head) => JSON.stringify(head))
    .toSorted()
    .join('\n')}\n`;
  const again = rechained([...of, anchor]);
  return { entries: again, heads: new Map([['anchors/1.jsonl', bytes.encode(text)]]) };
}

/** Changes what the first entry of the kind says. */
export function retold(
  entries: readonly Entry[],
  stream: string,
  kind: string,
  change: (data: string) => string,
): Entry[] {
  const at = entries.findIndex((entry) => entry.kind === kind && entry.stream.startsWith(stream));
  return entries.map((entry, index) => (index === at ? { ...entry, data: change(entry.data) } : entry));
}

export function flipped(zip: Uint8Array, at: number, bit = 0): Uint8Array {
  const changed = Uint8Array.from(zip);
  changed[at] = (changed[at] ?? 0) ^ (1 << bit);
  return changed;
}

/** What is said of it; empty when everything holds. */
export function faultsIn(zip: Uint8Array, printed: { root?: string; anchor?: string } = {}): readonly string[] {
  return verifyPack(zip, printed).problems.map(({ at, what }) => `${at}: ${what}`);
}
