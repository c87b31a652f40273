import { Connection } from '../protocol/connection';
import type { ErrorFrame, Holder, ServerFrame, Session } from '../protocol/frames';
import { Outbox } from '../protocol/outbox';
import type { Credentials, Ports } from '../protocol/ports';
import type { Kept } from './kept';
import { acknowledged, caughtUp, empty, received, toRead, welcomed, type Transcript } from './transcript';
import { Typing } from './typing';

export const longestText = 10_000;

/** Removes what the server would remove, so that a message looks the same before and after it was stored. */
export const clean = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '').trim();

/** Everything between this contact and the business, without a page: state, and what the contact can do. */
export class Chat {
  session: Session | null = null;
  transcript: Transcript = empty;
  limit = longestText;
  /** True when the contact asked for a person before writing anything: the wish follows the first message. */
  wantsPerson = false;
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly typing: Typing;

  constructor(ports: Ports, readonly kept: Kept, credentials: Credentials, readonly newId: () => string, readonly changed: () => void) {
    this.connection = new Connection(ports, credentials, {
      position: () => this.transcript.conversation ? { conversation: this.transcript.conversation, after: this.transcript.upTo } : null,
      session: session => { this.session = session; kept.set('name', session.tenant.name); },
      frame: frame => this.#take(frame),
      changed: () => { if (this.connection.phase !== 'open') this.#interrupted(); changed(); },
    });
    this.outbox = new Outbox(ports, kept.outbox, frame => this.connection.send(frame), changed);
    this.typing = new Typing(ports, on => this.connection.send({ type: 'typing', on }), changed);
  }

  /** True once the newest entries are there. */
  get ready(): boolean {
    return this.connection.phase === 'open' && caughtUp(this.transcript);
  }

  /** @returns False when there is nothing to send or it is too long. */
  send(text: string): boolean {
    const cleaned = clean(text);
    if (!cleaned || cleaned.length > this.limit) return false;
    this.typing.sent();
    this.outbox.add({ id: this.newId(), kind: 'message', text: cleaned });
    if (this.wantsPerson) this.#requestPerson();
    this.connection.start();
    return true;
  }

  /** @returns False when a message has to come first; the wish is kept. */
  askForPerson(): boolean {
    const started = this.transcript.conversation !== null || this.outbox.items.some(item => item.kind === 'message');
    if (started) this.#requestPerson();
    else this.wantsPerson = true;
    this.connection.start();
    this.changed();
    return started;
  }

  /** The newest message is on the screen. */
  seen(): void {
    const upTo = toRead(this.transcript);
    if (!upTo || !this.connection.send({ type: 'read', upTo })) return;
    this.transcript = { ...this.transcript, readByContact: upTo };
    this.changed();
  }

  /** A person was asked for, and nobody answered to that yet. */
  get personAsked(): boolean {
    return this.outbox.items.some(item => item.kind === 'person');
  }

  get holder(): Holder {
    return this.transcript.holder;
  }

  #requestPerson(): void {
    this.wantsPerson = false;
    if (!this.personAsked) this.outbox.add({ id: this.newId(), kind: 'person', text: '' });
  }

  #interrupted(): void {
    this.outbox.interrupted();
    this.typing.interrupted();
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.limit = frame.limits?.textLength ?? longestText;
        this.transcript = welcomed(this.transcript, frame);
        this.#remember();
        this.outbox.flush();
        break;
      case 'entries':
        this.transcript = received(this.transcript, frame);
        this.#remember();
        for (const entry of frame.entries) {
          if (entry.id) this.outbox.remove(entry.id);
          if (entry.kind === 'message' && entry.author) this.typing.arrived(entry.author);
        }
        break;
      case 'ack': {
        const item = this.outbox.remove(frame.id);
        if (item?.kind !== 'message') break;
        this.transcript = acknowledged(this.transcript, frame, item.text);
        this.#remember();
        if (this.holder.kind === 'assistant') this.typing.expect(this.holder);
        break;
      }
      case 'typing':
        this.typing.show(frame.author, frame.on);
        break;
      case 'error':
        this.#refused(frame);
        break;
    }
    this.changed();
  }

  #refused(error: ErrorFrame): void {
    const person = this.outbox.items.some(item => item.id === error.id && item.kind === 'person');
    // An id that could not even be read is that of the message on its way.
    if (!error.id && /^(frame|message)\./.test(error.code)) this.outbox.failInFlight(error.code);
    else this.outbox.refused(error);
    // Asked for where there is no conversation any more: the wish waits for a message.
    if (person && error.code === 'conversation.not_found') this.wantsPerson = true;
  }

  /** A page that was left and comes back knows that there is something to fetch. */
  #remember(): void {
    if (this.transcript.conversation) this.kept.set('conversation', this.transcript.conversation);
  }
}
