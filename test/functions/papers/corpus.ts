/** Nasty list files, made from a seed, each with the report that its unit must get. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { type CellValue, Workbook } from '@cj-tech-master/excelts';
import { type CellObject, utils, type WorkSheet, write } from '@e965/xlsx';
import { strToU8, type Zippable, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { packed } from '../../../functions/papers/sheet-writer.ts';
import { sampleList, samplePeople, type SamplePerson, sampleUnits } from '../../../infra/local/samples.ts';
import { formatDay } from '../../../shared/calendar.ts';
import { bankName } from '../../../shared/case/banks.ts';
import { cellAddress, columnLetters } from '../../../shared/case/sheet.ts';
import {
  causeWords,
  employerWords,
  type PeriodKey,
  periodColumns,
  type PersonKey,
  personColumns,
  sexWords,
  subjectWords,
} from '../../../shared/intake/list-columns.ts';

export const context = { units: sampleUnits(), mayUse: () => true, today: '2025-08-20' };

/** What a reading says of a person, without the place where it stood. */
export interface Truth {
  readonly number: string;
  readonly fullName: string;
  readonly citizenId: string;
  readonly account: SamplePerson['account'];
  readonly payingUnit: string;
  readonly employer: string;
  readonly declaredTotal?: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A fault or a warning is `code cell`; a notice and a refusal are the Vietnamese sentence. */
export type Expected =
  | { readonly refused: string }
  | {
      readonly people: readonly Truth[];
      readonly faults: readonly string[];
      readonly warnings: readonly string[];
      readonly notices: readonly string[];
    };

export interface Entry {
  readonly name: string;
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
  readonly expected: Expected;
}

// People

/** With numbers of twelve digits, as the files in `office/` have them. */
const staff = samplePeople(40, 178).map((person) => {
  const { number, ...account } = person.account;
  return { ...person, account: { ...account, number: `${number.slice(0, 4)}${number.slice(-8)}` } };
});

/** Of the staff by their numbers, numbered anew. */
function chosen(...numbers: readonly number[]): readonly SamplePerson[] {
  return numbers.flatMap((number, at) => {
    const person = staff[number - 1];
    return person === undefined ? [] : [{ ...person, number: String(at + 1) }];
  });
}

/** Đặng Bá Khánh, Vũ Thị Hồng Thủy, Ngô Bá Nam: paid by coefficient, with 2, 3 and 2 periods. */
const three = chosen(30, 35, 26);
const one = three.slice(0, 1);
/** Vũ Thị Thanh Hà, on a contract. */
const contracted = chosen(11);

interface Changes extends Partial<Omit<Truth, 'facts'>> {
  readonly person?: Readonly<Record<string, unknown>>;
  readonly leaving?: Readonly<Record<string, unknown>>;
  readonly pay?: Readonly<Record<string, unknown>>;
}

export function truth(of: SamplePerson, { person = {}, leaving = {}, pay = {}, ...changes }: Changes = {}): Truth {
  return {
    number: of.number,
    fullName: of.fullName,
    citizenId: of.citizenId,
    account: of.account,
    payingUnit: of.payingUnit,
    employer: of.employer,
    facts: {
      person: { sex: of.sex, birth: of.birth, ...person },
      subject: of.subject,
      ...(of.contractSignedOn === undefined ? {} : { contractSignedOn: of.contractSignedOn }),
      leaving: {
        cause: of.cause,
        decisionNumber: of.decisionNumber,
        decidedOn: of.decidedOn,
        on: of.leaveOn,
        reorganisedOn: of.reorganisedOn,
        voluntary: true,
        onlyConcurrentPost: false,
        ...leaving,
      },
      pay: { ...payOf(of), ...pay },
      service: of.periods.map((period) => ({ ...period, insured: true, compensated: false, conditions: [] })),
      contractLikeCivilServant: false,
      drawsPension: false,
      underInvestigation: false,
      pregnantOrChildUnder36Months: false,
    },
    ...changes,
  };
}

/** Where coefficients stood in cells of numbers: `4.40` is 4.4 there. */
export function truthInNumbers(of: SamplePerson): Truth {
  const { pay } = of;
  if (pay.kind === 'contract') return truth(of);
  return truth(of, { pay: { grade: String(Number(pay.grade)), position: String(Number(pay.position)) } });
}

function payOf({ pay }: SamplePerson): Readonly<Record<string, unknown>> {
  if (pay.kind === 'contract') return { kind: 'contract', amount: String(pay.amount), allowances: [] };
  return {
    kind: 'coefficient',
    grade: pay.grade,
    position: pay.position,
    beyondFramePercent: '0',
    reservedDifference: '0',
    allowances: Object.entries(pay.percents).map(([name, percent]) => ({ name, percent })),
  };
}

const truths = (people: readonly SamplePerson[]) => people.map((person) => truth(person));

// Tables

interface Run {
  readonly text: string;
  readonly font: string;
}

export type Value =
  | string
  | number
  | boolean
  | null
  | { readonly day: string }
  | { readonly percent: number }
  | { readonly error: string }
  | {
      readonly formula: string;
      readonly result?: string | number | { readonly day: string } | { readonly error: string };
    }
  | { readonly value: string | number; readonly font?: string; readonly format?: string }
  | { readonly runs: readonly Run[] };

export type Grid = readonly (readonly Value[])[];
type Cells<Key extends string> = Readonly<Partial<Record<Key, Value>>>;

/** A page as it lies in a workbook: the grid from its first cell on. */
export interface Page {
  readonly name: string;
  readonly grid: Grid;
  readonly row?: number;
  readonly column?: number;
  readonly merges?: readonly string[];
  readonly hiddenRows?: readonly number[];
  /** From and to. */
  readonly hiddenColumns?: readonly (readonly [number, number])[];
  readonly state?: 'hidden' | 'veryHidden';
}

/** A to W. */
const usedKeys = [
  'number',
  'fullName',
  'citizenId',
  'sex',
  'birth',
  'subject',
  'contractSignedOn',
  'payingUnit',
  'employer',
  'cause',
  'decisionNumber',
  'decidedOn',
  'leaveOn',
  'reorganisedOn',
  'grade',
  'position',
  'civil-service',
  'professional-incentive',
  'contractPay',
  'bank',
  'accountNumber',
  'holder',
  'declaredTotal',
] as const satisfies readonly PersonKey[];
const periodKeys = periodColumns.map(({ key }) => key);

/** As a clerk types it. */
function typedPerson(of: SamplePerson): Cells<PersonKey> {
  return {
    number: of.number,
    fullName: of.fullName,
    citizenId: of.citizenId,
    sex: sexWords[of.sex][0],
    birth: formatDay(of.birth),
    subject: subjectWords[of.subject][0] ?? null,
    contractSignedOn: of.contractSignedOn === undefined ? null : formatDay(of.contractSignedOn),
    payingUnit: of.payingUnit,
    employer: of.employer,
    cause: causeWords[of.cause][0] ?? null,
    decisionNumber: of.decisionNumber,
    decidedOn: formatDay(of.decidedOn),
    leaveOn: formatDay(of.leaveOn),
    reorganisedOn: formatDay(of.reorganisedOn),
    ...(of.pay.kind === 'contract'
      ? { contractPay: String(of.pay.amount) }
      : { grade: of.pay.grade.replace('.', ','), position: of.pay.position.replace('.', ','), ...of.pay.percents }),
    bank: bankName(of.account.bank),
    accountNumber: of.account.number,
    holder: of.account.holder,
  };
}

/** With days, numbers and percentages as Excel keeps them. */
function kept(of: SamplePerson): Cells<PersonKey> {
  const pay = of.pay.kind === 'contract' ? { contractPay: Number(of.pay.amount) } : keptPay(of.pay);
  return {
    ...typedPerson(of),
    number: Number(of.number),
    birth: { day: of.birth },
    ...(of.contractSignedOn === undefined ? {} : { contractSignedOn: { day: of.contractSignedOn } }),
    decidedOn: { day: of.decidedOn },
    leaveOn: { day: of.leaveOn },
    reorganisedOn: { day: of.reorganisedOn },
    ...pay,
  };
}

function keptPay({
  grade,
  position,
  percents,
}: Extract<SamplePerson['pay'], { kind: 'coefficient' }>): Cells<PersonKey> {
  const shares = Object.entries(percents).map(([key, percent]) => [key, { percent: Number(percent) / 100 }]);
  return { grade: Number(grade), position: Number(position), ...Object.fromEntries(shares) };
}

function typedPeriods({ number, periods }: SamplePerson): readonly Cells<PeriodKey>[] {
  return periods.map(({ from, to, employer }) => ({
    number,
    from: formatDay(from),
    to: formatDay(to),
    employer: employerWords[employer][0] ?? null,
  }));
}

function headings(keys: readonly string[], columns: readonly { readonly key: string; readonly heading: string }[]) {
  return keys.map((key) => columns.find((column) => column.key === key)?.heading ?? '');
}

function gridOf<Key extends string>(keys: readonly Key[], rows: readonly Cells<Key>[]): Grid {
  return rows.map((row) => keys.map((key) => row[key] ?? null));
}

/** The heading, then the people with these cells changed. */
function peopleGrid(
  people: readonly SamplePerson[],
  changes: readonly Cells<PersonKey>[] = [],
  keys: readonly PersonKey[] = usedKeys,
  typed = typedPerson,
): Grid {
  const rows = people.map((person, at) => ({ ...typed(person), ...changes[at] }));
  return [headings(keys, personColumns), ...gridOf(keys, rows)];
}

function periodGrid(people: readonly SamplePerson[], changes: readonly Cells<PeriodKey>[] = []): Grid {
  const rows = people.flatMap(typedPeriods).map((row, at) => ({ ...row, ...changes[at] }));
  return [headings(periodKeys, periodColumns), ...gridOf(periodKeys, rows)];
}

const listPage = (grid: Grid, more: Partial<Page> = {}): Page => ({ name: 'Danh sách', grid, ...more });
const periodPage = (grid: Grid, more: Partial<Page> = {}): Page => ({ name: 'Quá trình công tác', grid, ...more });

/** The two sheets of a list. */
function book(people: readonly SamplePerson[], changes: readonly Cells<PersonKey>[] = [], typed = typedPerson): Page[] {
  return [listPage(peopleGrid(people, changes, usedKeys, typed)), periodPage(periodGrid(people))];
}

/** Every text of the pages written another way. */
function respelt(pages: readonly Page[], spell: (text: string) => Value): Page[] {
  return pages.map((page) => ({
    ...page,
    grid: page.grid.map((row) => row.map((value) => (typeof value === 'string' ? spell(value) : value))),
  }));
}

// Files

interface Box {
  readonly row: number;
  readonly column: number;
  readonly value: Exclude<Value, null>;
}

export function boxesOf({ grid, row = 1, column = 1 }: Page): readonly Box[] {
  return grid.flatMap((line, down) =>
    line.flatMap((value, right) =>
      value === null || value === '' ? [] : [{ row: row + down, column: column + right, value }],
    ),
  );
}

const dayFormat = 'dd/mm/yyyy';
const asDate = (day: string) => new Date(`${day}T00:00:00Z`);
/** Excel's count of days. */
const serial = (day: string) => Date.parse(day) / 86_400_000 + 25_569;

async function xlsx(pages: readonly Page[]): Promise<Uint8Array> {
  const workbook = new Workbook();
  workbook.created = asDate('2025-01-01');
  workbook.modified = asDate('2025-01-01');
  for (const page of pages) {
    const worksheet = workbook.addWorksheet(page.name, { state: page.state ?? 'visible' });
    for (const { row, column, value } of boxesOf(page)) {
      const cell = worksheet.getCell(row, column);
      const { content, font, format } = excelCell(value);
      cell.value = content;
      if (font !== undefined) cell.font = { name: font, size: 12 };
      if (format !== undefined) cell.numFmt = format;
    }
    for (const merge of page.merges ?? []) worksheet.mergeCells(merge);
    for (const row of page.hiddenRows ?? []) worksheet.getRow(row).hidden = true;
    for (const [from, to] of page.hiddenColumns ?? []) {
      for (let column = from; column <= to; column += 1) worksheet.getColumn(column).hidden = true;
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer({ zip: packed, validate: false }));
}

interface ExcelCell {
  readonly content: CellValue;
  readonly font?: string | undefined;
  readonly format?: string | undefined;
}

function excelCell(value: Exclude<Value, null>): ExcelCell {
  if (typeof value !== 'object') return { content: value };
  if ('day' in value) return { content: asDate(value.day), format: dayFormat };
  if ('percent' in value) return { content: value.percent, format: '0%' };
  if ('runs' in value)
    return { content: { richText: value.runs.map(({ text, font }) => ({ text, font: { name: font } })) } };
  if ('value' in value) return { content: value.value, font: value.font, format: value.format };
  if ('error' in value) return { content: { error: value.error } as CellValue };
  const { formula, result } = value;
  if (result === undefined) return { content: { formula } };
  if (typeof result !== 'object') return { content: { formula, result } };
  if ('day' in result) return { content: { formula, result: asDate(result.day) }, format: dayFormat };
  return { content: { formula, result: { error: result.error } } as CellValue };
}

function xls(pages: readonly Page[]): Uint8Array {
  const workbook = utils.book_new();
  for (const page of pages) {
    const sheet: WorkSheet = { '!ref': 'A1:IV2000' };
    let [lastRow, lastColumn] = [1, 1];
    for (const { row, column, value } of boxesOf(page)) {
      sheet[cellAddress({ row, column })] = oldCell(value);
      [lastRow, lastColumn] = [Math.max(lastRow, row), Math.max(lastColumn, column)];
    }
    sheet['!ref'] = `A1:${cellAddress({ row: lastRow, column: lastColumn })}`;
    sheet['!merges'] = (page.merges ?? []).map((merge) => utils.decode_range(merge));
    const rows: { hidden: boolean }[] = [];
    for (const row of page.hiddenRows ?? []) rows[row - 1] = { hidden: true };
    const columns: { hidden: boolean }[] = [];
    for (const [from, to] of page.hiddenColumns ?? []) {
      for (let column = from; column <= to; column += 1) columns[column - 1] = { hidden: true };
    }
    sheet['!rows'] = rows;
    sheet['!cols'] = columns;
    utils.book_append_sheet(workbook, sheet, page.name);
  }
  const bytes: unknown = write(workbook, { type: 'buffer', bookType: 'biff8' });
  if (!(bytes instanceof Uint8Array)) throw new TypeError('no bytes were written');
  return bytes;
}

const oldErrors: Readonly<Record<string, number>> = {
  '#NULL!': 0,
  '#DIV/0!': 7,
  '#VALUE!': 15,
  '#REF!': 23,
  '#N/A': 42,
};

function oldCell(value: Exclude<Value, null>): CellObject {
  if (typeof value === 'string') return { t: 's', v: value };
  if (typeof value === 'number') return { t: 'n', v: value };
  if (typeof value === 'boolean') return { t: 'b', v: value };
  if ('day' in value) return { t: 'n', v: serial(value.day), z: dayFormat };
  if ('percent' in value) return { t: 'n', v: value.percent, z: '0%' };
  if ('runs' in value) return { t: 's', v: value.runs.map(({ text }) => text).join('') };
  if ('error' in value) return { t: 'e', v: oldErrors[value.error] ?? 15 };
  if ('value' in value) {
    const format = value.format === undefined ? {} : { z: value.format };
    return { ...oldCell(value.value), ...format };
  }
  return { ...oldCell(value.result ?? 0), f: value.formula };
}

export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16le-bom' | 'utf-16be-bom';
export type Delimiter = ';' | ',' | '\t';

interface Typed {
  readonly delimiter: Delimiter;
  readonly encoding: Encoding;
  readonly lineEnd?: '\r\n' | '\n' | '\r';
}

/** Each grid under the one before, with a blank line between. */
export function csv(grids: readonly Grid[], { delimiter, encoding, lineEnd = '\r\n' }: Typed): Uint8Array {
  const quoted = (text: string) =>
    /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = grids.flatMap((grid, at) => [
    ...(at === 0 ? [] : ['']),
    ...grid.map((row) => row.map((value) => quoted(typeof value === 'object' ? '' : String(value))).join(delimiter)),
  ]);
  return encoded(`${lines.join(lineEnd)}${lineEnd}`, encoding);
}

function encoded(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return strToU8(text);
  if (encoding === 'utf-8-bom') return strToU8(`\uFEFF${text}`);
  const little = Buffer.from(encoding === 'utf-16le' ? text : `\uFEFF${text}`, 'utf16le');
  return encoding === 'utf-16be-bom' ? little.swap16() : little;
}

// Files written by hand, part by part

type Parts = Readonly<Record<string, string | Uint8Array>>;

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A workbook as a careful writer makes it, texts in place. */
function partsOf(pages: readonly Page[], sheetXml: (page: Page) => string = plainSheet): Record<string, string> {
  const numbered = pages.map((page, at) => ({ page, number: at + 1 }));
  const sheets = numbered.map(({ page, number }) => {
    const state = page.state === undefined ? '' : ` state="${page.state}"`;
    return `<sheet name="${escaped(page.name)}" sheetId="${number}"${state} r:id="rId${number}"/>`;
  });
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${relationships}/${type}" Target="${target}"/>`;
  const links = numbered.map(({ number }) => relation(`rId${number}`, 'worksheet', `worksheets/sheet${number}.xml`));
  const type = (part: string, kind: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  return {
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('workbook', 'sheet.main')}${type('styles', 'styles')}${numbered.map(({ number }) => type(`worksheets/sheet${number}`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': relationsXml(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationsXml([...links, relation('rIdStyles', 'styles', 'styles.xml')].join('')),
    'xl/styles.xml': `${declaration}<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="Times New Roman"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0" applyNumberFormat="1"/><xf numFmtId="9" fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(numbered.map(({ page, number }) => [`xl/worksheets/sheet${number}.xml`, sheetXml(page)])),
  };
}

function relationsXml(content: string): string {
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
}

function plainSheet(page: Page): string {
  return sheetXml(page, (box) => plainCell(box));
}

function sheetXml(page: Page, cell: (box: Box) => string, before = '', after = ''): string {
  const rows = [...Map.groupBy(boxesOf(page), ({ row }) => row)].map(([row, boxes]) => {
    const hidden = page.hiddenRows?.includes(row) === true ? ' hidden="1"' : '';
    return `<row r="${row}"${hidden}>${boxes.map(cell).join('')}</row>`;
  });
  const columns = (page.hiddenColumns ?? []).map(
    ([from, to]) => `<col min="${from}" max="${to}" width="9" hidden="1"/>`,
  );
  const cols = columns.length === 0 ? '' : `<cols>${columns.join('')}</cols>`;
  const merges = (page.merges ?? []).map((merge) => `<mergeCell ref="${merge}"/>`);
  const merged = merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>`;
  return `${declaration}<worksheet xmlns="${main}" xmlns:r="${relationships}">${cols}<sheetData>${before}${rows.join('')}${after}</sheetData>${merged}</worksheet>`;
}

function plainCell({ row, column, value }: Box, attributes = ` r="${cellAddress({ row, column })}"`): string {
  if (typeof value === 'string')
    return `<c${attributes} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  if (typeof value === 'number') return `<c${attributes}><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c${attributes} t="b"><v>${Number(value)}</v></c>`;
  if ('day' in value) return `<c${attributes} s="1"><v>${serial(value.day)}</v></c>`;
  if ('percent' in value) return `<c${attributes} s="2"><v>${value.percent}</v></c>`;
  if ('error' in value) return `<c${attributes} t="e"><v>${value.error}</v></c>`;
  if (!('formula' in value)) throw new TypeError('written by excelts only');
  const { formula, result } = value;
  const of = `<f>${escaped(formula)}</f>`;
  if (result === undefined) return `<c${attributes}>${of}</c>`;
  if (typeof result === 'number') return `<c${attributes}>${of}<v>${result}</v></c>`;
  if (typeof result === 'string') return `<c${attributes} t="str">${of}<v>${escaped(result)}</v></c>`;
  if ('day' in result) return `<c${attributes} s="1">${of}<v>${serial(result.day)}</v></c>`;
  return `<c${attributes} t="e">${of}<v>${result.error}</v></c>`;
}

const madeOn = new Date(2025, 0, 1);

function zipped(parts: Parts): Uint8Array {
  const members: Zippable = {};
  for (const [name, content] of Object.entries(parts)) {
    members[name] = typeof content === 'string' ? strToU8(content) : content;
  }
  return zipSync(members, { mtime: madeOn, level: 6 });
}

interface Member {
  readonly name: string;
  readonly content: Uint8Array;
  /** Stored, where it is not to be packed. */
  readonly isStored?: true;
  /** Sizes and checksum follow the content; the header before it has none. */
  readonly hasDescriptor?: true;
  /** What the directory says of the unpacked size, where that is a lie. */
  readonly says?: number;
  readonly isSealed?: true;
  /** Sizes stand in the fields for archives over 4 GB. */
  readonly isWide?: true;
}

/** An archive as no ordinary program writes it. */
function archive(members: readonly Member[]): Uint8Array {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, isStored, hasDescriptor, says = content.length, isSealed, isWide } of members) {
    const body = isStored === true ? Buffer.from(content) : deflateRawSync(content);
    const title = Buffer.from(name);
    const flags = 0x0800 + (hasDescriptor === true ? 8 : 0) + (isSealed === true ? 1 : 0);
    const sizes = [crc32(content), isWide === true ? 0xffff_ffff : body.length, isWide === true ? 0xffff_ffff : says];
    const wide = Buffer.alloc(isWide === true ? 20 : 0);
    if (isWide === true) {
      wide.writeUInt16LE(1, 0);
      wide.writeUInt16LE(16, 2);
      wide.writeBigUInt64LE(BigInt(says), 4);
      wide.writeBigUInt64LE(BigInt(body.length), 12);
    }
    const fields = (isLocal: boolean) => {
      const of = Buffer.alloc(26);
      of.writeUInt16LE(isWide === true ? 45 : 20, 0);
      of.writeUInt16LE(flags, 2);
      of.writeUInt16LE(isStored === true ? 0 : 8, 4);
      const known = isLocal && hasDescriptor === true ? [0, 0, 0] : sizes;
      for (const [index, size] of known.entries()) of.writeUInt32LE(size, 10 + 4 * index);
      of.writeUInt16LE(title.length, 22);
      of.writeUInt16LE(wide.length, 24);
      return of;
    };
    const descriptor = Buffer.alloc(hasDescriptor === true ? 16 : 0);
    if (hasDescriptor === true) {
      for (const [index, size] of [0x0807_4b50, ...sizes].entries()) descriptor.writeUInt32LE(size, 4 * index);
    }
    const local = [Buffer.from('PK\u0003\u0004'), fields(true), title, wide, body, descriptor];
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields(false), rest, title, wide);
    pieces.push(...local);
    at += local.reduce((total, { length }) => total + length, 0);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, listed, end]);
}

function membersOf(parts: Parts, how: Partial<Member> = {}): Member[] {
  return Object.entries(parts).map(([name, content]) => ({
    name,
    content: typeof content === 'string' ? strToU8(content) : content,
    ...how,
  }));
}

// Letters of before Unicode

/** As `.VnTime` has it. */
export function tcvn(text: string): string {
  return iconv.decode(iconv.encode(text, 'tcvn'), 'win1252');
}

const vniTones: Readonly<Record<string, string>> = {
  '\u0301': 'ù',
  '\u0300': 'ø',
  '\u0309': 'û',
  '\u0303': 'õ',
  '\u0323': 'ï',
  '\u0302': 'â',
  '\u0302\u0301': 'á',
  '\u0302\u0300': 'à',
  '\u0302\u0309': 'å',
  '\u0302\u0303': 'ã',
  '\u0323\u0302': 'ä',
  '\u0306': 'ê',
  '\u0306\u0301': 'é',
  '\u0306\u0300': 'è',
  '\u0306\u0309': 'ú',
  '\u0306\u0303': 'ü',
  '\u0323\u0306': 'ë',
};
const vniWhole: Readonly<Record<string, string>> = { í: 'í', ì: 'ì', ỉ: 'æ', ĩ: 'ó', ị: 'ò', ỵ: 'î', đ: 'ñ' };

/** As `VNI-Times` has it. */
export function vni(text: string): string {
  return text.replaceAll(/\p{L}/gu, (letter) => {
    const small = letter.toLocaleLowerCase('vi');
    const whole = vniWhole[small];
    const [base = '', ...marks] = small.normalize('NFD');
    const horned = { o: 'ô', u: 'ö' }[base] ?? '';
    const hasHorn = marks.includes('\u031B');
    const tone = vniTones[marks.filter((mark) => mark !== '\u031B').join('')] ?? '';
    const written = whole ?? `${hasHorn ? horned : base}${tone}`;
    return letter === small ? written : written.toLocaleUpperCase('vi');
  });
}

// What is said

const said = {
  noTable: 'Đây không phải là bảng tính Excel (.xlsx, .xls) hay tệp .csv. Hãy dùng tệp mẫu danh sách.',
  noWorkbook:
    'Tệp không phải là bảng tính Excel (.xlsx) hoặc đã bị hỏng. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
  damaged: 'Tệp bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
  strict:
    'Tệp lưu theo dạng “Strict Open XML”. Hãy mở bằng Excel, chọn Lưu thành “Excel Workbook (.xlsx)” rồi tải lên.',
  damagedOld: 'Tệp Excel cũ (.xls) bị hỏng hoặc không đọc được. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
  bomb: 'Tệp giải nén ra dung lượng bất thường nên không được mở. Hãy sao chép dữ liệu sang tệp mẫu mới.',
  tooLong: 'Tệp có quá 200.000 dòng. Hãy xóa các dòng trống đã định dạng, hoặc chia thành nhiều tệp.',
  locked: 'Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.',
  notUnicode:
    'Tệp .csv không dùng bảng mã Unicode. Hãy mở bằng Excel, chọn Lưu thành “CSV UTF-8” hoặc .xlsx rồi tải lên.',
  openQuote: 'Tệp .csv bị hỏng: một dấu ngoặc kép không được đóng. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
  since1904:
    'Tệp đếm ngày từ năm 1904 (Excel cho máy Mac cũ), ngày có thể lệch 4 năm. Hãy chép dữ liệu sang tệp mẫu, ngày ghi dạng văn bản.',
  nobody: 'Danh sách không có người nào. Hãy ghi mỗi người một dòng.',
} as const;
const noPeople =
  'Không tìm thấy bảng «Danh sách»: cần một dòng tiêu đề có các cột như STT, Họ và tên, Số định danh cá nhân.';
const noPeriods = 'Thiếu sheet «Quá trình công tác», và bảng «Danh sách» không có cột «Tháng bắt đầu đóng BHXH».';
const useTemplate = 'Hãy dùng tệp mẫu danh sách, hoặc thêm cột còn thiếu.';
const noList = `${noPeople} ${noPeriods} ${useTemplate}`;
const unreadGuide = 'Không đọc sheet «Hướng dẫn»: không có bảng danh sách.';

type Found = Exclude<Expected, { readonly refused: string }>;

const read = (people: readonly Truth[], more: Partial<Omit<Found, 'people'>> = {}): Found => ({
  people,
  faults: [],
  warnings: [],
  notices: [],
  ...more,
});
const clean = (people: readonly SamplePerson[], notices: readonly string[] = []) => read(truths(people), { notices });

const [khanh, thuy, nam] = three as [SamplePerson, SamplePerson, SamplePerson];
const [ha] = contracted as [SamplePerson];

const bothGrids = (people: readonly SamplePerson[], changes: readonly Cells<PersonKey>[] = []): Grid[] => [
  peopleGrid(people, changes),
  periodGrid(people),
];

const text = (lines: readonly string[], more: Partial<Page> = {}): Page => ({
  name: 'Ghi chú',
  grid: lines.map((line) => [line]),
  ...more,
});

const files: Entry[] = [
  {
    name: 'the template, filled in',
    bytes: () => sampleList(three, sampleUnits()),
    expected: clean(three, [unreadGuide]),
  },
  {
    name: 'the template, empty',
    bytes: () => sampleList([], sampleUnits()),
    expected: { refused: said.nobody },
  },
  {
    name: '.xlsx with days, numbers and percentages as Excel keeps them',
    bytes: () => xlsx(book(three, [], kept)),
    expected: clean(three),
  },
  {
    name: '.xls with days, numbers and percentages as Excel keeps them',
    bytes: () => xls(book(three, [], kept)),
    expected: clean(three),
  },
  {
    name: '.xlsx that is all text',
    bytes: () => xlsx(book(three)),
    expected: clean(three),
  },
  ...(
    [
      [';', 'utf-8'],
      [';', 'utf-8-bom'],
      [',', 'utf-8'],
      [',', 'utf-8-bom'],
      ['\t', 'utf-8'],
      ['\t', 'utf-16le-bom'],
      [';', 'utf-16be-bom'],
      [',', 'utf-16le'],
    ] as const
  ).map(
    ([delimiter, encoding]): Entry => ({
      name: `.csv in ${encoding} parted by ${JSON.stringify(delimiter)}, both tables one under the other`,
      bytes: () => csv(bothGrids(three), { delimiter, encoding }),
      expected: clean(three),
    }),
  ),
  {
    name: '.csv whose lines end as on an old Mac',
    bytes: () => csv(bothGrids(three), { delimiter: ';', encoding: 'utf-8', lineEnd: '\r' }),
    expected: clean(three),
  },
  {
    name: '.csv pasted together from two, with line ends and marks of their own',
    bytes: () =>
      Buffer.concat([
        csv([peopleGrid(three)], { delimiter: ';', encoding: 'utf-8-bom' }),
        csv([periodGrid(three)], { delimiter: ';', encoding: 'utf-8-bom', lineEnd: '\n' }),
      ]),
    expected: clean(three),
  },
  {
    name: '.csv with lines and quotation marks inside of cells',
    bytes: () => {
      const [heading = [], ...rows] = peopleGrid(one, [{ employer: 'Phòng "Một cửa"\nSở; Vật giá', sex: 'M' }]);
      const broken = heading.map((of) => (typeof of === 'string' ? of.replace(' ', '\n') : of));
      return csv([[broken, ...rows], periodGrid(one)], { delimiter: ';', encoding: 'utf-8' });
    },
    expected: read([], { faults: ['sex-unknown D2'] }),
  },
  {
    name: '.csv with employers of several lines, read whole',
    bytes: () =>
      csv(bothGrids(one, [{ employer: 'Phòng "Một cửa"\nSở; Vật giá' }]), { delimiter: ';', encoding: 'utf-8' }),
    expected: read([truth(khanh, { employer: 'Phòng "Một cửa" Sở; Vật giá' })]),
  },
  {
    name: '.csv that says its delimiter, as Excel likes it',
    bytes: () => csv([[['sep=;']], ...bothGrids(one)], { delimiter: ';', encoding: 'utf-8-bom' }),
    expected: clean(one),
  },
  {
    name: '.csv with titles above both tables',
    bytes: () =>
      csv(
        [
          [['DANH SÁCH NGƯỜI NGHỈ'], ['Kèm theo Tờ trình số 12/TTr-SNV']],
          peopleGrid(one),
          [['QUÁ TRÌNH CÔNG TÁC']],
          periodGrid(one),
        ],
        { delimiter: ';', encoding: 'utf-8-bom' },
      ),
    expected: clean(one, ['Sheet «CSV»: ghi chú, chữ ký dưới bảng không phải là người (dòng 7 «QUÁ TRÌNH CÔNG TÁC»).']),
  },
  {
    name: '.csv out of Excel that has lost zeros and digits',
    bytes: () =>
      csv(bothGrids(three, [{ citizenId: '40068334380' }, { accountNumber: '1.01002E+11' }, { leaveOn: '45809' }]), {
        delimiter: ',',
        encoding: 'utf-8-bom',
      }),
    expected: read([], { faults: ['citizen-id-leading-zero C2', 'account-malformed U3', 'not-a-day M4'] }),
  },
  {
    name: '.csv with amounts that need quotation marks',
    bytes: () =>
      csv(bothGrids(contracted, [{ contractPay: '15,356,250đ', declaredTotal: '1.015.356.250' }]), {
        delimiter: ',',
        encoding: 'utf-8',
      }),
    expected: read([truth(ha, { declaredTotal: '1015356250', pay: { amount: '15356250' } })]),
  },
  {
    name: '.csv in TCVN3',
    bytes: () =>
      iconv.encode(Buffer.from(csv(bothGrids(three), { delimiter: ';', encoding: 'utf-8' })).toString(), 'tcvn'),
    expected: { refused: said.notUnicode },
  },
  {
    name: '.csv in the Vietnamese of Windows',
    bytes: () =>
      iconv.encode(Buffer.from(csv(bothGrids(three), { delimiter: ',', encoding: 'utf-8' })).toString(), 'windows1258'),
    expected: { refused: said.notUnicode },
  },
  {
    name: '.csv with a quotation mark that is never closed',
    bytes: () => {
      const whole = csv(bothGrids(three, [{}, { employer: '#' }]), { delimiter: ';', encoding: 'utf-8' });
      return strToU8(Buffer.from(whole).toString().replace('#', '"Phòng Tổ chức'));
    },
    expected: { refused: said.openQuote },
  },
  {
    name: '.csv cut in the middle of a letter of two bytes',
    bytes: () => csv(bothGrids(three), { delimiter: ';', encoding: 'utf-16le-bom' }).subarray(0, 601),
    expected: { refused: said.notUnicode },
  },
];

/** C and T to V. */
const someHidden = [
  [3, 3],
  [20, 22],
] as const;
const hiddenThere = [
  'Sheet «Danh sách» có 2 dòng bị ẩn (từ dòng 3), vẫn được đọc.',
  'Sheet «Danh sách» có cột bị ẩn (C, T, U, V), vẫn được đọc.',
  'Sheet «Quá trình công tác» đang bị ẩn, vẫn được đọc.',
];

const layouts: Entry[] = [
  {
    name: 'a table that starts at C7, with titles above',
    bytes: () =>
      xlsx([
        listPage(
          [
            ['SỞ QUY HOẠCH VÀ KIẾN THIẾT'],
            [],
            [null, null, 'DANH SÁCH ĐỀ NGHỊ GIẢI QUYẾT CHẾ ĐỘ'],
            [null, null, '(Kèm theo Tờ trình số 12/TTr-SQH)'],
            [],
            ...peopleGrid(three, [{}, { sex: 'M' }]),
          ],
          { row: 2, column: 3 },
        ),
        periodPage([['QUÁ TRÌNH CÔNG TÁC'], ...periodGrid(three)], { row: 4, column: 2 }),
      ]),
    expected: read([truth(khanh), truth(nam)], { faults: ['sex-unknown F9'] }),
  },
  ...([xlsx, xls] as const).map(
    (writer): Entry => ({
      name: `merged heads over columns in ${writer.name}`,
      bytes: () => writer(mergedBook()),
      expected: clean(three),
    }),
  ),
  {
    name: 'a merged head that tells the meaning only together with what stands under it',
    bytes: () => {
      const [heading = [], ...rows] = peopleGrid(one);
      const upper = heading.map((value, at) => (at === 10 ? 'Quyết định' : at === 11 ? null : value));
      const lower = heading.map((_, at) => (at === 10 ? 'Số' : at === 11 ? 'Ngày' : null));
      return xlsx([listPage([upper, lower, ...rows], { merges: ['K1:L1'] }), periodPage(periodGrid(one))]);
    },
    expected: clean(one),
  },
  {
    name: 'a merged head of three rows',
    bytes: () => {
      const [heading = [], ...rows] = peopleGrid(one);
      const upper = heading.map((value, at) =>
        at < 9 ? value : at === 9 ? 'Nghỉ việc' : at === 14 ? 'Tiền lương' : null,
      );
      const middle = heading.map((value, at) =>
        at >= 9 && at < 14 ? value : at === 14 ? 'Hệ số' : at === 16 ? 'Phần trăm' : at > 17 ? value : null,
      );
      const lower = heading.map(
        (_, at) => ({ 14: 'Lương', 15: 'Phụ cấp chức vụ', 16: 'Công vụ', 17: 'Ưu đãi nghề' })[at] ?? null,
      );
      const merges = ['J1:N1', 'O1:W1', 'O2:P2', 'Q2:R2'];
      return xlsx([listPage([upper, middle, lower, ...rows], { merges }), periodPage(periodGrid(one))]);
    },
    expected: clean(one),
  },
  {
    name: 'a year of birth under «Nam» or under «Nữ»',
    bytes: () => {
      const [heading = [], ...rows] = peopleGrid(one);
      const upper = heading.map((value, at) => (at === 3 ? 'Năm sinh' : at === 4 ? null : value));
      const lower = heading.map((_, at) => ({ 3: 'Nam', 4: 'Nữ' })[at] ?? null);
      const births = rows.map((row) =>
        row.map((value, at) => {
          const isMan = row[3] === 'Nam';
          if (at === 3) return isMan ? (row[4] ?? null) : null;
          return at === 4 && isMan ? null : value;
        }),
      );
      return xlsx([listPage([upper, lower, ...births], { merges: ['D1:E1'] }), periodPage(periodGrid(one))]);
    },
    expected: clean(one),
  },
  {
    name: 'people on two sheets, notes on a third',
    bytes: () => {
      const [first, second] = [peopleGrid([khanh]), peopleGrid([thuy])];
      return xlsx([
        listPage(first, { name: 'Khối tỉnh' }),
        text(['Hồ sơ nộp ngày 15/7/2025', 'STT 1 và 2']),
        listPage(second, { name: 'Khối xã' }),
        periodPage(periodGrid([khanh, thuy])),
      ]);
    },
    expected: clean([khanh, thuy], ['Không đọc sheet «Ghi chú»: không có bảng danh sách.']),
  },
  {
    name: 'an id that stands on two sheets',
    bytes: () =>
      xlsx([
        listPage(peopleGrid([khanh]), { name: 'Khối tỉnh' }),
        listPage(peopleGrid([thuy], [{ citizenId: khanh.citizenId, birth: formatDay(khanh.birth), sex: 'Nam' }]), {
          name: 'Khối xã',
        }),
        periodPage(periodGrid([khanh, thuy])),
      ]),
    expected: read([], { faults: ['citizen-id-twice C2', 'citizen-id-twice C2'] }),
  },
  {
    name: 'hidden rows, columns and sheets',
    bytes: () =>
      xlsx([
        listPage(peopleGrid(three), { hiddenRows: [3, 4], hiddenColumns: someHidden }),
        periodPage(periodGrid(three), { state: 'hidden' }),
      ]),
    expected: clean(three, hiddenThere),
  },
  {
    name: 'a very hidden sheet',
    bytes: () => xlsx([listPage(peopleGrid(one)), periodPage(periodGrid(one), { state: 'veryHidden' })]),
    expected: clean(one, ['Sheet «Quá trình công tác» đang bị ẩn, vẫn được đọc.']),
  },
  {
    name: 'everything to the right of the table and under it hidden',
    bytes: () =>
      zipped(partsOf([listPage(peopleGrid(one), { hiddenColumns: [[24, 16_384]] }), periodPage(periodGrid(one))])),
    expected: clean(one),
  },
  {
    name: 'subtotals, groups, blank rows, notes and signatures',
    bytes: () => {
      const [heading = [], ...rows] = peopleGrid(three);
      const [first = [], second = [], third = []] = rows;
      const sum = (of: string, amount: string) => [null, of, ...Array.from({ length: 20 }, () => null), amount];
      const grid: Grid = [
        heading,
        heading.map((_, at) => `(${at + 1})`),
        ['I', 'Phòng Tổ chức'],
        first,
        second,
        sum('Cộng phòng Tổ chức', '1.250.000.000'),
        [],
        ['II', 'Phòng Kế hoạch'],
        third,
        sum('Cộng (II)', '500.000.000'),
        [],
        sum('Tổng cộng: 3 người', '1.750.000.000'),
        [],
        ['Bằng chữ: Một tỷ bảy trăm năm mươi triệu đồng'],
        [null, 'NGƯỜI LẬP BIỂU', null, null, null, null, null, null, 'THỦ TRƯỞNG ĐƠN VỊ'],
      ];
      return xlsx([listPage(grid), periodPage(periodGrid(three))]);
    },
    expected: clean(three, [
      'Sheet «Danh sách»: dòng cộng không phải là người (dòng 6 «Cộng phòng Tổ chức 1.250.000.000», 10 «Cộng (II) 500.000.000», 12 «Tổng cộng: 3 người 1.750.000.000»).',
      'Sheet «Danh sách»: dòng tên nhóm không phải là người (dòng 3 «I Phòng Tổ chức», 8 «II Phòng Kế hoạch»).',
      'Sheet «Danh sách»: ghi chú, chữ ký dưới bảng không phải là người (dòng 14 «Bằng chữ: Một tỷ bảy trăm năm mươi triệu đồng», 15 «NGƯỜI LẬP BIỂU THỦ TRƯỞNG ĐƠN VỊ»).',
    ]),
  },
  {
    name: 'names of groups with the sum of the group beside them',
    bytes: () => {
      const [heading = [], first = [], second = []] = peopleGrid([khanh, thuy]);
      const group = (number: string, name: string, amount: number) => [
        number,
        name,
        ...Array.from({ length: 20 }, () => null),
        amount,
      ];
      const grid: Grid = [
        heading,
        group('I', 'Sở Quy hoạch và Kiến thiết', 1_250_000_000),
        first,
        group('II', 'Sở Tài sản công và Vật giá', 500_000_000),
        second,
      ];
      return xlsx([listPage(grid), periodPage(periodGrid([khanh, thuy]))]);
    },
    expected: clean(
      [khanh, thuy],
      [
        'Sheet «Danh sách»: dòng tên nhóm không phải là người (dòng 2 «I Sở Quy hoạch và Kiến thiết 1250000000», 4 «II Sở Tài sản công và Vật giá 500000000»).',
      ],
    ),
  },
  {
    name: 'a subtotal of a commune, by its name',
    bytes: () => {
      const [heading = [], first = []] = peopleGrid(one);
      const sum = ['Cộng xã Lam Thượng', ...Array.from({ length: 21 }, () => null), 1_250_000_000];
      return xlsx([listPage([heading, first, sum]), periodPage(periodGrid(one))]);
    },
    expected: clean(one, [
      'Sheet «Danh sách»: dòng cộng không phải là người (dòng 3 «Cộng xã Lam Thượng 1250000000»).',
    ]),
  },
  {
    name: 'notes and signatures under a table without a total',
    bytes: () => {
      const grid: Grid = [
        ...peopleGrid(one),
        [],
        ['Ghi chú: hệ số lương theo quyết định gần nhất'],
        [null, null, null, null, null, null, null, null, 'Vinh, ngày 15 tháng 7 năm 2025'],
        [null, 'NGƯỜI LẬP BIỂU', null, null, null, null, null, null, 'THỦ TRƯỞNG ĐƠN VỊ'],
      ];
      return xlsx([listPage(grid), periodPage(periodGrid(one))]);
    },
    expected: clean(one, [
      'Sheet «Danh sách»: ghi chú, chữ ký dưới bảng không phải là người (dòng 4 «Ghi chú: hệ số lương theo quyết định gần nhất», 5 «Vinh, ngày 15 tháng 7 năm 2025», 6 «NGƯỜI LẬP BIỂU THỦ TRƯỞNG ĐƠN VỊ»).',
    ]),
  },
  {
    name: 'the heading again on every printed page',
    bytes: () => {
      const [heading = [], first = [], second = [], third = []] = peopleGrid(three);
      return xlsx([listPage([heading, first, heading, second, [], heading, third]), periodPage(periodGrid(three))]);
    },
    expected: clean(three),
  },
  {
    name: 'a unit merged over the rows of its people',
    bytes: () =>
      xlsx([
        listPage(peopleGrid(three, [{}, { payingUnit: null }, { payingUnit: null }]), { merges: ['H2:H4'] }),
        periodPage(periodGrid(three)),
      ]),
    expected: read([truth(khanh)], { faults: ['missing H3', 'missing H4'] }),
  },
  {
    name: 'the columns in another order, blank columns between',
    bytes: () => {
      const spread = peopleGrid(three, [], usedKeys.toReversed()).map((row) => row.flatMap((value) => [value, null]));
      return xlsx([periodPage(periodGrid(three)), listPage(spread, { row: 3 })]);
    },
    expected: clean(three),
  },
];

function mergedBook(): readonly Page[] {
  const [heading = [], ...rows] = peopleGrid(three, [], usedKeys, kept);
  const groups: Readonly<Record<number, Value>> = {
    10: 'Quyết định nghỉ',
    11: null,
    14: 'Hệ số',
    15: null,
    16: '% phụ cấp',
    17: null,
    19: 'Tài khoản nhận tiền',
    20: null,
    21: null,
  };
  const under: Readonly<Record<number, Value>> = {
    10: 'Số quyết định',
    11: 'Ngày quyết định',
    14: 'Lương',
    15: 'Phụ cấp chức vụ',
    16: 'Công vụ',
    17: 'Ưu đãi nghề',
    19: 'Ngân hàng',
    20: 'Số tài khoản',
    21: 'Chủ tài khoản',
  };
  const upper = heading.map((value, at) => (at in groups ? (groups[at] ?? null) : value));
  const lower = heading.map((_, at) => under[at] ?? null);
  const numbers = heading.map((_, at) => at + 1);
  const down = heading.flatMap((_, at) => (at in under ? [] : [`${columnLetters(at + 1)}1:${columnLetters(at + 1)}2`]));
  return [
    listPage([upper, lower, numbers, ...rows], { merges: ['K1:L1', 'O1:P1', 'Q1:R1', 'T1:V1', ...down] }),
    periodPage(periodGrid(three)),
  ];
}

const texts: Entry[] = [
  {
    name: 'letters and marks apart (NFD), in headings and names of sheets too',
    bytes: () =>
      xlsx(
        respelt(book(three), (of) => of.normalize('NFD')).map((page) => ({
          ...page,
          name: page.name.normalize('NFD'),
        })),
      ),
    expected: clean(three),
  },
  {
    name: 'spaces that do not break, have no width, or stand at the ends',
    bytes: () => xlsx(respelt(book(three), (of) => `\u200B ${of.replaceAll(' ', '\u00A0\u00A0')}\u3000\uFEFF`)),
    expected: clean(three),
  },
  {
    name: 'the Ð of Iceland for Đ',
    bytes: () => {
      const pages = respelt(book(one), (of) => of.replaceAll('Đ', '\u00D0').replaceAll('đ', '\u00F0'));
      return csv(
        pages.map(({ grid }) => grid),
        { delimiter: ';', encoding: 'utf-8' },
      );
    },
    expected: clean(one),
  },
  {
    name: 'the Ɖ of Africa for Đ',
    bytes: () => xlsx(book(one, [{ fullName: '\u0189ặng Bá Khánh', holder: '\u0189ẶNG BÁ KHÁNH' }])),
    expected: read([truth(khanh, { account: { ...khanh.account, holder: 'ĐẶNG BÁ KHÁNH' } })]),
  },
  {
    name: 'names in capitals, with marks, without, and apart',
    bytes: () =>
      xlsx(
        book(three, [
          { fullName: 'ĐẶNG BÁ KHÁNH' },
          { fullName: 'VŨ THỊ HỒNG THỦY'.normalize('NFD'), holder: 'Vũ thị Hồng Thủy' },
          { fullName: '\u00D0INH ÐỨC NAM', holder: 'Đinh Đức Nam' },
        ]),
      ),
    expected: read([
      truth(khanh),
      truth(thuy, { account: { ...thuy.account, holder: 'Vũ thị Hồng Thủy' } }),
      truth(nam, { fullName: 'Đinh Đức Nam', account: { ...nam.account, holder: 'Đinh Đức Nam' } }),
    ]),
  },
  {
    name: 'hoà and hòa, thuỷ and thủy, in names and in words',
    bytes: () =>
      xlsx(
        book(three, [
          { fullName: 'Đặng Hoà Khánh', holder: 'Đặng Hòa Khánh', cause: 'sắp xếp tổ chức bộ máy' },
          { fullName: 'Vũ Thị Hồng Thuỷ', holder: 'VŨ THỊ HỒNG THỦY' },
          { fullName: 'Ngô Thuý Nam', holder: 'Ngô Thúy Nam' },
        ]),
      ),
    expected: read([
      truth(khanh, { fullName: 'Đặng Hoà Khánh', account: { ...khanh.account, holder: 'Đặng Hòa Khánh' } }),
      truth(thuy, { fullName: 'Vũ Thị Hồng Thuỷ', account: { ...thuy.account, holder: 'VŨ THỊ HỒNG THỦY' } }),
      truth(nam, { fullName: 'Ngô Thuý Nam', account: { ...nam.account, holder: 'Ngô Thúy Nam' } }),
    ]),
  },
  {
    name: 'TCVN3: every text in .VnTime, names in .VnTimeH',
    bytes: () =>
      xlsx(
        respelt(
          book(
            three,
            three.map(({ fullName }) => ({ fullName: `H${fullName}` })),
          ),
          inAbc,
        ),
      ),
    expected: clean(three),
  },
  {
    name: 'VNI: every text in VNI-Times, one name in capitals',
    bytes: () =>
      xlsx(respelt(book(three, [{ fullName: 'ĐẶNG BÁ KHÁNH' }]), (of) => ({ value: vni(of), font: 'VNI-Times' }))),
    expected: clean(three),
  },
  {
    name: 'a name in three fonts',
    bytes: () =>
      xlsx(
        book(one, [
          {
            fullName: {
              runs: [
                { text: tcvn('Đặng '), font: '.VnTime' },
                { text: vni('Bá '), font: 'VNI-Times' },
                { text: 'Khánh', font: 'Times New Roman' },
              ],
            },
          },
        ]),
      ),
    expected: clean(one),
  },
  {
    name: 'TCVN3 without its font: the letters tell nothing, so nothing is guessed',
    bytes: () => xlsx(book(one, [{ fullName: tcvn('Nguyễn Bá Khánh') }])),
    expected: read([], { faults: ['name-malformed B2'] }),
  },
];

/** `.VnTime`, and `.VnTimeH` for what begins with an H. */
function inAbc(of: string): Value {
  const name = /^H(\p{Lu}\p{L}+ .*)$/u.exec(of)?.[1];
  return name === undefined || name.startsWith('ọ')
    ? { value: tcvn(of), font: '.VnTime' }
    : { value: tcvn(name.toLocaleLowerCase('vi')), font: '.VnTimeH' };
}

const withTime = [...usedKeys, 'joinedOn', 'insuredTime'] as const;
const monthsOf = ({ periods }: SamplePerson) => {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return periods.reduce((total, { from, to }) => total + index(to) - index(from) + 1, 0);
};
const inYears = (months: number) => `${Math.floor(months / 12)} năm ${months % 12} tháng`;

const values: Entry[] = [
  {
    name: 'days as people write them',
    bytes: () =>
      xlsx(
        book(three, [
          { birth: '4-5-1968', leaveOn: '1/8/2025', decidedOn: { day: khanh.decidedOn } },
          { birth: 'ngày 1 tháng 3 năm 1970', leaveOn: '01.07.25', reorganisedOn: '1/3/25' },
          { birth: '27/9/69', leaveOn: { value: serial('2025-06-01') }, reorganisedOn: '2025-03-01' },
        ]),
      ),
    expected: read(truths(three), { warnings: ['day-as-number M4'] }),
  },
  {
    name: 'days that are none',
    bytes: () =>
      xlsx(
        book(three, [
          { leaveOn: '6-2025', birth: '4/5/20' },
          { leaveOn: '31/06/2025', decidedOn: '06/13/2025' },
          { leaveOn: 'tháng 6', reorganisedOn: 2025 },
        ]),
      ),
    expected: read([], {
      faults: [
        'two-digit-year E2',
        'month-for-day M2',
        'no-such-day L3',
        'no-such-day M3',
        'not-a-day M4',
        'not-a-day N4',
      ],
    }),
  },
  ...([xlsx, xls] as const).map(
    (writer): Entry => ({
      name: `a column in which Excel took the month for the day, in ${writer.name}`,
      bytes: () =>
        writer(
          book(three, [
            { reorganisedOn: { day: '2025-01-03' } },
            { reorganisedOn: '15/03/2025' },
            { reorganisedOn: { day: '2025-03-03' } },
          ]),
        ),
      expected: read(
        [
          truth(thuy, { leaving: { reorganisedOn: '2025-03-15' } }),
          truth(nam, { leaving: { reorganisedOn: '2025-03-03' } }),
        ],
        { faults: ['day-or-month-first N2'] },
      ),
    }),
  ),
  {
    name: 'days in formats of every kind',
    bytes: () => {
      const day = (of: string, format: string): Value => ({ value: serial(of), format });
      return xlsx(
        book(three, [
          { leaveOn: day(khanh.leaveOn, '[$-42A]dd mmmm yyyy;@'), birth: day(khanh.birth, 'mmm-yy') },
          { leaveOn: day(thuy.leaveOn, '"ngày "d" tháng "m" năm "yyyy'), birth: day(thuy.birth, 'yyyy\\-mm\\-dd') },
          { leaveOn: { value: serial(nam.leaveOn) + 0.5, format: 'd/m/yyyy h:mm' }, birth: day(nam.birth, 'm/d/yy') },
        ]),
      );
    },
    expected: clean(three),
  },
  ...([xlsx, xls] as const).map(
    (writer): Entry => ({
      name: `amounts in formats whose letters look like those of days, in ${writer.name}`,
      bytes: () =>
        writer(
          book(three, [
            { declaredTotal: { value: 1_250_000_000, format: '#,##0 "đồng/tháng, dmy"' } },
            { declaredTotal: { value: 1_250_000_001, format: '#,##0\\ [$VND];[Red]\\-#,##0\\ [$VND]' } },
            { declaredTotal: { value: 1_250_000_002, format: '_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-' } },
          ]),
        ),
      expected: read([
        truth(khanh, { declaredTotal: '1250000000' }),
        truth(thuy, { declaredTotal: '1250000001' }),
        truth(nam, { declaredTotal: '1250000002' }),
      ]),
    }),
  ),
  {
    name: 'amounts as people write them',
    bytes: () =>
      xlsx(
        book(chosen(11, 15, 1), [
          { contractPay: '15.356.250', declaredTotal: '1.015.356.250 đồng' },
          { contractPay: '15,356,250đ', declaredTotal: '1 015 356 250' },
          { contractPay: 15_356_250, declaredTotal: '1.015.356.250 ₫' },
        ]),
      ),
    expected: read(
      chosen(11, 15, 1).map((person) => truth(person, { declaredTotal: '1015356250', pay: { amount: '15356250' } })),
    ),
  },
  {
    name: 'amounts that are none',
    bytes: () =>
      xlsx(
        book(chosen(11, 15, 1), [
          { contractPay: '15.356', declaredTotal: 'một tỷ' },
          { contractPay: 15_356.25 },
          { contractPay: '15.356.250,00', declaredTotal: '1.015.35' },
        ]),
      ),
    expected: read([], {
      faults: ['number-out-of-range S2', 'not-money W2', 'not-money S3', 'not-money S4', 'not-money W4'],
    }),
  },
  {
    name: 'coefficients with a comma, with a point, and with the noise of binary fractions',
    bytes: () => xlsx(book(three, [{ grade: '4,65' }, { grade: '4.65' }, { grade: 4.6500000000000004 }])),
    expected: read(three.map((person) => truth(person, { pay: { grade: '4.65' } }))),
  },
  {
    name: 'coefficients that are none',
    bytes: () => xlsx(book(three, [{ grade: '465' }, { grade: 'bậc 9' }, { grade: { day: '1965-04-01' } }])),
    expected: read([], { faults: ['number-out-of-range O2', 'not-a-number O3', 'not-a-number O4'] }),
  },
  ...([xlsx, xls] as const).map(
    (writer): Entry => ({
      name: `citizen ids that lost a zero, in ${writer.name}`,
      bytes: () =>
        writer(book(three, [{ citizenId: 40_068_334_380 }, { citizenId: '40170373975' }, { citizenId: 186_123_456 }])),
      expected: read([truth(khanh)], {
        faults: ['citizen-id-leading-zero C3', 'citizen-id-malformed C4'],
        warnings: ['citizen-id-zero-restored C2'],
      }),
    }),
  ),
  {
    name: 'accounts kept as numbers, one with more digits than Excel keeps',
    bytes: () =>
      xlsx(
        book(three, [
          { accountNumber: Number(khanh.account.number) },
          { accountNumber: 1_010_016_686_631_234_560 },
          { accountNumber: '0360.0123-4226' },
        ]),
      ),
    expected: read([truth(khanh), truth(nam, { account: { ...nam.account, number: '036001234226' } })], {
      faults: ['account-digits-lost U3'],
      warnings: ['account-typed-as-number U2'],
    }),
  },
  {
    name: 'percentages in cells of percentages, as text, and as fractions',
    bytes: () =>
      xlsx(
        book(three, [
          { 'civil-service': { percent: 0.25 } },
          { 'civil-service': 0.25 },
          { 'civil-service': '25 %', 'professional-incentive': { percent: 1.5 } },
        ]),
      ),
    expected: read([truth(khanh)], { faults: ['percent-as-fraction Q3', 'percent-out-of-range R4'] }),
  },
  {
    name: 'lengths of service such as 33.6',
    bytes: () =>
      xlsx([
        listPage(
          peopleGrid(
            three,
            [{ insuredTime: '33.6' }, { insuredTime: 33.6 }, { insuredTime: inYears(monthsOf(nam)) }],
            withTime,
          ),
        ),
        periodPage(periodGrid(three)),
      ]),
    expected: read([truth(nam)], { faults: ['insured-time-malformed Y2', 'insured-time-malformed Y3'] }),
  },
  {
    name: 'lengths of service where months should stand',
    bytes: () =>
      xlsx([
        listPage(peopleGrid(one)),
        periodPage(periodGrid(one, [{ from: 33.6, to: '33 năm 6 tháng' }, { from: '33,6' }])),
      ]),
    expected: read([], { faults: ['duration-for-month B2', 'duration-for-month C2', 'duration-for-month B3'] }),
  },
  {
    name: 'no periods: the month of joining and the time that agrees with it, or does not',
    bytes: () =>
      xlsx([
        listPage(
          peopleGrid(
            three.map((person) => ({ ...person, leaveOn: '2025-08-01' })),
            [
              { joinedOn: '08/1995', insuredTime: '30 năm' },
              { joinedOn: '08/1995', insuredTime: '29 năm 11 tháng' },
              { joinedOn: '30.0', insuredTime: '360 tháng' },
            ],
            withTime,
          ),
        ),
      ]),
    expected: read(
      [
        {
          ...truth(khanh),
          facts: { ...truth(khanh).facts, service: [{ from: '1995-08', to: '2025-07', employer: 'state' }] },
        },
      ],
      {
        faults: ['insured-time-differs Y3', 'duration-for-month X4'],
        warnings: ['one-period-from-joining X2'],
      },
    ),
  },
  {
    name: 'formulas and errors',
    bytes: () =>
      xlsx(
        book(three, [
          {
            number: { formula: 'ROW()-1', result: 1 },
            leaveOn: { formula: 'DATE(2025,8,1)', result: { day: '2025-08-01' } },
            grade: { formula: '4+0.32', result: 4.32 },
          },
          { grade: { formula: '4.32/0', result: { error: '#DIV/0!' } }, bank: { error: '#REF!' } },
          { position: { error: '#N/A' }, sex: true },
        ]),
      ),
    expected: read([truth(khanh)], {
      faults: ['error-cell O3', 'error-cell T3', 'sex-unknown D4', 'error-cell P4'],
      warnings: ['formula M2', 'formula O2'],
    }),
  },
  {
    name: 'formulas that were never computed',
    bytes: () => xlsx(book(one, [{ grade: { formula: '4+0.32' }, fullName: { formula: 'PROPER("x")' } }])),
    expected: read([], { faults: ['formula-unsolved B2', 'formula-unsolved O2'] }),
  },
  {
    name: 'names with markup and with formulas',
    bytes: () =>
      xlsx(
        book(three, [
          { fullName: '<script>alert(1)</script>' },
          { fullName: '=HYPERLINK("http://example.vn";"Vũ Thị Hồng Thủy")', employer: '<b>Phòng</b> &amp; Sở' },
          { fullName: "+cmd|' /C calc'!A0" },
        ]),
      ),
    expected: read([], { faults: ['name-malformed B2', 'name-malformed B3', 'name-malformed B4'] }),
  },
  {
    name: 'markup and formulas where any text may stand',
    bytes: () =>
      csv(bothGrids(one, [{ employer: '=1+1 <img src=x onerror=alert(1)> &amp; {{7*7}}' }]), {
        delimiter: ';',
        encoding: 'utf-8',
      }),
    expected: read([truth(khanh, { employer: '=1+1 <img src=x onerror=alert(1)> &amp; {{7*7}}' })]),
  },
];

/** Parts of a whole list, for those who spoil them. */
const listParts = (people: readonly SamplePerson[] = one, changes: readonly Cells<PersonKey>[] = []) =>
  partsOf(book(people, changes, kept));

/** The same parts, some of them changed. */
function changed(parts: Record<string, string>, changes: Readonly<Record<string, (part: string) => string>>): Parts {
  const all: Record<string, string> = { ...parts };
  for (const [name, change] of Object.entries(changes)) all[name] = change(parts[name] ?? '');
  return all;
}

const firstSheet = 'xl/worksheets/sheet1.xml';
const secondSheet = 'xl/worksheets/sheet2.xml';

/** All of the sheets under shared texts, as Excel writes them. */
function withSharedTexts(parts: Record<string, string>, spell: (escapedText: string) => string = plainItem): Parts {
  const items: string[] = [];
  const shared = (sheet: string) =>
    sheet.replaceAll(/ t="inlineStr"><is><t xml:space="preserve">([^<]*)<\/t><\/is>/g, (_, of: string) => {
      items.push(spell(of));
      return ` t="s"><v>${items.length - 1}</v>`;
    });
  const sheets = { [firstSheet]: shared(parts[firstSheet] ?? ''), [secondSheet]: shared(parts[secondSheet] ?? '') };
  return {
    ...changed(parts, {
      '[Content_Types].xml': (part) =>
        part.replace(
          '</Types>',
          '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        ),
      'xl/_rels/workbook.xml.rels': (part) =>
        part.replace(
          '</Relationships>',
          `<Relationship Id="rIdTexts" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
        ),
    }),
    ...sheets,
    'xl/sharedStrings.xml': `${declaration}<sst xmlns="${main}" count="${items.length}" uniqueCount="${items.length}">${items.join('')}</sst>`,
  };
}

function plainItem(of: string): string {
  return `<si><t xml:space="preserve">${of}</t></si>`;
}

const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
const manyLaughs = `<!DOCTYPE worksheet [<!ENTITY l0 "ha">${laughs}]>`;
const withDoctype = (doctype: string) => (part: string) => part.replace(declaration, `${declaration}${doctype}`);
const inName = (reference: string) => (part: string) => part.replace('Đặng Bá Khánh', reference);

const hundreds = Array.from({ length: 177 }, (_, at) => at + 24);
const extraNames = hundreds
  .slice(0, 10)
  .map((column) => `${columnLetters(column)} «Cột ${column}»`)
  .join(', ');

const structures: Entry[] = [
  {
    name: 'written part by part, texts in place',
    bytes: () => zipped(listParts(three)),
    expected: clean(three),
  },
  {
    name: 'texts shared, with readings and runs inside of them',
    bytes: () =>
      zipped(
        withSharedTexts(listParts(three), (of) => {
          const [head = '', ...tail] = of;
          return `<si><r><t>${head}</t></r><r><rPr><b/><rFont val="Arial"/></rPr><t xml:space="preserve">${tail.join('')}</t></r><rPh sb="0" eb="1"><t>phiên âm</t></rPh></si>`;
        }),
      ),
    expected: clean(three),
  },
  {
    name: 'cells and rows that do not say where they stand',
    bytes: () => {
      const parts = partsOf([
        listPage(
          peopleGrid(
            one,
            [{}],
            [
              'number',
              ...usedKeys.filter(
                (key) =>
                  key !== 'number' &&
                  key !== 'contractSignedOn' &&
                  key !== 'professional-incentive' &&
                  key !== 'contractPay' &&
                  key !== 'declaredTotal',
              ),
            ],
          ),
        ),
        periodPage(periodGrid(one)),
      ]);
      const bare = (part: string) => part.replaceAll(/ r="[A-Z]*\d+"/g, '');
      return zipped(changed(parts, { [firstSheet]: bare, [secondSheet]: bare }));
    },
    expected: { refused: said.damaged },
  },
  {
    name: 'names of elements with a prefix, as the kits of .NET write them',
    bytes: () => zipped(prefixed(listParts(three))),
    expected: { refused: said.noWorkbook },
  },
  {
    name: 'parts laid out over many lines, attributes in single quotes, comments between',
    bytes: () => {
      const loose = (part: string) =>
        part
          .replaceAll(/<(c|row|sheet|Relationship|col) /g, '<$1\n    ')
          .replaceAll(/ (r|s|t|name|sheetId|state|hidden|Id|Target)="([^"]*)"/g, "\n    $1='$2'")
          .replaceAll('</row>', '</row><!-- <row r="9" hidden="1"><c r="A9"/></row> -->\n');
      const pages = [
        listPage(peopleGrid(three), { hiddenRows: [3] }),
        periodPage(periodGrid(three), { state: 'hidden' }),
      ];
      return zipped(
        changed(partsOf(pages), {
          'xl/workbook.xml': loose,
          'xl/_rels/workbook.xml.rels': loose,
          [firstSheet]: loose,
          [secondSheet]: loose,
        }),
      );
    },
    expected: clean(three, [
      'Sheet «Danh sách» có 1 dòng bị ẩn (từ dòng 3), vẫn được đọc.',
      'Sheet «Quá trình công tác» đang bị ẩn, vẫn được đọc.',
    ]),
  },
  {
    name: 'letters by their numbers, in texts and in names of sheets',
    bytes: () => {
      const numbered = (part: string) =>
        part.replaceAll(/[\u0080-\uFFFF]/g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`);
      const pages = [listPage(peopleGrid(three)), periodPage(periodGrid(three), { state: 'hidden' })];
      return zipped(
        changed(partsOf(pages), { 'xl/workbook.xml': numbered, [firstSheet]: numbered, [secondSheet]: numbered }),
      );
    },
    expected: clean(three, ['Sheet «Quá trình công tác» đang bị ẩn, vẫn được đọc.']),
  },
  {
    name: 'texts with the escapes of Excel',
    bytes: () =>
      zipped(
        changed(listParts(one), {
          [firstSheet]: (part) => part.replace(khanh.employer, khanh.employer.replace(' ', '_x000D_&#10;_x0009_')),
        }),
      ),
    expected: clean(one),
  },
  {
    name: 'a strict workbook, with days as ISO 8601 has them',
    bytes: () => {
      const strict = (part: string) =>
        part
          .replaceAll(main, 'http://purl.oclc.org/ooxml/spreadsheetml/main')
          .replaceAll(relationships, 'http://purl.oclc.org/ooxml/officeDocument/relationships');
      const days = (part: string) =>
        strict(part).replaceAll(/ s="1"><v>(\d+)<\/v>/g, (_, of: string) => {
          const day = new Date((Number(of) - 25_569) * 86_400_000).toISOString().slice(0, 10);
          return ` s="1" t="d"><v>${day}</v>`;
        });
      return zipped(
        changed(listParts(three), {
          '_rels/.rels': strict,
          'xl/workbook.xml': strict,
          'xl/_rels/workbook.xml.rels': strict,
          'xl/styles.xml': strict,
          [firstSheet]: days,
          [secondSheet]: strict,
        }),
      );
    },
    expected: { refused: said.strict },
  },
  {
    name: 'sheets in another order than their parts, under other names',
    bytes: () => {
      const parts = partsOf([
        periodPage(periodGrid([khanh, thuy])),
        listPage(peopleGrid([thuy], [{ birth: '?' }]), { name: 'Khối xã', state: 'hidden' }),
        listPage(peopleGrid([khanh], [{ sex: 'M' }]), { name: 'Khối tỉnh' }),
      ]);
      return zipped(
        changed(parts, {
          'xl/workbook.xml': (part) =>
            part.replace(/<sheets>.*<\/sheets>/, (sheets) => {
              const [first = '', second = '', third = ''] = sheets.match(/<sheet [^>]*>/g) ?? [];
              return `<sheets>${third}${second}${first}</sheets>`;
            }),
        }),
      );
    },
    expected: read([], {
      faults: ['sex-unknown D2', 'not-a-day E2'],
      notices: ['Sheet «Khối xã» đang bị ẩn, vẫn được đọc.'],
    }),
  },
  {
    name: 'parts of sheets by absolute addresses',
    bytes: () =>
      zipped(
        changed(partsOf([listPage(peopleGrid(three)), periodPage(periodGrid(three), { state: 'hidden' })]), {
          'xl/_rels/workbook.xml.rels': (part) => part.replaceAll('Target="', 'Target="/xl/'),
        }),
      ),
    expected: clean(three, ['Sheet «Quá trình công tác» đang bị ẩn, vẫn được đọc.']),
  },
  {
    name: 'parts of sheets with names of their own',
    bytes: () => {
      const parts = partsOf([listPage(peopleGrid(three)), periodPage(periodGrid(three), { state: 'hidden' })]);
      const moved = Object.entries(parts).map(([name, part]): [string, string] => [
        renamedPart(name),
        name.startsWith('xl/worksheets/') ? part : renamedPart(part),
      ]);
      return zipped(Object.fromEntries(moved));
    },
    expected: clean(three, ['Sheet «Quá trình công tác» đang bị ẩn, vẫn được đọc.']),
  },
  {
    name: 'a part of a sheet that the workbook does not name',
    bytes: () =>
      zipped({ ...listParts(three), 'xl/worksheets/sheet9.xml': listParts(chosen(1, 2, 3))[firstSheet] ?? '' }),
    expected: clean(three),
  },
  {
    name: 'sheets before their shared texts, types last',
    bytes: () => zipped(Object.fromEntries(Object.entries(withSharedTexts(listParts(three))).toReversed())),
    expected: clean(three),
  },
  {
    name: 'sizes that follow the content, as streaming writers put them',
    bytes: () => archive(membersOf(listParts(three), { hasDescriptor: true })),
    expected: clean(three),
  },
  {
    name: 'parts that are not packed',
    bytes: () => archive(membersOf(listParts(three), { isStored: true })),
    expected: clean(three),
  },
  {
    name: 'sizes in the fields for archives over 4 GB',
    bytes: () => archive(membersOf(listParts(three), { isWide: true })),
    expected: { refused: said.noWorkbook },
  },
  {
    name: 'a macro',
    bytes: () =>
      zipped({
        ...changed(listParts(three), {
          '[Content_Types].xml': (part) =>
            part
              .replace('spreadsheetml.sheet.main+xml', 'spreadsheetml.sheet.main+xml')
              .replace(
                '</Types>',
                '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
              )
              .replace(
                'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
                'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
              ),
          'xl/_rels/workbook.xml.rels': (part) =>
            part.replace(
              '</Relationships>',
              '<Relationship Id="rIdMacro" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>',
            ),
        }),
        'xl/vbaProject.bin': strToU8('Sub Auto_Open()\nShell "calc"\nEnd Sub\n'),
      }),
    expected: clean(three),
  },
  {
    name: 'links to other workbooks: the last value, marked',
    bytes: () =>
      zipped({
        ...changed(listParts(one, [{ grade: { formula: '[1]Luong!$B$2', result: 4.32 } }]), {
          'xl/workbook.xml': (part) =>
            part.replace(
              '</sheets>',
              '</sheets><externalReferences><externalReference r:id="rIdLink"/></externalReferences>',
            ),
          'xl/_rels/workbook.xml.rels': (part) =>
            part.replace(
              '</Relationships>',
              `<Relationship Id="rIdLink" Type="${relationships}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>`,
            ),
        }),
        'xl/externalLinks/externalLink1.xml': `${declaration}<externalLink xmlns="${main}"><externalBook xmlns:r="${relationships}" r:id="rId1"/></externalLink>`,
        'xl/externalLinks/_rels/externalLink1.xml.rels': relationsXml(
          `<Relationship Id="rId1" Type="${relationships}/externalLinkPath" Target="http://198.51.100.7/luong.xlsx" TargetMode="External"/>`,
        ),
      }),
    expected: read(truths(one), { warnings: ['formula O2'] }),
  },
  {
    name: '200 columns',
    bytes: () => {
      const grid = peopleGrid(three).map((row, at) => [
        ...row,
        ...hundreds.map((column) => (at === 0 ? `Cột ${column}` : `${column}`)),
      ]);
      return xlsx([listPage(grid), periodPage(periodGrid(three))]);
    },
    expected: clean(three, [`Sheet «Danh sách»: không dùng đến cột ${extraNames} và 167 cột khác.`]),
  },
  {
    name: '200 columns, those of the account the last',
    bytes: () => {
      const grid = peopleGrid(three).map((row) => [
        ...row.slice(0, 19),
        ...Array.from({ length: 178 }, () => null),
        ...row.slice(19, 22),
      ]);
      return xlsx([listPage(grid), periodPage(periodGrid(three))]);
    },
    expected: clean(three),
  },
];

