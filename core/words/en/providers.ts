/** What providers are, why one cannot be used now (`reason.*`; value `missing`), and how to make it work (`add.*`). */
export const providers = {
  name: {
    apertium: 'Apertium',
    captions: 'Captions of the source',
    elevenlabs: 'ElevenLabs',
    espeak: 'eSpeak NG',
    ollama: 'Ollama',
    openai: 'OpenAI',
    pocketsphinx: 'PocketSphinx',
  },
  note: {
    apertium: 'translates by rules on this machine; draft quality, a few languages',
    captions: 'takes the words from captions that the source brings along',
    elevenlabs: 'the most natural voices, with the time of each word',
    espeak: 'robotic voices on this machine; over a hundred languages',
    ollama: 'language models on your own machine; nothing leaves it',
    openai: 'language models, recognition and voices of OpenAI or of any service that speaks its protocol',
    pocketsphinx: 'understands English on this machine; draft quality',
  },
  add: {
    apertium:
      'Install the tool and the pairs that you need, for example: apt install apertium apertium-eng-spa apertium-es-pt.',
    captions: 'Nothing to add: it is used when the source has captions in its own language.',
    elevenlabs: 'Add ELEVENLABS_API_KEY with /settings keys.',
    espeak: 'Install the tool: apt install espeak-ng.',
    ollama: 'Start Ollama and install a model, for example: ollama pull gemma3. OLLAMA_HOST tells where it listens.',
    openai: 'Add OPENAI_API_KEY with /settings keys, or OPENAI_BASE_URL for a server of your own.',
    pocketsphinx: 'Install the tool and its model: apt install pocketsphinx pocketsphinx-en-us.',
  },
  reason: {
    key: 'not set up: {{missing}} is not set',
    badKey: 'its key is not accepted ({{missing}})',
    badValue: 'a value cannot be used: {{missing}}',
    tool: 'not installed: {{missing}}',
    unreachable: 'it does not answer ({{missing}})',
    noModel: 'it has no model for this ({{missing}})',
    noPairs: 'it has no language pair installed',
  },
}
