/** A QR as a black and white picture (PNG), one bit a point. The same text gives the same bytes. */
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Points a square, so that no viewer has to make the edges up. */
const scale = 4;
/** White squares around it: phones ask for four. */
const border = 4;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One of eight, for all: to try each takes most of the time of a page, and what is signed looks random under any. */
const maskPattern = 2;

/** Up to 15 % of it may be damaged. */
export function qrPicture(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border, maskPattern });
  const side = size * scale;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // One bit of grey, no palette, not interlaced.
  header.set([1, 0, 0, 0, 0], 8);
  const lines = data.flatMap((squares) => Array.from({ length: scale }, () => lineOf(squares)));
  const points = Buffer.concat(lines);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(points)), chunk('IEND')]);
}

/** The points of a line, after the byte that says how it is filtered: not at all. */
function lineOf(squares: readonly boolean[]): Buffer {
  const line = Buffer.alloc(Math.ceil((squares.length * scale) / 8) + 1);
  for (const [place, isBlack] of squares.entries()) {
    if (isBlack) continue;
    for (let x = place * scale; x < (place + 1) * scale; x += 1)
      line[(x >> 3) + 1] = (line[(x >> 3) + 1] ?? 0) | (0x80 >> (x & 7));
  }
  return line;
}

function chunk(name: string, content: Uint8Array = new Uint8Array()): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(content.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
