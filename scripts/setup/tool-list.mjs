/**
 * What the studio uses of the system. `commands`: names in PATH, any of them will do. `files`: paths, any of them will do
 * (parts of the path may be `*`). `apt`, `brew`: what installs it; none: not to be had there, and not asked for.
 * `version`: arguments that make the command tell it.
 */
export const TOOLS = [
  {
    name: 'ffmpeg',
    commands: ['ffmpeg'],
    apt: ['ffmpeg'],
    brew: ['ffmpeg'],
    version: ['-version'],
    adds: 'everything that touches sound or picture',
  },
  {
    name: 'ffprobe',
    commands: ['ffprobe'],
    apt: ['ffmpeg'],
    brew: ['ffmpeg'],
    version: ['-version'],
    adds: 'looking into files before working on them',
  },
  {
    name: 'yt-dlp',
    commands: ['yt-dlp'],
    apt: ['yt-dlp'],
    brew: ['yt-dlp'],
    version: ['--version'],
    adds: 'videos from web pages (YouTube and about 1,800 other sites)',
  },
  {
    name: 'espeak-ng',
    commands: ['espeak-ng'],
    apt: ['espeak-ng'],
    brew: ['espeak-ng'],
    version: ['--version'],
    adds: 'draft voices offline, about 100 languages',
  },
  { name: 'apertium', commands: ['apertium'], apt: ['apertium'], version: ['-V'], adds: 'draft translation offline' },
  {
    name: 'apertium en-es',
    files: ['/usr/share/apertium/modes/eng-spa.mode', '/usr/local/share/apertium/modes/eng-spa.mode'],
    apt: ['apertium-eng-spa'],
    adds: 'draft translation between English and Spanish',
  },
  {
    name: 'apertium es-pt',
    files: ['/usr/share/apertium/modes/es-pt.mode', '/usr/local/share/apertium/modes/es-pt.mode'],
    apt: ['apertium-es-pt'],
    adds: 'draft translation between Spanish and Portuguese (and English by way of Spanish)',
  },
  {
    name: 'pocketsphinx',
    commands: ['pocketsphinx_continuous', 'pocketsphinx_batch', 'pocketsphinx'],
    apt: ['pocketsphinx'],
    adds: 'draft speech recognition offline, English',
  },
  {
    name: 'pocketsphinx en-us',
    files: ['/usr/share/pocketsphinx/model/en-us', '/usr/share/pocketsphinx/model/en-us/en-us'],
    apt: ['pocketsphinx-en-us'],
    adds: 'the English model of pocketsphinx',
  },
  {
    name: 'flite',
    commands: ['flite'],
    apt: ['flite'],
    brew: ['flite'],
    version: ['--version'],
    adds: 'the voice of the demo sample',
  },
  {
    name: 'font DejaVu',
    files: [
      '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
      '/usr/share/fonts/*/DejaVuSans.ttf',
      '/Library/Fonts/DejaVuSans.ttf',
    ],
    apt: ['fonts-dejavu'],
    adds: 'text in pictures and burned captions',
  },
  {
    name: 'font Noto Color Emoji',
    files: [
      '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf',
      '/usr/share/fonts/*/NotoColorEmoji.ttf',
      '/System/Library/Fonts/Apple Color Emoji.ttc',
    ],
    apt: ['fonts-noto-color-emoji'],
    adds: 'emoji in captions',
  },
  {
    name: 'redis-server',
    commands: ['redis-server'],
    apt: ['redis-server'],
    brew: ['redis'],
    version: ['--version'],
    tests: true,
    adds: 'tests of the Redis queue',
  },
  {
    name: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    files: ['/Applications/Google Chrome.app', '/Applications/Chromium.app'],
    apt: ['chromium'],
    version: ['--version'],
    tests: true,
    adds: 'tests of the web room',
  },
  {
    name: 'font Noto Sans',
    files: ['/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf', '/usr/share/fonts/*/NotoSans-Regular.ttf'],
    apt: ['fonts-noto-core'],
    tests: true,
    adds: 'tests of captions in other scripts',
  },
  {
    name: 'font Noto CJK',
    files: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', '/usr/share/fonts/*/NotoSansCJK-Regular.ttc'],
    apt: ['fonts-noto-cjk'],
    tests: true,
    adds: 'tests of captions in Chinese, Japanese and Korean',
  },
]
