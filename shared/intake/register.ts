/** Use case: the registers of units and of reorganisations, compared with what a file says, changed on confirmation. */
import { commitDeciding, groupsOf } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import { readReorganisations, type Reorganisation, reorganisationStream } from '../case/reorganisation.ts';
import { readUnits, type Unit, unitStream } from '../case/unit.ts';
import { fold } from '../vietnamese.ts';
import type { RegisterReading } from './read-register.ts';

const groupSize = 50;

/** Says that a file of our own holds what was read in a workbook of the registers; takes its hash. */
export function registerStream(reading: string): string {
  return `register/${reading}`;
}

export interface Compared<T> {
  readonly fresh: readonly T[];
  readonly changed: readonly { readonly before: T; readonly after: T; readonly fields: readonly string[] }[];
  readonly same: number;
}

/** What a file would change in the registers. */
export async function compareRegister(
  { units, documents }: Pick<RegisterReading, 'units' | 'documents'>,
  { store }: Pick<Ports, 'store'>,
): Promise<{ readonly units: Compared<Unit>; readonly documents: Compared<Reorganisation> }> {
  const known = await readUnits(store);
  const knownDocuments = new Map((await readReorganisations(store)).map((one) => [fold(one.number), one]));
  return {
    units: compared(units, ({ code }) => known.get(code)),
    documents: compared(documents, ({ number }) => knownDocuments.get(fold(number))),
  };
}

function compared<T extends object>(stated: readonly T[], knownOf: (one: T) => T | undefined): Compared<T> {
  const fresh: T[] = [];
  const changed: { before: T; after: T; fields: readonly string[] }[] = [];
  let same = 0;
  for (const after of stated) {
    const before = knownOf(after);
    if (before === undefined) {
      fresh.push(after);
      continue;
    }
    const fields = differingFields(before, after);
    if (fields.length === 0) same += 1;
    else changed.push({ before, after, fields });
  }
  return { fresh, changed, same };
}

function differingFields(before: object, after: object): readonly string[] {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => JSON.stringify(one.get(name)) !== JSON.stringify(other.get(name)));
}

export interface Registered {
  readonly units: number;
  readonly documents: number;
}

/** Records what is new or changed. Whoever calls gives only what the account may change. */
export async function recordRegister(
  { units, documents }: Pick<RegisterReading, 'units' | 'documents'>,
  by: string,
  ports: Pick<Ports, 'store' | 'now'>,
): Promise<Registered> {
  const changed = await compareRegister({ units, documents }, ports);
  return {
    units: await append(unitStream, 'unit-registered', missingOf(changed.units), by, ports),
    documents: await append(reorganisationStream, 'reorganisation-registered', missingOf(changed.documents), by, ports),
  };
}

function missingOf<T>({ fresh, changed }: Compared<T>): readonly T[] {
  return [...fresh, ...changed.map(({ after }) => after)];
}

/** In groups; a kill in between leaves the rest to be confirmed again. */
async function append(
  stream: string,
  kind: string,
  missing: readonly object[],
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<number> {
  for (const group of groupsOf(missing, groupSize)) {
    await commitDeciding(store, async () => {
      const readAt = (await store.read(stream)).length;
      const at = now();
      return { changes: [{ stream, readAt, entries: group.map((data) => ({ kind, at, by, data })) }] };
    });
  }
  return missing.length;
}
