import type { TestProject } from 'vitest/node'
import { startTestServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** address of the maintenance database of this run's PostgreSQL */
    testServerUrl: string
  }
}

/** One PostgreSQL for the whole run; `testDatabase()` makes databases in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer()
  project.provide('testServerUrl', server.url)
  return server.stop
}
