/**
 * `npm run import -- --from DIR`: takes an exported province into DATA_DIR, which must be empty; KEY_DIR has its master key.
 * `--home aws` takes it into the cloud home that the environment names; the master key of KEY_DIR goes with it, encrypted by
 * its key service. Everything is verified afterwards, and held against paper: `--anchor` as it is printed on the newest report,
 * `--heads` as the export told it. What moved is at home here from then on; what is a copy pays nothing. Run again after it died it goes on.
 * Exit code 0, 1 when the export is not what it was or the home is not empty, 2 for a wrong command line.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openMovingHome } from '../../../functions/aws/moving-home.ts';
import { readSettings } from '../../../functions/aws/settings.ts';
import { importProvince, type ImportOutcome } from '../move/import-province.ts';
import { readMasterKey } from '../keys.ts';
import { arrivingLocal } from '../move/local-place.ts';
import type { Arriving } from '../move/place.ts';
import { arrivingCloud } from '../move/table-place.ts';

const usage = 'Cách dùng: npm run import -- --from THƯ-MỤC [--home local|aws] [--anchor MÃ-NEO] [--heads MÃ-ĐẦU-MÚT]';

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { from, home, anchor, heads } = options();
    if (from === undefined || (home !== 'local' && home !== 'aws')) return refuse(usage);
    const isHash = (text: string | undefined) => text === undefined || /^[0-9a-f]{64}$/.test(text);
    if (!isHash(anchor) || !isHash(heads)) return refuse('Mã neo và mã đầu mút gồm 64 chữ số và chữ a–f.');
    const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
    const master = join(resolve(KEY_DIR), 'master.key');
    if (!existsSync(master)) return refuse(`Không có ${master}: hãy đặt khóa chính của tỉnh vào đó trước.`);
    const to = home === 'local' ? localAt(DATA_DIR, KEY_DIR) : await cloudWith(readMasterKey(master));
    const printed = { ...(anchor === undefined ? {} : { anchor }), ...(heads === undefined ? {} : { heads }) };
    return tell(await importProvince(resolve(from), to, printed), anchor);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function options() {
  return parseArgs({
    options: {
      from: { type: 'string' },
      home: { type: 'string', default: 'local' },
      anchor: { type: 'string' },
      heads: { type: 'string' },
    },
  }).values;
}

function localAt(data: string, keys: string): Arriving {
  return arrivingLocal({ dataDirectory: resolve(data), keyDirectory: resolve(keys) });
}

async function cloudWith(master: Uint8Array): Promise<Arriving> {
  const home = await openMovingHome(readSettings(process.env), true);
  return arrivingCloud({ ...home, master, takeMaster: async () => home.takeMaster(master) });
}

function tell(came: ImportOutcome, anchor: string | undefined): number {
  if (came.outcome === 'refused') {
    process.stdout.write(`${came.why}\n`);
    return 1;
  }
  const { entries, streams, rows, claims, anchors, heads, moved } = came.manifest;
  const held =
    anchor === undefined
      ? 'Chưa đối chiếu với giấy: hãy so mã neo này với báo cáo in gần nhất, hoặc nhập lại với --anchor.'
      : `Mã neo trên giấy ${anchor} có trong dữ liệu.`;
  process.stdout.write(
    `Đã nhập ${entries} mục của ${streams} lịch sử; ${rows} dòng tổng hợp, ${claims} khóa, ${anchors} mã neo đều khớp với nhau.\n` +
      `Mã neo cuối trong dữ liệu: ${came.lastAnchor ?? 'chưa có'}\nMã đầu mút: ${heads}\n${held}\n` +
      (moved === undefined
        ? 'Đây là bản chép: mọi việc làm thử được, trừ chi tiền.\n'
        : 'Tỉnh đã chuyển đến đây: từ nay chi ở đây.\n'),
  );
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
