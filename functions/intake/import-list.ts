/** Reads an uploaded list into a stored reading, and later submits its good rows. */
import { localDateOf } from '../../shared/calendar.ts';
import { type Account, mayReach } from '../../shared/case/access.ts';
import { commitDeciding } from '../../shared/case/history.ts';
import type { Ports, Refused } from '../../shared/case/ports.ts';
import { readRecordedReadings } from '../../shared/case/recorded-readings.ts';
import { readUnits } from '../../shared/case/unit.ts';
import { assess } from '../../shared/entitlement/assess.ts';
import { type List, listRow, listStream, readListHistory } from '../../shared/intake/list.ts';
import { type ListReading, readList, storedReading } from '../../shared/intake/read-list.ts';
import { submitList } from '../../shared/intake/submit.ts';
import { readSheets } from '../papers/sheet.ts';

export async function importList(listId: string, account: Account, ports: Ports): Promise<void> {
  const list = await readListHistory(ports.store, listId);
  if (list === undefined || list.read !== undefined || list.unreadable !== undefined) return;
  const reading = await readingOf(list, account, ports);
  if ('outcome' in reading) return record(list, 'unreadable', reading.why, { people: 0, faults: 0 }, ports);
  const stored = await ports.files.put(new TextEncoder().encode(JSON.stringify(reading)));
  const counts = { people: reading.people.length, faults: reading.faults.length };
  const data = { ...counts, warnings: reading.warnings.length, rows: reading.rowsRead, reading: stored };
  return record(list, 'read', data, counts, ports);
}

async function readingOf(list: List, account: Account, { files, store, now }: Ports): Promise<ListReading | Refused> {
  const sheets = await readSheets((await files.get(list.file)) ?? new Uint8Array());
  if (sheets.outcome === 'refused') return sheets;
  const units = [...(await readUnits(store)).values()];
  return readList(sheets.sheets, { units, mayUse: (code) => mayReach(account, code), today: localDateOf(now()) });
}

/** Submits the good rows. Run again after a kill it goes on where it was. */
export async function submitStoredList(
  listId: string,
  ports: Ports,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const list = await readListHistory(ports.store, listId);
  if (list?.read === undefined || list.submitted !== undefined) return;
  const content = await ports.files.get(list.read.reading);
  if (content === undefined) throw new Error(`the reading of list ${listId} is gone`);
  const { people } = storedReading.parse(JSON.parse(new TextDecoder().decode(content)));
  const { set: readings } = await readRecordedReadings(ports.store);
  const result = await submitList(
    { listId, by: list.by, people, readings },
    await readUnits(ports.store),
    (facts) => assess(facts, readings),
    ports,
    (done) => progress(done, people.length),
  );
  const counts = { people: people.length, faults: list.read.faults, submitted: result.submitted };
  await record(list, 'submitted', result, counts, ports);
}

async function record(
  { id }: List,
  kind: 'read' | 'unreadable' | 'submitted',
  data: unknown,
  counts: { readonly people: number; readonly faults: number; readonly submitted?: number },
  { store, now }: Ports,
): Promise<void> {
  await commitDeciding(store, async () => {
    const list = await readListHistory(store, id);
    if (list === undefined || list[kind] !== undefined) return { stop: 'recorded' };
    const entry = { kind, at: now(), by: kind === 'submitted' ? list.by : 'system', data };
    return {
      changes: [
        { stream: listStream(id), readAt: list.entries.length, entries: [entry], row: listRow(list, kind, counts) },
      ],
    };
  });
}
