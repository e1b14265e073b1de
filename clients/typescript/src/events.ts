/** One event of a `text/event-stream`. */
export interface ServerEvent {
  event: string
  data: string
}

/** The events of a body as they come; comments, which keep a connection alive, are left out. */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder()
  let text = ''
  // Leaving the loop early cancels the body, and with it the request.
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = parse(text.slice(0, end))
      text = text.slice(end + 2)
      if (event) yield event
    }
  }
}

function parse(block: string): ServerEvent | undefined {
  const event: ServerEvent = { event: 'message', data: '' }
  const data: string[] = []
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const value = line.slice(colon + 1).replace(/^ /, '')
    if (line.startsWith('event:')) event.event = value
    if (line.startsWith('data:')) data.push(value)
  }
  event.data = data.join('\n')
  return event.event === 'message' && data.length === 0 ? undefined : event
}
