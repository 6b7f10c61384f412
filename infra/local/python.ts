/**
 * Programs from PyPI, each in a virtual environment that is made once a list of versions and kept with the user's other caches.
 * They check and stand in; nothing that runs in a home is among them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../shared/hash.ts';

/**
 * What `use` gives, with the Python that has all of `requirements`, a file with every version pinned. `undefined`, with a loud line, where
 * Python or PyPI is missing; with `CI=true` that throws. The tests that need it are then skipped, never passed.
 */
export async function withPython<Made>(
  { name, requirements, untested }: { readonly name: string; readonly requirements: string; readonly untested: string },
  use: (python: string) => Made | Promise<Made>,
): Promise<Made | undefined> {
  try {
    return await use(join(environment(name, requirements), 'bin', 'python'));
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    process.stderr.write(`\n!!! NOT TESTED ${untested}: ${String(error)}\n\n`);
    return undefined;
  }
}

/** The folder of the virtual environment; made beside its place and moved there, so that it is whole or not there. */
function environment(name: string, requirements: string): string {
  const caches = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'chi-tra');
  const place = join(caches, `${name}-${sha256(readFileSync(requirements)).slice(0, 12)}`);
  if (existsSync(place)) return place;
  mkdirSync(caches, { recursive: true });
  const made = mkdtempSync(join(caches, 'making-'));
  try {
    run('python3', '-m', 'venv', made);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
    run(join(made, 'bin', 'python'), ...pip);
    if (!existsSync(place)) renameSync(made, place);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return place;
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-2000)}`);
}
