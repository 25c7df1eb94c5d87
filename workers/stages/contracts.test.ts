import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { en } from '#core/words/en/index.ts'
import { contracts } from './contracts.ts'
import { stages } from './index.ts'

it('lists every stage folder once, in order, with its code and its words', async () => {
  const entries = await readdir(import.meta.dirname, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  expect(contracts.map((contract) => contract.name)).toEqual(folders.toSorted())
  expect(stages.map((stage) => stage.contract)).toEqual([...contracts])
  expect(Object.keys(en.stages).toSorted()).toEqual(folders.toSorted())
})
