/** A list held against the registers: the day of the reorganisation, and the unit that took the employer's place. */
import { describe, expect, test } from 'vitest';
import { communes } from '../../../shared/case/communes.ts';
import {
  type EmployerRegister,
  employerRegister,
  predecessorsOf,
  type Reorganisation,
} from '../../../shared/case/reorganisation.ts';
import { cellAddress } from '../../../shared/case/sheet.ts';
import type { Unit } from '../../../shared/case/unit.ts';
import { type PersonKey, personColumns } from '../../../shared/intake/list-columns.ts';
import { type PersonRow, sheetsOf } from '../../../shared/intake/list-row.ts';
import { type ListReading, readList } from '../../../shared/intake/read-list.ts';

const unit = (code: string, name: string, more: Partial<Unit> = {}): Unit => ({
  code,
  name,
  block: 'government',
  level: 'commune',
  source: 'wage-reform',
  chapter: '805',
  treasuryAccount: `9523.3.${code}`,
  kind: 'commune',
  ...more,
});
const document = (number: string, effectiveOn: string, ...bodies: string[]): Reorganisation => ({
  number,
  on: '2025-02-20',
  effectiveOn,
  title: 'Sắp xếp',
  bodies,
});

const anhSon = unit('1094107', 'UBND xã Anh Sơn');
const nghiaThai = [unit('1094238', 'UBND xã Tân Phú'), unit('1094369', 'UBND xã Nam Đàn')];
const department = unit('1094500', 'Sở Xây dựng', { successorOf: ['Sở Giao thông vận tải', 'Ban An toàn giao thông'] });
const units = [anhSon, ...nghiaThai, department];
const merged = document('905/NQ-HĐND', '2025-03-01', 'Sở Giao thông vận tải', 'Sở Xây dựng');
const again = document('910/NQ-HĐND', '2025-06-01', 'Sở Giao thông vận tải');
const sameDay = document('911/NQ-HĐND', '2025-03-01', 'Sở Giao thông vận tải');

