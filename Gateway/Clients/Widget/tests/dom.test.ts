// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { agent, answer, cite, completeBrowser, contact, Page } from './page';

beforeEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
  completeBrowser();
});

test('Nothing is asked of the server before the panel is opened', async () => {
  const page = new Page();
  await page.world.clock.pass(60_000);
  expect(page.world.sessions).toEqual([]);
});

test('Who was here before is connected at once, and sees what came since on the launcher', async () => {
  const before = new Page();
  await before.open();
  await before.send('Hello');
  before.entries(contact(2, 'x', 'Hello'));
  const page = new Page();
  await page.connected({}, [contact(2, 'x', 'Hello'), agent(3, 'Hi'), agent(4, 'Are you there?')]);
  expect(page.one('.badge').textContent).toBe('2');
  expect(page.one('.launcher').getAttribute('aria-label')).toBe('Open chat. New messages: 2');
  page.one('.launcher').click();
  await page.drawn();
  expect(page.visible('.badge')).toBe(false);
  expect(page.line.sent.at(-1)).toEqual({ type: 'read', upTo: 4 });
});

test('Opened it says who answers, that it is a machine, and how to reach a person', async () => {
  const page = new Page();
  await page.open();
  expect(page.one('.panel').getAttribute('role')).toBe('dialog');
  expect(page.one('h2').textContent).toBe('Quillmere');
  expect(page.one('.who').textContent).toBe('AI assistant');
  expect(page.one('.intro').textContent).toContain('An AI assistant answers first.');
  expect(page.visible('.person')).toBe(true);
  expect(page.focus).toBe(page.one('textarea'));
});

test('The business can have its own words for that, and they are text', async () => {
  const page = new Page();
  const session = page.world.session();
  page.world.answers = [{ session: { ...session, assistant: { automated: true, notice: '<b>Our</b> machine answers.' } } }];
  await page.open();
  expect(page.texts('.intro p')[0]).toBe('<b>Our</b> machine answers.');
  expect(page.all('.intro b')).toEqual([]);
});

test('Enter sends, Shift and Enter does not, nor does Enter while an input method composes', async () => {
  const page = new Page();
  await page.open();
  await page.write('Hello');
  await page.press(page.one('textarea'), 'Enter', { shiftKey: true });
  await page.press(page.one('textarea'), 'Enter', { isComposing: true });
  expect(page.all('.own')).toEqual([]);
  expect((await page.press(page.one('textarea'), 'Enter')).defaultPrevented).toBe(true);
  expect(page.texts('.own .bubble')).toEqual(['Hello']);
  expect(page.one<HTMLTextAreaElement>('textarea').value).toBe('');
});

test('A message says how far it is: sending, sent, read', async () => {
  const page = new Page();
  await page.open();
  await page.send('Hello');
  const { id } = page.line.sent.at(-1) as { id: string };
  expect(page.one('.own .meta').textContent).toMatch(/ · Sending$/);
  page.line.say({ type: 'ack', id, conversation: 'c', sequence: 2, at: '2026-01-05T10:00:00Z', repeat: false });
  await page.drawn();
  expect(page.one('.own .meta').textContent).toMatch(/ · Sent$/);
  const bubble = page.one('.own .bubble');
  page.entries(contact(2, id, 'Hello'), { sequence: 3, kind: 'read', reader: 'agent', upTo: 2 } as object);
  await page.drawn();
  expect(page.one('.own .meta').textContent).toMatch(/ · Read$/);
  expect(page.one('.own .bubble'), 'the same element, so that it is not announced again').toBe(bubble);
  expect(page.all('.own').length).toBe(1);
});

test('A refused message stays, says so, and can be sent again or removed', async () => {
  const page = new Page();
  await page.open();
  await page.send('Hello');
  const { id } = page.line.sent.at(-1) as { id: string };
  page.line.say({ type: 'error', code: 'message.empty', id, retryable: false });
  await page.drawn();
  expect(page.one('.own .meta').textContent).toMatch(/ · Not sent$/);
  expect(page.one('.status').textContent).toBe('Not sent');
  const [again, remove] = page.all('.actions button');
  again?.click();
  expect(page.line.sent.filter(frame => frame.type === 'send')).toEqual([{ type: 'send', id, text: 'Hello' }, { type: 'send', id, text: 'Hello' }]);
  remove?.click();
  await page.drawn();
  expect(page.all('.own')).toEqual([]);
  expect(JSON.stringify(localStorage)).not.toContain('unsent');
});