function renamedPart(of: string): string {
  return of
    .replaceAll('worksheets/sheet1.xml', 'worksheets/nguoi.xml')
    .replaceAll('worksheets/sheet2.xml', 'worksheets/giai-doan.xml');
}

function prefixed(parts: Record<string, string>): Parts {
  const of = (part: string) =>
    part.replaceAll(/<(\/?)([a-zA-Z])/g, '<$1x:$2').replace(`xmlns="${main}"`, `xmlns:x="${main}"`);
  return changed(parts, { 'xl/workbook.xml': of, 'xl/styles.xml': of, [firstSheet]: of, [secondSheet]: of });
}

const million = 1_000_000;
const blankRows = (row: (number: number) => string) => Array.from({ length: million }, (_, at) => row(at + 1)).join('');
const onlyRows = (rows: string) =>
  `${declaration}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`;

const attacks: Entry[] = [
  {
    name: 'a bomb that says how large it is',
    bytes: () => zipped({ ...listParts(), [firstSheet]: onlyRows(' '.repeat(64 * 1024 * 1024)) }),
    expected: { refused: said.bomb },
  },
  {
    name: 'a bomb that says it is small',
    bytes: () =>
      archive(
        membersOf(listParts()).map((member) =>
          member.name === firstSheet ? { ...member, content: Buffer.alloc(64 * 1024 * 1024, ' '), says: 4096 } : member,
        ),
      ),
    expected: { refused: said.bomb },
  },
  {
    name: 'a bomb that is a picture, never unpacked, in a file that is refused for it',
    bytes: () =>
      archive([...membersOf(listParts()), { name: 'xl/media/image1.png', content: Buffer.alloc(64 * 1024 * 1024) }]),
    expected: { refused: said.bomb },
  },
  {
    name: 'entities that multiply, in a sheet',
    bytes: () =>
      zipped(changed(listParts(), { [firstSheet]: (part) => inName('&l9;')(withDoctype(manyLaughs)(part)) })),
    expected: { refused: said.damaged },
  },
  {
    name: 'entities that multiply, in the shared texts',
    bytes: () => {
      const parts = withSharedTexts(listParts());
      const all = String(parts['xl/sharedStrings.xml']);
      return zipped({ ...parts, 'xl/sharedStrings.xml': inName('&l9;')(withDoctype(manyLaughs)(all)) });
    },
    expected: { refused: said.damaged },
  },
  {
    name: 'an entity that names a file',
    bytes: () =>
      zipped(
        changed(listParts(), {
          [firstSheet]: (part) =>
            inName('&secret;')(
              withDoctype('<!DOCTYPE worksheet [<!ENTITY secret SYSTEM "file:///etc/passwd">]>')(part),
            ),
        }),
      ),
    expected: { refused: said.damaged },
  },
  {
    name: 'a million blank rows under the list',
    bytes: () =>
      zipped(
        changed(listParts(), {
          [firstSheet]: (part) =>
            part.replace(
              '</sheetData>',
              `${blankRows((row) => `<row r="${row + 2}" spans="1:22" s="1" customFormat="1"/>`)}</sheetData>`,
            ),
        }),
      ),
    expected: { refused: said.tooLong },
  },
  {
    name: 'a million blank rows with a prefix',
    bytes: () =>
      zipped({
        ...listParts(),
        [firstSheet]: onlyRows(blankRows((row) => `<x:row r="${row}"/>`))
          .replaceAll(/<(\/?)(worksheet|sheetData)/g, '<$1x:$2')
          .replace('xmlns=', 'xmlns:x='),
      }),
    expected: { refused: said.noWorkbook },
  },
  {
    name: 'a million blank rows, each with a line break after its name',
    bytes: () => zipped({ ...listParts(), [firstSheet]: onlyRows(blankRows((row) => `<row\nr="${row}"/>`)) }),
    expected: { refused: said.tooLong },
  },
  {
    name: 'a million blank rows in a .csv',
    bytes: () =>
      strToU8(
        `${Buffer.from(csv(bothGrids(one), { delimiter: ';', encoding: 'utf-8' })).toString()}${';;;;;;\r\n'.repeat(million)}`,
      ),
    expected: { refused: said.tooLong },
  },
  {
    name: 'a blank row at the very end of the sheet',
    bytes: () =>
      zipped(
        changed(listParts(three), {
          [firstSheet]: (part) =>
            part.replace('</sheetData>', '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'),
        }),
      ),
    expected: clean(three),
  },
  {
    name: 'a hidden column that reaches to the ten-millionth',
    bytes: () =>
      zipped(
        changed(listParts(three), {
          [firstSheet]: (part) =>
            part.replace('<sheetData>', '<cols><col min="24" max="10000000" hidden="1"/></cols><sheetData>'),
        }),
      ),
    expected: { refused: said.noWorkbook },
  },
  {
    name: '.xlsx cut short',
    bytes: () => {
      const whole = zipped(listParts(three));
      return whole.subarray(0, whole.length - 200);
    },
    expected: { refused: said.noWorkbook },
  },
  {
    name: '.xls cut short',
    bytes: () => xls(book(three)).subarray(0, 5000),
    expected: { refused: said.damagedOld },
  },
  {
    name: '.xlsx with a part that is not XML',
    bytes: () => zipped({ ...listParts(three), [firstSheet]: '<worksheet><sheetData><row r="1"><c r="A1"' }),
    expected: { refused: said.damaged },
  },
  {
    name: 'a shared text that there is none of',
    bytes: () => {
      const parts = withSharedTexts(listParts());
      const spoilt = String(parts[firstSheet]).replace(/<v>(2[3-9])<\/v>/, '<v>99999</v>');
      return zipped({ ...parts, [firstSheet]: spoilt });
    },
    expected: { refused: said.noWorkbook },
  },
  {
    name: 'an archive with a password',
    bytes: () => archive(membersOf(listParts(), { isSealed: true })),
    expected: { refused: said.noWorkbook },
  },
  {
    name: 'a part that stands twice in the archive',
    bytes: () => archive([...membersOf(listParts()), ...membersOf(listParts()).slice(-1)]),
    expected: { refused: said.noWorkbook },
  },
  {
    name: '.xlsx that counts days from 1904',
    bytes: () =>
      zipped(
        changed(listParts(), {
          'xl/workbook.xml': (part) => part.replace('<sheets>', '<workbookPr date1904="1"/><sheets>'),
        }),
      ),
    expected: { refused: said.since1904 },
  },
  {
    name: 'a document of a word processor',
    bytes: () => zipped({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' }),
    expected: { refused: said.noWorkbook },
  },
  {
    name: 'an OpenDocument sheet',
    bytes: () =>
      zipped({
        mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
        'content.xml': '<office:document-content/>',
      }),
    expected: { refused: said.noWorkbook },
  },
  {
    name: 'a web page that is called .xls',
    bytes: () =>
      strToU8(
        `<html><body><table>${peopleGrid(three)
          .map((row) => `<tr>${row.map((of) => `<td>${typeof of === 'string' ? of : ''}</td>`).join('')}</tr>`)
          .join('\n')}</table></body></html>`,
      ),
    expected: { refused: said.noTable },
  },
  {
    name: 'a picture',
    bytes: () => Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'),
    expected: { refused: said.noTable },
  },
  {
    name: 'a .pdf',
    bytes: () =>
      Buffer.concat([
        strToU8('%PDF-1.7\n%'),
        Buffer.from('e2e3cfd30a', 'hex'),
        strToU8('1 0 obj\n<</Type/Catalog,;,;,;>>\nendobj\n'),
      ]),
    expected: { refused: said.noTable },
  },
  {
    name: 'nothing at all',
    bytes: () => new Uint8Array(),
    expected: { refused: said.noTable },
  },
  {
    name: 'a list of something else',
    bytes: () =>
      csv(
        [
          [
            ['Tên hàng', 'Số lượng', 'Đơn giá'],
            ['Bút', 12, 5000],
          ],
        ],
        { delimiter: ';', encoding: 'utf-8' },
      ),
    expected: { refused: noList },
  },
];

// Files that a real LibreOffice saved

interface OfficeBook {
  readonly name: string;
  readonly pages: readonly Page[];
  readonly kinds: readonly string[];
  readonly expected: Expected;
  /** Where the .xls cannot tell what the others do. */
  readonly inOldFile?: Expected;
}

/** The sources of the files in `office`, and what is expected of each of them. */
export const officeBooks: readonly OfficeBook[] = [
  {
    name: 'danh-sach',
    pages: [
      listPage(
        [['DANH SÁCH NGƯỜI NGHỈ'], ['Kèm theo Tờ trình số 12/TTr-SQH'], [], ...peopleGrid(three, [], usedKeys, kept)],
        {
          column: 2,
        },
      ),
      periodPage(periodGrid(three)),
    ],
    kinds: ['xlsx', 'xls'],
    expected: clean(three),
  },
  {
    name: 'mot-trang',
    pages: [
      listPage([
        ...peopleGrid(three, [{ employer: 'Phòng "Một cửa"; Sở Vật giá, cơ sở 2' }], usedKeys, kept),
        [],
        ...periodGrid(three),
      ]),
    ],
    kinds: ['xlsx', 'semicolon.csv', 'comma.csv', 'tab.csv'],
    expected: read([truth(khanh, { employer: 'Phòng "Một cửa"; Sở Vật giá, cơ sở 2' }), truth(thuy), truth(nam)]),
  },
  {
    name: 'phong-chu',
    pages: respelt(
      book(three, [
        { fullName: `H${khanh.fullName}` },
        { fullName: 'VŨ THỊ HỒNG THỦY' },
        {
          fullName: {
            runs: [
              { text: tcvn('Ngô '), font: '.VnTime' },
              { text: vni('Bá '), font: 'VNI-Times' },
              { text: 'Nam', font: 'Times New Roman' },
            ],
          },
        },
      ]),
      (of) => (of.startsWith('VŨ') ? { value: vni(of), font: 'VNI-Times' } : inAbc(of)),
    ),
    kinds: ['xlsx', 'xls'],
    expected: clean(three),
    // Of an .xls one font a cell is known: a name in three alphabets is refused, never taken as it is not.
    inOldFile: read([truth(khanh), truth(thuy)], { faults: ['holder-differs V4'] }),
  },
  {
    name: 'an',
    pages: [
      listPage(peopleGrid(three), { hiddenRows: [3, 4], hiddenColumns: someHidden }),
      periodPage(periodGrid(three), { state: 'hidden' }),
    ],
    kinds: ['xlsx', 'xls'],
    expected: clean(three, hiddenThere),
  },
  {
    name: 'cong-thuc',
    pages: book(three, [
      {
        number: { formula: 'ROW()-1' },
        leaveOn: { formula: 'DATE(2025;8;1)', result: { day: '2025-08-01' } },
        grade: { formula: '4+0.32' },
      },
      { grade: { formula: '4.32/0' }, bank: { formula: 'NA()' } },
      { position: { error: '#REF!' }, citizenId: { formula: '"0400693"&"02704"' } },
    ]),
    kinds: ['xlsx', 'xls'],
    expected: read([truth(khanh)], {
      faults: ['error-cell O3', 'error-cell T3', 'error-cell P4'],
      warnings: ['formula M2', 'formula O2', 'formula C4'],
    }),
  },
  {
    name: 'gop-o',
    pages: mergedBook(),
    kinds: ['xlsx', 'xls'],
    expected: clean(three),
  },
];

const officeFile = (name: string) => readFileSync(join(import.meta.dirname, 'office', name));

const office: Entry[] = [
  ...officeBooks.flatMap(({ name, kinds, expected, inOldFile }) =>
    kinds.map(
      (kind): Entry => ({
        name: `LibreOffice: ${name}.${kind}`,
        bytes: () => officeFile(`${name}.${kind}`),
        expected: kind === 'xls' ? (inOldFile ?? expected) : expected,
      }),
    ),
  ),
  ...['xlsx', 'xls'].map(
    (kind): Entry => ({
      name: `LibreOffice: a password in .${kind}`,
      bytes: () => officeFile(`mat-khau.${kind}`),
      expected: { refused: said.locked },
    }),
  ),
];

/** A whole list of these people, with days and numbers as Excel keeps them. */
export const xlsOf = (people: readonly SamplePerson[]) => xls(book(people, [], kept));
export const csvOf = (people: readonly SamplePerson[], typed: Typed) => csv(bothGrids(people), typed);

export const corpus: readonly Entry[] = [
  ...files,
  ...layouts,
  ...texts,
  ...values,
  ...structures,
  ...attacks,
  ...office,
];
