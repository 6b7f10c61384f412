/** JSON that two programs could read differently is refused; whatever is left reads as it always did. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepest, readJson, readJsonText } from '../../../functions/api/json.ts';

const isRefused = (text: string) => 'fault' in readJsonText(text);

describe('JSON of another system', () => {
  test('in which a key stands twice is refused, however the key is written', () => {
    for (const text of [
      '{"amount":"1","amount":"2"}',
      '{"amount":"1","am\\u006funt":"2"}',
      '{"lines":[{"a":1},{"a":1, "b":{"c":1,"c" \n: 2}}]}',
      '{"":1,"":2}',
      '{"__proto__":1,"__proto__":2}',
    ]) {
      expect([text, isRefused(text)]).toEqual([text, true]);
    }
    expect(isRefused('[{"a":1},{"a":"a"},{"b":{"a":["a","a"]},"a":"\\"a\\":"}]')).toBe(false);
    expect(readJsonText('{"amount":"1","amount":"2"}')).toMatchObject({
      fault: { vi: expect.stringMatching(/^Khóa "amount" có hai lần/) },
    });
  });

  test('is read to the depth that is told, and no deeper', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect([deepest, deepest + 1, 2_000_000].map((levels) => isRefused(nested(levels)))).toEqual([false, true, true]);
    expect(isRefused(`[${Array.from({ length: 100 }, () => nested(deepest - 1)).join(',')}]`)).toBe(false);
  });

  test('with half a character, or in no UTF-8, is refused; a whole one outside the first plane is not', () => {
    expect(['"\\ud83d"', '{"\\ude00":1}', '["\\ude00\\ud83d"]'].map(isRefused)).toEqual([true, true, true]);
    expect(readJsonText('"\\ud83d\\ude00"')).toEqual({ json: '😀' });
    expect('fault' in readJson(new Uint8Array([0x22, 0xff, 0x22]))).toBe(true);
  });

  test('of four megabytes of one string is read', () => {
    const long = JSON.stringify({ text: '\\"'.repeat(1_000_000) });
    expect('json' in readJsonText(long)).toBe(true);
  });

  test('that any program writes from one value is that value', () => {
    const value = fc.jsonValue({ maxDepth: 8, stringUnit: 'binary' });
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, '\t'), (json, indent) => {
        expect(readJsonText(JSON.stringify(json, undefined, indent))).toEqual({
          json: JSON.parse(JSON.stringify(json)),
        });
      }),
    );
  });
});
