import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, hashOf, sha256 } from '../../shared/hash.ts';

test('SHA-256 as published: the empty text, and abc (FIPS 180)', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256(new TextEncoder().encode('abc'))).toBe(sha256('abc'));
});

describe('canonical JSON', () => {
  test('keys are sorted, at every depth', () => {
    expect(canonical({ b: 1, a: { d: [{ f: 1, e: 2 }], c: 2 } })).toBe('{"a":{"c":2,"d":[{"e":2,"f":1}]},"b":1}');
  });

  test('names stand in the order of their letters, a few of them and many, numbers among them', () => {
    const name = fc.oneof(fc.nat().map(String), fc.constantFrom('\uFFFF', '😀', 'Đ', 'é', 'Z', 'a', 'aa', ''));
    const names = fc.array(name, { maxLength: 70, size: 'max' }).map((some) => [...new Set(some)]);
    fc.assert(
      fc.property(names, (some) => {
        const inOrder = some.toSorted((one, other) => (one < other ? -1 : 1));
        const fields = inOrder.map((name) => `${JSON.stringify(name)}:1`);
        expect(canonical(Object.fromEntries(some.map((name) => [name, 1])))).toBe(`{${fields.join(',')}}`);
      }),
    );
  });

  test('an amount is a decimal string, beyond 2^53 too', () => {
    expect(canonical({ total: 9_007_199_254_740_993n })).toBe('{"total":"9007199254740993"}');
  });

  test('a field that is undefined is left out; in a list its place stays', () => {
    expect(canonical({ a: undefined, b: null })).toBe('{"b":null}');
    expect(canonical([undefined, 1])).toBe('[null,1]');
  });

  test('lists keep their order, and text its letters', () => {
    expect(canonical([3, 1, 2])).toBe('[3,1,2]');
    expect(canonical('Nghị định "178"\n')).toBe(JSON.stringify('Nghị định "178"\n'));
    expect([canonical(true), canonical(null), canonical('')]).toEqual(['true', 'null', '""']);
  });

  test('whatever JSON it is given, it reads back as the same, and the order of keys never matters', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonical(backwards(value))).toBe(canonical(value));
      }),
    );
  });
});

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, field]) => [key, backwards(field)]),
  );
}

test('the hash of a value is that of its canonical text: equal for the same facts, another for one đồng more', () => {
  expect(hashOf({ b: 1n, a: 'x' })).toBe(sha256('{"a":"x","b":"1"}'));
  expect(hashOf({ a: 'x', b: 1n })).toBe(hashOf({ b: 1n, a: 'x' }));
  expect(hashOf({ total: 744_778_125n })).not.toBe(hashOf({ total: 744_778_126n }));
});
