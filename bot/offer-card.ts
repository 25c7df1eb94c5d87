import type { Translate } from '#core/words/index.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { Card, CardButton, Intent } from '#domain/card.ts'
import { cardMedia } from './thread/card-media.ts'

/** What a person sent without saying what to do with it. */
export interface Offered {
  readonly source: { readonly url: string } | { readonly artifact: ArtifactRef }
  /** their own transcript, sent along */
  readonly transcript: ArtifactRef | undefined
}

/** A bare link or file: what can be done with it. */
export function offerCard(t: Translate, offered: Offered): Card {
  const { source, transcript } = offered
  const target = 'url' in source ? source.url : source.artifact.id
  const payload = { source, ...(transcript && { transcript }) }
  const intent = (verb: 'dub' | 'transcribe' | 'subtitles'): Intent => ({
    action: `offer.${verb}`,
    verb,
    target,
    version: 1,
    role: 'editor',
    oneShot: false,
    payload,
  })
  const button = (verb: 'dub' | 'transcribe' | 'subtitles', style: CardButton['style']): CardButton => ({
    intent: intent(verb),
    label: t(`room.offer.${verb}`),
    style,
  })
  return {
    title: t('room.offer.title'),
    text: 'url' in source ? source.url : source.artifact.name,
    tone: 'ask',
    ...('artifact' in source && {
      media: [cardMedia(source.artifact), ...(transcript ? [cardMedia(transcript)] : [])],
    }),
    buttons: [button('dub', 'primary'), button('subtitles', 'secondary'), button('transcribe', 'secondary')],
  }
}
