// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { safeLink, sanitise } from '../src/views/sanitise';
import { answer, cite, completeBrowser, contact, Page } from './page';

function cleaned(html: string): string {
  const box = document.createElement('div');
  box.append(sanitise(html));
  return box.innerHTML;
}

test('An article keeps its headings two steps lower, its lists, tables and emphasis', () => {
  expect(cleaned('<h1>A</h1><p lang="de">x <strong>y</strong> <em>z</em></p><ul><li>1</li></ul><table><tr><th scope="col" colspan="2">a</th></tr></table>'))
    .toBe('<h3>A</h3><p lang="de">x <strong>y</strong> <em>z</em></p><ul><li>1</li></ul><table><tbody><tr><th colspan="2" scope="col">a</th></tr></tbody></table>');
});

test.each([
  ['<script>alert(1)</script>x', 'x'],
  ['<img src=x onerror=alert(1) alt="A tent">', 'A tent'],
  ['<p onclick="alert(1)" style="position:fixed" class="launcher" id="name">x</p>', '<p>x</p>'],
  ['<a href="javascript:alert(1)">x</a><a href="&#x6a;avascript:alert(1)">y</a><a href="data:text/html,x">z</a>', '<a>x</a><a>y</a><a>z</a>'],
  ['<a href="/orders">x</a>', '<a>x</a>'],
  ['<svg><a xlink:href="javascript:alert(1)"><text>x</text></a><style>*{}</style></svg>y', 'y'],
  ['<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></mglyph></table></mtext></math>', /^(?!.*(<img|<style|onerror)).*$/s],
  ['<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>', /^(?!.*<img).*$/s],
  ['<iframe srcdoc="<script>alert(1)</script>"></iframe><object data="x"></object><embed src="x">a', 'a'],
  ['<form action="https://evil.example"><input name="card"><button>Pay</button></form>', ''],
  ['<custom-thing><p>x</p></custom-thing><marquee>y</marquee>', '<p>x</p>y'],
  ['<base href="https://evil.example"><meta http-equiv="refresh" content="0"><link rel="stylesheet" href="x">x', 'x'],
  ['<template><img src=x onerror=alert(1)></template>x', 'x'],
  ['&lt;script&gt;alert(1)&lt;/script&gt;', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['<table><tr><td colspan="999999" dir="javascript">x</td></tr></table>', '<table><tbody><tr><td>x</td></tr></tbody></table>'],
])('%s becomes %s', (html, result) => {
  if (typeof result === 'string') expect(cleaned(html)).toBe(result);
  else expect(cleaned(html)).toMatch(result);
});

test('Depth has an end', () => expect(cleaned('<b>'.repeat(200) + 'x').length).toBeLessThan(500));

test('Links lead out, in a page of their own, without a word about where they came from', () => {
  expect(cleaned('<a href="https://shop.example/a">x</a>')).toBe('<a href="https://shop.example/a" target="_blank" rel="noopener noreferrer">x</a>');
  expect(['mailto:a@shop.example', 'tel:+31201234567', ' https://x.example'].map(safeLink)).toEqual(['mailto:a@shop.example', 'tel:+31201234567', 'https://x.example/']);
  expect(['vbscript:x', 'java\nscript:x', '//evil.example', 'file:///etc', '', null].map(safeLink)).toEqual([null, null, null, null, null, null]);
});

const found = { title: 'Track your order', language: 'en', updatedAt: '2026-01-02T00:00:00Z', html: '<h1>Track your order</h1><p>Anywhere.</p><h2>On the website</h2><p>Open it.</p>' };
const reply = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status }));

async function opened(fetched: typeof fetch): Promise<Page> {
  vi.stubGlobal('fetch', fetched);
  const page = new Page();
  await page.open({}, [contact(2, 'm', 'Where?'), answer(3, { text: 'Here.', citations: [cite('track your', 'Track your order', 'Orders › On the website')] })]);
  page.one('.mark').focus();
  page.one('.mark').click();
  await page.drawn();
  return page;
}

beforeEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
  completeBrowser();
});

test('A mark opens the cited version of the article inside the panel, at the cited heading, and goes back to where it was', async () => {
  const asked: string[] = [];
  const page = await opened(address => { asked.push(String(address)); return reply(200, found); });
  expect(asked).toEqual(['https://help.example/chat/v1/articles/track%20your?version=1']);
  expect(page.texts('.article > h3')).toEqual(['Track your order']);
  expect(page.texts('.article .content')).toEqual(['Anywhere.On the websiteOpen it.']);
  expect(page.texts('.cited')).toEqual(['On the website']);
  expect([page.visible('.lines'), page.visible('.composer'), page.visible('.person')]).toEqual([false, false, true]);
  expect(page.focus).toBe(page.one('.article'));
  await page.press(page.one('.article'), 'Escape');
  expect([page.visible('.article'), page.visible('.panel')]).toEqual([false, true]);
  expect(page.focus).toBe(page.one('.mark'));
});

test('When the cited version is gone the current one is shown', async () => {
  const page = await opened(address => (String(address).includes('version') ? reply(404, {}) : reply(200, found)));
  expect(page.texts('.cited')).toEqual(['On the website']);
});

test('An article that cannot be loaded says so and can be tried again', async () => {
  let works = false;
  const page = await opened(() => (works ? reply(200, found) : Promise.reject(new TypeError('no network'))));
  expect(page.one('.status').textContent).toBe('The article could not be loaded.');
  works = true;
  page.one('.article .quiet').click();
  await page.drawn();
  expect(page.texts('.article .content').length).toBe(1);
});
