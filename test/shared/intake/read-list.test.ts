import { describe, expect, test } from 'vitest';
import type { Unit } from '../../../shared/case/unit.ts';
import { longestText } from '../../../shared/case/facts.ts';
import { findBank } from '../../../shared/case/banks.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { type PeriodKey, periodColumns, type PersonKey, personColumns } from '../../../shared/intake/list-columns.ts';
import { type ListReading, readList, storedReading } from '../../../shared/intake/read-list.ts';
import type { Sheet, SheetCell, SheetRow } from '../../../shared/case/sheet.ts';

type Typed = string | Omit<SheetCell, 'column'>;
type Row<Key extends string> = Partial<Record<Key, Typed>>;

const unit = (code: string): Unit => ({
  code,
  name: `Đơn vị ${code}`,
  block: 'government',
  level: 'provincial',
  source: 'wage-reform',
  chapter: '412',
  treasuryAccount: `9523.3.${code}`,
});
const context = {
  units: [unit('1094107'), unit('1094238')],
  mayUse: (code: string) => code === '1094107',
  today: '2025-08-20',
};

const clean: Row<PersonKey> = {
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
  reorganisedOn: '01.03.2025',
  grade: '4,65',
  'civil-service': '25',
  bank: 'Agribank chi nhánh Vinh',
  accountNumber: '3601 2345 6789',
  holder: 'TRAN VAN BINH',
};
const worked: Row<PeriodKey> = { number: '1', from: '06/1993', to: '06/2025', employer: 'nhà nước' };

/** Row 1 is the heading, row 2 the first person. `undefined` empties a cell. */
function sheet<Key extends string>(
  name: string,
  columns: readonly { readonly key: Key; readonly heading: string }[],
  rows: readonly Partial<Record<Key, Typed | undefined>>[],
): Sheet {
  const row = (number: number, values: readonly (Typed | undefined)[]): SheetRow => ({
    number,
    cells: values.flatMap((value, at) => {
      if (value === undefined) return [];
      const cell = typeof value === 'string' ? ({ kind: 'text', text: value } as const) : value;
      return [{ column: at + 1, ...cell }];
    }),
  });
  return {
    name,
    rows: [
      row(
        1,
        columns.map(({ heading }) => heading),
      ),
      ...rows.map((values, at) =>
        row(
          at + 2,
          columns.map(({ key }) => values[key]),
        ),
      ),
    ],
  };
}

function workbook(
  people: readonly Partial<Record<PersonKey, Typed | undefined>>[],
  periods: readonly Partial<Record<PeriodKey, Typed | undefined>>[],
): readonly Sheet[] {
  return [sheet('Danh sách', personColumns, people), sheet('Quá trình công tác', periodColumns, periods)];
}

/** `A` for the first column, `AA` for the twenty-seventh. */
function columnName(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}

function read(sheets: readonly Sheet[]): ListReading {
  const reading = readList(sheets, context);
  if ('outcome' in reading) throw new Error(reading.why.en);
  return reading;
}

const one = (changes: Partial<Record<PersonKey, Typed | undefined>>, period: Row<PeriodKey> = worked) =>
  read(workbook([{ ...clean, ...changes }], [period]));

/** `code cell` of every fault. */
const faultsOf = ({ faults }: ListReading) => faults.map(({ code, cell }) => `${code} ${cell}`);
const onlyFault = (changes: Partial<Record<PersonKey, Typed | undefined>>) => faultsOf(one(changes));
const periodFault = (changes: Row<PeriodKey>) => faultsOf(one({}, { ...worked, ...changes }));
const number = (text: string) => ({ kind: 'number', text }) as const;

