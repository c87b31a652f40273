import { expect, test } from 'vitest';
import { planAfter } from '../../src/protocol/reconnect';
import { Token } from '../../src/protocol/token';
import { welcome, World } from './world';

async function connected(world = new World()) {
  const chat = world.client();
  chat.connection.start();
  await world.clock.pass(0);
  world.line.say(welcome());
  return { world, chat };
}

test.each([
  [1006, 0, 1000], [1006, 1, 2000], [1006, 2, 4000], [1006, 4, 16_000], [1006, 5, 30_000], [1006, 500, 30_000],
  [1009, 0, 1000], [4408, 1, 2000], [1012, 3, 2500], [4429, 0, 60_000],
])('After close code %i and %i connections in vain it waits %i ms', (code, attempt, delay) => {
  expect(planAfter(code, attempt, 0.5)).toEqual({ do: 'connect', delay, newSession: false });
});

test('Waits are spread by half either way, restarts over five seconds', () => {
  expect([planAfter(1006, 0, 0), planAfter(1006, 0, 0.999)]).toMatchObject([{ delay: 500 }, { delay: 1499 }]);
  expect([planAfter(1012, 0, 0), planAfter(1012, 0, 0.999)]).toMatchObject([{ delay: 0 }, { delay: 4995 }]);
});

test('A connection that finished stays finished until somebody needs it', async () => {
  const { world, chat } = await connected();
  world.line.end(1000);
  await world.clock.pass(3_600_000);
  expect([chat.connection.phase, world.lines.length]).toEqual(['idle', 1]);
  chat.send('Hello');
  await world.clock.pass(0);
  expect(world.lines.length).toBe(2);
});

test('A quiet line is asked after 25 seconds and given up 10 seconds later', async () => {
  const { world, chat } = await connected();
  await world.clock.pass(24_999);
  expect(world.line.sent.map(frame => frame.type)).toEqual(['hello']);
  await world.clock.pass(1);
  expect(world.line.sent.at(-1)).toEqual({ type: 'ping' });
  await world.clock.pass(9999);
  expect(chat.connection.phase).toBe('open');
  await world.clock.pass(1);
  expect(chat.connection.phase).toBe('waiting');
  await world.clock.pass(1000);
  expect(world.lines.length).toBe(2);
});

test('A server that never says welcome is given up after 10 seconds, and the waits grow', async () => {
  const world = new World();
  world.client().connection.start();
  await world.clock.pass(11_000 + 12_000 + 14_000);
  expect(world.lines.length).toBe(4);
});

test('The count of waits starts again after a welcome', async () => {
  const { world } = await connected();
  for (const delay of [1000, 1000]) {
    world.line.end(1006);
    await world.clock.pass(delay);
    world.line.say(welcome());
  }
  expect(world.lines.length).toBe(3);
});

test('An earlier line has nothing to say any more', async () => {
  const { world, chat } = await connected();
  const old = world.line.listener;
  world.line.end(1006);
  await world.clock.pass(1000);
  world.line.say(welcome());
  old.received(JSON.stringify({ type: 'entries', conversation: 'x', entries: [], upTo: 9, lastSequence: 9 }));
  old.closed(4400);
  expect([chat.connection.phase, chat.transcript.conversation]).toEqual(['open', null]);
});

test('A session is made once and its token used again while it is good', async () => {
  const { world } = await connected();
  world.line.end(1006);
  await world.clock.pass(1000);
  expect(world.sessions.length).toBe(1);
  expect(world.line.sent[0]).toMatchObject({ token: 'token-1' });
});

test('A refused token asks for a new session with the kept visitor, and does not storm', async () => {
  const { world } = await connected();
  for (let i = 0; i < 40; i++) {
    world.line.end(4401);
    await world.clock.pass(1000);
  }
  expect(world.sessions[1]).toEqual({ visitor: 'visitor-1', identityToken: null });
  expect(world.sessions.length).toBeLessThan(10);
});

test.each([[404, 'inbox.not_found', 'unavailable'], [403, 'origin.not_allowed', 'unavailable'], [401, 'identity.required', 'signIn'], [401, 'identity.invalid', 'signIn']])(
  'A session refused with %i %s stops as %s', async (status, code, problem) => {
    const world = new World();
    world.answers = [{ status, code, retryAfter: null }];
    const chat = world.client();
    chat.connection.start();
    await world.clock.pass(600_000);
    expect([chat.connection.phase, chat.connection.problem, world.sessions.length]).toEqual(['stopped', problem, 1]);
  });

test('A session refused for now is asked for again after the time the server gave', async () => {
  const world = new World();
  world.answers = [{ status: 429, code: 'rate.limited', retryAfter: 7 }, { status: 503, code: '', retryAfter: null }];
  world.client().connection.start();
  await world.clock.pass(6999);
  expect(world.sessions.length).toBe(1);
  await world.clock.pass(1);
  expect(world.sessions.length).toBe(2);
  await world.clock.pass(2000);
  expect(world.lines.length).toBe(1);
});

test('An identity token that was used up is asked for anew, and given up when the page has no other', async () => {
  const world = new World();
  const used = { status: 401, code: 'identity.replayed', retryAfter: null };
  world.answers = [used];
  let n = 0;
  const chat = world.client(() => `jwt-${++n}`);
  chat.connection.start();
  await world.clock.pass(0);
  expect(world.sessions).toEqual([{ visitor: null, identityToken: 'jwt-1' }, { visitor: null, identityToken: 'jwt-2' }]);
  expect(world.box.length, 'nothing is kept of a signed-in contact but the name of the business').toBe(1);

  world.answers = [used, used, used];
  const stuck = world.client('jwt');
  stuck.connection.start();
  await world.clock.pass(0);
  expect(stuck.connection.problem).toBe('signIn');
});

test('A wrong clock does not end a token early or late', () => {
  const now = Date.UTC(2026, 0, 5);
  for (const wrong of [-86_400_000, -60_000, 0, 60_000, 86_400_000]) {
    const token = new Token('t', new Date(now + 900_000).toISOString(), now + wrong);
    expect(token.spent(now + wrong)).toBe(false);
    expect(token.renewIn(now + wrong)).toBeLessThanOrEqual(600_000);
  }
});

test('Back from sleep the line is tried at once, and a wait is cut short', async () => {
  const { world, chat } = await connected();
  chat.connection.nudge();
  expect(world.line.sent.at(-1)).toEqual({ type: 'ping' });
  world.up = false;
  world.line.end(1006);
  await world.clock.pass(20_000);
  world.up = true;
  chat.connection.nudge();
  await world.clock.pass(0);
  expect(world.lines.length).toBe(2);
});
