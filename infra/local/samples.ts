/** Made-up lists as units upload them: clean ones, and one of 60 people of whom 30 have one fault each. */
import { type CellValue, Workbook } from '@cj-tech-master/excelts';
import { filledTemplate, firstRow, type PeriodRow, type PersonRow } from '../../functions/papers/list-template.ts';
import { packed } from '../../functions/papers/sheet-writer.ts';
import { formatDay } from '../../shared/calendar.ts';
import { bankName } from '../../shared/case/banks.ts';
import type { Unit } from '../../shared/case/unit.ts';
import {
  causeWords,
  employerWords,
  type PeriodKey,
  peopleSheet,
  periodColumns,
  periodsSheet,
  type PersonKey,
  personColumns,
  sexWords,
  subjectWords,
  yesNoWords,
} from '../../shared/intake/list-columns.ts';
import type { FaultCode } from '../../shared/intake/list-faults.ts';
import { cellAddress } from '../../shared/case/sheet.ts';
import { samplePeople, type SamplePerson } from './sample-people.ts';
import { outsideUnit, units } from './sample-units.ts';

export { samplePeople, type SamplePerson } from './sample-people.ts';
export { outsideUnit } from './sample-units.ts';

/** The units of the samples; the first four are those of a list of up to 120 people. */
export function sampleUnits(): readonly Unit[] {
  return units.map(({ unit }) => unit);
}

/** The filled template, as a unit would upload it. */
export function sampleList(people: readonly SamplePerson[], listed: readonly Unit[]): Promise<Uint8Array> {
  return filledTemplate(listed, people.map(personRow), people.flatMap(periodRows));
}

/** The person as a row of «Danh sách». */
export function personRow(person: SamplePerson): PersonRow {
  const { pay, account } = person;
  return {
    number: person.number,
    fullName: person.fullName,
    citizenId: person.citizenId,
    sex: sexWords[person.sex][0],
    birth: person.birth,
    subject: subjectWords[person.subject][0] ?? '',
    ...(person.contractSignedOn === undefined ? {} : { contractSignedOn: person.contractSignedOn }),
    payingUnit: person.payingUnit,
    employer: person.employer,
    cause: causeWords[person.cause][0] ?? '',
    decisionNumber: person.decisionNumber,
    decidedOn: person.decidedOn,
    leaveOn: person.leaveOn,
    reorganisedOn: person.reorganisedOn,
    ...(pay.kind === 'contract'
      ? { contractPay: pay.amount }
      : { grade: pay.grade, position: pay.position, ...pay.percents }),
    bank: bankName(account.bank),
    accountNumber: account.number,
    holder: account.holder,
  };
}

/** The person's rows of «Quá trình công tác». */
export function periodRows({ number, periods }: SamplePerson): readonly PeriodRow[] {
  return periods.map(({ from, to, employer }) => ({
    number,
    from: formatDay(from),
    to: formatDay(to),
    employer: employerWords[employer][0] ?? '',
    insured: yesNoWords.yes[0],
    compensated: yesNoWords.no[0],
  }));
}

type Put = string | { readonly formula: string } | { readonly error: '#REF!' } | null;

/** Where the fault shows, and what is put there, or in another column, to make it. */
type Plant =
  | { readonly code: FaultCode; readonly at: PersonKey; readonly put?: Put; readonly into?: PersonKey }
  | { readonly code: FaultCode; readonly atPeriod: PeriodKey; readonly put: string };

export interface PlantedFault {
  readonly code: FaultCode;
  readonly sheet: string;
  readonly row: number;
  readonly cell: string;
  /** STT of the person who has it. */
  readonly number: string;
}

