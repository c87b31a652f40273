import type { Ack, Entries, Entry, Holder, Welcome } from '../protocol/frames';

/** A message that the server has stored and whose entry has not come yet. */
export interface Acknowledged { id: string; sequence: number; at: string; text: string }

/** What the contact can see of the conversation, as a value; every function gives a new one. */
export interface Transcript {
  conversation: string | null;
  entries: readonly Entry[];
  acknowledged: readonly Acknowledged[];
  /** The position up to which everything was seen, and the last there is. */
  upTo: number;
  lastSequence: number;
  holder: Holder;
  resolved: boolean;
  readByContact: number;
  readByAgent: number;
  /** What the contact can still see of the conversations before this one. */
  earlier: readonly Entry[];
  former: readonly string[];
}

export const empty: Transcript = {
  conversation: null, entries: [], acknowledged: [], upTo: 0, lastSequence: 0, holder: { kind: 'assistant', name: null },
  resolved: false, readByContact: 0, readByAgent: 0, earlier: [], former: [],
};

/** Another conversation replaces the current one and starts at position 0. */
function enter(transcript: Transcript, conversation: string | null): Transcript {
  if (conversation === transcript.conversation) return transcript;
  const { conversation: old, entries, earlier, former, holder } = transcript;
  return { ...empty, conversation, holder, earlier: [...earlier, ...entries], former: old ? [...former, old] : former };
}

export function welcomed(transcript: Transcript, frame: Welcome): Transcript {
  const former = transcript.former.filter(id => id !== frame.conversation);
  const entered = enter({ ...transcript, former }, frame.conversation);
  return { ...entered, holder: frame.holder, resolved: frame.status === 'resolved', lastSequence: frame.lastSequence };
}

export function received(transcript: Transcript, frame: Entries): Transcript {
  if (transcript.former.includes(frame.conversation)) return transcript;
  const entered = enter(transcript, frame.conversation);
  const added = frame.entries.filter(entry => entry.sequence > entered.upTo).sort((a, b) => a.sequence - b.sequence);
  const upTo = Math.max(entered.upTo, frame.upTo, added.at(-1)?.sequence ?? 0);
  return added.reduce(take, {
    ...entered, upTo,
    lastSequence: Math.max(entered.lastSequence, frame.lastSequence, upTo),
    acknowledged: entered.acknowledged.filter(message => message.sequence > upTo),
  });
}

function take(transcript: Transcript, entry: Entry): Transcript {
  const next = { ...transcript, entries: [...transcript.entries, entry] };
  if (entry.kind === 'baton' && entry.holder) next.holder = entry.holder;
  if (entry.kind === 'status') next.resolved = entry.status === 'resolved';
  if (entry.kind === 'message' && entry.author?.kind === 'contact') next.resolved = false;
  if (entry.kind === 'read') {
    const side = entry.reader === 'contact' ? 'readByContact' : 'readByAgent';
    next[side] = Math.max(next[side], entry.upTo ?? 0);
  }
  return next;
}

/** A message of ours was stored and its entry comes later (one that came before has already settled the message). */
export function acknowledged(transcript: Transcript, ack: Ack, text: string): Transcript {
  const { id, conversation, sequence, at } = ack;
  if (!conversation || !sequence || transcript.former.includes(conversation)) return transcript;
  const entered = enter(transcript, conversation);
  return { ...entered, resolved: false, acknowledged: [...entered.acknowledged, { id, sequence, at: at ?? '', text }] };
}

export const caughtUp = (transcript: Transcript): boolean => transcript.upTo >= transcript.lastSequence;

const fromOthers = (entry: Entry): boolean => entry.kind === 'message' && entry.author?.kind !== 'contact';

export const unread = (transcript: Transcript): number =>
  transcript.entries.filter(entry => fromOthers(entry) && entry.sequence > transcript.readByContact).length;

/** The position to report as read, or 0 when there is nothing new to report. */
export const toRead = (transcript: Transcript): number =>
  transcript.entries.findLast(entry => fromOthers(entry) && entry.sequence > transcript.readByContact)?.sequence ?? 0;
