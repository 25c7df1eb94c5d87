import type { Card, Intent } from '#domain/card.ts'
import type { ServiceContext } from '#services/context.ts'
import { mintTokens } from '#services/chat/mint-tokens.ts'
import type { RenderedCard } from './surface.ts'

/** A card for a room: each intent becomes the token minted for it there, each artifact a link to its reference. */
export async function renderCard(request: {
  readonly db: ServiceContext['db']
  readonly thread: { readonly id: string; readonly roomId: string; readonly projectId: string | null }
  readonly card: Card
}): Promise<RenderedCard> {
  const { card } = request
  const tokens = new Map<Intent, string>()
  const intents = cardIntents(card)
  const minted = await mintTokens({ ...request, intents })
  intents.forEach((intent, index) => tokens.set(intent, minted[index] ?? ''))
  const { media, buttons, select, form, ...words } = card
  return {
    ...words,
    ...(media && { media: media.map(({ artifactId, ...file }) => ({ url: fileUrl(artifactId, file.name), ...file })) }),
    ...(buttons &&
      buttons.length > 0 && {
        buttons: buttons.map(({ intent, ...button }) => ({ ...acting(tokens, intent), ...button })),
      }),
    ...(select && { select: { ...acting(tokens, select.intent), label: select.label, options: select.options } }),
    ...(form && { form: { ...acting(tokens, form.intent), label: form.label, inputs: form.inputs } }),
  }
}

/** All that a card offers, in a fixed order. */
function cardIntents({ buttons = [], select, form }: Card): Intent[] {
  return [...buttons.map((button) => button.intent), ...(select ? [select.intent] : []), ...(form ? [form.intent] : [])]
}

function acting(tokens: ReadonlyMap<Intent, string>, intent: Intent): { token: string; verb: string } {
  return { token: tokens.get(intent) ?? '', verb: intent.verb }
}

function fileUrl(artifactId: string, name: string): string {
  return `/files/${encodeURIComponent(artifactId)}?name=${encodeURIComponent(name)}`
}
