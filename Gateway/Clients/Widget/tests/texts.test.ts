import { expect, test } from 'vitest';
import { wordsFor } from '../src/texts';
import { Dates } from '../src/texts/dates';
import { en, type Texts } from '../src/texts/en';
import { table } from '../src/texts/table';

const languages = 'ar cs da de el en es fi fr he hi it ja ko nl no pl pt ru sv tr uk zh'.split(' ');
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(match => match[0]).sort();

test('There are 23 languages', () => expect(Object.keys(table).sort()).toEqual(languages));

test.each(Object.entries(table))('%s has every text, filled in at the same places', (language, texts: Texts) => {
  expect(Object.keys(texts)).toEqual(Object.keys(en));
  for (const [key, text] of Object.entries(texts)) {
    expect(text.trim(), `${language}.${key}`).toBe(text);
    expect(text, `${language}.${key}`).not.toBe('');
    expect(text, `${language}.${key}`).not.toMatch(/[\n!！]|oops/i);
    expect(placeholders(text), `${language}.${key}`).toEqual(placeholders(en[key as keyof Texts]));
    if (language !== 'en' && text.length > 25) expect(text, `${language}.${key} is translated`).not.toBe(en[key as keyof Texts]);
  }
});

test.each([
  [['de-AT', 'fr'], 'de', 'de-AT', 'ltr'],
  [[null, '', 'xx', 'he-IL', 'en'], 'he', 'he-IL', 'rtl'],
  [['nb-NO'], 'no', 'nb-NO', 'ltr'],
  [['zh_TW'], 'zh', 'zh-TW', 'ltr'],
  [['ar'], 'ar', 'ar', 'rtl'],
  [['en', 'de-DE', 'en-GB', 'en-US'], 'en', 'en-GB', 'ltr'],
  [['en-US', 'en-GB'], 'en', 'en-US', 'ltr'],
  [['xx', undefined], 'en', 'en', 'ltr'],
  [['constructor', 'toString'], 'en', 'en', 'ltr'],
])('Of %j the language is %s', (wanted, language, locale, direction) => {
  expect(wordsFor(wanted)).toMatchObject({ language, locale, direction });
});

test('Values are filled in as text, and only where they belong', () => {
  const { say } = wordsFor(['en']);
  expect(say('typing', { name: '{name} $& <b>' })).toBe('{name} $& <b> is typing');
  expect(say('typing')).toBe('{name} is typing');
});

test('Days are said as one says them', () => {
  const now = new Date(2026, 0, 5, 9, 0).getTime();
  const dates = new Dates('en-GB');
  expect(dates.day(new Date(2026, 0, 5, 0, 1).getTime(), now)).toBe('Today');
  expect(dates.day(new Date(2026, 0, 4, 23, 59).getTime(), now)).toBe('Yesterday');
  expect(dates.day(new Date(2026, 0, 2, 12).getTime(), now)).toBe('Friday 2 January');
  expect([dates.day(NaN, now), dates.time(NaN)]).toEqual(['', '']);
  expect(dates.day(new Date(2025, 11, 30, 12).getTime(), now)).toContain('2025');
});
