const longestLife = 15 * 60_000;
const shortestRenewal = 30_000;

/** A token and how long it is good for, counted from when it came: the computer's clock may be wrong. */
export class Token {
  readonly #since: number;
  readonly #life: number;

  constructor(readonly value: string, expiresAt: string, now: number) {
    const left = Date.parse(expiresAt) - now;
    this.#since = now;
    this.#life = left > 0 && left < longestLife ? left : longestLife;
  }

  /** Milliseconds until a third of the time is left. */
  renewIn(now: number): number {
    return Math.max(shortestRenewal, this.#since + (this.#life * 2) / 3 - now);
  }

  spent(now: number): boolean {
    return now - this.#since >= this.#life;
  }
}
