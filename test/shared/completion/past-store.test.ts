import { expect, test } from 'vitest';
import { localDateOf } from '../../../shared/calendar.ts';
import { statuses } from '../../../shared/case/lifecycle.ts';
import { addTransition, emptyPast, peopleOf, readPast, sumOf } from '../../../shared/completion/past.ts';
import { tally } from '../../../shared/completion/tally.ts';
import { provinces } from '../../province.ts';

const opened = provinces();

test('the whole store read at once says of each status what the page counts, and each person once', async () => {
  const province = await opened({ people: 12, lineSources: { 'job-search': 'central-supplement' } });
  const { still } = province;
  await province.appraiseAll();
  const past = await readPast(still.store);
  const counted = await tally(still.store, localDateOf);
  expect(peopleOf(past)).toEqual({ entitled: counted.entitled.people, credited: 0, cancelled: 0 });
  for (const status of statuses) {
    expect(sumOf(past.waiting.get(status))).toBe(counted.byStatus.get(status)?.people ?? 0);
  }
  expect(sumOf(past.waits.get('assessed')?.get('appraised'))).toBe(counted.byStatus.get('appraised')?.people);
  // The same, entry by entry: in any order of the people, each person's own entries in theirs.
  const again = emptyPast();
  const steps = [...past.standing].toReversed().map(async ([stream]) => still.store.read(stream));
  for (const entries of await Promise.all(steps)) {
    for (const { stream: part, at, data } of entries) {
      const to = statuses.find((status) => status === JSON.parse(data).status);
      if (to !== undefined) addTransition(again, { part, to, at });
    }
  }
  expect(again).toEqual(past);
});
