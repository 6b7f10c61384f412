/** What those read whom the bus tells of a campaign's entries, counted after it: told again, event by event. */
import { followEntries } from '../../../functions/aws/chores.ts';
import { tableHeads, type Walk } from '../../../functions/aws/dynamo-scan.ts';
import { queueWebhooksOf } from '../../../functions/webhooks/from-bus.ts';
import { outbox } from '../../../functions/webhooks/outbox.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { tellWaiting } from '../../../shared/completion/tell-letters.ts';
import { noDesk } from '../home.ts';
import { openScratch } from '../scratch.ts';
import type { Units } from './dynamo-units.ts';

/** Of the histories of single people, each of so many is told; of all others, each. */
const told = 20;
const ofOnePerson = /^(case|part|order)\//;

export interface FollowedUnits {
  /** Read units of `follow-events` and `send-webhooks` together, where no other system listens. */
  readonly followers: number;
  /** Of one looking for letters that wait: once an hour at most, when something happened, and once a day. */
  readonly letters: number;
}

export async function followUnits(ports: Ports, table: Walk['table'], units: Units): Promise<FollowedUnits> {
  const scratch = openScratch(':memory:');
  const still: Ports = { ...ports, desk: { ...noDesk, start: async () => {}, waiting: async () => undefined } };
  const queue = { ...still, outbox: outbox(scratch.port, Date.now) };
  const measured = async (act: () => Promise<void>) => {
    const before = units.read;
    await act();
    return units.read - before;
  };
  try {
    let followers = 0;
    let people = 0;
    for await (const [stream] of tableHeads({ table })) {
      const isOfOne = ofOnePerson.test(stream);
      if (isOfOne && (people += 1) % told > 0) continue;
      const events = Map.groupBy(await ports.store.read(stream), ({ at }) => at);
      const read = await measured(async () => {
        for (const entries of events.values()) {
          const detail = { stream, entries: entries.map(({ seq, kind, at }) => ({ seq, kind, at })) };
          await followEntries(detail, { scratch: scratch.port, ports: still });
          await queueWebhooksOf(detail, queue);
        }
      });
      followers += isOfOne ? read * told : read;
    }
    return { followers, letters: await measured(async () => tellWaiting(still)) };
  } finally {
    scratch.close();
  }
}
