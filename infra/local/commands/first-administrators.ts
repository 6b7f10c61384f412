/**
 * `npm run --silent first-administrators -- --by NAME --document PAPER --person "NAME <MAIL>" --person "NAME <MAIL>" --yes`: the first two
 * administrators of a province, opened at once and invited; without `--yes` it only says what it would do. On one machine that of
 * DATA_DIR and KEY_DIR, while no server runs, with PUBLIC_URL for the links and SMTP_URL, SMTP_FROM for the mails; without SMTP_URL
 * it prints the links. With `--home aws` that of the cloud home which the environment names, invited by its user pool; a master key is made
 * where there is none.
 * Where there are administrators, and none of them can sign in (a province that moved, a run that died), they alone are invited anew,
 * and nobody needs to be named. Exit code 0, 1 when it is refused, 2 for a wrong command line or a service that failed: run it again.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { inviteFirstAdministrators } from '../../../functions/home/first-administrators.ts';
import type { FirstPerson, SettingUp } from '../../../shared/case/first-administrators.ts';
import { type SetUpHere, setUpHere } from '../first-administrators.ts';
import { sealedOnTheWay } from '../smtp.ts';
import { refuse, say, tellRefusal } from './connections.ts';

const usage = [
  'Cách dùng: npm run --silent first-administrators -- --by "HỌ TÊN NGƯỜI CHẠY LỆNH" --document "SỐ, NGÀY VĂN BẢN"',
  '    --person "HỌ TÊN <THƯ ĐIỆN TỬ>" --person "HỌ TÊN <THƯ ĐIỆN TỬ>" [--home local|aws] [--yes]',
  'Nêu đúng hai người; bỏ cả hai --person để mời lại những quản trị đã có.',
].join('\n');

interface Asked {
  readonly people: readonly FirstPerson[];
  readonly by: SettingUp;
  readonly home: 'local' | 'aws';
  readonly isMeant: boolean;
}

async function run(): Promise<number> {
  try {
    const asked = askedOf();
    if (typeof asked === 'string') return refuse(asked);
    if (!asked.isMeant) return tellPlan(asked);
    if (asked.home === 'aws') return tell(await inCloud(asked));
    const settings = environment.safeParse(process.env);
    return settings.success ? tell(await onMachine(asked, settings.data)) : refuse(z.prettifyError(settings.error));
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}\nHãy chạy lại lệnh này: nó làm tiếp.`);
  }
}

function askedOf(): Asked | string {
  let given: ReturnType<typeof options>;
  try {
    given = options();
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`;
  }
  const { by = '', document = '', person, home, yes } = given;
  if (by === '' || document === '' || (home !== 'local' && home !== 'aws')) return usage;
  const people = person.map((text) => /^\s*([^<>]*[^<>\s])\s*<\s*([^<>\s]+)\s*>\s*$/.exec(text));
  const read = people.flatMap((found) => (found === null ? [] : [{ name: found[1] ?? '', email: found[2] ?? '' }]));
  if (read.length < people.length || ![0, 2].includes(read.length)) return usage;
  return { people: read, by: { operator: by, document }, home, isMeant: yes };
}

function options() {
  return parseArgs({
    options: {
      by: { type: 'string' },
      document: { type: 'string' },
      person: { type: 'string', multiple: true, default: [] },
      home: { type: 'string', default: 'local' },
      yes: { type: 'boolean', default: false },
    },
  }).values;
}

const addressProblem =
  'PUBLIC_URL phải là địa chỉ của các trang, ví dụ https://chi-tra.tinh.gov.vn: liên kết mời bắt đầu bằng địa chỉ đó.';
const environment = z.object({
  DATA_DIR: z.string().default('data'),
  KEY_DIR: z.string().default('keys'),
  PUBLIC_URL: z
    .url(addressProblem)
    .refine((url) => /^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1)(:|\/|$)/.test(url), addressProblem)
    .transform((url) => url.replace(/\/+$/, '')),
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'SMTP_URL phải là địa chỉ của máy chủ thư, ví dụ smtp://ten:matkhau@thu.tinh.gov.vn:587.',
    })
    .optional(),
  SMTP_FROM: z.string().default('chi-tra@localhost'),
});

async function onMachine(
  { people, by }: Asked,
  { DATA_DIR, KEY_DIR, PUBLIC_URL, SMTP_URL, SMTP_FROM }: z.infer<typeof environment>,
): Promise<SetUpHere | string> {
  if (people.length === 0 && !existsSync(resolve(DATA_DIR, 'histories.sqlite'))) {
    return `Không có dữ liệu ở ${DATA_DIR}: tỉnh mới thì nêu hai người bằng --person.`;
  }
  const folders = { dataDirectory: resolve(DATA_DIR), keyDirectory: resolve(KEY_DIR), publicUrl: PUBLIC_URL };
  return setUpHere(people, by, {
    ...folders,
    ...(SMTP_URL === undefined ? {} : { smtp: { url: sealedOnTheWay(SMTP_URL), from: SMTP_FROM } }),
  });
}

/** What only the cloud needs is loaded when it is asked for. A new province has no master key yet; one that arrives brings its own. */
async function inCloud({ people, by }: Asked): Promise<SetUpHere> {
  const { masterKeyOf, openAwsHome } = await import('../../../functions/aws/home.ts');
  const { makeMasterKey } = await import('../../../functions/aws/kms-keys.ts');
  const { peoplePool } = await import('../../../functions/aws/people-pool.ts');
  const { readSettings } = await import('../../../functions/aws/settings.ts');
  const home = openAwsHome(readSettings(process.env));
  if (people.length > 0 && (await home.whereabouts()) === 'here') {
    await makeMasterKey(masterKeyOf(home.settings, home.place));
  }
  const found = await inviteFirstAdministrators(people, by, { ports: home.ports, signIns: peoplePool(home) });
  return { found, links: [], faults: [] };
}

