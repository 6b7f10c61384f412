/** The few forms of JSONPath that our definition uses. Anything else throws, by name. */
import * as z from 'zod';

/** The value at `$`, `$.a` or `$.a.b`; `undefined` when there is none. */
export function valueAt(path: string, input: unknown): unknown {
  if (!/^\$(\.[A-Za-z]\w*)*$/.test(path)) throw new Error(`the walker does not know the path ${path}`);
  let value: unknown = input;
  for (const name of path.split('.').slice(1)) {
    value = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
  }
  return value;
}

/** Fills a template's `name.$` fields from the input, the task's token, and `States.Format`. */
export function filled(
  template: Readonly<Record<string, unknown>>,
  input: unknown,
  token?: string,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(template)) {
    if (name.endsWith('.$')) result[name.slice(0, -2)] = evaluated(String(value), input, token);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      result[name] = filled(Object.fromEntries(Object.entries(value)), input, token);
    } else result[name] = value;
  }
  return result;
}

function evaluated(expression: string, input: unknown, token: string | undefined): unknown {
  const format = /^States\.Format\('([^']*)', (\$[\w.]*)\)$/.exec(expression);
  const [, text = '', path = expression] = format ?? [];
  const value = expression === '$$.Task.Token' ? token : valueAt(path, input);
  // Step Functions fails too: a key with `undefined` in it would be read as an empty list by a lenient store.
  if (value === undefined) throw new Error(`there is nothing at ${path}`);
  return format === null ? value : text.replace('{}', () => z.string().parse(value));
}
