import { readBusEvent } from '../bus-events.ts';
import { webhookPorts } from '../chores.ts';
import { entriesTold } from '../../webhooks/from-bus.ts';
import { sendWebhooks } from '../../webhooks/send.ts';
import { home } from './process.ts';

/** A target of the bus: throws so that the event is tried again, and after that lies in the queue of what failed. */
export async function handler(event: unknown): Promise<void> {
  const { store } = home();
  await sendWebhooks(await entriesTold(readBusEvent(event), store), webhookPorts(home()));
}
