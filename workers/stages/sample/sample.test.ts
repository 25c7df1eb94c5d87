import { expect, it } from 'vitest'
import { testBench } from '#test/builders/bench-folder.ts'
import { finishStage } from '../finish/run.ts'
import { sampleStage } from './run.ts'

it('lets a voice be heard in its own language, once', async () => {
  const bench = await testBench()
  const { review, durationMs } = await bench.run(sampleStage, { language: 'pt-BR' })
  expect(durationMs).toBeGreaterThan(1000)
  expect(review).toMatchObject({
    target: 'pt-BR',
    draft: true,
    providers: [{ capability: 'speech', provider: 'espeak', voice: 'pt-br' }],
  })
  expect(review.firstLines[0]?.text).toContain('Olá')
  const before = bench.calls.length
  await bench.run(sampleStage, { language: 'pt-BR' })
  // the voices are looked up again, the sentence is not said again
  expect(bench.calls.length - before).toBe(1)
  const done = await bench.run(finishStage, { review, durationMs })
  expect(done.files).toEqual(review.media)
  expect(done.files[0]).toMatchObject({ mime: 'audio/wav', language: 'pt-BR', durationMs })
})
