/** What a province in earnest on one machine must be told before it starts: read from the environment, refused in Vietnamese. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { usualDigestMinutes } from '../../functions/home/postman.ts';
import type { Site } from './entrance.ts';
import { sealedOnTheWay, type Smtp } from './smtp.ts';

export interface ProductionSettings {
  readonly port: number;
  readonly dataDirectory: string;
  readonly keyDirectory: string;
  readonly site: Site;
  readonly smtp: Smtp;
  readonly digestMinutes: number;
}

const addressProblem =
  'PUBLIC_URL phải là địa chỉ https của các trang, không có đường dẫn sau tên máy, ví dụ https://chi-tra.tinh.gov.vn.';

const environment = z
  .object({
    PUBLIC_URL: z
      .url({ protocol: /^https$/, error: addressProblem })
      .refine((url) => URL.canParse(url) && new URL(url).href === `${new URL(url).origin}/`, addressProblem)
      .transform((url) => new URL(url).origin),
    TLS_CERT: z.string().min(1).optional(),
    TLS_KEY: z.string().min(1).optional(),
    PORT: z.coerce.number().int().min(1).max(65_535).optional(),
    DATA_DIR: z.string().min(1).default('data'),
    KEY_DIR: z.string().min(1).default('keys'),
    SMTP_URL: z.url({
      protocol: /^smtps?$/,
      error: 'SMTP_URL phải nêu máy chủ thư, ví dụ smtp://ten:matkhau@thu.tinh.gov.vn:587: việc phê duyệt đi bằng thư.',
    }),
    SMTP_FROM: z
      .string({ error: 'SMTP_FROM phải là địa chỉ gửi thư, ví dụ chi-tra@tinh.gov.vn.' })
      .regex(/@[^@\s]+\.[^@\s>]+>?$/, 'SMTP_FROM phải là địa chỉ gửi thư, ví dụ chi-tra@tinh.gov.vn.'),
    MAIL_DIGEST_MINUTES: z.coerce.number().int().min(0).max(1440).default(usualDigestMinutes),
  })
  .refine(({ TLS_CERT, TLS_KEY }) => (TLS_CERT === undefined) === (TLS_KEY === undefined), {
    error:
      'TLS_CERT (chứng thư) và TLS_KEY (khóa riêng) phải có cả hai, hoặc không có cả hai khi một proxy trên máy này lo TLS.',
  })
  .refine(({ DATA_DIR, KEY_DIR }) => !isWithin(whereReally(resolve(KEY_DIR)), whereReally(resolve(DATA_DIR))), {
    error: 'KEY_DIR không được nằm trong DATA_DIR: một bản sao dữ liệu sẽ mang theo cả khóa mở nó.',
  });

/** A port that needs no rights of the system; a proxy or the firewall leads the usual one to it. */
const usualPort = 8443;
const usualPortBehindProxy = 8080;

/** Throws, in Vietnamese, naming every setting that is missing or wrong. */
export function productionSettings(env: Readonly<Record<string, string | undefined>>): ProductionSettings {
  const read = environment.safeParse(env);
  if (!read.success) {
    const lines = read.error.issues.map(({ message, path }) => `- ${asSentence(message, path.join('.'))}`);
    throw new Error(['MODE=production chưa chạy được:', ...new Set(lines)].join('\n'));
  }
  const { PUBLIC_URL, TLS_CERT, TLS_KEY, PORT, SMTP_URL, SMTP_FROM, DATA_DIR, KEY_DIR, MAIL_DIGEST_MINUTES } =
    read.data;
  const tls =
    TLS_CERT === undefined || TLS_KEY === undefined
      ? undefined
      : { certificate: resolve(TLS_CERT), key: resolve(TLS_KEY) };
  return {
    port: PORT ?? (tls === undefined ? usualPortBehindProxy : usualPort),
    dataDirectory: resolve(DATA_DIR),
    keyDirectory: resolve(KEY_DIR),
    site: { publicUrl: PUBLIC_URL, ...(tls === undefined ? {} : { tls }) },
    smtp: { url: sealedOnTheWay(SMTP_URL), from: SMTP_FROM },
    digestMinutes: MAIL_DIGEST_MINUTES,
  };
}

/** Our own sentences name their setting; zod's do not. */
function asSentence(message: string, setting: string): string {
  return /[A-Z]+_/.test(message) ? message : `${setting}: ${message}`;
}

/** Past the links of what is there already. */
function whereReally(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return dirname(path) === path ? path : join(whereReally(dirname(path)), basename(path));
}

function isWithin(inner: string, outer: string): boolean {
  const way = relative(outer, inner);
  return way === '' || !/^\.\.([/\\]|$)|^([/\\]|[A-Za-z]:)/.test(way);
}

/** What does not stop a start, and should be known. */
export function productionWarnings({ dataDirectory, keyDirectory }: ProductionSettings): readonly string[] {
  const [data, keys] = [dataDirectory, keyDirectory].map((directory) => statSync(directory).dev);
  return data === keys
    ? [
        'Khóa (KEY_DIR) nằm cùng ổ đĩa với dữ liệu (DATA_DIR): ai lấy được cả ổ đĩa thì đọc được dữ liệu. Nên đặt KEY_DIR ở ổ khác.',
      ]
    : [];
}
