/** A frozen report: what each receiver's definition counts, its number, its bytes, and what is refused. */
import { describe, expect, test } from 'vitest';
import { makeReport, printAgain } from '../../../functions/completion/make-report.ts';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { memoryStore } from '../../../infra/local/simulation/memory-store.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import {
  type Report,
  reportContent,
  type ReportKind,
  readReport,
  readReports,
} from '../../../shared/completion/freeze-report.ts';
import { bucketOfFigures, countFigures, faultOf } from '../../../shared/completion/report-content.ts';
import type { Receiver } from '../../../shared/completion/report-definitions.ts';
import { cellText } from '../../../shared/completion/report-paper.ts';
import { setDefinition } from '../../../shared/completion/set-definition.ts';
import { standingsAt } from '../../../shared/completion/standing-at.ts';
import { remainder, tally } from '../../../shared/completion/tally.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { provinces, type Province } from '../../province.ts';
import { creditedOn, memoryFiles, standIn, type Stood } from '../../standings.ts';

const open = provinces();
const noon = '2025-10-09T05:00:00.000Z';
const anchor = 'a'.repeat(64);

/** Ports in memory with these people; `at` is the instant of the reports. */
async function office(people: readonly Stood[]) {
  const [store, files] = [memoryStore(), memoryFiles()];
  await standIn(store, people);
  const ports = { store, files, now: () => '2025-10-09T06:00:00.000Z' };
  return { store, files, ports: unusedRest(ports) };
}

/** A report asks for nothing else of the world. */
function unusedRest(ports: Pick<Ports, 'store' | 'files' | 'now'>): Ports {
  const never = () => expect.fail('a report asked for something else');
  const vault = { prepare: never, seal: never, open: never, digest: never };
  const desk = { start: never, remember: never, waiting: never, wake: never };
  const directory = { holding: never, nameOf: never, find: never };
  const noticeSigner = { current: never, sign: never, keys: never, verifies: never };
  const anchored = { anchor: never, anchorNews: never, headsOf: never, entriesUpTo: never };
  return {
    ...ports,
    anchored,
    noticeSigner,
    vault,
    desk,
    directory,
    mailer: { send: never },
    id: never,
    publicUrl: '',
  };
}

async function make(ports: Ports, receiver: Receiver, { at = noon, kind = 'periodic' as ReportKind, id = '' } = {}) {
  return makeReport({ id: `${id}${receiver}${at}`, receiver, kind, at, anchor, by: 'officer' }, ports, () => {});
}

async function made(ports: Ports, receiver: Receiver, wish = {}): Promise<Report> {
  const answer = await make(ports, receiver, wish);
  if (answer.outcome === 'refused') throw new Error(answer.why.en);
  return (await readReport(ports.store, answer.code)) ?? expect.fail('no report');
}

async function contentOf({ files }: Pick<Ports, 'files'>, { content }: Report) {
  return reportContent.parse(JSON.parse(new TextDecoder().decode(await files.get(content))));
}

async function sentences(ports: Ports, report: Report): Promise<string> {
  const { paper } = await contentOf(ports, report);
  return paper.blocks.map((block) => ('text' in block ? block.text : '')).join('\n');
}

const someone = (id: string, more: Partial<Stood> = {}): Stood => ({ id, through: creditedOn('2025-10-08'), ...more });
const upTo = (status: string, day = '2025-10-08') => {
  const all = creditedOn(day);
  return all.slice(0, all.findIndex(([one]) => one === status) + 1);
};
/** Ten credited; beside them two with the bank, one undecided, one paid elsewhere, one given up. */
const mixed: readonly Stood[] = [
  ...Array.from({ length: 10 }, (_, index) => someone(`c${index}`)),
  someone('t1', { through: [...upTo('sent'), ['treasury-paid', '2025-10-07T00:00:00.000Z']] }),
  someone('t2', { through: [...upTo('sent'), ['treasury-paid', '2025-10-07T00:00:00.000Z']] }),
  someone('u1', { through: upTo('assessed') }),
  someone('e1', { through: [...upTo('assessed'), ['paid-elsewhere', '2025-09-01T00:00:00.000Z']] }),
  someone('x1', { through: [...upTo('assessed'), ['cancelled', '2025-09-02T00:00:00.000Z']] }),
];

