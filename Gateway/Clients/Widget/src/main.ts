import { settingsOf } from './settings';
import { widget, type Api } from './widget';

declare global {
  interface Window { CustomerServiceWidget?: Api }
}

const script = (document.currentScript ?? document.querySelector('script[data-inbox]')) as HTMLScriptElement | null;

function start(): void {
  // A page may carry the tag twice; one widget is enough.
  window.CustomerServiceWidget ??= Object.freeze(widget(settingsOf(script, location.href)));
}

if (document.body) start();
else addEventListener('DOMContentLoaded', start);
