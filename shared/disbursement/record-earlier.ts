/** Records a confirmed list of payments made elsewhere, row by row. Run again after a kill it does what is left to do. */
import * as z from 'zod';
import { readCase } from '../case/case.ts';
import { caseIdOf } from '../case/part.ts';
import type { Account } from '../case/access.ts';
import type { Ports } from '../case/ports.ts';
import { tellEarlierList, readEarlierList, type EarlierList } from './earlier-list.ts';
import { type JudgedRow, judgedRow } from './judge-earlier.ts';
import { recordPaidElsewhere } from './paid-elsewhere.ts';

export interface RecordedEarlier {
  readonly recorded: number;
  readonly same: number;
  /** Rows that could be recorded when they were confirmed, and cannot any more. */
  readonly left: number;
}

/** Throws when the reading is gone: Files lose nothing. */
export async function readJudged(hash: string, { files }: Pick<Ports, 'files'>): Promise<readonly JudgedRow[]> {
  const content = await files.get(hash);
  if (content === undefined) throw new Error(`the reading ${hash} of a list of payments is gone`);
  return z.array(judgedRow).parse(JSON.parse(new TextDecoder().decode(content)));
}

export async function putJudged(rows: readonly JudgedRow[], { files }: Pick<Ports, 'files'>): Promise<string> {
  return files.put(new TextEncoder().encode(JSON.stringify(rows)));
}

/** Whether a row of the list pays this very account. */
export async function paysAccount(
  reading: string,
  { citizenDigest }: Account,
  ports: Pick<Ports, 'files' | 'store'>,
): Promise<boolean> {
  if (citizenDigest === undefined) return false;
  for (const { payment } of await readJudged(reading, ports)) {
    if (payment?.part === undefined) continue;
    const of = await readCase(ports.store, caseIdOf(payment.part));
    if (of?.submitted.citizenDigest === citizenDigest) return true;
  }
  return false;
}

/** Nothing at all when nobody has confirmed the list, or it is recorded already. */
export async function recordEarlier(
  id: string,
  ports: Pick<Ports, 'store' | 'files' | 'now'>,
  progress: (done: number, of: number) => void = () => {},
): Promise<RecordedEarlier | undefined> {
  const list = await readEarlierList(ports.store, id);
  if (list?.confirmed === undefined || list.status !== 'confirmed') return list?.recorded;
  const rows = await readJudged(list.confirmed.reading, ports);
  const results: JudgedRow[] = [];
  const came = { recorded: 0, same: 0, left: 0 };
  for (const row of rows) {
    const result = row.verdict === 'recordable' ? await recordRow(row, list, list.confirmed.by, ports) : undefined;
    if (result !== undefined) came[result.came] += 1;
    results.push(result?.row ?? row);
    progress(results.length, rows.length);
  }
  await tellEarlierList(id, { kind: 'recorded', data: { ...came, results: await putJudged(results, ports) } }, ports);
  return came;
}

async function recordRow(
  row: JudgedRow,
  { id: list, paper }: EarlierList,
  by: string,
  ports: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly came: keyof RecordedEarlier; readonly row: JudgedRow }> {
  const { part = '', amount = '0', on = '', document = '', paidBy = '' } = row.payment ?? {};
  const payment = { part, amount: BigInt(amount), on, document, paidBy, paper, list };
  const outcome = await recordPaidElsewhere(payment, by, ports);
  if (outcome.outcome === 'refused') {
    return { came: 'left', row: { ...row, verdict: outcome.code, why: outcome.why } };
  }
  return { came: outcome.outcome, row: outcome.outcome === 'same' ? { ...row, verdict: 'same' } : row };
}
