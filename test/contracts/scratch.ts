/** What every Scratch adapter promises. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Scratch } from '../../shared/case/scratch.ts';

export interface OpenScratch {
  /** At an instant that the test sets, in milliseconds of the epoch. */
  open(now: () => number): Promise<{ readonly scratch: Scratch; close(): Promise<void> }>;
}

export function scratchContract(where: string, { open }: OpenScratch): void {
  describe(`scratch ${where}`, () => {
    let at = 0;
    let scratch: Scratch;
    let close: () => Promise<void>;
    beforeEach(async () => {
      at = 1000;
      ({ scratch, close } = await open(() => at));
    });
    afterEach(async () => close());

    test('what is put is found under its kind and key, and the later replaces the earlier', async () => {
      await scratch.put('job', 'a', 'one');
      await scratch.put('job', 'a', 'two');
      expect(await scratch.get('job', 'a')).toBe('two');
      expect(await scratch.get('mail', 'a')).toBeUndefined();
      expect(await scratch.get('job', 'b')).toBeUndefined();
    });

    test('a value is there the millisecond before it expires, and gone on it and after it', async () => {
      await scratch.put('session', 's', 'here', 2000);
      const seen = [];
      for (at of [1999, 2000, 2001]) {
        seen.push([await scratch.get('session', 's'), (await scratch.list('session')).length]);
      }
      expect(seen).toEqual([
        ['here', 1],
        [undefined, 0],
        [undefined, 0],
      ]);
    });

    test('what is put without a limit replaces one with a limit for good', async () => {
      await scratch.put('session', 's', 'for a time', 2000);
      await scratch.put('session', 's', 'for ever');
      at = Number.MAX_SAFE_INTEGER - 1;
      expect(await scratch.get('session', 's')).toBe('for ever');
    });

    test('the first to insert wins, until what it wrote has expired', async () => {
      expect(await scratch.insert('lease', 'l', 'first', 2000)).toBe(true);
      at = 1999;
      expect(await scratch.insert('lease', 'l', 'second', 3000)).toBe(false);
      expect(await scratch.get('lease', 'l')).toBe('first');
      at = 2000;
      expect(await scratch.insert('lease', 'l', 'third')).toBe(true);
      expect(await scratch.insert('lease', 'l', 'fourth')).toBe(false);
      expect(await scratch.get('lease', 'l')).toBe('third');
    });

    test('of many that insert at once one wins', async () => {
      const won = await Promise.all([1, 2, 3, 4, 5].map(async (who) => scratch.insert('lease', 'l', String(who))));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await scratch.get('lease', 'l')).toBe(String(won.indexOf(true) + 1));
    });

    test('what is replaced is replaced for whoever knows what stands there, and for nobody else', async () => {
      expect(await scratch.replace('lease', 'l', 'mine', 'again')).toBe(false);
      await scratch.put('lease', 'l', 'mine');
      expect(await scratch.replace('lease', 'l', 'theirs', 'again')).toBe(false);
      expect(await scratch.get('lease', 'l')).toBe('mine');
      expect(await scratch.replace('lease', 'l', 'mine', 'again', 2000)).toBe(true);
      expect(await scratch.replace('lease', 'l', 'mine', 'late')).toBe(false);
      expect(await scratch.get('lease', 'l')).toBe('again');
      at = 1999;
      expect(await scratch.replace('lease', 'l', 'again', 'again', 3000)).toBe(true);
      at = 2000;
      expect(await scratch.get('lease', 'l')).toBe('again');
      at = 3000;
      expect(await scratch.replace('lease', 'l', 'again', 'late')).toBe(false);
      expect(await scratch.get('lease', 'l')).toBeUndefined();
    });

    test('what is taken away is taken by whoever knows what stands there, once', async () => {
      await scratch.put('lease', 'l', 'mine');
      expect(await scratch.replace('lease', 'l', 'theirs', undefined)).toBe(false);
      expect(await scratch.get('lease', 'l')).toBe('mine');
      expect(await scratch.replace('lease', 'l', 'mine', undefined)).toBe(true);
      expect(await scratch.replace('lease', 'l', 'mine', undefined)).toBe(false);
      expect(await scratch.list('lease')).toEqual([]);
    });

    test('of many that replace one value at once one wins, long values too', async () => {
      const long = 'Hồ Thị Mai Lan; '.repeat(100);
      await scratch.put('job', 'j', long);
      const won = await Promise.all([1, 2, 3, 4, 5].map(async (who) => scratch.replace('job', 'j', long, `${who}`)));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await scratch.get('job', 'j')).toBe(String(won.indexOf(true) + 1));
    });

    test('a list holds one kind, by key; what is removed is not in it, and removing again is no fault', async () => {
      for (const key of ['c', 'a', 'b']) await scratch.put('job', key, key.toUpperCase());
      await scratch.put('mail', 'd', 'D');
      await scratch.remove('job', 'b');
      await scratch.remove('job', 'b');
      expect(await scratch.list('job')).toEqual([
        { key: 'a', value: 'A' },
        { key: 'c', value: 'C' },
      ]);
      expect(await scratch.list('nothing')).toEqual([]);
    });

    test('the latest are by descending key, and an expired one takes nobody’s place', async () => {
      for (const key of ['1', '2', '3', '4']) await scratch.put('log', key, `at ${key}`, key === '4' ? 1500 : 9000);
      const latest = async (most: number) => (await scratch.latest('log', most)).map(({ key }) => key);
      expect(await latest(2)).toEqual(['4', '3']);
      at = 1500;
      expect(await latest(2)).toEqual(['3', '2']);
      expect(await latest(9)).toEqual(['3', '2', '1']);
    });

    test.each([0, 1, 699, 700, 701, 100_000])('a text of %i letters comes back as it was', async (length) => {
      const text = 'Hồ Thị Mai Lan, 1.234.567.890 đ; '.repeat(Math.ceil(length / 30)).slice(0, length);
      await scratch.put('mail', 'long', text);
      expect(await scratch.get('mail', 'long')).toBe(text);
      expect(await scratch.list('mail')).toEqual([{ key: 'long', value: text }]);
    });
  });
}
