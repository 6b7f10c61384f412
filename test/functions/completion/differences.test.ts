/** Somebody else's figure against ours: approved 2,739, reported 2,738, paid from the local budget 2,730. */
import { describe, expect, test } from 'vitest';
import { explainDifference } from '../../../functions/completion/explain-difference.ts';
import { writeSheets } from '../../../functions/papers/sheet-writer.ts';
import { memoryStore } from '../../../infra/local/simulation/memory-store.ts';
import { caseStream, identityOf, readCase } from '../../../shared/case/case.ts';
import type { PaperCell } from '../../../shared/case/paper-sheet.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import type { Account } from '../../../shared/case/access.ts';
import type { StepName } from '../../../shared/completion/difference-steps.ts';
import { explanation, readOutsideFigure, stateFigure } from '../../../shared/completion/outside-figure.ts';
import { done, provinces } from '../../province.ts';
import { creditedOn, memoryFiles, standIn, type Stood } from '../../standings.ts';

const open = provinces();
const officer: Account = { id: 'officer', name: 'officer', email: 'o@x.example', role: 'finance-officer', units: [] };
const asOf = { on: '2025-10-09', hour: '12:00' };
const wish = { statedBy: 'Báo cáo', claims: 'người', ...asOf, people: '', total: '', list: '' };

/** Ports of a store alone; a list's citizen ids are their own digests. */
async function office(people: readonly Stood[]): Promise<Ports> {
  const store = memoryStore();
  await standIn(store, people);
  const never = () => expect.fail('a comparison asked for something else');
  return {
    store,
    anchored: store,
    files: memoryFiles(),
    now: () => '2025-10-10T00:00:00.000Z',
    vault: { prepare: never, seal: never, open: never, digest: async (_kind, text) => text },
    desk: { start: never, remember: never, waiting: never, wake: never },
    directory: { holding: never, nameOf: never, find: never },
    mailer: { send: never },
    noticeSigner: { current: never, sign: never, keys: never, verifies: never },
    id: never,
    publicUrl: '',
  };
}

/** States the figure, explains it by the steps, and answers the explanation with whether nothing is left. */
async function compared(ports: Ports, stated: Partial<typeof wish>, steps: readonly StepName[] = [], id = 'f1') {
  done(await stateFigure(id, { ...wish, ...stated }, officer, ports));
  const outcome = await explainDifference({ id, steps: [...steps], by: 'officer' }, ports, () => {});
  if (outcome.outcome === 'refused') return expect.fail(outcome.why.en);
  const last = (await readOutsideFigure(ports.store, id))?.explanations.at(-1) ?? expect.fail('not explained');
  const of = explanation.parse(JSON.parse(new TextDecoder().decode(await ports.files.get(last.explanation))));
  return { of, isWhole: last.isWhole };
}

async function listOf(ports: Ports, headings: readonly string[], rows: readonly (readonly PaperCell[])[]) {
  const columns = headings.map((heading) => {
    return { heading, width: 20, kind: heading.startsWith('Số tiền') ? ('money' as const) : ('text' as const) };
  });
  return ports.files.put(await writeSheets([{ name: 'DS', columns, rows }]));
}

/** The cases behind the codes, as far as a list looks for them. */
async function addCases(ports: Ports, codes: readonly string[]): Promise<void> {
  for (const id of codes) {
    const entry = { kind: 'noted', at: '2025-08-01T00:00:00.000Z', by: 'system', data: {} };
    const row = { kind: 'case', status: 'entitled', summary: { citizenDigest: citizenOf(id) } };
    await ports.store.commit([{ stream: caseStream(id), readAt: 0, entries: [entry], row }]);
  }
}
const citizenOf = (id: string) => `0400660${id.slice(1).padStart(5, '0')}`;

