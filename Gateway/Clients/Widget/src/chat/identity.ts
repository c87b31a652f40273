import type { Credentials } from '../protocol/ports';
import type { Kept } from './kept';

/** A token of the business's server, or how to get a new one whenever it is needed; null for nobody. */
export type Identity = string | (() => string | null | Promise<string | null>) | null;

export class Identities implements Credentials {
  constructor(readonly identity: Identity, readonly kept: Kept) {}

  get visitor(): string | null {
    return this.kept.get('visitor');
  }

  set visitor(secret: string | null) {
    this.kept.set('visitor', secret);
  }

  async identityToken(): Promise<string | null> {
    return typeof this.identity === 'function' ? await this.identity() : this.identity;
  }
}

/** Asks for the first token, which says whose words are kept. It opens the first session; later ones ask anew. */
export async function introduced(identity: Identity): Promise<{ identity: Identity; owner: string }> {
  let first = typeof identity === 'function' ? await identity() : identity;
  if (!first) return { identity: null, owner: 'visitor' };
  const owner = `contact.${subjectOf(first) ?? ''}`;
  if (typeof identity !== 'function') return { identity, owner };
  return { owner, identity: () => { const token = first; first = null; return token ?? identity(); } };
}

/** The person in a token, for the names of what is kept; whether it is true is the server's to say. */
export function subjectOf(token: string | null): string | null {
  try {
    const payload = (token ?? '').split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}
