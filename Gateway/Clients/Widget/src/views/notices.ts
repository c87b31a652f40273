import { h, set, setText } from './dom';
import type { Context, View } from './view';
import type { Key } from '../texts';

/** How long a connection may take before it is mentioned. */
const quiet = 1500;

/** The bar that says what is wrong and what was kept, and the way to go on. */
export function notices(context: Context): View {
  const { words } = context;
  const text = h('p');
  const retry = h('button', { type: 'button', class: 'quiet', click: () => context.chat().connection.start() }, words.say('retry'));
  const element = h('div', { class: 'notice', hidden: true }, text, retry);
  let said: Key | null = null;
  let troubleSince: number | null = null;

  function update(): void {
    const key = trouble();
    set(element, 'hidden', !key);
    set(retry, 'hidden', key !== 'unavailable');
    setText(text, key ? words.say(key) : '');
    if (key && key !== said) context.announce(words.say(key));
    said = key;
  }

  function trouble(): Key | null {
    const { connection, outbox } = context.chat();
    if (connection.phase === 'open') troubleSince = null;
    if (connection.problem) return connection.problem;
    if (!context.online()) return 'offline';
    if (connection.phase === 'open') return outbox.paused ? 'paused' : null;
    if (connection.phase === 'idle') return null;
    troubleSince ??= context.now();
    const rest = troubleSince + quiet - context.now();
    if (rest <= 0) return 'connecting';
    setTimeout(update, rest);
    return null;
  }

  return { element, update };
}
