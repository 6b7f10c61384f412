/** `npm run verify` on a stored province, as an inspector runs it: only the folder, no keys. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProvince } from '../../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-command-'));
const data = join(folder, 'data');
let anchor = '';

beforeAll(async () => {
  const made = await openProvince({ people: 8, folder });
  await made.sentBatch('b1');
  ({ anchor } = await made.home.store.anchor('2025-10-01', '2025-10-01T17:00:00Z', 'system'));
  await made.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const command = fileURLToPath(new URL('../../../../infra/local/commands/verify.ts', import.meta.url));
  const env = { ...process.env, DATA_DIR: '', KEY_DIR: join(folder, 'no keys here') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

/** A copy of the data that somebody has altered with SQL. */
function altered(sql: string): string {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(data, copy, { recursive: true });
  const database = new DatabaseSync(join(copy, 'histories.sqlite'));
  database.exec(`DROP TRIGGER entries_stay; DROP TRIGGER entries_last; ${sql}`);
  database.close();
  return copy;
}

describe('verify', () => {
  test('says that everything holds: exit code 0', () => {
    const { status, stdout } = run(data);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^\d+ mục của \d+ lịch sử.*\nMọi thứ khớp với nhau\. Chưa đối chiếu với giấy.*\n$/),
    ]);
  });

  test('finds the anchor of a printed report, and not another: exit codes 0 and 1', () => {
    expect(run(data, '--anchor', anchor)).toMatchObject({ status: 0, stdout: expect.stringContaining(anchor) });
    const unknown = run(data, '--anchor', 'a'.repeat(64));
    expect(unknown).toMatchObject({ status: 1, stdout: expect.stringContaining('không có trong dữ liệu') });
  });

  test('names the history and the entry in which one đồng was changed: exit code 1', () => {
    const copy = altered(`UPDATE entries SET data = replace(data, '"amount":"', '"amount":"9') WHERE position =
      (SELECT min(position) FROM entries WHERE data LIKE '%"amount":"%')`);
    const { status, stdout } = run(copy);
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/Mục hỏng đầu tiên: \S+ mục \d+ \(nội dung không khớp/),
    ]);
  });

  test.each([
    ['a status of a row', "UPDATE rows SET status = 'credited' WHERE kind = 'part'", 'khác với lịch sử'],
    ['a claim', "DELETE FROM claims WHERE key LIKE 'citizen/%'", 'bảng khóa thiếu'],
    ['the newest entries', 'DELETE FROM entries WHERE position > (SELECT max(position) - 3 FROM entries)', 'HỎNG'],
    ['a summary that is no JSON', "UPDATE rows SET summary = '{' WHERE kind = 'part'", 'không đọc hết được'],
  ])('finds %s: exit code 1', (_, sql, words) => {
    expect(run(altered(sql))).toMatchObject({ status: 1, stdout: expect.stringContaining(words) });
  });

  test.each([
    ['no folder', [], 'Thiếu thư mục dữ liệu'],
    ['two folders', ['a', 'b'], 'Chỉ nhận một thư mục'],
    ['a folder without data', [folder], 'Không có'],
    ['an anchor that is none', [data, '--anchor', 'abc'], 'Mã neo gồm 64'],
    ['an option it does not have', [data, '--all'], "Unknown option '--all'"],
  ])('with %s says how it is used: exit code 2', (_, args, words) => {
    expect(run(...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(words) });
  });
});
