import { lines, type Line } from '../chat/lines';
import { h, icon, set, setText } from './dom';
import { message, type MessageView } from './message';
import { authorName, automated, type Context, type View } from './view';

const nearEnd = 60;

export interface LogView extends View { toEnd(): void }

/** The conversation: a log in which screen readers hear what is added, but not what was there when it opened. */
export function log(context: Context, isShown: () => boolean): LogView {
  const { words } = context;
  const shown = new Map<string, { element: HTMLElement; message?: MessageView }>();
  const greeting = h('h3', {}, words.say('greeting'));
  const notice = h('p', { dir: 'auto' });
  const how = h('p', {}, words.say('how'));
  const list = h('div', { role: 'log', 'aria-label': words.say('messages'), 'aria-live': 'off', 'aria-relevant': 'additions', class: 'lines' });
  const dots = h('div', { class: 'typing', 'aria-hidden': 'true' }, h('p', { class: 'author' }), h('p', { class: 'bubble' }, h('i'), h('i'), h('i')));
  const skeleton = h('div', { class: 'skeleton', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
  const scroll = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': words.say('messages') }, h('div', { class: 'intro' }, greeting, notice, how), skeleton, list, dots);
  const more = h('button', { type: 'button', class: 'more', hidden: true, click: () => toEnd() }, words.say('newMessages'), icon('down'));
  const element = h('div', { class: 'log' }, scroll, more);
  let atEnd = true;
  let settled = false;

  const toEnd = () => {
    scroll.scrollTop = scroll.scrollHeight;
    atEnd = true;
    set(more, 'hidden', true);
    seen();
  };
  const seen = () => {
    if (atEnd && isShown() && document.visibilityState !== 'hidden') context.chat().seen();
  };
  scroll.addEventListener('scroll', () => {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < nearEnd;
    if (atEnd) set(more, 'hidden', true);
    seen();
  }, { passive: true });

  function render(line: Line): { element: HTMLElement; message?: MessageView } {
    if (line.kind === 'message') {
      const view = message(line, context);
      return { element: view.element, message: view };
    }
    const text = line.kind === 'day' ? context.dates.day(line.at, context.now()) : line.kind === 'earlier' ? words.say('earlier') : words.say(line.what, { name: line.author ? authorName(line.author, context) : '' });
    return { element: h('p', { class: line.kind }, h('span', {}, text)) };
  }

  /** Puts the lines in place and touches only what changed. @returns How many were added, and whether one is the contact's. */
  function place(all: readonly Line[]): { added: number; own: boolean } {
    const keys = new Set(all.map(line => line.key));
    for (const [key, { element }] of shown) if (!keys.has(key)) { element.remove(); shown.delete(key); }
    const newest = all.findLast(line => line.kind === 'message');
    const result = { added: 0, own: false };
    let next = list.firstChild;
    for (const line of all) {
      let view = shown.get(line.key);
      if (!view) {
        view = render(line);
        shown.set(line.key, view);
        result.added++;
        result.own ||= line.kind === 'message' && line.own;
      }
      if (line.kind === 'message') view.message?.update(line, line === newest);
      if (view.element === next) next = next.nextSibling;
      else list.insertBefore(view.element, next);
    }
    return result;
  }

  return {
    element,
    toEnd,
    update() {
      const chat = context.chat();
      const all = lines({ transcript: chat.transcript, pending: chat.outbox.items, online: context.online() });
      const waiting = !all.length && !chat.ready && chat.kept.get('conversation') !== null && chat.connection.phase !== 'stopped';
      // Announce additions only after what was there is in place and the panel is open.
      if (!isShown() || waiting) settled = false;
      set(list, 'aria-live', settled ? 'polite' : 'off');
      set(skeleton, 'hidden', !waiting);
      set(greeting, 'hidden', waiting);
      setText(notice, automated(chat) ? (chat.session?.assistant.notice ?? words.say('notice')) : '');
      set(how, 'hidden', !automated(chat));
      const { added, own } = place(all);
      const { author } = chat.typing;
      set(dots, 'hidden', !author);
      if (author && dots.firstElementChild) setText(dots.firstElementChild, authorName(author, context));
      if (atEnd || own || !settled) toEnd();
      else if (added) set(more, 'hidden', false);
      if (isShown() && chat.ready && !settled) setTimeout(() => { settled = isShown(); set(list, 'aria-live', settled ? 'polite' : 'off'); });
    },
  };
}
