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

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
