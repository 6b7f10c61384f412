/** Rows by their days, citations in both languages, and the law as it reads while a what-if runs. */
import { describe, expect, test } from 'vitest';
import {
  cite,
  citeWhole,
  type Dated,
  inForceOn,
  laterOf,
  type LegalText,
  underChangedLaw,
} from '../../../shared/law/dated.ts';

const text: LegalText = { vi: 'Nghị định 1/2024/NĐ-CP', en: 'Decree 1/2024/NĐ-CP', inForce: '2024-03-01' };
const amending: LegalText = { vi: 'Nghị định 2/2025/NĐ-CP', en: 'Decree 2/2025/NĐ-CP', inForce: '2025-03-15' };
const by = cite(text, '2');
const first: Dated<number> = { from: '2024-03-01', value: 5, by, sure: 'H' };
const second: Dated<number> = { from: '2025-03-15', value: 4, by, sure: 'H' };
const rows: readonly Dated<number>[] = [first, second];

describe('a citation', () => {
  test.each([
    ['9', 'Điều 9', 'article 9'],
    ['7a', 'Điều 7a', 'article 7a'],
    ['9(1)', 'Điều 9 khoản 1', 'article 9(1)'],
    ['9(1)(a)', 'Điều 9 khoản 1 điểm a', 'article 9(1)(a)'],
    ['12(10)(đ)', 'Điều 12 khoản 10 điểm đ', 'article 12(10)(đ)'],
  ])('of %s', (provision, vi, en) => {
    expect(cite(text, provision)).toEqual({
      vi: `Nghị định 1/2024/NĐ-CP, ${vi}`,
      en: `Decree 1/2024/NĐ-CP, ${en}`,
    });
  });

  test('names the text that amended the provision', () => {
    expect(cite(text, '9(1)(a)', amending)).toEqual({
      vi: 'Nghị định 1/2024/NĐ-CP, Điều 9 khoản 1 điểm a (được sửa đổi, bổ sung bởi Nghị định 2/2025/NĐ-CP)',
      en: 'Decree 1/2024/NĐ-CP, article 9(1)(a) (as amended by Decree 2/2025/NĐ-CP)',
    });
  });

  test('of an annex, in words', () => {
    expect(citeWhole(text, 'Phụ lục I', 'Annex I')).toEqual({
      vi: 'Nghị định 1/2024/NĐ-CP, Phụ lục I',
      en: 'Decree 1/2024/NĐ-CP, Annex I',
    });
  });

  test('of the whole text is its name', () => {
    expect(citeWhole(text)).toEqual({ vi: 'Nghị định 1/2024/NĐ-CP', en: 'Decree 1/2024/NĐ-CP' });
  });

  test('in words of one language keeps to the name in the other', () => {
    expect(citeWhole(text, 'Phụ lục I')).toEqual({
      vi: 'Nghị định 1/2024/NĐ-CP, Phụ lục I',
      en: 'Decree 1/2024/NĐ-CP',
    });
    expect(citeWhole(text, '', 'Annex I')).toEqual({
      vi: 'Nghị định 1/2024/NĐ-CP',
      en: 'Decree 1/2024/NĐ-CP, Annex I',
    });
  });
});

describe('the row in force', () => {
  test.each([
    ['2024-03-01', first],
    ['2024-03-02', first],
    ['2025-03-14', first],
    ['2025-03-15', second],
    ['2025-03-16', second],
    ['2200-12-31', second],
  ])('on %s', (on, row) => {
    expect(inForceOn(rows, on)).toBe(row);
  });

  test.each(['2024-02-29', '1990-01-01'])('on %s there is none', (on) => {
    expect(() => inForceOn(rows, on)).toThrow(new RangeError(`no value of the law covers ${on}`));
  });

  test('of an empty table there is none', () => {
    expect(() => inForceOn([], '2024-03-01')).toThrow(new RangeError('no value of the law covers 2024-03-01'));
  });
});

describe('under a changed law', () => {
  const other: readonly Dated<number>[] = [{ ...first }, { ...second }];
  const changed = [first, { ...second, value: 12 }];
  const valueOf = (table: readonly Dated<number>[]) => inForceOn(table, '2025-03-15').value;

  test('the table reads otherwise inside, and as before afterwards', () => {
    const seen = underChangedLaw(new Map([[rows, changed]]), () => [
      valueOf(rows),
      inForceOn(rows, '2025-03-14').value,
    ]);
    expect(seen).toEqual([12, 5]);
    expect(valueOf(rows)).toBe(4);
  });

  test('a table that was not changed stays, though it says the same', () => {
    expect(underChangedLaw(new Map([[rows, changed]]), () => valueOf(other))).toBe(4);
  });

  test('several tables are changed at once', () => {
    const tables = new Map([
      [rows, changed],
      [other, [{ ...first, value: 30 }]],
    ]);
    expect(underChangedLaw(tables, () => [valueOf(rows), valueOf(other)])).toEqual([12, 30]);
    expect([valueOf(rows), valueOf(other)]).toEqual([4, 4]);
  });

  test('a day that the changed rows do not cover has no value', () => {
    const later = new Map([[rows, [second]]]);
    expect(() => underChangedLaw(later, () => inForceOn(rows, '2025-03-14'))).toThrow(
      new RangeError('no value of the law covers 2025-03-14'),
    );
    expect(inForceOn(rows, '2025-03-14')).toBe(first);
  });

  test('the law is put back when the run fails', () => {
    expect(() =>
      underChangedLaw(new Map([[rows, changed]]), () => {
        throw new Error(`failed at ${valueOf(rows)}`);
      }),
    ).toThrow(new Error('failed at 12'));
    expect(valueOf(rows)).toBe(4);
    expect(underChangedLaw(new Map([[other, changed]]), () => valueOf(other))).toBe(12);
  });

  test('it is not changed a second time inside, and the first change goes on', () => {
    const nest = () => underChangedLaw(new Map([[other, changed]]), () => valueOf(other));
    const seen = underChangedLaw(new Map([[rows, changed]]), () => {
      expect(nest).toThrow(new Error('the law is changed already'));
      return [valueOf(rows), valueOf(other)];
    });
    expect(seen).toEqual([12, 4]);
  });

  test('with no change it reads as it is', () => {
    expect(underChangedLaw(new Map(), () => valueOf(rows))).toBe(4);
  });
});

describe('the later of a day and the first day of the rows', () => {
  test.each([
    ['2024-02-29', '2024-03-01'],
    ['2024-03-01', '2024-03-01'],
    ['2024-03-02', '2024-03-02'],
    ['2025-03-16', '2025-03-16'],
  ])('of %s is %s', (day, later) => {
    expect(laterOf(day, rows)).toBe(later);
  });

  test('of rows that there are none is the day', () => {
    expect(laterOf('2024-03-01', [])).toBe('2024-03-01');
  });
});
