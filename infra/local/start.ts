/**
 * `npm start`: the demonstration on this machine. Settings: PORT, DATA_DIR, KEY_DIR, SEED, SMTP_URL, SMTP_FROM, MAIL_DIGEST_MINUTES.
 * With MODE=production a province in earnest; its settings: `production.ts`.
 */
import { resolve } from 'node:path';
import * as z from 'zod';
import { roleNames } from '../../functions/web/words.ts';
import { allDemoAccounts } from './accounts.ts';
import { productionSettings, productionWarnings } from './production.ts';
import { type ServerSettings, startServer } from './server.ts';

const demonstration = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().default('data'),
  KEY_DIR: z.string().default('keys'),
  SEED: z.string().default('nghe-an'),
  SMTP_URL: z.string().optional(),
  SMTP_FROM: z.string().default('chi-tra@localhost'),
  /** Mails to one person within so many minutes go out as one; the demonstration gathers nothing. */
  MAIL_DIGEST_MINUTES: z.coerce.number().int().min(0).max(1440).default(0),
  MODE: z.literal('demonstration', 'MODE là demonstration (mặc định) hoặc production.').optional(),
});

try {
  await (process.env['MODE'] === 'production' ? startProvince() : startDemonstration());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function startDemonstration(): Promise<void> {
  const read = demonstration.safeParse(process.env);
  if (!read.success) throw new Error(`Cấu hình chưa đúng:\n${z.prettifyError(read.error)}`);
  const { PORT, DATA_DIR, KEY_DIR, SEED, SMTP_URL, SMTP_FROM, MAIL_DIGEST_MINUTES } = read.data;
  const settings = {
    port: PORT,
    dataDirectory: resolve(DATA_DIR),
    keyDirectory: resolve(KEY_DIR),
    seed: SEED,
    digestMinutes: MAIL_DIGEST_MINUTES,
    ...(SMTP_URL === undefined ? {} : { smtp: { url: SMTP_URL, from: SMTP_FROM } }),
  };
  const url = await run(settings);
  const rows = allDemoAccounts([]).map(({ account, password, secret }) => {
    const role = `${roleNames[account.role].vi}${account.isDeputy === true ? ' (cấp phó)' : ''}`;
    return `  ${role.padEnd(36)} ${account.email.padEnd(38)} ${password.padEnd(28)} ${secret ?? ''}`.trimEnd();
  });
  say(
    `Chi trả đang chạy: ${url}`,
    '',
    'Bản trình diễn: chỉ mở trên máy này, dữ liệu giả định. Tài khoản (thư điện tử, mật khẩu, khóa của mã xác thực;',
    'trang đăng nhập hiện sẵn mã đang dùng được):',
    ...rows,
    '',
    whereItLies(settings),
  );
}

async function startProvince(): Promise<void> {
  const settings = productionSettings(process.env);
  const url = await run(settings);
  say(
    `Chi trả đang chạy: ${url}`,
    settings.site.tls === undefined
      ? `Chỉ nghe trên máy này, cổng ${settings.port}: một proxy trên máy này phải lo TLS cho địa chỉ trên.`
      : `Nghe mọi địa chỉ mạng của máy, cổng ${settings.port}, bằng TLS.`,
    whereItLies(settings),
    ...productionWarnings(settings).map((warning) => `Lưu ý: ${warning}`),
  );
}

async function run(settings: ServerSettings): Promise<string> {
  const server = await startServer(settings);
  let stopping: Promise<void> | undefined;
  // Terminals and service managers tell npm and what it started: the same signal comes twice.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopping ??= server.stop().then(() => process.exit(0));
    });
  }
  return server.url;
}

function whereItLies({ dataDirectory, keyDirectory }: ServerSettings): string {
  return `Dữ liệu: ${dataDirectory}   Khóa: ${keyDirectory}   Dừng: Ctrl+C`;
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}
