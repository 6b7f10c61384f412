/** The workbook a unit fills in: people, periods, and a sheet that explains each column in a line. */
import type { PaperSheet } from '../../shared/case/paper-sheet.ts';
import type { Unit } from '../../shared/case/unit.ts';
import {
  type ListColumn,
  type PeriodKey,
  periodColumns,
  peopleSheet,
  periodsSheet,
  type PersonKey,
  personColumns,
} from '../../shared/intake/list-columns.ts';
import { writeSheets } from './sheet-writer.ts';

/** A filled row, as typed: a date is `YYYY-MM-DD`, an amount is in đồng. */
export type PersonRow = Readonly<Partial<Record<PersonKey, string | bigint>>>;
export type PeriodRow = Readonly<Partial<Record<PeriodKey, string>>>;

const peopleTitle = [
  'DANH SÁCH NGƯỜI NGHỈ ĐỀ NGHỊ GIẢI QUYẾT CHẾ ĐỘ',
  'Mỗi người một dòng. Cách ghi từng cột: xem sheet Hướng dẫn.',
];
const periodsTitle = ['QUÁ TRÌNH CÔNG TÁC', 'Mỗi khoảng thời gian một dòng, theo STT của người ở sheet Danh sách.'];
/** The row of the first person and of the first period. */
export const firstRow = peopleTitle.length + 2;

/** The empty template, with the codes of these units. */
export function listTemplate(units: readonly Unit[]): Promise<Uint8Array> {
  return filledTemplate(units, [], []);
}

/** The template with these rows in it. */
export function filledTemplate(
  units: readonly Unit[],
  people: readonly PersonRow[],
  periods: readonly PeriodRow[],
): Promise<Uint8Array> {
  return writeSheets([
    { ...table(personColumns, people), name: peopleSheet, title: peopleTitle, landscape: true },
    { ...table(periodColumns, periods), name: periodsSheet, title: periodsTitle },
    guide(units),
  ]);
}

function table<Key extends string>(
  columns: readonly ListColumn<Key>[],
  rows: readonly Readonly<Partial<Record<Key, string | bigint>>>[],
): Pick<PaperSheet, 'columns' | 'rows'> {
  return {
    columns: columns.map(({ heading, width, kind }) => ({ heading, width, kind })),
    rows: rows.map((row) => columns.map(({ key }) => row[key] ?? null)),
  };
}

function guide(units: readonly Unit[]): PaperSheet {
  const lines = (sheet: string, columns: readonly ListColumn<string>[]) =>
    columns.map(({ heading, help, isNeeded }) => [sheet, heading, isNeeded ? '' : 'có thể bỏ cột', help.vi, help.en]);
  return {
    name: 'Hướng dẫn',
    title: ['HƯỚNG DẪN GHI DANH SÁCH'],
    columns: [
      { heading: 'Sheet', width: 18, kind: 'text' },
      { heading: 'Cột', width: 26, kind: 'text' },
      { heading: 'Bắt buộc', width: 14, kind: 'text' },
      { heading: 'Cách ghi', width: 64, kind: 'text' },
      { heading: 'How to write it', width: 54, kind: 'text' },
    ],
    rows: [
      ...lines(peopleSheet, personColumns),
      ...lines(periodsSheet, periodColumns),
      ...units.map(({ code, name }) => ['Mã đơn vị chi trả', code, '', name, '']),
    ],
    landscape: true,
  };
}
