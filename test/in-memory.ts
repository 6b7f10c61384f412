/**
 * The tests' temporary folders lie in memory where there is room: stores wait for the disk at each commit, and no test asks
 * what a disk does when the power fails. All are in one folder, and go with it.
 */
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const enoughBytes = 2 ** 31;

export default function openFolder(): () => void {
  const folder = mkdtempSync(join(hasRoom() ? memory : tmpdir(), 'chi-tra-test-'));
  process.env['TMPDIR'] = folder;
  // Commands and servers' threads are started by the dozen: what one has compiled the next one takes.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
  return () => rmSync(folder, { recursive: true, force: true });
}

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= enoughBytes;
}
