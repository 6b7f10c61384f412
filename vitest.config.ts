import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/slow-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/in-memory.ts'],
    setupFiles: ['test/same-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: the end-to-end tests start servers of their own.
    maxWorkers: 2,
    // To load a province's modules takes longer than most files: once a worker, not once a file. Nothing is mocked.
    isolate: false,
    sequence: { sequencer: SlowFirst },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
});
