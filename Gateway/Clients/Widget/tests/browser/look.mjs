// Shows the widget in Chromium in all its states: a picture of each in artifacts/widget, axe on each, and a walk with the keyboard.
// `npm run look` needs Chromium (CHROMIUM, by default /usr/bin/chromium); it ends with an error when axe or the walk finds something.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { start } from './server.mjs';

const pictures = new URL('../../../../../artifacts/widget/', import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const only = process.argv[2];
const flags = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(' ');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
const problems = [];

const ask = async (page, text) => {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
};
const answered = page => page.locator('.source').first().waitFor();
const first = shop => shop.everybody()[0];

/** Every state: how to get there from an opened panel. */
const states = {
  empty: async () => {},
  answer: async page => { await ask(page, 'Where is my order?'); await answered(page); },
  article: async page => { await states.answer(page); await page.locator('.mark').first().click(); await page.locator('.content').waitFor(); },
  'article missing': async page => { await states.answer(page); await page.locator('.source').last().click(); await page.locator('.article .quiet').waitFor(); },
  offline: async (page, shop, context) => { await states.answer(page); await context.setOffline(true); shop.drop(); await ask(page, 'And can I change the address?'); await page.locator('.notice').waitFor(); },
  failed: async (page, shop) => { await states.answer(page); shop.refuse = { code: 'message.too_long' }; await ask(page, 'This one does not go through.'); await page.locator('.failed').waitFor(); },
  'person first': async page => { await page.locator('.person').click(); await page.locator('.hint').waitFor(); },
  person: async (page, shop) => {
    await states.answer(page);
    await page.locator('.person').click();
    await page.locator('.event').first().waitFor();
    shop.holder(first(shop), 'agent', 'Ada');
    shop.reply(first(shop), 'Hello, this is Ada. I am looking at your order now, one moment.');
    await ask(page, 'Thank you. It is QM-104233, see https://shop.example/orders/104233');
    await page.waitForTimeout(200);
    shop.read(first(shop));
    shop.typing(true);
    await page.locator('.typing').waitFor();
  },
  resolved: async (page, shop) => { await states.person(page, shop); shop.typing(false); shop.resolve(first(shop)); await page.waitForTimeout(200); },
  'too long': async page => { await page.getByRole('textbox').fill('Where is my order? '.repeat(540)); },
  unavailable: async (page, shop, context) => { await page.evaluate(() => localStorage.clear()); shop.refuseSession = 404; await page.reload(); await page.locator('.launcher').click(); await page.locator('.notice').waitFor(); },
  connecting: async (page, shop) => { await states.answer(page); shop.sessions = false; shop.deaf = true; shop.drop(); await page.locator('.notice').waitFor(); },
  loading: async (page, shop) => { await states.answer(page); shop.sessions = false; await page.reload(); await page.locator('.launcher').click(); await page.locator('.skeleton').first().waitFor(); },
  unread: async (page, shop) => { await states.answer(page); await page.locator('.launcher').click(); shop.holder(first(shop), 'agent', 'Ada'); shop.reply(first(shop), 'Found it.'); await page.locator('.badge').waitFor(); },
  long: async (page, shop) => {
    await states.answer(page);
    shop.answer = false;
    shop.holder(first(shop), 'agent', 'Ada');
    for (let i = 0; i < 12; i++) shop.reply(first(shop), `Message ${i}: a line that is long enough to take two rows.`);
    await page.waitForTimeout(200);
    await page.locator('.log .scroll').evaluate(scroll => { scroll.scrollTop = 60; });
    await page.waitForTimeout(100);
    shop.reply(first(shop), 'One more.');
    await page.locator('.more').waitFor();
  },
};

/** Every way to look. */
const desktop = { viewport: { width: 900, height: 720 } };
const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };
const looks = [
  ...Object.keys(states).map(state => ({ state, name: 'light', ...desktop })),
  ...['answer', 'article', 'failed', 'offline', 'person', 'too long'].map(state => ({ state, name: 'dark', ...desktop, colorScheme: 'dark' })),
  ...['empty', 'answer', 'article', 'person'].map(state => ({ state, name: 'phone', ...phone })),
  { state: 'answer', name: 'phone dark', ...phone, colorScheme: 'dark' },
  ...['empty', 'answer', 'offline'].map(state => ({ state, name: 'arabic', ...desktop, lang: 'ar' })),
  { state: 'answer', name: 'arabic phone', ...phone, lang: 'ar' },
  ...['answer', 'failed'].map(state => ({ state, name: 'german start yellow', ...desktop, lang: 'de', attributes: 'data-position="start" data-accent="#ffd400"' })),
  { state: 'answer', name: 'japanese', ...desktop, lang: 'ja', attributes: 'data-accent="#1f5c4a"' },
  { state: 'answer', name: 'zoom 200', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  { state: 'answer', name: 'large text', ...desktop, largeText: true },
  { state: 'person', name: 'forced colours', ...desktop, forcedColors: 'active' },
];

async function open({ state, name, lang = 'en', attributes = '', largeText = false, ...options }) {
  const { address, shop, close } = await start();
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', bypassCSP: false, ...options });
  const page = await context.newPage();
  page.on('console', message => { if (/Content Security Policy|trusted/i.test(message.text())) problems.push(`${state}, ${name}: ${message.text()}`); });
  page.on('pageerror', error => problems.push(`${state}, ${name}: ${error.message}`));
  await page.goto(`${address}/?lang=${lang}&attributes=${encodeURIComponent(attributes)}`);
  if (largeText) await page.evaluate(() => { document.documentElement.style.fontSize = '32px'; });
  await page.locator('.launcher').waitFor();
  const names = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    frame.remove();
    return Object.getOwnPropertyNames(window).filter(name => !usual.has(name) && !/^__p/.test(name) && name !== '0');
  });
  if (String(names) !== 'CustomerServiceWidget') problems.push(`${state}, ${name}: names in the page: ${names}`);
  await page.locator('.launcher').click();
  await page.locator('.avatar:not(.unknown)').waitFor({ state: 'attached' });
  await page.waitForTimeout(150);
  return { context, page, shop, end: async () => { await context.close(); close(); } };
}

