/**
 * The tests' temporary folders lie in memory where there is room: stores wait for the disk at each commit, and no test asks
 * what a disk does when the power fails. All are in one folder, and go with it.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const enoughBytes = 2 ** 31;

export default function openFolder(): () => void {
  const isInMemory = hasRoom();
  if (isInMemory) removeLeft();
  const folder = mkdtempSync(join(isInMemory ? memory : tmpdir(), `chi-tra-test-${process.pid}-`));
  process.env['TMPDIR'] = folder;
  // Commands and servers' threads are started by the dozen: what one has compiled the next one takes.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
  // A process that a test started may still write what it has compiled as it ends.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= enoughBytes;
}

/** What runs that were killed have left: memory is not emptied by itself. */
function removeLeft(): void {
  for (const name of readdirSync(memory)) {
    const [, owner] = /^chi-tra-test-(\d+)-/.exec(name) ?? [];
    if (owner !== undefined && !existsSync(join('/proc', owner))) {
      rmSync(join(memory, name), { recursive: true, force: true });
    }
  }
}
