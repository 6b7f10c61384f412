import { expect, test } from 'vitest';
import { releaseBatch } from '../../../shared/approval/release.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { diesAt, openProvince } from '../../province.ts';

const rejected = { outcome: 'rejected', reason: 'Sai nguồn kinh phí' } as const;

test.each(['before', 'after'] as const)('a release killed %s any of its commits goes on', async (when) => {
  for (let n = 1; n < 20; n += 1) {
    const { frozenBatch, decides, still, list, part, batch, close } = await openProvince({ people: 40 });
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1', rejected);
    const release = async (on: Ports) => releaseBatch('b1', (of) => assess(of.submitted.facts), on);
    const died = await diesAt(release, still, n, when);
    await release(still);
    expect((await batch('b1')).isReleased).toBe(true);
    for (const one of await list('b1')) expect((await part(one.part)).status).toBe('appraised');
    await close();
    if (!died) return expect(n).toBeGreaterThan(3);
  }
  expect.fail('it never came to an end');
});
