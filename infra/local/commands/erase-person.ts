/**
 * `npm run erase-person -- --case ID --document NUMBER --on DAY --kept-until DAY --reason "…" --by ADMINISTRATOR
 * --confirmed-by HEAD-OF-HOME-AFFAIRS`: erases what names a person, for good, in DATA_DIR or with `--home aws` where the environment
 * says. Write no name into the reason. Run again after it died it goes on. A running server may show the person for ten minutes more.
 * `--again`: erases again whom the histories name, after keys came back with an older copy.
 * Exit code 0, 1 when it is refused, 2 for a wrong command line.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dynamoStore } from '../../../functions/aws/dynamo-store.ts';
import { openMovingHome, tableEntries } from '../../../functions/aws/moving-home.ts';
import { readSettings } from '../../../functions/aws/settings.ts';
import { erasedOwners } from '../../../shared/case/erased.ts';
import { readStaff } from '../../../shared/case/staff.ts';
import type { Store } from '../../../shared/case/store.ts';
import { homeStore, readWhereabouts } from '../../../shared/case/whereabouts.ts';
import { type ErasurePorts, erasePerson } from '../../../shared/completion/erase-person.ts';
import { entriesIn, eraseKeys, eraseKeysAgain } from '../erased-keys.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import { refuse, say, tellRefusal } from './connections.ts';

const usage =
  'Cách dùng: npm run erase-person -- --case MÃ --document SỐ --on NGÀY --kept-until NGÀY --reason "LÝ DO" --by QUẢN-TRỊ --confirmed-by LÃNH-ĐẠO-SỞ-NỘI-VỤ [--home local|aws]; hoặc -- --again';

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const asked = options();
    if (asked.home !== 'local' && asked.home !== 'aws') return refuse(usage);
    return await (asked.home === 'local' ? onThisMachine(asked) : inTheCloud(asked));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function options() {
  return parseArgs({
    options: {
      home: { type: 'string', default: 'local' },
      case: { type: 'string' },
      document: { type: 'string', default: '' },
      on: { type: 'string', default: '' },
      'kept-until': { type: 'string', default: '' },
      reason: { type: 'string', default: '' },
      by: { type: 'string', default: '' },
      'confirmed-by': { type: 'string', default: '' },
      again: { type: 'boolean' },
    },
  }).values;
}
type Asked = ReturnType<typeof options>;

async function onThisMachine(asked: Asked): Promise<number> {
  const { DATA_DIR = 'data' } = process.env;
  const data = resolve(DATA_DIR);
  const file = resolve(data, 'histories.sqlite');
  if (!existsSync(file)) return refuse(`Không có dữ liệu ở ${DATA_DIR}.`);
  if (asked.again === true) return tellAgain(eraseKeysAgain(data).length);
  const store = openSqliteStore(file);
  try {
    return await erase(asked, {
      ...portsOver(store),
      everyEntry: () => entriesIn(data),
      erase: async (owners) => eraseKeys(data, owners),
    });
  } finally {
    store.close();
  }
}

async function inTheCloud(asked: Asked): Promise<number> {
  const { walk, sealed } = await openMovingHome(readSettings(process.env), true);
  if (asked.again === true) {
    const erased = new Set<string>();
    for await (const entry of tableEntries(walk)) for (const owner of erasedOwners([entry])) erased.add(owner);
    const back: string[] = [];
    for await (const [owner] of sealed.keys()) if (erased.has(owner)) back.push(owner);
    await sealed.eraseKeys(back);
    return tellAgain(back.length);
  }
  return erase(asked, {
    ...portsOver(dynamoStore(walk.table)),
    everyEntry: () => tableEntries(walk),
    erase: async (owners) => sealed.eraseKeys(owners),
  });
}

function portsOver(kept: Store): Pick<ErasurePorts, 'store' | 'find' | 'now'> {
  const store = homeStore(kept, async () => readWhereabouts(kept));
  return {
    store,
    now: () => new Date().toISOString(),
    async find(id) {
      const staff = await readStaff(store, id);
      return staff?.status === 'open' && staff.terms !== undefined ? { id, role: staff.terms.role } : undefined;
    },
  };
}

async function erase(asked: Asked, ports: ErasurePorts): Promise<number> {
  const {
    case: caseId,
    document: number,
    on,
    reason,
    by,
    'kept-until': keptUntil,
    'confirmed-by': confirmedBy,
  } = asked;
  if (caseId === undefined) return refuse(usage);
  const made = await erasePerson({ caseId, document: { number, on }, keptUntil, reason, by, confirmedBy }, ports);
  if (made.outcome === 'refused') return tellRefusal(made);
  say(
    `Đã xóa ${made.keys} khóa của hồ sơ ${caseId}: tên, số định danh, tài khoản và giấy tờ riêng không đọc được nữa.`,
    'Máy chủ đang chạy có thể còn hiện trong 10 phút. Bản sao lưu cũ còn khóa: hủy chúng khi hết hạn; khôi phục sẽ tự xóa lại.',
  );
  return 0;
}

function tellAgain(keys: number): number {
  say(keys === 0 ? 'Không có khóa nào của người đã xóa.' : `Đã xóa lại ${keys} khóa của người đã xóa dữ liệu.`);
  return 0;
}
