import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/**
 * The tests of the entitlement, for `npm run mutate`. Without the property tests, which take their cases at random: a
 * mutant must be killed on every run or on none.
 */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ['test/golden/*.test.ts', 'test/shared/law/*.test.ts', 'test/shared/entitlement/*.test.ts'],
    exclude: ['test/shared/entitlement/{*.property,properties-*,stored-*}.test.ts'],
  },
});
