/** A report of a province of many people for the bench: each history as a paid person's is, from the first to the last entry. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeReport } from '../../../functions/completion/make-report.ts';
import { effectsText, entryHash, noHash } from '../../../shared/case/store.ts';
import { unitStream } from '../../../shared/case/unit.ts';
import { canonical } from '../../../shared/hash.ts';
import { noDesk, openHome } from '../home.ts';
import { sampleUnits } from '../samples.ts';

const passed = [
  ['submitted', 'assessed'],
  ['appraised', 'appraised'],
  ['in-batch', 'in-batch'],
  ['confirmed', 'people-confirmed'],
  ['confirmed', 'money-confirmed'],
  ['decided', 'decided'],
  ['ordered', 'awaiting-unit'],
  ['sent', 'sent'],
  ['treasury-paid', 'treasury-paid'],
  ['credited', 'credited'],
] as const;

/** Seconds from the wish to the numbered report with both files, from histories that lie on the disk. */
export async function benchReport(people: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'chi-tra-report-'));
  const home = openHome({ dataDirectory: join(folder, 'data'), keyDirectory: join(folder, 'keys'), publicUrl: '' });
  try {
    const at = '2025-08-01T00:00:00.000Z';
    const entries = sampleUnits().map((unit) => ({ kind: 'unit-registered', at, by: 'system', data: unit }));
    await home.store.commit([{ stream: unitStream, readAt: 0, entries }]);
    writePaidPeople(join(folder, 'data', 'histories.sqlite'), people);
    const ports = home.ports(noDesk);
    const wish = {
      id: 'bench',
      receiver: 'home-affairs-ministry',
      kind: 'periodic',
      anchor: noHash,
      by: 'bench',
    } as const;
    const started = performance.now();
    const made = await makeReport({ ...wish, at: ports.now() }, ports, () => {});
    const seconds = (performance.now() - started) / 1000;
    if (made.outcome === 'refused') throw new Error(made.why.en);
    return seconds;
  } finally {
    home.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The disk is not waited for, since only the reading is measured. */
function writePaidPeople(file: string, people: number): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const entry = database.prepare(
    'INSERT INTO entries (stream, seq, at, by, kind, data, previousHash, hash, effects) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const row = database.prepare(
    "INSERT INTO rows (stream, kind, status, unit, source, summary) VALUES (?, 'part', ?, ?, 'wage-reform', ?)",
  );
  const units = sampleUnits();
  for (let person = 0; person < people; person += 1) {
    const stream = `part/${String(person).padStart(20, '0')}.wage-reform`;
    const { code: unit = '', level = 'provincial', block = 'government' } = units[person % units.length] ?? {};
    const summary = {
      caseId: String(person).padStart(20, '0'),
      caseHash: noHash,
      total: String(500_000_000 + person),
      regime: ['178/7', '178/9', '154/9'][person % 3] ?? '',
      employer: 'Sở Thử nghiệm',
      block,
      level,
      marks: [],
      open: [],
      monthsEarly: 60,
      leaveOn: '2025-07-01',
    };
    let previousHash = noHash;
    // Every tenth has not come to the end yet.
    const steps = person % 10 === 0 ? passed.slice(0, 1 + ((person / 10) % 9)) : passed;
    for (const [index, [kind, status]] of steps.entries()) {
      const at = `2025-09-${String(index + 10)}T00:00:00.000Z`;
      const whole = { ...summary, since: at };
      const effects = effectsText({ row: { kind: 'part', status, unit, source: 'wage-reform', summary: whole } });
      const data = canonical({ status, caseHash: noHash });
      const written = { stream, seq: index + 1, at, by: 'system', kind, data, effects, previousHash };
      previousHash = entryHash(written);
      entry.run(stream, index + 1, at, 'system', kind, data, written.previousHash, previousHash, effects);
      if (index === steps.length - 1) row.run(stream, status, unit, canonical(whole));
    }
  }
  database.exec('COMMIT');
  database.close();
}
