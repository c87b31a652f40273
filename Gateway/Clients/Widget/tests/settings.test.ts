// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { Kept, safeBox } from '../src/chat/kept';
import { subjectOf } from '../src/chat/identity';
import { settingsOf } from '../src/settings';

const page = 'https://shop.example/products?x=1';
function settings(attributes: string) {
  const box = document.createElement('div');
  box.innerHTML = `<script ${attributes}></script>`;
  return settingsOf(box.querySelector('script'), page);
}

test('Without attributes the widget talks to where its script came from', () => {
  expect(settings('src="https://help.example:8443/widget.js"')).toEqual({ server: 'https://help.example:8443', inbox: 'web', language: null, accent: '', position: 'end', identityCallback: null });
});

test('Every attribute is read', () => {
  expect(settings('src="/widget.js" data-server="https://help.example/path" data-inbox="returns" data-lang="de" data-accent="#f00" data-position="start" data-identity-callback="token"'))
    .toEqual({ server: 'https://help.example', inbox: 'returns', language: 'de', accent: '#f00', position: 'start', identityCallback: 'token' });
});

test('A server that is no web address is not used', () => {
  expect(settings('src="https://help.example/widget.js" data-server="javascript:alert(1)" data-position="middle"')).toMatchObject({ server: 'https://help.example', position: 'end' });
  expect(settingsOf(null, page).server).toBe('https://shop.example');
});

test('A browser that keeps nothing, or is full, keeps it for the page', () => {
  const full = { length: 0, key: () => null, getItem: () => null, removeItem: () => {}, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
  for (const storage of [() => { throw new DOMException('no', 'SecurityError'); }, () => full as unknown as Storage]) {
    const kept = new Kept(safeBox(storage), 'web', 'visitor');
    kept.set('draft', 'x');
    kept.outbox.put({ id: '1', kind: 'message', text: 'Hello', at: 1 });
    expect([kept.get('draft'), kept.outbox.all().length]).toEqual(['x', 1]);
    kept.outbox.remove('1');
    expect(kept.outbox.all()).toEqual([]);
  }
});

test('What is kept is apart for every inbox and every contact, and what cannot be read is dropped', () => {
  localStorage.clear();
  const [a, b] = [new Kept(localStorage, 'web', 'visitor'), new Kept(localStorage, 'web', 'contact.7')];
  a.outbox.put({ id: '1', kind: 'message', text: 'Hello', at: 1 });
  a.set('unsent.2', '{broken');
  expect([a.outbox.all().length, b.outbox.all().length]).toEqual([1, 0]);
  expect(a.get('unsent.2')).toBe(null);
});

test('A message unsent for more than a day is not sent behind the contact\'s back', async () => {
  const { World } = await import('./protocol/world');
  const world = new World();
  new Kept(world.box, 'web', 'visitor').outbox.put({ id: 'old', kind: 'message', text: 'Hello', at: world.clock.now - 25 * 3_600_000 });
  const { items } = world.client().outbox;
  expect(items).toMatchObject([{ id: 'old', failed: 'old' }]);
});

test.each([[`x.${btoa('{"sub":"p-7"}')}.y`, 'p-7'], ['x.eyJzdWIiOiJKw7xyZ2VuIn0.y', 'Jürgen'], ['opaque', null], ['a.b.c', null], [null, null]])('The person in %s is %s', (token, person) => {
  expect(subjectOf(token)).toBe(person);
});
