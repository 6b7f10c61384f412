import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';

// Each test starts the program anew.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL('../../../', import.meta.url));
const answers = z.looseObject({ id: z.unknown(), outcome: z.string() });

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the real command as `npm run --silent assess` does, without npm. */
function run(input: string, ...args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'infra/local/commands/assess.ts', ...args], {
    cwd: root,
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
  });
}

/** One answer a line, and nothing else on standard output. */
function lines(out: string) {
  expect(out.endsWith('\n')).toBe(true);
  return out
    .slice(0, -1)
    .split('\n')
    .map((line) => answers.parse(JSON.parse(line)));
}

const written = (...requests: readonly unknown[]) =>
  `${requests.map((request) => JSON.stringify(request)).join('\n')}\n`;

/** Mr M of Official Letter 1814, as the contract prints him; the birth is made up. */
const mrM = {
  id: 'M',
  person: { sex: 'male', birth: '1985-05-12', citizenId: '040085000011', fullName: 'Trần Văn M' },
  subject: 'civil-servant',
  leaving: {
    cause: 'reorganised',
    on: '2025-06-01',
    decidedOn: '2025-05-20',
    decisionNumber: '12/QĐ-SNV',
    reorganisedOn: '2025-03-01',
    voluntary: true,
  },
  pay: {
    kind: 'coefficient',
    grade: '3.66',
    position: '0',
    beyondFramePercent: '0',
    reservedDifference: '0',
    allowances: [{ name: 'civil-service', percent: '25' }],
  },
  service: [{ from: '2010-06', to: '2025-05', employer: 'state' }],
};
/** Counted service of 19 years 2 months, leaving 05/2025: question X3. */
const nineteen = {
  id: 19,
  person: { sex: 'male', birth: '1968-06' },
  subject: 'civil-servant',
  leaving: { cause: 'reorganised', on: '2025-05-01', decidedOn: '2025-04-20', reorganisedOn: '2025-03-01' },
  pay: { kind: 'contract', amount: '15000000' },
  service: [
    { from: '2000-01', to: '2001-08', employer: 'state', compensated: true },
    { from: '2006-03', to: '2025-04', employer: 'state' },
  ],
};

const faultsOf = (out: string) => lines(out).map(({ faults }) => faults);

describe('one answer a line', () => {
  test('the contract example is answered word for word', async () => {
    const { code, out, err } = await run(written(mrM));
    expect([code, err]).toEqual([0, '']);
    expect(lines(out)).toEqual([
      {
        id: 'M',
        outcome: 'entitled',
        regime: '178/9',
        total: '786854250',
        lines: [
          {
            line: 'severance-months',
            amount: '513864000',
            by: 'Nghị định 178/2024/NĐ-CP, Điều 9 khoản 1 điểm a',
            working: '10.705.500 × 0,8 × 60 tháng',
          },
          {
            line: 'service-years',
            amount: '240873750',
            by: 'Nghị định 178/2024/NĐ-CP, Điều 9 khoản 2',
            working: '10.705.500 × 1,5 × 15 năm',
          },
          { line: 'job-search', amount: '32116500', by: 'Nghị định 178/2024/NĐ-CP, Điều 9', working: '10.705.500 × 3' },
        ],
        figures: {
          monthlySalary: '10705500',
          retirementMonth: '2047-06',
          annex: 'I',
          monthsEarly: 264,
          yearsEarly: '22',
          serviceMonths: 180,
          serviceYears: '15',
          insuredMonths: 180,
          firstTwelveMonths: true,
        },
        open: [],
        marks: [],
      },
    ]);
  });

  test('300 people are answered in the order they came, whatever their outcome', async () => {
    const requests = Array.from({ length: 300 }, (_, at) => {
      if (at % 3 === 0) return { ...mrM, id: at };
      return at % 3 === 1 ? { ...mrM, id: at, service: undefined } : { id: at, salary: 1 };
    });
    const { code, out } = await run(written(...requests));
    expect(code).toBe(0);
    expect(lines(out).map(({ id, outcome }) => [id, outcome])).toEqual(
      requests.map((_, at) => [at, ['entitled', 'incomplete', 'invalid'][at % 3]]),
    );
  });

  test('the id comes back as it was: a text, a number, a list', async () => {
    const { out } = await run(written({ ...mrM, id: 'a b' }, { ...mrM, id: 7 }, { ...mrM, id: ['x', { y: 1 }] }));
    expect(lines(out).map(({ id }) => id)).toEqual(['a b', 7, ['x', { y: 1 }]]);
  });

  test('a last line without a line end, and lines that end as in Windows, are answered', async () => {
    const { out } = await run(`${JSON.stringify(mrM)}\r\n${JSON.stringify({ ...mrM, id: 'last' })}`);
    expect(lines(out).map(({ id, total }) => [id, total])).toEqual([
      ['M', '786854250'],
      ['last', '786854250'],
    ]);
  });

  test('an empty list gives nothing and is no failure', async () => {
    expect(await run('')).toEqual({ code: 0, out: '', err: '' });
  });
});

