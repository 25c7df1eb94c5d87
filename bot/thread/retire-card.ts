import type { Translate } from '#core/words/index.ts'
import type { ServiceContext } from '#services/context.ts'
import { usedActions } from '#services/chat/used-actions.ts'
import type { RenderedCard } from '../surface.ts'

/** The card without anything to click, saying who decided; undefined when there was nothing to click. */
export async function retireCard(
  db: ServiceContext['db'],
  card: RenderedCard,
  t: Translate,
): Promise<RenderedCard | undefined> {
  const { buttons, select, form, progress: _over, ...words } = card
  const offered = [...(buttons ?? []), ...(select ? [select] : []), ...(form ? [form] : [])]
  if (offered.length === 0) return undefined
  const used = await usedActions(
    db,
    offered.map(({ token }) => token),
  )
  const decisions = used.map(({ token, name }) => {
    const label = buttons?.find((button) => button.token === token)?.label
    return label === undefined ? t('cards.answeredBy', { name }) : t('cards.closedBy', { label, name })
  })
  return {
    ...words,
    ...(decisions.length > 0 && { text: [words.text, ...decisions].filter(Boolean).join('\n\n') }),
    // what failed and was tried again, or asked and was answered, is history
    tone: card.tone === 'done' ? 'done' : 'info',
  }
}