describe('a clean row', () => {
  test('becomes the facts of a person, name and id apart', () => {
    const { people, faults, warnings, rowsRead } = one({});
    expect([faults, warnings, rowsRead]).toEqual([[], [], 1]);
    expect(people[0]).toMatchObject({
      number: '1',
      row: 2,
      fullName: 'Trần Văn Bình',
      citizenId: '040068123456',
      account: { bank: 'VBA', number: '360123456789', holder: 'TRAN VAN BINH' },
      payingUnit: '1094107',
      employer: 'Phòng Tổ chức',
    });
    expect(people[0]?.facts).toMatchObject({
      person: { sex: 'male', birth: '1968-05-12' },
      subject: 'civil-servant',
      leaving: { cause: 'reorganised', on: '2025-07-01', decidedOn: '2025-06-20', reorganisedOn: '2025-03-01' },
      pay: { kind: 'coefficient', grade: '4.65', allowances: [{ name: 'civil-service', percent: '25' }] },
      service: [{ from: '1993-06', to: '2025-06', employer: 'state', insured: true, compensated: false }],
    });
    expect(people[0]?.facts.person).toEqual({ sex: 'male', birth: '1968-05-12' });
  });

  test('what holds for few has columns of its own, which may be left out', () => {
    const { people, faults } = one({
      voluntary: 'Không',
      drawsPension: 'Có',
      underInvestigation: 'x',
      smallChild: 'Không',
      onlyConcurrentPost: 'có',
      averagePay: '9.500.000',
      termEndsOn: '31/05/2026',
      paidOn: '30/05/2025',
      'armed-forces': number('10'),
    });
    expect(faults).toEqual([]);
    expect(people[0]?.facts).toMatchObject({
      leaving: { voluntary: false, onlyConcurrentPost: true },
      drawsPension: true,
      underInvestigation: true,
      pregnantOrChildUnder36Months: false,
      averagePay60Months: '9500000',
      termEndsOn: '2026-05-31',
      paidOn: '2025-05-30',
      pay: { allowances: [{ name: 'civil-service' }, { name: 'armed-forces', percent: '10' }] },
    });
    const ordinary = one({}).people[0]?.facts;
    expect(ordinary).toMatchObject({ drawsPension: false, leaving: { voluntary: true, onlyConcurrentPost: false } });
  });

  test.each([
    [{ cause: 'tinh giản biên chế', decidedOn: '20/06/2025' }, '154/6'],
    [{ cause: 'chuyển sang đơn vị tự chủ', birth: '12/05/1980', citizenId: '040080123456' }, '154/7'],
    [
      {
        cause: 'tinh giản biên chế',
        paidOn: '30/05/2025',
        leaveOn: '01/05/2025',
        decidedOn: '20/04/2025',
        averagePay: '9000000',
        birth: '12/05/1967',
        citizenId: '040067123456',
      },
      '29/5',
    ],
    [{ cause: 'không tái cử', notReElected: 'không đủ tuổi tái cử', subject: 'cán bộ' }, '178/7b'],
    [{ cause: 'cơ cấu lại' }, '178/7a'],
  ] as const)('a row of every regime is read: %o', (changes, regime) => {
    const { people, faults } = one(changes, 'paidOn' in changes ? { ...worked, to: '04/2025' } : worked);
    expect(faults).toEqual([]);
    const answer = assess(people[0]?.facts ?? expect.fail(), { X1: 'none', X2: 'none' });
    expect(answer).toMatchObject({ outcome: 'entitled', regime });
  });

  test('a part-timer is read with the coefficient of the allowance', () => {
    const { people, faults } = one(
      {
        cause: 'kết thúc hoạt động không chuyên trách',
        subject: 'không chuyên trách cấp xã',
        grade: number('1.5'),
        'civil-service': '',
      },
      { ...worked, employer: 'không chuyên trách cấp xã', insured: 'Không' },
    );
    expect(faults).toEqual([]);
    expect(assess(people[0]?.facts ?? expect.fail())).toMatchObject({ regime: '154/9' });
  });

  test('a word that is none of the cases, and a case that is missing, are told by cell', () => {
    const cell = (key: PersonKey) => `${columnName(personColumns.findIndex((column) => column.key === key))}2`;
    expect(onlyFault({ cause: 'không tái cử', notReElected: 'vì già' })).toEqual([
      `not-re-elected-unknown ${cell('notReElected')}`,
    ]);
    expect(onlyFault({ cause: 'không tái cử' })).toEqual([`missing ${cell('notReElected')}`]);
    expect(onlyFault({ drawsPension: 'có lẽ' })).toEqual([`yes-no-unknown ${cell('drawsPension')}`]);
  });

  test('a contract that the law treats like a civil servant’s needs no date', () => {
    expect(onlyFault({ subject: 'lao động hợp đồng', contractLikeCivilServant: 'Có' })).toEqual([]);
    expect(onlyFault({ subject: 'lao động hợp đồng' })).toHaveLength(1);
  });

  test('a birth is as exact as it is known', () => {
    const birthOf = (birth: Typed) => one({ birth }).people[0]?.facts.person?.birth;
    expect([birthOf('05/1968'), birthOf('1968'), birthOf(number('1968'))]).toEqual(['1968-05', '1968', '1968']);
    expect(birthOf({ kind: 'date', text: '1968-05-12' })).toBe('1968-05-12');
  });

  test('a month may be typed in several plain ways', () => {
    const from = (text: Typed) => one({}, { ...worked, from: text }).people[0]?.facts.service?.[0]?.from;
    const ways = ['6/1993', 'tháng 6/1993', 'Tháng 6 năm 1993', '1993-06', '15/06/1993'];
    expect(ways.map(from)).toEqual(ways.map(() => '1993-06'));
    expect(from({ kind: 'date', text: '1993-06-01' })).toBe('1993-06');
  });

  test('contract pay replaces the coefficient; points and commas group thousands', () => {
    const contract = { subject: 'người lao động hợp đồng', contractSignedOn: '15/03/2012', grade: undefined };
    for (const contractPay of ['15.356.250', '15,356,250đ', '15 356 250 đồng', number('15356250')]) {
      const { people, faults } = one({ ...contract, contractPay });
      expect(faults).toEqual([]);
      expect(people[0]?.facts.pay).toMatchObject({ kind: 'contract', amount: '15356250' });
    }
  });

  test('a part-timer is paid by a multiple of the base salary', () => {
    const { people, faults } = one({
      subject: 'người hoạt động không chuyên trách cấp xã',
      cause: 'kết thúc hoạt động không chuyên trách',
      grade: '1,5',
      'civil-service': undefined,
      reorganisedOn: undefined,
    });
    expect(faults).toEqual([]);
    expect(people[0]?.facts.pay).toEqual({ kind: 'part-time', multiple: '1.5' });
  });

  test('conditions, uninsured and compensated periods are told', () => {
    const { people } = one({}, { ...worked, insured: 'không', compensated: 'Có', conditions: 'cả hai' });
    expect(people[0]?.facts.service?.[0]).toMatchObject({
      insured: false,
      compensated: true,
      conditions: ['heavy', 'extremely-difficult-area'],
    });
  });
});

