/** Facts in, assessment out, by contract facts-v1; nothing is stored but that the client asked. */
import { readRecordedReadings } from '../../shared/case/recorded-readings.ts';
import { answerFacts, notJson } from '../../shared/entitlement/facts-door.ts';
import { isReadingNumber, readingOf, type SetReadings } from '../../shared/law/readings.ts';
import { readJsonText, textOf, unreadable } from './json.ts';
import type { Problem } from './problem.ts';
import { type ApiAnswer, answered, type Call, jsonOf, linesType } from './route.ts';

/** Beyond it the answer would keep other callers waiting. */
export const mostFactLines = 200;

export async function assessFacts(call: Call): Promise<ApiAnswer> {
  const set = await readingsFor(call);
  if ('kind' in set) return { problem: set };
  if (call.contentType === linesType) return assessLines(call, set.readings);
  const body = jsonOf(call);
  if ('problem' in body) return body;
  const answer = answerFacts(body.json, set.readings);
  return answer.outcome === 'invalid'
    ? { problem: { kind: 'does-not-fit', says: unfit, more: answer } }
    : answered(answer);
}

/** As the command reads them: one object a line, one answer a line, in the same order. */
function assessLines({ body }: Call, set: SetReadings): ApiAnswer {
  const text = textOf(body);
  if (text === undefined) return { problem: noUtf8 };
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > mostFactLines) return { problem: tooManyLines };
  return { status: 200, lines: lines.map((line) => answerLine(line, set)) };
}

function answerLine(line: string, set: SetReadings): unknown {
  const read = readJsonText(line);
  if ('json' in read) return answerFacts(read.json, set);
  return read.fault === unreadable ? notJson : { ...notJson, faults: [{ path: '', message: read.fault.en }] };
}

/** `reading=X3=flat-5`, repeatable; `readings=recorded` takes what the province has decided. */
async function readingsFor({ query, ports }: Call): Promise<{ readonly readings: SetReadings } | Problem> {
  const base = query.get('readings');
  if (base !== null && base !== 'recorded') return badReading(`readings=${base}`);
  const readings: SetReadings = base === 'recorded' ? { ...(await readRecordedReadings(ports.store)).set } : {};
  for (const text of query.getAll('reading')) {
    const [number = '', value = ''] = text.split('=');
    if (!isReadingNumber(number) || !readingOf(number).values.includes(value)) return badReading(`reading=${text}`);
    readings[number] = value;
  }
  return { readings };
}

function badReading(text: string): Problem {
  const shown = text.slice(0, 60);
  return {
    kind: 'bad-query',
    says: {
      vi: `Tham số ${shown} không hợp lệ. Hãy ghi như reading=X3=flat-5 với mã và cách hiểu có trong danh mục điểm chưa thống nhất, hoặc readings=recorded.`,
      en: `The parameter ${shown} is wrong. Write reading=X3=flat-5 with a number and value of the list of open readings, or readings=recorded.`,
    },
  };
}

const unfit = {
  vi: 'Dữ kiện không đúng hợp đồng facts-v1; từng lỗi nằm ở faults. Chưa tính gì.',
  en: 'The facts do not fit contract facts-v1; each fault is in faults. Nothing was computed.',
};
const noUtf8: Problem = {
  kind: 'not-json',
  says: {
    vi: 'Nội dung gửi không phải mã UTF-8. Chưa tính gì; hãy xuất lại bằng UTF-8.',
    en: 'The body is no UTF-8. Nothing was computed; write it in UTF-8.',
  },
};
const tooManyLines: Problem = {
  kind: 'too-large',
  says: {
    vi: `Mỗi lần gửi tối đa ${mostFactLines} dòng. Chưa tính gì; hãy chia thành nhiều lần gửi.`,
    en: `At most ${mostFactLines} lines a call. Nothing was computed; split them.`,
  },
};
