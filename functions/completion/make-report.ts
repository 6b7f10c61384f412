/** Makes a report, or prints one again: the words and the files of the domain's reports. */
import {
  type FileType,
  freezeReport,
  type ReportContent,
  reprintReport,
  type ReportWish,
} from '../../shared/completion/freeze-report.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { writeReportFile } from '../papers/report-files.ts';
import { reportPaper } from './report-paper.ts';

const write = async (type: FileType, of: ReportContent) => writeReportFile(type, of);

export async function makeReport(wish: ReportWish, ports: Ports, progress: (done: number) => void) {
  return freezeReport(wish, ports, { paper: reportPaper, write }, progress);
}

export async function printAgain(code: string, type: FileType, by: string, ports: Ports) {
  return reprintReport(code, type, by, ports, { write });
}
