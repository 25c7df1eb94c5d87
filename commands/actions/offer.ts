import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { artifactRef } from '#domain/artifact.ts'
import type { Card, Intent } from '#domain/card.ts'
import { COMMON_LANGUAGES } from '#domain/common-languages.ts'
import { languageName } from '#domain/language.ts'
import { source as sourceSchema } from '#domain/source.ts'
import { findUpload } from '#services/artifacts/find-upload.ts'
import { startProduction } from '#services/projects/start-production.ts'
import { readSettings } from '#services/settings/read-settings.ts'
import { defineAction, type Action, type CommandContext } from '../define.ts'

type Kind = 'dub' | 'transcribe' | 'subtitles'

const offered = z.object({ source: sourceSchema, transcript: artifactRef.optional() })

/**
 * Starts what was offered for a bare link or file. Languages come from what was chosen, else from the settings; when
 * neither tells, it asks.
 */
export function offerAction<K extends Kind>(kind: K): Action {
  return defineAction({
    name: `offer.${kind}`,
    role: 'editor',
    input: z.object({ value: z.string().max(200).optional(), to: z.string().max(200).optional() }),
    async run({ payload, values }, ctx) {
      const parsed = offered.safeParse(payload)
      if (!parsed.success) throw new AppError('STALE', 'an offer without its source', { cause: parsed.error })
      const { source, transcript } = parsed.data
      const typed = values.to ?? values.value
      const to = typed === undefined || typed === '' ? undefined : typed
      if (kind !== 'transcribe' && to === undefined && (await readSettings(ctx.db)).targets.length === 0) {
        return { kind: 'card', card: languageCard(ctx, kind, parsed.data) }
      }
      const uploads = [
        ...('artifact' in source ? [source.artifact] : []),
        ...(transcript === undefined ? [] : [transcript]),
      ]
      // an upload that nobody used was cleaned up: better said now than by a failed step
      const files = await Promise.all(uploads.map((file) => findUpload(ctx, file.id)))
      const asked = { to, ...('url' in source ? { source: source.url } : {}) }
      const { projectId } = await startProduction({ ctx, kind, asked, files })
      return { kind: 'thread', projectId }
    },
  })
}

/** How many languages a select may hold on every platform. */
const MOST = 25

/** Into which language? One by choice, several by typing. */
function languageCard({ t, member }: CommandContext, kind: Kind, payload: z.output<typeof offered>): Card {
  const intent = (verb: 'choose' | Kind): Intent => ({
    action: `offer.${kind}`,
    verb,
    target: newId('off'),
    version: 1,
    role: 'editor',
    oneShot: true,
    payload,
  })
  const languages = COMMON_LANGUAGES.slice(0, MOST)
    .map((tag) => ({ value: tag, label: languageName(tag, member.locale) }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
  const first = languages.filter(({ value }) => FIRST.includes(value))
  return {
    title: t('actions.offer.title'),
    text: t('actions.offer.text'),
    tone: 'ask',
    select: {
      intent: intent('choose'),
      label: t('actions.offer.language'),
      options: [...first, ...languages.filter((one) => !first.includes(one))],
    },
    form: {
      intent: intent(kind),
      label: t(`actions.offer.${kind}` as 'actions.offer.dub'),
      inputs: [{ name: 'to', label: t('actions.offer.several'), kind: 'text', required: true }],
    },
  }
}

const FIRST: readonly string[] = ['en', 'es', 'fr', 'pt-BR']
