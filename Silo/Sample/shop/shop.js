// Sets the language and direction of the document, from the address or from the switch; the chat reads both.
(() => {
  const rightToLeft = new Set(['ar', 'he']);
  const asked = new URLSearchParams(location.search);
  const language = asked.get('lang');
  if (language) document.documentElement.lang = language;
  const direction = asked.get('dir') ?? (rightToLeft.has(language) ? 'rtl' : 'ltr');
  document.documentElement.dir = direction === 'rtl' ? 'rtl' : 'ltr';

  addEventListener('DOMContentLoaded', () => {
    const choice = document.getElementById('language');
    if ([...choice.options].some(option => option.value === language)) choice.value = language;
    choice.addEventListener('change', () => {
      const next = new URLSearchParams(location.search);
      next.set('lang', choice.value);
      next.set('dir', rightToLeft.has(choice.value) ? 'rtl' : 'ltr');
      location.search = next;
    });
  });
})();
