import { corrected, parseColor, surface, toHex, type Rgb } from './contrast';

export const defaultAccent = '#3057d5';

/** The colours beside the accent, light and dark. Each text has at least 4.5:1 on `bg`, `soft` and its own surface; `edge` 3:1. */
export const palette = {
  light: { bg: '#ffffff', soft: '#f2f4f7', line: '#e2e5eb', edge: '#7d8594', text: '#191d25', muted: '#596172', bad: '#b3261e', note: '#fff4dc', onNote: '#6b4300' },
  dark: { bg: '#16191f', soft: '#252a33', line: '#343a45', edge: '#7f8898', text: '#eef0f4', muted: '#a9b1c0', bad: '#ff9389', note: '#3a2f14', onNote: '#f6d898' },
};

export type Theme = keyof typeof palette;

const rgb = (hex: string): Rgb => parseColor(hex) ?? [0, 0, 0];

/** The custom properties of a theme with this accent; an accent that is no colour gives the default. */
export function tokens(theme: Theme, accent: string): Record<string, string> {
  const color = parseColor(accent) ?? rgb(defaultAccent);
  const { bg, soft } = palette[theme];
  const filled = surface(color);
  return { ...palette[theme], accent: toHex(filled.background), on: toHex(filled.text), link: toHex(corrected(color, [rgb(bg), rgb(soft)])) };
}

const declare = (theme: Theme, accent: string): string =>
  `.root{${Object.entries(tokens(theme, accent)).map(([name, value]) => `--${name}:${value}`).join(';')}}`;

export const tokenSheet = (accent: string): string =>
  `${declare('light', accent)}@media(prefers-color-scheme:dark){${declare('dark', accent)}}`;
