/** Lists as units make them: heads in groups, several tables, totals between, words of their own, no periods at all. */
import { describe, expect, test } from 'vitest';
import type { Sheet, SheetCell, SheetRow } from '../../../shared/case/sheet.ts';
import { type PeriodKey, periodColumns, type PersonKey, personColumns } from '../../../shared/intake/list-columns.ts';
import { type ListReading, readList } from '../../../shared/intake/read-list.ts';

type Typed = string | Omit<SheetCell, 'column'>;
type Line = readonly (Typed | undefined)[];
type Person = Partial<Record<PersonKey, Typed>>;
type Period = Partial<Record<PeriodKey, Typed>>;

const unit = { level: 'provincial', source: 'wage-reform', chapter: '412', treasuryAccount: '9523.3' } as const;
const context = {
  units: [
    { ...unit, code: '1094107', name: 'Sở A', block: 'government' },
    { ...unit, code: '1094200', name: 'Đảng ủy B', block: 'party' },
  ] as const,
  mayUse: () => true,
  today: '2025-08-20',
};

const clean: Person = {
  number: '1',
  fullName: 'Trần Văn Bình',
  citizenId: '040068123456',
  sex: 'Nam',
  birth: '12/05/1968',
  subject: 'công chức',
  payingUnit: '1094107',
  employer: 'Phòng Tổ chức',
  cause: 'sắp xếp tổ chức bộ máy',
  decisionNumber: '12/QĐ-SNV',
  decidedOn: '20/06/2025',
  leaveOn: '01/07/2025',
  reorganisedOn: '01/03/2025',
  grade: '4,65',
  bank: 'Agribank',
  accountNumber: '360123456789',
  holder: 'TRAN VAN BINH',
};
const another: Person = {
  ...clean,
  number: '2',
  fullName: 'Lê Thị Cúc',
  citizenId: '040168123457',
  sex: 'Nữ',
  accountNumber: '360123456780',
  holder: 'LE THI CUC',
};
const worked: Period = { number: '1', from: '06/1993', to: '06/2025', employer: 'nhà nước' };

const personHeads = personColumns.map(({ heading }) => heading);
const personLine = (of: Person): Line => personColumns.map(({ key }) => of[key]);
const periodHeads = periodColumns.map(({ heading }) => heading);
const periodLine = (of: Period): Line => periodColumns.map(({ key }) => of[key]);

/** Lines from row 1 on; an empty line is a blank row. */
function sheet(name: string, lines: readonly Line[], more: Partial<Sheet> = {}): Sheet {
  const rows = lines.map((line, at): SheetRow => {
    const cells = line.flatMap((value, index): SheetCell[] => {
      if (value === undefined || value === '') return [];
      return [{ column: index + 1, ...(typeof value === 'string' ? { kind: 'text', text: value } : value) }];
    });
    return { number: at + 1, cells };
  });
  return { name, rows: rows.filter(({ cells }) => cells.length > 0), ...more };
}

const periods = (...of: readonly Period[]) => sheet('Quá trình công tác', [periodHeads, ...of.map(periodLine)]);
const people = (...of: readonly Person[]) => sheet('Danh sách', [personHeads, ...of.map(personLine)]);
const numbered = (text: string) => ({ kind: 'number', text }) as const;
const day = (text: string) => ({ kind: 'date', text }) as const;

function read(...sheets: readonly Sheet[]): ListReading {
  const reading = readList(sheets, context);
  if ('outcome' in reading) throw new Error(reading.why.vi);
  return reading;
}

const codes = (faults: ListReading['faults']) => faults.map(({ code, cell }) => `${code} ${cell}`);
const both = ({ faults, warnings }: ListReading) => [codes(faults), codes(warnings)];
const one = (changes: Person) => read(people({ ...clean, ...changes }), periods(worked));
const factsOf = (changes: Person) => one(changes).people[0]?.facts;

