/** TrueType fonts without the tables for scripts that Vietnamese does not need. */

/** Substitution, positioning, signature, screen hints: composed letters stand in the font as they are. */
const unneeded: readonly string[] = ['GSUB', 'GPOS', 'GDEF', 'DSIG', 'gasp', 'kern'];
const headerBytes = 12;
const recordBytes = 16;

/**
 * The same letters of the same widths, in a file that takes a fraction of the time to open: the library reads these tables
 * afresh for every paper, which is more than half of the time of a list. Takes a TrueType file, no collection.
 */
export function plainFont(file: Uint8Array): Buffer {
  const font = Buffer.from(file);
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_none, index) => headerBytes + recordBytes * index)
    .map((at) => ({
      record: font.subarray(at, at + recordBytes),
      content: font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12)),
    }))
    .filter(({ record }) => !unneeded.includes(record.toString('latin1', 0, 4)));
  const header = Buffer.alloc(headerBytes + recordBytes * tables.length);
  font.copy(header, 0, 0, headerBytes);
  header.writeUInt16BE(tables.length, 4);
  const parts = [header];
  let offset = header.length;
  for (const [index, { record, content }] of tables.entries()) {
    const at = headerBytes + recordBytes * index;
    record.copy(header, at);
    header.writeUInt32BE(offset, at + 8);
    // Each table begins at a multiple of four.
    const padded = Buffer.alloc(Math.ceil(content.length / 4) * 4);
    content.copy(padded);
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(parts);
}
