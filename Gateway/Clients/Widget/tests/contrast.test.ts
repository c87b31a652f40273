import { expect, test } from 'vitest';
import { contrast, parseColor, toHex, type Rgb } from '../src/look/contrast';
import { defaultAccent, palette, tokens, tokenSheet, type Theme } from '../src/look/tokens';

const rgb = (hex: string): Rgb => parseColor(hex) ?? [0, 0, 0];
const themes = ['light', 'dark'] as Theme[];
const steps = [0, 51, 102, 153, 204, 255];
const accents = steps.flatMap(r => steps.flatMap(g => steps.map(b => toHex([r, g, b]))));

test('Black on white is 21 to 1', () => expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21));
test('The known grey #767676 on white is just enough', () => expect(contrast(rgb('#767676'), rgb('#fff'))).toBeCloseTo(4.54, 2));

test.each(themes)('Every accent can be read in the %s theme: on it, and as text', theme => {
  for (const accent of accents) {
    const { accent: filled = '', on = '', link = '', bg = '', soft = '' } = tokens(theme, accent);
    expect(contrast(rgb(filled), rgb(on)), `text on ${accent}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(rgb(link), rgb(bg)), `${accent} on the background`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(rgb(link), rgb(soft)), `${accent} on a bubble`).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(themes)('The %s palette can be read', theme => {
  const { bg, soft, text, muted, bad, edge, note, onNote } = palette[theme];
  for (const ink of [text, muted]) for (const paper of [bg, soft]) expect(contrast(rgb(ink), rgb(paper))).toBeGreaterThanOrEqual(4.5);
  expect(contrast(rgb(bad), rgb(bg))).toBeGreaterThanOrEqual(4.5);
  expect(contrast(rgb(onNote), rgb(note))).toBeGreaterThanOrEqual(4.5);
  expect(contrast(rgb(edge), rgb(bg))).toBeGreaterThanOrEqual(3);
});

test('An accent that is readable stays as it is', () => expect(tokens('light', '#1f5c4a').accent).toBe('#1f5c4a'));

test.each(['', 'red', '#12', '#fff;}*{display:none', 'url(x)'])('%j is no colour: the default is used, and nothing of it reaches the style sheet', accent => {
  expect(tokens('light', accent).accent).toBe(tokens('light', defaultAccent).accent);
  expect(tokenSheet(accent)).toBe(tokenSheet(defaultAccent));
});
