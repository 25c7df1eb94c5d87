/**
 * Languages that teams dub from and into, the most common first: what is suggested, and known by its name. Any other tag
 * can be typed.
 */
export const COMMON_LANGUAGES = [
  ...['en', 'pt-BR', 'es', 'fr', 'de', 'it', 'ja', 'ko', 'zh', 'hi', 'ar', 'ru', 'nl', 'pl', 'tr', 'uk', 'id', 'vi'],
  ...['sv', 'he', 'da', 'fi', 'cs', 'el', 'th', 'pt-PT', 'es-419', 'es-MX', 'en-GB', 'zh-TW', 'no', 'nb', 'ro', 'hu'],
  ...['bn', 'ca', 'fa', 'ms', 'sw', 'ta', 'ur', 'pt'],
] as const