describe('the figures of Nghệ An', () => {
  // 2,739 people were decided; nine are paid by the central budget, and one of the others is held on 09/10.
  const people: readonly Stood[] = Array.from({ length: 2739 }, (_, index) => ({
    id: `c${index}`,
    ...(index < 9 ? { source: 'central-supplement' as const } : {}),
    through:
      index === 2000
        ? [...creditedOn('2025-10-08').slice(0, 2), ['held', '2025-10-01T00:00:00.000Z'] as const]
        : creditedOn('2025-10-08'),
  }));

  test('approved 2,739 is our own; reported 2,738 is without one who is held; 2,730 without nine of the central budget', async () => {
    const ports = await office(people);
    const approved = await compared(ports, { people: '2.739' }, ['undecided'], 'approved');
    expect([approved.isWhole, approved.of.lines[0]?.people, approved.of.unexplained]).toEqual([true, 0, { people: 0 }]);

    const reported = await compared(ports, { people: '2.738' }, ['held'], 'reported');
    expect([reported.isWhole, reported.of.unexplained]).toEqual([true, { people: 0 }]);
    expect(reported.of.lines.map(({ step, people: count, named }) => [step, count, named])).toEqual([
      ['held', -1, [{ person: 'c2000', status: 'held', total: '1000000000' }]],
    ]);

    const local = await compared(ports, { people: '2.730', total: '2.730.000.000.000' }, ['central'], 'local');
    expect([local.isWhole, local.of.unexplained]).toEqual([true, { people: 0, total: '0' }]);
    expect(local.of.lines[0]?.named.map(({ person }) => person).toSorted()).toEqual(
      Array.from({ length: 9 }, (_, index) => `c${index}`),
    );
  });

  test('what no step reaches is unexplained, by how many, and is not whole', async () => {
    const ports = await office(people);
    const { of, isWhole } = await compared(ports, { people: '2.730' });
    expect([isWhole, of.unexplained, of.lines]).toEqual([false, { people: -9 }, []]);
    const wrong = await compared(ports, { people: '2.730' }, ['held'], 'f2');
    expect([wrong.isWhole, wrong.of.unexplained]).toEqual([false, { people: -8 }]);
  });
});

describe('a figure of an instant', () => {
  test.each([
    ['2025-10-08', '09:59', 0],
    ['2025-10-08', '10:00', 3],
    ['2025-10-08', '10:01', 3],
  ])('of %s %s is compared with who was credited then: %i', async (on, hour, credited) => {
    const ports = await office(['a', 'b', 'c'].map((id) => ({ id, through: creditedOn('2025-10-08') })));
    const { of } = await compared(ports, { on, hour, people: '3' }, ['not-credited']);
    expect([of.whole.people, of.left.people]).toEqual([3, credited]);
  });

  test('a person of two sources is one person, and leaves the count with the last of them', async () => {
    const ports = await office([
      { id: 'a', total: 5n, through: creditedOn('2025-10-08') },
      { id: 'a', source: 'central-supplement', isFurther: true, total: 7n, through: creditedOn('2025-10-08') },
    ]);
    const one = await compared(ports, { people: '1', total: '5' }, ['central']);
    expect([one.isWhole, one.of.whole, one.of.lines[0]?.people, one.of.lines[0]?.total]).toEqual([
      true,
      { people: 1, total: '12' },
      0,
      '-7',
    ]);
  });
});

