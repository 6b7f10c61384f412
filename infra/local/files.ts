/** The Files port on one machine: a folder, sealed, found by the SHA-256 of the clear content. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Files } from '../../shared/case/ports.ts';
import { sha256 } from '../../shared/hash.ts';
import type { Keys } from '../../functions/home/sealing.ts';

export function sealedFiles(directory: string, keys: Pick<Keys, 'sealBytes' | 'openBytes'>): Files {
  const pathOf = (hash: string) => join(directory, hash.slice(0, 2), hash);
  return {
    async put(content) {
      const hash = sha256(content);
      const path = pathOf(hash);
      // One whose key was erased lies there unreadable, and is written anew.
      const isThere = existsSync(path) && (await keys.openBytes(hash, readFileSync(path))) !== undefined;
      if (!isThere) writeWhole(path, await keys.sealBytes(hash, content));
      return hash;
    },
    async get(hash) {
      const path = pathOf(hash);
      if (!/^[0-9a-f]{64}$/.test(hash) || !existsSync(path)) return undefined;
      const content = await keys.openBytes(hash, readFileSync(path));
      if (content !== undefined && sha256(content) !== hash) throw new Error(`file ${hash} does not match its hash`);
      return content;
    },
  };
}

/** On the disk before it has its name, so that a power cut leaves a whole file or none. */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.${randomUUID()}`;
  const file = openSync(partial, 'wx', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