/** A letter that is wrong in a mail invites somebody else: a second person reads it before anything is done. */
function tellPlan({ people, by, home }: Asked): number {
  say(
    `Chưa làm gì. Nơi cài đặt: ${home === 'aws' ? 'đám mây (AWS)' : 'máy này'}. Người chạy lệnh: ${by.operator}. Căn cứ: ${by.document}.`,
    ...(people.length === 0
      ? ['Sẽ mời lại những quản trị đã có, nếu chưa ai trong số họ đăng nhập được.']
      : ['Sẽ mở hai tài khoản quản trị:', ...people.map(({ name, email }) => `  ${name}, thư ${email}`)]),
    'Hãy cùng một người nữa đọc lại từng chữ của hai địa chỉ thư: thư sai thì người khác nhận được thư mời.',
    'Nếu đúng cả, chạy lại lệnh này và thêm --yes.',
  );
  return 0;
}

function tell(came: SetUpHere | string): number {
  if (typeof came === 'string') return refuse(came);
  const { found, links, faults } = came;
  if (found.outcome === 'refused') return tellRefusal(found);
  const { outcome, ids } = found;
  say(
    outcome === 'registered' ? 'Đã mở hai tài khoản quản trị:' : 'Không mở thêm ai; đã mời lại những quản trị đã có:',
    ...ids.map((id) => `  ${id}`),
  );
  if (links.length > 0) {
    say(
      'Chưa đặt SMTP_URL nên không có thư nào đi. Trao tận tay từng liên kết đặt mật khẩu (dùng một lần, trong 72 giờ) cho đúng người:',
      ...links.map(({ to, url }) => `  ${to}: ${url}`),
    );
  } else if (faults.length === 0) say('Thư mời đã được gửi đến địa chỉ của từng người.');
  if (faults.length > 0) return refuse(['Có thư mời chưa đi được:', ...faults, 'Hãy chạy lại lệnh này.'].join('\n'));
  say('Việc này nằm trong lịch sử của từng tài khoản (trang Tài khoản), với người chạy lệnh và căn cứ.');
  return 0;
}

// Last: the words above must be there.
process.exitCode = await run();
