import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/same-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: the end-to-end tests start servers of their own.
    maxWorkers: 2,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
});
