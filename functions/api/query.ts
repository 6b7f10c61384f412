/** What may stand behind the question mark: a name that is misspelt, or a value given twice, must not show more than was asked for. */
import * as z from 'zod';
import type { Sentence } from '../../shared/vietnamese.ts';
import type { Problem } from './problem.ts';

export interface QueryParameter {
  readonly says: Sentence;
  /** Of one value: a text, or a whole number written in digits. */
  readonly schema: z.ZodType;
  readonly example?: string;
  readonly repeats?: true;
}

export type QueryParameters = Readonly<Record<string, QueryParameter>>;

/** What is wrong with it, the first fault first. */
export function queryFault(query: URLSearchParams, parameters: QueryParameters): Problem | undefined {
  for (const name of new Set(query.keys())) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) return unknown(name, Object.keys(parameters));
    const values = query.getAll(name);
    if (values.length > 1 && parameter.repeats === undefined) return twice(name);
    const wrong = values.find((value) => !parameter.schema.safeParse(valueOf(value, parameter)).success);
    if (wrong !== undefined) return malformed(name, wrong, parameter.says);
  }
  return undefined;
}

/** Only plain digits are a number: `1e2` and `0x10` are none. */
function valueOf(text: string, { schema }: QueryParameter): unknown {
  return schema instanceof z.ZodNumber && /^\d{1,9}$/.test(text) ? Number(text) : text;
}

function unknown(name: string, known: readonly string[]): Problem {
  const shown = name.slice(0, 60);
  return {
    kind: 'bad-query',
    says: {
      vi: `Không có tham số ${shown}. Chỉ nhận: ${known.join(', ')}.`,
      en: `There is no parameter ${shown}. Known are: ${known.join(', ')}.`,
    },
  };
}

function twice(name: string): Problem {
  return {
    kind: 'bad-query',
    says: {
      vi: `Tham số ${name} chỉ được ghi một lần.`,
      en: `The parameter ${name} may stand once.`,
    },
  };
}

export function malformed(name: string, value: string, { vi, en }: Sentence): Problem {
  const shown = value.slice(0, 60);
  return {
    kind: 'bad-query',
    says: {
      vi: `Tham số ${name}=${shown} không hợp lệ. Giá trị đúng: ${vi}.`,
      en: `The parameter ${name}=${shown} is wrong. What it takes: ${en}.`,
    },
  };
}