describe('a cell that cannot be taken as it is', () => {
  test('years written as 33.6 or in words are no month', () => {
    for (const from of ['33.6', number('33.6'), '33,6', '33 năm 6 tháng']) {
      expect(periodFault({ from })).toEqual(['duration-for-month B2']);
    }
    const why = one({}, { ...worked, from: '33.6' }).faults[0]?.why;
    expect(why?.vi).toBe('Dòng 2, ô B2: "33.6" không phải là khoảng thời gian. Hãy ghi từ tháng – đến tháng.');
    expect(why?.en).toBe('Row 2, cell B2: "33.6" is not a span of time. Write from month – to month.');
  });

  test('a month that does not exist, or «nay», is no month', () => {
    expect(periodFault({ to: '13/2025' })).toEqual(['not-a-month C2']);
    expect(periodFault({ to: 'nay' })).toEqual(['not-a-month C2']);
  });

  test('a day needs day, month and year, and two digits must tell the year', () => {
    expect(onlyFault({ leaveOn: '6-2025' })).toEqual(['month-for-day M2']);
    expect(onlyFault({ leaveOn: '29/02/2025' })).toEqual(['no-such-day M2']);
    expect(onlyFault({ leaveOn: '6/13/2025' })).toEqual(['no-such-day M2']);
    expect(onlyFault({ leaveOn: '1/7/68' })).toEqual(['two-digit-year M2']);
    expect(['11', '29', '30'].map((year) => onlyFault({ birth: `12/5/${year}` }).join())).toEqual([
      'two-digit-year E2',
      'two-digit-year E2',
      'birth-implausible E2',
    ]);
    expect(onlyFault({ birth: '13/1968' })).toEqual(['no-such-day E2']);
    expect(onlyFault({ leaveOn: number('4583') })).toEqual(['not-a-day M2']);
    expect(onlyFault({ leaveOn: '45839' })).toEqual(['not-a-day M2']);
  });

  test('a citizen id that lost a zero is no id, unless the row itself tells that only the zero is missing', () => {
    expect(onlyFault({ citizenId: '40068123456' })).toEqual(['citizen-id-leading-zero C2']);
    expect(onlyFault({ citizenId: number('40068123456'), sex: 'Nữ' })).toEqual(['citizen-id-leading-zero C2']);
    expect(onlyFault({ citizenId: number('40067123456') })).toEqual(['citizen-id-leading-zero C2']);
    expect(onlyFault({ citizenId: number('40068123456'), birth: '?' })).toContain('citizen-id-leading-zero C2');
    expect(onlyFault({ citizenId: '186123456' })).toEqual(['citizen-id-malformed C2']);
    expect(onlyFault({ citizenId: number('186123456') })).toEqual(['citizen-id-malformed C2']);
  });

  test('a formula without a result, an error or words are no number', () => {
    expect(onlyFault({ grade: { kind: 'formula', text: '=4.32+0.33' } })).toEqual(['formula-unsolved O2']);
    expect(onlyFault({ grade: { kind: 'error', text: '#REF!' } })).toEqual(['error-cell O2']);
    expect(onlyFault({ grade: 'bậc 9' })).toEqual(['not-a-number O2']);
    expect(onlyFault({ grade: { kind: 'date', text: '1965-04-01' } })).toEqual(['not-a-number O2']);
  });

  test('a formula may number the rows', () => {
    const { faults, warnings } = one({ number: { kind: 'number', text: '1', isFormula: true } });
    expect([faults, warnings]).toEqual([[], []]);
  });

  test('a coefficient lies within 0.5–15', () => {
    expect(['0,49', '0,5', '15', '15,01'].map((grade) => onlyFault({ grade }).join())).toEqual([
      'number-out-of-range O2',
      '',
      '',
      'number-out-of-range O2',
    ]);
  });

  test('a percentage lies within 0–100 and is not written as a fraction of one', () => {
    const of = (percent: Typed) => onlyFault({ 'civil-service': percent }).join();
    expect(['0', '1', '100', '25%'].map(of)).toEqual(['', '', '', '']);
    expect(of('101')).toBe('percent-out-of-range S2');
    expect(of(number('0.25'))).toBe('percent-as-fraction S2');
  });

  test('an amount is whole đồng; a point in a number cell is a decimal point', () => {
    const of = (declaredTotal: Typed) => onlyFault({ declaredTotal }).join();
    expect([of('1.015.356.250'), of(number('1015356250'))]).toEqual(['', '']);
    for (const wrong of ['một tỷ', '1.015,35', '1.015.35', number('15.356')]) expect(of(wrong)).toBe('not-money AB2');
  });

  test('a salary in thousands of đồng is out of range', () => {
    const contract = { subject: 'người lao động hợp đồng', contractSignedOn: '15/03/2012', grade: undefined };
    expect(onlyFault({ ...contract, contractPay: '15.356' })).toEqual(['number-out-of-range X2']);
  });

  test.each(['chưa có', 'Chưa có tài khoản', 'KHÔNG CÓ'])(
    'says "%s" of who has no account, and needs no bank then',
    (word) => {
      const { people, faults } = one({ accountNumber: word, bank: undefined, holder: undefined });
      expect(faults).toEqual([]);
      expect(people[0]?.account).toEqual({ bank: '', number: '', holder: '' });
      expect(onlyFault({ accountNumber: 'sẽ có' })).toEqual(['account-malformed Z2']);
    },
  );

  test('of two people without an account no account stands twice', () => {
    const none = { accountNumber: 'chưa có', bank: undefined, holder: undefined };
    const other = { ...clean, ...none, number: '2', citizenId: '040068123457' };
    const { people } = read(workbook([{ ...clean, ...none }, other], [worked, { ...worked, number: '2' }]));
    expect(people).toHaveLength(2);
  });

  test('an account has 6 to 20 digits, and over 15 of them only as text', () => {
    const of = (accountNumber: Typed) => onlyFault({ accountNumber }).join();
    expect(['12345', '123456', '1'.repeat(20), '1'.repeat(21)].map(of)).toEqual([
      'account-malformed Z2',
      '',
      '',
      'account-malformed Z2',
    ]);
    expect([of(number('1'.repeat(15))), of(number('1'.repeat(16)))]).toEqual(['', 'account-digits-lost Z2']);
  });

  test('words that a column does not know are refused with those it knows', () => {
    expect(onlyFault({ sex: 'M' })).toEqual(['sex-unknown D2']);
    expect(onlyFault({ subject: 'nhân viên' })).toEqual(['subject-unknown F2']);
    expect(onlyFault({ cause: 'xin nghỉ' })).toEqual(['cause-unknown J2']);
    expect(onlyFault({ bank: 'Ngân hàng' })).toEqual(['bank-unknown Y2']);
    expect(periodFault({ employer: 'hợp tác xã' })).toEqual(['employer-unknown D2']);
    expect(periodFault({ insured: 'rồi' })).toEqual(['yes-no-unknown E2']);
    expect(periodFault({ conditions: 'xa' })).toEqual(['condition-unknown G2']);
    expect(one({ sex: 'M' }).faults[0]?.why.vi).toMatch('Nam hoặc Nữ');
  });

  test('a name has a family and a given name and no digits', () => {
    expect(onlyFault({ fullName: 'Bình', holder: 'BINH' })).toEqual(['name-malformed B2']);
    expect(onlyFault({ fullName: 'Trần Văn Bình 2' })).toEqual(['name-malformed B2']);
  });

  test('a text is a line, not a page', () => {
    expect(onlyFault({ decisionNumber: '1'.repeat(longestText + 1) })).toEqual([
      expect.stringMatching(/^text-too-long/),
    ]);
    expect(onlyFault({ employer: 'a'.repeat(longestText + 1) })).toEqual([expect.stringMatching(/^text-too-long/)]);
    expect(onlyFault({ fullName: 'a '.repeat(longestText) })).toEqual([expect.stringMatching(/^text-too-long/)]);
    expect(onlyFault({ decisionNumber: '1'.repeat(longestText) })).toEqual([]);
  });
});

