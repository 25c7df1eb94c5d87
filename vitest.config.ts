import { defineConfig } from 'vitest/config'

/** `unit`: beside the code, seconds. `contracts`: interfaces against real services. `e2e`: the studio as people meet it. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // what is waited for comes when it comes: a machine that is busy is not a failure
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['test/setup/global.ts'],
    exclude: ['node_modules/**', '.data/**'],
    include: ['**/*.test.ts'],
  },
})
