/** People whom a system submits for its units: taken once a key, checked and submitted as a job. */
import { actorOf } from '../../shared/case/api-client.ts';
import { readListHistory, type List } from '../../shared/intake/list.ts';
import { listReport } from '../../shared/intake/list-report.ts';
import type { Fault } from '../../shared/intake/read-list.ts';
import {
  noteSubmission,
  readSubmission,
  receiveSubmission,
  type Submission,
  submissionId,
} from '../../shared/intake/submission.ts';
import { faultsOf } from '../../shared/entitlement/facts-door.ts';
import { faultsToTell, notFound, type Problem } from './problem.ts';
import { casesOf, numberOf, toldFault, toldUncarried } from './list-told.ts';
import { clerkOf } from './reach.ts';
import { type ApiAnswer, answered, type Call, jsonOf } from './route.ts';
import { type ListAnswer, listRequest, type ListRequest } from './schemas.ts';

/** In characters. */
const longestKey = 200;

export async function submitListRoute(call: Call): Promise<ApiAnswer> {
  const { client, headers, body, ports } = call;
  const key = headers.get('Idempotency-Key') ?? '';
  if (key === '' || key.length > longestKey) return { problem: noKey };
  const json = jsonOf(call);
  if ('problem' in json) return json;
  const message = listRequest.safeParse(json.json);
  const faults = message.success ? faultsIn(message.data) : faultsOf(message.error);
  if (!message.success || faults.length > 0) {
    return { problem: { kind: 'does-not-fit', says: unfit, more: faultsToTell(faults) } };
  }
  const by = actorOf(client);
  const id = submissionId(by, key);
  const { people, submit } = message.data;
  const stored = { body: await ports.files.put(body), people: people.length, submit };
  const submission = await receiveSubmission(id, stored, by, ports);
  if ('outcome' in submission) return { problem: { kind: 'key-reused', says: submission.why } };
  return answered({ id, href: `/api/v1/lists/${id}`, job: await jobOf(submission, call) }, 202);
}

/**
 * The job that was started for it, or one now: the process may have died in between, or the job failed, or its record is gone
 * before the list came to its end.
 */
async function jobOf(submission: Submission, { client, ports }: Call): Promise<string> {
  if (submission.job !== undefined && !(await isLost(submission.job, submission, ports))) return submission.job;
  const input = { id: submission.id, account: await clerkOf(client, ports) };
  const job = await ports.jobs.start('take-submission', input, submission.by);
  await noteSubmission(submission, { job }, ports);
  return (await readSubmission(ports.store, submission.id))?.job ?? job;
}

async function isLost(jobId: string, { id, submit }: Submission, ports: Call['ports']): Promise<boolean> {
  const job = await ports.jobs.find(jobId);
  if (job !== undefined) return job.status === 'failed';
  const status = statusOf(await readListHistory(ports.store, id));
  return status === 'received' || (status === 'checked' && submit !== 'check');
}

/** What the schema of one person cannot see. */
function faultsIn({ people }: ListRequest): readonly { readonly path: string; readonly message: string }[] {
  const seen = new Set<string>();
  return people.flatMap(({ id, fullName, citizenId, facts: { person } }, index) => {
    const path = `people.${index}`;
    const found: { path: string; message: string }[] = [];
    if (seen.has(id)) found.push({ path: `${path}.id`, message: 'two people have this id' });
    seen.add(id);
    if (person?.fullName !== undefined && person.fullName !== fullName) {
      found.push({ path: `${path}.facts.person.fullName`, message: 'differs from fullName' });
    }
    if (person?.citizenId !== undefined && person.citizenId !== citizenId) {
      found.push({ path: `${path}.facts.person.citizenId`, message: 'differs from citizenId' });
    }
    return found;
  });
}

export async function readListRoute({ client, params, ports }: Call): Promise<ApiAnswer> {
  const submission = await readSubmission(ports.store, params['id'] ?? '');
  if (submission?.by !== actorOf(client)) return { problem: notFound({ vi: 'danh sách', en: 'list' }) };
  const list = await readListHistory(ports.store, submission.id);
  const message = await messageIn(submission.body, ports);
  const idAt = (number: number) => message.people[number - 1]?.id ?? '';
  const report = list?.read === undefined ? undefined : await reportIn(list.read.report, ports);
  const uncarried = (submission.uncarried ?? []).flatMap(({ number, paths }) =>
    paths.map((path) => toldUncarried(idAt(Number(number)), path)),
  );
  const told = (faults: readonly Fault[]) => faults.map((fault) => toldFault(fault, list, message));
  const rowIds = (rows: readonly string[]) => rows.map((row) => idAt(numberOf(Number.parseInt(row, 10), list)));
  const submitted = list?.submitted;
  const answer: ListAnswer = {
    id: submission.id,
    status: statusOf(list),
    receivedAt: submission.at,
    people: submission.people,
    faults: [...told(report?.faults.first ?? []), ...uncarried],
    faultCount: (report?.faults.count ?? 0) + uncarried.length,
    warnings: told(report?.warnings.first ?? []),
    warningCount: report?.warnings.count ?? 0,
    ...(list?.unreadable === undefined ? {} : { problem: { vi: list.unreadable.vi, en: list.unreadable.en } }),
    ...(report === undefined ? {} : { computed: report.computed }),
    ...(submitted === undefined
      ? {}
      : {
          submitted: {
            submitted: submitted.submitted,
            corrected: submitted.corrected,
            same: submitted.same,
            elsewhere: rowIds(submitted.elsewhere),
            left: rowIds(submitted.left),
            cases: [...(await casesOf(message.people, client, ports))],
          },
        }),
  };
  return answered(answer);
}

function statusOf(list: List | undefined): ListAnswer['status'] {
  if (list?.submitted !== undefined) return 'submitted';
  if (list?.unreadable !== undefined) return 'unreadable';
  return list?.read === undefined ? 'received' : 'checked';
}

async function reportIn(hash: string, { files }: Call['ports']) {
  return listReport.parse(JSON.parse(new TextDecoder().decode((await files.get(hash)) ?? new Uint8Array())));
}

async function messageIn(hash: string, { files }: Call['ports']): Promise<ListRequest> {
  return listRequest.parse(JSON.parse(new TextDecoder().decode((await files.get(hash)) ?? new Uint8Array())));
}

const noKey: Problem = {
  kind: 'key-missing',
  says: {
    vi: `Thiếu tiêu đề Idempotency-Key (1 đến ${longestKey} ký tự), để gửi lại không thành hai danh sách. Chưa có gì được ghi nhận.`,
    en: `Send Idempotency-Key (1 to ${longestKey} characters), so that sending again makes no second list. Nothing was recorded.`,
  },
};
const unfit = {
  vi: 'Danh sách không đúng quy định; từng lỗi nằm ở faults. Chưa có gì được ghi nhận.',
  en: 'The list does not fit; each fault is in faults. Nothing was recorded.',
};
