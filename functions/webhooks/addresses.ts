/**
 * Where a message may go: outside, never to this machine or its neighbours, whatever a name stands for now. Held against the
 * name when a receiver is registered, and against the address itself at each connection, since a name may change in between.
 */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { type Refused, refused } from '../../shared/case/ports.ts';

// One list a family: a list holds an IPv4 address against its IPv6 rows too, as `::ffff:…`.
const inside4 = new BlockList();
const inside6 = new BlockList();
/** IANA's registries of special addresses, IPv4: those that no public receiver has. */
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Where clouds keep the keys of a machine.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  inside4.addSubnet(address, bits, 'ipv4');
}
/** IPv6: all but what is given out as public (2000::/3), and of that what wraps another address or is for documents. */
for (const [address, bits] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  inside6.addSubnet(address, bits, 'ipv6');
}

/** Of the text of an address as the system gives it. */
export function isOutside(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return family === 4 ? !inside4.check(address, 'ipv4') : !inside6.check(address, 'ipv6');
}

/** Answers a name with its addresses, if all of them are outside. For connections. */
export const lookupOutside: LookupFunction = (host, options, answer) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const first = found?.[0];
    if (error !== null) return answer(error, '', 0);
    if (first === undefined || !found.every(({ address }) => isOutside(address))) {
      return answer(new Error('the address is not outside'), '', 0);
    }
    return options.all === true ? answer(null, found) : answer(null, first.address, first.family);
  });
};

export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolveAll: Resolve = async (host) =>
  new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, found) =>
      error === null ? resolve(found.map(({ address }) => address)) : reject(error),
    );
  });

/** What is wrong with an address to send to. The demonstration may send to its own machine, in clear. */
export async function addressFault(
  text: string,
  { allowsInside, resolve = resolveAll }: { readonly allowsInside: boolean; readonly resolve?: Resolve },
): Promise<Refused | undefined> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && !(allowsInside && url.protocol === 'http:'))) {
    return refused(
      'Địa chỉ nhận phải là https://… đầy đủ. Hãy kiểm tra lại.',
      'The address must be a whole https://… Check it.',
    );
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    return refused(
      'Địa chỉ nhận không được có tên đăng nhập, mật khẩu hoặc dấu #. Chữ ký đã chứng minh bên gửi.',
      'No user name, password or # in the address: the signature proves the sender.',
    );
  }
  if (allowsInside) return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) === 0 ? await resolve(host).catch((): readonly string[] => []) : [host];
  if (addresses.length > 0 && addresses.every(isOutside)) return undefined;
  return refused(
    'Địa chỉ nhận không tra được, hoặc nằm trong mạng nội bộ, nên không được gửi tới. Hãy dùng tên miền công khai của hệ thống nhận.',
    'The address cannot be looked up or lies in an inner network, and is never sent to. Use a public name of the receiving system.',
  );
}