describe('the same people by each definition', () => {
  test.each([
    // Receiver, counted, paid, unpaid, paid elsewhere beside, outside.
    ['people-committee', 15, 11, 3, 0, 0],
    ['party-committee', 15, 11, 3, 0, 0],
    ['home-affairs-ministry', 13, 11, 2, 0, 2],
    ['finance-ministry', 13, 12, 0, 1, 2],
    ['steering-committee', 13, 11, 2, 0, 2],
  ] as const)('%s: %i counted, %i paid, %i unpaid', async (receiver, base, paid, unpaid, elsewhere, outside) => {
    const { ports } = await office(mixed);
    const report = await made(ports, receiver);
    const { figures } = await contentOf(ports, report);
    expect([report.base.people, report.paid.people, report.unpaid.people]).toEqual([base, paid, unpaid]);
    expect([bucketOfFigures(figures, 'elsewhere').people, figures.outside.people]).toEqual([elsewhere, outside]);
  });

  test('are told in the report with the definition they rest on', async () => {
    const { ports } = await office(mixed);
    const finance = await sentences(ports, await made(ports, 'finance-ministry'));
    expect(finance).toContain('12 trên 13 người đã được Kho bạc thanh toán; không còn ai chưa được thanh toán.');
    expect(finance).toContain('Kho bạc Nhà nước đã thanh toán, kể cả khi ngân hàng chưa báo có.');
    expect(finance).toContain('Ngoài số trên còn 2 người chưa thuộc cách tính này.');
    const home = await sentences(ports, await made(ports, 'home-affairs-ministry'));
    expect(home).toContain('11 trên 13 người đã nhận tiền; còn 2 người chưa nhận.');
  });

  test('name the part-timers apart, of both decrees, and nobody else of Decree 154', async () => {
    const apart = ['154/9', '29/9', '154/6'].map((regime, index) => someone(`apart${index}`, { regime }));
    const { ports } = await office([...mixed, ...apart]);
    const text = await sentences(ports, await made(ports, 'people-committee'));
    expect(text).toMatch(/Riêng người hoạt động không chuyên trách: \d trên 2 người/);
  });

  test('a person of two sources is one person with both sums', async () => {
    const { ports } = await office([...mixed, someone('c0', { source: 'regular', isFurther: true, total: 5n })]);
    const report = await made(ports, 'people-committee');
    expect(report.base).toEqual({ people: 15, sums: 16, total: '15000000005' });
    const { figures } = await contentOf(ports, report);
    expect(figures.bySource.find(({ key }) => key === 'regular')?.base).toEqual({ people: 0, sums: 1, total: '5' });
  });
});

describe('a receiver that has said how it counts', () => {
  const leader = { id: 'leader', name: 'x', email: 'x@x.example', role: 'finance-leader', units: [] } as const;
  const wish = {
    receiver: 'home-affairs-ministry',
    addressee: 'Bộ Nội vụ (Vụ Tổ chức - Biên chế)',
    base: 'computed',
    paid: 'treasury-paid',
    countsElsewhere: false,
    hidesSmallSums: false,
    number: '12/BNV-TCBC',
    on: '2025-10-01',
  };

  test('is reported to in that way from then on, by its document; a report of before stays as it was', async () => {
    const { ports } = await office(mixed);
    const before = await made(ports, 'home-affairs-ministry', { at: '2025-10-09T04:00:00.000Z' });
    expect(await setDefinition(wish, leader, { ...ports, now: () => '2025-10-09T04:30:00.000Z' })).toEqual({
      outcome: 'set',
    });
    const after = await made(ports, 'home-affairs-ministry');
    expect([before.base.people, before.paid.people, after.base.people, after.paid.people]).toEqual([13, 11, 15, 12]);
    expect((await contentOf(ports, after)).paper.addressee).toBe('Bộ Nội vụ (Vụ Tổ chức - Biên chế)');
    expect(await sentences(ports, after)).toContain('Căn cứ của cách tính: Văn bản 12/BNV-TCBC ngày 01/10/2025.');
    expect(await printAgain(before.code, 'pdf', 'officer', ports)).toMatchObject({ outcome: 'same' });
  });

  test.each([
    ['without its name', { addressee: ' ' }],
    ['without a document', { number: '' }],
    ['by a document to come', { on: '2025-10-10' }],
    ['in no way there is', { paid: 'sent' }],
    ['to nobody there is', { receiver: 'x' }],
  ])('is not recorded %s', async (_how, wrong) => {
    const { ports } = await office([]);
    expect((await setDefinition({ ...wish, ...wrong }, leader, ports)).outcome).toBe('refused');
    expect(await ports.store.read('settings/report-definitions')).toEqual([]);
  });

  test('is recorded by no officer', async () => {
    const { ports } = await office([]);
    expect((await setDefinition(wish, { ...leader, role: 'finance-officer' }, ports)).outcome).toBe('refused');
  });
});