/** Thirty kinds, one for every second person, from the second on. A code that stands twice is one pair. */
const plants: readonly Plant[] = [
  { code: 'missing', at: 'leaveOn', put: null },
  { code: 'formula-unsolved', at: 'grade', put: { formula: '4.32+0.33' } },
  { code: 'error-cell', at: 'position', put: { error: '#REF!' } },
  { code: 'not-a-number', at: 'grade', put: 'bốn phẩy sáu lăm' },
  { code: 'number-out-of-range', at: 'grade', put: '46.5' },
  { code: 'percent-out-of-range', at: 'civil-service', put: '250' },
  { code: 'percent-as-fraction', at: 'civil-service', put: '0.25' },
  { code: 'not-money', at: 'declaredTotal', put: 'một tỷ đồng' },
  { code: 'not-a-day', at: 'decidedOn', put: 'cuối tháng 2' },
  { code: 'two-digit-year', at: 'birth', put: '1/3/20' },
  { code: 'month-for-day', at: 'leaveOn', put: '7-2025' },
  { code: 'no-such-day', at: 'leaveOn', put: '31/06/2025' },
  { code: 'citizen-id-leading-zero', at: 'citizenId', put: '40067000123' },
  { code: 'citizen-id-malformed', at: 'citizenId', put: '186123456' },
  { code: 'citizen-id-twice', at: 'citizenId', put: '040067999999' },
  { code: 'citizen-id-twice', at: 'citizenId', put: '040067999999' },
  { code: 'sex-unknown', at: 'sex', put: 'M' },
  { code: 'subject-unknown', at: 'subject', put: 'nhân viên' },
  { code: 'cause-unknown', at: 'cause', put: 'xin nghỉ' },
  { code: 'unit-unknown', at: 'payingUnit', put: '9999999' },
  { code: 'unit-not-yours', at: 'payingUnit', put: outsideUnit.code },
  { code: 'bank-unknown', at: 'bank', put: 'Ngân hàng Sao Hỏa' },
  { code: 'account-malformed', at: 'accountNumber', put: '3601-2' },
  { code: 'holder-differs', at: 'holder', put: 'VO VAN KHAC' },
  { code: 'decision-after-leaving', at: 'decidedOn', put: '02/08/2025' },
  { code: 'pay-both', at: 'contractPay', put: '8.000.000' },
  { code: 'contract-date-missing', at: 'contractSignedOn', put: 'người lao động hợp đồng', into: 'subject' },
  { code: 'periods-missing', at: 'number' },
  { code: 'duration-for-month', atPeriod: 'from', put: '33.6' },
  { code: 'period-after-leaving', atPeriod: 'to', put: '12/2025' },
  { code: 'not-a-month', atPeriod: 'from', put: 'đầu năm' },
];

/** Paid by coefficient, so that each plant makes one fault and no second. */
const faultyPeople: readonly SamplePerson[] = samplePeople(100, 178)
  .filter(({ pay }) => pay.kind === 'coefficient')
  .slice(0, 2 * plants.length)
  .map((person, index) => ({
    ...person,
    number: String(index + 1),
    periods: plantOf(index)?.code === 'periods-missing' ? [] : person.periods,
  }));

function plantOf(index: number): Plant | undefined {
  return index % 2 === 1 ? plants[(index - 1) / 2] : undefined;
}

/** The faults of `faultyList`, each with the code and the cell that the reader must name. */
export const plantedFaults: readonly PlantedFault[] = faultyPeople.flatMap((person, index) => {
  const plant = plantOf(index);
  if (plant === undefined) return [];
  return [{ code: plant.code, number: person.number, ...placeOf(plant, index) }];
});

/** The last period of the person shows a fault of periods. */
function placeOf(plant: Plant, index: number, isPut = false): Pick<PlantedFault, 'sheet' | 'row' | 'cell'> {
  if ('at' in plant) {
    const key = isPut ? (plant.into ?? plant.at) : plant.at;
    return place(
      peopleSheet,
      firstRow + index,
      personColumns.findIndex((column) => column.key === key),
    );
  }
  const through = faultyPeople.slice(0, index + 1).reduce((total, { periods }) => total + periods.length, 0);
  return place(
    periodsSheet,
    firstRow + through - 1,
    periodColumns.findIndex(({ key }) => key === plant.atPeriod),
  );
}

function place(sheet: string, row: number, columnIndex: number): Pick<PlantedFault, 'sheet' | 'row' | 'cell'> {
  return { sheet, row, cell: cellAddress({ column: columnIndex + 1, row }) };
}

/** The list as a unit would upload it; the clerk may submit for the first four sample units. */
export async function faultyList(): Promise<Uint8Array> {
  const workbook = new Workbook();
  await workbook.xlsx.load(await sampleList(faultyPeople, sampleUnits()));
  for (const index of faultyPeople.keys()) {
    const plant = plantOf(index);
    if (plant === undefined || plant.put === undefined) continue;
    const { sheet, cell } = placeOf(plant, index, true);
    const value: CellValue = plant.put;
    const worksheet = workbook.getWorksheet(sheet);
    if (worksheet === undefined) throw new RangeError(`the template has no sheet ${sheet}`);
    worksheet.getCell(cell).value = value;
  }
  const bytes = await workbook.xlsx.writeBuffer({ zip: packed, validate: false });
  return new Uint8Array(bytes);
}
