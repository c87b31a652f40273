/** The frames of docs/protocol/chat-v1.md. Fields that the widget does not use are left out. */

export type Holder = { kind: string; name: string | null };
export type Citation = { article: string; version: string; title: string; headingPath: string };
export type Sentence = { text: string; citations: Citation[] };

export interface Entry {
  sequence: number;
  at: string;
  kind: string;
  author?: Holder;
  id?: string;
  text?: string;
  language?: string;
  sentences?: Sentence[];
  holder?: Holder;
  reader?: string;
  upTo?: number;
  status?: string;
}

export interface Welcome {
  type: 'welcome';
  conversation: string | null;
  lastSequence: number;
  status: string | null;
  holder: Holder;
  limits?: { textLength: number };
  expiresAt?: string;
}

export interface Ack {
  type: 'ack';
  id: string;
  conversation?: string;
  sequence?: number;
  at?: string;
}

export interface Entries {
  type: 'entries';
  conversation: string;
  entries: Entry[];
  upTo: number;
  lastSequence: number;
}

export interface ErrorFrame {
  type: 'error';
  code: string;
  id?: string;
  retryable?: boolean;
  retryAfter?: number;
}

export type ServerFrame =
  | Welcome
  | Ack
  | Entries
  | ErrorFrame
  | { type: 'typing'; author: Holder; on: boolean }
  | { type: 'token'; token: string; expiresAt: string }
  | { type: 'pong' };

export type ClientFrame =
  | { type: 'hello'; v: 1; token: string; conversation?: string; after?: number }
  | { type: 'send'; id: string; text: string }
  | { type: 'typing'; on: boolean }
  | { type: 'read'; upTo: number }
  | { type: 'requestPerson'; id: string }
  | { type: 'renew' }
  | { type: 'ping' };

export interface Session {
  token: string;
  expiresAt: string;
  visitor: string | null;
  tenant: { name: string };
  contact: { name: string | null; verified: boolean };
  assistant: { automated: boolean; notice: string | null };
}

/** Reads a frame; null when it is none, which is ignored like everything unknown. */
export function parse(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
