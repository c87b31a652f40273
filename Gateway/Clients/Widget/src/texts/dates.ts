/** Days and times as a language writes them; nothing for a time that is none. */
export class Dates {
  readonly #time: Intl.DateTimeFormat;
  readonly #relative: Intl.RelativeTimeFormat;

  constructor(readonly locale: string) {
    this.#time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  }

  time(at: number): string {
    return Number.isNaN(at) ? '' : this.#time.format(at);
  }

  /** "Today", "Yesterday", or the date; the year only when it is another. */
  day(at: number, now: number): string {
    if (Number.isNaN(at)) return '';
    const ago = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
    if (ago === 0 || ago === 1) return this.#sentence(this.#relative.format(-ago, 'day'));
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return this.#sentence(new Intl.DateTimeFormat(this.locale, { weekday: 'long', day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }) }).format(at));
  }

  date(at: number): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: 'long' }).format(at);
  }

  #sentence(text: string): string {
    return text.charAt(0).toLocaleUpperCase(this.locale) + text.slice(1);
  }
}

export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
