/** Documents that reorganised bodies: the day each takes effect starts the twelve months of Circular 01/2025, article 3(1). */
import * as z from 'zod';
import { fold, tidy } from '../vietnamese.ts';
import { communeIn, communes, communesFormed } from './communes.ts';
import { dataOf } from './history.ts';
import type { Store } from './store.ts';
import type { Unit } from './unit.ts';

export const reorganisation = z.object({
  /** Number and mark of the document. */
  number: z.string(),
  /** The day it was signed, and the day from which it holds. */
  on: z.string(),
  effectiveOn: z.string(),
  title: z.string(),
  /** The bodies it ended, merged or formed, as lists call them. */
  bodies: z.array(z.string()),
});
export type Reorganisation = z.infer<typeof reorganisation>;

/** One stream: a later entry of the same number replaces an earlier one. */
export const reorganisationStream = 'settings/reorganisations';

/** What reorganised every commune of the province; known before anything is registered. */
const ofCommunes: Reorganisation = {
  number: communesFormed.number,
  on: communesFormed.on,
  effectiveOn: communesFormed.effectiveOn,
  title: 'Sắp xếp các đơn vị hành chính cấp xã của tỉnh Nghệ An năm 2025',
  bodies: [...new Set(communes.flatMap(({ name, formedFrom }) => [name, ...formedFrom]))],
};

export async function readReorganisations(store: Store): Promise<readonly Reorganisation[]> {
  const documents = new Map([[fold(ofCommunes.number), ofCommunes]]);
  for (const entry of await store.read(reorganisationStream)) {
    const registered = dataOf(entry, reorganisation);
    documents.set(fold(registered.number), registered);
  }
  return [...documents.values()];
}

/** What the registers know of an employer as a list writes it: `Văn phòng, UBND xã Hưng Hòa`. */
export interface EmployerRegister {
  /** The documents that reorganised it. */
  documentsOf(employer: string): readonly Reorganisation[];
  /** The units that took its place, where it ended; several when old bodies bore the same name. */
  successorsOf(employer: string): readonly Unit[];
}

/** Looks each way of writing up once: long lists name few employers. */
export function employerRegister(documents: readonly Reorganisation[], units: Iterable<Unit>): EmployerRegister {
  const known = [...units];
  const bodies = documents.flatMap((document) => document.bodies.map((body) => named(body, document)));
  const ended = known.flatMap((unit) => predecessorsOf(unit).map((body) => named(body, unit)));
  const own = known.flatMap((unit) => (unit.kind === 'commune' ? [named(communeIn(unit.name)?.name ?? '', unit)] : []));
  return {
    documentsOf: remembered((employer) => namedIn(employer, bodies)),
    successorsOf: remembered((employer) => {
      const successors = namedIn(employer, ended);
      // An old commune of another district may have borne the very name that a commune has now.
      return successors.length === 0 ? [] : [...new Set([...successors, ...namedIn(employer, own)])];
    }),
  };
}

/** Bodies whose place a unit took: as registered, else of a commune those that it was formed from. */
export function predecessorsOf({ name, kind, successorOf }: Unit): readonly string[] {
  if (successorOf !== undefined) return successorOf;
  const commune = kind === 'commune' ? communeIn(name) : undefined;
  return commune?.formedFrom.filter((old) => old !== commune.name) ?? [];
}

interface Named<T> {
  readonly marked: string;
  readonly plain: string;
  readonly of: T;
}

function named<T>(body: string, of: T): Named<T> {
  return { marked: withMarks(body), plain: withoutMarks(body), of };
}

/** Those whose name stands whole in the text: with its marks where any does, for some names differ in nothing else. */
function namedIn<T>(employer: string, all: readonly Named<T>[]): readonly T[] {
  const [marked, plain] = [withMarks(employer), withoutMarks(employer)];
  const exact = all.filter((one) => one.marked.trim() !== '' && marked.includes(one.marked));
  const found = exact.length > 0 ? exact : all.filter((one) => one.plain.trim() !== '' && plain.includes(one.plain));
  return [...new Set(found.map(({ of }) => of))];
}

/** Words between spaces, so that a name is found whole or not at all. */
function withMarks(text: string): string {
  return ` ${tidy(text)
    .toLocaleLowerCase('vi')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim()} `;
}

function withoutMarks(text: string): string {
  return ` ${fold(text)
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()} `;
}

function remembered<T>(look: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = look(text);
    known.set(text, value);
    return value;
  };
}
