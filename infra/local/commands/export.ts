/**
 * `npm run export -- --out DIR`: the province of DATA_DIR and KEY_DIR in a folder, to be taken into another home; with
 * `--home aws` that of the cloud home that the environment names. Its home is verified first, and nobody may write meanwhile.
 * Run again after it died it goes on. Exit code 0, 1 when the data do not hold or are written to, 2 for a wrong command line.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openMovingHome } from '../../../functions/aws/moving-home.ts';
import { readSettings } from '../../../functions/aws/settings.ts';
import { lockData } from '../data-lock.ts';
import { exportProvince, type ExportOutcome } from '../move/export-province.ts';
import { leavingLocal } from '../move/local-place.ts';
import { leavingCloud } from '../move/table-place.ts';

const usage = 'Cách dùng: npm run export -- --out THƯ-MỤC [--home local|aws]';

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' }, home: { type: 'string', default: 'local' } } });
    const { out, home } = values;
    if (out === undefined || (home !== 'local' && home !== 'aws')) return refuse(usage);
    const made = home === 'local' ? await fromLocal(resolve(out)) : await fromCloud(resolve(out));
    return typeof made === 'string' ? refuse(made) : tell(made, out);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

async function fromLocal(out: string): Promise<ExportOutcome | string> {
  const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
  const folders = { dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR) };
  if (!existsSync(resolve(DATA_DIR, 'histories.sqlite'))) return `Không có dữ liệu ở ${DATA_DIR}.`;
  const lock = lockData(folders.dataDirectory);
  const leaving = leavingLocal(folders);
  try {
    return await exportProvince(leaving, out);
  } finally {
    leaving.close();
    lock.close();
  }
}

async function fromCloud(out: string): Promise<ExportOutcome> {
  return exportProvince(leavingCloud(await openMovingHome(readSettings(process.env))), out);
}

function tell(made: ExportOutcome, out: string): number {
  if (made.outcome === 'refused') {
    process.stdout.write(`${made.why}\n`);
    return 1;
  }
  const { entries, streams, files, keys, anchors, lastAnchor, heads } = made.manifest;
  process.stdout.write(
    `Đã xuất vào ${out}: ${entries} mục của ${streams} lịch sử, ${files} tệp, ${keys} khóa, ${anchors} mã neo.\n` +
      `Mã neo cuối: ${lastAnchor}\nMã đầu mút: ${heads}\n` +
      'Khóa chính không nằm trong bản xuất: hãy mang theo riêng.\n',
  );
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