for (const look of looks) {
  const title = `${look.state}, ${look.name}`;
  if (only && !title.includes(only)) continue;
  const { context, page, shop, end } = await open(look);
  try {
    await (look.lang === 'ar' && look.state === 'answer' ? ask(page, 'أين طلبي؟').then(() => answered(page)) : states[look.state](page, shop, context));
    await page.waitForTimeout(150);
    await page.screenshot({ path: `${pictures}${title.replace(/\W+/g, '-')}.png` });
    await context.newCDPSession(page).then(session => session.send('Runtime.evaluate', { expression: axe }));
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const { id, help, nodes } of violations) problems.push(`${title}: axe ${id}: ${help}\n    ${nodes.map(node => `${node.target} ${node.html.slice(0, 160)}`).join('\n    ')}`);
  } catch (error) {
    problems.push(`${title}: ${error.message}`);
  }
  await end();
}

/** The whole way with the keyboard alone. */
async function walk(options, fills) {
  const { page, end } = await open({ state: 'keyboard', name: fills ? 'phone' : 'desktop', ...options });
  const focus = () => page.evaluate(() => {
    const active = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return active?.className || active?.localName;
  });
  const expect = (what, is, wanted) => { if (!wanted.split('|').includes(is)) problems.push(`keyboard, ${fills ? 'phone' : 'desktop'}: ${what}: focus is on "${is}", not on "${wanted}"`); };
  expect('after opening', await focus(), fills ? 'panel' : 'textarea');
  await ask(page, 'Where is my order?');
  await answered(page);
  await page.locator('.source').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.content').waitFor();
  expect('in the article', await focus(), 'article scroll');
  await page.keyboard.press('Escape');
  expect('back from the article', await focus(), 'source');
  const seen = [];
  for (let i = 0; i < 14; i++) { await page.keyboard.press('Tab'); seen.push(await focus()); }
  if (fills && seen.includes('body')) problems.push('keyboard, phone: Tab leaves the panel');
  if (fills) for (const stop of ['round', 'scroll', 'mark', 'textarea', 'send']) if (!seen.includes(stop)) problems.push(`keyboard, phone: Tab never reaches ${stop}: ${seen}`);
  await page.getByRole('textbox').focus();
  await page.keyboard.press('Escape');
  expect('after Escape', await focus(), 'launcher');
  await end();
}
if (!only || only === 'keyboard') {
  await walk(desktop, false);
  await walk({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }, true);
}

await browser.close();
console.log(problems.length ? problems.join('\n') : `No violations in ${looks.length} looks; pictures are in artifacts/widget.`);
process.exit(problems.length ? 1 : 0);
