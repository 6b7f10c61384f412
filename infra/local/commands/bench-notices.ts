/** A unit's notices of result for the bench: made in a process of their own, whose memory is then theirs. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { writeResultNotices } from '../../../functions/papers/result-notice-pdf.ts';
import type { Account } from '../../../shared/case/access.ts';
import { printUnitNotices, readPrintings } from '../../../shared/completion/issue-notice.ts';
import type { ListReading } from '../../../shared/intake/read-list.ts';
import { noDesk, openHome } from '../home.ts';
import { decidedPeople } from './bench-payment.ts';

const made = z.object({
  seconds: z.number(),
  processorSeconds: z.number(),
  people: z.number(),
  fileMegabytes: z.number(),
});
type NoticeFigures = z.infer<typeof made> & { readonly megabytes: number };

/** Takes the flags of that process, and how to look at a process's peak memory. */
export async function benchNotices(
  { people }: ListReading,
  count: number,
  flags: readonly string[],
  peakOf: (pid: number | undefined) => number,
): Promise<NoticeFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-notices-'));
  try {
    const home = openAt(directory);
    const units = await decidedPeople(people, count, 1, home.ports({ ...noDesk, start: async () => {} }));
    home.close();
    const [unit = ''] = units.keys();
    const child = fork(fileURLToPath(import.meta.url), [directory, unit], { execArgv: [...flags] });
    try {
      const [message] = await once(child, 'message');
      const figures = made.parse(message);
      if (figures.people !== count) throw new Error(`${figures.people} notices were made`);
      return { ...figures, megabytes: peakOf(child.pid) };
    } finally {
      child.kill();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function openAt(directory: string) {
  return openHome({
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    publicUrl: 'http://localhost',
  });
}

const clerkOf = (unit: string): Account => ({
  id: 'clerk',
  name: 'clerk',
  email: 'clerk@x.example',
  role: 'unit-clerk',
  units: [unit],
});

/** The other process: makes the file of the unit it is named, and says how long that took. */
if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , directory = '', unit = ''] = process.argv;
  const ports = openAt(directory).ports(noDesk);
  const started = performance.now();
  const before = process.cpuUsage();
  const people = await printUnitNotices(unit, clerkOf(unit), writeResultNotices, ports);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const file = (await readPrintings(ports.store, unit)).at(-1)?.file ?? '';
  const bytes = (await ports.files.get(file))?.length ?? 0;
  process.send({ seconds, processorSeconds: (user + system) / 1e6, people, fileMegabytes: bytes / 1e6 });
  // Whoever measures looks at the memory before it kills us.
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
