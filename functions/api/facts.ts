/** Facts in, assessment out, by contract facts-v1; nothing is stored but that the client asked. */
import * as z from 'zod';
import { readRecordedReadings } from '../../shared/case/recorded-readings.ts';
import { answerFacts, notJson } from '../../shared/entitlement/facts-door.ts';
import { isReadingNumber, readingNumbers, readingOf, type SetReadings } from '../../shared/law/readings.ts';
import { readJsonText, textOf, unreadable } from './json.ts';
import { faultsToTell, type Problem } from './problem.ts';
import { malformed, type QueryParameters } from './query.ts';
import { type ApiAnswer, answered, type Call, jsonOf, linesType } from './route.ts';

/** Beyond it the answer would keep other callers waiting. */
export const mostFactLines = 200;

export const readingParameters = {
  reading: {
    says: {
      vi: 'mã và cách hiểu của một điểm chưa thống nhất, ví dụ X3=flat-5; lặp lại được, mỗi mã một cách',
      en: 'number and value of an open reading, such as X3=flat-5; repeatable, each number with one value',
    },
    schema: z.enum(readingNumbers.flatMap((number) => readingOf(number).values.map((value) => `${number}=${value}`))),
    example: 'X3=flat-5',
    repeats: true,
  },
  readings: {
    says: {
      vi: 'recorded: theo các cách hiểu mà tỉnh đã quyết định; bỏ trống thì không đặt cách nào',
      en: 'recorded: the readings that the province has decided; left out, none is set',
    },
    schema: z.enum(['recorded']),
  },
} as const satisfies QueryParameters;

export async function assessFacts(call: Call): Promise<ApiAnswer> {
  const set = await readingsFor(call);
  if ('kind' in set) return { problem: set };
  if (call.contentType === linesType) return assessLines(call, set.readings);
  const body = jsonOf(call);
  if ('problem' in body) return body;
  const answer = answerFacts(body.json, set.readings);
  return answer.outcome === 'invalid'
    ? { problem: { kind: 'does-not-fit', says: unfit, more: { ...answer, ...faultsToTell(answer.faults) } } }
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
  if ('json' in read) {
    const answer = answerFacts(read.json, set);
    return answer.outcome === 'invalid' ? { ...answer, ...faultsToTell(answer.faults) } : answer;
  }
  return read.fault === unreadable ? notJson : { ...notJson, faults: [{ path: '', message: read.fault.en }] };
}

/** `reading=X3=flat-5`, repeatable; `readings=recorded` takes what the province has decided. */
async function readingsFor({ query, ports }: Call): Promise<{ readonly readings: SetReadings } | Problem> {
  const isRecorded = query.get('readings') === 'recorded';
  const asked: SetReadings = {};
  for (const text of query.getAll('reading')) {
    const [number = '', value = ''] = text.split('=');
    const isOther = isReadingNumber(number) && asked[number] !== undefined && asked[number] !== value;
    if (!isReadingNumber(number) || isOther) return malformed('reading', text, readingParameters.reading.says);
    asked[number] = value;
  }
  return { readings: { ...(isRecorded ? (await readRecordedReadings(ports.store)).set : {}), ...asked } };
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
