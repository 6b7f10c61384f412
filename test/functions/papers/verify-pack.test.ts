/** The evidence pack and its verifier: what holds, and what is said of a pack that somebody has touched. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Pack } from '../../../functions/completion/make-pack.ts';
import { verifyPack } from '../../../functions/papers/verify-pack.mjs';
import { writePackZip } from '../../../functions/papers/pack-zip.ts';
import { seeded } from '../../../infra/local/seeded.ts';
import type { Entry } from '../../../shared/case/store.ts';
import { sha256 } from '../../../shared/hash.ts';
import {
  anchoredAnew,
  entriesIn,
  faultsIn,
  flipped,
  type Members,
  membersOf,
  packedAgain,
  paidPacks,
  rechained,
  retold,
} from './pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'pack-'));
let small: Pack;
let sealed: Pack;
let full: Pack;
let members: Members;
let entries: Entry[];

beforeAll(async () => {
  ({ sealed: small } = await paidPacks(1));
  ({ sealed, full } = await paidPacks(12));
  members = membersOf(sealed.zip);
  entries = entriesIn(members);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where each member lies in a pack of ours. */
function places(zip: Uint8Array): readonly { readonly name: string; readonly from: number; readonly to: number }[] {
  const bytes = Buffer.from(zip);
  const found: { name: string; from: number; to: number }[] = [];
  let at = 0;
  while (bytes.readUInt32LE(at) === 0x04034b50) {
    const [packed, name, extra] = [
      bytes.readUInt32LE(at + 18),
      bytes.readUInt16LE(at + 26),
      bytes.readUInt16LE(at + 28),
    ];
    const to = at + 30 + name + extra + packed;
    found.push({ name: bytes.toString('latin1', at + 30, at + 30 + name), from: at, to });
    at = to;
  }
  return found;
}

describe('an untouched pack', () => {
  test('holds, with the root and the anchor it was printed with', () => {
    for (const { zip, root, anchor } of [small, sealed, full]) {
      const said = verifyPack(zip, { root, anchor: anchor.anchor });
      expect(said.problems).toEqual([]);
      expect(said.holds).toHaveLength(17);
      expect(said.root).toBe(root);
    }
  });

  test('of another root or anchor is another pack', () => {
    const other = '0'.repeat(64);
    expect(faultsIn(sealed.zip, { root: other })).toEqual(['manifest.json: không phải gói có mã đã cho']);
    expect(faultsIn(sealed.zip, { anchor: other })).toEqual(['anchors: không có mã neo đã cho']);
  });

  test('says of each fact the list, sheet and row, and of each sum its base, working and article', () => {
    expect(textIn('facts.csv')).toMatch(/"leaving\.on","2025-\d\d-\d\d","list-1","Danh sách","\d+"/);
    expect(textIn('lines.csv')).toMatch(/"178\/7","months-early","\d+","[\d.]+ × [^"]+","\d+","[^"]*Điều 7/u);
    expect(textIn('decisions.json')).toContain('"saw": "the page"');
    expect(textIn('orders.csv')).toContain('"returned"');
  });
});

function textIn(name: string): string {
  return Buffer.from(members.get(name) ?? []).toString();
}

/** Whether it names a line of the zip's directory, a member, or a range that the byte is in. */
function isNamed(said: string, byte: number, members: readonly { readonly name: string }[]): boolean {
  const ranges = [...said.matchAll(/byte (\d+)–(\d+)/g)];
  const isInRange = ranges.some(([, from, to]) => byte >= Number(from) && byte <= Number(to));
  const isMember = members.some(({ name }) => said.startsWith(`${name}: `));
  return isInRange || isMember || said.startsWith('mục lục, thành phần thứ ');
}

describe('a changed byte is caught and named', () => {
  test('every byte of a small pack', () => {
    const [lying, missed]: [string[], number[]] = [[], []];
    const at = places(small.zip);
    const end = at.at(-1)?.to ?? 0;
    for (let byte = 0; byte < small.zip.length; byte += 1) {
      const [first] = faultsIn(flipped(small.zip, byte, byte % 8));
      const member = at.find(({ from, to }) => byte >= from && byte < to)?.name;
      if (first === undefined) missed.push(byte);
      else if (member !== undefined && !first.includes(member)) lying.push(`${byte}: ${first}`);
      else if (byte >= end && !isNamed(first, byte, at)) lying.push(`${byte}: ${first}`);
    }
    expect(missed).toEqual([]);
    expect(lying).toEqual([]);
  }, 600_000);

  test('two thousand bytes of a large pack, with its files', () => {
    const random = seeded(7);
    const at = places(full.zip);
    for (let count = 0; count < 2000; count += 1) {
      const byte = random.between(0, full.zip.length - 1);
      const [first] = faultsIn(flipped(full.zip, byte, random.between(0, 7)));
      const member = at.find(({ from, to }) => byte >= from && byte < to)?.name;
      expect([byte, first]).toEqual([byte, expect.stringContaining(member ?? '')]);
    }
  }, 600_000);

  test('bytes that are missing, added, or put in the place of others', () => {
    const { zip } = small;
    for (const cut of [1, 21, 80, 5000, zip.length - 1, zip.length]) {
      expect(faultsIn(zip.subarray(0, zip.length - cut))).not.toEqual([]);
    }
    expect(faultsIn(Buffer.concat([zip, Buffer.from([0])]))).not.toEqual([]);
    expect(faultsIn(Buffer.concat([Buffer.from([0]), zip]))).not.toEqual([]);
    expect(faultsIn(Buffer.from('chi-tra-sealed/1\n and so on'))[0]).toContain('hãy mở trước');
  });
});

describe('the same files zipped again', () => {
  test.each([0, 9] as const)(
    'by another tool at level %i, in another order, still hold; the zip is said to be another',
    (level) => {
      const again = [...members].toReversed().map(([name, content]): [string, [Uint8Array, { level: 0 | 9 }]] => {
        return [name, [content, { level }]];
      });
      const said = verifyPack(zipSync(Object.fromEntries(again), { mtime: '2026-03-04T05:06:07' }), {
        root: sealed.root,
      });
      expect(said.problems).toEqual([]);
      expect(said.holds[0]).toContain('công cụ khác nén lại');
    },
  );

  test.runIf(spawnSync('zip', ['-v']).status === 0)('by the zip command, with its folders, still hold', () => {
    const directory = join(folder, 'unzipped');
    for (const [name, content] of members) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    }
    execFileSync('zip', ['-q', '-r', '../again.zip', '.'], { cwd: directory });
    expect(verifyPack(readFileSync(join(folder, 'again.zip')), { root: sealed.root }).problems).toEqual([]);
  });

  test('a byte flipped there is named, or what is inside is the same to the byte', () => {
    const again = zipSync(Object.fromEntries(membersOf(small.zip)), { level: 6 });
    let named = 0;
    for (let byte = 0; byte < again.length; byte += 7) {
      const { problems, root } = verifyPack(flipped(again, byte, byte % 8));
      if (problems.length > 0) named += 1;
      else expect([byte, root]).toEqual([byte, small.root]);
    }
    expect(named).toBeGreaterThan((again.length / 7) * 0.95);
  }, 600_000);
});

