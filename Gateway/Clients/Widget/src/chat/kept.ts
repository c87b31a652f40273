import type { Keeper, Pending } from '../protocol/outbox';

export type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** What stays in the browser of the page, under one prefix. Every unsent message has a key of its own, so that tabs do not undo each other. */
export class Kept {
  readonly outbox: Keeper;

  /** @param owner Whose it is: a signed-in contact's unsent words are never sent as somebody else's. */
  constructor(readonly box: Box, inbox: string, owner: string) {
    this.#prefix = `customer-service.${inbox}.${owner}.`;
    this.outbox = {
      all: () => this.#unsent(),
      put: item => this.set(`unsent.${item.id}`, JSON.stringify(item)),
      remove: id => this.set(`unsent.${id}`, null),
    };
  }

  readonly #prefix: string;

  get(name: string): string | null {
    return this.box.getItem(this.#prefix + name);
  }

  set(name: string, value: string | null): void {
    if (value === null) this.box.removeItem(this.#prefix + name);
    else this.box.setItem(this.#prefix + name, value);
  }

  #unsent(): Pending[] {
    const start = `${this.#prefix}unsent.`;
    const keys = Array.from({ length: this.box.length }, (_, i) => this.box.key(i) ?? '').filter(key => key.startsWith(start));
    return keys.flatMap(key => {
      try {
        return [JSON.parse(this.box.getItem(key) ?? '') as Pending];
      } catch {
        this.box.removeItem(key);
        return [];
      }
    });
  }
}

/** The browser's storage; memory when the browser refuses it or it is full. */
export function safeBox(storage: () => Storage): Box {
  const memory = new Map<string, string>();
  let real: Storage | null = null;
  try { real = storage(); } catch { /* blocked by the browser's settings */ }
  const keys = () => [...new Set([...memory.keys(), ...Array.from({ length: real?.length ?? 0 }, (_, i) => real?.key(i) ?? '')])];
  return {
    get length() { return keys().length; },
    key: index => keys()[index] ?? null,
    getItem: key => memory.get(key) ?? real?.getItem(key) ?? null,
    removeItem: key => { memory.delete(key); real?.removeItem(key); },
    setItem: (key, value) => {
      memory.delete(key);
      try {
        if (!real) throw new Error();
        real.setItem(key, value);
      } catch {
        memory.set(key, value);
      }
    },
  };
}
