/**
 * `npm run --silent api-client -- --by ACCOUNT …`: systems that may call the API. `--name … --scope … [--unit …] [--days 90] [--pool CLIENT]`
 * proposes one and prints its token once, unless it is a client of a user pool; `--confirm ID` by another administrator lets it in; `--revoke ID --reason …` ends it; `--list` tells all.
 */
import { parseArgs } from 'node:util';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import type { Account } from '../../../shared/case/access.ts';
import { everyClient } from '../../../shared/case/api-client.ts';
import { confirmClient, proposeClient, revokeClient } from '../../../shared/case/api-client-acts.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { newToken } from '../../../functions/web/api-token.ts';
import { asAdministrator, refuse, say, tellRefusal } from './connections.ts';

const ordinaryDays = '90';

process.exitCode = await run();

async function run(): Promise<number> {
  let asked: ReturnType<typeof options>;
  try {
    asked = options();
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  return asAdministrator(asked.by, async (account, ports) => act(asked, account, ports));
}

function options() {
  return parseArgs({
    options: {
      by: { type: 'string' },
      name: { type: 'string' },
      scope: { type: 'string', multiple: true, default: [] },
      unit: { type: 'string', multiple: true, default: [] },
      days: { type: 'string', default: ordinaryDays },
      pool: { type: 'string' },
      confirm: { type: 'string' },
      revoke: { type: 'string' },
      reason: { type: 'string', default: '' },
      list: { type: 'boolean' },
    },
  }).values;
}

async function act(asked: ReturnType<typeof options>, account: Account, ports: Ports): Promise<number> {
  const { name, scope, unit, days, pool, confirm, revoke, reason, list } = asked;
  if (list === true) return tellAll(ports);
  if (confirm !== undefined) {
    const done = await confirmClient(confirm, account, ports);
    if (done.outcome === 'refused') return tellRefusal(done);
    say('Đã xác nhận; mã truy cập có hiệu lực từ bây giờ.');
    return 0;
  }
  if (revoke !== undefined) {
    const done = await revokeClient(revoke, reason, account, ports);
    if (done.outcome === 'refused') return tellRefusal(done);
    say('Đã thu hồi; mã truy cập không còn dùng được.');
    return 0;
  }
  if (!/^\d{1,3}$/.test(days)) return refuse('--days là số ngày, ví dụ 90.');
  const token = newToken();
  const expiresOn = addDays(localDateOf(ports.now()), Number(days));
  const inPool = pool === undefined ? {} : { poolClient: pool };
  const wish = { name: name ?? '', scopes: scope, units: unit, expiresOn, token, ...inPool };
  const made = await proposeClient(wish, account, ports);
  if (made.outcome === 'refused') return tellRefusal(made);
  say(
    `Hệ thống kết nối: ${made.id} (hết hạn sau ngày ${expiresOn})`,
    pool === undefined ? `Mã truy cập, chỉ hiện một lần: ${token}` : `Dùng mã của user pool, ứng dụng ${pool}`,
    `Cần người quản trị khác xác nhận: npm run --silent api-client -- --confirm ${made.id} --by TÀI_KHOẢN`,
  );
  return 0;
}

async function tellAll(ports: Ports): Promise<number> {
  for (const { id, status, terms } of await everyClient(ports.store)) {
    const units = terms.units === undefined ? 'cả tỉnh' : terms.units.join(',');
    say([id, status, terms.expiresOn, terms.scopes.join(','), units, terms.name].join('\t'));
  }
  return 0;
}
