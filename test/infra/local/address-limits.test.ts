import { expect, test } from 'vitest';
import { addressLimits, networkOf } from '../../../infra/local/address-limits.ts';

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['::FFFF:1.2.3.4', '1.2.3.4'],
  ['::ffff:102:304', '1.2.3.4'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%j counts as %j', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('only passwords, codes and ends of a sign-in are tries', () => {
  const limits = addressLimits(() => 0, { signIns: 1 });
  limits.wait({ method: 'POST', url: '/oidc/dang-nhap/x' }, 'a');
  const isTry = (method: string, url: string) => limits.wait({ method, url }, 'a') !== undefined;
  expect(isTry('POST', '/oidc/dang-nhap/x')).toBe(true);
  expect(isTry('GET', '/dang-nhap/xong?code=x')).toBe(true);
  expect(isTry('GET', '/dang-nhap/x%6Fng')).toBe(true);
  expect(isTry('GET', '/oidc/dang-nhap/x')).toBe(false);
  expect(isTry('GET', '/dang-nhap')).toBe(false);
  expect(isTry('GET', '/%')).toBe(false);
});
