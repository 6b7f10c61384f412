/** A report is made, printed again, fetched. */
import { type FileType, fileTypes, readReport, reportKinds } from '../../../shared/completion/freeze-report.ts';
import { receivers } from '../../../shared/completion/report-definitions.ts';
import { setDefinition } from '../../../shared/completion/set-definition.ts';
import { type Answer, field, type Visit } from '../page.tsx';
import { reportPage } from './report.tsx';
import { reportsPage } from './reports.tsx';

export async function makeReportAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const receiver = receivers.find((one) => one === field(form, 'receiver'));
  const kind = reportKinds.find((one) => one === field(form, 'kind'));
  if (receiver === undefined || kind === undefined) {
    return reportsPage(visit, { vi: 'Hãy chọn nơi nhận và loại báo cáo.', en: 'Choose the receiver and the kind.' });
  }
  const asked = { id: ports.id(), receiver, kind, by: account.id };
  return { to: `/viec/${await ports.jobs.start('make-report', asked, account.id)}` };
}

export async function reprintAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const type = fileTypes.find((one) => one === field(form, 'type'));
  const code = params['code'] ?? '';
  if (type === undefined || (await readReport(ports.store, code)) === undefined) {
    return reportPage(visit, { vi: 'Hãy chọn tệp cần in lại.', en: 'Choose the file to print again.' });
  }
  return { to: `/viec/${await ports.jobs.start('reprint-report', { code, type, by: account.id }, account.id)}` };
}

const types: Readonly<Record<FileType, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export async function reportFile(visit: Visit): Promise<Answer> {
  const { ports, params } = visit;
  const report = await readReport(ports.store, params['code'] ?? '');
  const type = fileTypes.find((one) => params['file'] === `bao-cao.${one}`);
  const file = report === undefined || type === undefined ? undefined : await ports.files.get(report.files[type]);
  if (report === undefined || type === undefined || file === undefined) return reportPage(visit);
  return { file, name: `bao-cao-${report.code}.${type}`, type: types[type] };
}

export async function defineReportAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const wish = {
    receiver: field(form, 'defined'),
    addressee: field(form, 'addressee'),
    base: field(form, 'base'),
    paid: field(form, 'paid'),
    countsElsewhere: field(form, 'elsewhere') === 'counts',
    hidesSmallSums: field(form, 'small') === 'hidden',
    number: field(form, 'number'),
    on: field(form, 'on'),
  };
  const outcome = await setDefinition(wish, account, ports);
  return outcome.outcome === 'refused' ? reportsPage(visit, outcome.why) : { to: '/hoan-thanh/bao-cao#cach-tinh' };
}
