/** The printed list, read by a program that nobody here wrote (poppler). */
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeSlipFile } from '../../../functions/papers/slip-files.ts';
import { controlOf, shownCheck } from '../../../shared/disbursement/control.ts';
import { formatDong, inWords } from '../../../shared/dong.ts';
import { slipPaper, someBeneficiaries } from '../../slip-papers.ts';

const names = [
  'Nguyễn Thị Ánh Tuyết',
  'Đặng Đình Ước',
  'Hồ Đức Đạt',
  'Phan Thị Quỳnh Như',
  'Lữ Kỳ Vỹ',
  'Ỷ Thị Ợt',
  'Bùi Ẩn Ỡm',
];
const people = Array.from({ length: 70 }, (_none, index) => ({
  fullName: `${names[index % names.length]} ${'IVXLCDM'[index % 7]}`,
  accountNumber: `00${3_600_000_000_000 + index * 7919}`,
  bank: 'Agribank',
  bankCode: 'VBA',
  amount: 1_007_123_456n + BigInt(index) * 1_000_003n,
  reference: `CT${String(index).padStart(10, '0')}-1`,
  regime: ['178/7', '178/9', '154/9'][index % 3] ?? '',
}));
const paper = slipPaper(people);
const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;
if (!hasPoppler)
  console.warn('pdftotext (poppler-utils) is not installed: what a reader finds in the printed list was NOT checked');

async function readText(changed = paper): Promise<string> {
  const bytes = await writeSlipFile({ made: 'form-09.pdf' }, changed);
  return execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], { input: bytes, encoding: 'utf8' });
}

test('the same slip is printed to the same bytes', async () => {
  const [one, other] = [
    await writeSlipFile({ made: 'form-09.pdf' }, paper),
    await writeSlipFile({ made: 'form-09.pdf' }, paper),
  ];
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
});

describe.skipIf(!hasPoppler)('a reader finds in the printed list', () => {
  test('every name with its marks, account and reference in one line, with the sum in columns 5 and 10', async () => {
    const lines = (await readText()).split('\n');
    for (const { fullName, accountNumber, amount, reference } of people) {
      const line = lines.find((one) => one.includes(reference)) ?? expect.fail(`${reference} is not printed`);
      expect(line).toContain(fullName);
      expect(line).toContain(accountNumber);
      expect(line.split(formatDong(amount))).toHaveLength(3);
    }
  });

  test('the total in figures and in words, the check value, the headings on every page', async () => {
    const text = await readText();
    const control = controlOf(people);
    const pages = text.split('\f').filter((page) => page.trim() !== '');
    expect(pages.length).toBeGreaterThan(1);
    expect(text).toContain(
      `Tổng số tiền bằng số: ${formatDong(control.total)} đồng; số người: 70. Mã kiểm tra: ${shownCheck(control)}.`,
    );
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`Tổng số tiền bằng chữ: ${inWords(control.total)}.`);
    expect(pages.every((page) => page.includes(`mã kiểm tra ${shownCheck(control)}`))).toBe(true);
    expect(pages.slice(0, -1).every((page) => page.includes('Trong đó') && page.includes('(13)'))).toBe(true);
    expect(pages.every((page, index) => page.includes(`Trang ${index + 1}/${pages.length}`))).toBe(true);
  });

  test('the signatures of the unit and of the Treasury on one page, with the sum that is signed', async () => {
    for (const count of [1, 5, 6, 7, 8, 24, 70]) {
      const pages = (await readText(slipPaper(people.slice(0, count)))).split('\f');
      const signed = pages.find((page) => page.includes('Người lập bảng')) ?? '';
      expect([count, signed.includes('KHO BẠC NHÀ NƯỚC'), signed.includes('Tổng số tiền bằng chữ')]).toEqual([
        count,
        true,
        true,
      ]);
    }
  });

  test('each account whole and in one piece, whatever the names beside it', async () => {
    await fc.assert(
      fc.asyncProperty(someBeneficiaries(10), async (some) => {
        const text = await readText(slipPaper(some));
        for (const { accountNumber, reference } of some) {
          expect(text).toContain(accountNumber);
          expect(text).toContain(reference);
        }
      }),
      { numRuns: 8 },
    );
  });

  test('letters that were typed as letter and mark, joined', async () => {
    const [first] = people;
    const one = { ...(first ?? expect.fail()), fullName: 'Nguyễn Thị Ánh Tuyết'.normalize('NFD') };
    expect(await readText(slipPaper([one]))).toContain('Nguyễn Thị Ánh Tuyết');
  });

  test.each([
    ['2025-12-31T16:59:59.999Z', 'Mẫu số 09', 'BẢNG THANH TOÁN CHO ĐỐI TƯỢNG THỤ HƯỞNG'],
    ['2025-12-31T17:00:00.000Z', 'Bố cục theo Mẫu số 09 (NĐ 11/2020)', 'DANH SÁCH THANH TOÁN CHO ĐỐI TƯỢNG THỤ HƯỞNG'],
  ])('of a slip made at %s the form of that day in Viet Nam: %s', async (madeAt, form, title) => {
    const text = await readText(slipPaper(people.slice(0, 1), { madeAt }));
    expect(text).toMatch(new RegExp(`^\\s+${form.replaceAll(/[()]/g, '\\$&')}$`, 'm'));
    expect(text).toContain(title);
  });
});
