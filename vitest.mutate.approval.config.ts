import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/**
 * The tests of the approval, for `npm run mutate:approval`; `MUTATE_TESTS=decide,reopen` takes some files. Without the
 * property tests, which take their cases at random, and without those that are killed at one commit after another.
 */
const files = process.env['MUTATE_TESTS']?.split(',') ?? ['*'];

export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: files.map((name) => `test/shared/approval/${name}.test.ts`),
    exclude: ['test/shared/approval/{*.property,*.killed}.test.ts'],
    // Loading a province takes longer than most tests: once a run, not once a file.
    isolate: false,
  },
});
