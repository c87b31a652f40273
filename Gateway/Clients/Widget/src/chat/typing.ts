import type { Holder } from '../protocol/frames';
import type { Ports } from '../protocol/ports';

const repeatAfter = 3000;
const showFor = 6000;

/** Who is writing, both ways: what the contact's keys tell the server, and who to show. */
export class Typing {
  author: Holder | null = null;
  #lastSaid: number | null = null;
  #cancel = () => {};

  constructor(readonly ports: Ports, readonly say: (on: boolean) => void, readonly changed: () => void) {}

  /** A key was pressed in the composer, which now holds text or not. */
  pressed(hasText: boolean): void {
    const now = this.ports.now();
    if (!hasText) {
      if (this.#lastSaid !== null) this.say(false);
      this.#lastSaid = null;
    } else if (this.#lastSaid === null || now - this.#lastSaid >= repeatAfter) {
      this.#lastSaid = now;
      this.say(true);
    }
  }

  /** A message ends the typing by itself. */
  sent(): void {
    this.#lastSaid = null;
  }

  show(author: Holder, on: boolean): void {
    this.#cancel();
    this.author = on ? author : null;
    if (on) this.#cancel = this.ports.after(showFor, () => this.show(author, false));
    this.changed();
  }

  /** An answer of the assistant is on its way, whether or not it says so. */
  expect(author: Holder): void {
    this.show(author, true);
  }

  arrived(author: Holder): void {
    if (this.author?.kind === author.kind) this.show(author, false);
  }

  interrupted(): void {
    this.#lastSaid = null;
    if (this.author) this.show(this.author, false);
  }
}
