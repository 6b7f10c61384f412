/** Each file of a slip as bytes. The same slip gives the same bytes, so that a file can be made again and compared. */
import { bankFiles } from '../../shared/disbursement/bank-files.ts';
import { form09 } from '../../shared/disbursement/form-09.ts';
import type { MadeKind, SlipFile } from '../../shared/disbursement/slip-file.ts';
import type { SlipPaper } from '../../shared/disbursement/slip-paper.ts';
import { withdrawalSlip } from '../../shared/disbursement/withdrawal-slip.ts';
import { writeForm09Sheet } from './form-09-sheet.ts';
import { writePaymentInitiation } from './payment-initiation.ts';
import { writeSheets } from './sheet-writer.ts';

const writers: { readonly [K in MadeKind]: (paper: SlipPaper) => Promise<Uint8Array> } = {
  'form-09.xlsx': (paper) => writeForm09Sheet(form09(paper)),
  'form-09.pdf': async (paper) => {
    // Fonts are loaded with it, and most processes never print.
    const { writeForm09Pdf } = await import('./form-09-pdf.ts');
    return writeForm09Pdf(form09(paper));
  },
  'slip-data.xlsx': (paper) => writeSheets([withdrawalSlip(paper)]),
  'pain-001.xml': async (paper) => writePaymentInitiation(paper),
};

/** Throws for a bank's file that the slip does not have. */
export async function writeSlipFile(file: SlipFile, paper: SlipPaper): Promise<Uint8Array> {
  if ('made' in file) return writers[file.made](paper);
  const found = bankFiles(file.template, paper)[file.number - 1];
  if (found === undefined) throw new RangeError(`there is no file ${file.number} of ${file.template.bank}`);
  if (found.template.fileType === 'xlsx') return writeSheets(found.sheets);
  const { writeOldSheets } = await import('./old-workbook-writer.ts');
  return writeOldSheets(found.sheets);
}
