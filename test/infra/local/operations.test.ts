/** What the steps for operators name is there: settings that a start takes, commands that run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { productionSettings } from '../../../infra/local/production.ts';

const root = join(import.meta.dirname, '../../..');
const textOf = (name: string) => readFileSync(join(root, name), 'utf8');
const steps = textOf('infra/local/OPERATIONS.md');
const scripts = Object.keys(
  z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(textOf('package.json'))).scripts,
);

test('the settings of the example start a province in earnest, over TLS', () => {
  const [, block = ''] = /```ini\n(MODE='production'\n[\s\S]*?)```/.exec(steps) ?? [];
  const env = Object.fromEntries(
    block
      .trim()
      .split('\n')
      .map((line) => /^([A-Z_]+)='([^']*)'$/.exec(line) ?? expect.fail(`not quoted: ${line}`))
      .map(([, name = '', value = '']) => [name, value]),
  );
  expect(env['MODE']).toBe('production');
  expect(productionSettings(env)).toMatchObject({
    port: 8443,
    dataDirectory: '/var/lib/chi-tra',
    site: { publicUrl: 'https://chi-tra.tinh.gov.vn', tls: { certificate: '/etc/chi-tra/tls.pem' } },
  });
  // The service may write where the data and the keys lie, and nowhere else.
  expect(steps).toContain(`ReadWritePaths=${env['DATA_DIR']} ${env['KEY_DIR']}`);
});

test.each(['README.md', 'infra/local/OPERATIONS.md', 'infra/aws/OPERATIONS.md', 'infra/aws/RUNBOOK.md'])(
  'every command that %s names is one',
  (name) => {
    const named = [...textOf(name).matchAll(/npm run (?:--silent |-s )?([a-z][a-z:-]*[a-z])/g)].map(
      ([, one = '']) => one,
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((one) => !scripts.includes(one))).toEqual([]);
  },
);
