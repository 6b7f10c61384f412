/**
 * `npm run restore -- --from DIR`: a backup into DATA_DIR, which must be empty; every byte is held against the backup's own
 * list, the histories are verified, and KEY_DIR must have the master key of that time.
 * `npm run restore -- --home aws`: of tables that the service has restored, which the environment names, the histories say so.
 * Either way the province pays nothing until two administrators record that it may (`npm run pay-here`).
 * Exit code 0, 1 when something does not hold, DATA_DIR is not empty, or files that the histories name are gone, 2 for a wrong command line.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatInstant } from '../../../shared/calendar.ts';
import { lackingSentence } from '../../../shared/case/named-files.ts';
import { recordRestored, type Whereabouts, whyNot } from '../../../shared/case/whereabouts.ts';
import { restore } from '../backup.ts';

const signInAgain =
  'Mọi người phải đăng nhập lại. Thư mời chưa dùng không còn hiệu lực: hãy mời lại ở trang Tài khoản. Thư chưa gửi lúc đó sẽ không gửi nữa: thư hỏi xác nhận đợt thì gửi lại ở trang Thư đã gửi.';

const noNoticeKey =
  'Ở KEY_DIR không có khóa ký giấy báo (notice.key): khóa mới sẽ được tạo với giấy đầu tiên, giấy cũ vẫn kiểm tra được. Nếu còn bản cất có notice.key, hãy đặt lại trước khi khởi động; nếu không, hãy chép lại KEY_DIR vào nơi cất sau đó.';

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { from, home } = parseArgs({
      options: { from: { type: 'string' }, home: { type: 'string', default: 'local' } },
    }).values;
    if (home === 'aws' && from === undefined) return say(`${openAgain(undefined)}\n${toldOf(await markInCloud())}`, 0);
    if (from === undefined || home !== 'local')
      return refuse('Cách dùng: npm run restore -- --from THƯ-MỤC, hoặc --home aws');
    const { DATA_DIR = 'data', KEY_DIR = 'keys' } = process.env;
    const folders = { dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR) };
    const made = await restore(resolve(from), folders, new Date().toISOString());
    if (made.outcome === 'refused') return say(made.why, 1);
    const { entries, streams, anchors } = made.verified;
    const isWhole = made.lacking.length === 0;
    const whole = isWhole ? 'mọi thứ khớp' : `lịch sử khớp. ${lackingSentence(made.lacking)} Hãy tìm lại chúng`;
    const { length } = made.erasedAgain;
    const again = length === 0 ? '' : ` Đã xóa lại ${length} khóa của người đã xóa dữ liệu mà bản sao lưu còn giữ.`;
    return say(
      `Đã khôi phục vào ${DATA_DIR}: ${entries} mục của ${streams} lịch sử, ${anchors} mã neo, ${made.files} tệp; ${whole}.${again}\n${[openAgain(made.takenAt), signInAgain, ...(made.lacksNoticeKey ? [noNoticeKey] : []), toldOf(made.where)].join('\n')}`,
      isWhole ? 0 : 1,
    );
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** A state of before knows nothing of what was taken away since. */
function openAgain(takenAt: string | undefined): string {
  const since = takenAt === undefined ? 'lúc đó' : formatInstant(takenAt);
  return `Những gì đã đóng hay thu hồi từ ${since}, nay mở lại: tài khoản đã đóng, mật khẩu đã đổi, kết nối API và nơi nhận tin đã thu hồi. Trước khi cho ai đăng nhập, hãy đóng và thu hồi lại (trang Tài khoản, npm run api-client, npm run webhook), và mời lại người đã đổi mật khẩu.`;
}

/** What only the cloud needs is loaded when it is asked for. */
async function markInCloud(): Promise<Whereabouts> {
  const { dynamoStore } = await import('../../../functions/aws/dynamo-store.ts');
  const { openMovingHome } = await import('../../../functions/aws/moving-home.ts');
  const { readSettings } = await import('../../../functions/aws/settings.ts');
  const { walk } = await openMovingHome(readSettings(process.env), true);
  return recordRestored(dynamoStore(walk.table), new Date().toISOString(), {});
}

function toldOf(where: Whereabouts): string {
  return where === 'here' ? '' : whyNot[where].vi;
}

function say(line: string, code: number): number {
  process.stdout.write(`${line}\n`);
  return code;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
