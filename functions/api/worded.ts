/** A JSON schema with the words of each field beside it. */
import { wordsOf } from './words.ts';

export type Json = Readonly<Record<string, unknown>>;

/** `place` as `words.ts` has it; what it holds and all that lies below is described. */
export function worded(schema: Json, place: string): Json {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties' && isJson(value)) return [key, eachWorded(value, place)];
      if (key === 'items' && isJson(value)) return [key, worded(value, `${place}[]`)];
      if ((key === 'oneOf' || key === 'anyOf') && Array.isArray(value)) {
        return [key, value.map((one: unknown) => (isJson(one) ? worded(one, place) : one))];
      }
      return [key, value];
    }),
  );
}

function eachWorded(properties: Json, place: string): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, of]) => {
      const words = wordsOf(`${place}.${name}`);
      const own = isJson(of) ? worded(of, `${place}.${name}`) : of;
      return [name, words === undefined || !isJson(own) ? own : { ...own, description: `${words.vi} / ${words.en}` }];
    }),
  );
}

/** Whoever reads an answer is to pass over fields that a later version adds: nothing says that there are no others. */
export function open(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(open);
  if (!isJson(schema)) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => key !== 'additionalProperties' || value !== false);
  return Object.fromEntries(kept.map(([key, value]) => [key, open(value)]));
}

/** What is a schema of its own elsewhere is named there once: programs that are made of the document then have one type for it. */
export function named(schemas: Json): Json {
  const names = new Map(Object.entries(schemas).map(([name, of]) => [bare(of), name]));
  const walk = (value: unknown, inside: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, inside));
    if (!isJson(value)) return value;
    const name = names.get(bare(value));
    if (name === undefined || name === inside) {
      return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, walk(of, inside)]));
    }
    const { description } = value;
    return { $ref: `#/components/schemas/${name}`, ...(description === undefined ? {} : { description }) };
  };
  return Object.fromEntries(Object.entries(schemas).map(([name, of]) => [name, walk(of, name)]));
}

/** Without what stands beside a schema and is no part of it. */
function bare(schema: unknown): string {
  if (!isJson(schema)) return '';
  const { description: _words, examples: _shown, ...of } = schema;
  return JSON.stringify(of);
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
