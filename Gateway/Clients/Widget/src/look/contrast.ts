/** Colours that can be read, whatever accent the tenant chose (WCAG 2.2: 4.5:1 for text). */

export type Rgb = readonly [number, number, number];

export const readable = 4.5;
const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
const ink: Rgb = [17, 20, 26];

/** Reads `#rgb` or `#rrggbb`; null for anything else. */
export function parseColor(text: string): Rgb | null {
  const hex = /^#?([\da-f]{3}|[\da-f]{6})$/i.exec(text.trim())?.[1];
  if (!hex) return null;
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  return [0, 2, 4].map(i => parseInt(full.slice(i, i + 2), 16)) as unknown as Rgb;
}

export const toHex = (color: Rgb): string => '#' + color.map(part => Math.round(part).toString(16).padStart(2, '0')).join('');

function luminance(color: Rgb): number {
  const [r, g, b] = color.map(part => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => from.map((part, i) => part + ((to[i] ?? 0) - part) * share) as unknown as Rgb;

/** The colour, moved towards black or white only as far as needed against all these backgrounds. */
export function corrected(color: Rgb, backgrounds: readonly Rgb[], ratio = readable): Rgb {
  const enough = (c: Rgb) => backgrounds.every(background => contrast(parseColor(toHex(c)) ?? c, background) >= ratio);
  const target = backgrounds.every(background => luminance(background) < 0.18) ? white : black;
  for (let share = 0; share < 1; share += 0.02) {
    const moved = mix(color, target, share);
    if (enough(moved)) return moved;
  }
  return target;
}

/** A surface of the accent and the text on it: white where a slightly darker accent allows it, else dark text on the accent as it is. */
export function surface(accent: Rgb): { background: Rgb; text: Rgb } {
  if (contrast(accent, white) >= 3) return { background: corrected(accent, [white]), text: white };
  return { background: accent, text: contrast(accent, ink) >= readable ? ink : black };
}
