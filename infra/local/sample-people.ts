/** Made-up staff for trying the system: no name, number or unit is anybody's. The same seed gives the same people. */
import { addDays, type LocalDate, type Month, monthAt, monthIndex } from '../../shared/calendar.ts';
import { bankOf } from '../../shared/case/banks.ts';
import type { Cause, Employer, Subject } from '../../shared/case/facts.ts';
import { pensionMonthIndex, type Sex } from '../../shared/entitlement/retirement-age.ts';
import { readingOf } from '../../shared/law/readings.ts';
import { fold } from '../../shared/vietnamese.ts';
import { type Random, seeded } from './seeded.ts';
import { type SampleUnit, units } from './sample-units.ts';

export interface SamplePeriod {
  readonly from: Month;
  readonly to: Month;
  readonly employer: Employer;
}

export type SamplePay =
  | {
      readonly kind: 'coefficient';
      readonly grade: string;
      readonly position: string;
      readonly percents: Readonly<Partial<Record<'civil-service' | 'party-work' | 'professional-incentive', string>>>;
    }
  | { readonly kind: 'contract'; readonly amount: bigint };

export interface SamplePerson {
  readonly number: string;
  readonly fullName: string;
  readonly citizenId: string;
  readonly sex: Sex;
  readonly birth: LocalDate;
  readonly subject: Subject;
  readonly contractSignedOn?: LocalDate;
  readonly payingUnit: string;
  readonly employer: string;
  readonly cause: Cause;
  readonly decisionNumber: string;
  readonly decidedOn: LocalDate;
  readonly leaveOn: LocalDate;
  readonly reorganisedOn: LocalDate;
  readonly pay: SamplePay;
  readonly account: { readonly bank: string; readonly number: string; readonly holder: string };
  readonly periods: readonly SamplePeriod[];
}

/**
 * So many people: 2,311 early retirements to 324 severances, as in the province. About one unit for each 30 people,
 * four at least.
 */
export function samplePeople(count: number, seed: number): readonly SamplePerson[] {
  const random = seeded(seed);
  const used = units.slice(0, Math.min(units.length, Math.max(4, Math.ceil(count / 30))));
  return Array.from({ length: count }, (_, index) => samplePerson(index, random, random.of(used)));
}

const [retired, resigned] = [2311, 324] as const;

/** Spread evenly, so that any count has its share. */
function resigns(index: number): boolean {
  const before = (of: number) => Math.floor((of * resigned) / (retired + resigned) + 0.5);
  return before(index + 1) > before(index);
}

function samplePerson(index: number, random: Random, { unit, kind }: SampleUnit): SamplePerson {
  const isSevered = resigns(index);
  const sex = random.chance(0.55) ? 'male' : 'female';
  const subject = random.weighted(subjectsOf[kind]);
  const leaveOn = random.weighted(kind === 'commune' ? communeLeaveDays : leaveDays);
  const birth = isSevered ? youngBirth(random) : bornMonthsEarly(sex, leaveOn, monthsEarly(random), random);
  const pay = samplePay(kind, subject, isSevered, random);
  const fullName = sampleName(sex, random);
  return {
    number: String(index + 1),
    fullName,
    citizenId: citizenId({ sex, birth, index }),
    sex,
    birth,
    subject,
    ...(subject === 'contract-worker'
      ? { contractSignedOn: `201${random.between(0, 7)}-0${random.between(1, 9)}-15` }
      : {}),
    payingUnit: unit.code,
    employer: `${random.of(offices[kind])}, ${unit.name}`,
    cause: 'reorganised',
    decisionNumber: `${100 + index}/QĐ-${kind === 'commune' ? 'UBND' : 'SNV'}`,
    decidedOn: addDays(leaveOn, -random.between(5, 25)),
    leaveOn,
    reorganisedOn: kind === 'commune' ? '2025-07-01' : '2025-03-01',
    pay,
    account: sampleAccount(fullName, index, random),
    periods: samplePeriods({ sex, birth, leaveOn, isSevered, kind }, isEvenSalary(pay), random),
  };
}

type Kind = SampleUnit['kind'];

