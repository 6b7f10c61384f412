/** The one hash of the system: SHA-256 over canonical JSON. Pure, hence allowed in the domain. */
import { hash } from 'node:crypto';

export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content);
}

/** JSON with sorted keys, bigint as decimal strings, `undefined` left out: the same value always gives the same text. */
export function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map((element) => canonical(element ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let fields = '';
  for (const key of Object.keys(value).sort(byText)) {
    const field: unknown = Reflect.get(value, key);
    if (field !== undefined) fields += `${fields === '' ? '' : ','}${quoted(key)}:${canonical(field)}`;
  }
  return `{${fields}}`;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
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
