/** What the sample is called and what is said in it: plain words, so that draft engines understand them. */
export const DEMO_STORY = {
  title: 'A studio by the sea',
  language: 'en',
  sentences: [
    'Every good film begins with a story.',
    'This is the story of a small studio by the sea.',
    'Each morning, the team looks at the work of the day before.',
    'They watch, they talk, and they choose what to keep.',
    'But many people far away would like to see the film too.',
    'They speak another language, and they do not understand a word.',
    'So the studio gives the film a new voice, and leaves the picture as it was.',
    'The music stays, and every line is spoken at the right time.',
    'In the evening the film is ready, and the whole world can see it.',
    'Then the lights go out, and the sea goes on, as it did before.',
  ],
} as const
