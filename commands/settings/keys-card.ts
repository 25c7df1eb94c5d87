import type { Card } from '#domain/card.ts'
import type { ServiceContext } from '#services/context.ts'
import { listKeys, type KeyState } from '#services/settings/keys.ts'

/** Which keys are set (never what they are), which addresses and models, and a form to set them. An empty field leaves what is set. */
export async function keysCard(ctx: ServiceContext, note?: string): Promise<Card> {
  const { t } = ctx
  const keys = await listKeys(ctx)
  return {
    title: t('settings.keysTitle'),
    text: note ?? t('settings.keysText'),
    tone: note === undefined ? 'info' : 'done',
    fields: keys.map((key) => ({ name: key.name, value: state(ctx, key) })),
    form: {
      intent: { action: 'settings.save-key', verb: 'save', target: 'keys', version: 1, role: 'admin', oneShot: false },
      label: t('settings.keysSave'),
      inputs: keys.map(({ name, secret }) => ({
        name,
        label: name,
        kind: secret ? 'password' : 'text',
        required: false,
      })),
    },
  }
}

function state({ t, member }: ServiceContext, key: KeyState): string {
  const providers = key.providers.join(', ')
  if (!key.secret && key.value === undefined) return t('settings.plainDefault', { providers })
  if (key.value !== undefined) return t('settings.plainSet', { value: key.value, providers })
  if (key.setAt === undefined) return t('settings.keyMissing', { providers })
  return t('settings.keySet', { providers, date: key.setAt.toLocaleDateString(member.locale, { dateStyle: 'medium' }) })
}
