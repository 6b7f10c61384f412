/** A whole province moves to the cloud's table and back: the same heads, anchors, claims and rows; and what somebody does to it on its way. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUp, restore } from '../../../../infra/local/backup.ts';
import { filesNamedBy } from '../../../../shared/case/named-files.ts';
import { makePack } from '../../../../functions/completion/make-pack.ts';
import { noDesk, openHome } from '../../../../infra/local/home.ts';
import { exportProvince } from '../../../../infra/local/move/export-province.ts';
import { type Manifest, manifest } from '../../../../infra/local/move/format.ts';
import { importProvince } from '../../../../infra/local/move/import-province.ts';
import { arrivingLocal, filesIn, type Folders, leavingLocal } from '../../../../infra/local/move/local-place.ts';
import { arrivingCloud, leavingCloud } from '../../../../infra/local/move/table-place.ts';
import { openToVerify } from '../../../../infra/local/sqlite-store.ts';
import { identityOf, readCase } from '../../../../shared/case/case.ts';
import { caseIdOf } from '../../../../shared/case/part.ts';
import { verifyHistories } from '../../../../shared/case/verify.ts';
import { openProvince } from '../../../province.ts';
import { memoryCloud } from './cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'move-'));
const at = (name: string) => join(folder, name);
const original: Folders = { dataDirectory: at('data'), keyDirectory: at('keys') };
let anchors: readonly string[] = [];
let someCase = '';
let packRoots: readonly string[] = [];

/** Two anchors, one of them printed on a pack, and entries after them. */
beforeAll(async () => {
  const province = await openProvince({ people: 6, folder });
  await province.decidedBatch('b1');
  const first = await province.home.store.anchor('2025-10-01', '2025-10-01T17:00:00Z', 'system');
  await province.order('b1');
  const second = await province.home.store.anchor('2025-10-02', '2025-10-02T17:00:00Z', 'system');
  anchors = [first.anchor, second.anchor];
  packRoots = await rootsIn(province.still);
  await province.sendSlips('b1');
  await province.still.noticeSigner.current();
  someCase = caseIdOf(await province.somebody());
  await province.close();
  const out = await exported(original, 'export');
  expect(out).toMatchObject({ outcome: 'exported' });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type PackPorts = Parameters<typeof makePack>[2];

async function rootsIn(ports: PackPorts): Promise<readonly string[]> {
  const roots: string[] = [];
  for (const anchor of anchors) {
    const made = await makePack({ batch: 'b1', anchor, isFull: false }, 'system', ports);
    roots.push(made.outcome === 'made' ? made.root : made.why.en);
  }
  return roots;
}

async function exported(from: Folders, name: string) {
  const leaving = leavingLocal(from);
  try {
    return await exportProvince(leaving, at(name));
  } finally {
    leaving.close();
  }
}

function heldBy({ dataDirectory }: Folders) {
  const store = openToVerify(join(dataDirectory, 'histories.sqlite'));
  const { entries, rows, claims } = store.held();
  const all = [...entries].map((entry) => ({ ...entry, position: 0 }));
  const byName = (one: { stream: string; seq: number }, other: typeof one) =>
    one.stream === other.stream ? one.seq - other.seq : one.stream < other.stream ? -1 : 1;
  // What an import says of the province itself is looked at by name.
  const ofPeople = all.filter(({ stream }) => stream !== 'province');
  const held = { entries: ofPeople.toSorted(byName), rows: [...rows], claims: [...claims] };
  store.close();
  return held;
}

const master = () => Buffer.from(readFileSync(join(original.keyDirectory, 'master.key'), 'utf8'), 'base64');

function copyOf(name: string): string {
  const copy = mkdtempSync(at('copy-'));
  cpSync(at(name), copy, { recursive: true });
  return copy;
}

describe('a province', () => {
  test('moves to a table and back: the same entries, rows, claims, anchors, packs and persons', async () => {
    const cloud = memoryCloud(master());
    const arrived = await importProvince(at('export'), arrivingCloud(cloud.place));
    expect(arrived).toMatchObject({ outcome: 'imported' });

    const of = (await readCase(cloud.store, someCase)) ?? expect.fail('the case is gone');
    const { fullName } = await identityOf(cloud.vault, of);
    const home = openHome({ ...original, publicUrl: '' });
    const ports = home.ports(noDesk);
    expect(fullName).toBe((await identityOf(home.keys, of)).fullName);
    expect(await rootsIn({ ...ports, ...cloud })).toEqual(packRoots);
    home.close();

    const third = await cloud.anchored.anchor('2025-10-03', '2025-10-03T17:00:00Z', 'system');
    expect(await exportProvince(leavingCloud(cloud.place), at('export back'))).toMatchObject({ outcome: 'exported' });
    const back: Folders = { dataDirectory: at('back'), keyDirectory: at('back keys') };
    mkdirSync(back.keyDirectory);
    cpSync(join(original.keyDirectory, 'master.key'), join(back.keyDirectory, 'master.key'));
    expect(await importProvince(at('export back'), arrivingLocal(back))).toMatchObject({ outcome: 'imported' });

    const [before, after] = [heldBy(original), heldBy(back)];
    expect([after.rows, after.claims]).toEqual([before.rows, before.claims]);
    expect(after.entries.filter(({ stream, seq }) => stream !== 'anchors' || seq < 3)).toEqual(before.entries);
    const again = openHome({ ...back, publicUrl: '' });
    for (const anchor of [...anchors, third.anchor]) {
      expect(verifyHistories(again.store.held(), anchor)).toMatchObject({ count: 0, anchors: 3 });
    }
    expect(await rootsIn(again.ports(noDesk))).toEqual(packRoots);
    expect((await identityOf(again.keys, of)).fullName).toBe(fullName);
    expect(await again.ports(noDesk).noticeSigner.keys()).toHaveLength(1);
    const fourth = await again.store.anchor('2025-10-04', '2025-10-04T17:00:00Z', 'system');
    expect([fourth.previous, verifyHistories(again.store.held()).count]).toEqual([third.anchor, 0]);
    again.close();
  }, 30_000);

  test('arrives in an empty home only, and never over another', async () => {
    expect(await importProvince(at('export'), arrivingLocal(original))).toMatchObject({
      outcome: 'refused',
      why: expect.stringContaining('không trống'),
    });
    const cloud = memoryCloud(master());
    await cloud.store.commit([
      { stream: 'case/stranger', readAt: 0, entries: [{ at: 'x', by: 'y', kind: 'z', data: {} }] },
    ]);
    expect(await importProvince(at('export'), arrivingCloud(cloud.place))).toMatchObject({
      outcome: 'refused',
      why: expect.stringContaining('case/stranger'),
    });
    expect(await cloud.store.read('unit-register')).toEqual([]);
  });

  test('is not written over by a second export, and not begun in a folder of other things', async () => {
    expect(await exported(original, 'export')).toMatchObject({ outcome: 'refused' });
    mkdirSync(at('others'));
    writeFileSync(at('others/letter.txt'), '');
    expect(await exported(original, 'others')).toMatchObject({ why: expect.stringContaining('letter.txt') });
  });

  test('whose data do not hold does not leave', async () => {
    const copy = copyOf('data');
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(copy, 'histories.sqlite'));
    database.exec("DELETE FROM claims WHERE key LIKE 'citizen/%'");
    database.close();
    const out = await exportProvince(leavingLocal({ ...original, dataDirectory: copy }), at('never'));
    expect(out).toMatchObject({ outcome: 'refused', why: expect.stringContaining('npm run verify') });
    expect(existsSync(at('never'))).toBe(false);
  });
});

describe('files that the histories name', () => {
  function withoutFiles(): Folders {
    const copy = copyOf('data');
    for (const hash of filesIn(join(copy, 'files'))) rmSync(join(copy, 'files', hash.slice(0, 2), hash));
    return { ...original, dataDirectory: copy };
  }

  test('are all that the province has stored', () => {
    const store = openToVerify(join(original.dataDirectory, 'histories.sqlite'));
    const named = new Set([...store.held().entries].flatMap(filesNamedBy));
    store.close();
    const stored = filesIn(join(original.dataDirectory, 'files'));
    expect(stored.length).toBeGreaterThan(10);
    expect(stored.filter((hash) => !named.has(hash))).toEqual([]);
    expect([...named].filter((hash) => !stored.includes(hash))).toEqual([]);
  });

  test('are asked for before the province leaves, and left behind only where somebody says so', async () => {
    const leaving = leavingLocal(withoutFiles());
    const departure = { to: 'x', by: 'demo-administrator', at: '2025-10-02T01:00:00Z' };
    const refusal = await exportProvince(leaving, at('lacking'), { departure });
    expect(refusal).toMatchObject({ why: expect.stringMatching(/^Thiếu \d+ tệp .*slip\/.*--without-files/s) });
    expect(await leaving.read('province')).toEqual([]);
    const wish = { departure, isIncompleteTaken: true };
    expect(await exportProvince(leaving, at('lacking'), wish)).toMatchObject({ manifest: { files: 0 } });
    leaving.close();
  });

  test('and are gone are named by a backup and where it is restored', async () => {
    const made = backUp(withoutFiles(), at('lacking backup'), '2025-10-02T22:00:00Z');
    expect(made).toMatchObject({ outcome: 'done', files: 0, lacking: expect.arrayContaining([expect.anything()]) });
    const to = { ...original, dataDirectory: at('lacking restored') };
    expect(await restore(at('lacking backup'), to, 'now')).toEqual({
      ...made,
      erasedAgain: [],
      where: 'restored',
      takenAt: '2025-10-02T22:00:00Z',
      lacksNoticeKey: false,
    });
    expect(backUp(original, at('whole backup'), '2025-10-02T22:00:00Z')).toMatchObject({
      outcome: 'done',
      lacking: [],
    });
  });
});

describe('what dies on its way', () => {
  test('an export goes on when it is run again, to the same bytes', async () => {
    const half = copyOf('export');
    rmSync(join(half, 'manifest.json'));
    rmSync(join(half, 'keys.jsonl'));
    writeFileSync(join(half, 'histories', '00009.jsonl.partial'), 'half a line');
    expect(
      await importProvince(half, arrivingLocal({ dataDirectory: at('x'), keyDirectory: at('x keys') })),
    ).toMatchObject({ outcome: 'refused', why: expect.stringContaining('chưa xuất xong') });
    const leaving = leavingLocal(original);
    expect(await exportProvince(leaving, half)).toMatchObject({ outcome: 'exported' });
    leaving.close();
    expect(readFileSync(join(half, 'manifest.json'))).toEqual(readFileSync(at('export/manifest.json')));
  });

  test('an import into a table goes on when it is run again, wherever it died', async () => {
    for (const dies of [1, 7, 40]) {
      const cloud = memoryCloud(master());
      let writes = 0;
      const { client } = cloud.place.walk.table;
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            if (commandName === 'TransactWriteItemsCommand') writes += 1;
            if (writes === dies) throw new Error('the process died');
            return next(args);
          },
        { step: 'initialize', priority: 'high', name: 'dies' },
      );
      await expect(importProvince(at('export'), arrivingCloud(cloud.place))).rejects.toThrow();
      client.middlewareStack.remove('dies');
      expect(await importProvince(at('export'), arrivingCloud(cloud.place))).toMatchObject({ outcome: 'imported' });
    }
  }, 30_000);

  test('an import into a folder begins anew, and its place is empty until it is whole', async () => {
    const to: Folders = { dataDirectory: at('arrived'), keyDirectory: at('arrived keys') };
    const withoutKey = await importProvince(at('export'), arrivingLocal(to));
    expect(withoutKey).toMatchObject({ outcome: 'refused', why: expect.stringContaining('Khóa chính') });
    cpSync(join(original.keyDirectory, 'master.key'), join(to.keyDirectory, 'master.key'), { recursive: true });
    const dying = { ...arrivingLocal(to), adopt: async () => Promise.reject(new Error('the process died')) };
    await expect(importProvince(at('export'), dying)).rejects.toThrow('died');
    expect(existsSync(to.dataDirectory)).toBe(false);
    expect(await importProvince(at('export'), arrivingLocal(to))).toMatchObject({ outcome: 'imported' });
    expect(heldBy(to)).toEqual(heldBy(original));
    const home = openHome({ ...to, publicUrl: '' });
    const newest = Number(home.scratch.get('cursor', 'events'));
    // Nobody is told of it again.
    expect([home.store.entriesAfter(newest, 1), home.store.entriesAfter(newest - 1, 9).length]).toEqual([[], 1]);
    expect(await home.whereabouts()).toBe('copy');
    home.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.arriving'))).toEqual([]);
  });
});

