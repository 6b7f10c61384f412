/**
 * People whom another system submits: the message as it came, once a key of the sender's, and the list that was made of it. The
 * list has the same id, and from then on is a list like any other.
 */
import * as z from 'zod';
import { dataOf, lastOfKind } from '../case/history.ts';
import type { Ports, Refused } from '../case/ports.ts';
import { refused } from '../case/ports.ts';
import type { Entry, Row, Store } from '../case/store.ts';
import { hashOf } from '../hash.ts';

export const submitWishes = ['check', 'when-clean', 'good-rows'] as const;

const received = z.object({
  /** The message, in Files. */
  body: z.string(),
  people: z.number().int(),
  submit: z.enum(submitWishes),
});
const started = z.object({ job: z.string() });
/** Facts that the list could not hold as they were sent: by the number of the row. */
const uncarried = z.object({ number: z.string(), paths: z.array(z.string()) });
const taken = z.object({ uncarried: z.array(uncarried) });
export type Uncarried = z.infer<typeof uncarried>;

export interface Submission extends z.infer<typeof received> {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly by: string;
  readonly at: string;
  readonly job?: string;
  readonly uncarried?: readonly Uncarried[];
}

/** The same key of the same sender is always the same submission. */
export function submissionId(sender: string, key: string): string {
  return hashOf({ sender, key }).slice(0, 32);
}

function submissionStream(id: string): string {
  return `submission/${id}`;
}

export async function readSubmission(store: Pick<Store, 'read'>, id: string): Promise<Submission | undefined> {
  const entries = await store.read(submissionStream(id));
  const first = entries[0];
  if (first === undefined) return undefined;
  const begun = lastOfKind(entries, 'job-started');
  const end = lastOfKind(entries, 'taken');
  return {
    id,
    entries,
    by: first.by,
    at: first.at,
    ...dataOf(first, received),
    ...(begun === undefined ? {} : { job: dataOf(begun, started).job }),
    ...(end === undefined ? {} : { uncarried: dataOf(end, taken).uncarried }),
  };
}

/** Takes a message once. Another body under the same key is refused; the same one again is the submission that is there. */
export async function receiveSubmission(
  id: string,
  message: z.infer<typeof received>,
  by: string,
  ports: Pick<Ports, 'store' | 'now'>,
): Promise<Submission | Refused> {
  const at = ports.now();
  const entries = [{ kind: 'received', at, by, data: message }];
  await ports.store.commit([
    { stream: submissionStream(id), readAt: 0, entries, row: rowOf('received', by, message.people) },
  ]);
  const known = await readSubmission(ports.store, id);
  if (known === undefined) throw new Error(`submission ${id} was not written`);
  return known.body === message.body ? known : otherBody;
}

export async function noteSubmission(
  { id, by, people, entries, uncarried: before }: Submission,
  said: { readonly job: string } | { readonly uncarried: readonly Uncarried[] },
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<void> {
  const isStart = 'job' in said;
  const entry = { kind: isStart ? 'job-started' : 'taken', at: now(), by: isStart ? by : 'system', data: said };
  const row = rowOf(isStart && before === undefined ? 'received' : 'taken', by, people);
  // Whoever was faster has noted as much.
  await store.commit([{ stream: submissionStream(id), readAt: entries.length, entries: [entry], row }]);
}

function rowOf(status: 'received' | 'taken', by: string, people: number): Omit<Row, 'stream'> {
  return { kind: 'submission', status, summary: { by, people } };
}

const otherBody = refused(
  'Khóa Idempotency-Key này đã được dùng cho một nội dung khác. Chưa có gì được ghi nhận; hãy dùng khóa mới cho nội dung mới.',
  'This Idempotency-Key was used for another body. Nothing was recorded; use a new key for a new body.',
);
