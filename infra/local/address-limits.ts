/** How often one address may ask; the cloud's firewall counts the same. Of a province in earnest alone. */
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { memoryRate } from '../../functions/api/rate.ts';

/** Within five minutes; a whole office may share one address. */
const mostRequests = 3000;
/** Passwords and codes tried, and ends of a sign-in, within five minutes; each sign-in is three. */
const mostSignIns = 600;
const window = 5 * 60_000;

/** Whom a house has of IPv6 addresses is its /64; an IPv4 address stays itself however it is written. Anything else stays as it is. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  // A URL writes an address the one shortest way, without a zone.
  const [head = '', tail = ''] = new URL(`http://[${address.split('%')[0] ?? ''}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  if (all.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return dotted(all.slice(6));
  return `${all.slice(0, 4).join(':')}::/64`;
}

function dotted(groups: readonly string[]): string {
  return groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((number) => [Math.floor(number / 256), number % 256])
    .join('.');
}

export interface AddressLimits {
  /** How many seconds that address is to wait, or `undefined` when the request is let through. */
  wait(request: Pick<IncomingMessage, 'method' | 'url'>, address: string): number | undefined;
}

export function addressLimits(
  now: () => number,
  { requests = mostRequests, signIns = mostSignIns } = {},
): AddressLimits {
  const asked = memoryRate(now, requests, window);
  const tried = memoryRate(now, signIns, window);
  return {
    wait({ method, url = '' }, address) {
      const isTry = (method === 'POST' && url.startsWith('/oidc/')) || endsSignIn(url);
      return asked.take(address) ?? (isTry ? tried.take(address) : undefined);
    },
  };
}

/** Each has the provider asked; however its path is spelt. */
function endsSignIn(url: string): boolean {
  const [path = ''] = url.split('?');
  try {
    return new URL(decodeURI(path), 'http://here').pathname === '/dang-nhap/xong';
  } catch {
    return false;
  }
}
