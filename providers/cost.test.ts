import { describe, expect, it } from 'vitest'
import { comparablePrice, costMicros, priceOf } from './cost.ts'
import { elevenlabs } from './elevenlabs/index.ts'
import { espeak } from './espeak/index.ts'
import { openaiText, openaiTranscription } from './openai/index.ts'

describe('what a call costs', () => {
  it('is counted in millionths of a dollar by tokens, characters and minutes', () => {
    expect(costMicros({ tokensIn: 0.002, tokensOut: 0.012 }, { tokensIn: 1500, tokensOut: 250 })).toBe(6000)
    expect(costMicros({ characters: 0.12 }, { characters: 2500 })).toBe(300_000)
    expect(costMicros({ minutes: 0.006 }, { seconds: 90 })).toBe(9000)
    expect(costMicros(undefined, { tokensIn: 1e6 })).toBe(0)
  })

  it('goes by the model, the most exact name first', () => {
    const paid = { OPENAI_API_KEY: 'k' }
    expect(priceOf(openaiText, paid, 'gpt-5.6-luna-2026-07-09')).toEqual({ tokensIn: 0.0002, tokensOut: 0.0012 })
    expect(priceOf(openaiText, paid, 'something-else')).toEqual(openaiText.cost)
    expect(priceOf(openaiTranscription, paid, 'gpt-4o-mini-transcribe')).toEqual({ minutes: 0.003 })
    expect(priceOf(elevenlabs, {}, 'eleven_flash_v2_5')).toEqual({ characters: 0.06 })
  })

  it('is nothing on a server of one’s own and on this machine', () => {
    expect(priceOf(openaiText, { OPENAI_BASE_URL: 'http://localhost:8000/v1' }, 'qwen3')).toBeUndefined()
    expect(priceOf(espeak, {}, undefined)).toBeUndefined()
    expect(comparablePrice(undefined)).toBe(0)
  })
})
