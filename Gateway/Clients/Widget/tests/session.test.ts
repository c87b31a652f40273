import { afterEach, expect, it, vi } from 'vitest';
import { browserPorts } from '../src/browser';

afterEach(() => vi.unstubAllGlobals());

it('names the time zone of the browser when it starts a session', async () => {
  const asked = vi.fn(async () => new Response(JSON.stringify({ token: 't' }), { status: 200 }));
  vi.stubGlobal('fetch', asked);

  await browserPorts('https://desk.example', 'web').createSession({ visitor: null, identityToken: null });

  const [, request] = asked.mock.calls[0] as unknown as [string, RequestInit];
  expect(JSON.parse(request.body as string)).toEqual({ inbox: 'web', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
});
