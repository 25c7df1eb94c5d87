import { describe, expect, it } from 'vitest'
import { fileName } from './file-name.ts'
import { inParallel } from './in-parallel.ts'
import { speakableText } from './speakable-text.ts'

describe('names of files', () => {
  it('keep the title as far as every file system takes it', () => {
    expect(fileName('A talk', 'pt-BR')).toBe('A talk.pt-BR')
    expect(fileName('../../etc/passwd', 'es')).toBe('etc passwd.es')
    expect(fileName('-rf *', 'es')).toBe('rf.es')
    expect(fileName('a\u202Etxt.exe\u0000', 'es')).toBe('a txt.exe.es')
    expect(fileName('  …  ', 'es')).toBe('….es')
    expect(fileName('///', 'es')).toBe('video.es')
    expect(fileName('😀'.repeat(200), 'es')).toBe(`${'😀'.repeat(80)}.es`)
  })
})

describe('what is said of a line', () => {
  it('is the words, not the notes', () => {
    expect(speakableText('[music] Hello\nthere ♪')).toBe('Hello there')
    expect(speakableText('[door slams]')).toBe('')
    expect(speakableText('…')).toBe('')
    expect(speakableText('42')).toBe('42')
    expect(speakableText('こんにちは')).toBe('こんにちは')
  })
})

describe('work in parallel', () => {
  it('keeps the order and the width', async () => {
    let running = 0
    let most = 0
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, ++running)
      for (let turn = 0; turn < item; turn++) await Promise.resolve()
      running -= 1
      return item * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30])
    expect(most).toBe(2)
  })

  it('begins nothing after a failure and leaves nothing running', async () => {
    const begun: number[] = []
    let ended = 0
    const work = inParallel([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item)
      await Promise.resolve()
      if (item === 1) throw new Error('one')
      await Promise.resolve()
      await Promise.resolve()
      ended += 1
    })
    await expect(work).rejects.toThrow('one')
    expect(begun).toEqual([0, 1])
    expect(ended).toBe(1)
  })
})
