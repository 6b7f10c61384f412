import fc from 'fast-check';
import { doReadNumber, ReadingConfig } from 'read-vietnamese-number';
import { describe, expect, test } from 'vitest';
import {
  decimal,
  formatDong,
  formatRatio,
  inWords,
  plus,
  product,
  sum,
  times,
  timesExactly,
  whole,
} from '../../shared/dong.ts';

const ratio = fc.record({ of: fc.bigInt(0n, 10n ** 6n), per: fc.bigInt(1n, 10n ** 4n) });
const half = { of: 1n, per: 2n };

describe('rounding half up, once', () => {
  test.each([
    [3n, { of: 1n, per: 2n }, 2n],
    [1n, { of: 1n, per: 3n }, 0n],
    [2n, { of: 1n, per: 3n }, 1n],
    [1n, { of: 149n, per: 100n }, 1n],
    [1n, { of: 150n, per: 100n }, 2n],
    [1n, { of: 151n, per: 100n }, 2n],
    [0n, { of: 5n, per: 7n }, 0n],
    [10_705_500n, { of: 4n, per: 5n }, 8_564_400n],
  ])('%d × %o is %d', (base, factor, amount) => {
    expect(times(base, factor)).toBe(amount);
  });

  test('all factors are taken before rounding: 0.5 × 0.5 × 3 is 1, not 2', () => {
    expect(times(3n, half, half)).toBe(1n);
    expect(times(times(3n, half), half)).toBe(1n);
    // Rounded in between, 5 would be 3 and then 2.
    expect(times(5n, half, half)).toBe(1n);
    expect(times(times(5n, half), half)).toBe(2n);
  });

  test('a product beyond 2^53 is exact', () => {
    expect(times(9_007_199_254_740_993n, whole(3))).toBe(27_021_597_764_222_979n);
  });

  test('the result is never further than half a đồng from the exact product, and exactly half goes up', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), ratio, (base, factor) => {
        const twiceTooMuch = 2n * (times(base, factor) * factor.per - base * factor.of);
        expect(twiceTooMuch > -factor.per && twiceTooMuch <= factor.per).toBe(true);
      }),
    );
  });

  test('it is told whether there was anything to round', () => {
    expect(timesExactly(3n, [half])).toEqual({ amount: 2n, exact: false });
    expect(timesExactly(1n, [half, half])).toEqual({ amount: 0n, exact: false });
    expect(timesExactly(4n, [half])).toEqual({ amount: 2n, exact: true });
    expect(timesExactly(5n, [half, whole(2)])).toEqual({ amount: 5n, exact: true });
    expect(timesExactly(0n, [half])).toEqual({ amount: 0n, exact: true });
    expect(timesExactly(7n, [])).toEqual({ amount: 7n, exact: true });
  });
});

describe('exact ratios', () => {
  test.each([
    ['4.65', 465n, 100n],
    ['0', 0n, 1n],
    ['25', 25n, 1n],
    ['0.05', 5n, 100n],
    ['007.50', 750n, 100n],
    ['123456789012.123456', 123456789012123456n, 1000000n],
  ])('%s is read digit by digit', (text, of, per) => {
    expect(decimal(text)).toEqual({ of, per });
  });

  test.each(['', '.5', '5.', '4,65', '-1', '+1', '1e3', ' 1', '1 ', '1.2.3', '٣', '1.1234567', '1234567890123', 'NaN'])(
    '%j is no decimal',
    (text) => {
      expect(() => decimal(text)).toThrow(RangeError);
    },
  );

  test('sums and products are those of fractions', () => {
    expect(plus({ of: 1n, per: 2n }, { of: 1n, per: 3n })).toEqual({ of: 5n, per: 6n });
    expect(plus({ of: 1n, per: 4n }, { of: 1n, per: 4n })).toEqual({ of: 2n, per: 4n });
    expect(product({ of: 2n, per: 3n }, { of: 9n, per: 4n })).toEqual({ of: 18n, per: 12n });
    expect(product(whole(1), { of: 9n, per: 4n })).toEqual({ of: 9n, per: 4n });
    expect(plus({ of: 1n, per: 2n }, whole(-15))).toEqual({ of: -29n, per: 2n });
  });

  test('a sum of lines is their sum, and of none zero', () => {
    expect([sum([460_687_500n, 191_953_125n, 92_137_500n]), sum([])]).toEqual([744_778_125n, 0n]);
  });
});