describe('days are read as they are typed in Viet Nam', () => {
  test.each(['01/07/2025', '1/7/2025', '01.07.25', '1-7-2025', '1 / 7 / 25', 'ngày 01 tháng 7 năm 2025', '2025-07-01'])(
    '%s',
    (leaveOn) => {
      expect([both(one({ leaveOn })), factsOf({ leaveOn })?.leaving?.on]).toEqual([[[], []], '2025-07-01']);
    },
  );

  test('a day that Excel kept as a number is read and marked', () => {
    const { people: read1, warnings } = one({ leaveOn: numbered('45839') });
    expect([read1[0]?.facts.leaving?.on, codes(warnings)]).toEqual(['2025-07-01', ['day-as-number M2']]);
    expect(warnings[0]?.why.vi).toMatch('được hiểu là 01/07/2025');
  });

  test('two digits tell the century of a birth, and a number without its format the day', () => {
    expect(factsOf({ birth: '12/05/68' })?.person?.birth).toBe('1968-05-12');
    expect(factsOf({ birth: numbered('24970') })?.person?.birth).toBe('1968-05-12');
    expect(factsOf({ birth: numbered('1968') })?.person?.birth).toBe('1968');
  });

  test('date cells beside days that Excel left as text may be swapped, and are refused', () => {
    const swapped = (first: Typed, second: Typed) =>
      both(
        read(
          people({ ...clean, decidedOn: first }, { ...another, decidedOn: second }),
          periods(worked, { ...worked, number: '2' }),
        ),
      );
    expect(swapped(day('2025-06-05'), '20/06/2025')).toEqual([['day-or-month-first L2'], []]);
    expect(swapped(day('2025-06-06'), '20/06/2025')).toEqual([[], []]);
    expect(swapped(day('2025-06-05'), '12/06/2025')).toEqual([[], []]);
    expect(swapped(day('2025-06-20'), '20/06/2025')).toEqual([[], []]);
  });
});

describe('a value that needs a look goes on with a mark', () => {
  test('what a formula gave is taken as the file holds it', () => {
    const reading = one({ grade: { kind: 'number', text: '4.65', isFormula: true } });
    expect([both(reading), reading.people[0]?.facts.pay]).toEqual([
      [[], ['formula O2']],
      expect.objectContaining({ grade: '4.65' }),
    ]);
  });

  test('the zero that a number cell dropped is put back when sex and birth agree', () => {
    const reading = one({ citizenId: numbered('40068123456') });
    expect([both(reading), reading.people[0]?.citizenId]).toEqual([
      [[], ['citizen-id-zero-restored C2']],
      '040068123456',
    ]);
    const ofHanoi = one({ citizenId: numbered('1068123456') });
    expect(ofHanoi.people[0]?.citizenId).toBe('001068123456');
  });

  test('an account typed as a number may have lost a zero', () => {
    expect(both(one({ accountNumber: numbered('360123456789') }))).toEqual([[], ['account-typed-as-number Z2']]);
  });

  test('a name in capitals is written as names are', () => {
    expect(one({ fullName: 'TRẦN VĂN BÌNH' }).people[0]?.fullName).toBe('Trần Văn Bình');
    expect(one({ fullName: 'Hoà Thị BÌNH', holder: 'HÒA THỊ BÌNH' }).people[0]?.fullName).toBe('Hoà Thị BÌNH');
  });
});

