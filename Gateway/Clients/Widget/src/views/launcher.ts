import { unread } from '../chat/transcript';
import { h, icon, set, setText } from './dom';
import type { Context, View } from './view';

/** The round button that opens and closes the panel. */
export function launcher(context: Context, isOpen: () => boolean): View {
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true' });
  const element = h('button', { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog', click: () => (isOpen() ? context.close() : context.open()) },
    icon('chat'), icon('down'), badge);
  return {
    element,
    update() {
      const count = isOpen() ? 0 : unread(context.chat().transcript);
      const { words } = context;
      set(element, 'aria-expanded', String(isOpen()));
      set(element, 'aria-label', isOpen() ? words.say('close') : count ? `${words.say('open')}. ${words.say('newMessages')}: ${count}` : words.say('open'));
      set(badge, 'hidden', !count);
      setText(badge, count > 9 ? '9+' : String(count || ''));
    },
  };
}
