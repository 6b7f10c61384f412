/** Registers a receiver: its address is looked up first, its secret is made here and shown once. */
import type { Account } from '../../shared/case/access.ts';
import type { Ports, Refused } from '../../shared/case/ports.ts';
import { type ReceiverWish, registerReceiver } from '../../shared/case/webhook-receiver.ts';
import { addressFault, type Resolve } from './addresses.ts';
import { newSecret } from './sign.ts';

export async function register(
  wish: Omit<ReceiverWish, 'secret'>,
  by: Pick<Account, 'id'>,
  ports: Pick<Ports, 'store' | 'vault' | 'now' | 'id'>,
  where: { readonly allowsInside: boolean; readonly resolve?: Resolve },
): Promise<{ readonly outcome: 'registered'; readonly id: string; readonly secret: string } | Refused> {
  const fault = await addressFault(wish.url, where);
  if (fault !== undefined) return fault;
  const secret = newSecret();
  const registered = await registerReceiver({ ...wish, secret }, by, ports);
  return registered.outcome === 'refused' ? registered : { ...registered, secret };
}
