/** Makes a report, or prints one again: the words and the files of the domain's reports. */
import { localDateOf } from '../../shared/calendar.ts';
import {
  type FileType,
  freezeReport,
  type ReportContent,
  reprintReport,
  type ReportWish,
  reportWish,
} from '../../shared/completion/freeze-report.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { writeReportFile } from '../papers/report-files.ts';
import { reportPaper } from './report-paper.ts';

const write = async (type: FileType, of: ReportContent) => writeReportFile(type, of);

export async function makeReport(wish: ReportWish, ports: Ports, progress: (done: number) => void) {
  return freezeReport(wish, ports, { paper: reportPaper, write }, progress);
}

/** What a page asks for; instant and anchor are those of the moment at which the work begins. */
export const reportAsked = reportWish.omit({ at: true, anchor: true });

/** The anchor comes first: what the report counts is what the anchor covers. Begun again, it finds the report that was made. */
export async function anchorAndReport(
  asked: Omit<ReportWish, 'at' | 'anchor'>,
  ports: Ports,
  progress: (done: number) => void,
) {
  const at = ports.now();
  const { anchor } = await ports.anchored.anchor(localDateOf(at), at, asked.by);
  return makeReport({ ...asked, at, anchor }, ports, progress);
}

export async function printAgain(code: string, type: FileType, by: string, ports: Ports) {
  return reprintReport(code, type, by, ports, { write });
}
