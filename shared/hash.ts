/** The one hash of the system: SHA-256 over canonical JSON. Pure, hence allowed in the domain. */
import { hash } from 'node:crypto';

export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content);
}

/** JSON with sorted keys, bigint as decimal strings, `undefined` left out: the same value always gives the same text. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map((element) => canonical(element ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let fields = '';
  for (const key of sorted(Object.keys(value))) {
    const field: unknown = Reflect.get(value, key);
    if (field !== undefined) fields += `${fields === '' ? '' : ','}${quoted(key)}:${canonical(field)}`;
  }
  return `{${fields}}`;
}

/** In place, by what stands in the names. A few of them, mostly in order already, are put in order faster one by one. */
function sorted(names: string[]): readonly string[] {
  if (names.length > 30) return names.sort();
  for (let at = 1; at < names.length; at += 1) {
    const name = names[at] ?? '';
    let to = at;
    for (; to > 0 && (names[to - 1] ?? '') > name; to -= 1) names[to] = names[to - 1] ?? '';
    names[to] = name;
  }
  return names;
}

/** Names of fields are few, and quoted a million times. */
function quoted(key: string): string {
  const known = quotedKeys.get(key);
  if (known !== undefined) return known;
  const made = JSON.stringify(key);
  if (quotedKeys.size < mostQuotedKeys) quotedKeys.set(key, made);
  return made;
}

const quotedKeys = new Map<string, string>();
/** Some objects are keyed by references or names; those are not kept. */
const mostQuotedKeys = 1000;

export function hashOf(value: unknown): string {
  return sha256(canonical(value));
}
