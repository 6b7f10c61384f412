/** `npm run simulate`: nobody is paid twice, no đồng is lost, nothing is stuck; and a broken guard is always noticed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { campaign, type Sample } from '../../../../infra/local/simulation/campaign.ts';
import { sabotages } from '../../../../infra/local/simulation/sabotage.ts';
import { simulationSample } from '../../../../infra/local/simulation/sample.ts';

const command = fileURLToPath(new URL('../../../../infra/local/commands/simulate.ts', import.meta.url));

function simulate(...given: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...given]);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.once('close', (code) => resolve({ code, out }));
  });
}

const lastLine = (out: string) => out.trimEnd().split('\n').at(-1);

describe('whole campaigns', () => {
  test('of two hundred seeds pay everybody once', { timeout: 300_000 }, async () => {
    const { code, out } = await simulate('--seeds', '200');
    expect([code, out]).toEqual([0, 'seeds 200, paid twice 0, lost 0, stuck 0\n']);
  });

  test('of the same seed are the same story, byte for byte, without a time in it', { timeout: 120_000 }, async () => {
    const [one, other] = await Promise.all([
      simulate('--seeds', '6', '--from', '301', '--story'),
      simulate('--seeds', '6', '--from', '301', '--story'),
    ]);
    expect(one.out).toBe(other.out);
    expect(one.out).not.toMatch(/\d{4}-\d\d-\d\d|\d\d:\d\d/);
    expect(one.out.split('\n').length).toBeGreaterThan(500);
    const another = await simulate('--seeds', '1', '--from', '302', '--story');
    expect(one.out).toContain(another.out.split('\n')[0]);
    expect(another.out).not.toBe((await simulate('--seeds', '1', '--from', '303', '--story')).out);
  });
});

describe('each campaign', () => {
  let sample: Sample;
  beforeAll(async () => {
    sample = await simulationSample();
  });

  test('has at least 30 people, 3 units, 2 sources and 5 faults, and the process dies in it', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { people, units, sources, faults, deaths } = await campaign(seed, sample);
      expect(people).toBeGreaterThanOrEqual(30);
      expect(units).toBeGreaterThanOrEqual(3);
      expect(sources).toBe(2);
      expect(faults).toBeGreaterThanOrEqual(5);
      expect(deaths).toBeGreaterThan(0);
    }
  }, 60_000);
});

describe('a guard broken on purpose is noticed', () => {
  test.each(sabotages)('%s', { timeout: 120_000 }, async (sabotage) => {
    const { code, out } = await simulate('--seeds', '4', '--sabotage', sabotage);
    const counts = /^seeds 4, paid twice (\d+), lost (\d+), stuck (\d+)$/.exec(lastLine(out) ?? '');
    expect(code).toBe(1);
    expect(counts?.slice(1).some((count) => Number(count) > 0)).toBe(true);
  });

  test('a second payment is counted as one where no key is taken', { timeout: 60_000 }, async () => {
    const { out } = await simulate('--seeds', '4', '--sabotage', 'skip-claim');
    expect(Number(/paid twice (\d+), lost \d+, stuck \d+$/.exec(lastLine(out) ?? '')?.[1])).toBeGreaterThan(0);
  });
});

test.each([
  [[]],
  [['--seeds', '0']],
  [['--seeds', '-3']],
  [['--seeds', 'many']],
  [['--seeds', '2', '--sabotage', 'nothing']],
  [['--seeds', '2', '--unknown']],
  [['--seeds', '1.5']],
])('wrong usage (%j) ends with 2', async (given) => {
  expect(await simulate(...given)).toEqual({ code: 2, out: '' });
});
