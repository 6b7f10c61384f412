/** The jobs of an inspection: draw and look through a sample; make a file that leaves. */
import * as z from 'zod';
import type { PaperSheet } from '../../shared/case/paper-sheet.ts';
import type { Ports } from '../../shared/case/ports.ts';
import {
  exportControl,
  exportFormats,
  exportSheets,
  type ExportedBy,
  type ExportTable,
  recordExport,
  scopeLines,
} from '../../shared/completion/export.ts';
import { faultsTable, findingTable, peopleTable, settlementTable } from '../../shared/completion/export-tables.ts';
import { isFindingCode } from '../../shared/completion/finding-names.ts';
import { chooseSample, examine, type InspectionWish, readInspection } from '../../shared/completion/inspection.ts';
import { readMandate } from '../../shared/completion/mandate.ts';
import { recomputedCase } from '../../shared/entitlement/recompute.ts';
import { writeCsv } from '../papers/csv-writer.ts';
import { writeAnySheet } from '../papers/long-sheet.ts';
import { writeSheets } from '../papers/sheet-writer.ts';

export async function inspect(
  wish: InspectionWish,
  ports: Ports,
  progress: (done: number, of: number) => void,
): Promise<void> {
  await chooseSample(wish, ports);
  await examine(wish.id, recomputedCase, ports, progress);
}

export const exportWish = z.object({
  id: z.string(),
  by: z.string(),
  mandate: z.string(),
  format: z.enum(exportFormats),
  /** A list of an inspection (`people`, `faults` or the code of a finding), or the settlement of a year. */
  of: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('inspection'), inspection: z.string(), list: z.string() }),
    z.object({ kind: z.literal('settlement'), year: z.string().regex(/^20\d\d$/) }),
  ]),
});

/** Makes the file, puts it into Files and writes down what left; false where there is nothing to make it of. */
export async function exportFile(wish: z.infer<typeof exportWish>, ports: Ports): Promise<boolean> {
  const table = await tableOf(wish.of, ports);
  if (table === undefined) return false;
  const mandate = await readMandate(ports.store, wish.mandate);
  const name = await ports.directory.nameOf(wish.by);
  const by: ExportedBy = { name, mandate, at: ports.now() };
  const { count, total, check } = exportControl(table);
  const bytes =
    wish.format === 'csv'
      ? writeCsv(
          scopeLines(table, by),
          table.columns,
          table.rows.map(({ cells }) => cells),
        )
      : await workbookOf(table, by);
  const file = await ports.files.put(bytes);
  const { mandate: under, format } = wish;
  const said = { what: table.title, mandate: under, scope: [...table.scope], format, count, total: total.toString() };
  await recordExport(wish.id, wish.by, { ...said, check, file }, ports);
  return true;
}

async function tableOf(of: z.infer<typeof exportWish>['of'], ports: Ports): Promise<ExportTable | undefined> {
  if (of.kind === 'settlement') return settlementTable(of.year, ports);
  const inspection = await readInspection(ports.store, of.inspection);
  if (inspection?.examined === undefined) return undefined;
  if (of.list === 'people') return peopleTable(inspection, ports);
  if (of.list === 'faults') return faultsTable(inspection, ports);
  return isFindingCode(of.list) ? findingTable(inspection, of.list, ports) : undefined;
}

/** Beyond so many rows one plain sheet: scope above the table, columns explained below it. */
const mostPrintable = 5000;

async function workbookOf(table: ExportTable, by: ExportedBy): Promise<Uint8Array> {
  if (table.rows.length <= mostPrintable) return writeSheets(exportSheets(table, by));
  const sheet: PaperSheet = {
    name: 'Dữ liệu',
    title: scopeLines(table, by),
    columns: table.columns,
    rows: table.rows.map(({ cells }) => cells),
    notes: table.columns.map(({ heading, about }) => `${heading}: ${about}`),
  };
  return writeAnySheet(sheet);
}
