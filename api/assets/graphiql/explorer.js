// Starts GraphiQL with our endpoint, a bearer token and a language.
// A link may carry the token behind '#token=': it stays in the browser and is taken out of the address.
(() => {
  'use strict';

  const token = document.getElementById('token');
  const lang = document.getElementById('lang');
  const who = document.getElementById('who');

  const fromLink = new URLSearchParams(location.hash.slice(1)).get('token');
  if (fromLink) {
    sessionStorage.setItem('token', fromLink);
    history.replaceState(null, '', location.pathname + location.search);
  }
  token.value = sessionStorage.getItem('token') || '';
  lang.value = sessionStorage.getItem('lang') || 'en';

  // Only shown: who the token says it is. The server alone judges it.
  const showBearer = () => {
    who.textContent = '';
    try {
      const claims = JSON.parse(atob(token.value.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
      const until = new Date(claims.exp * 1000).toLocaleString();
      who.textContent = `${claims.sub} (${claims.kind}) until ${until}`;
    } catch { /* no token, or not one of ours */ }
  };
  showBearer();

  token.addEventListener('input', () => {
    sessionStorage.setItem('token', token.value.trim());
    showBearer();
  });
  lang.addEventListener('change', () => sessionStorage.setItem('lang', lang.value));
  document.getElementById('bar').addEventListener('submit', (event) => event.preventDefault());

  const send = (params, accept, options) => {
    const headers = { 'content-type': 'application/json', accept, 'accept-language': lang.value };
    if (token.value.trim()) headers.authorization = `Bearer ${token.value.trim()}`;
    Object.assign(headers, options.headers);
    return fetch('graphql', { method: 'POST', headers, body: JSON.stringify(params), signal: options.signal });
  };

  // The editor's syntax tree lags behind fast typing, so the text itself is looked at.
  const isSubscription = ({ query, operationName }) => {
    const text = query.replace(/#.*$/gm, '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
    const starts = [...text.matchAll(/(?:^|\})\s*(subscription)\b\s*(\w*)/g)];
    return starts.some((start) => !operationName || start[2] === operationName);
  };

  // Reads server-sent events: one result an event until 'complete'.
  async function* events(params, options) {
    const stop = new AbortController();
    const response = await send(params, 'text/event-stream', { ...options, signal: stop.signal });
    if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
      yield await response.json();
      return;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = '';
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        buffer += value;
        const blocks = buffer.split('\n\n');
        buffer = blocks.pop();
        for (const block of blocks) {
          if (block.startsWith('event: complete')) return;
          const data = block.split('\n').find((line) => line.startsWith('data: '));
          if (data) yield JSON.parse(data.slice(6));
        }
      }
    } finally {
      stop.abort();
    }
  }

  const fetcher = (params, options = {}) => isSubscription(params)
    ? events(params, options)
    : send(params, 'application/graphql-response+json, application/json;q=0.9', options).then((r) => r.json());

  const defaultQuery = '# Paste a bearer token above, then write a query here.\n{\n  __typename\n}\n';
  const root = ReactDOM.createRoot(document.getElementById('explorer'));
  root.render(React.createElement(GraphiQL, { fetcher, defaultQuery, shouldPersistHeaders: false }));
})();
