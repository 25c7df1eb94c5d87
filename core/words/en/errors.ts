/**
 * What people read of each code of core/errors.ts: what happened, and what to do. `<CODE>` reads well without values;
 * `<CODE>_<reason>`, else `<CODE>_known`, else `<CODE>_partly`, is used when the error's data has all its values (see `errorWords`).
 */
export const errors = {
  // requests
  INVALID_INPUT: 'Something in this request does not fit. Check it and send it again; /help shows examples.',
  INVALID_INPUT_known: '{{reason}}',
  INVALID_INPUT_fields:
    'This is not filled in as asked: {{fields}}. Nothing was changed; correct it and send it again.',
  INVALID_INPUT_body:
    'This request cannot be read. Reload the page and try again; scripts find the format in docs/room-api.md.',
  UNKNOWN_COMMAND: 'There is no such command. /help lists all of them.',
  UNKNOWN_COMMAND_partly: 'There is no command /{{command}}. /help lists all of them.',
  UNKNOWN_COMMAND_known: '{{reason}}',
  UNKNOWN_LANGUAGE: 'That is not a language known here. Use a tag such as en, es or pt-BR.',
  UNKNOWN_LANGUAGE_known: '“{{tag}}” is not a language known here. Use a tag such as en, es or pt-BR.',
  FORBIDDEN:
    'Your role does not allow this. Ask an admin of this workspace to do it, or to raise your role with /team role.',
  FORBIDDEN_known:
    'This needs the role {{role}}. Ask an admin of this workspace to do it, or to raise your role with /team role.',
  FORBIDDEN_wrongPassword: 'That is not the password. Try again, or ask whoever runs the studio.',
  FORBIDDEN_noSession: 'You are not signed in. Use the password, or open the invitation link that you were sent.',
  FORBIDDEN_foreignHost:
    'The room is not known under this address. Open it at its own; whoever runs the studio can set PUBLIC_URL.',
  FORBIDDEN_foreignOrigin: 'This came from another site and was refused. Do it in the room itself.',
  NOT_FOUND: 'That is not here, or no longer. /project list shows what there is.',
  NOT_FOUND_known: '{{reason}}',
  STALE: 'This has changed since that was shown. The newest post in the thread is the one to act on.',
  STALE_usedInvite: 'This invitation was used or has expired. Ask for a new one (/team invite).',
  ALREADY_DECIDED: 'Somebody else has decided this already. Nothing more was changed.',
  ALREADY_DECIDED_known: '{{by}} has decided this already. Nothing more was changed.',
  LIMIT_REACHED:
    'The limit of this workspace is reached. Wait until some work is finished, or ask an admin to raise it with /settings limits.',
  LIMIT_REACHED_known:
    'The limit of {{limit}} is reached. Wait until some work is finished, or ask an admin to raise it with /settings limits.',
  LIMIT_REACHED_wrongPassword: 'Too many wrong passwords. Wait a few minutes, then try again.',
  BUDGET_REACHED:
    'The spending cap of this workspace is reached. An admin can raise it with /settings limits; local engines cost nothing.',
  BUDGET_REACHED_known:
    'The spending cap of {{cap, dollars}} is reached. An admin can raise it with /settings limits; local engines cost nothing.',
  UPLOAD_TOO_LARGE: 'This file is larger than is accepted here. Send a smaller one, or a link to it.',
  UPLOAD_TOO_LARGE_known:
    'This file is larger than the {{maxBytes, bytes}} that are accepted here. Send a smaller one, or a link to it.',

  // sources and media
  DEAD_URL: 'Nothing can be fetched from this link. Open it in a browser to check it, then send it again.',
  DEAD_URL_partly: 'Nothing can be fetched from {{host}}. Open the link in a browser to check it, then send it again.',
  DEAD_URL_known:
    '{{host}} answered {{status}} instead of the file. Open the link in a browser to check it, then send it again.',
  PRIVATE_ADDRESS:
    'This link leads into a private network, which is not fetched from. Upload the file, or ask who runs the studio to allow that host.',
  PRIVATE_ADDRESS_known:
    '{{host}} is in a private network, which is not fetched from. Upload the file, or ask who runs the studio to add it to ALLOW_PRIVATE_HOSTS.',
  NOT_MEDIA: 'There is no video or sound in this. Send a link to the video itself or to its page, or upload the file.',
  NOT_MEDIA_known:
    'This is {{found}}, not a video or sound. Send a link to the video itself or to its page, or upload the file.',
  EMPTY_FILE: 'This file is empty: it has 0 bytes. Send it again; the upload may have broken off.',
  EMPTY_FILE_known: '{{name}} is empty: it has 0 bytes. Send it again; the upload may have broken off.',
  BROKEN_MEDIA:
    'This file is damaged or cut short and cannot be read to its end. Export or download it again, then send it.',
  FORBIDDEN_FORMAT:
    'Files of this kind are not accepted, since they can point to other files. Convert it to MP4, MKV, MOV, WebM, MP3 or WAV.',
  FORBIDDEN_FORMAT_known:
    'Files of the kind {{format}} are not accepted, since they can point to other files. Convert it to MP4, MKV, MOV, WebM, MP3 or WAV.',
  NO_SOUND: 'This has a picture but no sound, so there is nothing to listen to. Send a version with its sound track.',
  TOO_LARGE: 'This source is larger than is accepted here. Send a shorter or smaller version.',
  TOO_LARGE_partly:
    'This source is larger than the {{maxBytes, bytes}} that are accepted. Send a shorter or smaller version.',
  TOO_LARGE_known:
    'This source has {{bytes, bytes}}; {{maxBytes, bytes}} are accepted. Send a shorter or smaller version.',
  TOO_LONG: 'This source is longer than is accepted here. Cut it into parts and send those.',
  TOO_LONG_partly:
    'This source is longer than the {{maxMs, duration}} that are accepted. Cut it into parts and send those.',
  TOO_LONG_known:
    'This source is {{durationMs, duration}} long; {{maxMs, duration}} are accepted. Cut it into parts and send those.',
  TOO_MANY_STREAMS: 'This file has too many tracks. Keep the picture and one sound track, and send it again.',
  TOO_MANY_STREAMS_known:
    'This file has {{streams}} tracks; {{maxStreams}} are accepted. Keep the picture and one sound track, and send it again.',
  PICTURE_TOO_LARGE: 'The picture is larger than is accepted. Scale it down to 4K or less and send it again.',
  PICTURE_TOO_LARGE_known:
    'The picture is {{width}} × {{height}}; at most {{maxWidth}} × {{maxHeight}} is accepted. Scale it down to 4K or less and send it again.',
  SOURCE_REFUSED:
    'The site does not hand out this video: it may be private, limited by country or age, or need an account. Download it yourself and upload the file.',
  SOURCE_REFUSED_known: 'The site does not hand out this video: {{reason}}. Download it yourself and upload the file.',
  SOURCE_REFUSED_live: 'This is a live stream, which has no end yet. Send the link again when it is over.',

  // subtitles
  BAD_SUBTITLES: 'These subtitles cannot be used as they are. Correct the file and send it again.',
  BAD_SUBTITLES_known: 'Line {{line}} of the subtitles: {{reason}}. Correct it and send the file again.',
  LINE_TOO_LONG: 'One line of the subtitles is far too long to be said. Split it and send the file again.',
  LINE_TOO_LONG_known:
    'Line {{line}} has more than {{limit}} characters, far too long to be said. Split it and send the file again.',

  // providers
  NEEDS_LANGUAGE: 'Which language is spoken in it? Choose it below, or add for example from:en.',
  NO_TRANSCRIBER:
    'Nobody here can turn this speech into text. Upload a subtitle file (.srt, .vtt), or let an admin add a key with /settings keys.',
  NO_TRANSCRIBER_known:
    'Nobody here can turn speech in {{language, language}} into text. Upload a subtitle file (.srt, .vtt), or let an admin add a key with /settings keys.',
  NO_TRANSLATOR:
    'Nobody here can translate between these languages. Let an admin add a key with /settings keys, or install the apertium pair.',
  NO_TRANSLATOR_known:
    'Nobody here can translate from {{from, language}} to {{to, language}}. Let an admin add a key with /settings keys, or install the apertium pair.',
  NO_VOICE:
    'Nobody here can speak this language. Choose another voice (see /voices), or let an admin add a key with /settings keys.',
  NO_VOICE_known: '{{provider}} has no voice “{{voice}}” for this language. /voices lists those that there are.',
  NO_VOICE_partly:
    'Nobody here can speak {{language, language}}. Choose another voice (see /voices), or let an admin add a key with /settings keys.',
  PROVIDER_KEY: 'A provider does not accept its key. An admin can set it again with /settings keys; then retry.',
  PROVIDER_KEY_known:
    '{{provider}} does not accept its key. An admin can set it again with /settings keys; then retry.',
  PROVIDER_REFUSED: 'A provider refused this content. Retry with another provider, or change the text.',
  PROVIDER_REFUSED_known: '{{provider}} refused this content. Retry with another provider, or change the text.',
  PROVIDER_OUTPUT: 'A provider gave an answer that cannot be used. It is tried again; another provider may do better.',
  PROVIDER_OUTPUT_known:
    '{{provider}} gave an answer that cannot be used. It is tried again; another provider may do better.',
  PROVIDER_BUSY:
    'A provider is overloaded or its quota is used up. It is tried again later; another provider may be free now.',
  PROVIDER_BUSY_known:
    '{{provider}} is overloaded or its quota is used up. It is tried again later; another provider may be free now.',
  PROVIDER_DOWN: 'A provider does not answer. It is tried again later; another provider may be up now.',
  PROVIDER_DOWN_known: '{{provider}} does not answer. It is tried again later; another provider may be up now.',

  // the machine
  NETWORK: 'The connection broke off. It is tried again by itself.',
  NETWORK_known: 'The connection to {{host}} broke off. It is tried again by itself.',
  TIMEOUT: 'This took longer than it may. It is tried again by itself; a shorter source helps if it happens again.',
  TIMEOUT_known:
    'This took longer than {{timeoutMs, duration}}. It is tried again by itself; a shorter source helps if it happens again.',
  TIMEOUT_partly:
    '{{provider}} took longer than {{seconds}} s. It is tried again by itself; another provider may be faster.',
  DISK_FULL:
    'The disk of the studio is full. The work waits, and goes on by itself as soon as there is room: delete old projects or add space.',
  DATABASE_DOWN:
    'The database does not answer. The work waits and goes on by itself; who runs the studio can look with npm run doctor.',
  QUEUE_DOWN:
    'The queue does not answer. The work waits and goes on by itself; who runs the studio can look with npm run doctor.',
  STORE_DOWN:
    'The file store does not answer. The work waits and goes on by itself; who runs the studio can look with npm run doctor.',
  TOOL_MISSING: 'A program that is needed is not installed. The work waits; npm run doctor tells how to install it.',
  TOOL_MISSING_known:
    'The program {{command}} is not installed. The work waits; npm run doctor tells how to install it.',
  TOOL_FAILED:
    'A program stopped with an error. Retry; if it happens again, the source may be unusual: try another version of it.',
  TOOL_FAILED_known:
    '{{command}} stopped with an error. Retry; if it happens again, the source may be unusual: try another version of it.',
  BAD_ENV: 'The settings in the environment cannot be used. Correct them and start again.',
  BAD_ENV_known: 'The settings in the environment cannot be used: {{problems}}. Correct them and start again.',
  WRONG_SECRET_KEY:
    'SECRET_KEY is not the one that the stored keys were encrypted with. Start again with the former one, or set the keys again.',
  CANCELLED: 'This was cancelled.',
  CRASHED:
    'This brought down its worker several times and was set aside. Retry it, or try another version of the source.',
  CRASHED_known:
    'This brought down its worker {{crashes}} times and was set aside. Retry it, or try another version of the source.',
  LOW_QUALITY: 'The result may not be good enough. Look at it, then approve, edit or redo it.',
  LOW_QUALITY_no_speech:
    'No speech was recognised in it. If somebody does speak, upload a subtitle file or redo it with another provider.',
  INTERNAL:
    'Something went wrong in the studio itself. Nothing is lost: retry; if it happens again, the log of the studio tells more.',

  /** reasons of BAD_SUBTITLES */
  subtitles: {
    empty: 'there is not one line of text in it',
    no_times: 'the times are missing, for example 00:00:01,000 --> 00:00:02,500',
    bad_time: 'a time cannot be read; it should look like 00:00:01,000 --> 00:00:02,500',
    negative: 'a time is before the start of the video',
    end_before_start: 'it ends before it starts',
    overlap: 'it starts before the line above it has ended',
    too_many: 'there are more lines than are accepted',
    bad_json: 'this is not the JSON that /transcribe makes',
    unknown_format: 'this is not a subtitle format known here (.srt, .vtt, .ass or .json)',
  },
}
