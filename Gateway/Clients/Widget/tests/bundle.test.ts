// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';

const folder = new URL('..', import.meta.url).pathname;
let script = '';
beforeAll(() => {
  execFileSync('node', ['build.mjs'], { cwd: folder });
  script = readFileSync(`${folder}dist/widget.js`, 'utf8');
});

test('The whole widget with its 23 languages is at most 30 KB gzipped', () => {
  expect(gzipSync(script).length).toBeLessThanOrEqual(30 * 1024);
});

test('Nothing in it needs eval, inline styles or another host', () => {
  expect(script).not.toMatch(/\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|setAttribute\("style"/);
  expect([...script.matchAll(/https?:\/\/[\w.]+/g)].map(match => match[0]).filter(address => address !== 'http://www.w3.org')).toEqual([]);
});
