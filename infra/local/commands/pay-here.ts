/**
 * `npm run --silent pay-here -- --operator NAME --by ACCOUNT --confirmed-by ACCOUNT --document "số, ngày" --reason "…" --yes`: the home of
 * DATA_DIR and KEY_DIR, while no server runs, or with `--home aws` that of the environment, pays from now on: the move that left it was
 * given up, or it is the copy of a home that is lost, or was restored. Without `--yes` it says why the home does not pay, and asks what
 * only people know: whether another home pays. Both administrators are told by mail, with PUBLIC_URL, when the home runs again.
 * Exit code 0, 1 when it is refused, 2 for a wrong command line.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dynamoStore } from '../../../functions/aws/dynamo-store.ts';
import { openAwsHome } from '../../../functions/aws/home.ts';
import { openMovingHome } from '../../../functions/aws/moving-home.ts';
import { readSettings } from '../../../functions/aws/settings.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { lockData } from '../data-lock.ts';
import { noDesk, openHome } from '../home.ts';
import { type PaysHere, payHere, planPaysHere, tellPaysHere } from '../move/pay-here.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import { refuse, say } from './connections.ts';

const usage = [
  'Cách dùng: npm run --silent pay-here -- --operator "HỌ TÊN NGƯỜI CHẠY LỆNH" --by QUẢN-TRỊ --confirmed-by QUẢN-TRỊ',
  '    --document "SỐ, NGÀY" --reason "LÝ DO" [--home local|aws] [--yes]',
].join('\n');

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { home, yes, by, document, reason, operator, 'confirmed-by': confirmedBy } = options();
    if (by === undefined || confirmedBy === undefined || document === undefined) return refuse(usage);
    if (reason === undefined || operator === undefined || (home !== 'local' && home !== 'aws')) return refuse(usage);
    const wish = { by, confirmedBy, document, reason, operator, at: new Date().toISOString() };
    return await (home === 'local' ? onThisMachine(wish, yes) : inTheCloud(wish, yes));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function options() {
  return parseArgs({
    options: {
      home: { type: 'string', default: 'local' },
      operator: { type: 'string' },
      by: { type: 'string' },
      'confirmed-by': { type: 'string' },
      document: { type: 'string' },
      reason: { type: 'string' },
      yes: { type: 'boolean', default: false },
    },
  }).values;
}

async function onThisMachine(wish: PaysHere, isMeant: boolean): Promise<number> {
  const { DATA_DIR = 'data', KEY_DIR = 'keys', PUBLIC_URL } = process.env;
  const folders = { dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR) };
  const file = resolve(DATA_DIR, 'histories.sqlite');
  if (!existsSync(file)) return refused(`Không có dữ liệu ở ${DATA_DIR}.`);
  const lock = lockData(folders.dataDirectory);
  // Past the refusal of a home that has moved away.
  const store = openSqliteStore(file);
  try {
    if (!isMeant) return tellPlan(await planPaysHere(store, wish), wish);
    const home = openHome({ ...folders, publicUrl: PUBLIC_URL ?? '' });
    try {
      return await record(store, home.ports(noDesk), wish, PUBLIC_URL);
    } finally {
      home.close();
    }
  } finally {
    store.close();
    lock.close();
  }
}

async function inTheCloud(wish: PaysHere, isMeant: boolean): Promise<number> {
  const settings = readSettings(process.env);
  const { walk } = await openMovingHome(settings, true);
  const store = dynamoStore(walk.table);
  if (!isMeant) return tellPlan(await planPaysHere(store, wish), wish);
  return record(store, openAwsHome(settings).ports, wish, settings.PUBLIC_URL);
}

async function record(
  store: Ports['store'],
  ports: Pick<Ports, 'vault' | 'mailer' | 'directory'>,
  wish: PaysHere,
  publicUrl: string | undefined,
): Promise<number> {
  const why = await payHere({ store, vault: ports.vault }, wish);
  if (why !== undefined) return refused(why);
  if (publicUrl !== undefined) await tellPaysHere(ports, wish, publicUrl);
  say(
    'Đã ghi: từ nay tỉnh chi ở đây. Hãy khởi động lại hệ thống.',
    publicUrl === undefined
      ? 'Chưa đặt PUBLIC_URL nên không có thư nào đi: hãy tự báo cho hai quản trị.'
      : 'Hai quản trị sẽ nhận thư báo khi hệ thống chạy lại.',
  );
  return 0;
}

function tellPlan(plan: Awaited<ReturnType<typeof planPaysHere>>, wish: PaysHere): number {
  if (plan.outcome === 'refused') return refused(plan.why);
  say(
    `Chưa làm gì. Nơi này không chi vì ${plan.why}.`,
    `Sẽ ghi: từ nay tỉnh chi ở đây. Quản trị: ${wish.by}, ${wish.confirmedBy}. Căn cứ: ${wish.document}. Lý do: ${wish.reason}. Người chạy lệnh: ${wish.operator}.`,
    'Chỉ con người trả lời được: có nơi nào khác của tỉnh này đang chạy không, hoặc từ lúc đó tỉnh đã chuyển đi nơi nào chưa? Nếu có, đừng ghi: hai nơi cùng chi thì một người được trả hai lần.',
    'Nếu chắc chắn không, và sao kê của Kho bạc đã được đối chiếu, chạy lại lệnh này và thêm --yes.',
  );
  return 0;
}

function refused(why: string): number {
  say(why);
  return 1;
}
