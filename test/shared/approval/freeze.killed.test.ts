import { describe, expect, test } from 'vitest';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { diesAt, openProvince, provinces } from '../../province.ts';

const province = provinces();

const wish = { source: 'wage-reform', level: 'provincial', by: 'demo-finance-officer' } as const;

describe('freezing that was killed', () => {
  const people = 40;

  for (const when of ['before', 'after'] as const) {
    test(`killed ${when} any of its commits and run again, it freezes the same list`, async () => {
      const whole = await province({ people });
      await whole.appraiseAll();
      const expected = (await whole.freeze('b1')).frozen;
      for (let n = 1; n < 20; n += 1) {
        const { appraiseAll, freeze, still, list, rows, close } = await openProvince({ people });
        await appraiseAll();
        const died = await diesAt((on: Ports) => freezeBatch({ ...wish, batchId: 'b1' }, on), still, n, when);
        const { frozen, versions } = await freeze('b1');
        expect([n, frozen?.people, frozen?.total, versions.length]).toEqual([n, expected?.people, expected?.total, 1]);
        const taken = (await rows()).filter(({ batch }) => batch === 'b1').map(({ stream }) => stream);
        expect((await list('b1')).map(({ part }) => `part/${part}`).toSorted()).toEqual(taken);
        await close();
        if (!died) return expect(n).toBeGreaterThan(4);
      }
      expect.fail('it never came to an end');
    });
  }
});
