/**
 * `npm run pay-here -- --by ACCOUNT --confirmed-by ACCOUNT --document "số, ngày" --reason "…"`: the home of DATA_DIR, or with
 * `--home aws` that of the environment, pays from now on: the move that left it was given up, or it is the copy of a home that is
 * lost. Make sure first that no other home pays: no import of the export was made, or its home is stopped for good.
 * Exit code 0, 1 when it is refused, 2 for a wrong command line.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openMovingHome } from '../../../functions/aws/moving-home.ts';
import { dynamoStore } from '../../../functions/aws/dynamo-store.ts';
import { readSettings } from '../../../functions/aws/settings.ts';
import { lockData } from '../data-lock.ts';
import { type PaysHere, payHere } from '../move/pay-here.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import { refuse, say } from './connections.ts';

const usage =
  'Cách dùng: npm run pay-here -- --by QUẢN-TRỊ --confirmed-by QUẢN-TRỊ --document "SỐ, NGÀY" --reason "LÝ DO" [--home local|aws]';

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { home, by, document, reason, 'confirmed-by': confirmedBy } = options();
    const isWhole = by !== undefined && confirmedBy !== undefined && document !== undefined && reason !== undefined;
    if (!isWhole || (home !== 'local' && home !== 'aws')) return refuse(usage);
    const wish = { by, confirmedBy, document, reason, at: new Date().toISOString() };
    const why = home === 'local' ? await onThisMachine(wish) : await inTheCloud(wish);
    if (why === undefined) say('Đã ghi: từ nay tỉnh chi ở đây. Hãy khởi động lại hệ thống.');
    else say(why);
    return why === undefined ? 0 : 1;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function options() {
  return parseArgs({
    options: {
      home: { type: 'string', default: 'local' },
      by: { type: 'string' },
      'confirmed-by': { type: 'string' },
      document: { type: 'string' },
      reason: { type: 'string' },
    },
  }).values;
}

async function onThisMachine(wish: PaysHere): Promise<string | undefined> {
  const { DATA_DIR = 'data' } = process.env;
  const file = resolve(DATA_DIR, 'histories.sqlite');
  if (!existsSync(file)) return `Không có dữ liệu ở ${DATA_DIR}.`;
  const lock = lockData(resolve(DATA_DIR));
  const store = openSqliteStore(file);
  try {
    return await payHere(store, wish);
  } finally {
    store.close();
    lock.close();
  }
}

async function inTheCloud(wish: PaysHere): Promise<string | undefined> {
  const { walk } = await openMovingHome(readSettings(process.env), true);
  return payHere(dynamoStore(walk.table), wish);
}
