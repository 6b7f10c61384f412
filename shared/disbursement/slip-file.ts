/** Which files a slip has: four that are made with it and kept, and each bank's, made when somebody takes one. */
import type { Slip } from '../case/slip.ts';
import { bankFileCount } from './bank-files.ts';
import { type BankTemplate, bankTemplates } from './bank-templates.ts';
import type { SlipPaper } from './slip-paper.ts';

export const madeKinds = ['form-09.xlsx', 'form-09.pdf', 'slip-data.xlsx', 'pain-001.xml'] as const;
export type MadeKind = (typeof madeKinds)[number];

export type SlipFile =
  | { readonly made: MadeKind }
  /** From 1. */
  | { readonly template: BankTemplate; readonly number: number };

/** Port: turns a slip into the bytes of one of its files. */
export type WriteSlipFile = (file: SlipFile, paper: SlipPaper) => Promise<Uint8Array>;

/** Its name in forms and entries: `form-09.pdf`, `bank-VBA-1`. */
export function keyOf(file: SlipFile): string {
  return 'made' in file ? file.made : `bank-${file.template.bank}-${file.number}`;
}

export function filesOf({ people }: Pick<Slip, 'people'>): readonly SlipFile[] {
  const ofBanks = bankTemplates.flatMap((template) =>
    Array.from({ length: bankFileCount(template, people) }, (_none, index) => ({ template, number: index + 1 })),
  );
  return [...madeKinds.map((made) => ({ made })), ...ofBanks];
}

const names: { readonly [K in MadeKind]: (slip: string) => string } = {
  'form-09.xlsx': (slip) => `mau-09-${slip}.xlsx`,
  'form-09.pdf': (slip) => `mau-09-${slip}.pdf`,
  'slip-data.xlsx': (slip) => `du-lieu-chung-tu-${slip}.xlsx`,
  'pain-001.xml': (slip) => `pain-001-${slip}.xml`,
};

/** What the file is called on the desk of whoever takes it; no name of a person. */
export function fileNameOf(file: SlipFile, slip: string): string {
  if ('made' in file) return names[file.made](slip);
  return `chuyen-khoan-${file.template.bank}-${file.number}-${slip}.${file.template.fileType}`;
}
