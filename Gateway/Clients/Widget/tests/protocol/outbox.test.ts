import { expect, test } from 'vitest';
import type { Chat } from '../../src/chat/chat';
import { welcome, World } from './world';

async function connected() {
  const world = new World();
  world.onFrame = (line, frame) => { if (frame.type === 'ping') line.say({ type: 'pong', at: '' }); };
  const chat = world.client();
  chat.connection.start();
  await world.clock.pass(0);
  world.line.say(welcome());
  return { world, chat };
}

const sent = (world: World) => world.line.sent.filter(frame => frame.type === 'send' || frame.type === 'requestPerson');
const started = (chat: Chat) => { chat.transcript = { ...chat.transcript, conversation: 'c' }; };

test('A message waits for the acknowledgement of the one before', async () => {
  const { world, chat } = await connected();
  chat.send('One');
  chat.send('Two');
  expect(sent(world)).toEqual([{ type: 'send', id: 'm-1', text: 'One' }]);
  world.line.say({ type: 'ack', id: 'm-1', conversation: 'c', sequence: 2, at: '', repeat: false });
  expect(sent(world).at(-1)).toEqual({ type: 'send', id: 'm-2', text: 'Two' });
});

test('What was on its way when the line broke goes again at once with the next welcome', async () => {
  const { world, chat } = await connected();
  chat.send('One');
  world.line.end(1006);
  await world.clock.pass(1000);
  expect(sent(world)).toEqual([]);
  world.line.say(welcome());
  expect(sent(world)).toEqual([{ type: 'send', id: 'm-1', text: 'One' }]);
});

test('An entry with its id confirms a message whose acknowledgement was lost', async () => {
  const { world, chat } = await connected();
  chat.send('One');
  world.line.say({ type: 'entries', conversation: 'c', entries: [{ sequence: 2, at: '', kind: 'message', author: { kind: 'contact', name: null }, id: 'm-1', text: 'One' }], upTo: 2, lastSequence: 2 });
  expect(chat.outbox.items).toEqual([]);
});

test('An acknowledgement that never comes is asked for by sending the same again', async () => {
  const { world, chat } = await connected();
  chat.send('One');
  await world.clock.pass(20_000);
  expect(sent(world).map(frame => 'id' in frame && frame.id)).toEqual(['m-1', 'm-1']);
});

test('After too many messages it waits as long as it was told, and fails none of them', async () => {
  const { world, chat } = await connected();
  chat.send('One');
  for (let i = 0; i < 8; i++) {
    world.line.say({ type: 'error', code: 'rate.limited', id: 'm-1', retryable: true, retryAfter: 4 });
    expect(chat.outbox.paused).toBe(true);
    await world.clock.pass(3999);
    expect(sent(world).length).toBe(i + 1);
    await world.clock.pass(1);
    expect(sent(world).length).toBe(i + 2);
  }
  expect(chat.outbox.items).toMatchObject([{ id: 'm-1' }]);
  expect(chat.outbox.items[0]?.failed).toBeUndefined();
});

test('A server that cannot take a message is asked five times; then the contact decides, and the next goes on', async () => {
  const { world, chat } = await connected();
  chat.send('One');
  chat.send('Two');
  for (let i = 0; i < 5; i++) {
    world.line.say({ type: 'error', code: 'unavailable', id: 'm-1', retryable: true });
    await world.clock.pass(40_000);
  }
  expect(chat.outbox.items[0]).toMatchObject({ id: 'm-1', failed: 'unavailable' });
  expect(sent(world).at(-1)).toMatchObject({ id: 'm-2' });
});

test('A frame refused as a whole fails the message on its way, not the one behind it', async () => {
  const { world, chat } = await connected();
  chat.send('One');
  chat.send('Two');
  world.line.say({ type: 'error', code: 'frame.too_large' });
  world.line.end(1009);
  await world.clock.pass(1000);
  world.line.say(welcome());
  expect(sent(world)).toEqual([{ type: 'send', id: 'm-2', text: 'Two' }]);
});

test('A wish for a person is made once, and again when it was refused', async () => {
  const { world, chat } = await connected();
  started(chat);
  chat.askForPerson();
  chat.askForPerson();
  expect(sent(world)).toEqual([{ type: 'requestPerson', id: 'm-1' }]);
  world.line.say({ type: 'error', code: 'frame.invalid', id: 'm-1', retryable: false });
  expect([chat.personAsked, chat.wantsPerson]).toEqual([false, false]);
  chat.askForPerson();
  world.line.say({ type: 'error', code: 'conversation.not_found', id: 'm-2', retryable: false });
  expect([chat.personAsked, chat.wantsPerson], 'it waits for a message').toEqual([false, true]);
});

test('Control characters and the spaces around a text are not sent', async () => {
  const { world, chat } = await connected();
  chat.send('  a\u0000b\u0007\td\r\ne\u001b[31m  ');
  expect(sent(world)).toMatchObject([{ text: 'ab\td\ne[31m' }]);
});
