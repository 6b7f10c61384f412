/** The command itself, as the province's IT staff run it; and on a copy of the law that was broken for it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { localDateOf } from '../../../../shared/calendar.ts';
import { readingNumbers } from '../../../../shared/law/readings.ts';

const root = join(import.meta.dirname, '../../../..');

function run(args: readonly string[], from = root) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/local/commands/law.ts', ...args], {
    cwd: from,
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

const answer = z.looseObject({
  on: z.string(),
  numbers: z.array(z.looseObject({ table: z.string(), value: z.object({ vi: z.string(), en: z.string() }) })),
  readings: z.array(z.looseObject({ number: z.string() })),
  upcoming: z.array(z.looseObject({ table: z.string() })),
  faults: z.array(z.looseObject({ kind: z.string(), table: z.string() })),
});
const json = (stdout: string) => answer.parse(JSON.parse(stdout));
const baseSalaryOf = (stdout: string) => json(stdout).numbers.find(({ table }) => table === 'baseSalary')?.value.vi;

describe('the law as it stands', () => {
  test('a number of a known day with its citation, certainty and question', () => {
    const { status, stdout, stderr } = run(['--on', '2025-07-01']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('có hiệu lực ngày 01/07/2025');
    expect(stdout).toContain(
      [
        '  Mức lương cơ sở, một tháng [decree-73-2024/article-03.baseSalary]',
        '    2.340.000 đồng (từ 01/07/2024)',
        '    Căn cứ: Nghị định 73/2024/NĐ-CP, Điều 3 khoản 2',
        '    Độ chắc chắn: C-6, 6 nguồn riêng biệt xác nhận',
      ].join('\n'),
    );
    expect(stdout).toMatch(/Câu hỏi mở X21: Nghỉ trước 15\/03\/2025: .* thường làm: yes \(có\)\)/);
    for (const number of readingNumbers) expect(stdout).toMatch(new RegExp(`^  ${number} .* \\| `, 'm'));
    expect(stdout).toMatch(/Cảnh báo[^\n]*\n {2}01\/08\/2025: Hạn chi trả xong: 31\/08\/2025/);
  });

  test('--json is one object', () => {
    const { status, stdout } = run(['--on', '2024-06-30', '--json']);
    expect(status).toBe(0);
    expect(baseSalaryOf(stdout)).toBe('1.800.000 đồng');
    const { on, readings, faults } = json(stdout);
    expect({ on, faults }).toEqual({ on: '2024-06-30', faults: [] });
    expect(readings.map(({ number }) => number)).toEqual(readingNumbers);
    expect(baseSalaryOf(run(['--json', '--on', '2024-07-01']).stdout)).toBe('2.340.000 đồng');
  });

  test('without a day it is today in Viet Nam', () => {
    const before = localDateOf(new Date().toISOString());
    const { on } = json(run(['--json']).stdout);
    expect([before, localDateOf(new Date().toISOString())]).toContain(on);
  });

  test('what is about to change is a warning, no failure; where nothing is, it says so', () => {
    const { status, stdout } = run(['--on', '2026-06-01']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Cảnh báo[^\n]*\n {2}01\/07\/2026: Mức lương cơ sở, một tháng: 2\.530\.000 đồng/);
    expect(run(['--on', '2026-07-01']).stdout).toContain('Không có số nào thay đổi trong 60 ngày tới.');
  });

  test('`npm run law` is this command', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    expect(scripts['law']).toBe('node infra/local/commands/law.ts');
  });
});

describe('wrong usage', () => {
  test.each([
    ['a day that is none', ['--on', '2025-02-29'], '2025-02-29'],
    ['a day written the other way', ['--on', '01/07/2025'], '01/07/2025'],
    ['no day', ['--on'], '--on'],
    ['another option', ['--day', '2025-07-01'], '--day'],
    ['a loose word', ['2025-07-01'], '2025-07-01'],
  ])('%s: nothing is printed, standard error says why and how', (_, args, word) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(word);
    expect(stderr).toContain('Cách dùng: npm run --silent law');
  });
});

describe('a law with a fault', () => {
  const copy = mkdtempSync(join(tmpdir(), 'law-'));
  const file = join(copy, 'shared/law/decree-73-2024/article-03.ts');

  beforeAll(() => {
    cpSync(join(root, 'shared'), join(copy, 'shared'), { recursive: true });
    mkdirSync(join(copy, 'infra/local/commands'), { recursive: true });
    cpSync(join(root, 'infra/local/commands/law.ts'), join(copy, 'infra/local/commands/law.ts'));
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    const sound = readFileSync(file, 'utf8');
    const broken = sound.replace("from: '2024-07-01', value", "from: '2023-06-01', value");
    expect(broken).not.toBe(sound);
    writeFileSync(file, broken);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test('ends with 1 and names the table and what is wrong with it, beside the numbers', () => {
    const { status, stdout, stderr } = run(['--on', '2025-07-01'], copy);
    expect(status).toBe(1);
    expect(stdout).toContain('Mức lương cơ sở');
    expect(stderr).toBe(
      '1 lỗi trong các bảng của pháp luật:\n' +
        '  decree-73-2024/article-03.baseSalary: Dòng từ 01/06/2023 đứng sau dòng từ 01/07/2023.\n',
    );
  });

  test('says the same in JSON', () => {
    const { status, stdout } = run(['--json'], copy);
    expect(status).toBe(1);
    expect(json(stdout).faults).toMatchObject([{ kind: 'order', table: 'baseSalary' }]);
  });
});