describe('a list', () => {
  const people = ['c1', 'c2', 'c3', 'c4'].map((id): Stood => ({ id, total: 100n, through: creditedOn('2025-10-08') }));

  test('is compared person by person: missing, unknown, twice, another sum, left out, unreadable', async () => {
    const held = { id: 'c5', total: 100n, through: [['held', '2025-09-01T00:00:00.000Z']] } as const;
    const ports = await office([...people, held]);
    await addCases(ports, ['c1', 'c2', 'c3', 'c4', 'c5']);
    const list = await listOf(
      ports,
      ['STT', 'Số định danh cá nhân', 'Số tiền'],
      [
        ['1', citizenOf('c1'), 100n],
        ['2', citizenOf('c1'), 100n],
        ['3', citizenOf('c2'), 90n],
        ['4', '040066099999', 50n],
        ['5', citizenOf('c5'), 100n],
        ['6', '12', 1n],
        ['Tổng cộng', '', 441n],
      ],
    );
    const { of, isWhole } = await compared(ports, { people: '6', total: '441', list }, ['held']);
    expect(
      of.list?.lines.map(({ kind, people: count, total, named }) => [
        kind,
        count,
        total,
        named.map(({ person, place, status }) => [place, person, status]),
      ]),
    ).toEqual([
      ['unreadable', 1, '1', [['DS, dòng 7', undefined, undefined]]],
      ['unknown', 1, '50', [['DS, dòng 5', undefined, undefined]]],
      ['twice', 1, '100', [['DS, dòng 3', 'c1', 'credited']]],
      ['left-out', 1, '100', [['DS, dòng 6', 'c5', 'held']]],
      [
        'missing',
        -2,
        '-200',
        [
          [undefined, 'c3', 'credited'],
          [undefined, 'c4', 'credited'],
        ],
      ],
      ['other-sum', 0, '-10', [['DS, dòng 4', 'c2', 'credited']]],
    ]);
    // A row that cannot be read is named, and never green.
    expect([of.unexplained, isWhole]).toEqual([{ people: 0, total: '0' }, false]);
  });

  test('that does not add up to what they state says so', async () => {
    const ports = await office(people);
    await addCases(ports, ['c1', 'c2', 'c3', 'c4']);
    const rows = ['c1', 'c2', 'c3', 'c4'].map((id) => [citizenOf(id)]);
    const whole = await compared(ports, { people: '4', list: await listOf(ports, ['CCCD'], rows) });
    expect([whole.isWhole, whole.of.list?.lines]).toEqual([true, []]);
    const short = await compared(ports, { people: '5', list: await listOf(ports, ['CCCD'], rows) }, [], 'f2');
    expect([short.isWhole, short.of.unexplained]).toEqual([false, { people: 1 }]);
  });

  test('of decision numbers finds the people of a real province; no entry keeps who they are', async () => {
    const made = await open({ people: 6 });
    const numbers: string[] = [];
    const clear: string[] = [];
    const asked = await made.rows();
    for (const { summary } of asked) {
      const of = (await readCase(made.store, String(summary['caseId']))) ?? expect.fail();
      numbers.push(of.submitted.facts.leaving?.decisionNumber ?? '');
      clear.push(...Object.values(await identityOf(made.still.vault, of)));
    }
    expect(new Set(numbers).size).toBe(numbers.length);
    const list = await listOf(
      made.still,
      ['Số quyết định'],
      numbers.slice(1).map((number) => [number]),
    );
    const stated = { ...wish, on: '2026-11-27', hour: '00:00', people: String(numbers.length - 1), list };
    const now = () => '2100-01-01T00:00:00.000Z';
    const { of, isWhole } = await compared({ ...made.still, now }, { ...stated, on: '2099-01-01' });
    expect([isWhole, of.list?.lines.map(({ kind, named }) => [kind, named[0]?.person])]).toEqual([
      true,
      [['missing', asked[0]?.summary['caseId']]],
    ]);
    const entries = JSON.stringify(await made.store.read('outside-figure/f1'));
    expect([...numbers, ...clear].filter((text) => text !== '' && entries.includes(text))).toEqual([]);
  });
});

describe('a statement', () => {
  test.each([
    ['nobody who states it', { statedBy: ' ' }],
    ['nothing that it counts', { claims: '' }],
    ['no hour', { hour: '' }],
    ['an hour to come', { on: '2025-10-11' }],
    ['a half person', { people: '2,5' }],
    ['nothing to compare', { people: '' }],
  ])('with %s is refused', async (_what, wrong) => {
    const ports = await office([]);
    const outcome = await stateFigure('f1', { ...wish, people: '5', ...wrong }, officer, ports);
    expect(outcome.outcome).toBe('refused');
  });
});
