import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '#core/errors.ts'
import { LOCALES } from '#core/words/index.ts'
import type { PendingRevision, StepView } from '#domain/project-view.ts'
import { checkpoint, file, intents, NOON, post, review, show, step, verbs, view } from './view.fixture.ts'

describe('the status card', () => {
  test('says in words where each language is', () => {
    const card = post(view([step(), checkpoint({ fanKey: 'es' })]), 'status')
    expect(card.fields).toContainEqual({
      name: 'Brazilian Portuguese',
      value: expect.stringMatching(/40% · 30 sec left/),
    })
    expect(card.fields).toContainEqual({ name: 'Spanish', value: 'Translation: waiting for you' })
    expect(card.progress).toMatchObject({ ratio: expect.closeTo(0.4), etaSeconds: 30 })
  })

  test.each([
    ['active', ['pause', 'cancel']],
    ['waiting', ['pause', 'cancel']],
    ['paused', ['resume', 'cancel']],
    ['done', ['download', 'delete']],
    ['failed', ['reopen', 'download', 'delete']],
    ['cancelled', ['reopen', 'download', 'delete']],
  ] as const)('%s offers %o', (status, offered) => {
    expect(verbs(post(view([step()], {}, status), 'status'))).toEqual(offered)
  })

  test('says when nobody is there for the work', () => {
    expect(post(view([step()], { missingWorkers: ['cpu'] }), 'status').text).toContain('npm run worker')
  })
})

describe('a checkpoint', () => {
  test('offers captions of the source only where it brought any in its language', () => {
    const heard = checkpoint(
      { node: 'transcript', fanKey: '' },
      { name: 'transcript', review: review('en'), redo: { node: 'transcribe', capability: 'transcription' } },
    )
    const choices = ['captions', 'pocketsphinx'].map((provider) => ({
      ...{ capability: 'transcription', provider, available: true, draft: false, voices: [] },
    }))
    const offered = (...languages: string[]) => {
      const output = { captions: languages.map((language) => ({ language, file: file('c.vtt', 'subtitles') })) }
      const source = step({ id: 'stp_d', node: 'download', stage: 'download', fanKey: '', status: 'done', output })
      return post(view([source, heard], { choices }), 'transcript:en').select?.options.map(({ value }) => value)
    }
    expect(offered('en-US')).toEqual(['again', 'provider:captions', 'provider:pocketsphinx'])
    expect(offered('de')).toEqual(['again', 'provider:pocketsphinx'])
    expect(offered()).toEqual(['again', 'provider:pocketsphinx'])
  })

  test('shows what to judge, and how to decide', () => {
    const card = post(view([checkpoint()]), 'translation:pt-BR')
    expect(card.tone).toBe('ask')
    // no promise that fit does not keep
    expect(card.text).toContain('may be shortened')
    expect(card.text).toContain('1 · 0:00  Bom dia.\n      Good morning.')
    expect(card.text).toContain('and 29 more')
    expect(verbs(card)).toEqual(['approve', 'reject', 'redo', 'edit'])
    expect(card.select?.options.map((option) => option.value)).toEqual(['again', 'provider:ollama'])
    expect(card.media?.at(-1)).toMatchObject({ artifactId: 'art_cues.srt', name: 'dub-12.translation.pt-BR.r1.srt' })
    expect(card.fields).toContainEqual({ name: 'Quality', value: expect.stringContaining('Draft') })
  })

  test('is for nobody any more once it is decided', () => {
    const decided = checkpoint({ status: 'done' }, { decidedBy: 'mbr_bia', decision: 'approved' })
    const [, shown] = show(view([decided]))
    expect(shown?.mentions).toEqual([])
    expect(shown?.card.fields?.map(({ name }) => name)).not.toContain('For')
  })

  test('decided, says who and offers nothing', () => {
    const card = post(
      view([checkpoint({ status: 'done' }, { decidedBy: 'mbr_bia', decision: 'approved' })]),
      'translation:pt-BR',
    )
    expect(card.text).toContain('Bia')
    expect(intents(card)).toEqual([])
    const rejected = post(
      view([checkpoint({ status: 'cancelled' }, { decidedBy: 'mbr_gone', decision: 'rejected' })]),
      'translation:pt-BR',
    )
    expect(rejected).toMatchObject({ tone: 'failed', text: expect.stringContaining('someone') })
  })

  test('switched off, is not shown; redone, is a new post', () => {
    expect(show(view([checkpoint({ status: 'done' }, { auto: true, decision: 'auto' })]))).toHaveLength(1)
    const posts = show(
      view([checkpoint({ status: 'superseded', generation: 1 }), checkpoint({ id: 'stp_2', generation: 2 })]),
    ).filter(({ key }) => key === 'translation:pt-BR')
    expect(posts.map(({ generation }) => generation)).toEqual([2])
    const reopened = view([checkpoint()])
    const later = show({
      ...reopened,
      run: { id: 'run_2', ordinal: 2, status: 'active', startedAt: NOON, finishedAt: undefined },
    })
    expect(later.at(-1)?.generation).toBeGreaterThan(2)
  })

  test('a proposed edit shows the difference', () => {
    const pending: PendingRevision = {
      id: 'rev_1',
      stepId: 'stp_check',
      checkpoint: 'translation',
      target: 'pt-BR',
      number: 2,
      memberId: 'mbr_bia',
      createdAt: NOON,
      review: review('pt-BR'),
      changes: [
        {
          kind: 'changed',
          line: 3,
          before: { startMs: 0, endMs: 1, text: 'old' },
          after: { startMs: 0, endMs: 1, text: 'new' },
          retimed: false,
        },
        { kind: 'added', line: 4, after: { startMs: 5000, endMs: 6000, text: 'more' } },
      ],
    }
    const card = post(view([checkpoint()], { pending: [pending] }), 'edit:translation:pt-BR:rev_1')
    expect(card.text).toContain('− 3 · 0:00  old\n+ 3 · 0:00  new\n+ 4 · 0:05  more')
    expect(verbs(card)).toEqual(['apply', 'discard'])
  })
})

