/**
 * `npm run --silent law`: every number of the law in force today in Viet Nam, or `-- --on 2025-07-01`; `-- --json` one
 * object. Exit code 0 when the tables are sound, 1 with their faults on standard error, 2 for a wrong command line.
 */
import { parseArgs } from 'node:util';
import { formatDay, isLocalDate, type LocalDate, localDateOf } from '../../../shared/calendar.ts';
import { campaignDays } from '../../../shared/law/campaign/campaign.ts';
import {
  lawFaults,
  lawInForceOn,
  type LawFault,
  type ListedNumber,
  type ListedReading,
  listedReadings,
  upcomingRows,
} from '../../../shared/law/listing.ts';
import { valueName } from '../../../shared/law/readings.ts';

const usage = 'Cách dùng: npm run --silent law -- [--on YYYY-MM-DD] [--json]';

// Whoever reads the first lines alone, as with `| head`, has closed the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
run();

function run(): void {
  const wanted = wantedFrom(process.argv.slice(2));
  if (typeof wanted === 'string') {
    process.stderr.write(`${wanted}\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const { on, isJson } = wanted;
  const numbers = lawInForceOn(on);
  const readings = listedReadings();
  const upcoming = upcomingRows(on);
  const faults = campaignDays.flatMap(({ value }) => lawFaults(value));
  process.stdout.write(
    isJson
      ? `${JSON.stringify({ on, numbers, readings, upcoming, faults })}\n`
      : `${[
          `Các con số của pháp luật có hiệu lực ngày ${formatDay(on)}: ${numbers.length}`,
          ...numberLines(numbers),
          ...readingLines(readings),
          ...warningLines(upcoming),
        ].join('\n')}\n`,
  );
  if (faults.length === 0) return;
  process.stderr.write(`${faults.length} lỗi trong các bảng của pháp luật:\n${faults.map(faultLine).join('\n')}\n`);
  process.exitCode = 1;
}

/** What the command line asks for; a sentence when it cannot be read. */
function wantedFrom(args: readonly string[]): { readonly on: LocalDate; readonly isJson: boolean } | string {
  try {
    const { values } = parseArgs({ args: [...args], options: { on: { type: 'string' }, json: { type: 'boolean' } } });
    const on = values.on ?? localDateOf(new Date().toISOString());
    return isLocalDate(on) ? { on, isJson: values.json === true } : `“${on}” không phải là ngày dạng YYYY-MM-DD.`;
  } catch (error) {
    return `Dòng lệnh không đọc được: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function numberLines(numbers: readonly ListedNumber[]): readonly string[] {
  return [...Map.groupBy(numbers, ({ text }) => text.vi)].flatMap(([text, of]) => [
    '',
    text,
    ...of.flatMap(({ name, file, table, value, from, by, sure, sureMeans, open }) => [
      `  ${name.vi} [${file}.${table}]`,
      `    ${value.vi} (từ ${formatDay(from)})`,
      `    Căn cứ: ${by.vi}`,
      `    Độ chắc chắn: ${sure}, ${sureMeans.vi}`,
      ...(open === undefined ? [] : [`    Câu hỏi mở ${open.number}: ${open.question.vi} (${stateText(open)})`]),
    ]),
  ]);
}

function readingLines(readings: readonly ListedReading[]): readonly string[] {
  return [
    '',
    `Những câu hỏi văn bản để ngỏ: ${readings.length} (quyết định đã ghi trong hệ thống xem ở trang /luat)`,
    ...readings.map((one) => `  ${one.number.padEnd(4)}${one.question.vi} | ${stateText(one)}`),
  ];
}

function stateText({ state: { words, value } }: ListedReading): string {
  return value === undefined ? words.vi : `${words.vi}: ${value} (${valueName(value).vi})`;
}

function warningLines(upcoming: readonly ListedNumber[]): readonly string[] {
  if (upcoming.length === 0) return ['', 'Không có số nào thay đổi trong 60 ngày tới.'];
  return [
    '',
    `Cảnh báo, sắp thay đổi trong 60 ngày tới: ${upcoming.length}`,
    ...upcoming.map(({ from, name, value, by }) => `  ${formatDay(from)}: ${name.vi}: ${value.vi} (${by.vi})`),
  ];
}

function faultLine({ file, table, message }: LawFault): string {
  return `  ${file}.${table}: ${message.vi}`;
}
