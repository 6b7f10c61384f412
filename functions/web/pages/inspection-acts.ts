/** What an inspector may do: state a mandate, draw a sample, take a file out. Nothing of it touches a case or money. */
import { isLocalDate } from '../../../shared/calendar.ts';
import { exportFormats, readExport } from '../../../shared/completion/export.ts';
import { stateMandate } from '../../../shared/completion/mandate.ts';
import type { Criteria, Drawing } from '../../../shared/completion/sample.ts';
import { budgetLevels, sources } from '../../../shared/case/unit.ts';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { mandateNow, sessionMark } from '../personal-reads.ts';
import { ownPath } from '../session.ts';
import { inspectionPage } from './inspection.tsx';

export async function stateMandateAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const wish = {
    number: field(form, 'number'),
    on: field(form, 'on'),
    scope: field(form, 'scope'),
    session: sessionMark(visit),
  };
  const outcome = await stateMandate(wish, account, ports);
  return outcome.outcome === 'refused'
    ? inspectionPage(visit, outcome.why)
    : { to: ownPath(field(form, 'tiep') || '/kiem-tra') };
}

export async function chooseAct(visit: Visit): Promise<Answer> {
  const { account, ports } = visit;
  const mandate = await mandateNow(visit);
  if (mandate === undefined) return inspectionPage(visit, noMandate);
  const criteria = criteriaOf(visit);
  if ('vi' in criteria) return inspectionPage(visit, criteria);
  const drawing = drawingOf(visit);
  if ('vi' in drawing) return inspectionPage(visit, drawing);
  const wish = { id: ports.id(), by: account.id, mandate: mandate.id, criteria, drawing };
  return { to: `/viec/${await ports.jobs.start('inspect', wish, account.id)}` };
}

const noMandate: Problem = {
  vi: 'Chưa nêu quyết định kiểm tra trong phiên làm việc này. Hãy nêu số, ngày và phạm vi trước.',
  en: 'No inspection decision was stated in this session. State number, day and scope first.',
};

function criteriaOf({ form }: Visit): Criteria | Problem {
  const text = (name: string) => {
    const given = field(form, name);
    return given === '' ? undefined : given;
  };
  const source = sources.find((one) => one === text('source'));
  const level = budgetLevels.find((one) => one === text('level'));
  const least = text('least')?.replaceAll(/[.\s]/g, '');
  const [leftFrom, leftTo] = [text('leftFrom'), text('leftTo')];
  if ([leftFrom, leftTo].some((day) => day !== undefined && !isLocalDate(day))) return noDay;
  if (least !== undefined && !/^\d{1,15}$/.test(least)) return noSum;
  const [unit, regime, batch] = [text('unit'), text('regime'), text('batch')];
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(source === undefined ? {} : { source }),
    ...(level === undefined ? {} : { level }),
    ...(regime === undefined ? {} : { regime }),
    ...(batch === undefined ? {} : { batch }),
    ...(leftFrom === undefined ? {} : { leftFrom }),
    ...(leftTo === undefined ? {} : { leftTo }),
    ...(least === undefined ? {} : { least }),
  };
}

const noDay: Problem = {
  vi: 'Ngày nghỉ phải là một ngày có thật. Hãy chọn lại, hoặc để trống.',
  en: 'The leave date must be a real day. Choose again, or leave it empty.',
};
const noSum: Problem = {
  vi: 'Số tiền chỉ gồm chữ số, tính bằng đồng. Hãy ghi lại, hoặc để trống.',
  en: 'The sum is digits alone, in đồng. Write it again, or leave it empty.',
};

/** In characters. */
const longestSeed = 100;
const mostPeople = 1_000_000;

function drawingOf({ form, ports }: Visit): Drawing | Problem {
  const how = field(form, 'how');
  if (how === 'all') return { how };
  const text = field(form, 'count');
  const count = Number(text);
  const seed = field(form, 'seed') || ports.id();
  if (!/^\d{1,7}$/.test(text) || count < 1 || count > mostPeople) return noCount;
  if (seed.length > longestSeed) return longSeed;
  if (how === 'by-money') return { how, count, seed };
  const by = how === 'by-regime' ? 'regime' : how === 'by-unit' ? 'unit' : undefined;
  return { how: 'random', count, seed, ...(by === undefined ? {} : { by }) };
}

const noCount: Problem = {
  vi: 'Khi chọn mẫu, hãy ghi số người cần chọn, từ 1 trở lên, chỉ chữ số.',
  en: 'For a sample, state how many people, from 1, digits alone.',
};
const longSeed: Problem = {
  vi: `Hạt giống dài quá ${longestSeed} ký tự. Hãy ghi ngắn hơn.`,
  en: `The seed is over ${longestSeed} characters. Shorten it.`,
};

export async function exportAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const mandate = await mandateNow(visit);
  if (mandate === undefined) return inspectionPage(visit, noMandate);
  const format = exportFormats.find((one) => one === field(form, 'format')) ?? 'xlsx';
  const year = field(form, 'year');
  const of = /^20\d\d$/.test(year)
    ? { kind: 'settlement', year }
    : { kind: 'inspection', inspection: field(form, 'inspection'), list: field(form, 'list') };
  const wish = { id: ports.id(), by: account.id, mandate: mandate.id, format, of };
  return { to: `/viec/${await ports.jobs.start('inspection-export', wish, account.id)}` };
}

/** Only to whoever made it: another inspector has a mandate of their own. */
export async function exportedFile(visit: Visit): Promise<Answer> {
  const { ports, params, account, say } = visit;
  const exported = await readExport(ports.store, params['id'] ?? '');
  const content = exported?.by === account.id ? await ports.files.get(exported.file) : undefined;
  if (exported === undefined || content === undefined) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      status: 404,
      body: say('Không có tệp này của đồng chí.', 'You have no such file.'),
    };
  }
  const type =
    exported.format === 'csv'
      ? 'text/csv; charset=utf-8'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { file: content, name: `kiem-tra-${exported.id}.${exported.format}`, type };
}
