import type { MessageLine } from '../chat/lines';
import type { Citation } from '../protocol/frames';
import { h, icon, linked, set, setText } from './dom';
import { authorName, type Context } from './view';

export interface MessageView { element: HTMLElement; update(line: MessageLine, newest: boolean): void }

/** One message. Its words never change; what is around them (state, place in a run) does, without being announced again. */
export function message(line: MessageLine, context: Context): MessageView {
  const { words, dates } = context;
  const id = line.id ?? '';
  const author = h('p', { class: 'author' }, authorName(line.author, context));
  const meta = h('p', { class: 'meta' });
  const actions = h('p', { class: 'actions', hidden: true },
    h('button', { type: 'button', class: 'quiet', click: () => context.chat().outbox.retry(id) }, words.say('retry')),
    h('button', { type: 'button', class: 'quiet', click: () => context.chat().outbox.remove(id) }, words.say('remove')));
  const cited = sources(line);
  const element = h('div', { class: `message ${line.own ? 'own' : 'other'}` },
    author,
    h('div', { class: 'bubble', dir: 'auto', lang: line.language }, ...body(line, cited, context)),
    cited.length > 0 && h('ul', { class: 'sources' }, ...cited.map(({ citation, number }) => h('li', {}, source(citation, number, context)))),
    meta, line.own && actions);
  return {
    element,
    update(now, newest) {
      const { state } = now;
      for (const name of ['first', 'last', 'earlier'] as const) element.classList.toggle(name, now[name]);
      element.classList.toggle('failed', state === 'failed');
      const shown = state && (newest || (state !== 'sent' && state !== 'read')) ? words.say(state) : '';
      setText(meta, now.last || shown ? [dates.time(now.at), shown].filter(Boolean).join(' · ') : '');
      set(actions, 'hidden', state !== 'failed');
    },
  };
}

interface Source { citation: Citation; number: number }
const sameArticle = (a: Citation, b: Citation) => a.article === b.article && a.version === b.version;

/** The articles a message points to, numbered in order of appearance. */
function sources(line: MessageLine): Source[] {
  const found: Source[] = [];
  for (const citation of line.sentences.flatMap(sentence => sentence.citations)) {
    if (!found.some(known => sameArticle(known.citation, citation))) found.push({ citation, number: found.length + 1 });
  }
  return found;
}

function body(line: MessageLine, cited: Source[], context: Context): Node[] {
  if (!cited.length) return linked(line.text);
  return line.sentences.flatMap((sentence, i) => [
    ...(i ? [document.createTextNode(gap(line, i))] : []),
    ...linked(sentence.text),
    ...sentence.citations.filter((c, at, all) => all.findIndex(other => sameArticle(other, c)) === at).flatMap(citation => {
      const number = cited.find(known => sameArticle(known.citation, citation))?.number ?? 0;
      const mark = h('button', { type: 'button', class: 'mark', 'aria-label': `${number}: ${citation.title}`, click: () => context.showArticle(citation) }, String(number));
      return [document.createTextNode('\u00a0'), mark]; // never at the start of a row
    }),
  ]);
}

/** What stands between two sentences in the whole text; a space when the text says otherwise. */
function gap({ text, sentences }: MessageLine, i: number): string {
  const before = sentences[i - 1]?.text ?? '';
  const end = text.indexOf(before) + before.length;
  const next = text.indexOf(sentences[i]?.text ?? '', end);
  const between = text.slice(end, next);
  return next >= end && !between.trim() ? between : ' ';
}

function source(citation: Citation, number: number, { showArticle }: Context): HTMLElement {
  return h('button', { type: 'button', class: 'source', click: () => showArticle(citation) },
    icon('article'), h('span', { dir: 'auto' }, citation.title), h('span', { class: 'number', 'aria-hidden': 'true' }, String(number)));
}