describe('cells that contradict one another', () => {
  test('a decision is neither later than the leave date nor in the future', () => {
    expect(['30/06/2025', '01/07/2025', '02/07/2025'].map((decidedOn) => onlyFault({ decidedOn }).join())).toEqual([
      '',
      '',
      'decision-after-leaving L2',
    ]);
    const later = (decidedOn: string) => onlyFault({ decidedOn, leaveOn: '01/09/2025' }).join();
    expect([later('20/08/2025'), later('21/08/2025')]).toEqual(['', 'decision-in-future L2']);
  });

  test('the account is the person’s own, compared without marks', () => {
    expect(onlyFault({ holder: 'Trần  văn bình' })).toEqual([]);
    expect(onlyFault({ holder: 'TRAN THI BINH' })).toEqual(['holder-differs AA2']);
  });

  test('a unit must exist and be one the clerk submits for', () => {
    expect(onlyFault({ payingUnit: '9999999' })).toEqual(['unit-unknown H2']);
    expect(onlyFault({ payingUnit: '1094238' })).toEqual(['unit-not-yours H2']);
  });

  test('there is a coefficient or a contract salary, never both, never neither', () => {
    expect(onlyFault({ contractPay: '8.000.000' })).toEqual(['pay-both X2']);
    expect(onlyFault({ grade: undefined })).toEqual(['pay-neither O2']);
    expect(onlyFault({ grade: undefined, contractPay: '8.000.000', position: '0,3' })).toEqual(['pay-both P2']);
  });

  test('contract workers, and only they, have the day of the contract', () => {
    expect(onlyFault({ subject: 'người lao động hợp đồng' })).toEqual(['contract-date-missing G2']);
    expect(onlyFault({ contractSignedOn: '15/03/2012' })).toEqual(['contract-date-not-due G2']);
  });

  test('part-timers leave by their own cause and have one coefficient', () => {
    const partTimer = { subject: 'không chuyên trách thôn', 'civil-service': undefined };
    const ends = { ...partTimer, cause: 'kết thúc hoạt động không chuyên trách' };
    expect(onlyFault(partTimer)).toEqual(['cause-not-for-subject J2']);
    expect(onlyFault({ cause: 'kết thúc hoạt động không chuyên trách' })).toEqual(['cause-not-for-subject J2']);
    expect(onlyFault({ ...ends, position: '0,3' })).toEqual(['pay-of-part-timer P2']);
    expect(onlyFault(ends)).toEqual([]);
  });

  test('service begins before it ends and ends with work', () => {
    expect(periodFault({ from: '07/2025', to: '06/2025' })).toEqual(['period-backwards C2']);
    expect(periodFault({ to: '08/2025' })).toEqual(['period-after-leaving C2']);
    const inLeaveMonth = one({}, { ...worked, to: '07/2025' });
    expect([inLeaveMonth.faults, inLeaveMonth.warnings.map(({ code }) => code)]).toEqual([
      [],
      ['period-in-leave-month'],
    ]);
    expect(inLeaveMonth.people[0]?.warnings).toHaveLength(1);
  });

  test('an id that tells another sex or year is only a warning', () => {
    const { people, faults, warnings } = one({ citizenId: '040170123456' });
    expect([people.length, faults]).toEqual([1, []]);
    expect(warnings.map(({ code, cell }) => `${code} ${cell}`)).toEqual([
      'citizen-id-sex-differs C2',
      'citizen-id-year-differs C2',
    ]);
  });

  test('nobody leaves as a child', () => {
    expect(onlyFault({ birth: '12/05/2008' })).toEqual(['birth-implausible E2']);
  });
});

