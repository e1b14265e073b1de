// Runs public audits and clients against a running front: node run.mjs <origin> <token> [audits].
// `audits` stops after the 61 audits of GraphQL over HTTP.
// Prints one line a check; exit code 1 when one fails.
import { serverAudits } from 'graphql-http';
import { createClient as createSocketClient } from 'graphql-ws';
import { createClient as createEventClient } from 'graphql-sse';
import WebSocket from 'ws';

const [origin, token, only] = process.argv.slice(2);
const url = `${origin}/graphql`;
const authorization = `Bearer ${token}`;
let passed = 0;
let failed = 0;
const report = (name, problem) => {
  if (problem) failed += 1; else passed += 1;
  if (problem) console.log(`FAILED ${name}: ${problem}`);
};

const withToken = (input, init = {}) =>
  fetch(input, { ...init, headers: { ...init.headers, authorization } });
for (const audit of serverAudits({ url, fetchFn: withToken })) {
  const result = await audit.fn();
  report(`graphql-http ${audit.id} ${audit.name}`, result.status === 'ok' ? null : `${result.status}: ${result.reason}`);
}

if (only === 'audits') {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(passed === 61 && failed === 0 ? 0 : 1);
}

const collect = async (results) => {
  const seen = [];
  for await (const result of results) seen.push(result);
  return seen;
};
const check = async (name, expected, run) => {
  try {
    const seen = JSON.stringify(await run());
    report(name, seen === JSON.stringify(expected) ? null : seen);
  } catch (error) {
    report(name, error?.message ?? `${error?.code} ${error?.reason} ${JSON.stringify(error)}`);
  }
};
const counted = [1, 2, 3].map((count) => ({ count }));
const count = { query: 'subscription { count(to: 3) }' };

const socket = createSocketClient({
  url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization },
});
await check('graphql-ws subscription', counted, async () => (await collect(socket.iterate(count))).map((r) => r.data));
await check('graphql-ws query', [{ hello: 'world' }], async () => (await collect(socket.iterate({ query: '{ hello }' }))).map((r) => r.data));
await check('graphql-ws refusal', 'GRAPHQL_VALIDATION_FAILED', async () => {
  try { await collect(socket.iterate({ query: '{ nothing }' })); } catch (errors) { return errors[0].extensions.code; }
});
await socket.dispose();
const stranger = createSocketClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: 'Bearer x' } });
await check('graphql-ws bad token', 4403, async () => {
  try { await collect(stranger.iterate(count)); } catch (close) { return close.code; }
});

const events = createEventClient({ url, headers: { authorization }, retryAttempts: 0 });
await check('graphql-sse subscription', counted, async () => (await collect(events.iterate(count))).map((r) => r.data));
await check('graphql-sse query', [{ hello: 'world' }], async () => (await collect(events.iterate({ query: '{ hello }' }))).map((r) => r.data));
await check('graphql-sse refusal', 'GRAPHQL_VALIDATION_FAILED', async () => (await collect(events.iterate({ query: '{ nothing }' })))[0].errors[0].extensions.code);
events.dispose();

const single = createEventClient({ url: `${url}/stream`, headers: { authorization }, retryAttempts: 0, singleConnection: true });
await check('graphql-sse single connection', [counted, [{ hello: 'world' }]], async () => Promise.all(
  [count, { query: '{ hello }' }].map(async (operation) => (await collect(single.iterate(operation))).map((r) => r.data)),
));
await check('graphql-sse single connection refusal', 'GRAPHQL_VALIDATION_FAILED', async () => (await collect(single.iterate({ query: '{ nothing }' })))[0].errors[0].extensions.code);
single.dispose();

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
