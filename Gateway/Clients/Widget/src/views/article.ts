import type { Citation } from '../protocol/frames';
import { h, set } from './dom';
import { sanitise } from './sanitise';
import type { Context } from './view';

interface Article { title: string; language: string; updatedAt: string; html: string }
export interface ArticleView { element: HTMLElement; show(citation: Citation): Promise<void> }

/** An article inside the panel, opened at the heading that was cited. */
export function article(context: Context, server: string): ArticleView {
  const { words, dates } = context;
  const element = h('article', { class: 'article scroll', tabindex: -1, hidden: true });
  let latest: Citation | null = null;

  const show = async (citation: Citation) => {
    latest = citation;
    element.replaceChildren(h('h3', { dir: 'auto' }, citation.title), h('div', { class: 'skeleton' }, h('i'), h('i'), h('i')));
    const found = await load(server, citation);
    if (latest !== citation) return;
    if (found) fill(found, citation);
    else fail(citation);
  };

  function fill(found: Article, citation: Citation): void {
    const content = h('div', { class: 'content' });
    content.append(sanitise(found.html));
    const first = content.firstElementChild;
    if (first?.matches('h3') && first.textContent?.trim() === found.title) first.remove();
    const title = h('h3', { dir: 'auto', lang: found.language }, found.title);
    set(content, 'lang', found.language);
    set(content, 'dir', 'auto');
    const updated = Date.parse(found.updatedAt);
    element.replaceChildren(title, ...(updated ? [h('p', { class: 'meta' }, words.say('updated', { date: dates.date(updated) }))] : []), content);
    element.scrollTop = 0;
    const heading = citedHeading(content, citation.headingPath);
    heading?.classList.add('cited');
    heading?.scrollIntoView?.({ block: 'start' });
  }

  function fail(citation: Citation): void {
    const text = words.say('articleFailed');
    element.replaceChildren(h('h3', { dir: 'auto' }, citation.title), h('p', {}, text),
      h('p', {}, h('button', { type: 'button', class: 'quiet', click: () => void show(citation) }, words.say('retry'))));
    context.announce(text);
  }

  return { element, show };
}

async function load(server: string, { article, version }: Citation): Promise<Article | null> {
  try {
    const address = `${server}/chat/v1/articles/${encodeURIComponent(article)}`;
    const cited = await fetch(`${address}?version=${encodeURIComponent(version)}`, { credentials: 'omit' });
    // A version that is gone is shown as it is now.
    const response = cited.status === 404 ? await fetch(address, { credentials: 'omit' }) : cited;
    return response.ok ? ((await response.json()) as Article) : null;
  } catch {
    return null;
  }
}

/** The innermost heading of a path such as `Delivery › On the website`. */
function citedHeading(content: Element, path: string): Element | null {
  const wanted = path.split('›').at(-1)?.trim();
  if (!wanted) return null;
  return [...content.querySelectorAll('h3,h4,h5,h6')].find(heading => heading.textContent?.trim() === wanted) ?? null;
}
