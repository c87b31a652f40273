import { h, icon, set, setText } from './dom';
import { automated, nameOf, type Context, type View } from './view';

/** Who this is, who answers, and the way out. */
export function header(context: Context, inArticle: () => boolean): View {
  const { words } = context;
  const back = h('button', { class: 'round', type: 'button', 'aria-label': words.say('back'), click: () => context.hideArticle() }, icon('back'));
  const avatar = h('span', { class: 'avatar', 'aria-hidden': 'true' });
  const name = h('bdi');
  const who = h('p', { class: 'who' });
  const close = h('button', { class: 'round', type: 'button', 'aria-label': words.say('close'), click: () => context.close() }, icon('close'));
  return {
    element: h('div', { class: 'head' }, back, avatar, h('div', { class: 'title' }, h('h2', { id: 'name' }, name), who), close),
    update() {
      const chat = context.chat();
      const business = nameOf(chat);
      set(back, 'hidden', !inArticle());
      set(avatar, 'hidden', inArticle());
      // Until the business is known it is the site that one is on; that shows only when nothing better will come.
      const title = business || location.hostname;
      setText(avatar, Array.from(title)[0]?.toUpperCase() ?? '');
      setText(name, title);
      for (const part of [avatar, name]) part.classList.toggle('unknown', !business && chat.connection.phase !== 'stopped');
      setText(who, answering(context));
    },
  };
}

function answering(context: Context): string {
  const { words } = context;
  const chat = context.chat();
  if (chat.holder.kind === 'agent') return words.say('answering', { name: chat.holder.name ?? nameOf(chat) });
  if (chat.holder.kind === 'queue' || chat.personAsked) return words.say('waiting');
  return automated(chat) ? words.say('assistant') : '';
}
