/** Result lines that another system sent as a message, through the same reconciliation as a file that Finance brings in. */
import type * as z from 'zod';
import type { Ports } from '../../shared/case/ports.ts';
import { reconcile, type ResultFile } from '../../shared/disbursement/reconcile.ts';
import type { resultImport } from '../../shared/disbursement/result-import.ts';
import { resultsRequest } from '../api/schemas.ts';
import type { JobResult, Progress } from '../jobs.ts';
import { writeAnySheet } from '../papers/long-sheet.ts';

export async function takeResults(
  { batch, file, by, sender }: z.infer<typeof resultImport>,
  ports: Ports,
  progress: Progress,
): Promise<JobResult> {
  const content = await ports.files.get(file);
  if (content === undefined) throw new Error(`the message ${file} of results is gone`);
  const { count, total, lines } = resultsRequest.parse(JSON.parse(new TextDecoder().decode(content)));
  const read: ResultFile = {
    statedCount: count,
    statedTotal: BigInt(total),
    lines: lines.map(({ amount, ...line }, at) => ({ ...line, row: at + 1, amount: BigInt(amount) })),
  };
  const done = await reconcile(batch, file, read, by, ports, {
    ...(sender === undefined ? {} : { sender }),
    progress: (known) => progress(known, lines.length),
    write: writeAnySheet,
  });
  return done.outcome === 'refused' ? { to: '/chi-tra', problem: done.why } : { to: `/chi-tra/ket-qua/${file}` };
}
