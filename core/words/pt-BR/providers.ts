import type { providers as english } from '../en/providers.ts'
import type { WordsOf } from '../words.ts'

export const providers: WordsOf<typeof english> = {
  name: {
    apertium: 'Apertium',
    captions: 'Legendas da fonte',
    elevenlabs: 'ElevenLabs',
    espeak: 'eSpeak NG',
    ollama: 'Ollama',
    openai: 'OpenAI',
    pocketsphinx: 'PocketSphinx',
  },
  note: {
    apertium: 'traduz por regras nesta máquina; qualidade de rascunho, poucos idiomas',
    captions: 'aproveita as legendas que já vêm com a fonte',
    elevenlabs: 'as vozes mais naturais, com o tempo de cada palavra',
    espeak: 'vozes robóticas nesta máquina; mais de cem idiomas',
    ollama: 'modelos de linguagem na sua própria máquina; nada sai dela',
    openai: 'modelos de linguagem, reconhecimento e vozes da OpenAI ou de qualquer serviço que fale o protocolo dela',
    pocketsphinx: 'entende inglês nesta máquina; qualidade de rascunho',
  },
  add: {
    apertium:
      'Instale a ferramenta e os pares de que precisa, por exemplo: apt install apertium apertium-eng-spa apertium-es-pt.',
    captions: 'Nada a adicionar: é usado quando a fonte tem legendas no próprio idioma.',
    elevenlabs: 'Adicione ELEVENLABS_API_KEY com /settings keys.',
    espeak: 'Instale a ferramenta: apt install espeak-ng.',
    ollama: 'Inicie o Ollama e instale um modelo, por exemplo: ollama pull gemma3. OLLAMA_HOST diz onde ele escuta.',
    openai: 'Adicione OPENAI_API_KEY com /settings keys, ou OPENAI_BASE_URL para um servidor próprio.',
    pocketsphinx: 'Instale a ferramenta e o modelo dela: apt install pocketsphinx pocketsphinx-en-us.',
  },
  reason: {
    key: 'não configurado: falta definir {{missing}}',
    badKey: 'a chave não é aceita ({{missing}})',
    badValue: 'um valor não pode ser usado: {{missing}}',
    tool: 'não instalado: {{missing}}',
    unreachable: 'não responde ({{missing}})',
    noModel: 'não tem um modelo para isso ({{missing}})',
    noPairs: 'não tem nenhum par de idiomas instalado',
  },
}
