import type { RenderedCard } from './surface.ts'

/** What a surface can show. Lengths are UTF-16 units, as the platforms count them. */
export interface Caps {
  readonly title: number
  readonly text: number
  readonly fields: number
  readonly fieldName: number
  readonly fieldValue: number
  /** title, text and fields together */
  readonly total: number
  readonly media: number
  readonly buttons: number
  /** labels of buttons, selects, forms, inputs and options */
  readonly label: number
  readonly options: number
  readonly inputs: number
}

/** The web room could show anything: its caps only keep a page light. */
export const WEB_CAPS: Caps = {
  title: 300,
  text: 12_000,
  fields: 60,
  fieldName: 120,
  fieldValue: 2000,
  total: 30_000,
  media: 60,
  buttons: 12,
  label: 120,
  options: 200,
  inputs: 20,
}

/** Cuts a card to what a surface can show. What a person acts on is never cut away: words give way first, from the end. */
export function fit(card: RenderedCard, caps: Caps): RenderedCard {
  const { title, text, fields, progress, media, buttons, select, form, tone } = card
  const spent = { left: caps.total }
  const fitted = {
    ...(title !== undefined && { title: spend(spent, title, caps.title) }),
    ...(fields && { fields: fitFields(fields, caps, spent) }),
    ...(text !== undefined && { text: spend(spent, text, caps.text) }),
  }
  return {
    tone,
    ...fitted,
    ...(progress && {
      progress: { ...progress, ...(progress.note !== undefined && { note: shorten(progress.note, caps.label) }) },
    }),
    ...(media && { media: media.slice(0, caps.media) }),
    ...(buttons && {
      buttons: buttons
        .slice(0, caps.buttons)
        .map((button) => ({ ...button, label: shorten(button.label, caps.label) })),
    }),
    ...(select && {
      select: { ...select, label: shorten(select.label, caps.label), options: fitOptions(select.options, caps) },
    }),
    ...(form && { form: fitForm(form, caps) }),
  }
}

/** At most `most` units with an ellipsis at the end, never half a surrogate pair. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  if (most <= 0) return ''
  const cut = text.slice(0, most - 1)
  const whole = /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
  return `${whole}…`
}

function spend(spent: { left: number }, text: string, most: number): string {
  const shown = shorten(text, Math.min(most, spent.left))
  spent.left -= shown.length
  return shown
}

/** Fields take at most half of what there is, so that the text keeps its share. */
function fitFields(
  fields: NonNullable<RenderedCard['fields']>,
  caps: Caps,
  spent: { left: number },
): { name: string; value: string }[] {
  const share = { left: Math.floor(spent.left / 2) }
  const kept: { name: string; value: string }[] = []
  for (const field of fields.slice(0, caps.fields)) {
    if (share.left < 2) break
    const name = spend(share, field.name, Math.min(caps.fieldName, share.left - 1))
    kept.push({ name, value: spend(share, field.value, caps.fieldValue) })
  }
  spent.left -= kept.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  return kept
}

function fitOptions(
  options: readonly { value: string; label: string }[],
  caps: Caps,
): { value: string; label: string }[] {
  return options.slice(0, caps.options).map(({ value, label }) => ({ value, label: shorten(label, caps.label) }))
}

function fitForm(form: NonNullable<RenderedCard['form']>, caps: Caps): NonNullable<RenderedCard['form']> {
  const inputs = form.inputs.slice(0, caps.inputs).map((input) => ({
    ...input,
    label: shorten(input.label, caps.label),
    ...(input.options && { options: fitOptions(input.options, caps) }),
  }))
  return { ...form, label: shorten(form.label, caps.label), inputs }
}
