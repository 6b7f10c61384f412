/** The file that a Map of the workflow reads is the list it must go over, whenever the step before it is killed or tried again. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { fundTaskOver, listTaskOver, writePartsList } from '../../../functions/aws/parts-list.ts';
import type { Task } from '../../../functions/task.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { type Province, provinces } from '../../province.ts';

const province = provinces();
const client = new S3Client({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
const service = mockClient(client);
const lists = { client, bucket: 'lists', wait: async () => {} };

beforeEach(() => {
  service.reset();
  service.on(PutObjectCommand).resolves({});
});

/** What lies in the bucket, by its key: the last that was put. */
function stored(): ReadonlyMap<string, unknown> {
  const puts = service.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
  return new Map(puts.map(({ Bucket, Key, Body }) => [`${Bucket}/${Key}`, JSON.parse(z.string().parse(Body))]));
}

async function run(step: Task, { still }: Province): Promise<unknown> {
  return step(async () => still)({ batchId: 'b1' });
}

const fault = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
const at = 'lists/batches/b1/parts.json';

describe('a list', () => {
  test.each([0, 1, 250])('of %i parts is one array of codes under its batch', async (count) => {
    const parts = Array.from({ length: count }, (_, index) => `part-${index}`);
    await writePartsList(lists, 'b1', parts);
    expect(stored()).toEqual(new Map([[at, parts]]));
    const [put] = service.commandCalls(PutObjectCommand);
    expect(put?.args[0].input).toMatchObject({ ContentType: 'application/json', ChecksumAlgorithm: 'SHA256' });
  });

  test.each([
    ['SlowDown', 503, Transient],
    ['InternalError', 500, Transient],
    ['TimeoutError', 0, Transient],
    ['AccessDenied', 403, Permanent],
    ['NoSuchBucket', 404, Permanent],
  ])('that cannot be written (%s, %i) fails its step, which the ladder takes or not', async (name, status, sort) => {
    const made = await province();
    await made.frozenBatch('b1');
    service.on(PutObjectCommand).rejects(fault(name, status));
    await expect(run(listTaskOver(lists), made)).rejects.toBeInstanceOf(sort);
  });
});

describe('for the recomputation', () => {
  test('it is every part of the newest frozen list, also after the list was frozen anew', async () => {
    const made = await province({ people: 12 });
    await made.appraiseAll();
    await made.freeze('b1', { source: 'wage-reform' });
    expect(await run(listTaskOver(lists), made)).toEqual({ batchId: 'b1' });
    const first = (await made.list('b1')).map(({ part }) => part);
    expect([first.length > 1, stored().get(at)]).toEqual([true, first]);
    await made.step('entitlement.recompute', 'b1');
    await made.step('approval.next', 'b1');
    const [out = ''] = first;
    await made.decides('home-affairs-leader', 'b1', { takeOut: [{ part: out, reason: 'Xem lại' }] });
    await made.freeze('b1', { source: 'wage-reform', reason: 'Đưa một người ra' });
    await run(listTaskOver(lists), made);
    const second = (await made.list('b1')).map(({ part }) => part);
    expect([second.includes(out), stored().get(at)]).toEqual([false, second]);
  });

  test('while it has not ended nobody freezes the list anew, so that what is recomputed is what is recorded so', async () => {
    const made = await province();
    await made.appraiseAll();
    await made.freeze('b1', { source: 'wage-reform' });
    await run(listTaskOver(lists), made);
    await expect(made.freeze('b1', { source: 'wage-reform', reason: 'Sớm quá' })).rejects.toThrow('recomputed');
  });
});

/** The unit proposes another account, and a second person confirms it. */
async function mendAccount(made: Province, part: string): Promise<void> {
  const read = async () => (await readCase(made.store, caseIdOf(part))) ?? expect.fail();
  const { fullName } = await identityOf(made.still.vault, await read());
  const account = { bank: 'VCB', number: '7000000001', holder: fullName };
  const wish = { part, account, reason: 'Đóng', paper: 'scan' };
  await proposeAccount(wish, made.account('unit-clerk'), made.still);
  const digest = (await read()).proposed?.digest ?? '';
  await confirmAccount(part, digest, made.account('unit-chief-accountant'), made.still);
}

describe('for the orders', () => {
  const source = 'wage-reform';

  test('it is whoever is due and funded; whoever waits for an estimate is not on it', async () => {
    const made = await province({ people: 20, estimate: 0n });
    await made.decidedBatch('b1');
    const list = await made.list('b1');
    const [poor, rich] = [...new Set(list.map(({ unit }) => unit))];
    const given = { unit: rich ?? '', source, amount: 500_000_000_000n, document: '1/QĐ', on: '2025-10-01' };
    await allot(given, 'demo-finance-officer', made.still);
    await run(fundTaskOver(lists), made);
    expect([poor === rich, stored().get(at)]).toEqual([
      false,
      list.filter(({ unit }) => unit === rich).map(({ part }) => part),
    ]);
  });

  test('it is nobody when everybody is ordered, and only who came back and is to be paid again', async () => {
    const made = await province();
    const orders = await made.sentBatch('b1');
    await run(fundTaskOver(lists), made);
    expect(stored().get(at)).toEqual([]);
    const { part, reference } = orders[0] ?? expect.fail();
    const said = { reference, outcome: 'returned', on: '2025-10-03', file: 'f', backTo: 'estimate' } as const;
    await settle([said], 'x', made.still);
    await mendAccount(made, part);
    await orderAgain(part, '', made.account('finance-officer'), made.still);
    await run(fundTaskOver(lists), made);
    expect(stored().get(at)).toEqual([part]);
  });

  test('a step that dies before its list is written is tried again and writes what it would have written', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    service.on(PutObjectCommand).rejects(fault('SlowDown', 503));
    await expect(run(fundTaskOver(lists), made)).rejects.toBeInstanceOf(Transient);
    service.on(PutObjectCommand).resolves({});
    await run(fundTaskOver(lists), made);
    expect(stored().get(at)).toEqual((await made.list('b1')).map(({ part }) => part));
  });
});
