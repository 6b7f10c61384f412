/** The registers as a workbook: what is registered, and the communes that are not yet, ready to be filled in. */
import { type Commune, communeIn, communes } from '../case/communes.ts';
import type { PaperSheet } from '../case/paper-sheet.ts';
import type { Reorganisation } from '../case/reorganisation.ts';
import type { Unit } from '../case/unit.ts';
import { type ListColumn, yesNoWords } from './list-columns.ts';
import {
  blockWords,
  documentColumns,
  documentsSheet,
  levelWords,
  sourceWords,
  type UnitColumn,
  unitColumns,
  unitKindWords,
  unitsSheet,
} from './register-columns.ts';

const yesNo = (is: boolean | undefined) => (is === undefined ? '' : yesNoWords[is ? 'yes' : 'no'][0]);

/** Takes the registers; the sheets are read again by `readRegister`. */
export function registerSheets(units: readonly Unit[], documents: readonly Reorganisation[]): readonly PaperSheet[] {
  const missing = communesWithout(units);
  return [
    {
      ...sheet(unitsSheet, unitColumns, 'SỔ ĐĂNG KÝ ĐƠN VỊ'),
      rows: [...units.map(rowOf), ...missing.map(({ name }) => communeRow(name))],
    },
    {
      ...sheet(documentsSheet, documentColumns, 'VĂN BẢN SẮP XẾP TỔ CHỨC'),
      rows: documents.map(({ number, on, effectiveOn, title, bodies }) => [
        number,
        on,
        effectiveOn,
        title,
        bodies.join('; '),
      ]),
    },
    {
      name: 'Hướng dẫn',
      title: ['CÁCH GHI SỔ ĐĂNG KÝ'],
      columns: [
        { heading: 'Sheet', width: 18, kind: 'text' },
        { heading: 'Cột', width: 26, kind: 'text' },
        { heading: 'Cách ghi', width: 70, kind: 'text' },
      ],
      rows: [
        ...unitColumns.map(({ heading, help }) => [unitsSheet, heading, help.vi]),
        ...documentColumns.map(({ heading, help }) => [documentsSheet, heading, help.vi]),
      ],
    },
  ];
}

/** Communes whose People's Committee has no code yet. */
export function communesWithout(units: readonly Unit[]): readonly Commune[] {
  const own = units.filter(({ kind }) => kind === 'commune');
  const registered = new Set(own.map(({ name }) => communeIn(name)?.name));
  return communes.filter(({ name }) => !registered.has(name));
}

function sheet(
  name: string,
  columns: readonly ListColumn<string>[],
  title: string,
): Omit<PaperSheet, 'rows'> & { readonly landscape: true } {
  return {
    name,
    title: [title],
    columns: columns.map(({ heading, width, kind }) => ({ heading, width, kind })),
    landscape: true,
  };
}

function rowOf(unit: Unit): readonly string[] {
  const written: Record<UnitColumn, string> = {
    code: unit.code,
    name: unit.name,
    kind: unit.kind === undefined ? '' : (unitKindWords[unit.kind][0] ?? ''),
    block: blockWords[unit.block][0] ?? '',
    level: levelWords[unit.level][0] ?? '',
    source: sourceWords[unit.source][0] ?? '',
    chapter: unit.chapter,
    treasuryAccount: unit.treasuryAccount,
    hasChiefAccountant: yesNo(unit.hasChiefAccountant),
    hasSpecimens: yesNo(unit.hasSpecimens),
    autonomy: unit.autonomy ?? '',
    paidBy: unit.paidBy ?? '',
    successorOf: (unit.successorOf ?? []).join('; '),
  };
  return unitColumns.map(({ key }) => written[key]);
}

/** What is known of a commune before its code is. */
function communeRow(name: string): readonly string[] {
  const written: Partial<Record<UnitColumn, string>> = {
    name: `UBND ${name.charAt(0).toLocaleLowerCase('vi')}${name.slice(1)}`,
    kind: unitKindWords.commune[0] ?? '',
    block: blockWords.government[0] ?? '',
    level: levelWords.commune[0] ?? '',
    source: sourceWords['wage-reform'][0] ?? '',
    chapter: '805',
  };
  return unitColumns.map(({ key }) => written[key] ?? '');
}
