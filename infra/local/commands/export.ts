/**
 * `npm run export -- --out DIR`: a copy of the province of DATA_DIR and KEY_DIR in a folder; with `--home aws` that of the cloud
 * home that the environment names. Its home is verified first, and nobody may write meanwhile. A home made of a copy pays nothing.
 * `--moving --to "…" --by ACCOUNT`: the province moves. Its home writes nothing any more from then on, and the next one pays.
 * `--without-files`: goes without files that the histories name and nobody has any more; else it is refused for them.
 * Run again after it died it goes on. Exit code 0, 1 when the data do not hold or are written to, 2 for a wrong command line.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openMovingHome } from '../../../functions/aws/moving-home.ts';
import { readSettings } from '../../../functions/aws/settings.ts';
import { lockData } from '../data-lock.ts';
import { isAdministrator } from '../move/administrators.ts';
import { exportProvince, type ExportOutcome, type ExportWish } from '../move/export-province.ts';
import { leavingLocal } from '../move/local-place.ts';
import type { Leaving } from '../move/place.ts';
import { leavingCloud } from '../move/table-place.ts';

const usage =
  'Cách dùng: npm run export -- --out THƯ-MỤC [--home local|aws] [--moving --to "NƠI NHẬN" --by TÀI-KHOẢN-QUẢN-TRỊ]';

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { out, home, moving, to = '', by = '', 'without-files': without } = options();
    if (out === undefined || (home !== 'local' && home !== 'aws')) return refuse(usage);
    if (moving === true && (to.trim() === '' || by === '')) return refuse(usage);
    const departure = moving === true ? { to: to.trim(), by, at: new Date().toISOString() } : undefined;
    const wish = { departure, isIncompleteTaken: without === true };
    const made = await (home === 'local' ? fromLocal : fromCloud)(resolve(out), wish);
    return typeof made === 'string' ? refuse(made) : tell(made, out);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function options() {
  return parseArgs({
    options: {
      out: { type: 'string' },
      home: { type: 'string', default: 'local' },
      moving: { type: 'boolean' },
      to: { type: 'string' },
      by: { type: 'string' },
      'without-files': { type: 'boolean' },
    },
  }).values;
}

async function fromLocal(out: string, wish: ExportWish): Promise<ExportOutcome | string> {
  const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
  const folders = { dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR) };
  if (!existsSync(resolve(DATA_DIR, 'histories.sqlite'))) return `Không có dữ liệu ở ${DATA_DIR}.`;
  const lock = lockData(folders.dataDirectory);
  const leaving = leavingLocal(folders);
  try {
    return await exportBy(leaving, out, wish);
  } finally {
    leaving.close();
    lock.close();
  }
}

async function fromCloud(out: string, wish: ExportWish): Promise<ExportOutcome | string> {
  return exportBy(leavingCloud(await openMovingHome(readSettings(process.env))), out, wish);
}

async function exportBy(from: Leaving, out: string, wish: ExportWish): Promise<ExportOutcome | string> {
  const { departure } = wish;
  if (departure !== undefined && !(await isAdministrator(from, departure.by))) {
    return `${departure.by} không phải tài khoản quản trị đang mở.`;
  }
  return exportProvince(from, out, wish);
}

function tell(made: ExportOutcome, out: string): number {
  if (made.outcome === 'refused') {
    process.stdout.write(`${made.why}\n`);
    return 1;
  }
  const { entries, streams, files, keys, anchors, lastAnchor, heads, moved } = made.manifest;
  process.stdout.write(
    `Đã xuất vào ${out}: ${entries} mục của ${streams} lịch sử, ${files} tệp, ${keys} khóa, ${anchors} mã neo.\n` +
      `Mã neo cuối: ${lastAnchor}\nMã đầu mút: ${heads}\n` +
      'Khóa chính không nằm trong bản xuất: hãy mang theo riêng.\n' +
      (moved === undefined
        ? 'Đây là bản chép: nơi này vẫn chi, nơi nhập bản chép thì không.\n'
        : 'Tỉnh đã chuyển đi: nơi này không ghi và không chi nữa. Chỉ nhập bản xuất này vào một nơi, rồi cất đi.\n'),
  );
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
