/** The layouts of banks are data that people will change: what every one of them must hold. */
import { describe, expect, test } from 'vitest';
import { banks } from '../../../shared/case/banks.ts';
import { bankFileCount, bankFiles, remarkOf } from '../../../shared/disbursement/bank-files.ts';
import { bankBins, bankTemplates } from '../../../shared/disbursement/bank-templates.ts';
import { slipPaper } from '../../slip-papers.ts';

const reference = 'CT0123456789-1';
const known = banks.map(({ code }) => code);

describe.each(bankTemplates)('the layout of $bank', (template) => {
  const fields = template.columns.map(({ field }) => field);

  test('is of a bank we know, has who, where, how much and why, each once, and says that it is an example', () => {
    expect(known).toContain(template.bank);
    expect(fields).toEqual(expect.arrayContaining(['name', 'account', 'amount', 'remark', 'bank-code']));
    expect(new Set(fields).size).toBe(fields.length);
    expect(new Set(template.columns.map(({ heading }) => heading)).size).toBe(fields.length);
    expect(template.isExample).toBe(true);
  });

  test('leaves room for the reference, and for its rows in an old workbook', () => {
    expect(template.longestRemark).toBeGreaterThan(reference.length);
    expect(template.mostRows + template.above.length + 1).toBeLessThanOrEqual(65_536);
  });

  test.each([
    [0, 1],
    [-1, 1],
    [1, 2],
  ])('takes its limit of rows %+d in %i file or files', (beyond, count) => {
    expect(bankFileCount(template, template.mostRows + beyond)).toBe(count);
  });

  test('of a slip of nobody is one file without rows', () => {
    const [only, ...others] = bankFiles(template, slipPaper([]));
    expect([only?.sheets[0]?.rows, others]).toEqual([[], []]);
  });

  test.each([-1, 0, 1])('never cuts a reference that is %+d letters from its longest remark', (beyond) => {
    const small = { ...template, longestRemark: reference.length + beyond };
    expect(remarkOf({ reference }, 'Chi trả chế độ', small)).toBe(reference);
  });
});

test('there are layouts of four banks, one of them as .xls alone', () => {
  expect(new Set(bankTemplates.map(({ bank }) => bank)).size).toBeGreaterThanOrEqual(4);
  expect(bankTemplates.filter(({ fileType }) => fileType === 'xls').map(({ bank }) => bank)).toEqual(['ICB']);
});

test('every number of the national switch has six digits, is one bank’s, and of a bank we know', () => {
  const numbers = Object.values(bankBins);
  expect(numbers.every((number) => /^\d{6}$/.test(number))).toBe(true);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(Object.keys(bankBins).filter((code) => !known.includes(code))).toEqual([]);
});
