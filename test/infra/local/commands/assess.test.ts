/** The command itself, as the province's IT staff run it: one process, lines in, lines out. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly answers: readonly Answer[];
}

interface Answer {
  readonly id: unknown;
  readonly outcome: string;
  readonly [key: string]: unknown;
}

function run(input: string | Buffer, ...args: string[]): Ran {
  const command = ['node_modules/tsx/dist/cli.mjs', 'infra/local/commands/assess.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    input,
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 2 ** 28,
  });
  // Every line of standard output is an answer; anything else would not parse.
  const answers = stdout.split('\n').filter((line) => line !== '');
  return { status, stdout, stderr, answers: answers.map((line) => JSON.parse(line)) };
}

const lines = (...requests: readonly unknown[]) => requests.map((each) => `${JSON.stringify(each)}\n`).join('');

/** The request printed in the contract: Mr M of Official Letter 1814. */
const mrM = {
  id: 'M',
  person: { sex: 'male', birth: '1985-05-12', citizenId: '040085000011', fullName: 'Nguyễn Văn Mẫu' },
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

/** Pensionable with 19 years 2 months counted, leaving before 01/07/2025: question X3. */
const asksX3 = {
  ...mrM,
  id: 'X3',
  person: { sex: 'male', birth: '1966-01' },
  pay: { kind: 'contract', amount: '15000000' },
  leaving: { ...mrM.leaving, on: '2025-05-01', decidedOn: '2025-04-20' },
  service: [
    { from: '2003-03', to: '2006-02', employer: 'state', compensated: true },
    { from: '2006-03', to: '2025-04', employer: 'state' },
  ],
};

describe('one line in, one line out', () => {
  test('the request of the contract gives the answer of the contract', () => {
    const { status, stdout, stderr, answers } = run(lines(mrM));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(answers).toEqual([
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

  test('answers come in the order of the requests, whatever each one is', () => {
    const many = Array.from({ length: 400 }, (_, at) => ({
      ...(at % 3 === 0 ? { drawsPension: true } : {}),
      ...mrM,
      id: at,
    }));
    const { status, answers } = run(`${lines(...many.slice(0, 200))}{\n${lines(...many.slice(200))}`);
    expect(status).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual([
      ...many.slice(0, 200).map(({ id }) => id),
      null,
      ...many.slice(200).map(({ id }) => id),
    ]);
  });

  test('the id is echoed as it came: a text, a number, an object, nothing', () => {
    const ids = ['một', 17, { list: 3, row: [1, 2] }, null];
    expect(run(lines(...ids.map((id) => ({ ...mrM, id })))).answers.map(({ id }) => id)).toEqual(ids);
  });

  test('Windows line ends and a last line without an end are read; an empty line is no JSON and is told so', () => {
    const text = `${JSON.stringify(mrM)}\r\n\r\n\n${JSON.stringify({ ...mrM, id: 'last' })}`;
    expect(run(text).answers.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['M', 'entitled'],
      [null, 'invalid'],
      [null, 'invalid'],
      ['last', 'entitled'],
    ]);
  });

  test('an empty input gives an empty output and is no failure', () => {
    expect(run('')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

/** The faults of wrong lines, all sent through one process with a good line behind each. */
function answersTo(wrong: readonly unknown[]): readonly Answer[] {
  const { status, answers } = run(lines(...wrong.flatMap((each) => [each, mrM])));
  expect(status).toBe(0);
  expect(answers.map(({ outcome }) => outcome)).toEqual(wrong.flatMap(() => ['invalid', 'entitled']));
  return answers.filter((_, at) => at % 2 === 0);
}

describe('a line that does not fit is told, and the run goes on', () => {
  test('a line that is not JSON', () => {
    const { status, answers } = run(`{"id": 1,\n${lines(mrM)}`);
    expect(status).toBe(0);
    expect(answers[0]).toMatchObject({ outcome: 'invalid', faults: [{ message: 'not valid JSON' }] });
    expect(answers[1]?.outcome).toBe('entitled');
  });

  test('a list, a text, a number, null and true are JSON but no requests', () => {
    expect(answersTo([[1, 2], 'text', 7, null, true]).map(({ id }) => id)).toEqual([null, null, null, null, null]);
  });

  test('unknown keys are refused by name, each by its path', () => {
    const wrong = { ...mrM, total: '1', pay: { ...mrM.pay, grad: '3' }, leaving: { ...mrM.leaving, On: 1 } };
    const [answer] = answersTo([wrong]);
    expect(answer?.id).toBe('M');
    expect(answer?.['faults']).toHaveLength(3);
    expect(answer?.['faults']).toEqual(
      expect.arrayContaining([
        { path: 'total', message: 'unknown key' },
        { path: 'pay.grad', message: 'unknown key' },
        { path: 'leaving.On', message: 'unknown key' },
      ]),
    );
  });

  const wrongs: readonly (readonly [path: string, wrong: object])[] = [
    ['pay.grade', { pay: { kind: 'coefficient', grade: 3.66 } }],
    ['pay.grade', { pay: { kind: 'coefficient', grade: '3,66' } }],
    ['pay.grade', { pay: { kind: 'coefficient', grade: '-1' } }],
    ['pay.kind', { pay: { kind: 'monthly' } }],
    ['pay.amount', { pay: { kind: 'contract', amount: '10.705.500' } }],
    ['pay.amount', { pay: { kind: 'contract', amount: 10_705_500 } }],
    ['pay.allowances.0.percent', { pay: { ...mrM.pay, allowances: [{ name: 'civil-service', percent: 25 }] } }],
    ['pay.allowances.0.name', { pay: { ...mrM.pay, allowances: [{ name: 'civil', percent: '25' }] } }],
    ['person.sex', { person: { sex: 'nam', birth: '1985' } }],
    ['person.birth', { person: { sex: 'male', birth: '12/05/1985' } }],
    ['person.birth', { person: { sex: 'male', birth: '1985-02-29' } }],
    ['leaving.on', { leaving: { ...mrM.leaving, on: '2025-06' } }],
    ['leaving.on', { leaving: { ...mrM.leaving, on: '2025-06-31' } }],
    ['leaving.voluntary', { leaving: { ...mrM.leaving, voluntary: 'yes' } }],
    ['leaving.cause', { leaving: { ...mrM.leaving, cause: 'retired' } }],
    ['subject', { subject: 'teacher' }],
    ['service', { service: '15 years' }],
    ['service.0.from', { service: [{ from: '2010-13', to: '2025-05', employer: 'state' }] }],
    ['service.0.to', { service: [{ from: '2010-06', to: '2010-05', employer: 'state' }] }],
    ['service.0.employer', { service: [{ from: '2010-06', to: '2025-05', employer: 'bank' }] }],
    ['service.0.insured', { service: [{ from: '2010-06', to: '2025-05', employer: 'state', insured: 1 }] }],
  ];

  test('the fault names the place: wrong types, wrong words, wrong days', () => {
    const answers = answersTo(wrongs.map(([, wrong]) => ({ ...mrM, ...wrong })));
    for (const [at, [path, wrong]] of wrongs.entries()) {
      expect(answers[at], JSON.stringify(wrong)).toMatchObject({ id: 'M', faults: [{ path }] });
    }
  });

  test('every fault of a line is told at once', () => {
    const [answer] = answersTo([{ ...mrM, subject: 'x', person: { sex: 'x', birth: 'x' }, leaving: { on: 'x' } }]);
    expect(answer).toMatchObject({
      faults: [{ path: 'person.sex' }, { path: 'person.birth' }, { path: 'subject' }, { path: 'leaving.on' }],
    });
  });
});

describe('every other outcome is an answer too, with exit code 0', () => {
  test('what is missing, all at once', () => {
    const { status, answers } = run(lines({ id: 1 }));
    expect(status).toBe(0);
    expect(answers[0]).toMatchObject({ id: 1, outcome: 'incomplete' });
    expect(answers[0]?.['missing']).toEqual(
      expect.arrayContaining([
        'person.sex',
        'person.birth',
        'subject',
        'leaving.cause',
        'leaving.on',
        'leaving.decidedOn',
        'pay',
        'service',
      ]),
    );
  });

  test('grounds carry their text and nothing else', () => {
    const [answer] = run(lines({ ...mrM, underInvestigation: true })).answers;
    expect(answer).toMatchObject({
      outcome: 'not-entitled',
      grounds: [{ ground: 'under-investigation', by: 'Nghị định 178/2024/NĐ-CP, Điều 4' }],
    });
    expect(Object.keys(answer ?? {})).not.toContain('total');
  });

  test('someone who left before 2025 is not entitled, and the list behind goes on', () => {
    const leaving = { ...mrM.leaving, on: '2024-12-15', decidedOn: '2024-12-01', reorganisedOn: '2024-11-01' };
    const { status, answers } = run(lines({ ...mrM, id: 'early', leaving }, mrM));
    expect(answers[0]).toMatchObject({
      id: 'early',
      outcome: 'not-entitled',
      grounds: [{ ground: 'left-before-decree' }],
    });
    expect([status, answers.length]).toEqual([0, 2]);
  });

  test('a subject that no text settles goes to a person', () => {
    const leaving = { ...mrM.leaving, cause: 'streamlined', on: '2025-07-01', decidedOn: '2025-06-20' };
    expect(run(lines({ ...mrM, subject: 'association-staff', leaving })).answers).toMatchObject([
      { id: 'M', outcome: 'review', reasons: [{ reason: 'subject-unsettled' }], open: [], marks: [] },
    ]);
  });

  test('what Decree 29 would have paid stands beside what Decree 154 pays', () => {
    const leaving = { ...mrM.leaving, cause: 'streamlined', on: '2025-06-01', decidedOn: '2025-05-20' };
    const [answer] = run(lines({ ...mrM, leaving, averagePay60Months: '8000000' })).answers;
    expect(answer).toMatchObject({
      regime: '154/8',
      open: ['O23'],
      yieldsTo: [{ regime: '29/7', total: '205693200' }],
    });
  });
});

describe('what cannot be true of one person', () => {
  const born = (birth: string, more: object) => ({ ...mrM, person: { ...mrM.person, birth }, ...more });
  const state = (from: string) => ({ service: [{ from, to: '2025-05', employer: 'state' }] });
  const faults = (of: object) => run(lines(of)).answers.map((answer) => Reflect.get(answer as object, 'faults'));

  test.each([
    ['the month before', '1985-05-12', '1985-04', ['service.0.from']],
    ['the month itself', '1985-05-12', '1985-05', undefined],
    ['the month after', '1985-05-12', '1985-06', undefined],
    ['before a birth known by year alone', '1985', '1984-12', ['service.0.from']],
    ['within it', '1985', '1985-01', undefined],
  ])('service that begins %s', (_, birth, from, expected) => {
    const [found] = faults(born(birth, state(from)));
    expect(found?.map(({ path }: { path: string }) => path)).toEqual(expected);
  });

  test('every fault at once: of the shape, of the order, and of one fact against another', () => {
    const leaving = { ...mrM.leaving, on: '1984-01-01' };
    const service = [{ from: '1980-01', to: '1979-12', employer: 'state' }];
    const [found] = faults({ ...born('1985-05-12', { leaving, service }), extra: 1 });
    expect(found?.map(({ path }: { path: string }) => path)).toEqual([
      'service.0.to',
      'extra',
      'leaving.on',
      'service.0.from',
    ]);
  });

  test('a salary decision of the leave month, and all that is missing, are asked for at once', () => {
    const { service: _service, ...rest } = mrM;
    const pay = { ...mrM.pay, effectiveFrom: '2025-06-01' };
    expect(run(lines({ ...rest, pay, leaving: { ...mrM.leaving, reorganisedOn: undefined } })).answers).toMatchObject([
      { outcome: 'incomplete', missing: ['leaving.reorganisedOn', 'pay.effectiveFrom', 'service'] },
    ]);
  });
});

describe('--reading', () => {
  test('unset, the question is answered with both readings beside one another', () => {
    expect(run(lines(asksX3)).answers[0]).toMatchObject({
      outcome: 'review',
      regime: '178/7',
      reasons: [{ reason: 'X3' }],
      open: ['X3'],
      alternatives: [
        { readings: { X3: 'flat-5' }, total: '712500000' },
        { readings: { X3: '15-year-line' }, total: '731250000' },
      ],
    });
  });

  test.each([
    ['flat-5', '712500000'],
    ['15-year-line', '731250000'],
  ])('X3=%s is obeyed and no longer open', (value, total) => {
    expect(run(lines(asksX3), '--reading', `X3=${value}`).answers[0]).toMatchObject({
      outcome: 'entitled',
      total,
      open: [],
    });
  });

  test('it is repeatable', () => {
    const { status, answers } = run(lines(asksX3, mrM), '--reading', 'X1=none', '--reading', 'X3=15-year-line');
    expect(status).toBe(0);
    expect(answers.map(({ total }) => total)).toEqual(['731250000', '786854250']);
  });

  test.each([
    ['a number that does not exist', ['--reading', 'X99=yes'], 'X99'],
    ['a value that does not exist', ['--reading', 'X3=flat-6'], 'flat-5'],
    ['no value', ['--reading', 'X3'], 'X3'],
    ['a question that always goes to a person', ['--reading', 'X10=yes'], 'X10'],
    ['another option', ['--readings', 'X3=flat-5'], '--readings'],
  ])('%s: nothing is computed, and standard error says why', (_, args, word) => {
    const { status, stdout, stderr } = run(lines(mrM), ...args);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(word);
  });
});
