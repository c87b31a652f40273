import { parse, type ClientFrame, type Session } from './frames';
import type { Credentials, Owner, Ports, SessionResult, Socket } from './ports';
import { backoff, planAfter } from './reconnect';
import { Token } from './token';

export type Phase = 'idle' | 'connecting' | 'open' | 'waiting' | 'stopped';
/** Why it stopped: nothing helps but a reload; the inbox refuses; the business has to say who this is. */
export type Problem = 'reload' | 'unavailable' | 'signIn';

const handshake = 10_000;
const silence = 25_000;
const patience = 10_000;

/** One connection to the Gateway that repairs itself: session, socket, hello, heartbeat, renewal, reconnection. */
export class Connection {
  phase: Phase = 'idle';
  problem: Problem | null = null;
  #attempt = 0;
  #line = 0; // everything that comes from an earlier line is ignored
  #token: Token | null = null;
  #socket: Socket | null = null;
  #cancelWatch = () => {};
  #cancelNext = () => {};
  #cancelRenew = () => {};

  constructor(readonly ports: Ports, readonly credentials: Credentials, readonly owner: Owner) {}

  /** Connects unless it is connected or about to; a wait is cut short. */
  start(): void {
    if (this.phase === 'connecting' || this.phase === 'open') return;
    this.#cancelNext();
    this.#connect();
  }

  /** Ends the line and forgets the token: another person may be next. */
  stop(): void {
    this.#token = null;
    this.#hangUp();
    this.#attempt = 0;
    this.#enter('idle');
  }

  /** The computer woke up or the network came back: looks at once whether the line still lives. */
  nudge(): void {
    if (this.phase === 'waiting') this.start();
    else if (this.phase === 'open') this.#ping();
  }

  send(frame: ClientFrame): boolean {
    if (this.phase !== 'open') return false;
    this.#socket?.send(JSON.stringify(frame));
    return true;
  }

  #connect(): void {
    this.problem = null;
    this.#enter('connecting');
    if (this.#token && !this.#token.spent(this.ports.now())) this.#dial(this.#token);
    else void this.#createSession();
  }

  async #createSession(): Promise<void> {
    const line = ++this.#line;
    const identityToken = await this.credentials.identityToken().catch(() => null);
    if (line !== this.#line) return;
    const result = await this.ports.createSession({ visitor: identityToken ? null : this.credentials.visitor, identityToken });
    if (line !== this.#line) return;
    if (!('session' in result)) return this.#refused(result);
    const { session } = result;
    if (session.visitor !== null) this.credentials.visitor = session.visitor;
    this.#token = new Token(session.token, session.expiresAt, this.ports.now());
    this.owner.session(session);
    this.#dial(this.#token);
  }

  #refused({ code, status, retryAfter }: Exclude<SessionResult, { session: Session }>): void {
    if (status === 429) return this.#connectIn((retryAfter ?? 60) * 1000);
    if (status === 0 || status >= 500) return this.#connectIn(backoff(this.#attempt, this.ports.random()));
    // A token of the page is taken once; the page may have a newer one.
    if ((code === 'identity.expired' || code === 'identity.replayed') && this.#attempt < 2) return this.#connectIn(0);
    this.#stopFor(code.startsWith('identity.') ? 'signIn' : 'unavailable');
  }

  #dial(token: Token): void {
    const line = ++this.#line;
    const mine = (action: () => void) => { if (line === this.#line) action(); };
    this.#watch(handshake);
    this.#socket = this.ports.connect({
      opened: () => mine(() => this.#socket?.send(JSON.stringify({ type: 'hello', v: 1, token: token.value, ...this.owner.position() }))),
      received: data => mine(() => this.#received(data)),
      closed: code => mine(() => this.#lost(code)),
    });
  }

  #received(data: unknown): void {
    if (this.phase === 'open') this.#watch(silence);
    const frame = parse(data);
    if (frame?.type === 'welcome') {
      this.#attempt = 0;
      this.#watch(silence);
      this.#renewLater();
      this.#enter('open');
    } else if (frame?.type === 'token') {
      this.#token = new Token(frame.token, frame.expiresAt, this.ports.now());
      this.#renewLater();
    }
    if (frame) this.owner.frame(frame);
  }

  #renewLater(): void {
    this.#cancelRenew();
    if (this.#token) this.#cancelRenew = this.ports.after(this.#token.renewIn(this.ports.now()), () => this.send({ type: 'renew' }));
  }

  /** A line that says nothing for this long is asked, and then given up. */
  #watch(delay: number): void {
    this.#cancelWatch();
    this.#cancelWatch = this.ports.after(delay, () => (this.phase === 'open' && delay === silence ? this.#ping() : this.#lost(1006)));
  }

  #ping(): void {
    this.#watch(patience);
    this.send({ type: 'ping' });
  }

  #lost(code: number): void {
    this.#hangUp();
    const plan = planAfter(code, this.#attempt, this.ports.random());
    if (plan.do === 'rest') return this.#enter('idle');
    if (plan.do === 'stop') return this.#stopFor('reload');
    if (plan.newSession) this.#token = null;
    this.#connectIn(plan.delay);
  }

  #connectIn(delay: number): void {
    this.#attempt++;
    this.#cancelNext();
    this.#cancelNext = this.ports.after(delay, () => this.#connect());
    this.#enter('waiting');
  }

  #stopFor(problem: Problem): void {
    this.#hangUp();
    this.problem = problem;
    this.#enter('stopped');
  }

  #hangUp(): void {
    this.#line++;
    for (const cancel of [this.#cancelWatch, this.#cancelNext, this.#cancelRenew]) cancel();
    this.#socket?.close();
    this.#socket = null;
  }

  #enter(phase: Phase): void {
    this.phase = phase;
    this.owner.changed();
  }
}
