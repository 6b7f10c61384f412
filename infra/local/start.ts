/** `npm start`: the demonstration on this machine. Settings: PORT, DATA_DIR, KEY_DIR, SEED, SMTP_URL, SMTP_FROM, MAIL_DIGEST_MINUTES. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { roleNames } from '../../functions/web/words.ts';
import { allDemoAccounts } from './accounts.ts';
import { usualDigestMinutes } from '../../functions/home/postman.ts';
import { startServer } from './server.ts';

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().default('data'),
  KEY_DIR: z.string().default('keys'),
  SEED: z.string().default('nghe-an'),
  SMTP_URL: z.string().optional(),
  SMTP_FROM: z.string().default('chi-tra@localhost'),
  /** Mails to one person within so many minutes go out as one; the demonstration gathers nothing. */
  MAIL_DIGEST_MINUTES: z.coerce.number().int().min(0).max(1440).optional(),
  MODE: z.enum(['demonstration', 'production']).default('demonstration'),
});

const settings = environment.safeParse(process.env);
if (!settings.success) fail(`Cấu hình chưa đúng:\n${z.prettifyError(settings.error)}`);
if (settings.data.MODE === 'production') {
  fail(
    'MODE=production chưa chạy được. Đã có: tài khoản được mời, hai quản trị đầu tiên (npm run first-administrators). Còn thiếu: TLS cùng PUBLIC_URL, và máy chủ không mang tài khoản, tệp mẫu, hộp thư và Kho bạc của bản trình diễn (xem README, mục “Chưa có”).',
  );
}

const { PORT, DATA_DIR, KEY_DIR, SEED, SMTP_URL, SMTP_FROM, MAIL_DIGEST_MINUTES, MODE } = settings.data;
try {
  const server = await startServer({
    port: PORT,
    dataDirectory: resolve(DATA_DIR),
    keyDirectory: resolve(KEY_DIR),
    seed: SEED,
    digestMinutes: MAIL_DIGEST_MINUTES ?? (MODE === 'demonstration' ? 0 : usualDigestMinutes),
    ...(SMTP_URL === undefined ? {} : { smtp: { url: SMTP_URL, from: SMTP_FROM } }),
  });
  process.stdout.write(welcome(server.url));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop().then(() => process.exit(0)));
  }
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

function welcome(url: string): string {
  const rows = allDemoAccounts([]).map(({ account, password, secret }) => {
    const role = `${roleNames[account.role].vi}${account.isDeputy === true ? ' (cấp phó)' : ''}`;
    return `  ${role.padEnd(36)} ${account.email.padEnd(38)} ${password.padEnd(28)} ${secret ?? ''}`.trimEnd();
  });
  return [
    '',
    `Chi trả đang chạy: ${url}`,
    '',
    'Bản trình diễn: chỉ mở trên máy này, dữ liệu giả định. Tài khoản (thư điện tử, mật khẩu, khóa của mã xác thực;',
    'trang đăng nhập hiện sẵn mã đang dùng được):',
    ...rows,
    '',
    `Dữ liệu: ${resolve(DATA_DIR)}   Khóa: ${resolve(KEY_DIR)}   Dừng: Ctrl+C`,
    '',
  ].join('\n');
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
