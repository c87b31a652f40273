import type { ServerFrame, Session } from './frames';

/** What the protocol needs from the outside: time, chance, a socket and a session. Tests give their own. */
export interface Ports {
  /** The computer's clock in milliseconds. It may be wrong, so only differences count. */
  now(): number;
  /** At least 0, below 1. */
  random(): number;
  /** Runs the action once after the delay in milliseconds; the answer cancels it. */
  after(delay: number, action: () => void): () => void;
  connect(listener: SocketListener): Socket;
  createSession(request: { visitor: string | null; identityToken: string | null }): Promise<SessionResult>;
}

export interface SocketListener {
  opened(): void;
  received(data: unknown): void;
  /** Once, also when the socket never opened. */
  closed(code: number): void;
}

export interface Socket {
  send(text: string): void;
  close(): void;
}

/** A session, or why there is none: a problem's code with its HTTP status (0 when nothing answered) and seconds to wait. */
export type SessionResult = { session: Session } | { code: string; status: number; retryAfter: number | null };

/** Who the contact is: the kept secret of a visitor, or the business's word for it. */
export interface Credentials {
  visitor: string | null;
  identityToken(): Promise<string | null>;
}

/** Whose connection it is: what it must know, and what it is told. */
export interface Owner {
  /** Where the conversation was left, for `hello`. */
  position(): { conversation: string; after: number } | null;
  session(session: Session): void;
  frame(frame: ServerFrame): void;
  changed(): void;
}