describe('rows held against one another', () => {
  const other = { ...clean, number: '2', citizenId: '040068123457', accountNumber: '360123456780' };
  const alsoWorked = { ...worked, number: '2' };
  const two = (changes: Row<PersonKey>) => read(workbook([clean, { ...other, ...changes }], [worked, alsoWorked]));

  test('a repeated id, number or account holds back every row that has it', () => {
    expect(faultsOf(two({ citizenId: '040068123456' }))).toEqual(['citizen-id-twice C2', 'citizen-id-twice C3']);
    expect(faultsOf(two({ accountNumber: '360123456789' }))).toEqual(['account-twice Z2', 'account-twice Z3']);
    expect(two({ citizenId: '040068123456' }).people).toEqual([]);
    const sameNumber = read(workbook([clean, { ...other, number: '1' }], [worked]));
    expect(faultsOf(sameNumber)).toEqual(['number-twice A2', 'number-twice A3']);
    expect(sameNumber.faults[0]?.why.vi).toMatch('dòng 3');
  });

  test('the same account number at two banks is two accounts', () => {
    expect(faultsOf(two({ accountNumber: '360123456789', bank: 'BIDV' }))).toEqual([]);
  });

  test('a period belongs to a person, a person has a period', () => {
    expect(faultsOf(read(workbook([clean], [worked, { ...worked, number: '7' }])))).toEqual([
      'period-person-unknown A3',
    ]);
    expect(faultsOf(read(workbook([clean, other], [worked])))).toEqual(['periods-missing A3']);
  });

  test('a fault of one person does not stop the others, a faulty period stops its person', () => {
    const { people } = two({ sex: '?' });
    expect(people.map(({ number: of }) => of)).toEqual(['1']);
    const reading = read(workbook([clean, other], [{ ...worked, from: '?' }, alsoWorked]));
    expect(reading.people.map(({ number: of }) => of)).toEqual(['2']);
  });

  test('every fault is listed at once, by sheet, row and column', () => {
    const bad = { ...other, number: undefined, sex: '?', grade: 'x', holder: undefined };
    const reading = read(workbook([{ ...clean, grade: '99', birth: '?' }, bad], [{ ...worked, to: '?', from: '?' }]));
    expect(faultsOf(reading)).toEqual([
      'not-a-day E2',
      'number-out-of-range O2',
      'missing A3',
      'sex-unknown D3',
      'not-a-number O3',
      'missing AA3',
      'not-a-month B2',
      'not-a-month C2',
    ]);
  });
});

