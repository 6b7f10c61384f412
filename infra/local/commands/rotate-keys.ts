/**
 * `npm run rotate-keys`: another master key for DATA_DIR and KEY_DIR, while no server runs. The old one is put aside in KEY_DIR:
 * backups of before need it. Everybody signs in again. Run again after it died it goes on.
 * Exit code 0, 2 when it cannot be done.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { lockData } from '../data-lock.ts';
import { rotateKeys } from '../rotate-keys.ts';

process.exitCode = run();

function run(): number {
  const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
  const folders = { dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR) };
  try {
    if (!existsSync(resolve(DATA_DIR, 'keys.sqlite'))) return refuse(`Không có dữ liệu ở ${DATA_DIR}.`);
    const lock = lockData(folders.dataDirectory);
    try {
      const { keys, oldKey } = rotateKeys(folders);
      const kept = oldKey === '' ? '' : ` Khóa cũ ở ${oldKey}: cất riêng chừng nào còn giữ bản sao lưu cũ.`;
      process.stdout.write(`Đã đổi khóa chính; ${keys} khóa được bọc lại.${kept} Hãy chép lại KEY_DIR vào nơi cất.\n`);
      return 0;
    } finally {
      lock.close();
    }
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
