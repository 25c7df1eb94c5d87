import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import type { TestDatabase } from '../setup/database.ts'
import { engineChain } from './engine-chain.ts'
import { engineFixture, type EngineFixture, type TestQueue } from './engine-fixture.ts'
import { engineGraph } from './engine-graph.ts'
import { enginePeople } from './engine-people.ts'
import { engineQueue } from './engine-queue.ts'
import { engineRandom } from './engine-random.ts'
import { engineRules } from './engine-rules.ts'

/** What the engine promises (DESIGN 5), on any queue. */
export function engineContract(name: string, openQueue: (database: TestDatabase) => Promise<TestQueue>): void {
  for (const [about, promises] of [
    ['rules', [engineRules, engineGraph, enginePeople, engineChain, engineRandom]],
    ['queue', [engineQueue]],
  ] as const) {
    describe(`the engine on ${name}: ${about}`, () => {
      let fixture: EngineFixture
      beforeAll(async () => {
        fixture = await engineFixture(openQueue)
      })
      afterEach(() => fixture.stopFarms())
      afterAll(() => fixture.close())

      for (const promise of promises) promise(() => fixture)
    })
  }
}
