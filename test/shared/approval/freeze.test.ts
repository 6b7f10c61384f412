import { describe, expect, test } from 'vitest';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { readFrozenList } from '../../../shared/case/batch.ts';
import { type Case, readCase, caseStream } from '../../../shared/case/case.ts';
import { caseIdOf, partStream } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import type { NewEntry } from '../../../shared/case/store.ts';
import { diesAt, done, type Province, provinces, showing } from '../../province.ts';

const province = provinces();

const wish = { source: 'wage-reform', level: 'provincial', by: 'demo-finance-officer' } as const;
const refused = { outcome: 'refused' };
const because = (why: string) => ({ ...refused, why: { en: expect.stringContaining(why) } });

async function caseOf({ store }: Province, partId: string): Promise<Case> {
  return (await readCase(store, caseIdOf(partId))) ?? expect.fail('no such case');
}

/** Written past the use cases. */
async function append({ store }: Province, stream: string, ...entries: readonly Omit<NewEntry, 'at'>[]) {
  const readAt = (await store.read(stream)).length;
  const at = '2025-10-01T00:00:00Z';
  await store.commit([{ stream, readAt, entries: entries.map((entry) => ({ at, ...entry })) }]);
}

describe('what is frozen', () => {
  test('a batch holds the appraised people of one source and one level, and nobody else', async () => {
    const { appraiseAll, freeze, list, rows } = await province({ people: 12 });
    await appraiseAll();
    const { frozen } = await freeze('b1');
    const fitting = (await rows()).filter(({ summary }) => summary['level'] === 'provincial');
    expect(fitting.length).toBeLessThan(12);
    expect((await list('b1')).map(({ part }) => `part/${part}`).toSorted()).toEqual(fitting.map((one) => one.stream));
    expect(frozen).toMatchObject({ version: 1, people: fitting.length });
    expect(BigInt(frozen?.total ?? '0')).toBe((await list('b1')).reduce((total, one) => total + BigInt(one.total), 0n));
  });

  test('the list says of each what was appraised, by whom it was prepared, in the order of units', async () => {
    const made = await province({ people: 12 });
    const { appraiseAll, freeze, list, batch, somebody, rows, still } = made;
    const marked = await somebody();
    const { assessment, caseHash } = await caseOf(made, marked);
    const open = { ...assessment, marks: ['tier-edge'], open: ['X3'] };
    await append(
      made,
      caseStream(caseIdOf(marked)),
      { kind: 'papers-added', by: 'second', data: {} },
      { kind: 'papers-added', by: 'first', data: {} },
      { kind: 'papers-added', by: 'demo-unit-clerk', data: {} },
      { kind: 'assessed', by: 'system', data: { assessment: open, caseHash, readings: {} } },
    );
    await appraiseAll();
    await freeze('b1');
    const parts = await list('b1');
    for (const part of parts) {
      const of = await caseOf(made, part.part);
      expect(part).toEqual({
        part: part.part,
        caseHash: of.caseHash,
        total: of.assessment.outcome === 'entitled' ? of.assessment.total : '',
        unit: of.submitted.payingUnit,
        regime: of.assessment.outcome === 'entitled' ? of.assessment.regime : '',
        accountDigest: of.account.digest,
        open: of.assessment.open,
        marks: of.assessment.marks,
        appraisedBy: 'demo-home-affairs-officer',
        submittedBy: 'demo-unit-clerk',
        ...(part.part === marked ? { preparedBy: ['first', 'second'] } : {}),
        citizenDigest: of.submitted.citizenDigest,
      });
      expect('preparedBy' in part).toBe(part.part === marked);
    }
    expect(parts.find(({ part }) => part === marked)).toMatchObject({ marks: ['tier-edge'], open: ['X3'] });
    const places = parts.map(({ unit, part }) => `${unit}/${part}`);
    expect(places).toEqual(places.toSorted());
    const byName = (await rows()).map(({ stream }) => stream.slice('part/'.length));
    expect(parts.map(({ part }) => part)).not.toEqual(byName.filter((id) => parts.some(({ part }) => part === id)));
    const { source, level, law } = await readFrozenList(still.files, await batch('b1'));
    expect([source, level, law]).toEqual(['wage-reform', 'provincial', assessment.law]);
  });

  test('a batch of one unit holds that unit alone', async () => {
    const { appraiseAll, rows, list, batch, still } = await province({ people: 12 });
    await appraiseAll();
    const fitting = (await rows()).filter(({ summary }) => summary['level'] === 'provincial');
    const [{ unit = '' } = expect.fail('nobody')] = fitting;
    const own = fitting.filter((row) => row.unit === unit);
    expect(own.length).toBeLessThan(fitting.length);
    done(await freezeBatch({ ...wish, batchId: 'b1', unit }, still));
    expect((await list('b1')).map(({ part }) => `part/${part}`).toSorted()).toEqual(own.map(({ stream }) => stream));
    expect((await batch('b1')).unit).toBe(unit);
  });

  test('a person whose request for another account waits is left out', async () => {
    const made = await province();
    const { appraiseAll, freeze, list, somebody } = made;
    await appraiseAll();
    const partId = await somebody();
    const data = { account: 'sealed', accountDigest: 'f'.repeat(64), reason: 'x', paper: 'x' };
    await append(made, caseStream(caseIdOf(partId)), { kind: 'account-proposed', by: 'somebody', data });
    await freeze('b1');
    expect((await list('b1')).map(({ part }) => part)).not.toContain(partId);
  });

  test('when nobody of those who seemed to fit may be taken, nothing is frozen', async () => {
    const made = await province();
    const { appraiseAll, rows, batch, still } = made;
    await appraiseAll();
    const data = { account: 'sealed', accountDigest: 'f'.repeat(64), reason: 'x', paper: 'x' };
    for (const { stream } of await rows()) {
      const caseId = caseIdOf(stream.slice('part/'.length));
      await append(made, caseStream(caseId), { kind: 'account-proposed', by: 'somebody', data });
    }
    expect(await freezeBatch({ ...wish, batchId: 'b1' }, still)).toMatchObject(because('No appraised case'));
    expect((await batch('b1')).frozen).toBeUndefined();
    expect(await batch('b1')).toMatchObject({ isReleased: true });
    const again = await freezeBatch({ ...wish, batchId: 'b1' }, still);
    expect(again).toMatchObject({ outcome: 'refused' });
  });

  test('whoever the late index still shows as appraised, and is not, is not taken', async () => {
    const made = await province();
    const { account, appraiseAll, rows, somebody, part, list, still } = made;
    await appraiseAll();
    const late = await rows();
    const held = await somebody();
    done(await holdPart(held, 'hold', 'Chờ xác minh', account('finance-officer'), still));
    const ports = showing(still, late, ({ status }) => status === 'appraised');
    done(await freezeBatch({ ...wish, batchId: 'b1' }, ports));
    expect((await part(held)).status).toBe('held');
    expect((await list('b1')).map((one) => one.part)).not.toContain(held);
  });

  test('whoever the late index still shows in the batch, and is not, is not on its list', async () => {
    const made = await province();
    const { account, appraiseAll, rows, somebody, list, part, still } = made;
    const outside = await somebody();
    await appraiseAll();
    done(await holdPart(outside, 'hold', 'Chờ xác minh', account('finance-officer'), still));
    const late = (await rows()).filter(({ stream }) => stream === partStream(outside));
    const gone = late.map((row) => ({ ...row, stream: 'part/nobody.wage-reform' }));
    const ports = showing(still, [...late, ...gone], ({ batch }) => batch === 'b1');
    done(await freezeBatch({ ...wish, batchId: 'b1' }, ports));
    expect((await list('b1')).map((one) => one.part)).not.toContain(outside);
    expect((await part(outside)).batch).toBeUndefined();
  });

  test('whoever a later freezing took, and whoever is entitled to nothing any more, is not on the list', async () => {
    const made = await province();
    const { appraiseAll, rows, list, store, still } = made;
    await appraiseAll();
    const [later, refusedNow, ...others] = (await rows()).filter(({ summary }) => summary['level'] === 'provincial');
    if (later === undefined || refusedNow === undefined) expect.fail('too few');
    for (const [{ stream, ...row }, version] of [
      [later, 2],
      [refusedNow, 1],
    ] as const) {
      const data = { status: 'in-batch', batch: 'b1', version };
      const entries = [{ kind: 'in-batch', at: still.now(), by: 'x', data }];
      const readAt = (await store.read(stream)).length;
      await store.commit([{ stream, readAt, entries, row: { ...row, status: 'in-batch', batch: 'b1' } }]);
    }
    const caseId = caseIdOf(refusedNow.stream.slice('part/'.length));
    const { assessment, caseHash } = await caseOf(made, caseId);
    const { law, open, marks } = assessment;
    const none = { outcome: 'incomplete', missing: ['x'], law, open, marks };
    await append(made, caseStream(caseId), {
      kind: 'assessed',
      by: 'system',
      data: { assessment: none, caseHash, readings: {} },
    });
    done(await freezeBatch({ ...wish, batchId: 'b1' }, still));
    expect((await list('b1')).map(({ part }) => `part/${part}`).toSorted()).toEqual(others.map(({ stream }) => stream));
  });

  test('whoever of the Party block was appraised without its board is not taken', async () => {
    const { partyMember, rows, part, list, appraiseAll, store, still } = await province({ people: 8, partyPeople: 2 });
    await appraiseAll();
    const partId = await partyMember();
    const { stream, ...row } = (await rows()).find((one) => one.stream === partStream(partId)) ?? expect.fail('no row');
    const caseHash = (await readCase(store, caseIdOf(partId)))?.caseHash;
    const entries = [{ kind: 'appraised', at: still.now(), by: 'x', data: { status: 'appraised', caseHash } }];
    const readAt = (await store.read(stream)).length;
    await store.commit([{ stream, readAt, entries, row: { ...row, status: 'appraised' } }]);
    done(await freezeBatch({ ...wish, batchId: 'b1' }, still));
    expect((await list('b1')).map((one) => one.part)).not.toContain(partId);
    expect((await part(partId)).batch).toBeUndefined();
  });

  test('how far it has come is told as it goes', async () => {
    const { appraiseAll, list, still } = await province({ people: 40 });
    await appraiseAll();
    const told: number[] = [];
    done(await freezeBatch({ ...wish, batchId: 'b1' }, still, (count) => told.push(count)));
    expect(told).toEqual([25, (await list('b1')).length]);
  });

  test('the workflow is started when the list is frozen, and again when it is asked again', async () => {
    const { appraiseAll, still } = await province();
    await appraiseAll();
    const started: string[] = [];
    const ports = { ...still, desk: { ...still.desk, start: async (id: string) => void started.push(id) } };
    expect(await diesAt((on) => freezeBatch({ ...wish, batchId: 'b1' }, on), ports, 2, 'after')).toBe(true);
    expect(started).toEqual([]);
    const frozen = { outcome: 'frozen', version: 1 };
    expect(await freezeBatch({ ...wish, batchId: 'b1' }, ports)).toEqual(frozen);
    expect(started).toEqual(['b1']);
    expect(await freezeBatch({ ...wish, batchId: 'b1' }, ports)).toEqual(frozen);
    expect(started).toEqual(['b1', 'b1']);
  });

  test('the row says what is being frozen, then what is, under a code of the day and the end of the id', async () => {
    const { appraiseAll, batch, store, still } = await province();
    await appraiseAll();
    const ports = { ...still, now: () => '2025-11-04T03:00:00.000Z' };
    const row = async () => (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    const freeze = async (on: Ports) => freezeBatch({ ...wish, batchId: 'batch-00ab1c' }, on);
    expect(await diesAt(freeze, ports, 1, 'after')).toBe(true);
    const said = { code: '251104-AB1C', level: 'provincial', since: ports.now() };
    expect(await row()).toMatchObject({
      status: 'freezing',
      source: 'wage-reform',
      summary: { ...said, version: 0, people: 0, total: '0' },
    });
    expect((await batch('batch-00ab1c')).entries.map(({ kind, by }) => [kind, by])).toEqual([['opened', wish.by]]);
    done(await freeze(ports));
    const { people, total } = (await batch('batch-00ab1c')).frozen ?? expect.fail('not frozen');
    expect(await row()).toMatchObject({
      status: 'in-approval',
      waitingFor: 'people',
      summary: { ...said, version: 1, people, total },
    });
  });

  test('nobody makes the batch that pays them', async () => {
    const { appraiseAll, freeze, rows, batch, store, still, part } = await province();
    await appraiseAll();
    const [own] = (await rows()).filter(({ summary }) => summary['level'] === 'provincial');
    const partId = own?.stream.slice('part/'.length) ?? '';
    const citizenDigest = (await readCase(store, caseIdOf(partId)))?.submitted.citizenDigest ?? '';
    expect(await freezeBatch({ ...wish, batchId: 'b1', citizenDigest }, still)).toMatchObject(because('paid by it'));
    expect(await batch('b1')).toMatchObject({ isReleased: true });
    expect(await part(partId)).toMatchObject({ status: 'appraised' });
    done(await freezeBatch({ ...wish, batchId: 'b2', citizenDigest: 'of somebody else' }, still));
    await expect(freeze('b3')).rejects.toThrow('No appraised case');
  });

  test('nothing is frozen before Home Affairs has appraised somebody, and no batch is left behind', async () => {
    const { still, store } = await province();
    const answer = await freezeBatch({ ...wish, batchId: 'b1' }, still);
    expect(answer).toMatchObject({ outcome: 'refused' });
    expect(await store.read('batch/b1')).toEqual([]);
  });

  test('a person in one batch is never taken by a second one', async () => {
    const { appraiseAll, freeze, still } = await province();
    await appraiseAll();
    await freeze('b1');
    expect(await freezeBatch({ ...wish, batchId: 'b2' }, still)).toMatchObject({ outcome: 'refused' });
  });

  test('a case that moved after its appraisal is left out', async () => {
    const { appraiseAll, freeze, list, somebody, store } = await province();
    await appraiseAll();
    const partId = await somebody();
    const of = await readCase(store, caseIdOf(partId));
    const data = { assessment: of?.assessment, caseHash: 'another hash' };
    const entries = [{ kind: 'assessed', at: '2025-10-01T00:00:00Z', by: 'system', data }];
    await store.commit([{ stream: caseStream(caseIdOf(partId)), readAt: of?.entries.length ?? 0, entries }]);
    await freeze('b1');
    expect((await list('b1')).map(({ part }) => part)).not.toContain(partId);
  });

  test('a person who is held is left out', async () => {
    const { account, appraiseAll, freeze, list, somebody, still } = await province();
    await appraiseAll();
    const partId = await somebody();
    await holdPart(partId, 'hold', 'Chờ xác minh', account('finance-officer'), still);
    await freeze('b1');
    expect((await list('b1')).map(({ part }) => part)).not.toContain(partId);
  });
});

describe('freezing anew', () => {
  test('keeps the same people when nobody joined, and says why it was frozen anew', async () => {
    const { frozenBatch, freeze, list } = await province();
    await frozenBatch('b1');
    const before = await list('b1');
    const { versions } = await freeze('b1', { reason: 'Rà soát' });
    expect(versions.map(({ version, reason }) => [version, reason])).toEqual([
      [1, undefined],
      [2, 'Rà soát'],
    ]);
    expect(await list('b1')).toEqual(before);
  });

  test('by whoever appraised somebody of it is refused, and the version before stands', async () => {
    const { frozenBatch, account, batch, decides, list, part, still } = await province();
    await frozenBatch('b1');
    const by = account('home-affairs-officer').id;
    const answer = await freezeBatch({ ...wish, batchId: 'b1', by, reason: 'Thêm người' }, still);
    expect(answer).toMatchObject(because('may not make the batch'));
    expect(await batch('b1')).toMatchObject({ isReleased: false, frozen: { version: 1 } });
    for (const one of await list('b1'))
      expect(await part(one.part)).toMatchObject({ status: 'in-batch', batch: { id: 'b1' } });
    done(await decides('home-affairs-leader', 'b1'));
  });

  /** Somebody is held while the first version is frozen, and joins afterwards. */
  async function joining() {
    const made = await province();
    const { account, still } = made;
    const late = await made.somebody();
    done(await holdPart(late, 'hold', 'Chờ xác minh', account('finance-officer'), still));
    await made.frozenBatch('b1');
    done(await holdPart(late, 'resume', 'Đã xác minh', account('finance-officer'), still));
    await made.appraiseAll();
    /** Something happens after the parts were taken, just before the list is frozen. */
    const meanwhile = (act: () => Promise<unknown>): Ports => {
      const put = async (content: Uint8Array) => {
        await act();
        return still.files.put(content);
      };
      return { ...still, files: { ...still.files, put } };
    };
    return { ...made, late, meanwhile };
  }

  test('a batch that was rejected while its people were taken is not frozen, and who joined is free again', async () => {
    const { late, meanwhile, decides, batch, part } = await joining();
    const ports = meanwhile(async () =>
      done(await decides('home-affairs-leader', 'b1', { outcome: 'rejected', reason: 'Sai nguồn' })),
    );
    const answer = await freezeBatch({ ...wish, batchId: 'b1', reason: 'Thêm người' }, ports);
    expect(answer).toMatchObject(because('past the point'));
    expect((await batch('b1')).versions).toHaveLength(1);
    expect((await part(late)).status).toBe('appraised');
  });

  test('by two at once makes one version', async () => {
    const { late, meanwhile, batch, list, still } = await joining();
    const again = { ...wish, batchId: 'b1', reason: 'Thêm người' };
    const frozen = { outcome: 'frozen', version: 2 };
    const ports = meanwhile(async () => expect(await freezeBatch(again, still)).toEqual(frozen));
    expect(await freezeBatch(again, ports)).toEqual(frozen);
    expect((await batch('b1')).versions.map(({ version }) => version)).toEqual([1, 2]);
    expect((await list('b1')).map(({ part }) => part)).toContain(late);
  });

  test('a second version takes who was appraised since, and keeps who was there', async () => {
    const { account, appraiseAll, frozenBatch, freeze, list, decides, somebody, still, step } = await province();
    const held = await somebody();
    await holdPart(held, 'hold', 'Chờ xác minh', account('finance-officer'), still);
    await frozenBatch('b1');
    const first = await list('b1');
    await holdPart(held, 'resume', 'Đã xác minh', account('finance-officer'), still);
    await appraiseAll();
    await freeze('b1', { reason: 'Thêm người' });
    expect((await list('b1')).length).toBe(first.length + 1);
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject({ outcome: 'refused' });
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject({ outcome: 'decided' });
  });

  test('once the People’s Committee has decided, the list stays', async () => {
    const { decidedBatch, still } = await province();
    await decidedBatch('b1');
    const again = await freezeBatch({ ...wish, batchId: 'b1', reason: 'Thêm người' }, still);
    expect(again).toMatchObject({ outcome: 'refused' });
  });

  test('while it is being recomputed, the list is not replaced', async () => {
    const { appraiseAll, freeze, still } = await province();
    await appraiseAll();
    await freeze('b1');
    const again = await freezeBatch({ ...wish, batchId: 'b1', reason: 'Thêm người' }, still);
    expect(again).toMatchObject({ outcome: 'refused' });
  });
});
