/**
 * A file that leaves with an inspector: by whom, under which mandate, of what, as of when, and what proves it whole: rows, sum,
 * a check value over both, and the hash of the file. Each is an entry, so that what left can be named years later.
 */
import * as z from 'zod';
import { formatDay, formatInstant } from '../calendar.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import type { PaperCell, PaperColumn, PaperSheet } from '../case/paper-sheet.ts';
import type { Ports } from '../case/ports.ts';
import { allRows, type Store } from '../case/store.ts';
import { type Dong, formatDong, sum } from '../dong.ts';
import { sha256 } from '../hash.ts';
import type { Mandate } from './mandate.ts';

export const exportFormats = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A column with what it holds, for the sheet that explains the columns. */
export interface ExportColumn extends PaperColumn {
  readonly about: string;
}

/** A table that is to leave; `key` names each row in the check value. */
export interface ExportTable {
  readonly title: string;
  /** The filter, in words: of whom and which. */
  readonly scope: readonly string[];
  readonly columns: readonly ExportColumn[];
  readonly rows: readonly { readonly key: string; readonly amount: Dong; readonly cells: readonly PaperCell[] }[];
}

export interface ExportControl {
  readonly count: number;
  readonly total: Dong;
  /** SHA-256 over `key|sum` of each row in the order of the lines, hexadecimal. */
  readonly check: string;
}

export function exportControl({ rows }: Pick<ExportTable, 'rows'>): ExportControl {
  const lines = rows.map(({ key, amount }) => `${key}|${amount}\n`);
  return {
    count: rows.length,
    total: sum(rows.map(({ amount }) => amount)),
    check: sha256(lines.toSorted().join('')),
  };
}

export interface ExportedBy {
  readonly name: string;
  readonly mandate: Pick<Mandate, 'number' | 'on' | 'scope'> | undefined;
  readonly at: string;
}

/** Who, by what right, of what, as of when, and the control totals; the first line is the title. */
export function scopeLines(table: ExportTable, { name, mandate, at }: ExportedBy): readonly string[] {
  const { count, total, check } = exportControl(table);
  return [
    table.title,
    `Người xuất: ${name}`,
    ...(mandate === undefined
      ? []
      : [
          `Quyết định: số ${mandate.number} ngày ${formatDay(mandate.on)}`,
          `Phạm vi nêu trong quyết định: ${mandate.scope}`,
        ]),
    ...table.scope,
    `Số liệu tính đến: ${formatInstant(at)}`,
    `Số dòng: ${count}`,
    `Tổng số tiền: ${formatDong(total)} đồng`,
    `Mã kiểm tra (SHA-256 của các dòng “khóa|số tiền” theo thứ tự chữ cái): ${check}`,
  ];
}

/** Scope first, then the data with a row of sums, then what each column holds. */
export function exportSheets(table: ExportTable, by: ExportedBy): readonly PaperSheet[] {
  const scope = scopeLines(table, by);
  const text = (heading: string, width: number): PaperColumn => ({ heading, width, kind: 'text' });
  return [
    { name: 'Phạm vi', columns: [text('Phạm vi và số kiểm tra', 110)], rows: scope.map((line) => [line]) },
    { name: 'Dữ liệu', columns: table.columns, rows: table.rows.map(({ cells }) => cells), landscape: true },
    {
      name: 'Cột',
      columns: [text('Cột', 30), text('Nội dung', 90)],
      rows: table.columns.map(({ heading, about }) => [heading, about]),
    },
  ];
}

const exported = z.object({
  what: z.string(),
  mandate: z.string().exactOptional(),
  scope: z.array(z.string()),
  format: z.enum(exportFormats),
  count: z.number().int(),
  total: z.string(),
  check: z.string(),
  file: z.string(),
});

export interface Exported extends z.infer<typeof exported> {
  readonly id: string;
  readonly by: string;
  readonly at: string;
}

function exportStream(id: string): string {
  return `export/${id}`;
}

export async function readExport(store: Pick<Store, 'read'>, id: string): Promise<Exported | undefined> {
  const [first] = await store.read(exportStream(id));
  return first === undefined ? undefined : { id, by: first.by, at: first.at, ...dataOf(first, exported) };
}

/** Those of one account, newest first. */
export async function exportsOf(store: Store, account: string): Promise<readonly Exported[]> {
  const found: Exported[] = [];
  for await (const { stream } of allRows(store, { kind: 'export', status: account })) {
    const one = await readExport(store, stream.slice(exportStream('').length));
    if (one !== undefined) found.push(one);
  }
  return found.toSorted((one, other) => (one.at < other.at ? 1 : -1));
}

/** Writes down what was made; once, however often the job is run. */
export async function recordExport(
  id: string,
  by: string,
  data: z.infer<typeof exported>,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<void> {
  const stream = exportStream(id);
  await commitDeciding(store, async () => {
    if ((await store.read(stream)).length > 0) return { stop: 'recorded' };
    const at = now();
    const row = { kind: 'export', status: by, summary: { at, what: data.what, format: data.format } };
    return { changes: [{ stream, readAt: 0, entries: [{ kind: 'exported', at, by, data }], row }] };
  });
}
