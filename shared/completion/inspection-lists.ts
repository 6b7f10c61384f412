/** The lists of an inspection, as they lie in Files: who was chosen, both sums of each, the faults, the findings. */
import * as z from 'zod';
import type { Files, Ports } from '../case/ports.ts';
import { faultCodes } from './fault-names.ts';
import type { FindingCode } from './finding-names.ts';
import { countOf, type Found } from './findings.ts';
import type { Inspection } from './inspection.ts';
import type { Candidate } from './sample.ts';

const digits = z.string().regex(/^-?\d+$/);

/** Of one list of findings: how many, how much, and the list itself in Files. */
export const foundCount = z.object({ count: z.number().int(), total: digits, list: z.string() });

export async function putFindings(findings: ReadonlyMap<FindingCode, readonly Found[]>, files: Files) {
  const kept: Partial<Record<FindingCode, z.infer<typeof foundCount>>> = {};
  for (const [code, found] of findings) {
    const { count, total } = countOf(found);
    kept[code] = { count, total: total.toString(), list: await putJson(files, found) };
  }
  return kept;
}

export async function putJson(files: Files, value: unknown): Promise<string> {
  const text = JSON.stringify(value, (_key, field: unknown) => (typeof field === 'bigint' ? field.toString() : field));
  return files.put(new TextEncoder().encode(text));
}

async function getJson<T>(files: Pick<Files, 'get'>, hash: string, schema: z.ZodType<T>): Promise<T> {
  const content = await files.get(hash);
  if (content === undefined) throw new Error(`the list ${hash} is gone`);
  return schema.parse(JSON.parse(new TextDecoder().decode(content)));
}

const amount = digits.transform((text) => BigInt(text));
const storedCandidates = z.array(z.object({ caseId: z.string(), total: amount, unit: z.string(), regime: z.string() }));
const storedResults = z.array(
  z.object({ caseId: z.string(), unit: z.string(), regime: z.string(), stored: amount, recomputed: amount }),
);
export type InspectedPerson = z.infer<typeof storedResults>[number];
const storedFaults = z.array(
  z.object({
    what: z.enum(faultCodes),
    caseId: z.string().exactOptional(),
    stream: z.string(),
    seq: z.number().exactOptional(),
    expected: z.string(),
    found: z.string(),
    difference: amount,
  }),
);
const storedFound = z.array(
  z.object({
    caseId: z.string().exactOptional(),
    total: amount,
    stream: z.string(),
    seq: z.number().exactOptional(),
    at: z.string().exactOptional(),
    by: z.string().exactOptional(),
    why: z.string(),
  }),
);
export type InspectedFault = z.infer<typeof storedFaults>[number];

export async function readSample(
  { people }: Pick<Inspection, 'people'>,
  { files }: Pick<Ports, 'files'>,
): Promise<readonly Candidate[]> {
  return getJson(files, people, storedCandidates);
}

export async function readResults(
  { examined: of }: Inspection,
  { files }: Pick<Ports, 'files'>,
): Promise<readonly InspectedPerson[]> {
  return of === undefined ? [] : getJson(files, of.results, storedResults);
}

export async function readFaults(
  { examined: of }: Inspection,
  { files }: Pick<Ports, 'files'>,
): Promise<readonly InspectedFault[]> {
  return of === undefined ? [] : getJson(files, of.faultList, storedFaults);
}

export async function readFound(
  { examined: of }: Inspection,
  code: FindingCode,
  { files }: Pick<Ports, 'files'>,
): Promise<readonly Found[]> {
  const list = of?.findings[code]?.list;
  return list === undefined ? [] : getJson(files, list, storedFound);
}