const order = z.object({ reference: z.string(), amount: z.string() });

describe('somebody who knows how a pack is made', () => {
  test('and changes an entry, is told by its hash', () => {
    const changed = retold(entries, 'order/', 'ordered', (data) => data.replace('"amount":"', '"amount":"9'));
    const [first = ''] = faultsIn(packedAgain(members, changed));
    expect(first).toMatch(/^order\/CT\w+-1 mục 1: nội dung không khớp mã băm$/);
  });

  test('and makes the chain anew, is told by the anchor', () => {
    const changed = rechained(
      retold(entries, 'order/', 'ordered', (data) => data.replace('"amount":"', '"amount":"9')),
    );
    expect(faultsIn(packedAgain(members, changed))[0]).toMatch(/^order\/CT\w+-1.* không phải mục mà mã neo thứ 1 ghi$/);
  });

  test('and makes the heads anew beside the anchor that was printed, is told by the anchor', () => {
    const changed = retold(entries, 'order/', 'ordered', (data) => data.replace('"amount":"', '"amount":"9'));
    const { heads } = anchoredAnew(changed);
    expect(faultsIn(packedAgain(members, rechained(changed), heads))).toContain(
      'anchors/1.jsonl: không khớp mã neo thứ 1',
    );
  });

  test('and leaves out the newest entry of a history, is told by the anchor', () => {
    const last = entries.findLast(({ stream }) => stream.startsWith('order/'));
    const fewer = entries.filter((entry) => entry !== last);
    expect(faultsIn(packedAgain(members, fewer))).toContain(
      `${last?.stream}: không kết thúc ở mục ${last?.seq} như mã neo ghi`,
    );
  });

  const lies: readonly (readonly [
    what: string,
    stream: string,
    kind: string,
    change: (data: string) => string,
    said: string,
  ])[] = [
    [
      'an order of another sum',
      'order/',
      'ordered',
      (data) => data.replace('"amount":"', '"amount":"9'),
      'khác với danh sách đã chốt',
    ],
    [
      'an order to another account',
      'order/',
      'ordered',
      (data) => data.replace(/("accountDigest":")./, '$1x'),
      'tài khoản không phải của hồ sơ',
    ],
    [
      'an order by another decision',
      'order/',
      'ordered',
      (data) => data.replace('QĐ-UBND', 'QĐ-UBNX'),
      'mã khoản chi không phải của người',
    ],
    [
      'a fact',
      'case/',
      'submitted',
      (data) => data.replace(/"sex":"\w+"/, '"sex":"other"'),
      'mã băm hồ sơ không phải của dữ kiện',
    ],
    [
      'a factor of a line',
      'case/',
      'assessed',
      (data) => data.replace(/"of":"(\d+)"/, '"of":"9$1"'),
      'không bằng mức gốc nhân các hệ số',
    ],
    [
      'the sum of a freezing',
      'batch/',
      'frozen',
      (data) => data.replace('"total":"', '"total":"1'),
      'tổng tiền khác với danh sách',
    ],
    [
      'the content hash of a freezing',
      'batch/',
      'frozen',
      (data) => data.replace(/("contentHash":")./, '$1x'),
      'quyết định trên mã nội dung khác',
    ],
    [
      'a confirmation, to a rejection',
      'batch/',
      'decided',
      (data) => data.replace('"confirmed"', '"rejected"'),
      'thiếu xác nhận của bước people',
    ],
    [
      'what a person was shown',
      'batch/',
      'decided',
      (data) => data.replace(/("shown":")./, '$1f'),
      'thiếu nội dung người quyết định đã xem',
    ],
    [
      'the sum of the province',
      'batch/',
      'provincial-decision',
      (data) => data.replace('"total":"', '"total":"1'),
      'quyết định của UBND tỉnh khác',
    ],
    [
      'the sum of a slip',
      'slip/',
      'made',
      (data) => data.replace('"total":"', '"total":"1'),
      'ghi số người hoặc tổng tiền khác',
    ],
    [
      'an outcome',
      'order/',
      'settled',
      (data) => data.replace('"credited"', '"returned"'),
      'tiền bị trả về không trở lại',
    ],
    [
      'the file of an outcome',
      'order/',
      'settled',
      (data) => data.replace(/("file":")\w{8}/, '$100000000'),
      'kết quả từ tệp không có trong lịch sử',
    ],
    [
      'what an estimate has',
      'estimate/',
      'allotted',
      (data) => data.replace(/"amount":"\d+"/, '"amount":"1"'),
      'nhiều hơn dự toán đã giao',
    ],
    [
      'for whom money is reserved',
      'estimate/',
      'reserved',
      (data) => data.replace('#1"', '#2"'),
      'chưa bao giờ giữ tiền',
    ],
    [
      'what a result file says of itself',
      'result/',
      'classed',
      (data) => data.replace(/"total":"\d+"/, '"total":"1"'),
      'ghi ít tiền hơn',
    ],
  ];

  test.each(lies)(
    'and makes chain and anchors anew after changing %s, is told by what it must agree with',
    (_, stream, kind, change, said) => {
      const lied = retold(entries, stream, kind, change);
      expect(lied).not.toEqual(entries);
      const { entries: anew, heads } = anchoredAnew(lied);
      expect(faultsIn(packedAgain(members, anew, heads)).join('\n')).toContain(said);
    },
  );

  test('and lets one person sign a slip twice, or decide twice, is told', () => {
    const signed = entries.map((entry) =>
      entry.kind === 'holder-confirmed' ? { ...entry, by: 'demo-unit-clerk' } : entry,
    );
    const twice = entries.map((entry) => (entry.kind === 'decided' ? { ...entry, by: 'demo-finance-leader' } : entry));
    const own = entries.map((entry) => (entry.kind === 'decided' ? { ...entry, by: 'demo-unit-clerk' } : entry));
    const said = [signed, twice, own].map((lied) => {
      const { entries: anew, heads } = anchoredAnew(lied);
      return faultsIn(packedAgain(members, anew, heads)).join('\n');
    });
    expect(said).toEqual(
      ['một người ký hai lần', 'một người xác nhận hai bước', 'đã chuẩn bị hồ sơ'].map((one) =>
        expect.stringContaining(one),
      ),
    );
  });

  test('and pays a line twice, with an order of its own and its claim, is told', () => {
    const [first] = entries.filter(({ kind }) => kind === 'ordered');
    const { reference } = order.parse(JSON.parse(first?.data ?? '{}'));
    const other = reference.replace(/^CT./, 'CTZ');
    const own = entries.filter(({ stream }) => stream === `order/${reference}`);
    const copy = own.map((entry) => ({
      ...entry,
      stream: `order/${other}`,
      data: entry.data.replaceAll(reference, other),
    }));
    const lied = [...entries, ...copy].toSorted((one, two) =>
      one.stream === two.stream ? one.seq - two.seq : one.stream < two.stream ? -1 : 1,
    );
    const { entries: anew, heads } = anchoredAnew(lied);
    const said = faultsIn(packedAgain(members, anew, heads)).join('\n');
    expect(said).toContain('cùng khóa, cùng lần');
    expect(said).toContain('được chi hai lần');
  });

  test('and writes another table, manifest or front page, is told its name and line', () => {
    for (const name of [
      'lines.csv',
      'facts.csv',
      'orders.csv',
      'decisions.json',
      'traces.jsonl',
      'files.csv',
      'DOC-TRUOC.txt',
    ]) {
      const changed = new Map(members).set(name, Buffer.from(textIn(name).replace(/\d(?=[^\d]*$)/, 'x')));
      expect(faultsIn(writePackZip(changed)).some((said) => said.startsWith(`${name}: khác với bảng`))).toBe(true);
    }
    const manifest = textIn('manifest.json');
    for (const at of Array.from({ length: 40 }, (_, index) => Math.floor((index * manifest.length) / 40))) {
      const lied = new Map(members).set('manifest.json', flipped(strToU8(manifest), at, 1));
      expect(faultsIn(writePackZip(lied))).toContainEqual(expect.stringMatching(/^(manifest\.json|[\w./-]+): /));
    }
  });

  test('and leaves a member out, or adds one, is told its name', () => {
    for (const name of members.keys()) {
      const fewer = new Map([...members].filter(([one]) => one !== name));
      expect([name, faultsIn(writePackZip(fewer)).length > 0]).toEqual([name, true]);
    }
    const more = new Map(members).set('extra.txt', strToU8('x'));
    expect(faultsIn(writePackZip(more))).toContain('extra.txt: không có trong mục lục của gói');
  });

  test('and makes everything anew, consistently, is told only by a printed root or anchor', () => {
    const named = entries.map((entry) =>
      entry.kind === 'sent' ? { ...entry, at: entry.at.replace('T', 'T') } : entry,
    );
    const later = named.map((entry) => (entry.stream.startsWith('settings/') ? { ...entry, by: 'somebody' } : entry));
    const { entries: anew, heads } = anchoredAnew(later);
    const lied = packedAgain(members, anew, heads);
    expect(faultsIn(lied)).toEqual([]);
    expect(faultsIn(lied, { root: sealed.root })).toHaveLength(1);
    expect(faultsIn(lied, { anchor: sealed.anchor.anchor })).toHaveLength(1);
  });
});

describe('the verifier alone', () => {
  test('runs from the pack with nothing beside it, and its exit code says what holds', () => {
    const alone = join(folder, 'alone');
    mkdirSync(alone);
    writeFileSync(join(alone, 'verify.mjs'), members.get('verify.mjs') ?? '');
    writeFileSync(join(alone, 'pack.zip'), sealed.zip);
    writeFileSync(join(alone, 'broken.zip'), flipped(sealed.zip, 2000));
    const run = (...args: readonly string[]) => {
      const { status, stdout } = spawnSync(process.execPath, ['verify.mjs', ...args], {
        cwd: alone,
        encoding: 'utf8',
        env: {},
      });
      return { status, last: stdout.trimEnd().split('\n').at(-1) };
    };
    expect(run('pack.zip', '--root', sealed.root)).toEqual({ status: 0, last: 'Mọi thứ khớp.' });
    expect(run('broken.zip')).toEqual({ status: 1, last: expect.stringContaining('Điểm hỏng đầu tiên: ') });
    expect(run('nowhere.zip')).toEqual({ status: 2, last: 'Không đọc được nowhere.zip.' });
    expect(run()).toEqual({ status: 2, last: expect.stringContaining('Cách dùng') });
    expect(run('pack.zip', '--root', 'x').status).toBe(2);
  });

  test('imports nothing but what Node brings', () => {
    const text = Buffer.from(members.get('verify.mjs') ?? []).toString();
    const imports = [...text.matchAll(/^import .* from '([^']+)'/gm)].map((match) => match[1]);
    expect(imports.length).toBeGreaterThan(2);
    expect(imports.every((name) => name?.startsWith('node:'))).toBe(true);
    expect(sha256(members.get('verify.mjs') ?? '')).toBe(verifyPack(sealed.zip).verifier);
  });
});
