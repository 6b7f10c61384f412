/**
 * `npm run import -- --from DIR`: takes an exported province into DATA_DIR, which must be empty; KEY_DIR has its master key.
 * `--home aws` takes it into the cloud home that the environment names; the master key of KEY_DIR goes with it, encrypted by
 * its key service. Everything is verified afterwards. Run again after it died it goes on.
 * Exit code 0, 1 when the export is not what it was or the home is not empty, 2 for a wrong command line.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openMovingHome } from '../../../functions/aws/moving-home.ts';
import { readSettings } from '../../../functions/aws/settings.ts';
import { importProvince, type ImportOutcome } from '../move/import-province.ts';
import { arrivingLocal } from '../move/local-place.ts';
import { arrivingCloud } from '../move/table-place.ts';

const usage = 'Cách dùng: npm run import -- --from THƯ-MỤC [--home local|aws]';

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { values } = parseArgs({ options: { from: { type: 'string' }, home: { type: 'string', default: 'local' } } });
    const { from, home } = values;
    if (from === undefined || (home !== 'local' && home !== 'aws')) return refuse(usage);
    const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
    const master = join(resolve(KEY_DIR), 'master.key');
    if (!existsSync(master)) return refuse(`Không có ${master}: hãy đặt khóa chính của tỉnh vào đó trước.`);
    const came = home === 'local' ? await toLocal(from, DATA_DIR, KEY_DIR) : await toCloud(from, master);
    return tell(came);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

async function toLocal(from: string, data: string, keys: string): Promise<ImportOutcome> {
  return importProvince(resolve(from), arrivingLocal({ dataDirectory: resolve(data), keyDirectory: resolve(keys) }));
}

async function toCloud(from: string, master: string): Promise<ImportOutcome> {
  const key = Buffer.from(readFileSync(master, 'utf8').trim(), 'base64');
  return importProvince(resolve(from), arrivingCloud(await openMovingHome(readSettings(process.env), key)));
}

function tell(came: ImportOutcome): number {
  if (came.outcome === 'refused') {
    process.stdout.write(`${came.why}\n`);
    return 1;
  }
  const { entries, streams, rows, claims, anchors, lastAnchor, heads } = came.manifest;
  process.stdout.write(
    `Đã nhập ${entries} mục của ${streams} lịch sử; ${rows} dòng tổng hợp, ${claims} khóa, ${anchors} mã neo đều khớp.\n` +
      `Mã neo cuối: ${lastAnchor}\nMã đầu mút: ${heads}\n`,
  );
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