describe('whom a post is for', () => {
  const failed = step({
    id: 'stp_failed',
    node: 'transcribe',
    stage: 'transcribe',
    status: 'failed',
    error: { code: 'NO_TRANSCRIBER', category: 'permanent', data: {}, at: NOON },
  })
  const finished = step({
    id: 'stp_end',
    node: 'finish',
    stage: 'finish',
    status: 'done',
    result: { target: 'pt-BR', files: [file('dub.mp4', 'video')], draft: false, providers: [] },
  })
  const reminder = { stepId: 'stp_check', checkpoint: 'translation', target: 'pt-BR', hours: 24, sentAt: NOON }
  const all = view([checkpoint(), failed, finished], { reminders: [reminder] })
  const keys = ['translation:pt-BR', 'error:transcribe:pt-BR', 'result:pt-BR', 'reminder:translation:pt-BR']
  const first = (given: typeof all) => keys.map((key) => post(given, key).fields?.[0])

  test('requester and reviewers, once each, are named on whatever somebody should look at', () => {
    expect(first(all)).toEqual(keys.map(() => ({ name: 'For', value: 'Ana, Bia' })))
    expect(first({ ...all, locale: 'pt-BR' })).toEqual(keys.map(() => ({ name: 'Para', value: 'Ana, Bia' })))
    for (const { key, mentions } of show(all)) expect(mentions).toEqual(key === 'status' ? [] : ['mbr_ana', 'mbr_bia'])
    expect(post(all, 'status').fields?.map(({ name }) => name)).not.toContain('For')
  })

  test('nobody, once the run was cancelled: its failure asks nothing any more', () => {
    const unsure = { ...failed, error: { code: 'NEEDS_LANGUAGE', category: 'permanent', data: {}, at: NOON } }
    const [, shown] = show(view([unsure], {}, 'cancelled'))
    expect(shown).toMatchObject({ mentions: [], card: { tone: 'failed' } })
    expect(intents(shown?.card ?? { tone: 'ask' })).toEqual([])
  })

  test('nobody, where the team wants no mentions', () => {
    const quiet = show({ ...all, notify: false })
    expect(quiet).toHaveLength(keys.length + 1)
    expect(quiet.flatMap(({ mentions }) => mentions)).toEqual([])
    expect(quiet.flatMap(({ card }) => card.fields ?? []).map(({ name }) => name)).not.toContain('For')
  })
})