describe('a report of an instant', () => {
  test.each([
    ['2025-10-08T02:59:59.999Z', 1],
    ['2025-10-08T03:00:00.000Z', 11],
    ['2025-10-09T05:00:00.000Z', 11],
  ])('of %s knows nothing of what came later: %i paid', async (at, paid) => {
    const { ports } = await office(mixed);
    expect((await made(ports, 'people-committee', { at })).paid.people).toBe(paid);
  });

  test('says what changed since the one before it, and by which limit it is late', async () => {
    const { ports } = await office(mixed);
    await made(ports, 'people-committee', { at: '2025-10-07T01:00:00.000Z' });
    const text = await sentences(ports, await made(ports, 'people-committee'));
    expect(text).toContain(
      'So với báo cáo UBND-2025-001 (08:00 ngày 07/10/2025): đã nhận tiền thêm 10 người, thêm 10.000.000.000 đồng; chưa nhận từ 13 còn 3 người',
    );
    expect(text).toContain(
      'Hạn chi trả xong: ngày 05/10/2025 (Công điện của Thủ tướng ngày 30/09/2025), đã quá 4 ngày',
    );
    expect(text).toContain('11.000.000.000 đồng (Mười một tỷ đồng)');
  });

  test('before one that is there already is refused', async () => {
    const { ports } = await office(mixed);
    await made(ports, 'people-committee');
    const earlier = await make(ports, 'people-committee', { at: '2025-10-09T04:59:59.999Z' });
    expect(earlier).toMatchObject({ outcome: 'refused' });
  });

  test('of a real province agrees with the page of completion', async () => {
    const made: Province = await open({ people: 12, partyPeople: 2 });
    const orders = await made.sentBatch('b1');
    await reconcile('b1', 'file-1', await made.resultFile('b1', orders.slice(0, 3)), 'officer', made.still);
    const counted = await tally(made.store, localDateOf);
    const at = made.still.now();
    const answer = await make(made.still, 'people-committee', { at });
    if (answer.outcome === 'refused') throw new Error(answer.why.en);
    const report = (await readReport(made.store, answer.code)) ?? expect.fail();
    const { figures } = await contentOf(made.still, report);
    expect(remainder(counted).people).toBe(0);
    const shown = ({ people, total }: { people: number; total: bigint | string }) => [people, BigInt(total)];
    expect(shown(figures.base)).toEqual(shown(counted.entitled));
    for (const [bucket, count] of Object.entries(counted.byBucket)) {
      expect([bucket, ...shown(figures.buckets.find(({ key }) => key === bucket) ?? figures.base)]).toEqual([
        bucket,
        ...shown(count),
      ]);
    }
    expect(figures.byRegime.map(({ key, base, paid }) => [key, ...shown(base), ...shown(paid)])).toEqual(
      [...counted.byRegime]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, { entitled, credited }]) => [key, ...shown(entitled), ...shown(credited)]),
    );
    expect(new Map(figures.unpaid.map((cause) => [cause.key, cause.people]))).toEqual(
      new Map([...counted.unpaidByCause].map(([cause, { people }]) => [cause, people])),
    );
  });
});

