import { expect, test } from 'vitest';
import { isPartTimer } from '../../../shared/case/part-timers.ts';
import { regimeNames } from '../../../functions/web/words.ts';

test('part-timers are those of both decrees, and nobody else of them', () => {
  expect(Object.keys(regimeNames).filter(isPartTimer).toSorted()).toEqual(['154/10', '154/9', '29/9']);
});
