/** Reads an uploaded list into a stored reading, and later submits its good rows. */
import { type Account, mayReach } from '../../shared/case/access.ts';
import { commitDeciding } from '../../shared/case/history.ts';
import type { Facts } from '../../shared/case/facts.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { readRecordedReadings } from '../../shared/case/recorded-readings.ts';
import { type Block, readUnits } from '../../shared/case/unit.ts';
import { assess } from '../../shared/entitlement/assess.ts';
import { reassess } from '../../shared/entitlement/reassess.ts';
import {
  fileClaim,
  type List,
  type ListCounts,
  listRow,
  listStream,
  readListHistory,
} from '../../shared/intake/list.ts';
import { correctFacts } from '../../shared/intake/correct.ts';
import { type CheckedList, checkedList } from '../../shared/intake/checked-list.ts';
import { lateRound, readCutOff } from '../../shared/intake/cut-off.ts';
import { listContextFor } from '../../shared/intake/list-context.ts';
import type { ListContext } from '../../shared/intake/list-person.ts';
import { type ListReport, reportOf } from '../../shared/intake/list-report.ts';
import { type ListReading, readList, type UnreadList } from '../../shared/intake/read-list.ts';
import { type Standing, standingOf } from '../../shared/intake/standing.ts';
import { submitList } from '../../shared/intake/submit.ts';
import type { SetReadings } from '../../shared/law/readings.ts';
import { markedCopy } from '../papers/marked-copy.ts';
import { readSheets } from '../papers/sheet.ts';

export async function importList(
  listId: string,
  account: Account,
  ports: Ports,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const list = await readListHistory(ports.store, listId);
  if (list === undefined || list.read !== undefined || list.unreadable !== undefined) return;
  const context = await listContextFor(account, ports);
  const reading = await readingOf(list, context, ports, progress);
  if ('outcome' in reading) {
    const columns = reading.columns === undefined ? {} : { columns: await putJson(reading.columns, ports) };
    return record(list, 'unreadable', { ...reading.why, ...columns }, { people: 0, faults: 0 }, ports);
  }
  const standings: Standing[] = [];
  for (const person of reading.people) {
    standings.push(await standingOf(person, context.mayUse, ports));
    progress(standings.length, reading.people.length);
  }
  const block = blockOf(reading, context);
  const counts = { people: reading.people.length, faults: reading.faults.length, ...block };
  const { warnings, rowsRead: rows, tables } = reading;
  const checked: CheckedList = { ...reading, standings };
  const stored = {
    reading: await putJson(checked, ports),
    report: await putJson(reportOf(checked, await computedOf(checked, ports)), ports),
  };
  return record(list, 'read', { ...counts, warnings: warnings.length, rows, tables, ...stored }, counts, ports);
}

/** The block of the people, where it is one. */
function blockOf({ people }: ListReading, { units }: ListContext): { readonly block?: Block } {
  const blocks = new Map(units.map(({ code, block }) => [code, block]));
  const [block, other] = new Set(people.map(({ payingUnit }) => blocks.get(payingUnit)));
  return block === undefined || other !== undefined ? {} : { block };
}

async function readingOf(
  list: List,
  context: ListContext,
  { files }: Ports,
  progress: (done: number, of: number) => void,
): Promise<ListReading | UnreadList> {
  const sheets = await readSheets((await files.get(list.file)) ?? new Uint8Array(), progress);
  return sheets.outcome === 'refused' ? sheets : readList(sheets.sheets, context);
}

async function putJson(value: unknown, { files }: Ports): Promise<string> {
  return files.put(new TextEncoder().encode(JSON.stringify(value)));
}

/** The sums of the rows that have no fault, by the readings that are set. */
async function computedOf({ people }: CheckedList, { store }: Ports): Promise<ListReport['computed']> {
  const { set } = await readRecordedReadings(store);
  let entitled = 0;
  let total = 0n;
  for (const { facts } of people) {
    const assessed = assess(facts, set);
    if (assessed.outcome !== 'entitled') continue;
    entitled += 1;
    total += BigInt(assessed.total);
  }
  return { entitled, total: total.toString() };
}

