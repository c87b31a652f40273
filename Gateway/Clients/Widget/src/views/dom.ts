type Child = Node | string | null | false;
type Attributes = Record<string, string | number | boolean | null | ((event: never) => void)>;

/** Makes an element. Functions are listeners, `true` is an empty attribute, null and `false` are left out. Text is always text. */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value as (event: Event) => void);
    else set(element, name, value);
  }
  element.append(...children.filter(child => child !== null && child !== false));
  return element;
}

/** Sets an attribute if it is another; `true` is empty, null and `false` remove it. */
export function set(element: Element, name: string, value: string | number | boolean | null): void {
  const text = value === true ? '' : value === null || value === false ? null : String(value);
  if (text === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const paths = {
  chat: 'M4.5 4.5h15a1.5 1.5 0 0 1 1.5 1.5v9.5a1.5 1.5 0 0 1-1.5 1.5H12l-4.5 4v-4h-3A1.5 1.5 0 0 1 3 15.5V6a1.5 1.5 0 0 1 1.5-1.5Z',
  close: 'm6 6 12 12M18 6 6 18',
  down: 'm5 9 7 7 7-7',
  back: 'M19 12H5m6-6-6 6 6 6',
  send: 'M12 19V5m-6 6 6-6 6 6',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 9c.6-3.700 3.600-6 7.5-6s6.900 2.300 7.5 6',
  article: 'M6 3.5h8.5L19 8v12.5H6Zm8 0V8.5h5M9 12.5h7M9 16h5',
};

/** A small drawing beside words that name it, or inside a control with a label. */
export function icon(name: keyof typeof paths): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon ${name}-icon`);
  svg.append(path);
  return svg;
}

/** Web addresses in a text become links; everything else stays the text it is. */
export function linked(text: string): Node[] {
  return text.split(/(https?:\/\/[^\s<>"'「」]*[^\s<>"'.,;:!?)\]}」。、])/).map((part, i) =>
    i % 2 ? h('a', { href: part, target: '_blank', rel: 'noopener noreferrer nofollow' }, part) : document.createTextNode(part));
}
