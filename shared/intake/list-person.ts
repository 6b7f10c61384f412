/** One row of «Danh sách» → what it says of a person, with every fault the row shows by itself. */
import { formatDay, type LocalDate, type Month } from '../calendar.ts';
import type { Cause, Facts, Subject } from '../case/facts.ts';
import type { EmployerRegister } from '../case/reorganisation.ts';
import type { Unit } from '../case/unit.ts';
import { fold } from '../vietnamese.ts';
import {
  causeWords,
  notReElectedWords,
  type PeriodKey,
  type PersonKey,
  sexWords,
  subjectWords,
  yesNoWords,
} from './list-columns.ts';
import { type Wages, readWages } from './list-wages.ts';
import type { OpenRow } from './list-table.ts';
import {
  readAccountNumber,
  readBank,
  readBirth,
  readCareerDay,
  readCitizenId,
  readDay,
  readInsuredTime,
  readMoney,
  readMonth,
  readName,
  readNumber,
  type Reader,
  readShortText,
  readWord,
} from './list-values.ts';

export interface ListContext {
  readonly units: readonly Unit[];
  /** Whether the clerk may submit for the paying unit of this code. */
  readonly mayUse: (code: string) => boolean;
  readonly today: LocalDate;
  /** What the unit has said that headings of its own mean: meaning → key. */
  readonly learnt?: LearntHeadings;
  /** What is registered of employers; without it a list is read by itself. */
  readonly employers?: EmployerRegister;
}

export interface LearntHeadings {
  readonly people: Readonly<Partial<Record<string, PersonKey>>>;
  readonly periods: Readonly<Partial<Record<string, PeriodKey>>>;
}

/** What could be read; `undefined` is empty or faulty. */
export interface PersonDraft {
  readonly row: OpenRow<PersonKey>;
  readonly number: string | undefined;
  readonly fullName: string | undefined;
  readonly citizenId: string | undefined;
  readonly sex: 'male' | 'female' | undefined;
  readonly birth: string | undefined;
  readonly subject: Subject | undefined;
  readonly contractSignedOn: LocalDate | undefined;
  readonly payingUnit: string | undefined;
  readonly employer: string | undefined;
  readonly leaving: Leaving;
  readonly wages: Wages | undefined;
  readonly account: { bank: string | undefined; number: string | undefined; holder: string | undefined };
  readonly declaredTotal: string | undefined;
  readonly circumstances: Circumstances;
  /** Stated of the whole of service, in place of periods or beside them. */
  readonly joined: Month | undefined;
  readonly insuredMonths: number | undefined;
}

/** What holds for few; an empty cell is the ordinary case. */
export interface Circumstances {
  readonly drawsPension: boolean | undefined;
  readonly underInvestigation: boolean | undefined;
  readonly pregnantOrChildUnder36Months: boolean | undefined;
  readonly contractLikeCivilServant: boolean | undefined;
  readonly averagePay60Months: string | undefined;
  readonly termEndsOn: LocalDate | undefined;
  readonly paidOn: LocalDate | undefined;
}

export interface Leaving {
  readonly cause: Cause | undefined;
  readonly decisionNumber: string | undefined;
  readonly decidedOn: LocalDate | undefined;
  readonly on: LocalDate | undefined;
  readonly reorganisedOn: LocalDate | undefined;
  readonly notReElected: NonNullable<Facts['leaving']>['notReElected'];
  readonly voluntary: boolean | undefined;
  readonly onlyConcurrentPost: boolean | undefined;
}

const readSex = readWord(sexWords, 'sex-unknown');
const readSubject = readWord(subjectWords, 'subject-unknown');
const readYesNo = readWord(yesNoWords, 'yes-no-unknown');
const readNotReElected = readWord(notReElectedWords, 'not-re-elected-unknown');
const readCause = readWord(causeWords, 'cause-unknown');

export function readPerson(row: OpenRow<PersonKey>, context: ListContext): PersonDraft {
  const subject = row.need('subject', readSubject);
  const declared = row.read('declaredTotal', readMoney);
  const circumstances = readCircumstances(row);
  const { sex, birth } = readSexAndBirth(row);
  const employer = row.need('employer', readShortText);
  const draft: PersonDraft = {
    row,
    number: row.need('number', readNumber),
    fullName: row.need('fullName', readName),
    citizenId: row.need(
      'citizenId',
      readCitizenId((id) => sex !== undefined && sex === sexOf(id) && birth?.slice(0, 4) === yearOf(id)),
    ),
    sex,
    birth,
    subject,
    contractSignedOn: readContractDate(row, subject, circumstances.contractLikeCivilServant === true),
    payingUnit: row.need('payingUnit', readUnit(context)),
    employer,
    leaving: readLeaving(row, context, employer),
    wages: readWages(row, subject),
    account: readAccount(row),
    declaredTotal: declared === undefined ? undefined : BigInt(declared).toString(),
    circumstances,
    joined: row.read('joinedOn', readMonth),
    insuredMonths: row.read('insuredTime', readInsuredTime),
  };
  checkSuccessor(draft, context);
  checkSubject(draft);
  checkHolder(draft);
  checkBirth(draft);
  checkCitizenId(draft);
  return draft;
}

