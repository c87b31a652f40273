/** What to do after a lost connection (chat-v1.md section 7). */
export type Plan =
  | { do: 'rest' }
  | { do: 'stop' }
  | { do: 'connect'; delay: number; newSession: boolean };

const first = 1000;
const longest = 30_000;
const afterTooMuch = 60_000;
const restartSpread = 5000;

/** 1 s, 2 s, 4 s … at most 30 s, each ± 50 % at random. */
export const backoff = (attempt: number, random: number): number =>
  Math.min(longest, first * 2 ** Math.min(attempt, 10)) * (0.5 + random);

/**
 * @param code The close code; 1006 when there was none.
 * @param attempt How many connections in a row brought no welcome.
 */
export function planAfter(code: number, attempt: number, random: number): Plan {
  switch (code) {
    case 1000:
    case 1001:
      return { do: 'rest' };
    case 4400:
      return { do: 'stop' };
    case 1012:
      return { do: 'connect', delay: random * restartSpread, newSession: false };
    case 4401:
      return { do: 'connect', delay: attempt < 2 ? 0 : backoff(attempt - 2, random), newSession: true };
    case 4429:
      return { do: 'connect', delay: afterTooMuch, newSession: false };
    default:
      return { do: 'connect', delay: backoff(attempt, random), newSession: false };
  }
}