describe('what somebody does to an export is named, and nothing arrives', () => {
  const to: Folders = { dataDirectory: at('nothing'), keyDirectory: original.keyDirectory };
  const whyOf = async (directory: string) => {
    const came = await importProvince(directory, arrivingLocal(to));
    expect(existsSync(to.dataDirectory)).toBe(false);
    return came.outcome === 'refused' ? came.why : came.outcome;
  };
  const filesOf = (directory: string) =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.jsonl$|notice-keys\.json$|[0-9a-f]{64}$/.test(name))
      .toSorted();

  test('a flipped bit of any file', async () => {
    const copy = copyOf('export');
    for (const name of filesOf(copy)) {
      const path = join(copy, name);
      const before = readFileSync(path);
      if (before.length === 0) continue;
      const changed = Uint8Array.from(before);
      const middle = Math.floor(changed.length / 2);
      changed[middle] = (changed[middle] ?? 0) ^ 1;
      writeFileSync(path, changed);
      expect(await whyOf(copy)).toBe(`${name} đã bị thay đổi so với lúc xuất.`);
      writeFileSync(path, before);
    }
  });

  test('a file that is gone, and two that were swapped', async () => {
    const copy = copyOf('export');
    const [one, other] = filesOf(copy).filter((name) => name.startsWith('files/'));
    if (one === undefined || other === undefined) return expect.fail('no two files');
    const [first, second] = [readFileSync(join(copy, one)), readFileSync(join(copy, other))];
    writeFileSync(join(copy, one), second);
    writeFileSync(join(copy, other), first);
    expect(await whyOf(copy)).toBe(`${one} đã bị thay đổi so với lúc xuất.`);
    writeFileSync(join(copy, one), first);
    rmSync(join(copy, other));
    expect(await whyOf(copy)).toBe(`${other} bị thiếu.`);
  });

  test('an export under another master key, before anything is written', async () => {
    const another = memoryCloud(master(), undefined, Buffer.alloc(32, 7));
    let isTaken = false;
    const arriving = arrivingCloud({ ...another.place, takeMaster: async () => void (isTaken = true) });
    const came = await importProvince(at('export'), arriving);
    expect(came).toMatchObject({ outcome: 'refused', why: expect.stringMatching(/Khóa chính .* Chưa ghi gì/) });
    expect([isTaken, await another.store.read('province'), another.bytes.size]).toEqual([false, [], 0]);
    mkdirSync(at('other keys'), { recursive: true });
    writeFileSync(at('other keys/master.key'), Buffer.alloc(32, 7).toString('base64'));
    const local = arrivingLocal({ ...to, keyDirectory: at('other keys') });
    expect(await importProvince(at('export'), local)).toMatchObject({ why: expect.stringContaining('Khóa chính') });
  });

  function manifestWith(change: Partial<Manifest>): string {
    const copy = copyOf('export');
    const said = manifest.parse(JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8')));
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...said, ...change }));
    return copy;
  }

  test('the last anchor of the paper, put into the manifest of another history', async () => {
    expect(await whyOf(manifestWith({ lastAnchor: 'ab'.repeat(32) }))).toContain(`mã neo cuối là ${'ab'.repeat(32)}`);
  });

  test('an anchor or the hash of heads on paper that is not of these data', async () => {
    const came = async (printed: Parameters<typeof importProvince>[2]) =>
      importProvince(at('export'), arrivingLocal(to), printed);
    const foreign = 'cd'.repeat(32);
    expect(await came({ anchor: foreign })).toMatchObject({ why: expect.stringContaining('Mã neo trên giấy') });
    expect(await came({ heads: foreign })).toMatchObject({ why: expect.stringContaining('Mã đầu mút trên giấy') });
    expect(existsSync(to.dataDirectory)).toBe(false);
    const cloud = memoryCloud(master());
    const { heads } = manifest.parse(JSON.parse(readFileSync(at('export/manifest.json'), 'utf8')));
    for (const anchor of anchors) {
      const right = await importProvince(at('export'), arrivingCloud(cloud.place), { anchor, heads });
      expect(right).toMatchObject({ outcome: 'imported', lastAnchor: anchors[1] });
    }
  });

  test('a copy that says it moved', async () => {
    expect(await whyOf(manifestWith({ moved: 'ab'.repeat(32) }))).toContain('đã chuyển đi');
  });

  /** As somebody does who also writes the manifest anew. */
  async function retold(change: (lines: readonly string[]) => readonly string[]): Promise<string> {
    const copy = copyOf('export');
    const { digestOf } = await import('../../../../infra/local/move/format.ts');
    const name = 'histories/00001.jsonl';
    const text = `${change(readFileSync(join(copy, name), 'utf8').trimEnd().split('\n')).join('\n')}\n`;
    writeFileSync(join(copy, name), text);
    const said = manifest.parse(JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8')));
    const members = said.members.map((member) =>
      member.name === name ? { name, bytes: Buffer.byteLength(text), sha256: digestOf(text) } : member,
    );
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...said, members }));
    return copy;
  }

  test('a dropped entry, an altered one and an altered head, with the manifest made to fit', async () => {
    const lastOfCase = (lines: readonly string[]) => lines.findLastIndex((line) => line.includes('"stream":"case/'));
    const firstOfCase = (lines: readonly string[]) => lines.findIndex((line) => line.includes('"stream":"case/'));
    expect(await whyOf(await retold((lines) => lines.toSpliced(firstOfCase(lines), 1)))).toMatch('điểm không khớp');
    expect(await whyOf(await retold((lines) => lines.toSpliced(lastOfCase(lines), 1)))).toMatch(
      'không phải của bản xuất',
    );
    const dearer = await retold((lines) => {
      const index = lines.findIndex((line) => line.includes('\\"amount\\":\\"'));
      return lines.with(index, (lines[index] ?? '').replace('\\"amount\\":\\"', '\\"amount\\":\\"9'));
    });
    expect(await whyOf(dearer)).toMatch('điểm không khớp');
  });

  test('a claim that is skipped on arrival', async () => {
    const cloud = memoryCloud(master());
    const arriving = arrivingCloud(cloud.place);
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    const { client, name } = cloud.place.walk.table;
    const skipping = {
      ...arriving,
      async adopt(moved: Parameters<typeof arriving.adopt>[0]) {
        await arriving.adopt(moved);
        const store = openToVerify(join(original.dataDirectory, 'histories.sqlite'));
        const [[key] = ['']] = store.held().claims;
        store.close();
        await client.send(new DeleteCommand({ TableName: name, Key: { stream: `claim:${key}`, seq: 0 } }));
      },
    };
    expect(await importProvince(at('export'), skipping)).toMatchObject({ why: expect.stringContaining('1 điểm') });
  });
});
