import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ClientFrame, Entry } from '../../src/protocol/frames';
import { World } from './world';

interface Step { connect?: true; client?: Record<string, unknown>; clientText?: string; clientFill?: number; clientBinary?: true; server?: Record<string, unknown>; close?: number; drop?: true; agent?: string; wait?: number }
interface Vector { name: string; about: string; steps: Step[] }

const folder = new URL('../../../../../docs/protocol/vectors/', import.meta.url);
const vectors = readdirSync(folder).map(file => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Vector);

/** `<a × 10000>` is the letter ten thousand times; what the server fills in gets a value. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'retryAfter' ? 5 : key === 'at' ? '2026-01-05T10:00:00+00:00' : filled(inner)]));
  if (typeof value !== 'string') return value;
  const many = /^<(.) × (\d+)>$/.exec(value);
  if (many) return (many[1] ?? '').repeat(Number(many[2]));
  return value === '<any>' ? 'any' : value.replace(/^<(\w+)>$/, '$1-1');
}

/** Plays the server's side of a vector against the client, and has the contact do what the client's frames say. */
class Replay {
  readonly world = new World();
  readonly chat = this.world.client();
  readonly expected = new Map<number, Entry>();
  #read = 0; // frames of the line that the vector has named
  #sequence = 1;

  constructor() {
    this.world.up = false;
    this.world.onFrame = (line, frame) => { if (frame.type === 'ping') line.say({ type: 'pong', at: '' }); };
  }

  async play(step: Step): Promise<void> {
    if (step.connect) await this.#connect();
    else if (step.client) await this.#client(filled(step.client) as ClientFrame & { id?: string; text?: string });
    else if (step.server) this.#server(filled(step.server) as Record<string, unknown>);
    else if (step.close) this.#end(step.close);
    else if (step.drop) this.#end(1006);
    else if (step.wait) await this.world.clock.pass(step.wait * 1000);
    await this.world.clock.pass(0);
  }

  async #connect(): Promise<void> {
    const before = this.world.lines.length;
    this.world.up = true;
    this.chat.connection.start();
    await this.world.clock.pass(0);
    expect(this.world.lines.length, 'the client connects').toBe(before + 1);
    this.#read = 0;
  }

  #end(code: number): void {
    this.world.up = code === 4401; // after it the client has to come back by itself, at once
    this.world.line.end(code);
    this.#read = 0;
  }

  async #client(frame: ClientFrame & { id?: string; text?: string }): Promise<void> {
    if (frame.type === 'hello') {
      if ('v' in frame && frame.v !== 1) return; // a client of another version
      const { conversation, upTo } = this.chat.transcript;
      expect(this.#next('hello')).toMatchObject({ v: 1, token: `token-${this.world.sessions.length}`, ...(conversation && { conversation, after: upTo }) });
    } else if (frame.type === 'send') await this.#send(frame.id, frame.text);
    else if (frame.type === 'requestPerson' && this.chat.transcript.conversation) {
      this.chat.askForPerson();
      expect(this.#next('requestPerson')).toBeTruthy();
    } else if (frame.type === 'renew') expect(this.#next('renew')).toBeTruthy();
  }

  async #send(id: string | undefined, text: string | undefined): Promise<void> {
    if (this.chat.outbox.items.some(item => item.id === id)) return expect(this.#next('send')).toMatchObject({ id, text });
    const known = this.chat.transcript.acknowledged.find(message => message.id === id);
    if (known || !id || id.length > 128 || text === undefined) return; // a frame that this client never sends
    const added = this.chat.outbox.items.length;
    (this.chat as unknown as { newId: () => string }).newId = () => id;
    const sent = this.chat.send(text);
    expect(sent, 'only what the server would take is sent').toBe(text.trim() !== '' && text.length <= 10_000);
    if (sent) expect(this.#next('send')).toMatchObject({ id });
    else expect(this.chat.outbox.items.length).toBe(added);
  }

  #next(type: string): ClientFrame | undefined {
    const { sent } = this.world.line;
    const at = sent.findIndex((frame, i) => i >= this.#read && frame.type === type);
    if (at >= 0) this.#read = at + 1;
    return sent[at];
  }

  #server(frame: Record<string, unknown>): void {
    if (frame['type'] === 'entries') {
      const entries = (frame['entries'] as Entry[]).map(entry => {
        this.#sequence = Math.max(this.#sequence, entry.sequence ?? this.#sequence + 1);
        return { ...entry, sequence: entry.sequence ?? this.#sequence };
      });
      for (const entry of entries) this.expected.set(entry.sequence, entry);
      frame = { ...frame, entries, upTo: entries.at(-1)?.sequence ?? 0, lastSequence: this.#sequence };
    }
    this.world.line.say(frame['type'] === 'token' ? { ...frame, token: 'token-1', expiresAt: new Date(this.world.clock.now + 900_000).toISOString() } : frame);
  }
}

test('There are vectors', () => expect(vectors.length).toBeGreaterThan(15));

test.each(vectors.map(vector => [vector.name, vector] as const))('Vector %s', async (_, { steps }) => {
  const replay = new Replay();
  for (const step of steps) await replay.play(step);
  const { transcript, connection, outbox } = replay.chat;

  expect(transcript.entries).toEqual([...replay.expected.values()].sort((a, b) => a.sequence - b.sequence));
  const last = steps.findLast(step => !step.wait)!;
  if (last.close === 4400) {
    expect([connection.phase, connection.problem]).toEqual(['stopped', 'reload']);
  } else if (last.close === 4401) {
    expect(replay.world.sessions.length, 'a new session').toBe(2);
    expect(replay.world.sessions[1]?.visitor).toBe('visitor-1');
  } else if (last.close) {
    expect(connection.phase).toBe('waiting');
  } else {
    expect(connection.phase).toBe('open');
    expect(outbox.items.filter(item => !item.failed)).toEqual([]);
  }
});
