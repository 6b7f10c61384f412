/** The clients that administrators keep in the histories. */
import { localDateOf } from '../../shared/calendar.ts';
import { type ApiClients, clientOfToken } from '../../shared/case/api-client.ts';
import type { Ports } from '../../shared/case/ports.ts';

/** Longer texts are no token of ours, and are not hashed. */
const longestToken = 200;

export function historyClients({ store, now }: Pick<Ports, 'store' | 'now'>): ApiClients {
  return {
    async clientOf(token) {
      return token.length > longestToken ? undefined : clientOfToken(store, token, localDateOf(now()));
    },
  };
}
