import { describe, expect, test } from 'vitest';
import { compareNames, fold, tidy } from '../../shared/vietnamese.ts';

describe('one form for each name', () => {
  test('composed and decomposed letters become the same, in NFC', () => {
    const name = 'Nguyễn Thị Hồng';
    expect(name.normalize('NFD')).not.toBe(name);
    expect(tidy(name.normalize('NFD'))).toBe(name.normalize('NFC'));
  });

  test('spaces of any kind become single ordinary ones, and none stand at the ends', () => {
    expect(tidy('\u00A0 Trần\u2003 Văn\u200B\tBình\uFEFF\n')).toBe('Trần Văn Bình');
  });

  test('what nobody sees goes, what turns the order of reading round too', () => {
    expect(tidy('Sở\u202E ộv iộN\u202C')).toBe('Sở ộv iộN');
    expect(tidy('Trần\u0000 \u2066Văn\u2069\u0085 Bình\u0007')).toBe('Trần Văn Bình');
    expect(fold('\u202AHòa\u202C')).toBe('hoa');
  });

  test('the Icelandic Ð of old files becomes the Vietnamese Đ', () => {
    expect(tidy('\u00D0ặng \u00F0ình')).toBe('Đặng đình');
  });

  test('letters and case are kept', () => {
    expect(tidy('ĐẶNG Thuỳ Trâm')).toBe('ĐẶNG Thuỳ Trâm');
    expect(tidy('')).toBe('');
  });
});

describe('folding for searches', () => {
  test.each([
    ['Nguyễn Thị Ánh Tuyết', 'nguyen thi anh tuyet'],
    ['ĐẶNG  ĐÌNH Ưởng', 'dang dinh uong'],
    ['\u00D0ỗ Văn', 'do van'],
    ['Trương Mỹ Lợi'.normalize('NFD'), 'truong my loi'],
  ])('%s is found as %s', (name, folded) => {
    expect(fold(name)).toBe(folded);
  });

  test('the two ways to place a tone fold alike', () => {
    expect(fold('Yên Hoà')).toBe(fold('Yên Hòa'));
    expect(fold('Thuý')).toBe(fold('thúy'));
  });
});

describe('the order of a Vietnamese list', () => {
  const ordered = (names: readonly string[]) => names.toSorted(compareNames);

  test('goes by the given name, then the names before it from the family name', () => {
    expect(ordered(['Trần Văn Bình', 'Nguyễn Thị An', 'Lê Văn Bình', 'Lê An'])).toEqual([
      'Lê An',
      'Nguyễn Thị An',
      'Lê Văn Bình',
      'Trần Văn Bình',
    ]);
  });

  test('đ comes after d, ă after a, ơ after ô', () => {
    expect(ordered(['Lê Đa', 'Lê Ơn', 'Lê Du', 'Lê Ăn', 'Lê Ôn', 'Lê An'])).toEqual([
      'Lê An',
      'Lê Ăn',
      'Lê Du',
      'Lê Đa',
      'Lê Ôn',
      'Lê Ơn',
    ]);
  });

  test('a name of one word is its given name, and equal names are equal', () => {
    expect(ordered(['Lê Bình', 'Bình', 'An'])).toEqual(['An', 'Bình', 'Lê Bình']);
    expect(compareNames('Lê Văn An', 'Lê Văn An')).toBe(0);
  });
});
