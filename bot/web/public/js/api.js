/** The room refused a call: `status`, `code` and `detail` of its problem+json. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status))
    this.status = status
    this.problem = problem
  }
}

export async function call(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Refusal(response.status, await response.json().catch(() => ({})))
  return response.status === 204 ? undefined : response.json()
}

/** Sends a form with files; `onProgress` hears the share that is up. Only XMLHttpRequest tells how far an upload is. */
export function upload(url, form, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.responseType = 'json'
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onload = () =>
      request.status < 300 ? resolve(request.response) : reject(new Refusal(request.status, request.response ?? {}))
    request.onerror = () => reject(new Refusal(0, {}))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}
