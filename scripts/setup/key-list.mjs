/** Keys and addresses that make the studio better, and what each adds. */
export const KEYS = [
  { name: 'OPENAI_API_KEY', adds: 'translation, recognition and voices by OpenAI or any compatible service' },
  { name: 'OPENAI_BASE_URL', adds: 'another OpenAI-compatible service (Groq, a local faster-whisper server …)' },
  { name: 'OLLAMA_HOST', adds: 'translation by a language model on your own machine' },
  { name: 'ELEVENLABS_API_KEY', adds: 'natural voices with exact timings' },
  { name: 'DATABASE_URL', adds: 'your own PostgreSQL instead of the embedded one' },
  { name: 'REDIS_URL', adds: 'a faster queue, for several workers' },
  { name: 'ROOM_PASSWORD', adds: 'a web room that more people than you can enter' },
]
