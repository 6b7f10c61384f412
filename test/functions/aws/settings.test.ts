import { expect, test } from 'vitest';
import { readSettings, setting } from '../../../functions/aws/settings.ts';

test('a function reads what it was given, and is told by name what it was not', () => {
  const settings = readSettings({ STAGE: 'test', MAIL_DIGEST_MINUTES: '30', HOME: '/root', SCRATCH_TABLE: '' });
  expect(settings).toEqual({ STAGE: 'test', MAIL_DIGEST_MINUTES: 30 });
  expect(setting(settings, 'STAGE')).toBe('test');
  expect(() => setting(settings, 'SCRATCH_TABLE')).toThrow('this function was not given SCRATCH_TABLE');
});

test.each([
  ['PUBLIC_URL', 'chi-tra.example'],
  ['PUBLIC_URL', 'ftp://chi-tra.example'],
  ['MAIL_DIGEST_MINUTES', '-1'],
  ['MAIL_DIGEST_MINUTES', '1441'],
  ['MAIL_DIGEST_MINUTES', 'often'],
])('a %s of %s is refused by name', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(name);
});
