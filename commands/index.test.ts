import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { translator, type WordKey } from '#core/words/index.ts'
import { definitions } from '#test/definitions.ts'
import { actions } from './actions/index.ts'
import type { Action, Command } from './define.ts'
import { commands } from './index.ts'

const here = import.meta.dirname

/** The word that a file or a folder with an index.ts stands for. */
function wordOf(file: string): string {
  return file.replace(/\/index\.ts$/, '').replace(/\.ts$/, '')
}

describe('commands', () => {
  test('are listed once each, in order, and are what is in the folder', async () => {
    const names = commands.map(({ name }) => name)
    expect(names).toEqual((await definitions(here, ['defineCommand', 'defineVerbs'])).map(wordOf))
    expect(names).toEqual([...new Set(names)].toSorted())
  })

  test.each(
    (commands as readonly Command[]).filter(({ verbs }) => verbs).map((command) => [command.name, command] as const),
  )('/%s lists each verb of its folder', async (name, command) => {
    const files = await definitions(path.join(here, name), ['defineVerb'])
    expect(Object.keys(command.verbs ?? {}).toSorted()).toEqual(files.map(wordOf).toSorted())
  })

  test.each((commands as readonly Command[]).map((command) => [command.name, command] as const))(
    '/%s has words and examples',
    (name, command) => {
      const t = translator('en')
      expect(t(command.summary as WordKey)).not.toBe(command.summary)
      expect(command.examples.length).toBeGreaterThan(0)
      for (const example of command.examples) expect(example).toMatch(new RegExp(`^/${name}\\b`))
      expect([command.verb, command.verbs].filter(Boolean)).toHaveLength(1)
    },
  )
})

test('actions are listed once each, in order of their files, and are what is in the folder', async () => {
  const files = (await readdir(path.join(here, 'actions'))).filter(
    (file) => file.endsWith('.ts') && !/^index\.|\.test\.ts$/.test(file),
  )
  const exported: string[] = []
  for (const file of files.toSorted()) {
    const module = (await import(`./actions/${path.basename(file, '.ts')}.ts`)) as Record<string, unknown>
    exported.push(
      ...Object.values(module)
        .filter(isAction)
        .map(({ name }) => name),
    )
  }
  const names = actions.map(({ name }) => name)
  expect(names.toSorted()).toEqual(exported.toSorted())
  expect(new Set(names).size).toBe(names.length)
})

function isAction(value: unknown): value is Action {
  return typeof value === 'object' && value !== null && 'name' in value && 'run' in value && 'input' in value
}
