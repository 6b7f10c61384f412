/**
 * The law stated a second time: `register.yaml` holds every row, text and citation as a person reads it, so that no
 * number, day, article or certainty changes unless it is written twice.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type ListedNumber, lawInForceOn } from '../../../shared/law/listing.ts';
import { isTable } from '../../../shared/law/parameters.ts';
import { lawFiles } from '../../../shared/law/texts.ts';
import { valueText } from '../../../shared/law/value-text.ts';

/** By file; a line is continued on lines that are set in. */
const register = z
  .record(z.string(), z.string())
  .parse(parse(readFileSync(new URL('register.yaml', import.meta.url), 'utf8')));

function linesOf(text: string): readonly string[] {
  return text.replaceAll(/\n +/g, ' ').trimEnd().split('\n');
}

/** Every table under an export, also those that stand under its keys. */
function tablesUnder(value: unknown): readonly (readonly { readonly from: string; readonly value: unknown }[])[] {
  if (isTable(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tablesUnder) : [];
}

const exports = Object.values(lawFiles).flatMap((file) => Object.values(file));
const rows = exports.flatMap(tablesUnder).flat();
const stated: ReadonlySet<unknown> = new Set(rows.map(({ value }) => value));
/** Each row, on its own first day. */
const listed = [...new Set(rows.map(({ from }) => from))]
  .toSorted()
  .flatMap((day) => lawInForceOn(day).filter(({ from }) => from === day));

function rowLine({ table, from, value, by, sure, open }: ListedNumber): string {
  const question = open === undefined ? '' : ` ${open.number}`;
  return `${table} | ${from} | ${value.vi} | ${sure}${question} | ${by.vi} | ${by.en}`;
}

/** The rows of an export's tables; else the export itself: a text with its day, a citation, a day. */
function exportLines(file: string, name: string, value: unknown): readonly string[] {
  if (typeof value === 'function' || stated.has(value)) return [];
  if (tablesUnder(value).length > 0) {
    const own = listed.filter((row) => row.file === file && row.table.split('.')[0] === name);
    return own.map(rowLine);
  }
  if (typeof value !== 'object' || value === null) return [`${name} | ${valueText(value).vi}`];
  if (!('vi' in value && 'en' in value)) {
    const areObjects = Object.values(value).every((one) => typeof one === 'object');
    if (!areObjects) return [`${name} | ${valueText(value).vi}`];
    return Object.entries(value).flatMap(([key, one]) => exportLines(file, `${name}.${key}`, one));
  }
  const day = 'inForce' in value ? ` | ${String(value.inForce)}` : '';
  return [`${name} | ${String(value.vi)} | ${String(value.en)}${day}`];
}

const files = Object.keys(lawFiles);

describe('the law is what the register says', () => {
  test('in the same files', () => {
    expect(Object.keys(register)).toEqual(files);
  });

  test.each(files)('%s', (file) => {
    const lines = Object.entries(lawFiles[file] ?? {}).flatMap(([name, value]) => exportLines(file, name, value));
    expect(lines.toSorted()).toEqual(linesOf(register[file] ?? '').toSorted());
  });

  test('row for row, none of them twice', () => {
    expect(listed.length).toBe(rows.length);
  });
});
