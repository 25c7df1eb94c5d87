import { expect, it } from 'vitest'
import { pickCaptions } from './caption-choice.ts'
import type { SiteInfo } from './site-info.ts'

function info(language: string | undefined, captions: string[], automaticCaptions: string[]): SiteInfo {
  return {
    ...(language === undefined ? {} : { language }),
    captions,
    automaticCaptions,
    live: false,
    files: 1,
    json: '{}',
  }
}

it.each([
  [
    'people before machines',
    info('en', ['de', 'en-GB'], ['en-orig', 'en']),
    undefined,
    { key: 'en-GB', language: 'en-GB', automatic: false },
  ],
  ['the exact tag first', info('en', ['en-GB', 'en'], []), undefined, { key: 'en', language: 'en', automatic: false }],
  [
    'the original machine captions, not translations',
    info('en', ['de'], ['de', 'en', 'en-orig']),
    undefined,
    { key: 'en-orig', language: 'en', automatic: true },
  ],
  ['no translations of another original', info('en', [], ['de-orig', 'en']), undefined, undefined],
  [
    'what is wanted before what the site says',
    info('en', ['pt', 'en'], []),
    'pt-BR',
    { key: 'pt', language: 'pt', automatic: false },
  ],
  [
    'the original when nobody says the language',
    info(undefined, ['fr', 'es'], ['es-orig']),
    undefined,
    { key: 'es', language: 'es', automatic: false },
  ],
  ['nothing when the language is not known', info(undefined, ['fr', 'es'], []), undefined, undefined],
  [
    'tags that sites invent',
    info('en', ['en-j3PyPqV-e1s'], []),
    undefined,
    { key: 'en-j3PyPqV-e1s', language: 'en', automatic: false },
  ],
])('takes %s', (_, site, wanted, choice) => {
  expect(pickCaptions(site, wanted)).toEqual(choice)
})
