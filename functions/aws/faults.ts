/** What AWS's services throw, sorted; and the one ladder on which a request is tried again. */
import * as z from 'zod';
import { Permanent, Transient } from '../../shared/case/faults.ts';

/**
 * `again`: nothing was done, and the same request may pass. `unsure`: the same, but what was asked may have been done.
 * `refused`: an answer that the caller expects. `permanent`: no other try will help.
 */
export type Sort = 'again' | 'unsure' | 'refused' | 'permanent';

const named = z.object({
  name: z.string().default(''),
  code: z.string().optional(),
  message: z.string().default(''),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});

const busy: readonly string[] = [
  'ThrottlingException',
  'ThrottlingError',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'SlowDown',
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'ExecutionLimitExceeded',
  'LimitExceededException',
  'TransactionConflictException',
  'TransactionConflict',
  // Two writers of one object met: S3 asks for another try.
  'ConditionalRequestConflict',
  'OperationAborted',
  // Credentials that ran out are fetched anew for the next try.
  'ExpiredTokenException',
  'ExpiredToken',
  'RequestExpired',
];
const lost: readonly string[] = [
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'AbortError',
  'TransactionInProgressException',
];
const lostCodes = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|UND_ERR)/;

/** Whether a code that stands in an answer, as for one item of many, says that another try may pass. */
export function isBusy(code: string): boolean {
  return busy.includes(code);
}

/** Of any service; `expected` are the names of answers that the caller knows what to do with. */
export function serviceSort(error: unknown, expected: readonly string[] = []): Sort {
  const { name, code = '', $metadata } = named.parse(Object(error));
  if (expected.includes(name)) return 'refused';
  if (busy.includes(name)) return 'again';
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === tooMany) return 'again';
  if (lost.includes(name) || lostCodes.test(code) || status >= 500) return 'unsure';
  return 'permanent';
}

const tooMany = 429;

/** The name by which a service calls its fault; empty when it has none. */
export function faultName(error: unknown): string {
  return named.parse(Object(error)).name;
}

/** Milliseconds before each further try; chance takes away up to half, so that those who met do not meet again. */
export const ladder = [50, 100, 200, 400, 800, 1600, 3200] as const;

export type Pause = (milliseconds: number) => Promise<void>;

export const pause: Pause = async (milliseconds) => {
  const wait = milliseconds * (1 - Math.random() / 2);
  await new Promise((resolve) => setTimeout(resolve, wait));
};

export interface Climb {
  /** What is asked, for the words of a fault: `the table`. */
  readonly what: string;
  readonly wait: Pause;
  sort(error: unknown): Sort;
  /** The words of a fault, without data of persons. */
  told?(error: unknown): string;
  /** Told of each fault after which the request may have been carried out. */
  onUnsure?(): void;
}

/**
 * Does what is asked, again after each fault that may pass. Throws Transient at the ladder's end and Permanent at once; what
 * is refused is thrown as it came.
 */
export async function climb<T>(
  act: () => Promise<T>,
  { what, wait, sort, told = nameAndWords, onUnsure }: Climb,
): Promise<T> {
  for (const step of [...ladder, undefined]) {
    try {
      return await act();
    } catch (error) {
      const sorted = sort(error);
      if (sorted === 'refused' || error instanceof Permanent || error instanceof Transient) throw error;
      if (sorted === 'permanent') throw new Permanent(`${what} refused a request: ${told(error)}`, { cause: error });
      if (sorted === 'unsure') onUnsure?.();
      if (step === undefined) throw new Transient(`${what} is busy or away: ${told(error)}`, { cause: error });
      await wait(step);
    }
  }
  throw new Transient(`${what} is busy or away`);
}

/** A service as an adapter speaks to it. */
export interface Service {
  /** Names an answer that is thrown as it came, instead of as a fault. */
  <T>(act: () => Promise<T>, ...expected: readonly string[]): Promise<T>;
}

/** The ladder of one service, for its adapter. */
export function service(what: string, wait: Pause = pause): Service {
  return (act, ...expected) => climb(act, { what, wait, sort: (error) => serviceSort(error, expected) });
}

export function nameAndWords(error: unknown): string {
  const { name, message } = named.parse(Object(error));
  return `${name} ${message}`;
}

/** Makes it at the first call and keeps it. A failure is not kept: the next call tries again, in a process that lives on. */
export function keptOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
