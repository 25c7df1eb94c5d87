import { expect, test } from 'vitest'
import { redoOverrides } from './redo-choice.ts'

test.each([
  [undefined, {}],
  ['again', {}],
  ['provider:openai', { provider: 'openai' }],
  ['voice:espeak:pt-br', { provider: 'espeak', voice: 'pt-br' }],
  ['voice:elevenlabs:a:b', { provider: 'elevenlabs', voice: 'a:b' }],
  ['voice:espeak', undefined],
  ['provider:openai:x', undefined],
  ['openai', undefined],
  ['provider:../x', undefined],
])('%s', (value, expected) => {
  expect(redoOverrides(value)).toEqual(expected)
})
