import { Chat } from '../../src/chat/chat';
import { Identities, type Identity } from '../../src/chat/identity';
import { Kept, safeBox } from '../../src/chat/kept';
import type { ClientFrame } from '../../src/protocol/frames';
import type { Ports, SessionResult, SocketListener } from '../../src/protocol/ports';

interface Timer { at: number; action: () => void }

/** A clock that only moves when told, and everything that waits for it. */
export class Clock {
  now = Date.UTC(2026, 0, 5, 10);
  #timers = new Set<Timer>();

  after = (delay: number, action: () => void): (() => void) => {
    const timer = { at: this.now + delay, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Lets time pass, timer by timer; what waits for answers gets them in between. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    await settle();
    for (let next = this.#first(end); next; next = this.#first(end)) {
      this.#timers.delete(next);
      this.now = Math.max(this.now, next.at);
      next.action();
      await settle();
    }
    this.now = end;
  }

  #first(end: number): Timer | undefined {
    return [...this.#timers].filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

export const settle = async (): Promise<void> => { for (let i = 0; i < 12; i++) await Promise.resolve(); };

/** One socket of the client, seen from the server. */
export class Line {
  readonly sent: ClientFrame[] = [];
  ended = false;

  constructor(readonly listener: SocketListener) {}

  say(frame: object): void {
    if (!this.ended) this.listener.received(JSON.stringify(frame));
  }

  end(code: number): void {
    if (this.ended) return;
    this.ended = true;
    this.listener.closed(code);
  }
}

/** A client in a made-up world: its clock, its network, its browser's storage. */
export class World {
  readonly clock = new Clock();
  readonly lines: Line[] = [];
  readonly sessions: { visitor: string | null; identityToken: string | null }[] = [];
  readonly box = safeBox(() => { throw new Error('no storage'); });
  up = true;
  /** What the next session requests are answered with; a good session when there is none left. */
  answers: SessionResult[] = [];
  onLine: ((line: Line) => void) | null = null;
  onFrame: ((line: Line, frame: ClientFrame) => void) | null = null;
  chance = 0.5;
  #ids = 0;

  readonly ports: Ports = {
    now: () => this.clock.now,
    random: () => this.chance,
    after: this.clock.after,
    connect: listener => {
      const line = new Line(listener);
      void Promise.resolve().then(() => {
        if (!this.up) return line.end(1006);
        this.lines.push(line);
        listener.opened();
        this.onLine?.(line);
      });
      return {
        send: text => {
          const frame = JSON.parse(text) as ClientFrame;
          line.sent.push(frame);
          if (!line.ended) this.onFrame?.(line, frame);
        },
        close: () => { line.ended = true; },
      };
    },
    createSession: request => {
      this.sessions.push(request);
      if (!this.up) return Promise.resolve({ code: '', status: 0, retryAfter: null });
      return Promise.resolve(this.answers.shift() ?? { session: this.session(request.identityToken) });
    },
  };

  session(identityToken: string | null = null) {
    const n = this.sessions.length;
    return {
      token: `token-${n}`, expiresAt: new Date(this.clock.now + 900_000).toISOString(), visitor: identityToken ? null : `visitor-${n}`,
      contact: { name: null, verified: identityToken !== null }, tenant: { name: 'Quillmere' }, assistant: { automated: true, notice: null },
    };
  }

  client(identity: Identity = null, newId = () => `m-${++this.#ids}`): Chat {
    const kept = new Kept(this.box, 'web', 'visitor');
    return new Chat(this.ports, kept, new Identities(identity, kept), newId, () => {});
  }

  get line(): Line {
    const line = this.lines.at(-1);
    if (!line) throw new Error('The client has not connected.');
    return line;
  }
}

export const welcome = (fields: object = {}) =>
  ({ type: 'welcome', v: 1, conversation: null, lastSequence: 0, status: null, holder: { kind: 'assistant', name: null }, limits: { textLength: 10_000 }, ...fields });
