import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { translator, type WordKey } from '#core/words/index.ts'
import type { Provider } from './define.ts'
import { providers } from './index.ts'

const all: readonly Provider[] = providers

describe('the registry of providers', () => {
  it('lists every folder, and only those', () => {
    const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect([...new Set(all.map(({ id }) => id))].toSorted()).toEqual(folders.map(({ name }) => name).toSorted())
  })

  it('is in alphabetical order and has each capability of an id once', () => {
    const keys = all.map(({ id, capability }) => `${id}/${capability}`)
    expect(keys).toEqual([...new Set(keys)].toSorted())
  })

  it('declares what it reads: secrets, settable names and addresses are in its environment', () => {
    for (const provider of all) {
      const names = Object.keys(provider.env.shape)
      expect(names).toEqual(
        expect.arrayContaining([
          ...provider.secrets,
          ...(provider.settable ?? []),
          ...(provider.address ? [provider.address] : []),
        ]),
      )
      for (const schema of Object.values(provider.env.shape))
        expect((schema as { description?: string }).description).toMatch(/\S/u)
    }
  })

  it('has words for people, in every language', () => {
    for (const locale of ['en', 'pt-BR']) {
      const t = translator(locale)
      for (const { id } of all) {
        for (const area of ['name', 'note', 'add']) {
          const key = `providers.${area}.${id}`
          expect(t(key as WordKey)).not.toBe(key)
        }
      }
    }
  })

  it('asks a price of what is not on this machine, and none of what is', () => {
    for (const { local, cost } of all) expect(cost === undefined).toBe(local)
  })

  it('calls drafts by their name: only engines of this machine are', () => {
    expect(all.filter(({ draft }) => draft).map(({ id }) => id)).toEqual(['apertium', 'espeak', 'pocketsphinx'])
  })
})
