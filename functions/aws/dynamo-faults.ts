/** What DynamoDB throws, sorted; a cancelled transaction says so action by action. */
import * as z from 'zod';
import { climb, isBusy, nameAndWords, type Pause, serviceSort, type Sort } from './faults.ts';

export { ladder, pause, type Pause } from './faults.ts';

const reason = z.object({ Code: z.string().optional(), Item: z.unknown().optional() });
const cancelled = z.object({ name: z.literal('TransactionCanceledException'), CancellationReasons: z.array(reason) });

const conditional = 'ConditionalCheckFailed';
const conditionalPut = 'ConditionalCheckFailedException';

/** One for each action of the transaction, in their order; `undefined` when the error is not about one. */
export function cancellationReasons(error: unknown): readonly z.infer<typeof reason>[] | undefined {
  const read = cancelled.safeParse(error);
  return read.success ? read.data.CancellationReasons : undefined;
}

export function isRefusal({ Code }: { readonly Code?: string | undefined }): boolean {
  return Code === conditional;
}

export function sortOf(error: unknown): Sort {
  const reasons = cancellationReasons(error);
  if (reasons === undefined) return serviceSort(error, [conditionalPut]);
  if (reasons.some(isRefusal)) return 'refused';
  const met = reasons.map(({ Code = 'None' }) => Code).filter((code) => code !== 'None');
  return met.length > 0 && met.every(isBusy) ? 'again' : 'permanent';
}

/**
 * Does what is asked of the table, again after each fault that may pass. Throws Transient at the ladder's end and Permanent at
 * once; what is refused is thrown as it came. `onUnsure` is told of each fault after which the request may have been carried
 * out.
 */
export async function onLadder<T>(act: () => Promise<T>, wait: Pause, onUnsure: () => void = () => {}): Promise<T> {
  return climb(act, { what: 'the table', wait, sort: sortOf, told, onUnsure });
}

function told(error: unknown): string {
  const codes = cancellationReasons(error)?.map(({ Code = 'None' }) => Code);
  return codes === undefined ? nameAndWords(error) : `TransactionCanceledException ${[...new Set(codes)].join(', ')}`;
}
