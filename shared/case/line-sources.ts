/**
 * Setting: which components of a sum another source pays than the paying unit's own, by Finance's document. A case keeps
 * what was set when it was submitted, so that nobody's money changes its source behind a decision.
 */
import * as z from 'zod';
import { dataOf } from './history.ts';
import type { Store } from './store.ts';
import { type Source, sources, type Unit } from './unit.ts';

export const lineSource = z.object({
  /** The name of a line, such as `job-search`. */
  line: z.string(),
  /** Absent: the unit's own source pays it again. */
  source: z.enum(sources).exactOptional(),
  /** One paying unit alone, by code; absent, all of them. */
  unit: z.string().exactOptional(),
  number: z.string(),
  on: z.string(),
  /** The scanned document, in Files. */
  paper: z.string(),
});
export type LineSource = z.infer<typeof lineSource>;

export const lineSourceStream = 'settings/line-sources';

/** What is in force: the newest row of each line and unit, in the order in which they were set. */
export async function readLineSources(store: Pick<Store, 'read'>): Promise<readonly LineSource[]> {
  const newest = new Map<string, LineSource>();
  for (const entry of await store.read(lineSourceStream)) {
    const rule = dataOf(entry, lineSource);
    const key = `${rule.line}/${rule.unit ?? ''}`;
    newest.delete(key);
    newest.set(key, rule);
  }
  return [...newest.values()];
}

/** Of a paying unit: line → source, where it is not the unit's own. A rule for one unit goes before one for all. */
export function lineSourcesOf(
  rules: readonly LineSource[],
  { code, source }: Pick<Unit, 'code' | 'source'>,
): Record<string, Source> {
  const found: Record<string, Source> = {};
  const general = rules.filter(({ unit }) => unit === undefined);
  const own = rules.filter(({ unit }) => unit === code);
  for (const rule of [...general, ...own]) found[rule.line] = rule.source ?? source;
  return Object.fromEntries(Object.entries(found).filter(([, other]) => other !== source));
}