const subjectsOf: Readonly<Record<Kind, readonly (readonly [Subject, number])[]>> = {
  department: [
    ['civil-servant', 80],
    ['public-employee', 14],
    ['contract-worker', 4],
    ['association-staff', 2],
  ],
  commune: [
    ['commune-civil-servant', 52],
    ['commune-cadre', 30],
    ['public-employee', 14],
    ['contract-worker', 4],
  ],
  party: [
    ['civil-servant', 65],
    ['cadre', 35],
  ],
  service: [
    ['public-employee', 88],
    ['contract-worker', 12],
  ],
};

const communeLeaveDays = [
  ['2025-07-01', 70],
  ['2025-08-01', 30],
] as const;
const leaveDays = [
  ['2025-03-01', 4],
  ['2025-04-01', 6],
  ['2025-05-01', 7],
  ['2025-06-01', 9],
  ['2025-07-01', 48],
  ['2025-08-01', 26],
] as const;

const offices: Readonly<Record<Kind, readonly string[]>> = {
  department: ['Văn phòng', 'Phòng Kế hoạch', 'Phòng Tổ chức', 'Phòng Nghiệp vụ', 'Thanh tra'],
  commune: ['Văn phòng', 'Bộ phận Địa chính', 'Bộ phận Văn hóa', 'Bộ phận Tài chính'],
  party: ['Văn phòng', 'Ban Tổ chức', 'Ban Tuyên giáo'],
  service: ['Phòng Hành chính', 'Phòng Chuyên môn', 'Phòng Kế toán'],
};

const familyNames = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Phan',
  'Vũ',
  'Đặng',
  'Bùi',
  'Hồ',
  'Ngô',
  'Đinh',
  'Cao',
  'Thái',
];
const middleNames = {
  male: ['Văn', 'Đình', 'Sỹ', 'Xuân', 'Hữu', 'Đức', 'Bá', 'Quang', 'Trọng', 'Công'],
  female: ['Thị', 'Thị Thanh', 'Thị Hồng', 'Thị Kim', 'Thúy', 'Thị Minh'],
} as const;
const givenNames = {
  male: [
    'An',
    'Bình',
    'Cường',
    'Dũng',
    'Hà',
    'Hải',
    'Hùng',
    'Khánh',
    'Long',
    'Nam',
    'Phúc',
    'Sơn',
    'Thắng',
    'Toàn',
    'Vinh',
  ],
  female: [
    'An',
    'Bích',
    'Châu',
    'Dung',
    'Hà',
    'Hạnh',
    'Hoa',
    'Hương',
    'Lan',
    'Mai',
    'Nga',
    'Oanh',
    'Phương',
    'Thủy',
    'Yến',
  ],
} as const;

function sampleName(sex: Sex, random: Random): string {
  return `${random.of(familyNames)} ${random.of<string>(middleNames[sex])} ${random.of<string>(givenNames[sex])}`;
}

/** Mostly 40 to 70 months before the age, seldom the ends of 1 to 120. */
function monthsEarly(random: Random): number {
  const [least, most] = random.weighted([
    [[1, 23], 8],
    [[24, 39], 14],
    [[40, 60], 46],
    [[61, 90], 28],
    [[91, 120], 4],
  ]);
  return random.between(least, most);
}

/** The birth whose pension under Annex I starts so many months after leaving; some counts do not occur, then the nearest. */
function bornMonthsEarly(sex: Sex, leaveOn: LocalDate, months: number, random: Random): LocalDate {
  const leave = monthIndex(leaveOn);
  let best = leave - 744;
  let leastOff = Number.POSITIVE_INFINITY;
  for (let born = leave - 744; born < leave - 540; born += 1) {
    // The reprint of the draft has its own age for this month: question X12.
    if (monthAt(born) === '1969-05') continue;
    const early = pensionMonthIndex(sex, 'I', monthAt(born), firstReading) - leave;
    const off = Math.abs(early - months);
    if (early >= 1 && early <= 120 && off < leastOff) [best, leastOff] = [born, off];
  }
  return dayIn(monthAt(best), random);
}

function firstReading(number: Parameters<typeof readingOf>[0]): string {
  return readingOf(number).values[0] ?? '';
}

/** Over ten years from the age for men and women alike. */
function youngBirth(random: Random): LocalDate {
  return dayIn(`${random.between(1977, 1990)}-${String(random.between(1, 12)).padStart(2, '0')}`, random);
}

