/**
 * People whom another system sent become a list: its rows are written into the province's own template and read like a
 * clerk's, with every check of the list. Run again after a kill it goes on where it was.
 */
import type { Account } from '../../shared/case/access.ts';
import { bankName } from '../../shared/case/banks.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { readUnits } from '../../shared/case/unit.ts';
import { listRow, listStream, readListHistory } from '../../shared/intake/list.ts';
import { periodRowsOf, rowOf } from '../../shared/intake/list-row.ts';
import { differingFacts } from '../../shared/intake/standing.ts';
import { noteSubmission, readSubmission, type Submission, type Uncarried } from '../../shared/intake/submission.ts';
import { type ListRequest, listRequest } from '../api/schemas.ts';
import { filledTemplate } from '../papers/list-template.ts';
import { importList, readChecked, submitStoredList } from './import-list.ts';

export async function takeSubmission(
  id: string,
  account: Account,
  ports: Ports,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const submission = await readSubmission(ports.store, id);
  if (submission === undefined) return;
  const { people } = await messageOf(submission, ports);
  await writeList(submission, people, ports);
  await importList(id, account, ports, progress);
  const uncarried = submission.uncarried ?? (await uncarriedIn(id, people, ports));
  if (submission.uncarried === undefined) await noteSubmission(submission, { uncarried }, ports);
  const list = await readListHistory(ports.store, id);
  if (list?.read === undefined) return;
  const isClean = list.read.faults === 0 && uncarried.length === 0;
  // A fact that the list cannot hold would be lost in silence: nothing goes on before the sender has seen it.
  const mayGoOn = submission.submit === 'good-rows' ? uncarried.length === 0 : isClean;
  if (submission.submit !== 'check' && mayGoOn) await submitStoredList(id, account, ports, progress);
}

/** As it came; it was held against the schema at the door. */
export async function messageOf({ body }: Submission, { files }: Pick<Ports, 'files'>): Promise<ListRequest> {
  const content = await files.get(body);
  if (content === undefined) throw new Error(`the message ${body} of a submission is gone`);
  return listRequest.parse(JSON.parse(new TextDecoder().decode(content)));
}

async function writeList({ id, by }: Submission, people: ListRequest['people'], ports: Ports): Promise<void> {
  const numbered = people.map((one, index) => ({ ...one, number: String(index + 1) }));
  const rows = numbered.map(({ number, fullName, citizenId, account, declaredTotal, ...of }) => {
    const bank = bankName(account.bank);
    const row = rowOf({ ...of, declaredTotal }, { fullName, citizenId }, { ...account, bank: account.bank });
    return { ...row, bank, number };
  });
  const periods = numbered.flatMap(({ number, facts }) => periodRowsOf(facts).map((period) => ({ ...period, number })));
  const bytes = await filledTemplate([...(await readUnits(ports.store)).values()], rows, periods);
  const file = await ports.files.put(bytes);
  const at = ports.now();
  // A conflict means that an earlier run has written it.
  await ports.store.commit([
    {
      stream: listStream(id),
      readAt: 0,
      entries: [{ kind: 'uploaded', at, by, data: { file } }],
      row: listRow({ id, entries: [], by, at, file }, 'uploaded', { people: 0, faults: 0 }),
    },
  ]);
}

/** What the register of reorganisations fills in where it was left empty. */
const filledIn: readonly string[] = ['leaving.reorganisedOn'];

async function uncarriedIn(id: string, sent: ListRequest['people'], ports: Ports): Promise<readonly Uncarried[]> {
  const list = await readListHistory(ports.store, id);
  if (list?.read === undefined) return [];
  const { people } = await readChecked(list.read.reading, ports);
  return people.flatMap(({ number, facts: read }) => {
    const of = sent[Number(number) - 1];
    if (of === undefined) return [];
    const { person, ...rest } = of.facts;
    const { citizenId: _id, fullName: _name, ...stated } = person ?? {};
    const paths = differingFacts(read, { ...rest, person: stated }).filter(
      (path) => !(filledIn.includes(path) && rest.leaving?.reorganisedOn === undefined),
    );
    return paths.length === 0 ? [] : [{ number, paths }];
  });
}
