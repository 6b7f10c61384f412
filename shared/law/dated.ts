/** Values of the law: each holds from a day, cites the text that set it, and says how sure we are of it. */
import type { LocalDate } from '../calendar.ts';

export interface LegalText {
  readonly vi: string;
  readonly en: string;
  readonly inForce: LocalDate;
}

export interface Citation {
  /** `Nghị định 178/2024/NĐ-CP, Điều 9 khoản 1 điểm a` */
  readonly vi: string;
  /** `Decree 178/2024/NĐ-CP, article 9(1)(a)` */
  readonly en: string;
}

/**
 * How sure: `C-n` confirmed by n separate sources; `H` one clear restatement and no contradiction; `M` seen in part, or
 * from memory; `L` our assumption; `X` the text is open; `R` our own reading that agrees with the published examples.
 */
export type Certainty = `C-${number}` | 'H' | 'M' | 'L' | 'X' | 'R';

export interface Dated<T> {
  readonly from: LocalDate;
  readonly value: T;
  readonly by: Citation;
  readonly sure: Certainty;
  /** The number of the unsettled reading it rests on, if it does. */
  readonly open?: string;
}

/** Cites a provision such as `9(1)(a)`; `amendedBy` names the text that gave it its present wording. */
export function cite(text: LegalText, provision: string, amendedBy?: LegalText): Citation {
  const amendedVi = amendedBy === undefined ? '' : ` (được sửa đổi, bổ sung bởi ${amendedBy.vi})`;
  const amendedEn = amendedBy === undefined ? '' : ` (as amended by ${amendedBy.en})`;
  const parts = provision.split('(').map((part) => part.replace(')', ''));
  const [article, paragraph, point] = parts;
  const vi = [`Điều ${article}`, paragraph && `khoản ${paragraph}`, point && `điểm ${point}`].filter(Boolean).join(' ');
  return { vi: `${text.vi}, ${vi}${amendedVi}`, en: `${text.en}, article ${provision}${amendedEn}` };
}

/** Cites an annex, an item or a whole text, in words. */
export function citeWhole(text: LegalText, vi = '', en = ''): Citation {
  return { vi: vi === '' ? text.vi : `${text.vi}, ${vi}`, en: en === '' ? text.en : `${text.en}, ${en}` };
}

/** The row in force on the day the right arises (usually the leave date, never today). Throws when none covers it. */
export function inForceOn<T>(stated: readonly Dated<T>[], on: LocalDate): Dated<T> {
  const rows = changed.size === 0 ? stated : rowsNow(stated);
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const candidate = rows[index];
    if (candidate !== undefined && candidate.from <= on) return candidate;
  }
  throw new RangeError(`no value of the law covers ${on}`);
}

/** Tables that read otherwise while a what-if runs; empty at any other time. */
const changed = new Map<unknown, unknown>();

function rowsNow<T>(stated: readonly Dated<T>[]): readonly Dated<T>[] {
  // A table is only ever replaced by one of the same values: see `changedTable` in `parameters.ts`.
  return (changed.get(stated) as readonly Dated<T>[] | undefined) ?? stated;
}

/** Runs with other rows in place of some tables, and puts the law back whatever happens. `run` must not wait. */
export function underChangedLaw<R>(tables: ReadonlyMap<unknown, unknown>, run: () => R): R {
  if (changed.size > 0) throw new Error('the law is changed already');
  for (const [table, rows] of tables) changed.set(table, rows);
  try {
    return run();
  } finally {
    changed.clear();
  }
}

/** The day itself, or the first day of the rows: a text that serves those who left before it is read as it began. */
export function laterOf<T>(day: LocalDate, rows: readonly Dated<T>[]): LocalDate {
  const first = rows[0]?.from ?? day;
  return day < first ? first : day;
}
