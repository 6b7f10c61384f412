/** What the page of connections asks of the messages to other systems. */
import type { Account } from '../../shared/case/access.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { outbox } from './outbox.ts';
import { register } from './register.ts';

/** Fits the pages' port `Webhooks`. */
export function webhookDesk(ports: Ports, scratch: Scratch, where: { readonly allowsInside: boolean }) {
  const box = outbox(scratch, () => Date.parse(ports.now()));
  return {
    register: async (wish: Parameters<typeof register>[0], by: Account) => register(wish, by, ports, where),
    failed: async () => box.failed(),
    again: async (receiver: string, id: string) => box.again(receiver, id),
  };
}
