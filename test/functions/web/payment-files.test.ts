/** What a bank or the Treasury sent is kept as a payment file from the moment it is brought, before anybody has read it. */
import { expect, test } from 'vitest';
import type { Visit } from '../../../functions/web/page.tsx';
import { importResults } from '../../../functions/web/pages/results-acts.ts';

test('a result file that somebody brings', async () => {
  const kept: (string | undefined)[] = [];
  const form = new FormData();
  form.append('file', new File(['CT00000001-1;1000'], 'ket-qua.csv'));
  const visit = {
    account: { id: 'finance' },
    form,
    ports: {
      files: {
        async put(_: Uint8Array, as?: string) {
          kept.push(as);
          return 'hash';
        },
      },
      jobs: { start: async () => 'j1' },
    },
  } as never as Visit;
  expect(await importResults(visit)).toEqual({ to: '/viec/j1' });
  expect(kept).toEqual(['payment']);
});
