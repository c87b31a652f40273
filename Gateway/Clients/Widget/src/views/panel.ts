import type { Citation } from '../protocol/frames';
import { article } from './article';
import { composer } from './composer';
import { h, icon, set } from './dom';
import { header } from './header';
import { log } from './log';
import { notices } from './notices';
import { type Context, type View } from './view';

export interface PanelView extends View {
  /** Shown or hidden; as a modal page when it fills the screen. */
  show(shown: boolean, fills: boolean): void;
  focus(): void;
  /** A new contact: what was typed by another is gone. */
  load(): void;
  article: { show(citation: Citation): void; hide(): boolean };
}

/** The dialog: who answers, the conversation or an article, the way to a person, and where to write. */
export function panel(context: Context, server: string, touch: () => boolean): PanelView {
  const { words } = context;
  let reading: Citation | null = null;
  let opener: Element | null = null;
  let shown = false;
  const top = header(context, () => reading !== null);
  const notice = notices(context);
  const conversation = log(context, () => shown && !reading);
  const page = article(context, server);
  const write = composer(context);
  const hint = h('p', { class: 'hint' }, words.say('personHint'));
  const person = h('button', { type: 'button', class: 'quiet person', click: () => context.askForPerson() }, icon('person'), words.say('person'));
  const foot = h('div', { class: 'foot' }, hint, person, write.element);
  const element = h('section', { class: 'panel', role: 'dialog', 'aria-labelledby': 'name', tabindex: -1, hidden: true, keydown: keys as (event: never) => void },
    top.element, notice.element, conversation.element, page.element, foot);

  function keys(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      if (reading) context.hideArticle();
      else context.close();
    } else if (event.key === 'Tab' && element.getAttribute('aria-modal')) keepInside(event);
  }

  /** When the panel fills the screen, there is nothing else to reach. */
  function keepInside(event: KeyboardEvent): void {
    const stops = [...element.querySelectorAll<HTMLElement>('button,textarea,a[href],[tabindex="0"]')].filter(stop => !stop.closest('[hidden]'));
    const active = (element.getRootNode() as ShadowRoot).activeElement;
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (active !== edge && active !== element) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }

  function update(): void {
    const chat = context.chat();
    const { kind } = chat.holder;
    set(conversation.element, 'hidden', reading !== null);
    set(page.element, 'hidden', reading === null);
    set(write.element, 'hidden', reading !== null);
    set(hint, 'hidden', !chat.wantsPerson);
    set(person, 'hidden', kind !== 'assistant' || chat.wantsPerson || chat.personAsked);
    for (const view of [top, notice, conversation, write]) view.update();
  }

  return {
    element,
    update,
    show(now, fills) {
      shown = now;
      set(element, 'hidden', !now);
      set(element, 'aria-modal', fills && 'true');
    },
    focus: () => (touch() || reading ? element.focus() : write.focus()),
    load: () => write.load(),
    article: {
      show(citation) {
        opener = (element.getRootNode() as ShadowRoot).activeElement;
        reading = citation;
        update();
        void page.show(citation);
        page.element.focus();
      },
      hide() {
        if (!reading) return false;
        reading = null;
        update();
        if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
        else write.focus();
        return true;
      },
    },
  };
}
