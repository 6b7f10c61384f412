/** What DynamoDB throws, sorted; and the one ladder on which a request is tried again. */
import * as z from 'zod';
import { Permanent, Transient } from '../../shared/case/faults.ts';

/**
 * `again`: nothing was written, and the same request may pass. `unsure`: the same, but what was asked may have been done.
 * `refused`: a condition did not hold. `permanent`: no other try will help.
 */
export type Sort = 'again' | 'unsure' | 'refused' | 'permanent';

const named = z.object({
  name: z.string().default(''),
  code: z.string().optional(),
  message: z.string().default(''),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});
const reason = z.object({ Code: z.string().optional(), Item: z.unknown().optional() });
const cancelled = z.object({ name: z.literal('TransactionCanceledException'), CancellationReasons: z.array(reason) });

const busy = [
  'ThrottlingException',
  'ThrottlingError',
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'LimitExceededException',
  'TransactionConflictException',
  'TransactionConflict',
  // Credentials that ran out are fetched anew for the next try.
  'ExpiredTokenException',
  'ExpiredToken',
  'RequestExpired',
];
const lost = [
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'AbortError',
  'TransactionInProgressException',
];
const lostCodes = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|UND_ERR)/;
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
  if (reasons !== undefined) {
    if (reasons.some(isRefusal)) return 'refused';
    const met = reasons.map(({ Code = 'None' }) => Code).filter((code) => code !== 'None');
    return met.length > 0 && met.every((code) => busy.includes(code)) ? 'again' : 'permanent';
  }
  const { name, code = '', $metadata } = named.parse(Object(error));
  if (name === conditionalPut) return 'refused';
  if (busy.includes(name)) return 'again';
  if (lost.includes(name) || lostCodes.test(code) || ($metadata?.httpStatusCode ?? 0) >= 500) return 'unsure';
  return 'permanent';
}

/** Milliseconds before each further try; chance takes away up to half, so that those who met do not meet again. */
export const ladder = [50, 100, 200, 400, 800, 1600, 3200] as const;

export type Pause = (milliseconds: number) => Promise<void>;

export const pause: Pause = async (milliseconds) => {
  const wait = milliseconds * (1 - Math.random() / 2);
  await new Promise((resolve) => setTimeout(resolve, wait));
};

/**
 * Does what is asked, again after each fault that may pass. Throws Transient at the ladder's end and Permanent at once; what
 * is refused is thrown as it came. `onUnsure` is told of each fault after which the request may have been carried out.
 */
export async function onLadder<T>(act: () => Promise<T>, wait: Pause, onUnsure: () => void = () => {}): Promise<T> {
  for (const step of [...ladder, undefined]) {
    try {
      return await act();
    } catch (error) {
      const sort = sortOf(error);
      if (sort === 'refused' || error instanceof Permanent || error instanceof Transient) throw error;
      if (sort === 'permanent') throw new Permanent(`the table refused a request: ${told(error)}`, { cause: error });
      if (sort === 'unsure') onUnsure();
      if (step === undefined) throw new Transient(`the table is busy or away: ${told(error)}`, { cause: error });
      await wait(step);
    }
  }
  throw new Transient('the table is busy or away');
}

function told(error: unknown): string {
  const codes = cancellationReasons(error)?.map(({ Code = 'None' }) => Code);
  const { name, message } = named.parse(Object(error));
  return codes === undefined ? `${name} ${message}` : `${name} ${[...new Set(codes)].join(', ')}`;
}
