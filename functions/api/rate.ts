/**
 * So many calls in a while from one client or address, kept in memory: of one process on one machine; in the cloud the gateway's
 * own limits stand before it and count over all processes.
 */
import type { RateLimit } from './ports.ts';

export const callsAMinute = 300;
const minute = 60_000;
/** Callers are few; more keys than this are an attack on memory. */
const mostCallers = 10_000;

/** Gives how many seconds to wait, or `undefined` when the call is let through. With the memory full the oldest is forgotten. */
export function memoryRate(now: () => number, most = callsAMinute, window = minute): RateLimit {
  // In the order in which they began: those that are over come first.
  const windows = new Map<string, { readonly since: number; calls: number }>();
  const makeRoom = (at: number) => {
    for (const [caller, { since }] of windows) {
      if (at - since < window && windows.size < mostCallers) return;
      windows.delete(caller);
    }
  };
  return {
    take(caller) {
      const at = now();
      const known = windows.get(caller);
      if (known === undefined || at - known.since >= window) {
        windows.delete(caller);
        makeRoom(at);
        windows.set(caller, { since: at, calls: 1 });
        return undefined;
      }
      known.calls += 1;
      return known.calls <= most ? undefined : Math.ceil((known.since + window - at) / 1000);
    },
  };
}
