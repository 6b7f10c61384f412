/**
 * So many calls a minute from one client, kept in memory: of one process on one machine; in the cloud the gateway's own limits
 * stand before it and count over all processes.
 */
import type { RateLimit } from './ports.ts';

export const callsAMinute = 300;
const minute = 60_000;
/** Clients are few; more keys than this are an attack on memory. */
const mostClients = 10_000;

export function memoryRate(now: () => number, most = callsAMinute): RateLimit {
  const windows = new Map<string, { readonly since: number; calls: number }>();
  return {
    take(clientId) {
      const at = now();
      const known = windows.get(clientId);
      if (known === undefined || at - known.since >= minute) {
        if (windows.size >= mostClients) windows.clear();
        windows.set(clientId, { since: at, calls: 1 });
        return undefined;
      }
      known.calls += 1;
      return known.calls <= most ? undefined : Math.ceil((known.since + minute - at) / 1000);
    },
  };
}
