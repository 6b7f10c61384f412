/** Writes an evidence pack's zip: the same members always give the same bytes, on any machine. */
import { readFileSync } from 'node:fs';
import { deflateSync } from 'fflate';
import { commentOf, crc32, endOf, headersOf, sha256 } from './verify-pack.mjs';

const stored = 0;
const deflated = 8;

/** Takes the members in the order in which they are to lie; their names are letters, digits, `.`, `_`, `-` and `/`. */
export function writePackZip(members: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const bodies: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of members) {
    const shorter = deflateSync(content, { level: 6 });
    const isSmaller = shorter.length < content.length;
    const packed = isSmaller ? shorter : content;
    const method = isSmaller ? deflated : stored;
    const { local, central } = headersOf({
      name,
      method,
      crc: crc32(content),
      size: content.length,
      packed,
      offset,
    });
    bodies.push(local, packed);
    directory.push(central);
    offset += local.length + packed.length;
  }
  const size = directory.reduce((length, { length: more }) => length + more, 0);
  const whole = Buffer.concat([...bodies, ...directory, endOf(members.size, size, offset)]);
  return Buffer.concat([whole, commentOf(sha256(whole))]);
}

/** The verifier as it goes into the pack. */
export function verifierFile(): Uint8Array {
  return readFileSync(new URL('./verify-pack.mjs', import.meta.url));
}
