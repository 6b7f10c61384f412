/** The Jobs port: a record in the scratch store, which the home runs off the page's thread. */
import * as z from 'zod';
import { isJobName, jobTitles } from '../job-titles.ts';
import type { Jobs, JobState } from '../web/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

const sentence = z.object({ vi: z.string(), en: z.string() });
export const jobKind = 'job';

export const jobRecord = z.object({
  kind: z.string(),
  input: z.unknown(),
  by: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.number(),
  of: z.number(),
  /** How often it was begun; one that takes the process down with it is not begun for ever. */
  tries: z.number().default(0),
  /** How often it met what may pass. */
  faults: z.number().default(0),
  /** When it is to be begun, or was begun last: milliseconds of the epoch. */
  due: z.number().default(0),
  result: z
    .object({ to: z.string(), problem: sentence.exactOptional(), note: sentence.exactOptional() })
    .exactOptional(),
});
export type JobRecord = z.infer<typeof jobRecord>;

/** A finished job's record is kept so long. */
const keptMilliseconds = 7 * 24 * 3_600_000;

/** For the pages: `begin` has the home run the job of this number. */
export function jobs(scratch: Scratch, id: () => string, begin: (jobId: string) => void | Promise<void>): Jobs {
  return {
    async start(kind, input, by) {
      const jobId = id();
      const begun = { status: 'waiting', done: 0, of: 0, tries: 0, faults: 0, due: Date.now() } as const;
      await scratch.put(jobKind, jobId, JSON.stringify({ kind, input, by, ...begun }), kept());
      await begin(jobId);
      return jobId;
    },
    async find(jobId) {
      const found = await readJob(scratch, jobId);
      return found === undefined ? undefined : stateOf(jobId, found);
    },
  };
}

function stateOf(id: string, { kind, status, done, of, by, result }: JobRecord): JobState {
  const title = isJobName(kind) ? jobTitles[kind] : { vi: kind, en: kind };
  return { id, title, status, done, of, by, ...(result === undefined ? {} : { result }) };
}

async function readJob(scratch: Scratch, id: string): Promise<JobRecord | undefined> {
  const text = await scratch.get(jobKind, id);
  return text === undefined ? undefined : jobRecord.parse(JSON.parse(text));
}

/** An open job, with its record as it lies. */
export interface OpenJob {
  readonly id: string;
  readonly text: string;
  readonly job: JobRecord;
}

/** By id; nothing of a job that has ended. */
export async function openJobs(scratch: Scratch): Promise<readonly OpenJob[]> {
  return (await scratch.list(jobKind)).flatMap(({ key, value }) => openJob(key, value));
}

export async function findOpenJob(scratch: Scratch, id: string): Promise<OpenJob | undefined> {
  const text = await scratch.get(jobKind, id);
  return text === undefined ? undefined : openJob(id, text)[0];
}

function openJob(id: string, text: string): readonly OpenJob[] {
  const job = jobRecord.parse(JSON.parse(text));
  return job.status === 'waiting' || job.status === 'running' ? [{ id, text, job }] : [];
}

const withAccount = z.looseObject({ account: z.looseObject({ id: z.string() }) });

/** A job's record without name and mail of whoever began it; of one that has ended, without what it was given. */
export function rememberedJob(text: string): string {
  const job = jobRecord.parse(JSON.parse(text));
  if (openJob('', text).length === 0) return JSON.stringify({ ...job, input: null });
  const input = withAccount.safeParse(job.input);
  if (!input.success) return text;
  const { account, ...rest } = input.data;
  return JSON.stringify({ ...job, input: { ...rest, account: { ...account, name: account.id, email: '' } } });
}

/**
 * Writes the record as long as nobody else has written it since: whoever comes back late does not write over what another
 * did. Answers whether it was written.
 */
export function writerOf(scratch: Scratch, { id, text }: OpenJob): (job: JobRecord) => Promise<boolean> {
  let last = text;
  return async (job) => {
    const next = JSON.stringify(job);
    const isOurs = await scratch.replace(jobKind, id, last, next, kept());
    if (isOurs) last = next;
    return isOurs;
  };
}

function kept(): number {
  return Date.now() + keptMilliseconds;
}

export function leaseOf(id: string): string {
  return `job/${id}`;
}
