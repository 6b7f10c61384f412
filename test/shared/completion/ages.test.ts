import { expect, test } from 'vitest';
import { ageLabels, agesOf } from '../../../shared/completion/ages.ts';

const since = (...days: readonly string[]) => days.map((day) => ({ since: day, people: 1 }));

test.each([
  ['2025-10-05', 0],
  ['2025-10-02', 0],
  ['2025-10-01', 1],
  ['2025-09-28', 1],
  ['2025-09-27', 2],
  ['2025-09-21', 2],
  ['2025-09-20', 3],
  ['2025-09-05', 3],
  ['2025-09-04', 4],
  ['2025-01-01', 4],
])('whoever waits since %s is in band %i on 5 October', (day, band) => {
  expect(agesOf(since(day), '2025-10-05').indexOf(1)).toBe(band);
});

test('everybody is in one band', () => {
  const ages = agesOf(since('2025-10-05', '2025-10-01', '2025-09-25', '2025-09-10', '2025-08-01'), '2025-10-05');
  expect(ages).toEqual([1, 1, 1, 1, 1]);
  expect(ages).toHaveLength(ageLabels.length);
});