/** Who has none yet is taken all the same: nobody is paid before there is one, and nobody is lost. */
function readAccount(row: OpenRow<PersonKey>): PersonDraft['account'] {
  const number = row.need('accountNumber', readAccountNumber);
  if (number === '') {
    return { bank: row.read('bank', readBank) ?? '', number, holder: row.read('holder', readShortText) ?? '' };
  }
  return { bank: row.need('bank', readBank), number, holder: row.need('holder', readShortText) };
}

/** From the two columns, or from one birth column for men and one for women. */
function readSexAndBirth(row: OpenRow<PersonKey>): Pick<PersonDraft, 'sex' | 'birth'> {
  if (!hasSplitBirth(row)) return { sex: row.need('sex', readSex), birth: row.need('birth', readBirth) };
  const men = row.read('birthOfMen', readBirth);
  const women = row.read('birthOfWomen', readBirth);
  const [isMan, isWoman] = [row.isFilled('birthOfMen'), row.isFilled('birthOfWomen')];
  if (isMan && isWoman) row.blame('birthOfWomen', 'birth-in-both-columns');
  if (!isMan && !isWoman) row.blame('birthOfMen', 'missing');
  if (isMan === isWoman) return { sex: undefined, birth: undefined };
  return isMan ? { sex: 'male', birth: men } : { sex: 'female', birth: women };
}

function birthKeyOf(row: OpenRow<PersonKey>): 'birth' | 'birthOfMen' | 'birthOfWomen' {
  if (!hasSplitBirth(row)) return 'birth';
  return row.isFilled('birthOfWomen') ? 'birthOfWomen' : 'birthOfMen';
}

/** Whether a table states births by sex, and has no column of births beside. */
export function hasSplitBirth(of: { hasColumn(key: PersonKey): boolean }): boolean {
  return of.hasColumn('birthOfMen') && of.hasColumn('birthOfWomen') && !of.hasColumn('birth');
}

function readCircumstances(row: OpenRow<PersonKey>): Circumstances {
  const average = row.read('averagePay', readMoney);
  return {
    drawsPension: readFlag(row, 'drawsPension'),
    underInvestigation: readFlag(row, 'underInvestigation'),
    pregnantOrChildUnder36Months: readFlag(row, 'smallChild'),
    contractLikeCivilServant: readFlag(row, 'contractLikeCivilServant'),
    averagePay60Months: average === undefined ? undefined : BigInt(average).toString(),
    termEndsOn: row.read('termEndsOn', readDay),
    paidOn: row.read('paidOn', readDay),
  };
}

function readFlag(row: OpenRow<PersonKey>, key: PersonKey): boolean | undefined {
  const word = row.read(key, readYesNo);
  return word === undefined ? undefined : word === 'yes';
}

function readUnit({ units, mayUse }: ListContext): Reader<string> {
  return ({ kind, text }) => {
    if (kind === 'error') return { wrong: 'error-cell' };
    if (!units.some(({ code }) => code === text)) return { wrong: 'unit-unknown' };
    return mayUse(text) ? { value: text } : { wrong: 'unit-not-yours' };
  };
}

function readContractDate(
  row: OpenRow<PersonKey>,
  subject: Subject | undefined,
  isLikeCivilServant: boolean,
): LocalDate | undefined {
  const signed = row.read('contractSignedOn', readCareerDay);
  if (subject === 'contract-worker' && !isLikeCivilServant && !row.isFilled('contractSignedOn')) {
    row.blame('contractSignedOn', 'contract-date-missing');
  }
  if (subject !== undefined && subject !== 'contract-worker' && signed !== undefined) {
    row.blame('contractSignedOn', 'contract-date-not-due');
  }
  return signed;
}