describe('a line that does not fit is told why, and the run goes on', () => {
  test('a line that is not JSON', async () => {
    const { code, out, err } = await run(`{"id": 1,\nnot json\n${JSON.stringify(mrM)}\n`);
    expect([code, err]).toEqual([0, '']);
    expect(lines(out).map(({ id, outcome }) => [id, outcome])).toEqual([
      [null, 'invalid'],
      [null, 'invalid'],
      ['M', 'entitled'],
    ]);
    expect(faultsOf(out)[0]).toEqual([{ path: '', message: 'not valid JSON' }]);
  });

  test('unknown keys are refused by name, at every depth', async () => {
    const { code, out } = await run(
      written({
        ...mrM,
        total: '1',
        serviceYears: '33.6',
        person: { ...mrM.person, age: 40 },
        pay: { ...mrM.pay, salary: '5', allowances: [{ name: 'civil-service', percent: '25', amount: '1' }] },
        service: [{ ...mrM.service[0], years: '15' }],
      }),
    );
    expect(code).toBe(0);
    expect(lines(out)[0]).toMatchObject({ id: 'M', outcome: 'invalid' });
    const unknown = ['person.age', 'pay.salary', 'pay.allowances.0.amount', 'service.0.years', 'total', 'serviceYears'];
    const faults = z.array(z.object({ path: z.string(), message: z.string() })).parse(faultsOf(out)[0]);
    expect(new Set(faults.map(({ path, message }) => `${path}: ${message}`))).toEqual(
      new Set(unknown.map((path) => `${path}: unknown key`)),
    );
  });

  test('what does not fit is named by its path, and by that alone', async () => {
    const wrong: readonly (readonly [path: string, facts: object])[] = [
      ['pay.grade', { pay: { ...mrM.pay, grade: 3.66 } }],
      ['pay.grade', { pay: { ...mrM.pay, grade: '3,66' } }],
      ['pay.kind', { pay: { ...mrM.pay, kind: 'hourly' } }],
      ['pay.allowances.0.percent', { pay: { ...mrM.pay, allowances: [{ name: 'civil-service', percent: 25 }] } }],
      ['person.sex', { person: { ...mrM.person, sex: 'nam' } }],
      ['person.birth', { person: { ...mrM.person, birth: '12/05/1985' } }],
      ['subject', { subject: 'teacher' }],
      ['leaving.on', { leaving: { ...mrM.leaving, on: '2025-02-29' } }],
      ['leaving.voluntary', { leaving: { ...mrM.leaving, voluntary: 'yes' } }],
      ['service.0.from', { service: [{ ...mrM.service[0], from: '2010-06-01' }] }],
      ['service.0.to', { service: [{ ...mrM.service[0], to: '2009-01' }] }],
      ['service.1.employer', { service: [mrM.service[0], { ...mrM.service[0], employer: 'school' }] }],
      ['service', { service: 'since 2010' }],
      ['drawsPension', { drawsPension: 0 }],
    ];
    const { code, out } = await run(written(...wrong.map(([, facts]) => ({ ...mrM, ...facts }))));
    expect(code).toBe(0);
    expect(lines(out).map(({ outcome }) => outcome)).toEqual(wrong.map(() => 'invalid'));
    expect(faultsOf(out)).toEqual(wrong.map(([path]) => [{ path, message: expect.stringMatching(/./) }]));
  });

  test('several faults of one line are told together, and JSON that is no object is invalid', async () => {
    const { out } = await run(written({ ...mrM, subject: 'teacher', drawsPension: 0 }, [mrM], 'M', null, 5));
    expect(lines(out).map(({ outcome }) => outcome)).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'invalid']);
    expect(faultsOf(out)[0]).toHaveLength(2);
  });
});

