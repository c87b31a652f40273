// A small stand-in for the Gateway, for looking at the widget: the protocol of docs/protocol/chat-v1.md with one made-up shop.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { WebSocketServer } from 'ws';

const dist = new URL('../../dist/widget.js', import.meta.url);
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws:; require-trusted-types-for 'script'; trusted-types customer-service-widget";
const citation = (article, title, headingPath) => ({ article, version: '1', title, headingPath });
const answers = {
  en: [['You can follow your parcel on the Orders page.', [citation('track', 'Track your order', 'On the website')]], ['A tracking number also comes by email as soon as the parcel leaves us.', [citation('track', 'Track your order', 'By email'), citation('delivery', 'Delivery times and prices', '')]]],
  ar: [['يمكنك متابعة طردك في صفحة الطلبات.', [citation('track', 'تتبع طلبك', '')]], ['يصل رقم التتبع أيضًا بالبريد الإلكتروني.', [citation('delivery', 'مواعيد التوصيل وأسعاره', '')]]],
};
const html = '<h1>Track your order</h1><p>Every parcel can be followed from the moment it leaves our warehouse.</p><h2>On the website</h2><p>Open <strong>My orders</strong> and choose the order. You see:</p><ul><li>where the parcel is</li><li>when it will arrive</li></ul><h2>By email</h2><p>We send a <a href="https://shop.example/orders">tracking number</a> as soon as the parcel is on its way.</p><table><thead><tr><th scope="col">To</th><th scope="col">Days</th></tr></thead><tbody><tr><td>Germany</td><td>2 to 3</td></tr><tr><td>France</td><td>3 to 4</td></tr></tbody></table><script>alert(1)</script><p>Not there after ten days? Write to us.</p>';

/** @returns {Promise<{ address: string, shop: object, close: () => void }>} `shop` is what the business does: reply, typing, holder, resolve, refuse, delay, drop. */
export async function start(options = {}) {
  const visitors = new Map();
  const sockets = new Set();
  const shop = { refuse: null, answer: true, sessions: true, mute: false, ...options };

  const page = (lang, extra) => `<!doctype html><html lang="${lang}" dir="${lang === 'ar' || lang === 'he' ? 'rtl' : 'ltr'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title><link rel="icon" href="/widget.js"><main><h1>A shop</h1><p>Something to buy.</p><button>Buy</button></main><script src="/widget.js" data-inbox="web" ${extra} async></script></html>`;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const json = (status, body) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/') return response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': csp }).end(page(url.searchParams.get('lang') ?? 'en', url.searchParams.get('attributes') ?? ''));
    if (url.pathname === '/widget.js') return response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(await readFile(dist));
    if (url.pathname.startsWith('/chat/v1/articles/')) return url.pathname.endsWith('/track') ? json(200, { id: 'track', version: '1', title: 'Track your order', language: 'en', updatedAt: '2026-01-02T00:00:00Z', html }) : json(404, { code: 'article.not_found' });
    if (url.pathname !== '/chat/v1/sessions') return response.writeHead(404).end();
    if (shop.refuseSession) return json(shop.refuseSession, { code: 'inbox.not_found' });
    if (!shop.sessions) return json(503, {});
    let body = '';
    for await (const part of request) body += part;
    const visitor = JSON.parse(body).visitor ?? randomUUID();
    if (!visitors.has(visitor)) visitors.set(visitor, { id: null, entries: [], holder: { kind: 'assistant', name: null }, status: null });
    json(200, { token: visitor, expiresAt: new Date(Date.now() + 900_000).toISOString(), visitor, inbox: 'web', contact: { name: null, verified: false }, tenant: { name: 'Quillmere' }, assistant: { automated: true, notice: null } });
  });

  const push = (of, entry) => {
    of.entries.push({ sequence: (of.entries.at(-1)?.sequence ?? 1) + 1, at: new Date().toISOString(), ...entry });
    for (const socket of sockets) if (socket.of === of && !shop.mute) catchUp(socket);
  };
  const catchUp = socket => {
    const { entries, id } = socket.of;
    const last = entries.at(-1)?.sequence ?? 0;
    const missing = entries.filter(entry => entry.sequence > socket.position);
    if (missing.length) socket.say({ type: 'entries', conversation: id, entries: missing, upTo: last, lastSequence: last });
    socket.position = last;
  };
  const handle = (socket, frame) => {
    const { of } = socket;
    if (frame.type === 'ping') socket.say({ type: 'pong', at: new Date().toISOString() });
    if (frame.type === 'read') push(of, { kind: 'read', reader: 'contact', upTo: frame.upTo });
    if (frame.type === 'requestPerson') { socket.say({ type: 'ack', id: frame.id }); shop.holder(of, 'queue'); }
    if (frame.type !== 'send' || shop.mute) return;
    if (shop.refuse) return socket.say({ type: 'error', id: frame.id, retryable: false, ...shop.refuse });
    of.id ??= randomUUID();
    of.status = 'open';
    const known = of.entries.find(entry => entry.id === frame.id);
    if (!known) push(of, { kind: 'message', author: { kind: 'contact', name: null }, id: frame.id, text: frame.text });
    socket.say({ type: 'ack', id: frame.id, conversation: of.id, sequence: (known ?? of.entries.at(-1)).sequence, at: new Date().toISOString(), repeat: !!known });
    if (known || !shop.answer || of.holder.kind !== 'assistant') return;
    const language = /[\u0600-\u06ff]/.test(frame.text) ? 'ar' : 'en';
    const sentences = answers[language].map(([text, citations]) => ({ text, citations }));
    setTimeout(() => push(of, { kind: 'message', author: { kind: 'assistant', name: null }, language, text: sentences.map(s => s.text).join(' '), sentences }), 300);
  };

  new WebSocketServer({ server }).on('connection', socket => {
    if (shop.deaf) return socket.terminate();
    socket.say = frame => socket.send(JSON.stringify(frame));
    socket.on('message', data => {
      const frame = JSON.parse(data);
      if (frame.type !== 'hello') return handle(socket, frame);
      socket.of = visitors.get(frame.token);
      if (!socket.of) return socket.close(4401);
      const { id, entries, holder, status } = socket.of;
      socket.position = frame.conversation === id ? frame.after ?? 0 : 0;
      socket.say({ type: 'welcome', v: 1, conversation: id, lastSequence: entries.at(-1)?.sequence ?? 0, status, holder, limits: { textLength: 10000 } });
      sockets.add(socket);
      catchUp(socket);
    });
    socket.on('close', () => sockets.delete(socket));
  });

  Object.assign(shop, {
    everybody: () => [...visitors.values()],
    holder: (of, kind, name = null) => { of.holder = { kind, name }; push(of, { kind: 'baton', holder: of.holder }); },
    reply: (of, text) => push(of, { kind: 'message', author: of.holder, text }),
    read: of => push(of, { kind: 'read', reader: 'agent', upTo: of.entries.at(-1).sequence }),
    resolve: of => { of.status = 'resolved'; push(of, { kind: 'status', status: 'resolved' }); },
    typing: on => { for (const socket of sockets) socket.say({ type: 'typing', author: socket.of.holder, on }); },
    drop: () => { for (const socket of sockets) socket.terminate(); },
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, shop, close: () => { shop.drop(); server.close(); server.closeAllConnections(); } };
}
