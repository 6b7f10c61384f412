/**
 * `npm run restore -- --from DIR`: a backup into DATA_DIR, which must be empty; every byte is held against the backup's own
 * list, the histories are verified, and KEY_DIR must have the master key of that time.
 * Exit code 0, 1 when something does not hold, DATA_DIR is not empty, or files that the histories name are gone, 2 for a wrong command line.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { lackingSentence } from '../../../shared/case/named-files.ts';
import { restore } from '../backup.ts';

process.exitCode = run();

function run(): number {
  try {
    const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
    if (from === undefined) return refuse('Cách dùng: npm run restore -- --from THƯ-MỤC');
    const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
    const folders = { dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR) };
    const made = restore(resolve(from), folders);
    if (made.outcome === 'refused') return say(made.why, 1);
    const { entries, streams, anchors } = made.verified;
    const isWhole = made.lacking.length === 0;
    const whole = isWhole ? 'mọi thứ khớp' : `lịch sử khớp. ${lackingSentence(made.lacking)} Hãy tìm lại chúng`;
    const { length } = made.erasedAgain;
    const again = length === 0 ? '' : ` Đã xóa lại ${length} khóa của người đã xóa dữ liệu mà bản sao lưu còn giữ.`;
    return say(
      `Đã khôi phục vào ${DATA_DIR}: ${entries} mục của ${streams} lịch sử, ${anchors} mã neo, ${made.files} tệp; ${whole}.${again}`,
      isWhole ? 0 : 1,
    );
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function say(line: string, code: number): number {
  process.stdout.write(`${line}\n`);
  return code;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
