import { describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import {
  faultyList,
  outsideUnit,
  plantedFaults,
  sampleList,
  samplePeople,
  sampleUnits,
} from '../../../infra/local/samples.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { type ListReading, readList } from '../../../shared/intake/read-list.ts';

const units = sampleUnits();
const firstFour = units.slice(0, 4).map(({ code }) => code);

async function read(bytes: Uint8Array, mayUse: (code: string) => boolean): Promise<ListReading> {
  const sheets = await readSheets(bytes);
  if (sheets.outcome === 'refused') throw new Error(sheets.why.en);
  const reading = readList(sheets.sheets, { units: [...units, outsideUnit], mayUse, today: '2025-08-20' });
  if ('outcome' in reading) throw new Error(reading.why.en);
  return reading;
}

const ofFirstFour = (code: string) => firstFour.includes(code);

test('a clean list of 120 people reads without a fault, all from the first four units', async () => {
  const reading = await read(await sampleList(samplePeople(120, 2025), units), ofFirstFour);
  expect([reading.people.length, reading.rowsRead, reading.faults, reading.warnings]).toEqual([120, 120, [], []]);
});

test('a list of 3,500 people reads whole', async () => {
  const reading = await read(await sampleList(samplePeople(3500, 7), units), () => true);
  expect([reading.people.length, reading.faults]).toEqual([3500, []]);
});

test('the faulty list shows its thirty kinds of fault at their cells and lets the other 31 people through', async () => {
  const { people, faults } = await read(await faultyList(), ofFirstFour);
  const key = ({ code, sheet, row, cell }: { code: string; sheet: string; row: number; cell: string }) =>
    `${sheet} ${row} ${cell} ${code}`;
  expect(faults.map(key).toSorted()).toEqual(plantedFaults.map(key).toSorted());
  expect(new Set(plantedFaults.map(({ code }) => code)).size).toBe(30);
  expect(people).toHaveLength(31);
  const held = new Set(plantedFaults.map(({ number }) => number));
  expect(people.filter(({ number }) => held.has(number))).toEqual([]);
});

describe('made-up people', () => {
  test('the same seed gives the same people, another seed others', () => {
    expect(samplePeople(50, 1)).toEqual(samplePeople(50, 1));
    expect(samplePeople(50, 1)).not.toEqual(samplePeople(50, 2));
  });

  test('2,311 retire early and 324 resign among 2,635, all entitled, none resting on an open reading', async () => {
    const { people } = await read(await sampleList(samplePeople(2635, 11), units), () => true);
    const assessed = people.map(({ facts }) => assess(facts));
    const regimes = assessed.map((one) => (one.outcome === 'entitled' ? one.regime : one.outcome));
    expect(regimes.filter((regime) => regime === '178/7')).toHaveLength(2311);
    expect(regimes.filter((regime) => regime === '178/9' || regime === '178/10')).toHaveLength(324);
    expect(assessed.filter(({ open }) => open.length > 0)).toEqual([]);
    const totals = assessed.map((one) => (one.outcome === 'entitled' ? Number(one.total) : 0));
    const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
    expect(mean).toBeGreaterThan(900_000_000);
    expect(mean).toBeLessThan(1_100_000_000);
  });

  test('no citizen id and no account stands twice', () => {
    const people = samplePeople(3500, 3);
    expect(new Set(people.map(({ citizenId }) => citizenId)).size).toBe(3500);
    expect(new Set(people.map(({ account }) => account.number)).size).toBe(3500);
  });

  test('forty units; three of the first four share level and source', () => {
    expect(new Set(units.map(({ code }) => code)).size).toBe(40);
    const shared = units.slice(0, 4).filter(({ level, source }) => level === 'provincial' && source === 'wage-reform');
    expect(shared).toHaveLength(3);
  });
});
