/** One process at a time on a data folder: the server, or a command that must not meet it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Held until it is closed; a kill frees it. Throws when another process has it. */
export function lockData(dataDirectory: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataDirectory, 'lock.sqlite'));
  try {
    lock.exec(
      'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (by TEXT); COMMIT; BEGIN EXCLUSIVE;',
    );
  } catch {
    lock.close();
    throw new Error(
      `Dữ liệu ở ${dataDirectory} đang được một tiến trình khác dùng. Hãy tắt tiến trình đó, hoặc chọn thư mục khác bằng DATA_DIR.`,
    );
  }
  return lock;
}
