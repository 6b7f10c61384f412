/** Reads an uploaded list of payments made elsewhere, and says what would come of each row; nothing is recorded. */
import type { Account } from '../../shared/case/access.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { readUnits } from '../../shared/case/unit.ts';
import { readEarlierList, tellEarlierList } from '../../shared/disbursement/earlier-list.ts';
import { judgeEarlier } from '../../shared/disbursement/judge-earlier.ts';
import { readEarlier } from '../../shared/disbursement/read-earlier.ts';
import { putJudged } from '../../shared/disbursement/record-earlier.ts';
import { sum } from '../../shared/dong.ts';
import { readSheets } from '../papers/sheet.ts';

export async function readEarlierFile(
  id: string,
  by: Account,
  ports: Ports,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const list = await readEarlierList(ports.store, id);
  if (list?.status !== 'brought') return;
  const sheets = await readSheets((await ports.files.get(list.file)) ?? new Uint8Array());
  const read = sheets.outcome === 'refused' ? sheets : readEarlier(sheets.sheets);
  if (read.outcome === 'refused') return tellEarlierList(id, { kind: 'unreadable', data: read.why }, ports);
  const judging = { by, list: id, paper: list.paper, units: await readUnits(ports.store) };
  const rows = await judgeEarlier(read.lines, judging, ports, (done) => progress(done, read.lines.length));
  const recordable = rows.filter(({ verdict }) => verdict === 'recordable');
  const data = {
    reading: await putJudged(rows, ports),
    rows: rows.length,
    recordable: recordable.length,
    total: sum(recordable.map(({ payment }) => BigInt(payment?.amount ?? 0))).toString(),
  };
  await tellEarlierList(id, { kind: 'read', data }, ports);
}