/** Makes the copy that goes back to the unit. */
export async function markList(listId: string, ports: Ports): Promise<void> {
  const list = await readListHistory(ports.store, listId);
  if (list?.read === undefined || list.marked !== undefined) return;
  const [bytes, reading] = await Promise.all([ports.files.get(list.file), readChecked(list.read.reading, ports)]);
  const { bytes: marked, as } = await markedCopy(bytes ?? new Uint8Array(), reading.faults, list.read.tables);
  const { people, faults } = list.read;
  const data = { file: await ports.files.put(marked), as };
  await record(list, 'marked', data, { people, faults, ...earlierCounts(list) }, ports);
}

function earlierCounts({ submitted, read }: List): Pick<ListCounts, 'submitted' | 'block'> {
  return {
    ...(submitted === undefined ? {} : { submitted: submitted.submitted }),
    ...(read?.block === undefined ? {} : { block: read.block }),
  };
}

export async function readChecked(hash: string, { files }: Ports): Promise<CheckedList> {
  const content = await files.get(hash);
  if (content === undefined) throw new Error(`the reading ${hash} of a list is gone`);
  return checkedList.parse(JSON.parse(new TextDecoder().decode(content)));
}

/** Submits the good rows. Run again after a kill it goes on where it was. */
export async function submitStoredList(
  listId: string,
  account: Account,
  ports: Ports,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const list = await readListHistory(ports.store, listId);
  if (list?.read === undefined || list.submitted !== undefined) return;
  const { people } = await readChecked(list.read.reading, ports);
  const { set: readings } = await readRecordedReadings(ports.store);
  const cutOff = await readCutOff(ports.store);
  const late = cutOff === undefined ? undefined : lateRound(ports.now(), cutOff);
  const round = late === undefined ? {} : { round: late };
  const result = await submitList(
    { listId, by: list.by, people, mayUse: (unit) => mayReach(account, { unit }), readings, ...round },
    await readUnits(ports.store),
    {
      assess: (facts) => assess(facts, readings),
      correct: (caseId, facts) => correctByList(caseId, facts, list, readings, ports),
    },
    ports,
    (done) => progress(done, people.length),
  );
  const counts = {
    people: people.length,
    faults: list.read.faults,
    ...earlierCounts(list),
    submitted: result.submitted,
  };
  await record(list, 'submitted', { ...result, ...round }, counts, ports);
}

/** The paper of such a correction is the unit's own list. */
async function correctByList(
  caseId: string,
  facts: Facts,
  { id, by, file }: List,
  readings: SetReadings,
  ports: Ports,
): Promise<boolean> {
  const outcome = await correctFacts({ caseId, facts, reason: `Danh sách sửa đổi ${id}`, paper: file }, by, ports);
  if (outcome.outcome === 'refused') return false;
  await reassess(caseId, readings, ports);
  return true;
}

type Recorded = 'read' | 'unreadable' | 'marked' | 'submitted';

async function record(
  { id }: List,
  kind: Recorded,
  data: unknown,
  counts: ListCounts,
  { store, now }: Ports,
): Promise<void> {
  await commitDeciding(store, async () => {
    const list = await readListHistory(store, id);
    if (list === undefined || list[kind] !== undefined) return { stop: 'recorded' };
    const entry = { kind, at: now(), by: kind === 'submitted' ? list.by : 'system', data };
    const status = kind === 'marked' ? (list.submitted === undefined ? 'read' : 'submitted') : kind;
    // A file that nobody can read may be sent again as it is, once its columns are known or its unit is registered.
    const releases = kind === 'unreadable' ? [fileClaim(list.by, list.file)] : [];
    return {
      changes: [
        {
          stream: listStream(id),
          readAt: list.entries.length,
          entries: [entry],
          row: listRow(list, status, counts),
          ...(releases.length === 0 ? {} : { releases }),
        },
      ],
    };
  });
}
