/** What DynamoDB charges, by its published rules; each is a page of the developer guide ("item sizes", "read and write capacity"). */

export interface Units {
  /** Of the table; in a transaction each item is written twice. */
  write: number;
  /** Of the indexes: written once, after the transaction. */
  indexWrite: number;
  /** Of `write`, what claims take. */
  claimWrite: number;
  read: number;
  /** Calls of the service. */
  requests: number;
}

const writeUnitBytes = 1024;
const readUnitBytes = 4096;

/** Names and values: text in UTF-8, two digits of a number a byte and one more, bytes as they are. */
export function bytesOf(item: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replaceAll(/\D|0+$/g, '').length / 2) + 1;
  if (value instanceof Uint8Array) return value.length;
  throw new TypeError(`the store keeps no ${typeof value} in an item`);
}

/** By the longer of what was there and what comes; an item that is not there costs one as well. Doubled by whoever is in a transaction. */
export function writeUnits(
  old: Readonly<Record<string, unknown>> | undefined,
  item: Readonly<Record<string, unknown>> | undefined,
): number {
  const bytes = Math.max(old === undefined ? 0 : bytesOf(old), item === undefined ? 0 : bytesOf(item));
  return Math.max(1, Math.ceil(bytes / writeUnitBytes));
}

export function readUnits(item: Readonly<Record<string, unknown>> | undefined, isConsistent: boolean): number {
  return readUnitsOf(item === undefined ? 0 : bytesOf(item), isConsistent);
}

/** Half when it may be a little late; a query pays for all that it reads together. */
export function readUnitsOf(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / readUnitBytes)) / (isConsistent ? 1 : 2);
}
