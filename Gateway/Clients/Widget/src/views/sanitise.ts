import { h } from './dom';

const allowed = new Set('P BR HR UL OL LI DL DT DD A STRONG B EM I U S SUB SUP SMALL MARK CODE PRE KBD SAMP BLOCKQUOTE TABLE CAPTION THEAD TBODY TFOOT TR TH TD H1 H2 H3 H4 H5 H6'.split(' '));
/** These go with everything in them; any other unknown element leaves its content. */
const dropped = new Set('SCRIPT STYLE TEMPLATE NOSCRIPT IFRAME OBJECT EMBED SVG MATH HEAD TITLE TEXTAREA SELECT BUTTON FORM INPUT VIDEO AUDIO CANVAS'.split(' '));
const attributes: Record<string, RegExp> = { lang: /^[\w-]{1,35}$/, dir: /^(ltr|rtl|auto)$/, colspan: /^\d{1,2}$/, rowspan: /^\d{1,2}$/, scope: /^(row|col)$/, start: /^\d{1,4}$/ };
const deepest = 60;

/** Where pages forbid text as HTML (Trusted Types), this one harmless use has a name that they can allow. */
interface TrustedTypes { createPolicy(name: string, rules: { createHTML(html: string): string }): { createHTML(html: string): string } }
let policy: { createHTML(html: string): string } | null = null;

function inert(html: string): Document {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('customer-service-widget', { createHTML: text => text }) ?? { createHTML: text => text };
  return new DOMParser().parseFromString(policy.createHTML(html), 'text/html');
}

/** Builds an article anew from the elements and attributes that are allowed; nothing of the parsed document is taken over. */
export function sanitise(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  copy(inert(html).body, fragment, 0);
  return fragment;
}

function copy(from: Node, to: Node, depth: number): void {
  if (depth > deepest) return;
  for (const child of from.childNodes) {
    if (child.nodeType === 3) to.appendChild(document.createTextNode(child.nodeValue ?? ''));
    if (child.nodeType !== 1) continue;
    const element = child as Element;
    const name = element.nodeName.toUpperCase();
    if (dropped.has(name)) continue;
    if (name === 'IMG') to.appendChild(document.createTextNode(element.getAttribute('alt') ?? ''));
    const made = allowed.has(name) ? to.appendChild(make(element, name)) : to;
    copy(element, made, depth + 1);
  }
}

function make(element: Element, name: string): HTMLElement {
  // The panel has the second level, and the article's title the third.
  const level = /^H(\d)$/.exec(name)?.[1];
  const made = h((level ? `h${Math.min(6, Number(level) + 2)}` : name.toLowerCase()) as 'p');
  for (const [attribute, rule] of Object.entries(attributes)) {
    const value = element.getAttribute(attribute);
    if (value !== null && rule.test(value)) made.setAttribute(attribute, value);
  }
  const target = name === 'A' ? safeLink(element.getAttribute('href')) : null;
  if (target) for (const [key, value] of Object.entries({ href: target, target: '_blank', rel: 'noopener noreferrer' })) made.setAttribute(key, value);
  return made;
}

/** Only whole addresses: a relative one would point into the shop's page. */
export function safeLink(href: string | null): string | null {
  try {
    const url = new URL(href ?? '');
    return ['https:', 'http:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