describe('tables are found wherever they stand', () => {
  test('not at A1, under titles, and on one sheet above one another, as in a .csv', () => {
    const shifted = (line: Line): Line => [undefined, undefined, ...line];
    const reading = read(
      sheet('CSV', [
        ['UBND TỈNH NGHỆ AN'],
        ['DANH SÁCH NGƯỜI NGHỈ'],
        [],
        shifted(personHeads),
        shifted(personLine(clean)),
        [],
        periodHeads,
        periodLine(worked),
      ]),
    );
    expect([both(reading), reading.people[0]?.row, reading.people[0]?.facts.service?.length]).toEqual([[[], []], 5, 1]);
  });

  test('over several sheets, with the heading again on each printed page', () => {
    const page = sheet('Biểu 03A', [
      personHeads,
      personLine(clean),
      [],
      personHeads,
      personLine({ ...another, number: '2' }),
    ]);
    const more: Person = {
      ...another,
      number: '3',
      fullName: 'Võ Thị Dần',
      citizenId: '040168123458',
      accountNumber: '360123456781',
      holder: 'Vo Thi Dan',
    };
    const reading = read(
      page,
      sheet('Biểu 03B', [personHeads, personLine(more)]),
      periods(worked, { ...worked, number: '2' }, { ...worked, number: '3' }),
    );
    expect([both(reading), reading.people.map((of) => [of.sheet, of.row])]).toEqual([
      [[], []],
      [
        ['Biểu 03A', 2],
        ['Biểu 03A', 5],
        ['Biểu 03B', 2],
      ],
    ]);
  });

  test('a number that stands on two sheets is told with its sheet', () => {
    const reading = read(
      people(clean),
      sheet('Biểu 03B', [personHeads, personLine({ ...another, number: '1' })]),
      periods(worked),
    );
    expect(codes(reading.faults)).toEqual(['number-twice A2', 'number-twice A2']);
    expect(reading.faults[0]?.why.vi).toMatch('dòng 2 («Biểu 03B»)');
  });

  test('heads in groups are known by the group and the column together, or by the column', () => {
    const grouped = personColumns.map(({ key, heading }): readonly [string, string] => {
      if (key === 'civil-service') return ['Phụ cấp', 'Công vụ'];
      if (key === 'professional-seniority') return ['', 'Thâm niên nghề'];
      if (key === 'position') return ['', 'Chức vụ'];
      if (key === 'decisionNumber') return ['Quyết định nghỉ', 'Số quyết định'];
      if (key === 'decidedOn') return ['', 'Ngày quyết định'];
      return [heading, ''];
    });
    const order = ['position', 'civil-service', 'professional-seniority'];
    const sorted = personColumns
      .map(({ key }, index) => ({ key, index }))
      .toSorted((one1, other) => order.indexOf(one1.key) - order.indexOf(other.key));
    const upper = sorted.map(({ key, index }) =>
      key === 'position' ? 'Phụ cấp' : key === 'civil-service' ? '' : grouped[index]?.[0],
    );
    const lower = sorted.map(({ index }) => grouped[index]?.[1]);
    const values: Person = { ...clean, position: '0,5', 'civil-service': '25' };
    const reading = read(sheet('Danh sách', [upper, lower, sorted.map(({ key }) => values[key])]), periods(worked));
    expect(both(reading)).toEqual([[], []]);
    expect(reading.people[0]?.facts.pay).toMatchObject({
      grade: '4.65',
      position: '0.5',
      allowances: [{ name: 'civil-service', percent: '25' }],
    });
  });

  test('subtotals, groups, notes and signatures are no persons, and are told', () => {
    const reading = read(
      sheet('Danh sách', [
        personHeads,
        ['I', 'Phòng Tài chính'],
        personLine(clean),
        ['Cộng: 1 người'],
        ['II. Phòng Nội vụ'],
        personLine(another),
        ['Tổng cộng', '2 người'],
        ['Ghi chú: số liệu đến 30/8'],
        [undefined, 'NGƯỜI LẬP BIỂU', 'THỦ TRƯỞNG'],
      ]),
      periods(worked, { ...worked, number: '2' }),
    );
    expect([both(reading), reading.rowsRead]).toEqual([[[], []], 2]);
    expect(reading.notices.map(({ vi }) => vi)).toEqual([
      'Sheet «Danh sách»: dòng cộng không phải là người (dòng 4 «Cộng: 1 người», 7 «Tổng cộng 2 người»).',
      'Sheet «Danh sách»: dòng tên nhóm không phải là người (dòng 2 «I Phòng Tài chính», 5 «II. Phòng Nội vụ»).',
      'Sheet «Danh sách»: ghi chú, chữ ký dưới bảng không phải là người (dòng 8 «Ghi chú: số liệu đến 30/8», 9 «NGƯỜI LẬP BIỂU THỦ TRƯỞNG»).',
    ]);
  });

  test('lines that are numbered and empty, and words beside no name, are no persons', () => {
    const reading = read(
      sheet('Danh sách', [
        personHeads,
        personLine(clean),
        ['2'],
        [numbered('3')],
        ['Danh sách có 1 người'],
        ['Vinh, ngày 30/8'],
      ]),
      periods(worked),
    );
    expect([both(reading), reading.rowsRead]).toEqual([[[], []], 1]);
    expect(reading.notices.map(({ vi }) => vi)).toEqual([
      'Sheet «Danh sách»: ghi chú, chữ ký dưới bảng không phải là người (dòng 5 «Danh sách có 1 người», 6 «Vinh, ngày 30/8»).',
      'Sheet «Danh sách»: dòng chỉ có số thứ tự được bỏ qua (dòng 3 «2», 4 «3»).',
    ]);
    expect(read(people(clean, { number: '2', grade: '4,65' }), periods(worked)).rowsRead).toBe(2);
  });

  test('a row with a name and little else is a faulty person, never left out', () => {
    const reading = read(people(clean, { fullName: 'Võ Thị Dần' }), periods(worked));
    expect([reading.rowsRead, reading.faults.some(({ row }) => row === 3)]).toEqual([2, true]);
  });

  test('hidden rows, columns and sheets, columns without a use and sheets without a table are told', () => {
    const reading = read(
      { ...people(clean), hiddenRows: [2], hiddenColumns: [3, 27], isHidden: true },
      periods(worked),
      sheet('Tờ trình', [['Kính gửi: Sở Nội vụ']]),
      sheet('Thêm', [
        [...personHeads, 'Ghi chú riêng'],
        [...personLine({ ...another, number: '7' }), 'x'],
      ]),
    );
    expect(reading.notices.map(({ vi }) => vi)).toEqual([
      'Sheet «Danh sách» đang bị ẩn, vẫn được đọc.',
      'Sheet «Danh sách» có 1 dòng bị ẩn (từ dòng 2), vẫn được đọc.',
      'Sheet «Danh sách» có cột bị ẩn (C, AA), vẫn được đọc.',
      'Không đọc sheet «Tờ trình»: không có bảng danh sách.',
      'Sheet «Thêm»: không dùng đến cột AP «Ghi chú riêng».',
    ]);
  });
});

