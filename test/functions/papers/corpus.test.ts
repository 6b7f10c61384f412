import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { sampleList, samplePeople, type SamplePerson, sampleUnits } from '../../../infra/local/samples.ts';
import { seeded } from '../../../infra/local/seeded.ts';
import { readList } from '../../../shared/intake/read-list.ts';
import {
  context,
  corpus,
  csvOf,
  type Delimiter,
  type Encoding,
  type Truth,
  truth,
  truthInNumbers,
  xlsOf,
} from './corpus.ts';

/** In the shape of what is expected. */
async function reportOn(bytes: Uint8Array) {
  const read = await readSheets(bytes);
  if (read.outcome === 'refused') return { refused: read.why.vi };
  const list = readList(read.sheets, context);
  if ('outcome' in list) return { refused: list.why.vi };
  const places = (faults: typeof list.faults) => faults.map(({ code, cell }) => `${code} ${cell}`);
  return {
    people: list.people,
    faults: places(list.faults),
    warnings: places(list.warnings),
    notices: list.notices.map(({ vi }) => vi),
  };
}

describe('every file of the corpus gets its report', () => {
  test.each(corpus)('$name', { timeout: 60_000 }, async ({ bytes, expected }) => {
    expect(await reportOn(await bytes())).toMatchObject(expected);
  });

  test('and there are at least forty', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(40);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  test('nothing of a list is put aside in a file, even where its texts stand in the cells', async () => {
    const { bytes, expected } = corpus.find(({ name }) => name.startsWith('written part by part')) ?? expect.fail();
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = '/there/is/no/such/folder';
    try {
      expect(await reportOn(await bytes())).toMatchObject(expected);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
});

interface Format {
  readonly name: string;
  readonly write: (people: readonly SamplePerson[]) => Uint8Array | Promise<Uint8Array>;
  readonly truthOf: (person: SamplePerson) => Truth;
  readonly notices: readonly string[];
}

const template: Format = {
  name: '.xlsx',
  write: (people) => sampleList(people, sampleUnits()),
  truthOf: truthInNumbers,
  notices: ['Không đọc sheet «Hướng dẫn»: không có bảng danh sách.'],
};
const oldBook: Format = { name: '.xls', write: xlsOf, truthOf: truthInNumbers, notices: [] };
const delimiters: readonly Delimiter[] = [';', ',', '\t'];
const encodings: readonly Encoding[] = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16le-bom', 'utf-16be-bom'];
const delimited: readonly Format[] = delimiters.flatMap((delimiter) =>
  encodings.map((encoding) => ({
    name: `.csv in ${encoding} parted by ${JSON.stringify(delimiter)}`,
    write: (people) => csvOf(people, { delimiter, encoding }),
    truthOf: truth,
    notices: [],
  })),
);

test('any list in any format is read back as it was written', async () => {
  const format = fc.oneof(fc.constantFrom(template, oldBook), fc.constantFrom(...delimited));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.nat(1_000_000), format, async (count, seed, of) => {
      const people = samplePeople(count, seed);
      expect(await reportOn(await of.write(people))).toMatchObject({
        people: people.map((person) => of.truthOf(person)),
        faults: [],
        warnings: [],
        notices: of.notices,
      });
    }),
    { seed: 178, numRuns: 40 },
  );
});

describe('a spoilt file is read or refused, and never thrown', () => {
  const semicolons = delimited.find(({ name }) => name.startsWith('.csv in utf-8-bom')) ?? expect.fail();

  test.each([template, oldBook, semicolons])('$name', async ({ write }) => {
    const random = seeded(154);
    const good = await write(samplePeople(3, 7));
    for (let round = 0; round < 150; round += 1) {
      const bad = Uint8Array.from(good);
      for (let flips = random.between(1, 4); flips > 0; flips -= 1) {
        bad[random.between(0, bad.length - 1)] = random.between(0, 255);
      }
      const cut = random.chance(0.3) ? random.between(0, bad.length) : bad.length;
      const read = await readSheets(bad.subarray(0, cut));
      if (read.outcome === 'refused') expect(read.why.vi).toMatch(/Hãy .+\.$/);
      else expect(read.outcome).toBe('sheets');
    }
  });
});
