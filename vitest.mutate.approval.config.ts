import { defineConfig } from 'vitest/config';
import { batchDefinition } from './infra/local/definition.ts';
import config from './vitest.config.ts';

/**
 * The tests of the approval, for `npm run mutate:approval`; `MUTATE_TESTS=decide,reopen` takes some files. Without the
 * property tests, which take their cases at random, and without those that are killed at one commit after another.
 */
const files = process.env['MUTATE_TESTS']?.split(',') ?? ['*'];

/** To synthesize the workflow takes longer than most tests: once for all mutants. */
const synthesized = `export const batchDefinition = () => (${JSON.stringify(batchDefinition())});`;

export default defineConfig({
  ...config,
  plugins: [
    {
      name: 'synthesized once',
      transform: (_code, id) => (id.endsWith('/infra/local/definition.ts') ? synthesized : undefined),
    },
  ],
  test: {
    ...config.test,
    include: files.map((name) => `test/shared/approval/${name}.test.ts`),
    exclude: ['test/shared/approval/{*.property,*.killed}.test.ts'],
    // So does loading a province: once a run, not once a file.
    isolate: false,
  },
});