describe('as written in Viet Nam', () => {
  test.each([
    [0n, '0'],
    [999n, '999'],
    [1000n, '1.000'],
    [23_400_000n, '23.400.000'],
    [168_480_000n, '168.480.000'],
    [1_000_000_005n, '1.000.000.005'],
    [-1_234_567n, '-1.234.567'],
    [-999n, '-999'],
  ])('%d', (amount, text) => {
    expect(formatDong(amount)).toBe(text);
  });

  test('the groups, joined, are the number, and every group but the first has three digits', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 18n), (amount) => {
        expect(formatDong(amount).replaceAll('.', '')).toBe(amount.toString());
        expect(formatDong(amount)).toMatch(/^\d{1,3}(\.\d{3})*$/);
      }),
    );
  });

  test.each([
    [4n, 5n, '0,8'],
    [3n, 2n, '1,5'],
    [9n, 20n, '0,45'],
    [10n, 2n, '5'],
    [0n, 7n, '0'],
    [1n, 64n, '0,015625'],
    [67n, 2n, '33,5'],
    [52n, 15n, '52/15'],
    [1n, 3n, '1/3'],
  ])('%d/%d', (of, per, text) => {
    expect(formatRatio({ of, per })).toBe(text);
  });

  test('a decimal that is read and written again is the same number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 9999 }), (units, tenThousandths) => {
        const text = `${units}.${String(tenThousandths).padStart(4, '0')}`;
        const shortest = text.replace(/\.?0+$/, '').replace('.', ',');
        expect(formatRatio(decimal(text))).toBe(tenThousandths === 0 ? String(units) : shortest);
      }),
    );
  });
});

describe('a sum in words (số tiền bằng chữ)', () => {
  test.each([
    [0n, 'Không đồng'],
    [1n, 'Một đồng'],
    [5n, 'Năm đồng'],
    [10n, 'Mười đồng'],
    [11n, 'Mười một đồng'],
    [14n, 'Mười bốn đồng'],
    [15n, 'Mười lăm đồng'],
    [20n, 'Hai mươi đồng'],
    [21n, 'Hai mươi mốt đồng'],
    [24n, 'Hai mươi tư đồng'],
    [25n, 'Hai mươi lăm đồng'],
    [31n, 'Ba mươi mốt đồng'],
    [101n, 'Một trăm linh một đồng'],
    [104n, 'Một trăm linh bốn đồng'],
    [105n, 'Một trăm linh năm đồng'],
    [110n, 'Một trăm mười đồng'],
    [115n, 'Một trăm mười lăm đồng'],
    [1_000n, 'Một nghìn đồng'],
    [1_005n, 'Một nghìn không trăm linh năm đồng'],
    [1_050n, 'Một nghìn không trăm năm mươi đồng'],
    [10_001n, 'Mười nghìn không trăm linh một đồng'],
    [1_005_000n, 'Một triệu không trăm linh năm nghìn đồng'],
    [744_778_125n, 'Bảy trăm bốn mươi tư triệu bảy trăm bảy mươi tám nghìn một trăm hai mươi lăm đồng'],
    [1_000_000_000n, 'Một tỷ đồng'],
    [1_000_000_005n, 'Một tỷ không trăm linh năm đồng'],
    [1_000_001_000n, 'Một tỷ không trăm linh một nghìn đồng'],
    [1_402_500_000n, 'Một tỷ bốn trăm linh hai triệu năm trăm nghìn đồng'],
    [1_005_000_000_000n, 'Một nghìn không trăm linh năm tỷ đồng'],
    [10n ** 15n, 'Một triệu tỷ đồng'],
  ])('%d', (amount, words) => {
    expect(inWords(amount)).toBe(words);
  });

  test('it reads as another program reads it, from 0 to 10^15', () => {
    const config = new ReadingConfig();
    config.oddText = 'linh';
    config.units = [[], ['nghìn'], ['triệu'], ['tỷ']];
    config.unit = ['đồng'];
    const oracle = (amount: bigint) => doReadNumber(amount, config);
    const lower = (words: string) => words.charAt(0).toLocaleLowerCase('vi') + words.slice(1);
    const ofAnySize = fc.integer({ min: 0, max: 15 }).chain((digits) => fc.bigInt(0n, 10n ** BigInt(digits)));
    // Sums of dossiers have zeros in many places.
    const withZeros = fc
      .array(fc.constantFrom('000', '001', '010', '015', '021', '100', '105', '524'), { minLength: 1, maxLength: 5 })
      .map((groups) => BigInt(groups.join('')));
    fc.assert(
      fc.property(fc.oneof(ofAnySize, withZeros), (amount) => {
        expect(lower(inWords(amount))).toBe(oracle(amount));
      }),
      { numRuns: 2000 },
    );
  });

  test('what cannot be put into words is refused, not misread', () => {
    expect(() => inWords(-1n)).toThrow(RangeError);
    expect(() => inWords(10n ** 18n)).toThrow(RangeError);
    expect(inWords(10n ** 18n - 1n)).toMatch(/^Chín trăm chín mươi chín triệu /);
  });
});
