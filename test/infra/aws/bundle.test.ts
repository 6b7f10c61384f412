/** The code as it would be uploaded: it loads, it is no larger than its row says, and only who writes papers carries them. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bundle } from '../../../infra/aws/bundle.ts';
import { functionRows } from '../../../infra/aws/functions.ts';
import { plain, ofType, synthesized } from './synthesized.ts';

const into = mkdtempSync(join(tmpdir(), 'chi-tra-bundle-'));
afterAll(() => rmSync(into, { recursive: true, force: true }));
const { folder, inputs } = await bundle(into);
const rows = Object.entries(functionRows);

/** One process loads all, as Lambda would: outside our folder, with nothing of ours to resolve, and with the function's names. */
const load = `
const loaded = {};
for (const [name, [path, environment]] of Object.entries(JSON.parse(process.argv[1]))) {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  loaded[name] = typeof (await import(path)).handler;
  for (const key of Object.keys(environment)) delete process.env[key];
  Object.assign(process.env, before);
}
console.log(JSON.stringify(loaded));
`;

function environmentOf(name: string): Readonly<Record<string, string>> {
  const [one] = ofType(synthesized('test').template, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => plain(Properties['FunctionName']) === `chi-tra-test-${name}`,
  );
  const variables = Object.entries(Object(Object(one?.[1].Properties['Environment']).Variables));
  return Object.fromEntries(variables.map(([key, value]) => [key, plain(value)]));
}

test('each bundle loads in Node 24 by itself, and has a handler', () => {
  expect(process.version).toMatch(/^v24\./);
  const wish = Object.fromEntries(rows.map(([name]) => [name, [join(folder(name), 'index.mjs'), environmentOf(name)]]));
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', load, JSON.stringify(wish)], {
    cwd: into,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', AWS_REGION: 'ap-southeast-1' },
  });
  expect(JSON.parse(told)).toEqual(Object.fromEntries(rows.map(([name]) => [name, 'function'])));
});

describe.each(rows)('%s', (name, { mostKilobytes, papers }) => {
  test('is within its size', () => {
    expect(statSync(join(folder(name), 'index.mjs')).size / 1000).toBeLessThan(mostKilobytes);
  });

  test(papers === undefined ? 'carries no library of sheets or papers' : 'carries its typeface', () => {
    const heavy = inputs(name).filter((path) =>
      /node_modules\/(pdfmake|pdfkit|docx|@cj-tech-master|@e965|pkijs)\//.test(path),
    );
    if (papers === undefined) expect(heavy).toEqual([]);
    expect(
      existsSync(join(folder(name), 'node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')),
    ).toBe(papers === 'pdf');
  });
});

test('the pages carry their style sheet and typeface', () => {
  expect(existsSync(join(folder('web'), 'style.css'))).toBe(true);
  expect(
    existsSync(
      join(folder('web'), 'node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-400-normal.woff2'),
    ),
  ).toBe(true);
});
