/** The Files port on one machine. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealedFiles } from '../../infra/local/files.ts';
import { filesContract } from './files.ts';

filesContract('in a folder', async (keys) => {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-files-'));
  const pathOf = (hash: string) => join(directory, hash.slice(0, 2), hash);
  return {
    files: sealedFiles(directory, keys),
    stored: async (hash) => readFileSync(pathOf(hash)),
    replace: async (hash, bytes) => writeFileSync(pathOf(hash), bytes),
    count: async () =>
      readdirSync(directory, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length,
    close: async () => rmSync(directory, { recursive: true }),
  };
});