describe('service without periods', () => {
  const alone = (changes: Person) => read(people({ ...clean, ...changes }));

  test('is one period from joining to leaving when the stated time agrees to the month', () => {
    const reading = alone({ joinedOn: '06/1993', insuredTime: '32 năm 1 tháng' });
    expect([both(reading), reading.people[0]?.facts.service]).toEqual([
      [[], ['one-period-from-joining AN2']],
      [expect.objectContaining({ from: '1993-06', to: '2025-06', employer: 'state', insured: true })],
    ]);
    expect(alone({ joinedOn: '06/1993', insuredTime: '385 tháng' }).people).toHaveLength(1);
  });

  test('of a unit of the Party is service of the Party', () => {
    const { people: read1 } = alone({ joinedOn: '06/1993', insuredTime: '385 tháng', payingUnit: '1094200' });
    expect(read1[0]?.facts.service?.[0]?.employer).toBe('party');
  });

  test.each([
    ['32 năm', 'insured-time-differs AO2'],
    ['384 tháng', 'insured-time-differs AO2'],
    ['386 tháng', 'insured-time-differs AO2'],
    ['32.1', 'insured-time-malformed AO2'],
    ['32', 'insured-time-malformed AO2'],
    ['32 năm 13 tháng', 'insured-time-malformed AO2'],
    ['', 'missing AO2'],
  ])('that states %j is refused', (insuredTime, fault) => {
    expect(codes(alone({ joinedOn: '06/1993', insuredTime }).faults)).toEqual([fault]);
  });

  test('33.6 is refused with the reason', () => {
    const { faults } = alone({ joinedOn: '06/1993', insuredTime: '33.6' });
    expect(faults[0]?.why.vi).toMatch('33.6 có thể là 33 năm 6 tháng hoặc 33,6 năm');
  });

  test('a stated time beside periods is only compared', () => {
    expect(both(one({ insuredTime: '32 năm 1 tháng' }))).toEqual([[], []]);
    const reading = one({ insuredTime: '33 năm' });
    expect(both(reading)).toEqual([[], ['insured-time-declared-differs AO2']]);
    expect(reading.warnings[0]?.why.vi).toMatch('cộng lại là 32 năm 1 tháng');
  });

  test('without joining either, the periods are asked for', () => {
    expect(codes(read(people(clean, another), periods(worked)).faults)).toEqual(['periods-missing A3']);
  });
});

