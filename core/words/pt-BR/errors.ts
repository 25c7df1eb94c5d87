import type { errors as english } from '../en/errors.ts'
import type { WordsOf } from '../words.ts'

export const errors: WordsOf<typeof english> = {
  // requests
  INVALID_INPUT: 'Algo neste pedido não está certo. Confira e envie de novo; /help mostra exemplos.',
  INVALID_INPUT_known: '{{reason}}',
  INVALID_INPUT_fields: 'Isto não está preenchido como pedido: {{fields}}. Nada foi alterado; corrija e envie de novo.',
  INVALID_INPUT_body:
    'Não foi possível ler este pedido. Recarregue a página e tente de novo; para scripts, o formato está em docs/room-api.md.',
  UNKNOWN_COMMAND: 'Esse comando não existe. /help mostra todos.',
  UNKNOWN_COMMAND_partly: 'O comando /{{command}} não existe. /help mostra todos.',
  UNKNOWN_COMMAND_known: '{{reason}}',
  UNKNOWN_LANGUAGE: 'Esse idioma não é conhecido aqui. Use um código como en, es ou pt-BR.',
  UNKNOWN_LANGUAGE_known: '“{{tag}}” não é um idioma conhecido aqui. Use um código como en, es ou pt-BR.',
  FORBIDDEN:
    'Seu papel não permite isso. Peça a um administrador deste espaço que o faça, ou que mude seu papel com /team role.',
  FORBIDDEN_known:
    'Isso exige o papel {{role}}. Peça a um administrador deste espaço que o faça, ou que mude seu papel com /team role.',
  FORBIDDEN_wrongPassword: 'Essa não é a senha. Tente de novo ou pergunte a quem cuida do estúdio.',
  FORBIDDEN_noSession: 'Você não entrou. Use a senha ou abra o link de convite que recebeu.',
  FORBIDDEN_foreignHost:
    'A sala não é conhecida por este endereço. Abra-a no endereço dela; quem cuida do estúdio pode definir PUBLIC_URL.',
  FORBIDDEN_foreignOrigin: 'Isto veio de outro site e foi recusado. Faça-o na própria sala.',
  NOT_FOUND: 'Isso não está aqui, ou não está mais. /project list mostra o que existe.',
  NOT_FOUND_known: '{{reason}}',
  STALE: 'Isto mudou desde que foi mostrado. Use a publicação mais recente da conversa.',
  STALE_usedInvite: 'Este convite já foi usado ou expirou. Peça um novo (/team invite).',
  ALREADY_DECIDED: 'Outra pessoa já decidiu isto. Nada mais foi alterado.',
  ALREADY_DECIDED_known: '{{by}} já decidiu isto. Nada mais foi alterado.',
  LIMIT_REACHED:
    'O limite deste espaço foi atingido. Espere algum trabalho terminar ou peça a um administrador que o aumente com /settings limits.',
  LIMIT_REACHED_known:
    'O limite de {{limit}} foi atingido. Espere algum trabalho terminar ou peça a um administrador que o aumente com /settings limits.',
  LIMIT_REACHED_wrongPassword: 'Senhas erradas demais. Espere alguns minutos e tente de novo.',
  BUDGET_REACHED:
    'O teto de gastos deste espaço foi atingido. Um administrador pode aumentá-lo com /settings limits; os motores locais não custam nada.',
  BUDGET_REACHED_known:
    'O teto de gastos de {{cap, dollars}} foi atingido. Um administrador pode aumentá-lo com /settings limits; os motores locais não custam nada.',
  UPLOAD_TOO_LARGE: 'Este arquivo é maior do que o aceito aqui. Envie um menor ou um link para ele.',
  UPLOAD_TOO_LARGE_known:
    'Este arquivo passa dos {{maxBytes, bytes}} aceitos aqui. Envie um menor ou um link para ele.',

  // sources and media
  DEAD_URL: 'Não foi possível baixar nada deste link. Abra-o no navegador para conferir e envie de novo.',
  DEAD_URL_partly: 'Não foi possível baixar nada de {{host}}. Abra o link no navegador para conferir e envie de novo.',
  DEAD_URL_known:
    '{{host}} respondeu {{status}} em vez do arquivo. Abra o link no navegador para conferir e envie de novo.',
  PRIVATE_ADDRESS:
    'Este link leva a uma rede privada, de onde nada é baixado. Envie o arquivo ou peça a quem cuida do estúdio que libere esse endereço.',
  PRIVATE_ADDRESS_known:
    '{{host}} fica em uma rede privada, de onde nada é baixado. Envie o arquivo ou peça a quem cuida do estúdio que o inclua em ALLOW_PRIVATE_HOSTS.',
  NOT_MEDIA:
    'Não há vídeo nem som nisto. Envie um link para o próprio vídeo ou para a página dele, ou envie o arquivo.',
  NOT_MEDIA_known:
    'Isto é {{found}}, não um vídeo nem um som. Envie um link para o próprio vídeo ou para a página dele, ou envie o arquivo.',
  EMPTY_FILE: 'Este arquivo está vazio: tem 0 bytes. Envie-o de novo; o envio pode ter sido interrompido.',
  EMPTY_FILE_known: '{{name}} está vazio: tem 0 bytes. Envie-o de novo; o envio pode ter sido interrompido.',
  BROKEN_MEDIA:
    'Este arquivo está danificado ou incompleto e não pode ser lido até o fim. Exporte ou baixe-o outra vez e envie de novo.',
  FORBIDDEN_FORMAT:
    'Arquivos deste tipo não são aceitos, pois podem apontar para outros arquivos. Converta para MP4, MKV, MOV, WebM, MP3 ou WAV.',
  FORBIDDEN_FORMAT_known:
    'Arquivos do tipo {{format}} não são aceitos, pois podem apontar para outros arquivos. Converta para MP4, MKV, MOV, WebM, MP3 ou WAV.',
  NO_SOUND: 'Isto tem imagem, mas não tem som, então não há o que ouvir. Envie uma versão com a trilha de som.',
  TOO_LARGE: 'Este material é maior do que o aceito aqui. Envie uma versão mais curta ou menor.',
  TOO_LARGE_partly: 'Este material passa dos {{maxBytes, bytes}} aceitos. Envie uma versão mais curta ou menor.',
  TOO_LARGE_known:
    'Este material tem {{bytes, bytes}}; são aceitos {{maxBytes, bytes}}. Envie uma versão mais curta ou menor.',
  TOO_LONG: 'Este material é mais longo do que o aceito aqui. Divida-o em partes e envie cada uma.',
  TOO_LONG_partly: 'Este material passa dos {{maxMs, duration}} aceitos. Divida-o em partes e envie cada uma.',
  TOO_LONG_known:
    'Este material dura {{durationMs, duration}}; são aceitos {{maxMs, duration}}. Divida-o em partes e envie cada uma.',
  TOO_MANY_STREAMS: 'Este arquivo tem faixas demais. Deixe a imagem e uma faixa de som e envie de novo.',
  TOO_MANY_STREAMS_known:
    'Este arquivo tem {{streams}} faixas; são aceitas {{maxStreams}}. Deixe a imagem e uma faixa de som e envie de novo.',
  PICTURE_TOO_LARGE: 'A imagem é maior do que o aceito. Reduza-a para 4K ou menos e envie de novo.',
  PICTURE_TOO_LARGE_known:
    'A imagem tem {{width}} × {{height}}; são aceitos no máximo {{maxWidth}} × {{maxHeight}}. Reduza-a para 4K ou menos e envie de novo.',
  SOURCE_REFUSED:
    'O site não entrega este vídeo: ele pode ser privado, ter restrição de país ou de idade, ou exigir uma conta. Baixe-o você mesmo e envie o arquivo.',
  SOURCE_REFUSED_known: 'O site não entrega este vídeo: {{reason}}. Baixe-o você mesmo e envie o arquivo.',
  SOURCE_REFUSED_live: 'Isto é uma transmissão ao vivo, que ainda não tem fim. Envie o link de novo quando ela acabar.',

  // subtitles
  BAD_SUBTITLES: 'Estas legendas não podem ser usadas como estão. Corrija o arquivo e envie de novo.',
  BAD_SUBTITLES_known: 'Linha {{line}} das legendas: {{reason}}. Corrija e envie o arquivo de novo.',
  LINE_TOO_LONG: 'Uma linha das legendas é longa demais para ser falada. Divida-a e envie o arquivo de novo.',
  LINE_TOO_LONG_known:
    'A linha {{line}} tem mais de {{limit}} caracteres, longa demais para ser falada. Divida-a e envie o arquivo de novo.',

  // providers
  NEEDS_LANGUAGE: 'Que idioma é falado nele? Escolha abaixo ou acrescente, por exemplo, from:en.',
  NO_TRANSCRIBER:
    'Ninguém aqui consegue transformar esta fala em texto. Envie um arquivo de legendas (.srt, .vtt) ou peça a um administrador que inclua uma chave com /settings keys.',
  NO_TRANSCRIBER_known:
    'Ninguém aqui consegue transformar fala em {{language, language}} em texto. Envie um arquivo de legendas (.srt, .vtt) ou peça a um administrador que inclua uma chave com /settings keys.',
  NO_TRANSLATOR:
    'Ninguém aqui consegue traduzir entre esses idiomas. Peça a um administrador que inclua uma chave com /settings keys ou que instale o par do apertium.',
  NO_TRANSLATOR_known:
    'Ninguém aqui consegue traduzir de {{from, language}} para {{to, language}}. Peça a um administrador que inclua uma chave com /settings keys ou que instale o par do apertium.',
  NO_VOICE:
    'Ninguém aqui fala esse idioma. Escolha outra voz (veja /voices) ou peça a um administrador que inclua uma chave com /settings keys.',
  NO_VOICE_known: '{{provider}} não tem a voz “{{voice}}” para este idioma. /voices lista as que existem.',
  NO_VOICE_partly:
    'Ninguém aqui fala {{language, language}}. Escolha outra voz (veja /voices) ou peça a um administrador que inclua uma chave com /settings keys.',
  PROVIDER_KEY:
    'Um provedor não aceita a chave dele. Um administrador pode trocá-la com /settings keys; depois tente de novo.',
  PROVIDER_KEY_known:
    '{{provider}} não aceita a chave. Um administrador pode trocá-la com /settings keys; depois tente de novo.',
  PROVIDER_REFUSED: 'Um provedor recusou este conteúdo. Tente com outro provedor ou mude o texto.',
  PROVIDER_REFUSED_known: '{{provider}} recusou este conteúdo. Tente com outro provedor ou mude o texto.',
  PROVIDER_OUTPUT:
    'Um provedor deu uma resposta que não pode ser usada. Uma nova tentativa será feita; outro provedor talvez se saia melhor.',
  PROVIDER_OUTPUT_known:
    '{{provider}} deu uma resposta que não pode ser usada. Uma nova tentativa será feita; outro provedor talvez se saia melhor.',
  PROVIDER_BUSY:
    'Um provedor está sobrecarregado ou a cota dele acabou. Uma nova tentativa será feita mais tarde; outro provedor pode estar livre agora.',
  PROVIDER_BUSY_known:
    '{{provider}} está com sobrecarga ou a cota acabou. Uma nova tentativa será feita mais tarde; outro provedor pode estar livre agora.',
  PROVIDER_DOWN:
    'Um provedor não responde. Uma nova tentativa será feita mais tarde; outro provedor pode estar no ar agora.',
  PROVIDER_DOWN_known:
    '{{provider}} não responde. Uma nova tentativa será feita mais tarde; outro provedor pode estar no ar agora.',

  // the machine
  NETWORK: 'A conexão caiu. Uma nova tentativa será feita automaticamente.',
  NETWORK_known: 'A conexão com {{host}} caiu. Uma nova tentativa será feita automaticamente.',
  TIMEOUT:
    'Isto demorou mais do que podia. Uma nova tentativa será feita automaticamente; se acontecer de novo, um material mais curto ajuda.',
  TIMEOUT_known:
    'Isto demorou mais de {{timeoutMs, duration}}. Uma nova tentativa será feita automaticamente; se acontecer de novo, um material mais curto ajuda.',
  TIMEOUT_partly:
    '{{provider}} demorou mais de {{seconds}} s. Uma nova tentativa será feita automaticamente; outro provedor pode ser mais rápido.',
  DISK_FULL:
    'O disco do estúdio está cheio. O trabalho espera e continua sozinho assim que houver espaço: exclua projetos antigos ou aumente o disco.',
  DATABASE_DOWN:
    'O banco de dados não responde. O trabalho espera e continua sozinho; quem cuida do estúdio pode verificar com npm run doctor.',
  QUEUE_DOWN:
    'A fila não responde. O trabalho espera e continua sozinho; quem cuida do estúdio pode verificar com npm run doctor.',
  STORE_DOWN:
    'O armazenamento de arquivos não responde. O trabalho espera e continua sozinho; quem cuida do estúdio pode verificar com npm run doctor.',
  TOOL_MISSING: 'Falta um programa necessário. O trabalho espera; npm run doctor diz como instalá-lo.',
  TOOL_MISSING_known:
    'O programa {{command}} não está instalado. O trabalho espera; npm run doctor diz como instalá-lo.',
  TOOL_FAILED:
    'Um programa parou com erro. Tente de novo; se acontecer outra vez, o material pode ser incomum: tente outra versão dele.',
  TOOL_FAILED_known:
    '{{command}} parou com erro. Tente de novo; se acontecer outra vez, o material pode ser incomum: tente outra versão dele.',
  BAD_ENV: 'As configurações do ambiente não podem ser usadas. Corrija-as e inicie de novo.',
  BAD_ENV_known: 'As configurações do ambiente não podem ser usadas: {{problems}}. Corrija-as e inicie de novo.',
  WRONG_SECRET_KEY:
    'SECRET_KEY não é a que cifrou as chaves guardadas. Inicie de novo com a anterior ou cadastre as chaves outra vez.',
  CANCELLED: 'Isto foi cancelado.',
  CRASHED:
    'Isto derrubou o processo de trabalho várias vezes e foi posto de lado. Tente de novo ou use outra versão do material.',
  CRASHED_known:
    'Isto derrubou o processo de trabalho {{crashes}} vezes e foi posto de lado. Tente de novo ou use outra versão do material.',
  LOW_QUALITY: 'O resultado pode não estar bom o bastante. Veja e então aprove, edite ou refaça.',
  LOW_QUALITY_no_speech:
    'Nenhuma fala foi reconhecida. Se alguém fala, envie um arquivo de legendas ou refaça com outro provedor.',
  INTERNAL:
    'Algo deu errado no próprio estúdio. Nada se perdeu: tente de novo; se acontecer outra vez, o registro do estúdio diz mais.',

  subtitles: {
    empty: 'não há nenhuma linha de texto',
    no_times: 'faltam os tempos, por exemplo 00:00:01,000 --> 00:00:02,500',
    bad_time: 'um tempo não pode ser lido; deve ser como 00:00:01,000 --> 00:00:02,500',
    negative: 'um tempo fica antes do início do vídeo',
    end_before_start: 'ela termina antes de começar',
    overlap: 'ela começa antes de a linha de cima terminar',
    too_many: 'há mais linhas do que o aceito',
    bad_json: 'isto não é o JSON que /transcribe produz',
    unknown_format: 'este formato de legendas não é conhecido aqui (.srt, .vtt, .ass ou .json)',
  },
}