function readLeaving(row: OpenRow<PersonKey>, context: ListContext, employer: string | undefined): Leaving {
  const { today } = context;
  const cause = row.need('cause', readCause);
  const decidedOn = row.need('decidedOn', readDay);
  const on = row.need('leaveOn', readDay);
  if (decidedOn !== undefined && decidedOn > today) row.blame('decidedOn', 'decision-in-future');
  else if (decidedOn !== undefined && on !== undefined && decidedOn > on) {
    row.blame('decidedOn', 'decision-after-leaving', formatDay(on));
  }
  const decisionNumber = row.need('decisionNumber', readShortText);
  const reorganisedOn = readReorganised(row, cause, employer, context);
  const notReElected =
    cause === 'not-re-elected'
      ? row.need('notReElected', readNotReElected)
      : row.read('notReElected', readNotReElected);
  const voluntary = readFlag(row, 'voluntary');
  const onlyConcurrentPost = readFlag(row, 'onlyConcurrentPost');
  return { cause, decisionNumber, decidedOn, on, reorganisedOn, notReElected, voluntary, onlyConcurrentPost };
}

/** As stated and held against the register; where the cell is empty and one day alone is registered, that day. */
function readReorganised(
  row: OpenRow<PersonKey>,
  cause: Cause | undefined,
  employer: string | undefined,
  { employers }: ListContext,
): LocalDate | undefined {
  const documents = employer === undefined ? [] : (employers?.documentsOf(employer) ?? []);
  const named = documents.map(({ number, effectiveOn }) => `${number} (${formatDay(effectiveOn)})`).join(', ');
  const days = new Set(documents.map(({ effectiveOn }) => effectiveOn));
  const [only] = days;
  if (cause === 'reorganised' && !row.isFilled('reorganisedOn') && days.size === 1) {
    row.warn('reorganisedOn', 'reorganised-on-from-register', named);
    return only;
  }
  const stated = cause === 'reorganised' ? row.need('reorganisedOn', readDay) : row.read('reorganisedOn', readDay);
  if (stated !== undefined && days.size > 0 && !days.has(stated)) {
    row.warn('reorganisedOn', 'reorganised-on-differs', named);
  }
  return stated;
}

/** The money of who worked at a body that ended comes from the unit that took its place. */
function checkSuccessor({ row, employer, payingUnit }: PersonDraft, { employers }: ListContext): void {
  if (employer === undefined || payingUnit === undefined) return;
  const successors = employers?.successorsOf(employer) ?? [];
  if (successors.length === 0 || successors.some(({ code }) => code === payingUnit)) return;
  row.warn('employer', 'paying-unit-not-successor', successors.map(({ name }) => name).join(' / '));
}

/** Part-timers leave by their own decree; nobody else leaves by it. */
function checkSubject({ row, subject, leaving: { cause } }: PersonDraft): void {
  if (subject === undefined || cause === undefined) return;
  const isForPartTimers = cause === 'post-abolished';
  const isPartTimer = subject === 'commune-part-timer' || subject === 'village-part-timer';
  if (isForPartTimers !== isPartTimer && cause !== 'over-age') row.blame('cause', 'cause-not-for-subject');
}

/** Compared without marks and case, as banks write names. */
function checkHolder({ row, fullName, account: { holder } }: PersonDraft): void {
  if (fullName === undefined || holder === undefined || holder === '' || fold(fullName) === fold(holder)) return;
  row.blame('holder', 'holder-differs', fullName);
}

function checkBirth({ row, birth, leaving }: PersonDraft): void {
  if (birth === undefined || leaving.on === undefined) return;
  const age = Number(leaving.on.slice(0, 4)) - Number(birth.slice(0, 4));
  if (age < 18 || age > 80) row.blame(birthKeyOf(row), 'birth-implausible');
}

/** Digits 4 to 6 of the id hold century and sex (even for men), and the year. Records differ in fact, so only a warning. */
function checkCitizenId({ row, citizenId, sex, birth }: PersonDraft): void {
  if (citizenId === undefined) return;
  const sexOfId = sexOf(citizenId);
  if (sex !== undefined && sexOfId !== sex) {
    row.warn(
      'citizenId',
      'citizen-id-sex-differs',
      { male: { vi: 'nam', en: 'man' }, female: { vi: 'nữ', en: 'woman' } }[sexOfId],
    );
  }
  const year = yearOf(citizenId);
  if (birth !== undefined && birth.slice(0, 4) !== year) row.warn('citizenId', 'citizen-id-year-differs', year);
}

function sexOf(citizenId: string): 'male' | 'female' {
  return Number(citizenId[3]) % 2 === 0 ? 'male' : 'female';
}

function yearOf(citizenId: string): string {
  return String((19 + Math.floor(Number(citizenId[3]) / 2)) * 100 + Number(citizenId.slice(4, 6)));
}
