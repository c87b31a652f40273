import { vi } from 'vitest';
import { widget, type Api } from '../src/widget';
import { settle, welcome, World, type Line } from './protocol/world';

/** What jsdom lacks of a browser. */
export function completeBrowser(narrow = false): void {
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: narrow && query.includes('max-width'), addEventListener() {} }));
  vi.stubGlobal('CSSStyleSheet', class { replaceSync() {} });
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);
}

/** A page with the widget in a made-up world, and what a person sees and does there. */
export class Page {
  readonly world = new World();
  readonly api: Api;
  readonly root: ShadowRoot;

  constructor(attributes: Partial<Parameters<typeof widget>[0]> = {}) {
    document.querySelector('customer-service-widget')?.remove();
    this.api = widget({ server: 'https://help.example', inbox: 'web', language: 'en', accent: '', position: 'end', identityCallback: null, ...attributes }, this.world.ports);
    this.root = document.querySelector('customer-service-widget')!.shadowRoot!;
  }

  get line(): Line { return this.world.line; }

  one<E extends HTMLElement = HTMLElement>(selector: string): E {
    const found = this.root.querySelector<E>(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
    return found;
  }

  all(selector: string): HTMLElement[] { return [...this.root.querySelectorAll<HTMLElement>(selector)]; }

  /** What is on the screen: nothing inside a hidden element. */
  visible(selector: string): boolean { return this.all(selector).some(element => !element.closest('[hidden]')); }

  texts(selector: string): string[] { return this.all(selector).map(element => element.textContent ?? ''); }

  get focus(): Element | null { return this.root.activeElement; }

  /** Opens the panel on a server that knows nothing of this contact, or this conversation. */
  async open(fields: object = {}, entries: object[] = []): Promise<void> {
    this.one('.launcher').click();
    await this.connected(fields, entries);
  }

  async connected(fields: object = {}, entries: { sequence?: number }[] = []): Promise<void> {
    await this.world.clock.pass(0);
    const last = entries.at(-1)?.sequence ?? 0;
    this.line.say(welcome({ lastSequence: last, ...(last && { conversation: 'c', status: 'open' }), ...fields }));
    if (last) this.entries(...entries);
    await this.drawn();
  }

  entries(...entries: { sequence?: number }[]): void {
    const last = entries.at(-1)?.sequence ?? 0;
    this.line.say({ type: 'entries', conversation: 'c', entries: entries.map(entry => ({ at: '2026-01-05T10:00:00Z', kind: 'message', ...entry })), upTo: last, lastSequence: last });
  }

  async drawn(): Promise<void> {
    await settle();
    await new Promise(resolve => setTimeout(resolve));
  }

  async write(text: string): Promise<void> {
    const input = this.one<HTMLTextAreaElement>('textarea');
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await this.drawn();
  }

  async press(element: Element, key: string, more: KeyboardEventInit = {}): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
    element.dispatchEvent(event);
    await this.drawn();
    return event;
  }

  async send(text: string): Promise<void> {
    await this.write(text);
    await this.press(this.one('textarea'), 'Enter');
  }
}

export const contact = (sequence: number, id: string, text: string) => ({ sequence, id, text, author: { kind: 'contact', name: null } });
export const agent = (sequence: number, text: string) => ({ sequence, text, author: { kind: 'agent', name: 'Ada' } });
export const answer = (sequence: number, ...sentences: { text: string; citations: object[] }[]) =>
  ({ sequence, author: { kind: 'assistant', name: null }, language: 'en', text: sentences.map(s => s.text).join(' '), sentences });
export const cite = (article: string, title: string, headingPath = '') => ({ article, version: '1', title, headingPath });
