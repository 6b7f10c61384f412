/** The Vault port on one machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Keys, openKeys } from '../../infra/local/keys.ts';
import { vaultContract } from './vault.ts';

vaultContract('of one machine', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-keys-'));
  const opened: Keys[] = [];
  const open = () => {
    const keys = openKeys(join(directory, 'keys'), directory);
    opened.push(keys);
    return keys;
  };
  return {
    keys: open(),
    reopen: async () => open(),
    async close() {
      for (const keys of opened) keys.close();
      rmSync(directory, { recursive: true });
    },
  };
});