function dayIn(month: Month, random: Random): LocalDate {
  return `${month}-${String(random.between(1, 28)).padStart(2, '0')}`;
}

const grades = {
  old: ['3.99', '4.32', '4.65', '4.98', '4.40', '4.74', '5.08'],
  young: ['3.00', '3.33', '3.66', '3.99'],
} as const;

function samplePay(kind: Kind, subject: Subject, isSevered: boolean, random: Random): SamplePay {
  if (subject === 'contract-worker') return { kind: 'contract', amount: BigInt(random.between(760, 1050)) * 10_000n };
  const grade = random.of<string>(isSevered ? grades.young : grades.old);
  const position = random.chance(isSevered ? 0.15 : 0.35) ? random.of(['0.2', '0.25', '0.3', '0.4', '0.5']) : '0';
  if (subject === 'public-employee')
    return { kind: 'coefficient', grade, position, percents: { 'professional-incentive': '30' } };
  const percents = kind === 'party' ? { 'civil-service': '25', 'party-work': '30' } : { 'civil-service': '25' };
  return { kind: 'coefficient', grade, position, percents };
}

/** Half years of service divide the salary by four; an odd coefficient then has to be rounded (question O10). */
function isEvenSalary(pay: SamplePay): boolean {
  if (pay.kind === 'contract') return true;
  return Math.round(Number(pay.grade) * 100 + Number(pay.position) * 100) % 2 === 0;
}

interface Career {
  readonly sex: Sex;
  readonly birth: LocalDate;
  readonly leaveOn: LocalDate;
  readonly isSevered: boolean;
  readonly kind: Kind;
}

/** One to four periods without a gap, up to the last month of work. */
function samplePeriods(career: Career, takesHalfYears: boolean, random: Random): readonly SamplePeriod[] {
  const end = monthIndex(career.leaveOn) - 1;
  const sinceNineteen = Math.floor((end - monthIndex(career.birth)) / 12) - 20;
  const years = career.isSevered
    ? random.between(8, Math.min(20, sinceNineteen))
    : random.between(25, Math.min(35, sinceNineteen));
  const odd = takesHalfYears ? random.between(0, 11) : random.of([0, 7, 8, 9, 10, 11]);
  const start = end - (years * 12 + odd) + 1;
  const cuts = Array.from({ length: random.between(0, 3) }, () => random.between(start + 24, end - 12));
  const starts = [start, ...[...new Set(cuts)].toSorted((one, other) => one - other)];
  return starts.map((from, at) => ({
    from: monthAt(from),
    to: monthAt((starts[at + 1] ?? end + 1) - 1),
    employer: sampleEmployer(career, at === 0 && starts.length > 1, random),
  }));
}

function sampleEmployer({ kind, sex }: Career, isFirst: boolean, random: Random): Employer {
  if (isFirst && sex === 'male' && random.chance(0.2)) return 'armed-forces';
  if (isFirst && random.chance(0.2)) return 'political-social';
  return kind === 'party' ? 'party' : 'state';
}

/** Nghệ An is 040; the fourth digit holds century and sex. The rest never repeats: 7,919 has no factor of 10^6. */
function citizenId({ sex, birth, index }: { sex: Sex; birth: LocalDate; index: number }): string {
  const rest = String((index * 7919 + 104_729) % 1_000_000).padStart(6, '0');
  return `040${sex === 'male' ? 0 : 1}${birth.slice(2, 4)}${rest}`;
}

const sampleBanks = [
  ['VBA', 38],
  ['VCB', 16],
  ['ICB', 15],
  ['BIDV', 14],
  ['MB', 7],
  ['LPB', 5],
  ['BAB', 5],
] as const;

/** Digits of a made-up number where nothing is known of the bank's own. */
const ordinaryDigits = 12;

function sampleAccount(fullName: string, index: number, random: Random): SamplePerson['account'] {
  const own = String((index * 48_271 + 27_449) % 100_000_000).padStart(8, '0');
  const bank = random.weighted(sampleBanks);
  const digits = bankOf(bank)?.digits?.counts.at(-1) ?? ordinaryDigits;
  return {
    bank,
    number: `${random.of(['3601', '2180', '1010', '0360'])}${own.padStart(digits - 4, '0')}`,
    holder: fold(fullName).toUpperCase(),
  };
}
