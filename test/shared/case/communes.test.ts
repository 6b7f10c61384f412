import { describe, expect, test } from 'vitest';
import { communeIn, communes, communesFormed, communesLike } from '../../../shared/case/communes.ts';
import { fold, tidy } from '../../../shared/vietnamese.ts';

const old = communes.flatMap(({ name, formerDistrict, formedFrom }) =>
  formedFrom.map((of) => ({ of, formerDistrict, into: name })),
);
const countOf = (names: readonly string[], kind: string) => names.filter((name) => name.startsWith(`${kind} `)).length;

describe('the communes and wards of Resolution 1678/NQ-UBTVQH15', () => {
  test('are 130: 119 communes and 11 wards', () => {
    const names = communes.map(({ name }) => name);
    expect([names.length, countOf(names, 'Xã'), countOf(names, 'Phường')]).toEqual([130, 119, 11]);
  });

  test('took the place of 412: 362 communes, 33 wards and 17 towns', () => {
    const names = old.map(({ of }) => of);
    const counts = ['Xã', 'Phường', 'Thị trấn'].map((kind) => countOf(names, kind));
    expect([names.length, ...counts]).toEqual([412, 362, 33, 17]);
  });

  test('each old one, by its name and district, went into one new one', () => {
    const into = Map.groupBy(old, ({ of, formerDistrict }) => `${of}, ${formerDistrict}`);
    expect([...into.values()].filter((same) => same.length > 1)).toEqual([]);
  });

  test('are of the twenty districts, towns and the city that ended', () => {
    const districts = new Set(communes.map(({ formerDistrict }) => formerDistrict));
    const counts = ['Huyện', 'Thị xã', 'Thành phố'].map((kind) => countOf([...districts], kind));
    expect([districts.size, ...counts]).toEqual([20, 17, 2, 1]);
  });

  test('have names that stay apart without marks and case', () => {
    expect(new Set(communes.map(({ name }) => fold(name))).size).toBe(130);
  });

  test('are written in NFC with single spaces, a capital first', () => {
    const texts = communes.flatMap(({ name, formerDistrict, formedFrom }) => [name, formerDistrict, ...formedFrom]);
    expect(texts.filter((text) => text !== tidy(text) || !/^\p{Lu}/u.test(text))).toEqual([]);
  });

  test.each([
    // Article 1, items 1 to 3.
    ['Xã Anh Sơn', ['Thị trấn Kim Nhan', 'Xã Đức Sơn', 'Xã Phúc Sơn']],
    ['Xã Yên Xuân', ['Xã Cao Sơn', 'Xã Khai Sơn', 'Xã Lĩnh Sơn', 'Xã Long Sơn']],
    ['Xã Nhân Hòa', ['Xã Cẩm Sơn', 'Xã Hùng Sơn', 'Xã Tam Đỉnh']],
  ])('%s was formed from those the Resolution names', (name, formedFrom) => {
    expect(communes.find((commune) => commune.name === name)).toEqual({
      name,
      formerDistrict: 'Huyện Anh Sơn',
      formedFrom,
    });
  });

  test('nine were left as they were', () => {
    const unchanged = communes.filter(({ name, formedFrom }) => formedFrom.length === 1 && formedFrom[0] === name);
    expect(unchanged.map(({ name }) => name.slice('Xã '.length)).toSorted()).toEqual(
      [
        'Bình Chuẩn',
        'Bắc Lý',
        'Châu Bình',
        'Huồi Tụ',
        'Hữu Khuông',
        'Keng Đu',
        'Lượng Minh',
        'Mường Lống',
        'Mỹ Lý',
      ].toSorted(),
    );
    expect(communes.filter(({ formedFrom }) => formedFrom.length === 1)).toEqual(unchanged);
  });

  test('work from 01/07/2025, by a document of 16/06/2025', () => {
    expect(communesFormed).toEqual({ number: '1678/NQ-UBTVQH15', on: '2025-06-16', effectiveOn: '2025-07-01' });
  });
});

describe('the name of a unit tells its commune', () => {
  test.each([
    ['UBND xã Anh Sơn', 'Xã Anh Sơn'],
    ['Xã Anh Sơn', 'Xã Anh Sơn'],
    ['Ủy ban nhân dân phường Cửa Lò', 'Phường Cửa Lò'],
    ['Uỷ ban nhân dân xã Yên Hoà', 'Xã Yên Hòa'],
    ['UBND XÃ ANH SƠN', 'Xã Anh Sơn'],
    ['ubnd xa anh son', 'Xã Anh Sơn'],
    ['  UBND   xã Anh\u00A0Sơn ', 'Xã Anh Sơn'],
    ['UBND xã Anh Sơn'.normalize('NFD'), 'Xã Anh Sơn'],
    ['Đảng ủy xã Anh Sơn', 'Xã Anh Sơn'],
    ['Văn phòng HĐND và UBND phường Vinh Phú', 'Phường Vinh Phú'],
    ['UBND xã Anh Sơn Đông', 'Xã Anh Sơn Đông'],
    ['UBND xã Hưng Nguyên Nam', 'Xã Hưng Nguyên Nam'],
  ])('%s', (written, name) => {
    expect(communeIn(written)?.name).toBe(name);
  });

  test('whichever of the 130 it is', () => {
    const found = communes.map(({ name }) => communeIn(`UBND ${name.toLocaleUpperCase('vi')}`));
    expect(found).toEqual(communes);
  });

  test.each([
    'Sở Nội vụ',
    'Văn phòng Hội đồng nhân dân tỉnh',
    'Trung tâm Đào tạo từ xa tỉnh',
    'UBND xã Hưng Hòa',
    'UBND xã Cửa Lò',
    'UBND phường Anh Sơn',
    'UBND xã Anh',
    'UBND xã Anh Sơn Tây',
    'Anh Sơn',
    'xã',
    '',
  ])('%s is none of them', (written) => {
    expect(communeIn(written)).toBeUndefined();
  });
});

describe('a name that is none of the 130 has others near it', () => {
  const like = (written: string) => communesLike(written).map(({ name }) => name);

  test('a ward that was written as a commune', () => {
    expect(like('UBND xã Cửa Lò')).toEqual(['Phường Cửa Lò']);
    expect(like('ỦY BAN NHÂN DÂN XÃ HOANG MAI')).toContain('Phường Hoàng Mai');
  });

  test('at most three', () => {
    expect(like('UBND xã Châu')).toHaveLength(3);
  });

  test('none where no word is alike, or only those every commune has', () => {
    expect([like('UBND xã Xyz'), like('UBND xã'), like('Đảng ủy phường'), like('')]).toEqual([[], [], [], []]);
  });
});

describe('names that are near', () => {
  test('begin with the one whose words are all there, whatever it is called', () => {
    expect(communesLike('UBND phường Anh Sơn')[0]?.name).toBe('Xã Anh Sơn');
    expect(communesLike('UBND xã Anh Sơn, tỉnh Nghệ An')[0]?.name).toBe('Xã Anh Sơn');
    expect(communesLike('Sở Tài chính')).toEqual([]);
  });
});
