/** The made-up people and units that every campaign chooses from. */
import { readSheets } from '../../../functions/papers/sheet.ts';
import { readList } from '../../../shared/intake/read-list.ts';
import { sampleList, samplePeople, sampleUnits } from '../samples.ts';
import type { Sample } from './campaign.ts';

/** Takes how many people to make up. */
export async function simulationSample(count = 400): Promise<Sample> {
  const units = sampleUnits();
  const sheets = await readSheets(await sampleList(samplePeople(count, 11), units));
  if (sheets.outcome === 'refused') throw new Error(sheets.why.en);
  const read = readList(sheets.sheets, { units, mayUse: () => true, today: '2025-08-20' });
  if ('outcome' in read) throw new Error(read.why.en);
  return { people: read.people, units };
}
