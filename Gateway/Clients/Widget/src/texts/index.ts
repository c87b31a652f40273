import type { Texts } from './en';
import { table } from './table';

export type Language = keyof typeof table;
export type Key = keyof Texts;

/** The words of one language, and how it writes dates and in which direction. */
export interface Words {
  language: Language;
  locale: string;
  direction: 'ltr' | 'rtl';
  say(key: Key, values?: Record<string, string | number>): string;
}

const aliases = new Map([['nb', 'no'], ['nn', 'no'], ['iw', 'he']]);
const rightToLeft = ['ar', 'he'];

const baseOf = (tag: string): string => {
  const base = tag.toLowerCase().split(/[-_]/)[0] ?? '';
  return aliases.get(base) ?? base;
};

/** The first of the wanted language tags that the widget speaks; English when it speaks none. */
export function wordsFor(wanted: readonly (string | null | undefined)[]): Words {
  const tag = wanted.find(tag => tag && Object.hasOwn(table, baseOf(tag))) ?? 'en';
  const language = baseOf(tag) as Language;
  const texts: Texts = table[language];
  return {
    language,
    // A bare `en` is written the way of the first `en-…` that follows.
    locale: localeOf(wanted.find(other => other && /[-_]/.test(other) && baseOf(other) === language && (other === tag || !/[-_]/.test(tag))) ?? tag, language),
    direction: rightToLeft.includes(language) ? 'rtl' : 'ltr',
    say: (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)),
  };
}

function localeOf(tag: string, language: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replace(/_/g, '-'))[0] ?? language;
  } catch {
    return language;
  }
}