describe('the past', () => {
  test('is at every instant what the rows said then, step after step of a real province', async () => {
    const made = await open({ people: 10, partyPeople: 2, estimate: 0n });
    const noted: { readonly at: string; readonly counted: Awaited<ReturnType<typeof tally>> }[] = [];
    const note = async () => {
      const at = made.still.now();
      noted.push({ at, counted: await tally(made.store, localDateOf) });
      // What happens next happens later, by the clock that the histories are written by.
      while (made.still.now() <= at) await Promise.resolve();
    };
    await note();
    await made.appraiseAll();
    await note();
    await made.freeze('b1');
    await note();
    for (const name of ['entitlement.recompute', 'approval.next']) await made.step(name, 'b1');
    await made.decides('home-affairs-leader', 'b1');
    await followBatch('b1', made.still);
    await note();
    await made.decides('finance-leader', 'b1');
    await made.provincial('b1');
    await followBatch('b1', made.still);
    await note();
    await made.step('approval.next', 'b1');
    await made.order('b1');
    await note();
    for (const { at, counted } of noted) {
      const counting = { base: 'computed', paid: 'credited', countsElsewhere: true, hidesSmallSums: false } as const;
      const figures = await countFigures(standingsAt(made.store, at), counting);
      expect(faultOf(figures)).toBeUndefined();
      expect(figures.base.people).toBe(counted.entitled.people);
      expect(new Map(figures.unpaid.map(({ key, people, total }) => [key, [people, BigInt(total)]]))).toEqual(
        new Map([...counted.unpaidByCause].map(([key, { people, total }]) => [key, [people, total]])),
      );
    }
    // The province moved: no two of the instants say the same.
    expect(new Set(noted.map(({ counted }) => JSON.stringify([...counted.byStatus.keys()].toSorted()))).size).toBe(6);
  });
});

describe('a number', () => {
  test('counts a receiver and a year without a gap, also when two are made at once', async () => {
    const { ports } = await office(mixed);
    await Promise.all([
      make(ports, 'people-committee', { kind: 'periodic' }),
      make(ports, 'people-committee', { kind: 'units', id: 'u' }),
      make(ports, 'home-affairs-ministry'),
    ]);
    await make(ports, 'people-committee', { at: '2026-01-02T00:00:00.000Z' });
    expect((await readReports(ports.store)).map(({ code }) => code).toSorted()).toEqual([
      'BNV-2025-001',
      'UBND-2025-001',
      'UBND-2025-002',
      'UBND-2026-001',
    ]);
  });

  test('is not used twice by a job that a kill made run again', async () => {
    const { ports } = await office(mixed);
    const first = await make(ports, 'people-committee');
    expect(await make(ports, 'people-committee')).toEqual(first);
    expect(await readReports(ports.store)).toHaveLength(1);
  });
});

describe('printed again', () => {
  test.each(['pdf', 'xlsx'] as const)('the .%s is the same to the byte, whatever happened since', async (type) => {
    const { ports, store, files } = await office(mixed);
    const report = await made(ports, 'home-affairs-ministry');
    await standIn(store, [someone('later')]);
    files.known.delete(report.files[type]);
    expect(await printAgain(report.code, type, 'officer', ports)).toEqual({
      outcome: 'same',
      file: report.files[type],
    });
    expect(files.known.get(report.files[type])?.length).toBeGreaterThan(1000);
    expect((await readReport(store, report.code))?.reprints).toMatchObject([{ by: 'officer', isSame: true }]);
  });

  test('otherwise than it was issued it is refused with an alarm, and that is noted', async () => {
    const { ports, store, files } = await office(mixed);
    const report = await made(ports, 'home-affairs-ministry');
    const content = files.known.get(report.content) ?? expect.fail('no content');
    const forged = new TextDecoder().decode(content).replace('11 trên 13 người', '13 trên 13 người');
    files.known.set(report.content, new TextEncoder().encode(forged));
    expect(await printAgain(report.code, 'pdf', 'officer', ports)).toMatchObject({
      outcome: 'refused',
      why: { vi: expect.stringContaining('in lại khác bản đã phát hành') },
    });
    expect((await readReport(store, report.code))?.reprints).toMatchObject([{ isSame: false }]);
  });
});

