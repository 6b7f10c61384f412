/** What no server does on demand: a busy table, lost answers, cancelled transactions of every kind, answers in part. */
import { BatchGetCommand, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { ladder } from '../../../functions/aws/dynamo-faults.ts';
import { claimItem, headItem, packed } from '../../../functions/aws/dynamo-items.ts';
import { dynamoStore } from '../../../functions/aws/dynamo-store.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';
import { beforeFirst, type Change, chainedEntries, commitTexts } from '../../../shared/case/store.ts';
import { appended, caseRow } from '../../contracts/store.ts';

const name = 'histories';
const waits: number[] = [];
const wait = async (milliseconds: number) => void waits.push(milliseconds);
const client = dynamoClient({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
const service = mockClient(client);
const store = dynamoStore({ client, name, wait });
const committed = { outcome: 'committed' };

beforeEach(() => {
  service.reset();
  waits.length = 0;
  service.on(BatchGetCommand).resolves({ Responses: { [name]: [] } });
  service.on(QueryCommand).resolves({ Items: [] });
});

function fault(kind: string, more: object = {}): Error {
  return Object.assign(new Error('as the service says it'), { name: kind, ...more });
}

const cancelled = (...codes: readonly (string | { readonly Code: string; readonly Item?: unknown })[]) =>
  fault('TransactionCanceledException', {
    CancellationReasons: codes.map((code) => (typeof code === 'string' ? { Code: code } : code)),
  });

const first = { ...appended('case/1', 0, 'submitted'), claims: ['citizen/1', 'citizen/2'] };

/** As the table holds a stream after a commit of nothing else. */
function headAfter(change: Change) {
  const entries = chainedEntries(change, commitTexts([change]), beforeFirst);
  return headItem(change.stream, entries.length, packed(entries), entries);
}

/** The tokens of the transactions that were sent. */
const tokens = () =>
  service.commandCalls(TransactWriteCommand).map(({ args: [{ input }] }) => input.ClientRequestToken);

const passing = [
  ['a throttled request', fault('ThrottlingException')],
  ['a spent partition', fault('ProvisionedThroughputExceededException')],
  ['another transaction on the same item', cancelled('None', 'TransactionConflict', 'None')],
  ['a throttled item of the transaction', cancelled('ThrottlingError', 'None', 'ProvisionedThroughputExceeded')],
  ['credentials that ran out', fault('ExpiredTokenException', { $metadata: { httpStatusCode: 400 } })],
  ['an answer that did not come', fault('TimeoutError')],
  ['a connection that broke', fault('Error', { code: 'ECONNRESET' })],
  ['a service that failed', fault('InternalServerError', { $metadata: { httpStatusCode: 500 } })],
  ['the same request under way', fault('TransactionInProgressException')],
] as const;

describe('a commit', () => {
  test.each(passing)('goes through after %s, asked for once more under the same token', async (_, error) => {
    service.on(TransactWriteCommand).rejectsOnce(error).resolves({});
    expect(await store.commit([first])).toEqual(committed);
    expect([waits, new Set(tokens()).size, tokens().length]).toEqual([[ladder[0]], 1, 2]);
  });

  test.each(passing)('that meets %s at each step of the ladder is a fault that may pass', async (_, error) => {
    service.on(TransactWriteCommand).rejects(error);
    await expect(store.commit([first])).rejects.toThrow(Transient);
    expect([waits, tokens().length]).toEqual([[...ladder], ladder.length + 1]);
  });

  test.each([
    ['a request that is not valid', fault('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['an act that is not allowed', fault('AccessDeniedException', { $metadata: { httpStatusCode: 400 } })],
    ['a table that is not there', fault('ResourceNotFoundException', { $metadata: { httpStatusCode: 400 } })],
    ['a token with another request', fault('IdempotentParameterMismatchException')],
    ['an item that is not valid', cancelled('None', 'ValidationError', 'None')],
    ['an item that is not valid, among others that met', cancelled('TransactionConflict', 'ValidationError', 'None')],
    ['a cancelled transaction without a reason', cancelled('None', 'None', 'None')],
  ])('is not tried again after %s', async (_, error) => {
    service.on(TransactWriteCommand).rejects(error);
    await expect(store.commit([first])).rejects.toThrow(Permanent);
    expect([waits, tokens().length]).toEqual([[], 1]);
  });

  test('of another time has another token', async () => {
    service.on(TransactWriteCommand).resolves({});
    await store.commit([first]);
    await store.commit([first]);
    expect(new Set(tokens()).size).toBe(2);
  });

  test('whose stream moved between reading and writing is a conflict, and nothing is tried again', async () => {
    service.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed', 'None', 'None'));
    expect(await store.commit([first])).toEqual({ outcome: 'conflict', stream: 'case/1' });
    expect(tokens()).toHaveLength(1);
  });

  test('names the stream that moved, whichever it is', async () => {
    service.on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed', 'ConditionalCheckFailed'));
    const changes = ['case/1', 'case/2', 'case/3'].map((stream) => appended(stream, 0, 'submitted'));
    expect(await store.commit(changes)).toEqual({ outcome: 'conflict', stream: 'case/2' });
  });

  const held = { Code: 'ConditionalCheckFailed', Item: { holder: { S: 'case/9' } } };

  test('names the key that is held and who holds it', async () => {
    service.on(TransactWriteCommand).rejects(cancelled('None', 'None', held));
    expect(await store.commit([first])).toEqual({ outcome: 'claimed', key: 'citizen/2', holder: 'case/9' });
  });

  test('says that its stream moved before it says that a key is held', async () => {
    service.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed', held, 'None'));
    expect(await store.commit([first])).toEqual({ outcome: 'conflict', stream: 'case/1' });
  });

  test('says what was refused, though other items met another transaction', async () => {
    service.on(TransactWriteCommand).rejects(cancelled('TransactionConflict', held, 'None'));
    expect(await store.commit([first])).toEqual({ outcome: 'claimed', key: 'citizen/1', holder: 'case/9' });
  });

  test('asks who holds a key when the refusal does not show it', async () => {
    service.on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed', 'None'));
    service.on(GetCommand).resolves({ Item: claimItem('citizen/1', 'case/8') });
    expect(await store.commit([first])).toEqual({ outcome: 'claimed', key: 'citizen/1', holder: 'case/8' });
  });

  test('is to be decided again when the key was given back in the meantime', async () => {
    service.on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed', 'None'));
    service.on(GetCommand).resolves({});
    expect(await store.commit([first])).toEqual({ outcome: 'conflict', stream: 'case/1' });
  });

  describe('whose answer was lost', () => {
    const lost = fault('TimeoutError');
    const moved = cancelled('ConditionalCheckFailed', 'ConditionalCheckFailed', 'ConditionalCheckFailed');

    test('is committed when the table holds its entries, though the second try finds the stream moved', async () => {
      service.on(TransactWriteCommand).rejectsOnce(lost).rejects(moved);
      service.on(QueryCommand).resolves({ Items: [headAfter(first)] });
      expect(await store.commit([first])).toEqual(committed);
    });

    test('is committed when the table holds its entries, though no answer ever came', async () => {
      service.on(TransactWriteCommand).rejects(lost);
      service.on(QueryCommand).resolves({ Items: [headAfter(first)] });
      expect(await store.commit([first])).toEqual(committed);
    });

    test('is committed though the stream has gone on since', async () => {
      service.on(TransactWriteCommand).rejectsOnce(lost).rejects(moved);
      const later = headAfter(appended('case/1', 0, 'submitted', 'appraised'));
      service.on(QueryCommand).resolves({ Items: [later] });
      expect(await store.commit([appended('case/1', 0, 'submitted')])).toEqual(committed);
    });

    test('is a conflict when somebody else was faster', async () => {
      service.on(TransactWriteCommand).rejectsOnce(lost).rejects(moved);
      service.on(QueryCommand).resolves({ Items: [headAfter(appended('case/1', 0, 'cancelled'))] });
      expect(await store.commit([first])).toEqual({ outcome: 'conflict', stream: 'case/1' });
    });

    test('is a conflict when another wrote one of its entries at the same instant, and not the others', async () => {
      service.on(TransactWriteCommand).rejectsOnce(lost).rejects(moved);
      service.on(QueryCommand).callsFake((input: unknown) => ({
        Items: JSON.stringify(input).includes('case/1') ? [headAfter(appended('case/1', 0, 'submitted'))] : [],
      }));
      const both = [appended('case/1', 0, 'submitted'), appended('case/2', 0, 'submitted')];
      expect(await store.commit(both)).toEqual({ outcome: 'conflict', stream: 'case/1' });
    });

    test('is a fault that may pass when nothing was written', async () => {
      service.on(TransactWriteCommand).rejects(lost);
      await expect(store.commit([first])).rejects.toThrow(Transient);
    });
  });

  test('is not looked for in the history when it was only throttled', async () => {
    service
      .on(TransactWriteCommand)
      .rejectsOnce(fault('ThrottlingException'))
      .rejects(cancelled('ConditionalCheckFailed'));
    service.on(QueryCommand).resolves({ Items: [headAfter(first)] });
    expect(await store.commit([first])).toEqual({ outcome: 'conflict', stream: 'case/1' });
  });
});

describe('reading', () => {
  const head = headAfter(appended('case/1', 0, 'submitted'));

  test('asks again for the keys that a busy table left out', async () => {
    const keys = [{ stream: 'case/1', seq: 0 }];
    service
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: {}, UnprocessedKeys: { [name]: { Keys: keys } } })
      .resolves({ Responses: { [name]: [head] } });
    service.on(TransactWriteCommand).resolves({});
    expect(await store.commit([appended('case/1', 1, 'appraised')])).toEqual(committed);
    const asked = service
      .commandCalls(BatchGetCommand)
      .map(({ args: [{ input }] }) => input.RequestItems?.[name]?.Keys);
    expect([asked, waits]).toEqual([[keys, keys], [ladder[0]]]);
  });

  test('gives up on a table that leaves out the same keys again and again, and writes nothing', async () => {
    const keys = [{ stream: 'case/1', seq: 0 }];
    service.on(BatchGetCommand).resolves({ Responses: {}, UnprocessedKeys: { [name]: { Keys: keys } } });
    await expect(store.commit([appended('case/1', 1, 'appraised')])).rejects.toThrow(Transient);
    expect([waits, tokens()]).toEqual([[...ladder], []]);
  });

  const [one, two] = ['submitted', 'appraised'].map((_, index, kinds) => {
    const change = appended('case/1', 0, ...kinds);
    return chainedEntries(change, commitTexts([change]), beforeFirst).slice(index, index + 1);
  });
  const cut = headItem('case/1', 2, packed(two ?? []), two ?? []);
  const sealed = { stream: 'case/1', seq: 1, entries: packed(one ?? []) };
  const uncut = headItem('case/1', 1, packed(one ?? []), one ?? []);

  test('goes on to the next page of a history', async () => {
    service
      .on(QueryCommand)
      .resolvesOnce({ Items: [cut], LastEvaluatedKey: { stream: 'case/1', seq: 0 } })
      .resolves({ Items: [sealed] });
    expect((await store.read('case/1')).map(({ kind }) => kind)).toEqual(['submitted', 'appraised']);
    const from = service.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input.ExclusiveStartKey);
    expect(from).toEqual([undefined, { stream: 'case/1', seq: 0 }]);
  });

  test('goes on to the next page of an index, and shows no row that is not there or fits no more', async () => {
    const row = { ...caseRow('assessed'), stream: 'case/1' };
    const other = { ...caseRow('held'), stream: 'case/2' };
    const heads = [row, other].map((of) => headItem(of.stream, 1, packed(one ?? []), one ?? [], of));
    service
      .on(QueryCommand)
      .resolvesOnce({ Items: [], LastEvaluatedKey: { stream: 'case/0', seq: 0, kind: 'case' } })
      .resolves({ Items: [{ stream: 'case/1' }, { stream: 'case/2' }, { stream: 'case/3' }] });
    service.on(BatchGetCommand).resolves({ Responses: { [name]: heads } });
    expect(await store.page({ kind: 'case', status: 'assessed', limit: 10 })).toEqual({ rows: [row] });
  });

  test('a head that was just cut, before what was sealed of it is seen, reads again', async () => {
    service
      .on(QueryCommand)
      .resolvesOnce({ Items: [cut] })
      .resolves({ Items: [cut, sealed] });
    expect((await store.read('case/1')).map(({ kind }) => kind)).toEqual(['submitted', 'appraised']);
  });

  test('what was sealed, before the head is seen cut, gives each entry once', async () => {
    service.on(QueryCommand).resolves({ Items: [uncut, sealed] });
    expect((await store.read('case/1')).map(({ kind }) => kind)).toEqual(['submitted']);
  });

  test('a history with a hole that stays is damage, not a shorter history', async () => {
    service.on(QueryCommand).resolves({ Items: [cut] });
    await expect(store.read('case/1')).rejects.toThrow(Permanent);
  });

  test.each([
    ['without entries', { stream: 'case/1', seq: 0, last: 1 }],
    ['whose number is not that of its last entry', { ...uncut, last: 7 }],
    ['whose entries are no entries', { ...uncut, entries: packed([]) }],
  ])('an item %s is damage', async (_, item) => {
    service.on(QueryCommand).resolves({ Items: [item] });
    await expect(store.read('case/1')).rejects.toThrow(Permanent);
  });

  test.each([
    ['a history', async () => store.read('case/1')],
    ['the holder of a key', async () => store.holderOf('citizen/1')],
    ['a page of rows', async () => store.page({ kind: 'case', limit: 10 })],
  ])('%s climbs the same ladder', async (_, read) => {
    service.onAnyCommand().rejectsOnce(fault('ThrottlingException')).resolves({});
    await expect(read()).resolves.not.toThrow();
    expect(waits).toEqual([ladder[0]]);
    service.reset();
    service.onAnyCommand().rejects(fault('ServiceUnavailable', { $metadata: { httpStatusCode: 503 } }));
    await expect(read()).rejects.toThrow(Transient);
    service.reset();
    service.onAnyCommand().rejects(fault('ValidationException'));
    await expect(read()).rejects.toThrow(Permanent);
  });
});

test('no stream may be named as a claim is', async () => {
  await expect(store.commit([appended('claim:citizen/1', 0, 'submitted')])).rejects.toThrow(RangeError);
  await expect(store.read('claim:citizen/1')).rejects.toThrow(RangeError);
});
