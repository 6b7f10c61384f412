/** What the bus does on a bad day, and what is no event of ours. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { eventBridgeBus, readBusEvent, toldOf } from '../../../functions/aws/bus-events.ts';
import { claimItem, headItem, packed } from '../../../functions/aws/dynamo-items.ts';
import { ladder } from '../../../functions/aws/faults.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';
import { beforeFirst, chainedEntries, commitTexts } from '../../../shared/case/store.ts';
import { appended, at } from '../../contracts/store.ts';

const waited: number[] = [];
const client = new EventBridgeClient({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
const service = mockClient(client);
const bus = eventBridgeBus(client, { busName: 'chi-tra', wait: async (step) => void waited.push(step) });
const details = ['case/1', 'case/2', 'case/3'].map((stream) => ({
  stream,
  entries: [{ seq: 1, kind: 'submitted', at }],
}));
const ok = (id: string) => ({ EventId: id });
const failed = (ErrorCode: string) => ({ ErrorCode, ErrorMessage: 'as the bus says it' });

beforeEach(() => {
  service.reset();
  waited.length = 0;
});

/** The streams of each request, in order. */
const sent = () =>
  service
    .commandCalls(PutEventsCommand)
    .map(({ args: [{ input }] }) => input.Entries?.map(({ Detail = '' }) => JSON.parse(Detail).stream));

describe('the bus', () => {
  test('is given again only what it failed to take', async () => {
    service
      .on(PutEventsCommand)
      .resolvesOnce({
        FailedEntryCount: 2,
        Entries: [failed('ThrottlingException'), ok('2'), failed('InternalFailure')],
      })
      .resolvesOnce({ FailedEntryCount: 1, Entries: [ok('1'), failed('InternalFailure')] })
      .resolves({ FailedEntryCount: 0, Entries: [ok('3')] });
    await bus.tell(details);
    expect(sent()).toEqual([['case/1', 'case/2', 'case/3'], ['case/1', 'case/3'], ['case/3']]);
    expect(waited).toEqual(ladder.slice(0, 2));
  });

  test('that stays busy with some is a fault that passes', async () => {
    service.on(PutEventsCommand).callsFake(({ Entries }) => ({
      FailedEntryCount: Entries.length,
      Entries: Entries.map(() => failed('ThrottlingException')),
    }));
    await expect(bus.tell(details)).rejects.toThrow(Transient);
    expect(waited).toEqual([...ladder]);
  });

  test('that will never take one is a fault for good', async () => {
    service
      .on(PutEventsCommand)
      .resolves({ FailedEntryCount: 1, Entries: [ok('1'), failed('NotAuthorizedForSource'), ok('3')] });
    await expect(bus.tell(details)).rejects.toThrow(Permanent);
  });

  test('that is busy as a whole is asked again', async () => {
    service
      .on(PutEventsCommand)
      .rejectsOnce(Object.assign(new Error('slowly'), { name: 'ThrottlingException' }))
      .resolves({ FailedEntryCount: 0, Entries: details.map(({ stream }) => ok(stream)) });
    await bus.tell(details);
    expect(sent()).toHaveLength(2);
  });
});

describe('a record of the stream', () => {
  const change = appended('case/1', 0, 'submitted', 'assessed');
  const entries = chainedEntries(change, commitTexts([change]), beforeFirst);
  const image = (until: number) => {
    const { last, entries: stored } = headItem(
      'case/1',
      until,
      packed(entries.slice(0, until)),
      entries.slice(0, until),
    );
    return {
      stream: { S: 'case/1' },
      seq: { N: '0' },
      last: { N: String(last) },
      entries: { B: Buffer.from(stored).toString('base64') },
    };
  };
  const record = (NewImage: object | undefined, more: object = {}) => ({
    eventName: 'MODIFY',
    dynamodb: {
      Keys: { stream: { S: 'case/1' }, seq: { N: '0' } },
      ...(NewImage === undefined ? {} : { NewImage }),
      ...more,
    },
  });

  test('tells the entries that its old image has not', () => {
    expect(toldOf([record(image(2), { OldImage: image(1) })])).toEqual([
      { stream: 'case/1', entries: [{ seq: 2, kind: 'assessed', at }] },
    ]);
  });

  test('holds nothing of what the entries say', () => {
    expect(JSON.stringify(toldOf([record(image(2))]))).not.toMatch(/data|hash|effects|by/);
  });

  test.each([
    [
      'of a claim',
      record({ stream: { S: claimItem('citizen/1', 'case/1').stream }, seq: { N: '0' }, holder: { S: 'case/1' } }),
    ],
    [
      'of sealed entries',
      { ...record(image(2)), dynamodb: { Keys: { stream: { S: 'case/1' }, seq: { N: '1' } }, NewImage: image(2) } },
    ],
    ['of a deletion', { ...record(undefined, { OldImage: image(2) }), eventName: 'REMOVE' }],
    ['that changed nothing', record(image(2), { OldImage: image(2) })],
  ])('%s tells nothing', (_, one) => {
    expect(toldOf([one])).toEqual([]);
  });

  test.each([[{}], [[{}]], [[record({ entries: { B: '' } })]], ['text']])(
    'that is none is a fault for good',
    (given) => {
      expect(() => toldOf(given)).toThrow(Permanent);
    },
  );
});

test.each([
  ['another source', { source: 'aws.s3', 'detail-type': 'entries', detail: details[0] }],
  ['another type', { source: 'chi-tra', 'detail-type': 'reports', detail: details[0] }],
  ['no entries', { source: 'chi-tra', 'detail-type': 'entries', detail: { stream: 'case/1', entries: [] } }],
])('an event of %s is none of ours', (_, event) => {
  expect(() => readBusEvent(event)).toThrow(Permanent);
});