test('Offline messages wait, say so, survive the page, and go out in order with their ids', async () => {
  const page = new Page();
  await page.open();
  page.world.up = false;
  page.line.end(1006);
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  await page.send('One');
  await page.send('Two');
  expect(page.one('.notice p').textContent).toBe('You are offline. Messages are sent when you are back.');
  expect(page.texts('.own .meta').at(-1)).toMatch(/Sent when you are back online$/);

  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);
  const later = new Page();
  await later.connected();
  expect(later.line.sent.at(-1)).toMatchObject({ type: 'send', text: 'One' });
  const first = later.line.sent.at(-1) as { id: string };
  expect(later.line.sent.filter(frame => frame.type === 'send').length, 'the second waits for the acknowledgement').toBe(1);
  later.line.say({ type: 'ack', id: first.id, conversation: 'c', sequence: 2, at: '', repeat: false });
  expect(later.line.sent.at(-1)).toMatchObject({ type: 'send', text: 'Two' });
  expect(later.texts('.own .bubble')).toEqual(['One', 'Two']);
});

test('A draft is kept', async () => {
  const page = new Page();
  await page.open();
  await page.write('Half a thought');
  expect(new Page().one<HTMLTextAreaElement>('textarea').value).toBe('Half a thought');
});

test('The limit is shown when it is near, and stops what is over it', async () => {
  const page = new Page();
  await page.open();
  await page.write('a'.repeat(9000));
  expect(page.one('.left').textContent).toBe('');
  await page.write('a'.repeat(9600));
  expect(page.one('.left').textContent).toBe('Characters left: 400');
  await page.send('a'.repeat(10_001));
  expect(page.all('.own')).toEqual([]);
  expect(page.one('textarea').getAttribute('aria-invalid')).toBe('true');
  await page.send('a'.repeat(10_000));
  expect(page.all('.own').length).toBe(1);
});

test('Every sentence has the marks of its articles, and an article is listed once', async () => {
  const page = new Page();
  const [a, b] = [cite('a', 'Track'), cite('b', 'Prices')];
  await page.open({}, [contact(2, 'm', 'Where?'), answer(3, { text: 'Here.', citations: [a] }, { text: 'It costs 5.', citations: [a, b] }, { text: 'Bye.', citations: [] })]);
  expect(page.one('.other .bubble').textContent).toBe('Here.\u00a01 It costs 5.\u00a01\u00a02 Bye.');
  expect(page.all('.mark').map(mark => mark.getAttribute('aria-label'))).toEqual(['1: Track', '1: Track', '2: Prices']);
  expect(page.texts('.source')).toEqual(['Track1', 'Prices2']);
  expect(page.one('.other .bubble').lang).toBe('en');
});

test('Markup in a message is text', async () => {
  const page = new Page();
  await page.open({}, [contact(2, 'm', '<img src=x onerror=alert(1)>'), agent(3, '<b>x</b> https://shop.example/a?b=1. javascript:alert(1)')]);
  expect(page.texts('.bubble').slice(0, 2)).toEqual(['<img src=x onerror=alert(1)>', '<b>x</b> https://shop.example/a?b=1. javascript:alert(1)']);
  expect(page.all('.bubble a').map(link => link.getAttribute('href'))).toEqual(['https://shop.example/a?b=1']);
  expect(page.all('.bubble img, .bubble b')).toEqual([]);
});

test('What was there is not announced; what comes is', async () => {
  const page = new Page();
  const log = () => page.one('[role=log]').getAttribute('aria-live');
  expect(log()).toBe('off');
  page.one('.launcher').click();
  await page.world.clock.pass(0);
  page.line.say({ type: 'welcome', v: 1, conversation: 'c', lastSequence: 3, status: 'open', holder: { kind: 'agent', name: 'Ada' } });
  page.entries(contact(2, 'm', 'Hello'), agent(3, 'Hi'));
  const live: (string | null)[] = [];
  const watch = new MutationObserver(changes => { if (changes.some(change => change.addedNodes.length)) live.push(log()); });
  watch.observe(page.one('[role=log]'), { childList: true });
  await page.drawn();
  expect(live, 'history').toEqual(['off']);
  page.entries(agent(4, 'Are you there?'));
  await page.drawn();
  expect(live, 'an addition').toEqual(['off', 'polite']);
});

test('Typing is shown, announced politely, and gone after six seconds', async () => {
  const page = new Page();
  await page.open({ holder: { kind: 'agent', name: 'Ada' } }, [contact(2, 'm', 'Hello')]);
  page.line.say({ type: 'typing', author: { kind: 'agent', name: 'Ada' }, on: true });
  await page.drawn();
  expect(page.visible('.typing')).toBe(true);
  expect(page.one('.status').textContent).toBe('Ada is typing');
  await page.world.clock.pass(6000);
  await page.drawn();
  expect(page.visible('.typing')).toBe(false);
});

test('Keys are told at most every three seconds, and when the box is empty again', async () => {
  const page = new Page();
  await page.open();
  const typed = () => page.line.sent.filter(frame => frame.type === 'typing').map(frame => (frame as { on: boolean }).on);
  for (const text of ['a', 'ab', 'abc']) await page.write(text);
  expect(typed()).toEqual([true]);
  await page.world.clock.pass(3000);
  await page.write('abcd');
  await page.write('');
  expect(typed()).toEqual([true, true, false]);
});