describe('what the contract promises of an answer', () => {
  test('missing facts come as paths, all at once', async () => {
    const { out } = await run(written({ id: 1, leaving: { cause: 'reorganised' }, subject: 'cadre' }));
    expect(lines(out)).toEqual([
      {
        id: 1,
        outcome: 'incomplete',
        missing: [
          'person.sex',
          'person.birth',
          'leaving.on',
          'leaving.decidedOn',
          'leaving.reorganisedOn',
          'pay',
          'service',
        ],
        open: [],
        marks: [],
      },
    ]);
  });

  test('grounds come with their text, in Vietnamese', async () => {
    const { out } = await run(written({ ...mrM, underInvestigation: true }));
    expect(lines(out)[0]).toMatchObject({
      outcome: 'not-entitled',
      grounds: [{ ground: 'under-investigation', by: 'Nghị định 178/2024/NĐ-CP, Điều 4' }],
    });
  });

  test('money and years are text and counts of months are numbers, also in alternatives', async () => {
    const { out } = await run(written(mrM, nineteen));
    const numbers: string[] = [];
    const collect = (value: unknown, path: string): void => {
      if (typeof value === 'number') numbers.push(path);
      if (typeof value === 'object' && value !== null) {
        for (const [key, field] of Object.entries(value)) collect(field, `${path}.${key}`);
      }
    };
    for (const { id: _, ...answer } of lines(out)) collect(answer, '');
    expect(new Set(numbers)).toEqual(
      new Set(['.figures.monthsEarly', '.figures.serviceMonths', '.figures.insuredMonths']),
    );
    expect(lines(out)[1]).toMatchObject({
      figures: { serviceYears: '19.5', yearsEarly: '5.5', monthlySalary: '15000000' },
    });
  });

  test('a review shows its alternatives side by side', async () => {
    const { out } = await run(written(nineteen));
    expect(lines(out)[0]).toMatchObject({
      id: 19,
      outcome: 'review',
      regime: '178/7',
      reasons: [{ reason: 'X3' }],
      open: ['X3'],
      alternatives: [
        { readings: { X3: 'flat-5' }, total: '1215000000', lines: [{}, {}, { line: 'service', amount: '75000000' }] },
        {
          readings: { X3: '15-year-line' },
          total: '1233750000',
          lines: [{}, {}, { line: 'service', amount: '93750000' }],
        },
      ],
    });
  });
});

describe('readings on the command line', () => {
  test('--reading sets a switch, and may be given twice', async () => {
    const [flat, line] = await Promise.all([
      run(written(nineteen), '--reading', 'X3=flat-5'),
      run(written(nineteen), '--reading', 'X3=15-year-line', '--reading=X8=included'),
    ]);
    expect(lines(flat.out)[0]).toMatchObject({ outcome: 'entitled', total: '1215000000', open: [] });
    expect(lines(line.out)[0]).toMatchObject({ outcome: 'entitled', total: '1233750000', open: [] });
  });

  test.each([
    ['X99=yes', 'there is no reading X99'],
    ['X3=maybe', 'X3 is one of flat-5, 15-year-line'],
    ['X3', 'X3 is one of flat-5, 15-year-line'],
    ['X10=yes', 'X10 always goes to a person and cannot be set'],
  ])('--reading %s is refused on standard error with exit code 2, and nothing is computed', async (reading, why) => {
    const { code, out, err } = await run(written(mrM), '--reading', reading);
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(`--reading ${reading}: ${why}\n`);
  });

  test('an option that does not exist is refused', async () => {
    const { code, out, err } = await run(written(mrM), '--readings', 'X3=flat-5');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--readings');
  });
});
