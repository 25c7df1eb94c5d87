import { afterAll, beforeAll, describe } from 'vitest'
import type { TestDatabase } from '../setup/database.ts'
import { engineFixture, type EngineFixture, type TestQueue } from './engine-fixture.ts'
import { engineGraph } from './engine-graph.ts'
import { enginePeople } from './engine-people.ts'
import { engineRules } from './engine-rules.ts'

/** What the engine promises (DESIGN 5), on any queue. */
export function engineContract(name: string, openQueue: (database: TestDatabase) => Promise<TestQueue>): void {
  describe(`the engine on ${name}`, () => {
    let fixture: EngineFixture
    beforeAll(async () => {
      fixture = await engineFixture(openQueue)
    })
    afterAll(() => fixture.close())

    engineRules(() => fixture)
    engineGraph(() => fixture)
    enginePeople(() => fixture)
  })
}