const person: PersonRow = {
  fullName: 'Trần Văn Bình',
  citizenId: '040068123456',
  sex: 'Nam',
  birth: '12/05/1968',
  subject: 'công chức',
  payingUnit: department.code,
  employer: 'Phòng Vận tải, Sở Giao thông vận tải',
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

/** The row of one person, read against these documents; without any register when there are none to give. */
function read(changes: PersonRow, documents?: readonly Reorganisation[]): ListReading {
  const sheets = sheetsOf({ ...person, ...changes }, [{ from: '06/1993', to: '06/2025', employer: 'nhà nước' }]);
  const employers = documents === undefined ? {} : { employers: employerRegister(documents, units) };
  const reading = readList(sheets, { units, mayUse: () => true, today: '2025-08-20', ...employers });
  return 'outcome' in reading ? expect.fail(reading.why.vi) : reading;
}

const at = (key: PersonKey) =>
  cellAddress({ column: personColumns.findIndex((column) => column.key === key) + 1, row: 2 });
const codes = (found: ListReading['faults']) => found.map(({ code, cell }) => `${code} ${cell}`);
const dayOf = ({ people }: ListReading) => people[0]?.facts.leaving?.reorganisedOn;

describe('the day of the reorganisation', () => {
  test('is taken from the register where the cell is empty, with the document that it is of', () => {
    const reading = read({ reorganisedOn: '' }, [merged]);
    expect([reading.faults, codes(reading.warnings), dayOf(reading)]).toEqual([
      [],
      [`reorganised-on-from-register ${at('reorganisedOn')}`],
      '2025-03-01',
    ]);
    expect(reading.warnings[0]?.why).toEqual({
      vi: `Dòng 2, ô ${at('reorganisedOn')}: chưa ghi ngày sắp xếp có hiệu lực; đã lấy theo 905/NQ-HĐND (01/03/2025).`,
      en: `Row 2, cell ${at('reorganisedOn')}: the day of the reorganisation is empty; it was taken from 905/NQ-HĐND (01/03/2025).`,
    });
    expect(reading.people[0]?.warnings).toEqual(reading.warnings);
  });

  test('stays as it is stated where the register has another, with a warning', () => {
    const reading = read({ reorganisedOn: '02/03/2025' }, [merged]);
    expect([reading.faults, codes(reading.warnings), dayOf(reading)]).toEqual([
      [],
      [`reorganised-on-differs ${at('reorganisedOn')}`],
      '2025-03-02',
    ]);
    expect(reading.warnings[0]?.why.vi).toMatch(/"02\/03\/2025" khác sổ đăng ký: 905\/NQ-HĐND \(01\/03\/2025\)\./);
  });

  test('is not talked about where it is that of the register', () => {
    const reading = read({}, [merged]);
    expect([reading.faults, reading.warnings, dayOf(reading)]).toEqual([[], [], '2025-03-01']);
  });

  test('stays missing where two documents have different days, for nobody can say which', () => {
    const reading = read({ reorganisedOn: '' }, [merged, again]);
    expect([codes(reading.faults), reading.warnings, reading.people]).toEqual([
      [`missing ${at('reorganisedOn')}`],
      [],
      [],
    ]);
  });

  test('may be that of either of two documents, and a third is told with both', () => {
    for (const reorganisedOn of ['01/03/2025', '01/06/2025']) {
      expect(read({ reorganisedOn }, [merged, again]).warnings).toEqual([]);
    }
    const { warnings } = read({ reorganisedOn: '01/05/2025' }, [merged, again]);
    expect(warnings.map(({ why }) => why.vi)).toEqual([
      expect.stringContaining('905/NQ-HĐND (01/03/2025), 910/NQ-HĐND (01/06/2025).'),
    ]);
  });

  test('is taken from two documents that have the same', () => {
    const reading = read({ reorganisedOn: '' }, [merged, sameDay]);
    expect([reading.faults, dayOf(reading)]).toEqual([[], '2025-03-01']);
    expect(reading.warnings[0]?.why.vi).toContain('905/NQ-HĐND (01/03/2025), 911/NQ-HĐND (01/03/2025).');
  });

  test('stays missing where no document names the employer, or nothing is registered', () => {
    const missing = [`missing ${at('reorganisedOn')}`];
    expect(codes(read({ reorganisedOn: '', employer: 'Sở Y tế', payingUnit: anhSon.code }, [merged]).faults)).toEqual(
      missing,
    );
    expect(codes(read({ reorganisedOn: '' }, []).faults)).toEqual(missing);
    expect(codes(read({ reorganisedOn: '' }).faults)).toEqual(missing);
  });

  test('that cannot be read is a fault, not filled in', () => {
    const reading = read({ reorganisedOn: '31/02/2025' }, [merged]);
    expect([codes(reading.faults), reading.warnings]).toEqual([[`no-such-day ${at('reorganisedOn')}`], []]);
  });

  test('is not asked of who leaves for another cause, and compared where it is stated', () => {
    const other = { cause: 'cơ cấu lại' };
    const without = read({ ...other, reorganisedOn: '' }, [merged]);
    expect([without.faults, without.warnings, dayOf(without)]).toEqual([[], [], undefined]);
    const stated = read({ ...other, reorganisedOn: '02/03/2025' }, [merged]);
    expect([codes(stated.warnings), dayOf(stated)]).toEqual([
      [`reorganised-on-differs ${at('reorganisedOn')}`],
      '2025-03-02',
    ]);
  });
});

describe('the unit that pays for somebody of a body that ended', () => {
  test('is warned of where it did not take that body’s place; the person goes on', () => {
    const reading = read({ payingUnit: anhSon.code }, [merged]);
    expect([reading.faults, codes(reading.warnings), reading.people.length]).toEqual([
      [],
      [`paying-unit-not-successor ${at('employer')}`],
      1,
    ]);
    expect(reading.warnings[0]?.why).toEqual({
      vi: `Dòng 2, ô ${at('employer')}: "Phòng Vận tải, Sở Giao thông vận tải" đã sáp nhập vào Sở Xây dựng, nhưng đơn vị chi trả đang ghi là đơn vị khác. Hãy kiểm tra lại.`,
      en: `Row 2, cell ${at('employer')}: "Phòng Vận tải, Sở Giao thông vận tải" is part of Sở Xây dựng now, yet another unit is to pay. Check it.`,
    });
  });

  test.each([
    ['the successor as it is registered', person.employer, department.code],
    ['the successor of a commune', 'Văn phòng UBND xã Đức Sơn', anhSon.code],
    ['one of the successors of two communes of one name', 'UBND xã Nghĩa Thái', '1094369'],
    ['the other of them', 'UBND xã Nghĩa Thái', '1094238'],
    ['the employer itself', 'UBND xã Anh Sơn', anhSon.code],
    ['any unit, for a body that did not end', 'Sở Y tế', anhSon.code],
  ])('is not, where it is %s', (_which, employer = '', payingUnit) => {
    expect(read({ employer, payingUnit }, []).warnings).toEqual([]);
  });

  test('is held against every successor where old communes bore the same name', () => {
    const { warnings } = read({ employer: 'UBND xã Nghĩa Thái', payingUnit: anhSon.code }, []);
    expect(warnings.map(({ why }) => why.vi)).toEqual([
      expect.stringContaining('đã sáp nhập vào UBND xã Tân Phú / UBND xã Nam Đàn, nhưng'),
    ]);
  });

  test('is not compared where the list is read by itself', () => {
    expect(read({ payingUnit: anhSon.code }).warnings).toEqual([]);
  });
});

describe('the register of employers', () => {
  const numbersOf = ({ documentsOf }: EmployerRegister, employer: string) =>
    documentsOf(employer).map(({ number }) => number);
  const namesOf = ({ successorsOf }: EmployerRegister, employer: string) =>
    successorsOf(employer).map(({ name }) => name);

  test.each([
    'Sở Giao thông vận tải',
    'Phòng Kế toán - Sở Giao thông vận tải (cơ sở 2)',
    'SỞ GIAO THÔNG VẬN TẢI',
    'so giao thong van tai',
    'Sở  Giao\u00A0thông, vận tải',
    'Sở Giao thông vận tải'.normalize('NFD'),
  ])('knows %s', (employer) => {
    const register = employerRegister([merged, again], units);
    expect([numbersOf(register, employer), namesOf(register, employer)]).toEqual([
      ['905/NQ-HĐND', '910/NQ-HĐND'],
      ['Sở Xây dựng'],
    ]);
  });

  test.each(['Sở Giao thông vận', 'Sở Giao thông', 'Thanh tra', 'Cơ Sở Giao thông vận tảii', ''])(
    'finds names by whole words: not in «%s»',
    (employer) => {
      const register = employerRegister([merged, again], units);
      expect([register.documentsOf(employer), register.successorsOf(employer)]).toEqual([[], []]);
    },
  );

  test('tells a commune from a ward of that name, and from a longer word', () => {
    const register = employerRegister([document('1', '2025-03-01', 'Xã Hưng Yên')], []);
    expect(numbersOf(register, 'UBND xã Hưng Yên')).toEqual(['1']);
    expect(numbersOf(register, 'UBND xã Hưng Yêna')).toEqual([]);
    expect(numbersOf(register, 'UBND phường Hưng Yên')).toEqual([]);
  });

  test('names a document and a unit once, whichever of their names are found', () => {
    const both = document('1', '2025-03-01', 'Sở A', 'Phòng B');
    const of = unit('1', 'Sở C', { successorOf: ['Sở A', 'Phòng B'] });
    const register = employerRegister([both], [of]);
    expect([register.documentsOf('Phòng B, Sở A'), register.successorsOf('Phòng B, Sở A')]).toEqual([[both], [of]]);
  });

  test('answers the same when it is asked again, and another thing of another employer', () => {
    const register = employerRegister([merged], units);
    const first = register.documentsOf('Sở Xây dựng');
    expect([first, register.documentsOf('Sở Xây dựng')]).toEqual([[merged], [merged]]);
    expect([register.documentsOf('Sở Y tế'), register.successorsOf('Sở Xây dựng')]).toEqual([[], []]);
  });

  test('leads from each old commune to the new one that took its place', () => {
    const all = communes.map(({ name }, index) => unit(String(1_000_000 + index), `UBND ${name}`));
    const register = employerRegister([], all);
    const lost = communes.flatMap(({ name, formedFrom }) =>
      formedFrom.filter((old) => old !== name && !namesOf(register, `UBND ${old}`).includes(`UBND ${name}`)),
    );
    expect(lost).toEqual([]);
  });
});

describe('the bodies whose place a unit took', () => {
  test('are those of its commune, without the one of its own name', () => {
    expect(predecessorsOf(anhSon)).toEqual(['Thị trấn Kim Nhan', 'Xã Đức Sơn', 'Xã Phúc Sơn']);
    expect(predecessorsOf(unit('1', 'UBND xã Thông Thụ'))).toEqual(['Xã Đồng Văn']);
    expect(predecessorsOf(unit('1', 'UBND xã Keng Đu'))).toEqual([]);
  });

  test('are those that are registered, where some are', () => {
    expect(predecessorsOf({ ...anhSon, successorOf: ['Xã A'] })).toEqual(['Xã A']);
    expect(predecessorsOf(department)).toEqual(['Sở Giao thông vận tải', 'Ban An toàn giao thông']);
  });

  test('are none of another unit', () => {
    expect(predecessorsOf(unit('1', 'Sở Y tế'))).toEqual([]);
  });
});

describe('communes of one name', () => {
  const all = communes.map(({ name }, index) => unit(String(1_094_000 + index), `UBND ${name}`));
  const register = employerRegister([], all);
  const successors = (employer: string) =>
    register.successorsOf(employer).map(({ name }) => name.slice('UBND '.length));

  test.each(['Xã Châu Tiến', 'Xã Châu Bình', 'Xã Nậm Cắn', 'Xã Tam Hợp', 'Xã Đông Thành', 'Xã Xuân Lâm'])(
    '%s pays its own, whatever became of an old commune of that name',
    (name) => {
      const found = successors(`Văn phòng, UBND ${name}`);
      expect(found.length === 0 || found.includes(name)).toBe(true);
    },
  );

  test('that differ in their marks are told apart where the marks stand, and are both meant without', () => {
    const [marked, other] = [successors('UBND xã Diễn Hoa'), successors('UBND xã Diên Hoa')];
    expect([marked, other]).toEqual([['Xã Diễn Châu'], ['Xã Nghi Lộc']]);
    expect(successors('UBND xa Dien Hoa').toSorted()).toEqual(['Xã Diễn Châu', 'Xã Nghi Lộc']);
  });
});
