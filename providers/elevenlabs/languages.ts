/** Languages by model (ElevenLabs' overview of models). */
const MULTILINGUAL_V2 = 'en ja zh de hi fr ko pt it es id nl tr fil pl sv bg ro ar cs el fi hr ms sk da ta uk ru'.split(
  ' ',
)
const FLASH_V2_5 = [...MULTILINGUAL_V2, 'hu', 'no', 'vi']
const V3 = [
  ...FLASH_V2_5,
  ...'af hy as az be bn bs ca ceb ny et gl ka gu ha he is ga jv kn kk ky lv ln lt lb mk ml mr ne ps fa pa sr sd sl so sw te th ur cy'.split(
    ' ',
  ),
]

/** Bare languages that `model` speaks. */
export function languagesOf(model: string): readonly string[] {
  if (model.includes('_v3')) return V3
  if (model.includes('v2_5')) return FLASH_V2_5
  if (model === 'eleven_flash_v2' || model === 'eleven_turbo_v2' || model.includes('monolingual')) return ['en']
  return MULTILINGUAL_V2
}

/** Whether `model` takes a language as an order; multilingual_v2 refuses it and goes by the text. */
export function takesLanguage(model: string): boolean {
  return model.includes('v2_5') || model.includes('_v3')
}
