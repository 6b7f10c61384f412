/**
 * A report as a paper, with every word of it: what is kept with the figures, so that it is printed again as it was, whatever
 * the words of the pages become. Layout by Decree 30/2020/NĐ-CP.
 */
import * as z from 'zod';
import { formatDong } from '../dong.ts';

/** A text, a number of people or of days, or đồng. */
const cell = z.union([
  z.string(),
  z.object({ count: z.number().int() }),
  z.object({ dong: z.string().regex(/^\d+$/) }),
]);
export type ReportCell = z.infer<typeof cell>;

const table = z.object({
  /** Names the sheet of the workbook; at most 31 characters. */
  name: z.string(),
  caption: z.string(),
  columns: z.array(z.object({ heading: z.string(), share: z.number(), kind: z.enum(['text', 'number', 'money']) })),
  rows: z.array(z.array(cell)),
  total: z.array(cell),
  /** In the workbook alone. */
  isInSheetsOnly: z.boolean(),
});
export type ReportTable = z.infer<typeof table>;

const block = z.union([
  z.object({ heading: z.string() }),
  z.object({ text: z.string(), isStrong: z.boolean() }),
  z.object({ table }),
]);
export type ReportBlock = z.infer<typeof block>;

export const reportPaper = z.object({
  superior: z.string(),
  issuer: z.string(),
  /** With the place for the registry's number. */
  number: z.string(),
  place: z.string(),
  title: z.string(),
  subject: z.string(),
  addressee: z.string(),
  isLandscape: z.boolean(),
  blocks: z.array(block),
  signatory: z.array(z.string()),
  copies: z.array(z.string()),
  /** Ties the paper to the frozen figures and to the anchor. */
  marks: z.array(z.string()),
});
export type ReportPaper = z.infer<typeof reportPaper>;

/** As it is printed. */
export function cellText(of: ReportCell): string {
  if (typeof of === 'string') return of;
  return 'count' in of ? formatDong(BigInt(of.count)) : formatDong(BigInt(of.dong));
}
