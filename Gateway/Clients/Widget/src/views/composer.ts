import { clean } from '../chat/chat';
import { h, icon, set, setText } from './dom';
import type { Context, View } from './view';

const showLeft = 500;

export interface ComposerView extends View { focus(): void; load(): void }

/** Where the contact writes. Enter sends, Shift and Enter is a new line, and a draft survives the page. */
export function composer(context: Context): ComposerView {
  const { words } = context;
  const input = h('textarea', { rows: 1, 'aria-label': words.say('write'), placeholder: words.say('write'), enterkeyhint: 'send', dir: 'auto', 'aria-describedby': 'left' });
  const left = h('p', { class: 'left', id: 'left' });
  const button = h('button', { type: 'submit', class: 'send', 'aria-label': words.say('send') }, icon('send'));
  const element = h('form', { class: 'composer', submit: submit as (event: never) => void }, h('div', { class: 'field' }, input, button), left);
  let tooLong = false;

  function submit(event: Event): void {
    event.preventDefault();
    if (!context.chat().send(input.value)) return input.focus();
    input.value = '';
    changed();
    input.focus();
  }

  function changed(): void {
    const chat = context.chat();
    chat.kept.set('draft', input.value || null);
    update();
    grow();
  }

  function grow(): void {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
  }

  function update(): void {
    const rest = context.chat().limit - clean(input.value).length;
    const text = rest <= showLeft ? words.say('left', { count: new Intl.NumberFormat(words.locale).format(rest) }) : '';
    setText(left, text);
    left.classList.toggle('over', rest < 0);
    set(input, 'aria-invalid', rest < 0 && 'true');
    set(button, 'aria-disabled', (rest < 0 || !clean(input.value)) && 'true');
    if (rest < 0 !== tooLong) context.announce(text);
    tooLong = rest < 0;
  }

  input.addEventListener('input', () => {
    changed();
    context.chat().typing.pressed(clean(input.value) !== '');
  });
  input.addEventListener('keydown', event => {
    // While an input method composes, Enter chooses a word.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
  });

  return {
    element,
    update,
    focus: () => { input.focus(); grow(); },
    load: () => { input.value = context.chat().kept.get('draft') ?? ''; update(); },
  };
}
