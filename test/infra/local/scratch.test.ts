import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openScratch, type SqliteScratch } from '../../../infra/local/scratch.ts';

let directory: string;
let at: number;
let scratch: SqliteScratch;
const file = () => join(directory, 'scratch.sqlite');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'chi-tra-scratch-'));
  at = 1000;
  scratch = openScratch(file(), () => at);
});
afterEach(() => {
  scratch.close();
  rmSync(directory, { recursive: true });
});

test('what is put is found under its kind and key, and the later replaces the earlier', () => {
  scratch.put('job', 'a', 'one');
  scratch.put('job', 'a', 'two');
  expect([scratch.get('job', 'a'), scratch.get('mail', 'a'), scratch.get('job', 'b')]).toEqual([
    'two',
    undefined,
    undefined,
  ]);
});

test('a value is there the millisecond before it expires, and gone on it and after it', () => {
  scratch.put('session', 's', 'here', 2000);
  const seen = [1999, 2000, 2001].map((moment) => {
    at = moment;
    return [scratch.get('session', 's'), scratch.list('session').length];
  });
  expect(seen).toEqual([
    ['here', 1],
    [undefined, 0],
    [undefined, 0],
  ]);
});

test('the first to insert wins, until what it wrote has expired', () => {
  expect(scratch.insert('lease', 'l', 'first', 2000)).toBe(true);
  expect(scratch.insert('lease', 'l', 'second', 3000)).toBe(false);
  expect(scratch.get('lease', 'l')).toBe('first');
  at = 2000;
  expect(scratch.insert('lease', 'l', 'third')).toBe(true);
  expect(scratch.get('lease', 'l')).toBe('third');
});

test('two threads on the same file: one insert wins, and both read it', () => {
  const other = openScratch(file(), () => at);
  expect([scratch.insert('lease', 'l', 'mine'), other.insert('lease', 'l', 'theirs')]).toEqual([true, false]);
  expect(other.get('lease', 'l')).toBe('mine');
  other.close();
});

test('a list holds one kind, by key; what is removed is not in it', () => {
  for (const key of ['c', 'a', 'b']) scratch.put('job', key, key.toUpperCase());
  scratch.put('mail', 'd', 'D');
  scratch.remove('job', 'b');
  expect(scratch.list('job')).toEqual([
    { key: 'a', value: 'A' },
    { key: 'c', value: 'C' },
  ]);
});

test('a purge deletes what has expired and nothing else', () => {
  scratch.put('session', 'old', 'x', 2000);
  scratch.put('session', 'new', 'x', 3000);
  scratch.put('session', 'lasting', 'x');
  at = 2000;
  scratch.purge();
  at = 0;
  expect(scratch.list('session').map(({ key }) => key)).toEqual(['lasting', 'new']);
});

test('what is written is there after the file is opened again', () => {
  scratch.put('account', 'a', 'Hồ Thị Mai Lan');
  scratch.close();
  scratch = openScratch(file(), () => at);
  expect(scratch.get('account', 'a')).toBe('Hồ Thị Mai Lan');
});
