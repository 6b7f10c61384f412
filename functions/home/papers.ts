/** The Papers port of the pages. The libraries of sheets and pages are loaded when a page first needs them: most never do. */
import { readUnits } from '../../shared/case/unit.ts';
import type { Store } from '../../shared/case/store.ts';
import type { Papers } from '../web/ports.ts';

export function papersOver(store: Pick<Store, 'read'>): Papers {
  return {
    async signaturesIn(paper) {
      const { signaturesIn } = await import('../papers/signed-pdf.ts');
      return signaturesIn(paper);
    },
    async listTemplate() {
      const { listTemplate } = await import('../papers/list-template.ts');
      return listTemplate([...(await readUnits(store)).values()]);
    },
    async listOf(person, periods) {
      const { filledTemplate } = await import('../papers/list-template.ts');
      const number = '1';
      const owned = periods.map((period) => ({ ...period, number }));
      return filledTemplate([...(await readUnits(store)).values()], [{ ...person, number }], owned);
    },
    async write(sheets) {
      const { writeSheets } = await import('../papers/sheet-writer.ts');
      return writeSheets(sheets);
    },
    async rowsOf(content) {
      const { readSheets } = await import('../papers/sheet.ts');
      const read = await readSheets(content);
      if (read.outcome === 'refused') return undefined;
      return read.sheets.flatMap(({ rows }) => rows.map(({ cells }) => cells.map(({ text }) => text)));
    },
    async resultNotices(notices, printed) {
      const { writeResultNotices } = await import('../papers/result-notice-pdf.ts');
      return writeResultNotices(notices, printed);
    },
    async slipFile(file, paper) {
      const { writeSlipFile } = await import('../papers/slip-files.ts');
      return writeSlipFile(file, paper);
    },
  };
}
