import { browserPorts, newId } from './browser';
import { Chat } from './chat/chat';
import { Identities, introduced, type Identity } from './chat/identity';
import { Kept, safeBox } from './chat/kept';
import { unread } from './chat/transcript';
import { tokenSheet } from './look/tokens';
import css from './look/widget.css?inline';
import type { Ports } from './protocol/ports';
import type { Settings } from './settings';
import { wordsFor } from './texts';
import { Dates } from './texts/dates';
import { h, set, setText } from './views/dom';
import { launcher } from './views/launcher';
import { panel } from './views/panel';
import { authorName, type Context } from './views/view';

export interface Api {
  open(): void;
  close(): void;
  identify(identity: Identity): Promise<void>;
}

const narrow = '(max-width: 480px), (max-height: 400px)';

/** Puts the widget into the page and gives what the page may ask of it. */
export function widget(settings: Settings, ports: Ports = browserPorts(settings.server, settings.inbox)): Api {
  const words = wordsFor([settings.language, document.documentElement.lang, ...navigator.languages]);
  const box = safeBox(() => localStorage);
  const fills = matchMedia(narrow);
  const touch = matchMedia('(pointer: coarse)');
  let isOpen = false;
  let drawing = false;
  let chat = chatOf(null, 'visitor');

  function chatOf(identity: Identity, owner: string): Chat {
    const kept = new Kept(box, settings.inbox, owner);
    return new Chat(ports, kept, new Identities(identity, kept), newId, draw);
  }

  const context: Context = {
    words,
    dates: new Dates(words.locale),
    chat: () => chat,
    online: () => navigator.onLine,
    now: () => Date.now(),
    open,
    close,
    showArticle: citation => view.article.show(citation),
    hideArticle: () => view.article.hide(),
    askForPerson() {
      view.article.hide();
      if (!chat.askForPerson()) context.announce(words.say('personHint'));
      view.focus();
    },
    announce: text => { setText(status, ''); setText(status, text); },
  };

  const status = h('div', { class: 'status', role: 'status' });
  const button = launcher(context, () => isOpen);
  const view = panel(context, settings.server, () => touch.matches);
  const root = h('div', { class: `root ${settings.position}`, lang: words.language, dir: words.direction }, view.element, button.element, status);
  const host = document.createElement('customer-service-widget');
  const shadow = host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [css, tokenSheet(settings.accent)].map(text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); return sheet; });
  shadow.append(root);

  /** Many changes in one turn are drawn once. */
  function draw(): void {
    if (drawing) return;
    drawing = true;
    queueMicrotask(() => { drawing = false; update(); });
  }

  let told = '';
  function update(): void {
    button.update();
    view.update();
    const { author } = chat.typing;
    const count = isOpen ? 0 : unread(chat.transcript);
    const news = author && isOpen ? words.say('typing', { name: authorName(author, context) }) : count ? `${words.say('newMessages')}: ${count}` : sending();
    if (news && news !== told) context.announce(news);
    told = news;
  }

  function sending(): string {
    const { items } = chat.outbox;
    if (items.some(item => item.failed)) return words.say('failed');
    if (items.length) return navigator.onLine ? '' : words.say('unsent');
    return chat.transcript.acknowledged.length ? words.say('sent') : '';
  }

  function open(): void {
    isOpen = true;
    chat.connection.start();
    layout();
    update();
    view.focus();
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    layout();
    update();
    button.element.focus();
  }

  function layout(): void {
    root.classList.toggle('open', isOpen);
    root.classList.toggle('fills', fills.matches);
    view.show(isOpen, fills.matches);
    fit();
  }

  /** A keyboard on the screen takes its part of the height. */
  function fit(): void {
    const { visualViewport } = window;
    view.element.style.blockSize = fills.matches && visualViewport ? `${visualViewport.height}px` : '';
    view.element.style.insetBlockStart = fills.matches && visualViewport ? `${visualViewport.offsetTop}px` : '';
  }

  async function identify(identity: Identity): Promise<void> {
    const known = await introduced(identity);
    const before = chat;
    chat = chatOf(known.identity, known.owner);
    before.connection.stop();
    view.load();
    resume();
    draw();
  }

  /** Who was here before is connected at once, to see what came since; others when they open the panel. */
  function resume(): void {
    if (isOpen || chat.kept.get('conversation') || chat.outbox.items.length) chat.connection.start();
  }

  const nudge = () => { chat.connection.nudge(); draw(); };
  addEventListener('online', nudge);
  addEventListener('offline', nudge);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') nudge(); });
  fills.addEventListener('change', layout);
  window.visualViewport?.addEventListener('resize', fit);
  window.visualViewport?.addEventListener('scroll', fit);

  document.body.append(host);
  set(host, 'lang', words.language);
  view.load();
  update();
  const callback = settings.identityCallback;
  if (callback) void identify(() => (globalThis as unknown as Record<string, (() => string | null) | undefined>)[callback]?.() ?? null).catch(resume);
  else resume();
  return { open, close, identify };
}
