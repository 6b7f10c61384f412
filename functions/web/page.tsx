/** What every page gets: who looks, in which language, at which instant; and the frame around what it shows. */
import type { Child } from 'hono/jsx';
import type { Account } from '../../shared/case/access.ts';
import type { Refused } from '../../shared/case/ports.ts';
import type { Language, Sentence } from '../../shared/vietnamese.ts';
import type { WebPorts } from './ports.ts';

export interface Visit {
  readonly account: Account;
  readonly language: Language;
  readonly csrf: string;
  readonly ports: WebPorts;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly path: string;
  /** The page that this one's forms come back to: of a form's answer, the page that has the form. */
  readonly here: string;
  /** What was posted; empty for a GET. */
  readonly form: Form;
  /** Picks the language. */
  say(vi: string, en: string): string;
  words(sentence: Sentence | undefined): string;
}

export type Form = FormData;

/** A page's answer: a page in the frame, or a way elsewhere, or a file. */
export type Answer =
  | {
      readonly page: string;
      readonly body: Child;
      readonly status?: 200 | 403 | 404 | 409 | 422;
      readonly refreshAfter?: number;
    }
  | { readonly to: string }
  | { readonly file: Uint8Array; readonly name: string; readonly type: string };

export type Problem = Refused['why'];

/** A text field of the form, trimmed; absent or a file counts as empty. */
export function field(form: Form, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** An uploaded file's bytes; `undefined` when none was chosen. */
export async function upload(form: Form, name: string): Promise<{ bytes: Uint8Array } | undefined> {
  const value = form.get(name);
  if (!(value instanceof File) || value.size === 0) return undefined;
  return { bytes: new Uint8Array(await value.arrayBuffer()) };
}