describe('a report whose figures do not hold is refused, and nothing is written', () => {
  test('where a row says otherwise than its history', async () => {
    const { ports, store } = await office(mixed);
    const { rows } = await store.page({ kind: 'part', limit: 1 });
    const { stream, summary: written } = rows[0] ?? expect.fail('nobody');
    const summary = { ...written, total: '999' };
    // As if somebody had written to the rows alone: the history's own effects say the old sum.
    const page = store.page.bind(store);
    const tampered = {
      ...store,
      page: async (query: Parameters<typeof page>[0]) => {
        const found = await page(query);
        return { ...found, rows: found.rows.map((one) => (one.stream === stream ? { ...one, summary } : one)) };
      },
    };
    expect(await make({ ...ports, store: tampered }, 'people-committee')).toMatchObject({
      outcome: 'refused',
      why: { vi: expect.stringContaining('1 khoản có dòng tổng hợp khác với lịch sử') },
    });
    expect(await readReports(store)).toEqual([]);
  });
});

describe('sums of one or two people', () => {
  test('are left out for a receiver outside, their count is not; for the People’s Committee nothing is', async () => {
    const { ports } = await office([...mixed, someone('p1', { block: 'party', total: 777_777_777n })]);
    const tables = async (receiver: Receiver) => {
      const { paper } = await contentOf(ports, await made(ports, receiver));
      return paper.blocks.flatMap((block) => ('table' in block ? [block.table] : []));
    };
    const line = (all: Awaited<ReturnType<typeof tables>>, name: string, first: string) =>
      all
        .find((table) => table.name === name)
        ?.rows.find(([cell = '']) => cellText(cell).startsWith(first))
        ?.map(cellText) ?? expect.fail(`no line ${first}`);
    const outside = await tables('party-committee');
    expect(line(outside, 'Theo khối', 'Khối Đảng').slice(1)).toEqual(['1', '•', '1', '•', '0', '•']);
    expect(line(outside, 'Theo khối', 'Khối chính quyền').slice(1)).toEqual(['15', '•', '11', '•', '3', '•']);
    expect(JSON.stringify(outside)).not.toContain('"777777777"');
    const own = await tables('people-committee');
    expect(line(own, 'Theo khối', 'Khối Đảng')).toContain('777.777.777');
  });
});

describe('the printed report', () => {
  test('is A4 in letters of Times New Roman’s widths, of the instant of its figures, and carries number and anchor', async () => {
    const { ports, files } = await office(mixed);
    const report = await made(ports, 'home-affairs-ministry');
    const pdf = Buffer.from(files.known.get(report.files.pdf) ?? []).toString('latin1');
    expect(pdf).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
    expect(pdf).toMatch(/\/BaseFont \/\w+\+Tinos/);
    expect(pdf).toContain('(D:20251009050000Z)');
    const { paper } = await contentOf(ports, report);
    expect(paper.marks.join()).toContain(`Mã báo cáo ${report.code}`);
    expect(paper.marks.join()).toContain(anchor);
    expect([paper.number, paper.place]).toEqual(['Số:          /BC-UBND', 'Nghệ An, ngày 09 tháng 10 năm 2025']);
  });
});

describe('the workbook', () => {
  test('has a sheet a table, with numbers as numbers and the total of the report', async () => {
    const { ports, files } = await office(mixed);
    const report = await made(ports, 'people-committee', { kind: 'units' });
    const read = await readSheets(files.known.get(report.files.xlsx) ?? new Uint8Array());
    if (read.outcome === 'refused') throw new Error(read.why.en);
    const sheet = read.sheets.find(({ name }) => name === 'Theo đơn vị') ?? expect.fail('no sheet');
    const total = sheet.rows.find(({ cells }) => cells.some(({ text }) => text === 'Tổng cộng')) ?? expect.fail();
    expect(total.cells.filter(({ kind }) => kind === 'number').map(({ text }) => text)).toEqual([
      '15',
      '15000000000',
      '11',
      '11000000000',
      '3',
      '3000000000',
      '0',
      '2',
      '1',
      '0',
    ]);
  });
});
