/** Tests beside their file that run real media tools or database servers for seconds: too slow for each change. */
const WITH_TOOLS = ['media/', 'workers/stages/', 'core/database/']

/** The tests in the order in which they tell most, soonest: each as arguments of vitest. */
export const TEST_GROUPS = {
  unit: ['test', ...WITH_TOOLS].flatMap((folder) => ['--exclude', `${folder.replace(/\/$/, '')}/**`]),
  tools: WITH_TOOLS,
  contracts: ['test/contracts/'],
  // each is a whole studio: two at once would only wait for each other
  e2e: ['test/e2e/', '--no-file-parallelism'],
} as const satisfies Record<string, readonly string[]>
