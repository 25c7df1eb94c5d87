/** What a voice says when people listen to it before choosing: one sentence in its own language, else in English. */
export function sampleSentence(language: string): string {
  return SENTENCES[language.split('-')[0]?.toLowerCase() ?? ''] ?? ENGLISH
}

const ENGLISH = 'Hello! This is how I sound when I read your film aloud.'
const SENTENCES: Readonly<Record<string, string>> = {
  de: 'Hallo! So klinge ich, wenn ich deinen Film vorlese.',
  en: ENGLISH,
  es: '¡Hola! Así sueno cuando leo tu película en voz alta.',
  fr: 'Bonjour ! Voici ma voix quand je lis votre film.',
  it: 'Ciao! Ecco come suono quando leggo il tuo film.',
  ja: 'こんにちは。あなたの映像を読み上げると、こんな声になります。',
  ko: '안녕하세요! 영상을 읽을 때 제 목소리는 이렇습니다.',
  nl: 'Hallo! Zo klink ik als ik je film voorlees.',
  pl: 'Cześć! Tak brzmię, gdy czytam twój film.',
  pt: 'Olá! É assim que eu soo quando leio o seu filme.',
  ru: 'Здравствуйте! Так звучит мой голос, когда я читаю ваш фильм.',
  tr: 'Merhaba! Filmini okurken sesim böyle.',
  zh: '你好！这就是我朗读你的影片时的声音。',
}
