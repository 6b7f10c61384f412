/** A visit to one page or act, without a server: what it asks beyond what the test gives it fails the test. */
import { html } from 'hono/html';
import { expect } from 'vitest';
import type { Answer, Visit } from '../functions/web/page.tsx';
import type { WebPorts } from '../functions/web/ports.ts';
import type { Account } from '../shared/case/access.ts';
import type { Ports } from '../shared/case/ports.ts';

export interface VisitWish {
  readonly account: Account;
  readonly path: string;
  readonly ports: Ports & Partial<WebPorts>;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly form?: Readonly<Record<string, string>>;
}

export function visitTo({ account, path, ports, params = {}, query = '', form = {} }: VisitWish): Visit {
  const posted = new FormData();
  for (const [name, value] of Object.entries(form)) posted.set(name, value);
  return {
    account,
    language: 'vi',
    csrf: 'x',
    ports: { ...nothingElse, ...ports },
    params,
    query: new URLSearchParams(query),
    path,
    form: posted,
    say: (vi) => vi,
    words: (sentence) => sentence?.vi ?? '',
  };
}

/** The page as a browser gets it, without its frame. */
export async function htmlOf(answer: Answer): Promise<string> {
  return 'body' in answer ? String(await html`${answer.body}`) : expect.fail('no page');
}

const notOfThisPage = () => expect.fail('the page asked for something else');
const nothingElse: Omit<WebPorts, keyof Ports> = {
  figures: notOfThisPage,
  takeAnchor: notOfThisPage,
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
};
