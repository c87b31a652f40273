import { expect, test } from 'vitest';
import { lines } from '../../src/chat/lines';
import type { ClientFrame, Entry } from '../../src/protocol/frames';
import { welcome, World, type Line } from './world';

/** A small generator of chance that a seed repeats (mulberry32). */
const chanceOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

/** A server as section 3 to 6 promise it, on a network that breaks, repeats and waits. */
class Server {
  conversation: string | null = null;
  entries: Entry[] = [];
  readonly stored = new Map<string, { text: string; conversation: string; sequence: number }>();
  readonly order: string[] = [];
  #conversations = 0;
  #position = 0;
  #closed = false;

  constructor(readonly world: World, readonly chance: () => number) {
    world.onFrame = (line, frame) => this.#later(() => this.#take(line, frame));
  }

  /** Arrives after a while, or never when the line breaks first. */
  #later(action: () => void): void {
    this.world.clock.after(this.chance() * 400, action);
  }

  #tell(line: Line, frame: object): void {
    if (this.chance() < 0.05) return line.end(1006);
    line.say(frame);
    if (this.chance() < 0.1 && 'entries' in frame) line.say(frame);
  }

  #take(line: Line, frame: ClientFrame): void {
    if (line.ended) return;
    if (frame.type === 'ping') return this.#tell(line, { type: 'pong', at: '' });
    if (frame.type === 'hello') {
      const last = this.entries.at(-1)?.sequence ?? 0;
      this.#tell(line, welcome({ conversation: this.conversation, lastSequence: last, status: this.conversation && 'open' }));
      this.#position = frame.conversation === this.conversation ? frame.after ?? 0 : 0;
      return this.catchUp(line);
    }
    if (frame.type !== 'send') return;
    if (this.chance() < 0.1) return this.#tell(line, { type: 'error', id: frame.id, code: 'rate.limited', retryable: true, retryAfter: 2 });
    const known = this.stored.get(frame.id);
    if (!known) this.#store(frame.id, frame.text);
    const ackFirst = this.chance() < 0.5;
    if (!ackFirst) this.catchUp(line);
    const { conversation, sequence } = this.stored.get(frame.id)!;
    if (this.chance() < 0.9) this.#tell(line, { type: 'ack', id: frame.id, conversation, sequence, at: '2026-01-05T10:00:00Z', repeat: !!known });
    if (ackFirst) this.#later(() => this.catchUp(line));
  }

  #store(id: string, text: string): void {
    if (!this.conversation || this.#closed) {
      this.#closed = false;
      this.conversation = `c-${++this.#conversations}`;
      this.entries = [];
      this.#position = 0;
    }
    const sequence = this.#add({ kind: 'message', author: { kind: 'contact', name: null }, id, text });
    this.stored.set(id, { text, conversation: this.conversation, sequence });
    this.order.push(text);
    if (this.chance() < 0.7) this.#add({ kind: 'message', author: { kind: 'assistant', name: null }, text: `To ${text}` });
  }

  #add(entry: Partial<Entry>): number {
    const sequence = (this.entries.at(-1)?.sequence ?? 1) + 1 + Math.floor(this.chance() * 2); // notes leave gaps
    this.entries.push({ sequence, at: '2026-01-05T10:00:00Z', kind: 'message', ...entry });
    return sequence;
  }

  /** Pages of at most three. */
  catchUp(line: Line): void {
    const missing = this.entries.filter(entry => entry.sequence > this.#position).slice(0, 3);
    if (!missing.length || line.ended) return;
    this.#position = missing.at(-1)!.sequence;
    this.#tell(line, { type: 'entries', conversation: this.conversation, entries: missing, upTo: this.#position, lastSequence: this.entries.at(-1)!.sequence });
    this.#later(() => this.catchUp(line));
  }

  /** The conversation is closed for good: the next message opens another. */
  resolve(): void {
    this.#closed = this.conversation !== null;
  }
}

async function play(seed: number): Promise<void> {
  const world = new World();
  const chance = chanceOf(seed);
  const server = new Server(world, chance);
  world.ports.random = chance;
  let chat = world.client();
  const written: string[] = [];

  for (let i = 0; i < 25; i++) {
    const what = chance();
    if (what < 0.5) {
      written.push(`Message ${written.length}`);
      chat.send(written.at(-1)!);
    } else if (what < 0.65) world.lines.at(-1)?.end(1006);
    else if (what < 0.75) world.up = !world.up;
    else if (what < 0.8) world.lines.at(-1)?.end(4401);
    else if (what < 0.85) server.resolve();
    else if (what < 0.9) {
      chat.connection.stop(); // the page is left, and opened again
      chat = world.client(null, () => `again-${seed}-${i}-${written.length}`);
      chat.connection.start();
    }
    await world.clock.pass(chance() * 3000);
  }

  world.up = true;
  (server as unknown as { chance: () => number }).chance = () => 0.5;
  chat.connection.start();
  await world.clock.pass(300_000);

  expect(server.order, 'stored once each, in the order they were written').toEqual(written);
  expect(chat.outbox.items).toEqual([]);
  if (server.conversation) {
    expect(chat.transcript.entries).toEqual(server.entries);
    expect(chat.transcript.acknowledged).toEqual([]);
  }
  const shown = lines({ transcript: chat.transcript, pending: chat.outbox.items, online: true });
  expect(new Set(shown.map(line => line.key)).size, 'every line once').toBe(shown.length);
  const words = shown.flatMap(line => (line.kind === 'message' && line.own ? [line.text] : []));
  expect(words, 'shown in order, once').toEqual(written.filter(text => words.includes(text)));
}

test('On a bad network nothing is lost, doubled or out of order', async () => {
  for (let seed = 0; seed < 200; seed++) {
    await play(seed).catch((error: unknown) => { throw new Error(`With seed ${seed}`, { cause: error }); });
  }
});
