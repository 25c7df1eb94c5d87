import { expect, it } from 'vitest'
import { isRef } from '#engine/plan-refs.ts'
import { buildPlan } from '#engine/plan-builder.ts'
import { contracts } from '#workers/stages/contracts.ts'
import { pipelines } from './index.ts'
import { dub } from './dub.ts'
import { subtitles } from './subtitles.ts'
import { transcribe } from './transcribe.ts'
import { voiceSample } from './voice-sample.ts'

const review = { transcript: true, translation: false, final: true }
const source = { url: 'https://example.com/talk.mp4' }
const keys = (plan: ReturnType<typeof buildPlan>) =>
  plan.nodes.map((node) => (node.fanKey ? `${node.id}:${node.fanKey}` : node.id))

it('lists every production once, in order', () => {
  const names = pipelines.map((pipeline) => pipeline.name)
  expect(names).toEqual(names.toSorted())
})

it('dubs by the recipe, with a branch for each language', () => {
  const plan = buildPlan(
    dub,
    dub.input.parse({ source, to: ['pt-BR', 'es'], bed: 'duck', review, voices: { es: 'es+f2' } }),
  )
  const branch = (to: string) =>
    ['translate', 'translation', 'voice', 'fit', 'mix', 'mux', 'final', 'finish'].map((node) => `${node}:${to}`)
  expect(keys(plan)).toEqual([
    'download',
    'probe',
    'extract',
    'transcribe',
    'transcript',
    ...branch('pt-BR'),
    ...branch('es'),
  ])
  const asks = plan.nodes
    .filter((node) => node.kind === 'checkpoint')
    .map((node) => [node.id, node.auto, node.redo?.node])
  expect(asks).toEqual([
    ['transcript', false, 'transcribe'],
    ['translation', true, 'translate'],
    ['final', false, 'voice'],
    ['translation', true, 'translate'],
    ['final', false, 'voice'],
  ])
  expect(plan.nodes.find((node) => node.id === 'voice' && node.fanKey === 'es')?.input).toMatchObject({
    voice: 'es+f2',
  })
})

it('renders what was approved, not what was proposed', () => {
  const plan = buildPlan(dub, dub.input.parse({ source, to: ['es'], bed: 'duck', review }))
  const input = (id: string) => plan.nodes.find((node) => node.id === id)?.input as Record<string, { $ref: string[] }>
  expect(input('translate')['cues']?.$ref).toEqual(['transcript', 'cues'])
  expect(input('voice')['cues']?.$ref).toEqual(['translation', 'cues'])
  expect(input('fit')['cues']?.$ref).toEqual(['translation', 'cues'])
  expect(input('finish')['review']?.$ref).toEqual(['final'])
})

it('changes approved words only where a person sees the result again', () => {
  const rewrite = (checks: object) => {
    const plan = buildPlan(
      dub,
      dub.input.parse({ source, to: ['es'], bed: 'duck', review: { transcript: true, ...checks } }),
    )
    return plan.nodes.find((node) => node.id === 'fit')?.input
  }
  expect(rewrite({ translation: true, final: true })).toMatchObject({ rewrite: true })
  expect(rewrite({ translation: false, final: false })).toMatchObject({ rewrite: true })
  expect(rewrite({ translation: true, final: false })).toMatchObject({ rewrite: false })
})

it('transcribes, subtitles and samples with stages that there are', () => {
  const plans = [
    buildPlan(transcribe, transcribe.input.parse({ source, review })),
    buildPlan(subtitles, subtitles.input.parse({ source, to: ['es'], review })),
    buildPlan(voiceSample, voiceSample.input.parse({ language: 'es' })),
  ]
  expect(plans.map(keys)).toEqual([
    ['download', 'probe', 'extract', 'transcribe', 'transcript', 'captions', 'finish'],
    [
      'download',
      'probe',
      'extract',
      'transcribe',
      'transcript',
      'translate:es',
      'translation:es',
      'captions:es',
      'finish:es',
    ],
    ['sample', 'finish'],
  ])
  const known = new Set<string>(contracts.map((contract) => contract.name))
  for (const node of plans.flatMap((plan) => plan.nodes)) {
    if (node.kind === 'stage') expect(known).toContain(node.stage)
    else expect(isRef((node.input as { review: unknown }).review)).toBe(true)
  }
})

it('refuses what is no address', () => {
  for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'ftp://example.com/a', 'talk.mp4']) {
    expect(dub.input.safeParse({ source: { url }, to: ['es'], bed: 'duck', review }).success).toBe(false)
  }
})
