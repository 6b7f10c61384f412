/**
 * `npm run --silent verify-notice -- --key FILE TEXT`: whether the text of a notice's QR is genuine, by the province's public key
 * alone: no data, no network. `-` in the place of the text reads it from standard input; `--key` may be given several times.
 * Exit code 0 when it is genuine, with what it says, 1 when it is not, 2 for a wrong command line.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { statusNames } from '../../../functions/web/words.ts';
import { formatInstant } from '../../../shared/calendar.ts';
import type { NoticeKey } from '../../../shared/case/ports.ts';
import {
  checkSeal,
  type SealCheck,
  type SealedNotice,
  statusesIn,
} from '../../../shared/completion/result-notice-seal.ts';
import { formatDong } from '../../../shared/dong.ts';
import { noticeKeyOf, verifiesNotice } from '../../../functions/home/notice-keys.ts';

const usage = 'Cách dùng: npm run --silent verify-notice -- --key KHOA.pem "CT1:…" (hoặc - để đọc từ đầu vào chuẩn)';

process.exitCode = run();

function run(): number {
  let keys: readonly NoticeKey[];
  let typed: string;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { key: { type: 'string', multiple: true } },
    });
    const [text, ...more] = positionals;
    if (text === undefined || more.length > 0)
      return refuse('Cần đúng một đoạn chữ của mã QR, đặt trong dấu ngoặc kép.');
    if (values.key === undefined) return refuse('Thiếu --key: tệp khóa công khai của tỉnh.');
    keys = values.key.map((file) => noticeKeyOf(readFileSync(file, 'utf8')));
    typed = text === '-' ? readFileSync(0, 'utf8') : text;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  return tell(checkSeal(typed, keys, verifiesNotice));
}

function tell(check: SealCheck): number {
  switch (check.outcome) {
    case 'genuine':
      say(['THẬT: chữ ký khớp. Hãy so từng dòng với giấy; khác một dòng là giấy đã bị sửa.', ...linesOf(check.says)]);
      return 0;
    case 'altered':
      say(['KHÔNG ĐÚNG: chữ ký không khớp. Nội dung đã bị sửa hoặc thiếu chữ.']);
      return 1;
    case 'unknown-key':
      say([`KHÔNG ĐÚNG: không có khóa ${check.keyId} trong các khóa đã cho.`]);
      return 1;
    case 'unreadable':
      say(['KHÔNG ĐỌC ĐƯỢC: đây không phải là chữ đầy đủ của mã QR trên thông báo.']);
      return 1;
  }
}

function linesOf(says: SealedNotice): readonly string[] {
  const states = statusesIn(says).map((status) => statusNames[status].vi);
  return [
    `Chữ đầu của họ tên: ${says.initials}`,
    `Số định danh: ${says.maskedCitizenId}`,
    `Số tiền: ${says.total === undefined ? 'chưa có quyết định' : `${formatDong(says.total)} đồng`}`,
    `Quyết định, chứng từ: ${says.decisionNumber}`,
    `Tình trạng: ${states.length === 0 ? says.state : states.join('; ')}`,
    `Tính đến: ${formatInstant(says.asOf)}`,
    `Mã hồ sơ: ${says.caseId.toUpperCase()}`,
    `Khóa ký: ${says.keyId}`,
  ];
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n${usage}\n`);
  return 2;
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
