/** The leadership page over any store: its numbers read back from what a browser would get, and the same recounted from the raw histories. */
import { html } from 'hono/html';
import { expect } from 'vitest';
import { completionPage } from '../functions/web/pages/completion.tsx';
import type { Answer, Visit } from '../functions/web/page.tsx';
import type { WebPorts } from '../functions/web/ports.ts';
import { bucketNames } from '../functions/web/words.ts';
import type { Account } from '../shared/case/access.ts';
import { readCase } from '../shared/case/case.ts';
import { type Bucket, bucketOf, buckets } from '../shared/case/lifecycle.ts';
import { caseIdOf, partStream, readPart, sourceOf } from '../shared/case/part.ts';
import type { Ports } from '../shared/case/ports.ts';
import { shareOf, payingSources } from '../shared/case/shares.ts';
import type { Entry, Store } from '../shared/case/store.ts';
import type { Figures } from '../shared/completion/follow.ts';
import { formatDong } from '../shared/dong.ts';
import { textOf } from '../infra/local/commands/visitor.ts';

const officer: Account = { id: 'x', name: 'x', email: 'x@x.example', role: 'finance-officer', units: [] };

const notOfThisPage = () => expect.fail('the page asked for something else');

/** Whoever looks at a page without a server; what a page needs beyond the use cases' ports is given, or is asked for in vain. */
export function visitOf(ports: Ports, given: Partial<WebPorts>, visit: Partial<Visit> = {}): Visit {
  const webPorts: WebPorts = {
    ...ports,
    figures: notOfThisPage,
    report: notOfThisPage,
    jobs: { start: notOfThisPage, find: notOfThisPage },
    papers: {
      listTemplate: notOfThisPage,
      listOf: notOfThisPage,
      write: notOfThisPage,
      rowsOf: notOfThisPage,
      slipFile: notOfThisPage,
      signaturesIn: notOfThisPage,
      resultNotices: notOfThisPage,
    },
    mails: {
      page: notOfThisPage,
      find: notOfThisPage,
      bounced: notOfThisPage,
      sendAgain: notOfThisPage,
      settle: notOfThisPage,
    },
    refusals: { note: notOfThisPage, latest: notOfThisPage },
    signIns: { invite: notOfThisPage, holds: notOfThisPage, latest: notOfThisPage },
    samples: [],
    isDemonstration: true,
    ...given,
  };
  return {
    account: officer,
    language: 'vi',
    csrf: 'x',
    ports: webPorts,
    params: {},
    query: new URLSearchParams(),
    path: '/',
    here: '/',
    form: new FormData(),
    say: (vi) => vi,
    words: (sentence) => sentence?.vi ?? '',
    ...visit,
  };
}

/** An answer as a browser gets it, without its frame. */
export async function htmlOf(answer: Answer): Promise<string> {
  return 'body' in answer ? String(await html`${answer.body}`) : expect.fail('no page');
}

/** The page as a browser gets it, without its frame. */
export async function completionHtml(ports: Ports, figures: Figures, account: Account = officer): Promise<string> {
  const visit = visitOf(ports, { figures: async () => figures }, { account, path: '/hoan-thanh' });
  return htmlOf(await completionPage(visit));
}

export interface Counted {
  people: number;
  total: bigint;
}

/** Of each bucket, as the page's table says. */
export function bucketsOnPage(html: string): Readonly<Record<string, string>> {
  const rows = [...html.matchAll(/<tr>.*?<\/tr>/gs)].map(([row]) => textOf(row).replaceAll(/\s+/g, ' ').trim());
  return Object.fromEntries(
    buckets.map((bucket) => {
      const name = bucketNames[bucket].vi;
      return [bucket, rows.find((row) => row.startsWith(`${name} `))?.slice(name.length + 1) ?? ''];
    }),
  );
}

/** The same from nothing but histories: the last entry of each part, and the lines of its case. Parts that moved are read again. */
export function bucketsOfHistories(store: Store) {
  const parts = new Map<string, Counted & { readonly bucket: Bucket }>();
  const counted = new Map<string, Counted>(buckets.map((bucket) => [bucket, { people: 0, total: 0n }]));
  const add = ({ bucket, people, total }: Counted & { readonly bucket: Bucket }, sign: 1 | -1) => {
    const into = counted.get(bucket) ?? expect.fail(bucket);
    into.people += sign * people;
    into.total += BigInt(sign) * total;
  };
  return async (moved: Iterable<string>): Promise<Readonly<Record<string, string>>> => {
    for (const partId of moved) {
      const part = (await readPart(store, partId)) ?? expect.fail(partId);
      const of = (await readCase(store, caseIdOf(partId))) ?? expect.fail(partId);
      const isFirst = (payingSources(of)[0] ?? of.submitted.source) === sourceOf(partId);
      const before = parts.get(partId);
      const now = {
        bucket: bucketOf[part.status],
        people: isFirst && of.submitted.difference === undefined ? 1 : 0,
        total: shareOf(of, sourceOf(partId)).total,
      };
      if (before !== undefined) add(before, -1);
      add(now, 1);
      parts.set(partId, now);
    }
    return Object.fromEntries(
      [...counted].map(([bucket, { people, total }]) => [bucket, `${people} ${formatDong(total)}`]),
    );
  };
}

/** What was written since it was last asked. */
export function watching(store: Store) {
  const seen = new Map<string, number>();
  const streams = new Set<string>();
  const everWritten = new Set<string>();
  return {
    everWritten,
    store: {
      ...store,
      async commit(changes: Parameters<Store['commit']>[0]) {
        const outcome = await store.commit(changes);
        if (outcome.outcome !== 'committed') return outcome;
        for (const { stream } of changes) {
          streams.add(stream);
          everWritten.add(stream);
        }
        return outcome;
      },
    } satisfies Store,
    async since() {
      const written: Pick<Entry, 'stream' | 'seq' | 'effects'>[] = [];
      for (const stream of streams) {
        const entries = await store.read(stream);
        written.push(...entries.slice(seen.get(stream) ?? 0));
        seen.set(stream, entries.length);
      }
      streams.clear();
      return written;
    },
  };
}

/** The parts whose histories these entries are of. */
export function partsIn(entries: readonly Pick<Entry, 'stream'>[]): ReadonlySet<string> {
  const parts = entries.filter(({ stream }) => stream.startsWith(partStream('')));
  return new Set(parts.map(({ stream }) => stream.slice(partStream('').length)));
}
