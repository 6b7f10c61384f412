/** Long lists for the bench: written by the streaming writer, read in a process of their own whose memory is then theirs. */
import { fork } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import * as z from 'zod';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { formatDay } from '../../../shared/calendar.ts';
import { peopleSheet, periodColumns, periodsSheet, personColumns } from '../../../shared/intake/list-columns.ts';
import { readList } from '../../../shared/intake/read-list.ts';
import { personRow, periodRows, samplePeople, sampleUnits } from '../samples.ts';

const read = z.object({ seconds: z.number(), people: z.number(), faults: z.number() });
export type ReadLongList = z.infer<typeof read>;

/** Writes a list of so many people, with their periods, to a file; returns how many rows it has. */
export async function writeLongList(file: string, people: number): Promise<number> {
  const stream = createWriteStream(file);
  const writer = new WorkbookWriter({ stream, useStyles: false, useSharedStrings: false });
  const sample = samplePeople(1000, 1);
  const sheet = writer.addWorksheet(peopleSheet);
  sheet.addRow(personColumns.map(({ heading }) => heading)).commit();
  const periods = writer.addWorksheet(periodsSheet);
  periods.addRow(periodColumns.map(({ heading }) => heading)).commit();
  let rows = 2;
  for (let index = 0; index < people; index += 1) {
    const of = sample[index % sample.length];
    if (of === undefined) break;
    const number = String(index + 1);
    // An id and an account of their own; the century, sex and year of the id stay those of the person.
    const citizenId = `${of.citizenId.slice(0, 6)}${String(index).padStart(6, '0')}`;
    const account = { ...of.account, number: `36${String(index).padStart(10, '0')}` };
    const row = personRow({ ...of, number, citizenId, account });
    sheet.addRow(personColumns.map(({ key }) => cellOf(row[key]))).commit();
    rows += 1;
    for (const period of periodRows({ ...of, number })) {
      periods.addRow(periodColumns.map(({ key }) => period[key] ?? null)).commit();
      rows += 1;
    }
  }
  sheet.commit();
  periods.commit();
  await writer.commit();
  if (!stream.closed) await once(stream, 'close');
  return rows;
}

function cellOf(value: string | bigint | undefined): string | number | null {
  if (typeof value === 'bigint') return Number(value);
  return value === undefined ? null : /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(value) : value;
}

/** Reads and checks the file in another process. Takes its flags, and how to look at a process's peak memory. */
export async function readApart(
  file: string,
  flags: readonly string[],
  peakOf: (pid: number | undefined) => number,
): Promise<ReadLongList & { readonly megabytes: number }> {
  const child = fork(fileURLToPath(import.meta.url), [file], { execArgv: [...flags] });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid));
  }, 20);
  try {
    const [message] = await once(child, 'message');
    megabytes = Math.max(megabytes, peakOf(child.pid));
    return { ...read.parse(message), megabytes };
  } finally {
    clearInterval(watch);
    child.kill();
  }
}

/** The other process: reads the file it is named, and says how long that took. */
if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = readFileSync(process.argv[2] ?? '');
  const started = performance.now();
  const sheets = await readSheets(bytes);
  if (sheets.outcome === 'refused') throw new Error(sheets.why.en);
  const reading = readList(sheets.sheets, { units: sampleUnits(), mayUse: () => true, today: '2026-11-24' });
  if ('outcome' in reading) throw new Error(reading.why.en);
  const seconds = (performance.now() - started) / 1000;
  process.send({ seconds, people: reading.people.length, faults: reading.faults.length });
  // Whoever measures looks at the memory before it kills us.
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