test('A person is one tap away: asked for at once in a conversation, after the first message before one', async () => {
  const page = new Page();
  await page.open();
  page.one('.person').click();
  await page.drawn();
  expect(page.visible('.hint')).toBe(true);
  expect(page.one('.status').textContent).toBe('Write what it is about, and a person will answer.');
  await page.send('My parcel is broken');
  const { id } = page.line.sent.at(-1) as { id: string };
  page.line.say({ type: 'ack', id, conversation: 'c', sequence: 2, at: '', repeat: false });
  expect(page.line.sent.at(-1)).toMatchObject({ type: 'requestPerson' });
  page.line.say({ type: 'ack', id: (page.line.sent.at(-1) as { id: string }).id });
  page.entries(contact(2, id, 'My parcel is broken'), { sequence: 3, kind: 'baton', holder: { kind: 'queue', name: null } } as object);
  await page.drawn();
  expect(page.one('.who').textContent).toBe('Waiting for a person');
  expect(page.texts('.event')).toEqual(['A person will take over here. You can go on writing.']);
  expect([page.visible('.person'), page.visible('.hint')]).toEqual([false, false]);
  page.entries({ sequence: 4, kind: 'baton', holder: { kind: 'agent', name: 'Ada' } } as object);
  await page.drawn();
  expect(page.one('.who').textContent).toBe('Ada is answering');
});

test('A closed conversation says so and goes on with the next message; a new one stands under the old', async () => {
  const page = new Page();
  await page.open({}, [contact(2, 'm', 'Hello'), { sequence: 3, kind: 'status', status: 'resolved' } as object]);
  expect(page.texts('.event')).toEqual(['This conversation is closed. Write again if you need anything else.']);
  await page.send('One more thing');
  const { id } = page.line.sent.at(-1) as { id: string };
  page.line.say({ type: 'entries', conversation: 'd', entries: [{ ...contact(2, id, 'One more thing'), at: '2026-01-06T10:00:00Z', kind: 'message' }], upTo: 2, lastSequence: 2 });
  await page.drawn();
  expect(page.texts('.bubble').filter(Boolean)).toEqual(['Hello', 'One more thing']);
  expect(page.texts('p.earlier')).toEqual(['Earlier conversation']);
  expect(page.all('.message.earlier').length).toBe(1);
});

test('Escape closes, and the focus goes back to the launcher', async () => {
  const page = new Page();
  await page.open();
  await page.press(page.one('textarea'), 'Escape');
  expect(page.visible('.panel')).toBe(false);
  expect(page.focus).toBe(page.one('.launcher'));
});

test('Only a panel that fills the screen is modal and keeps the focus', async () => {
  const wide = new Page();
  await wide.open();
  expect(wide.one('.panel').hasAttribute('aria-modal')).toBe(false);
  expect((await wide.press(wide.one('.send'), 'Tab')).defaultPrevented).toBe(false);

  completeBrowser(true);
  const phone = new Page();
  await phone.open();
  expect(phone.one('.panel').getAttribute('aria-modal')).toBe('true');
  phone.one('.send').focus();
  await phone.press(phone.one('.send'), 'Tab');
  expect(phone.focus?.getAttribute('aria-label')).toBe('Close chat');
  await phone.press(phone.focus!, 'Tab', { shiftKey: true });
  expect(phone.focus).toBe(phone.one('.send'));
});

test('Right-to-left languages are written so', () => {
  const page = new Page({ language: 'ar' });
  expect([page.one('.root').dir, page.one('.root').lang]).toEqual(['rtl', 'ar']);
});

test('A page that says who signed in gets a conversation of its own, and nothing of the visitor', async () => {
  const page = new Page();
  await page.open();
  await page.write('A secret of the visitor');
  const token = `x.${btoa(JSON.stringify({ sub: 'p-7' }))}.y`;
  await page.api.identify(token);
  await page.world.clock.pass(0);
  expect(page.world.sessions.at(-1)).toEqual({ visitor: null, identityToken: token });
  expect(page.one<HTMLTextAreaElement>('textarea').value).toBe('');
  await page.api.identify(null);
  await page.world.clock.pass(0);
  expect(page.world.sessions.at(-1)).toEqual({ visitor: 'visitor-1', identityToken: null });
  expect(page.one<HTMLTextAreaElement>('textarea').value).toBe('A secret of the visitor');
});

test.each([['unavailable', { status: 404, code: 'inbox.not_found', retryAfter: null }, true], ['sign in', { status: 401, code: 'identity.required', retryAfter: null }, false]])(
  'Trouble is said in words: %s', async (words, answer, retry) => {
    const page = new Page();
    page.world.answers = [answer];
    page.one('.launcher').click();
    await page.world.clock.pass(0);
    await page.drawn();
    expect(page.one('.notice p').textContent).toContain(words === 'unavailable' ? 'not available' : words);
    expect(page.visible('.notice button')).toBe(retry);
    expect(page.one('.status').textContent).toBe(page.one('.notice p').textContent);
  });
