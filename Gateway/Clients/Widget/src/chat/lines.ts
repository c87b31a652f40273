import type { Pending } from '../protocol/outbox';
import type { Entry, Holder, Sentence } from '../protocol/frames';
import type { Chat } from './chat';
import type { Transcript } from './transcript';

export type MessageState = 'sending' | 'unsent' | 'failed' | 'sent' | 'read';

export interface MessageLine {
  kind: 'message';
  key: string;
  at: number;
  own: boolean;
  author: Holder;
  text: string;
  sentences: Sentence[];
  language: string | null;
  state: MessageState | null;
  id: string | null;
  /** Begins, ends a run of messages of one author. */
  first: boolean;
  last: boolean;
  earlier: boolean;
}

export type Line =
  | MessageLine
  | { kind: 'day'; key: string; at: number }
  | { kind: 'earlier'; key: string }
  | { kind: 'event'; key: string; what: 'queued' | 'answering' | 'resolved'; author: Holder | null };

type Source = Pick<Chat, 'transcript'> & { pending: readonly Pending[]; online: boolean };
const runGap = 10 * 60_000;

/** What stands in the log, in order: a pure function of what is known. */
export function lines({ transcript, pending, online }: Source): Line[] {
  const { earlier, entries, conversation } = transcript;
  const known = new Set(entries.map(entry => entry.id));
  const result: Line[] = [
    ...fromEntries(earlier, 'earlier', true, transcript),
    ...(earlier.length ? [{ kind: 'earlier', key: `divider-${conversation}` } as const] : []),
    ...fromEntries(entries, conversation ?? '', false, transcript),
    ...[...transcript.acknowledged].sort((a, b) => a.sequence - b.sequence).map(message => own(message.id, message.text, Date.parse(message.at), 'sent')),
    ...pending.filter(item => item.kind === 'message' && !known.has(item.id)).map(item => own(item.id, item.text, item.at, item.failed ? 'failed' : online ? 'sending' : 'unsent')),
  ];
  return grouped(result);
}

function fromEntries(entries: readonly Entry[], conversation: string, earlier: boolean, transcript: Transcript): Line[] {
  let holder = 'assistant';
  return entries.flatMap((entry, i): Line[] => {
    const key = earlier ? `earlier-${i}` : `${conversation}-${entry.sequence}`;
    if (entry.kind === 'message' && entry.author) {
      if (entry.author.kind === 'contact') {
        const state = earlier ? null : entry.sequence <= transcript.readByAgent ? 'read' : 'sent';
        return [{ ...own(entry.id ?? key, entry.text ?? '', Date.parse(entry.at), state), earlier }];
      }
      const { author, text = '', sentences = [], language = null } = entry;
      return [{ kind: 'message', key, at: Date.parse(entry.at), own: false, author, text, sentences, language, state: null, id: null, first: true, last: true, earlier }];
    }
    if (entry.kind === 'status' && entry.status === 'resolved') return [{ kind: 'event', key, what: 'resolved', author: null }];
    if (entry.kind !== 'baton' || !entry.holder) return [];
    const now = entry.holder.kind + (entry.holder.name ?? '');
    if (now === holder) return [];
    holder = now;
    const what = ({ queue: 'queued', agent: 'answering', assistant: 'answering' } as const)[entry.holder.kind];
    return what ? [{ kind: 'event', key, what, author: entry.holder }] : [];
  });
}

const own = (id: string, text: string, at: number, state: MessageState | null): MessageLine =>
  ({ kind: 'message', key: `own-${id}`, at, own: true, author: { kind: 'contact', name: null }, text, sentences: [], language: null, state, id, first: true, last: true, earlier: false });

/** Puts days between, and marks where a run of messages of one author begins and ends. */
function grouped(found: readonly Line[]): Line[] {
  const result: Line[] = [];
  let day = '';
  let before: MessageLine | null = null;
  for (const line of found) {
    if (line.kind !== 'message') {
      before = null;
      result.push(line);
      continue;
    }
    const today = new Date(line.at).toDateString();
    if (today !== day) {
      result.push({ kind: 'day', key: `day-${today}${line.earlier ? '-earlier' : ''}`, at: line.at });
      before = null;
    }
    day = today;
    const next = { ...line };
    const run = before && before.own === line.own && before.author.kind === line.author.kind && before.author.name === line.author.name && line.at - before.at < runGap && before.state !== 'failed';
    if (run && before) {
      next.first = false;
      before.last = false;
    }
    result.push(next);
    before = next;
  }
  return result;
}
