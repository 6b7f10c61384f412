/** The sheets of a slip opened by a program that nobody here wrote (LibreOffice): it shows the same accounts and sums. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSlipFile } from '../../../functions/papers/slip-files.ts';
import { bankTemplates } from '../../../shared/disbursement/bank-templates.ts';
import { fileNameOf, type SlipFile } from '../../../shared/disbursement/slip-file.ts';
import { totalLabel } from '../../../shared/disbursement/withdrawal-slip.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { slipPaper } from '../../slip-papers.ts';

const hasOffice = spawnSync('soffice', ['--version']).error === undefined;
if (!hasOffice)
  console.warn('soffice (LibreOffice) is not installed: how an office program shows the sheets was NOT checked');

const people = Array.from({ length: 7 }, (_none, index) => ({
  fullName: `Đặng Thị Ước ${'ABCDEGH'[index]}`,
  accountNumber: `00${360_000_000 + index}`,
  bank: 'VietinBank',
  bankCode: 'ICB',
  amount: 999_999_999_999n - BigInt(index),
  reference: `CT000000000${index}-1`,
  regime: '178/9',
}));
const paper = slipPaper(people);
const total = sum(people.map(({ amount }) => amount));
const files: readonly SlipFile[] = [
  { made: 'form-09.xlsx' },
  { made: 'slip-data.xlsx' },
  ...bankTemplates.map((template) => ({ template, number: 1 })),
];
/** Tabs between cells, as they are shown, of the first sheet. */
const asShown = 'csv:Text - txt - csv (StarCalc):9,,76,1,,0,false,true,false';
const work = mkdtempSync(join(tmpdir(), 'slip-office-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function shown(file: SlipFile): readonly (readonly string[])[] {
  const name = fileNameOf(file, paper.slip).replace(/\.xlsx?$/, '.csv');
  return readFileSync(join(work, name), 'utf8')
    .split('\n')
    .map((line) => line.split('\t'));
}

const digits = (text = ''): string => text.replaceAll(/\D/g, '');

describe.skipIf(!hasOffice)('an office program', () => {
  beforeAll(async () => {
    const paths: string[] = [];
    for (const file of files) {
      const path = join(work, fileNameOf(file, paper.slip));
      writeFileSync(path, await writeSlipFile(file, paper));
      paths.push(path);
    }
    const profile = `-env:UserInstallation=file://${join(work, 'profile')}`;
    execFileSync('soffice', [profile, '--headless', '--convert-to', asShown, '--outdir', work, ...paths], {
      stdio: 'ignore',
    });
  }, 180_000);

  test('shows each person’s account with its zeros, and the sum in columns 5 and 10, and the total', () => {
    const rows = shown({ made: 'form-09.xlsx' });
    for (const { reference, accountNumber, amount, fullName } of people) {
      const row = rows.find((cells) => cells[12] === reference) ?? expect.fail(`${reference} is not shown`);
      expect([row[1], row[2]]).toEqual([fullName, accountNumber]);
      expect([digits(row[4]), digits(row[9])]).toEqual([amount.toString(), amount.toString()]);
    }
    const sumRow = rows.find((cells) => cells[1] === 'Tổng cộng');
    expect([digits(sumRow?.[4]), digits(sumRow?.[9])]).toEqual([total.toString(), total.toString()]);
  });

  test('shows the total among the data of the voucher', () => {
    const row = shown({ made: 'slip-data.xlsx' }).find((cells) => cells[1] === totalLabel);
    expect(digits(row?.[2])).toBe(total.toString());
    expect(shown({ made: 'slip-data.xlsx' }).flat()).toContain(`${formatDong(total)} đồng`);
  });

  test.each(bankTemplates)('shows each transfer of the file for $bank', (template) => {
    const rows = shown({ template, number: 1 }).slice(template.above.length + 1);
    const place = (field: string) => template.columns.findIndex((column) => column.field === field);
    expect(rows.slice(0, people.length).map((row) => [row[place('account')], digits(row[place('amount')])])).toEqual(
      people.map(({ accountNumber, amount }) => [accountNumber, amount.toString()]),
    );
  });
});
