import { expect, test } from 'vitest'
import { definitions } from '#test/definitions.ts'
import { pipelines } from './index.ts'

test('pipelines are listed once each, in order, and are what is in the folder', async () => {
  const files = await definitions(import.meta.dirname, ['definePipeline'])
  expect(pipelines.map(({ name }) => name)).toEqual(files.map((file) => file.replace(/\.ts$/, '')))
})
