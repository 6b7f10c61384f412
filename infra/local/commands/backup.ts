/**
 * `npm run backup -- --out DIR`: a copy of DATA_DIR while the server runs, verified. The master key in KEY_DIR is not in it.
 * Exit code 0, 1 when the data do not hold, or files that they name are gone (what is left is copied, and they are named), 2 for a wrong command line.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { lackingSentence } from '../../../shared/case/named-files.ts';
import { backUp } from '../backup.ts';

process.exitCode = run();

function run(): number {
  try {
    const { out } = parseArgs({ options: { out: { type: 'string' } } }).values;
    const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
    if (out === undefined) return refuse('Cách dùng: npm run backup -- --out THƯ-MỤC');
    if (!existsSync(resolve(DATA_DIR, 'histories.sqlite'))) return refuse(`Không có dữ liệu ở ${DATA_DIR}.`);
    const made = backUp(
      { dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR) },
      resolve(out),
      new Date().toISOString(),
    );
    if (made.outcome === 'refused') return say(made.why, 1);
    const { entries, streams, anchors } = made.verified;
    const isWhole = made.lacking.length === 0;
    const whole = isWhole ? 'mọi thứ khớp' : `lịch sử khớp. ${lackingSentence(made.lacking)} Hãy tìm lại chúng`;
    return say(
      `Đã sao lưu vào ${out}: ${entries} mục của ${streams} lịch sử, ${anchors} mã neo, ${made.files} tệp; ${whole}.\n` +
        'Khóa chính và khóa ký giấy báo (KEY_DIR) không nằm trong bản sao lưu: hãy cất ở nơi khác.',
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