describe('headings of a unit’s own', () => {
  const own = people(clean);
  const heads: Line = personHeads.map((heading) => (heading === 'Số tài khoản' ? 'TK nhận tiền' : heading));
  const sheets = [sheet('Danh sách', [heads, personLine(clean)]), periods(worked)];

  test('are laid before whoever uploads, with what stands under them', () => {
    const unread = readList(sheets, context);
    expect('outcome' in unread && [unread.why.vi, unread.columns]).toEqual([
      'Sheet «Danh sách» thiếu cột «Số tài khoản». Hãy dùng tệp mẫu danh sách, hoặc thêm cột còn thiếu.',
      [
        {
          table: 'people',
          sheet: 'Danh sách',
          absent: [{ key: 'accountNumber', heading: 'Số tài khoản' }],
          unknown: [{ column: 26, heading: 'TK nhận tiền', samples: ['360123456789'] }],
        },
      ],
    ]);
  });

  test('once told, they are known', () => {
    const learnt = { people: { 'tk nhan tien': 'accountNumber' }, periods: {} } as const;
    const reading = readList(sheets, { ...context, learnt });
    expect('people' in reading && reading.people).toEqual(read(own, periods(worked)).people);
  });
});

describe('births in two columns, one of men and one of women', () => {
  const rest = personColumns.filter(({ key }) => key !== 'sex' && key !== 'birth');
  /** «Năm sinh» over «Nam» and «Nữ», in the place of sex and birth. */
  const list = (...of: readonly (readonly [person: Person, men: Typed | undefined, women: Typed | undefined])[]) =>
    read(
      sheet('Danh sách', [
        ['Năm sinh', undefined, ...rest.map(({ heading }) => heading)],
        ['Nam', 'Nữ'],
        ...of.map(([person, men, women]): Line => [men, women, ...rest.map(({ key }) => person[key])]),
      ]),
      periods(worked, { ...worked, number: '2' }),
    );

  test('tell the sex too', () => {
    const reading = list([clean, '12/05/1968', undefined], [another, undefined, '12/05/1968']);
    expect(both(reading)).toEqual([[], []]);
    expect(reading.people.map(({ facts }) => facts.person)).toEqual([
      { sex: 'male', birth: '1968-05-12' },
      { sex: 'female', birth: '1968-05-12' },
    ]);
  });

  test('filled twice, or not at all, are told at their cells', () => {
    const reading = list([clean, '12/05/1968', '12/05/1968'], [another, undefined, undefined]);
    expect(codes(reading.faults)).toEqual(['birth-in-both-columns B3', 'missing A4']);
  });

  test('an impossible age is told at the column that is filled', () => {
    expect(codes(list([clean, '1968', undefined], [another, undefined, '2009']).faults)).toEqual([
      'birth-implausible B4',
    ]);
  });
});
