/** Files that a power cut leaves whole or not there: what has its name is on the disk, and so is the name. */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes the folders that lack. Whatever lay there under that name is replaced. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const folder = dirname(path);
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  moveWhole(partial, path);
  if (made !== undefined) syncFolders(folder, dirname(made));
}

/** Renames, and keeps the new name; both must lie on one disk. */
export function moveWhole(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) syncFolder(dirname(from));
}

/** A folder that was just made is lost with the power, unless the one above it is on the disk. */
function syncFolders(from: string, upTo: string): void {
  for (let folder = from; folder !== upTo && folder !== dirname(folder); folder = dirname(folder))
    syncFolder(dirname(folder));
}

/** Keeps the names in a folder, and in every folder within it. */
export function syncTree(folder: string): void {
  for (const one of readdirSync(folder, { withFileTypes: true })) {
    if (one.isDirectory()) syncTree(join(folder, one.name));
  }
  syncFolder(folder);
}

/** Windows opens no folder, and needs none of it. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
