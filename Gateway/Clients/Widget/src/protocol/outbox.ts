import type { ClientFrame, ErrorFrame } from './frames';
import type { Ports } from './ports';

/** Something the contact did that the server has not confirmed. A wish for a person stands in the queue like a message. */
export interface Pending {
  id: string;
  kind: 'message' | 'person';
  text: string;
  at: number;
  /** The error's code when it will not be tried again by itself. */
  failed?: string;
}

export interface Keeper {
  all(): Pending[];
  put(item: Pending): void;
  remove(id: string): void;
}

const ackTimeout = 20_000;
const maxTries = 5;
const tooOld = 24 * 3_600_000;

/** Sends one after the other, each after the `ack` of the one before, with the same id until then (chat-v1.md section 3). */
export class Outbox {
  readonly #items: Pending[];
  #inFlight: string | null = null;
  #pause = () => {};
  #paused = false;
  #tries = 0;

  constructor(readonly ports: Ports, readonly keeper: Keeper, readonly send: (frame: ClientFrame) => boolean, readonly changed: () => void) {
    this.#items = keeper.all().sort((a, b) => a.at - b.at);
    // What was written long ago is shown, not sent behind the contact's back.
    for (const item of this.#items) if (ports.now() - item.at > tooOld) item.failed ??= 'old';
  }

  get items(): readonly Pending[] {
    return this.#items;
  }

  /** True while the server asked to wait. */
  get paused(): boolean {
    return this.#paused;
  }

  add(item: Omit<Pending, 'at'>): void {
    const last = this.#items.at(-1)?.at ?? 0;
    const added = { ...item, at: Math.max(this.ports.now(), last + 1) };
    this.#items.push(added);
    this.keeper.put(added);
    this.flush();
    this.changed();
  }

  retry(id: string): void {
    const item = this.remove(id);
    if (item) this.add({ id: item.id, kind: item.kind, text: item.text });
  }

  /** Takes an item out: confirmed, or not wanted any more. */
  remove(id: string): Pending | null {
    const at = this.#items.findIndex(item => item.id === id);
    if (at < 0) return null;
    const [item] = this.#items.splice(at, 1);
    this.keeper.remove(id);
    if (this.#inFlight === id) this.#next();
    this.changed();
    return item ?? null;
  }

  refused(error: ErrorFrame): void {
    const item = this.#items.find(i => i.id === error.id);
    if (!item) return;
    const limited = error.code === 'rate.limited';
    if (error.retryable && (limited || ++this.#tries < maxTries)) return this.#wait((error.retryAfter ?? 2 ** this.#tries) * 1000);
    this.fail(item, error.code);
  }

  /** The frame on its way was refused as a whole. */
  failInFlight(code: string): void {
    const item = this.#items.find(i => i.id === this.#inFlight);
    if (item) this.fail(item, code);
  }

  fail(item: Pending, code: string): void {
    // There is nothing to show of a wish: it can be made again.
    if (item.kind === 'person') return void this.remove(item.id);
    item.failed = code;
    this.keeper.put(item);
    this.#next();
    this.changed();
  }

  /** The line is gone: what was on its way goes again with the next `welcome`. */
  interrupted(): void {
    this.#stand();
  }

  flush(): void {
    if (this.#inFlight || this.#paused) return;
    const item = this.#items.find(i => !i.failed);
    if (!item) return;
    const sent = this.send(item.kind === 'message' ? { type: 'send', id: item.id, text: item.text } : { type: 'requestPerson', id: item.id });
    if (!sent) return;
    this.#inFlight = item.id;
    this.#pause = this.ports.after(ackTimeout, () => { this.#stand(); this.flush(); });
  }

  #wait(delay: number): void {
    this.#stand();
    this.#paused = true;
    this.#pause = this.ports.after(delay, () => { this.#stand(); this.flush(); this.changed(); });
    this.changed();
  }

  #next(): void {
    this.#tries = 0;
    this.#stand();
    this.flush();
  }

  #stand(): void {
    this.#pause();
    this.#inFlight = null;
    this.#paused = false;
  }
}