describe('a failure', () => {
  const failed = (code: string, changes: Partial<StepView> = {}) =>
    step({
      status: 'failed',
      node: 'transcribe',
      fanKey: '',
      stage: 'transcribe',
      error: { code, category: 'permanent', data: {}, at: NOON },
      ...changes,
    })

  test("without a recogniser: one's own transcript, a key, or cancel", () => {
    const card = post(view([failed('NO_TRANSCRIBER')]), 'error:transcribe')
    expect(verbs(card)).toEqual(['retry', 'show', 'cancel', 'upload'])
    expect(card.form?.inputs).toEqual([expect.objectContaining({ name: 'file', kind: 'file' })])
  })

  test('without a language: which one?', () => {
    const card = post(view([failed('NEEDS_LANGUAGE')]), 'error:transcribe')
    expect(card.tone).toBe('ask')
    expect(card.select?.options).toContainEqual({ value: 'pt-BR', label: 'Brazilian Portuguese' })
    expect(post(view([failed('NEEDS_LANGUAGE')], {}, 'failed'), 'status')).toMatchObject({
      tone: 'info',
      text: 'Waiting for a decision below.',
    })
  })

  test('offers unused buttons when it fails again, also within the same second', () => {
    const at = (ms: number) =>
      failed('TIMEOUT', {
        error: { code: 'TIMEOUT', category: 'transient', data: {}, at: new Date(NOON.getTime() + ms) },
      })
    const retry = (ms: number) => post(view([at(ms)]), 'error:transcribe').buttons?.[0]?.intent
    expect(retry(1)).toEqual(retry(1))
    expect(retry(1)).not.toEqual(retry(2))
  })

  test('names its language, and is the same post until it fails again', () => {
    const once = view([failed('TIMEOUT', { node: 'voice', fanKey: 'es' })])
    const again = view([
      failed('TIMEOUT', {
        node: 'voice',
        fanKey: 'es',
        error: { code: 'TIMEOUT', category: 'transient', data: {}, at: new Date(NOON.getTime() + 60_000) },
      }),
    ])
    const [first, second] = [once, again].map((given) => show(given).find(({ key }) => key === 'error:voice:es'))
    expect(first?.generation).toBe(show(once).find(({ key }) => key === 'error:voice:es')?.generation)
    expect(second?.generation).toBeGreaterThan(first?.generation ?? Infinity)
  })

  test.each(Object.keys(ERROR_CODES))('%s is said in words, in both languages, and can be tried again', (code) => {
    for (const locale of LOCALES) {
      const card = post({ ...view([failed(code)]), locale }, 'error:transcribe')
      expect(card.text?.length).toBeGreaterThan(5)
      expect(card.text).not.toMatch(/errors\.|\{\{/)
      expect(verbs(card)).toContain('retry')
    }
  })
})

test('a result has its files, what it took, and a line can still be changed', () => {
  const result = {
    target: 'pt-BR',
    files: [file('dub.mp4', 'video')],
    durationMs: 60_000,
    draft: true,
    providers: [],
    loudness: { integratedLufs: -14.02, truePeakDbtp: -1.21 },
  }
  const finish = step({
    id: 'stp_finish',
    node: 'finish',
    stage: 'finish',
    status: 'done',
    result,
    finishedAt: new Date(NOON.getTime() + 95_000),
  })
  const card = post(
    view(
      [checkpoint({ status: 'done' }, { decision: 'approved', decidedBy: 'mbr_ana', revision: 3 }), finish],
      {},
      'done',
    ),
    'result:pt-BR',
  )
  expect(card.fields).toContainEqual({ name: 'Time taken', value: '1 min 35 sec' })
  expect(card.fields).toContainEqual({ name: 'Loudness', value: '-14.0 LUFS, peak -1.2 dBTP' })
  expect(card.form?.intent).toMatchObject({ action: 'checkpoint.edit-line', target: 'stp_check', version: 3 })
})

test('a deleted project shows that and nothing else', () => {
  const given = view([checkpoint()])
  const posts = show({ ...given, project: { ...given.project, deletedAt: NOON } })
  expect(posts.map(({ key }) => key)).toEqual(['status'])
  expect(posts.flatMap(({ card }) => intents(card))).toEqual([])
})
