import { queueWebhooksOf } from '../../webhooks/from-bus.ts';
import { readBusEvent } from '../bus-events.ts';
import { sending } from '../chores.ts';
import { home, isHere } from './process.ts';

/** A target of the bus: throws so that the event is tried again, and after that lies in the queue of what failed. */
export async function handler(event: unknown): Promise<void> {
  if (!(await isHere())) return;
  await queueWebhooksOf(readBusEvent(event), sending(home()));
}
