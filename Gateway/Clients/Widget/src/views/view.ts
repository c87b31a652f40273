import type { Citation } from '../protocol/frames';
import type { Chat } from '../chat/chat';
import type { Dates } from '../texts/dates';
import type { Words } from '../texts';

/** What a view may know and cause. */
export interface Context {
  words: Words;
  dates: Dates;
  chat(): Chat;
  online(): boolean;
  now(): number;
  open(): void;
  close(): void;
  showArticle(citation: Citation): void;
  hideArticle(): void;
  askForPerson(): void;
  /** Tells screen readers, politely. */
  announce(text: string): void;
}

export interface View {
  element: HTMLElement;
  update(): void;
}

/** The business as far as it is known: from this session, or from an earlier one. */
export const nameOf = (chat: Chat): string => chat.session?.tenant.name ?? chat.kept.get('name') ?? '';

/** True unless the inbox said that only people answer: who is asked first is told that it may be a machine. */
export const automated = (chat: Chat): boolean => chat.session?.assistant.automated ?? true;

export function authorName(author: { kind: string; name: string | null }, { words, chat }: Context): string {
  if (author.kind === 'contact') return words.say('you');
  if (author.kind === 'assistant') return words.say('assistant');
  return author.name ?? nameOf(chat());
}
