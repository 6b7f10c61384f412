/**
 * So many calls in a while from one client or address, kept in memory: of one process on one machine; in the cloud the gateway's
 * own limits stand before it and count over all processes.
 */
import type { RateLimit } from './ports.ts';

export const callsAMinute = 300;
const minute = 60_000;
/** Callers are few; more keys than this are an attack on memory. */
const mostCallers = 10_000;

/** Gives how many seconds to wait, or `undefined` when the call is let through. */
export function memoryRate(now: () => number, most = callsAMinute, window = minute): RateLimit {
  const windows = new Map<string, { readonly since: number; calls: number }>();
  return {
    take(caller) {
      const at = now();
      const known = windows.get(caller);
      if (known === undefined || at - known.since >= window) {
        if (windows.size >= mostCallers) windows.clear();
        windows.set(caller, { since: at, calls: 1 });
        return undefined;
      }
      known.calls += 1;
      return known.calls <= most ? undefined : Math.ceil((known.since + window - at) / 1000);
    },
  };
}