describe('the table in the sheet', () => {
  const [list, service] = workbook([clean], [worked]);
  const moved = (of: Sheet | undefined, by: number, above: readonly SheetRow[] = []): Sheet => ({
    name: of?.name ?? '',
    rows: [
      ...above,
      ...(of?.rows ?? []).map((row) => ({
        number: row.number + by,
        cells: row.cells.map((cell) => ({
          ...cell,
        })),
      })),
    ],
  });
  const text = (row: number, column: number, of: string) => ({
    number: row,
    cells: [{ column, kind: 'text' as const, text: of }],
  });
  const sheets = (one: Sheet | undefined, other: Sheet | undefined) => [one, other].flatMap((of) => (of ? [of] : []));

  test('titles may stand above the heading, however many', () => {
    const titled = moved(list, 40, [text(1, 1, 'DANH SÁCH'), text(2, 1, 'Kèm theo công văn'), text(39, 3, 'STT')]);
    expect(read(sheets(titled, service)).people[0]?.row).toBe(42);
  });

  test('headings are known by their meaning, in any order of columns', () => {
    const renamed = personColumns.map((column) => ({
      ...column,
      heading:
        { fullName: 'HỌ TÊN', citizenId: 'Số CCCD (12 số)', leaveOn: 'Thời điểm nghỉ', number: 'TT' }[
          String(column.key)
        ] ?? column.heading,
    }));
    const { people } = read(sheets(sheet('DANH SACH', renamed.toReversed(), [clean]), service));
    expect(people[0]?.citizenId).toBe('040068123456');
  });

  test('column numbers, blank rows, totals and signatures are no persons', () => {
    const numbers = {
      number: 3,
      cells: (list?.rows[0]?.cells ?? []).map((cell) => ({ ...cell, text: `(${cell.column})` })),
    };
    const header = list?.rows.slice(0, 1) ?? [];
    const body = moved({ name: 'x', rows: list?.rows.slice(1) ?? [] }, 3).rows;
    const rows = [
      ...header,
      { ...numbers, number: 2 },
      text(4, 1, ''),
      ...body,
      text(6, 1, 'Tổng cộng: 1 người'),
      text(8, 2, 'Người lập'),
    ];
    const reading = read(sheets({ name: 'Danh sách', rows }, service));
    expect([reading.rowsRead, faultsOf(reading), reading.people[0]?.row]).toEqual([1, [], 5]);
  });

  test('Mr Tống Công Minh is no total', () => {
    const { people } = read(workbook([{ ...clean, fullName: 'Tống Công Minh', holder: 'TONG CONG MINH' }], [worked]));
    expect(people).toHaveLength(1);
  });

  test('all missing columns and sheets are named at once', () => {
    const without = personColumns.filter(({ key }) => !['citizenId', 'leaveOn', 'joinedOn'].includes(key));
    const refused = readList([sheet('Danh sách', without, [clean])], context);
    const why = 'outcome' in refused ? refused.why.vi : '';
    expect(why).toMatch('«Số định danh cá nhân», «Ngày nghỉ»');
    expect(why).toMatch('Thiếu sheet «Quá trình công tác»');
  });

  test('a column that stands twice is refused', () => {
    const refused = readList(
      sheets(sheet('Danh sách', [...personColumns, { key: 'sex', heading: 'Giới tính' }], [clean]), service),
      context,
    );
    expect('outcome' in refused && refused.why.vi).toMatch('có hai cột «Giới tính»');
  });

  test('no heading, no people, and more than 60,000 people are refused', () => {
    const empty = readList(sheets({ name: 'Danh sách', rows: [text(1, 1, 'xin chào')] }, service), context);
    expect('outcome' in empty && empty.why.vi).toMatch('cần một dòng tiêu đề');
    const nobody = readList(workbook([], [worked]), context);
    expect('outcome' in nobody && nobody.why.vi).toMatch('không có người nào');
    const many = (count: number) =>
      workbook(
        Array.from({ length: count }, () => clean),
        [worked],
      );
    const tooMany = readList(many(60_001), context);
    expect('outcome' in tooMany && tooMany.why.vi).toMatch('quá 60000');
  });
});

test('a reading stored as JSON comes back the same, and a made-up fault code is refused', () => {
  const reading = read(
    workbook(
      [
        { ...clean, declaredTotal: '1.000' },
        { ...clean, sex: '?' },
      ],
      [worked],
    ),
  );
  const stored = JSON.parse(JSON.stringify(reading));
  expect(storedReading.parse(stored)).toEqual(reading);
  expect(storedReading.safeParse({ ...stored, faults: [{ ...stored.faults[0], code: 'toString' }] }).success).toBe(
    false,
  );
});

test('banks are known by short, full and branch names, never by a part', () => {
  const codes = [
    'agribank',
    'Ngân hàng TMCP Ngoại thương Việt Nam',
    'BIDV - CN Phủ Diễn',
    'MBBank',
    'Nông nghiệp',
    'bank',
  ];
  expect(codes.map((text) => findBank(text)?.code)).toEqual(['VBA', 'VCB', 'BIDV', 'MB', 'VBA', undefined]);
});
