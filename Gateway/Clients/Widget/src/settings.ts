/** What the script tag says. */
export interface Settings {
  server: string;
  inbox: string;
  language: string | null;
  accent: string;
  position: 'start' | 'end';
  identityCallback: string | null;
}

export function settingsOf(script: HTMLScriptElement | null, page: string): Settings {
  const data = script?.dataset ?? {};
  return {
    server: originOf(data['server'], page) ?? originOf(script?.src, page) ?? new URL(page).origin,
    inbox: data['inbox'] || 'web',
    language: data['lang'] ?? null,
    accent: data['accent'] ?? '',
    position: data['position'] === 'start' ? 'start' : 'end',
    identityCallback: data['identityCallback'] ?? null,
  };
}

function originOf(address: string | undefined, page: string): string | null {
  try {
    const { protocol, origin } = new URL(address || '', page);
    return address && /^https?:$/.test(protocol) ? origin : null;
  } catch {
    return null;
  }
}
