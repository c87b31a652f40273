import type { Session } from './protocol/frames';
import type { Ports, SessionResult } from './protocol/ports';

/** The protocol's ports in a browser. */
export function browserPorts(server: string, inbox: string): Ports {
  return {
    now: Date.now,
    random: Math.random,
    after(delay, action) {
      const timer = setTimeout(action, delay);
      return () => clearTimeout(timer);
    },
    connect(listener) {
      const socket = new WebSocket(`${server.replace(/^http/, 'ws')}/chat/v1/socket?inbox=${encodeURIComponent(inbox)}`);
      socket.onopen = () => listener.opened();
      socket.onmessage = event => listener.received(event.data);
      socket.onclose = event => listener.closed(event.code);
      return { send: text => { if (socket.readyState === 1) socket.send(text); }, close: () => socket.close(1000) };
    },
    createSession: ({ visitor, identityToken }) =>
      createSession(server, { inbox, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...(visitor && { visitor }), ...(identityToken && { identityToken }) }),
  };
}

async function createSession(server: string, body: object): Promise<SessionResult> {
  try {
    const response = await fetch(`${server}/chat/v1/sessions`, {
      method: 'POST', credentials: 'omit', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(15_000),
    });
    if (response.ok) return { session: (await response.json()) as Session };
    const problem = (await response.json().catch(() => ({}))) as { code?: string };
    return { code: problem.code ?? '', status: response.status, retryAfter: Number(response.headers.get('Retry-After')) || null };
  } catch {
    return { code: '', status: 0, retryAfter: null };
  }
}

/** A random id; `crypto.randomUUID` is missing on pages without https. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
