/** `npm run replay` and `npm run what-if` on a stored province, as an inspector runs them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { whatIfResult } from '../../../../shared/entitlement/what-if.ts';
import { openProvince } from '../../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));

function run(name: 'replay' | 'what-if', args: readonly string[], data = join(folder, 'data')) {
  const command = fileURLToPath(new URL(`../../../../infra/local/commands/${name}.ts`, import.meta.url));
  const env = { ...process.env, DATA_DIR: data, KEY_DIR: join(folder, 'keys') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  const made = await openProvince({ people: 30, folder });
  await made.frozenBatch('b1');
  await made.close();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('replay', () => {
  test('every stored batch comes out with the same hash: exit code 0', () => {
    const { status, stdout } = run('replay', []);
    expect(stdout).toMatch(/lần chốt 1: \d+ người, cùng mã băm [\da-f]{64}\n1 đợt, 0 điểm khác\.\n$/);
    expect(status).toBe(0);
  });

  test('one named batch, and under the law of today', () => {
    expect(run('replay', ['b1']).status).toBe(0);
    const { status, stdout } = run('replay', ['--law', 'today', 'b1']);
    expect([status, stdout]).toEqual([0, expect.stringContaining(' 0 người khác theo quy định hôm nay')]);
  });

  test.each([
    ['a batch that is not there', ['no-such-batch'], 'Không có đợt no-such-batch.'],
    ['another law', ['--law', 'tomorrow'], '--law nhận then (mặc định) hoặc today.'],
    ['an option it does not have', ['--all'], "Unknown option '--all'"],
  ])('%s is told in a sentence, with exit code 2', (_, args, words) => {
    expect(run('replay', args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(words) });
  });

  test('without data it says where to look, and makes none', () => {
    const { status, stderr } = run('replay', [], join(folder, 'nowhere'));
    expect([status, stderr]).toEqual([2, expect.stringContaining('Hãy đặt DATA_DIR và KEY_DIR')]);
  });
});

describe('what-if', () => {
  test('the effect of one number by person, unit and source, and their sums agree', () => {
    const parameter = 'decree-178-2024/article-09.perMonth.within12Months=0.9';
    const { status, stdout } = run('what-if', ['--parameter', parameter, '--json']);
    expect(status).toBe(0);
    const result = whatIfResult.parse(JSON.parse(stdout));
    const difference = ({ today, after }: z.infer<typeof whatIfResult>['total']) => BigInt(after) - BigInt(today);
    const total = (all: readonly z.infer<typeof whatIfResult>['total'][]) =>
      all.reduce((sum, one) => sum + difference(one), 0n);
    expect(difference(result.total)).toBeGreaterThan(0n);
    expect(total(Object.values(result.byUnit))).toBe(difference(result.total));
    expect(total(Object.values(result.bySource))).toBe(difference(result.total));
    const people = result.changed.reduce(
      (sum, { today, after }) => sum + BigInt(after.total) - BigInt(today.total),
      0n,
    );
    expect(people).toBe(difference(result.total));
    expect(run('what-if', ['--parameter', parameter]).stdout).toMatch(
      /^30 người, \d+ người có kết quả khác\.\nTất cả: /,
    );
  });

  test.each([
    ['nothing to change', [], 'Hãy nêu --reading hoặc --parameter.'],
    ['a reading that does not exist', ['--reading', 'X3=flat-7'], 'X3 is one of'],
    [
      'a number that does not exist',
      ['--parameter', 'decree-1/article-1.rate=2'],
      'Không có bảng decree-1/article-1.rate.',
    ],
  ])('%s is told in a sentence, with exit code 2', (_, args, words) => {
    expect(run('what-if', args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(words) });
  });
});
