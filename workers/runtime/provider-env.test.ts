import { describe, expect, it } from 'vitest'
import { elevenlabs } from '#providers/elevenlabs/index.ts'
import { openaiText } from '#providers/openai/index.ts'
import { mergeEnv } from './provider-env.ts'

const house = {
  OPENAI_API_KEY: 'sk-house',
  OPENAI_TEXT_MODEL: 'gpt-house',
  OPENAI_BASE_URL: 'https://gateway.example/v1',
  HOME: '/root',
}

describe('mergeEnv', () => {
  it('takes what the provider declares and nothing else', () => {
    expect(mergeEnv(openaiText, house, {}).variables).toEqual({
      OPENAI_API_KEY: 'sk-house',
      OPENAI_TEXT_MODEL: 'gpt-house',
      OPENAI_BASE_URL: 'https://gateway.example/v1',
    })
  })

  it('lays the workspace’s own over the installation’s', () => {
    const merged = mergeEnv(openaiText, house, { OPENAI_API_KEY: 'sk-own', OPENAI_TEXT_MODEL: ' ' })
    expect(merged).toMatchObject({
      own: true,
      ownAddress: false,
      variables: { OPENAI_API_KEY: 'sk-own', OPENAI_TEXT_MODEL: 'gpt-house' },
    })
  })

  it('gives an address of the workspace’s choosing none of the installation’s secrets', () => {
    const merged = mergeEnv(openaiText, house, { OPENAI_BASE_URL: 'https://elsewhere.example/v1' })
    expect(merged).toMatchObject({ own: true, ownAddress: true })
    expect(merged.variables['OPENAI_API_KEY']).toBeUndefined()
    const both = mergeEnv(openaiText, house, {
      OPENAI_BASE_URL: 'https://elsewhere.example/v1',
      OPENAI_API_KEY: 'sk-own',
    })
    expect(both.variables['OPENAI_API_KEY']).toBe('sk-own')
  })

  it('lets a workspace set only what is offered to it', () => {
    const merged = mergeEnv(
      elevenlabs,
      { ELEVENLABS_API_KEY: 'xi' },
      { ELEVENLABS_BASE_URL: 'https://elsewhere.example' },
    )
    expect(merged).toEqual({ own: false, ownAddress: false, variables: { ELEVENLABS_API_KEY: 'xi' } })
  })
})
