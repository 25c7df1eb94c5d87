import { defineConfig } from 'vitest/config'

/** `unit`: beside the code, seconds. `contracts`: interfaces against real services. `e2e`: the studio as people meet it. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['test/setup/global.ts'],
    exclude: ['node_modules/**', '.data/**'],
    include: ['**/*.test.ts'],
  },
})
