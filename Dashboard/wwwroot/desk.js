// What must be instant, or must outlive a lost connection: keys, palette, drafts, scrolling.
// A key presses the visible element that carries it (data-key), so every shortcut is also a button with a name.

const root = document.documentElement;
const typingPause = 3000;

const isEditing = element => element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
const isUsable = element => element.checkVisibility() && !element.disabled;
const usable = selector => [...document.querySelectorAll(selector)].filter(isUsable);

// ---- keys -------------------------------------------------------------------------------------

function press(key) {
  const target = usable(`[data-key="${CSS.escape(key)}"]`).at(-1);
  if (!target) return false;
  if (isEditing(target)) target.focus();
  else target.click();
  if (target.dataset.focus) document.getElementById(target.dataset.focus)?.focus();
  return true;
}

function move(step) {
  const rows = usable("[data-roving] [data-row]");
  if (rows.length === 0) return;
  const here = rows.findIndex(row => row === document.activeElement);
  const from = here >= 0 ? here : rows.findIndex(row => row.getAttribute("aria-current"));
  const next = rows[Math.min(Math.max(from + step, 0), rows.length - 1)];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && isEditing(event.target)) {
    event.target.blur();
    (document.querySelector("[data-row][aria-current]") ?? document.querySelector("[data-row]"))?.focus();
    return;
  }
  if (event.altKey && /^Digit[1-3]$/.test(event.code)) {
    if (press(event.code.slice(-1))) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isEditing(event.target)) return;
  if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
  else if (!press(event.key)) return;
  event.preventDefault();
}

function onTabKeys(event) {
  const list = event.target.closest?.("[role=tablist]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!list || !step) return;
  const tabs = [...list.querySelectorAll("[role=tab]:not(:disabled)")];
  const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
  next.focus();
  next.click();
  event.preventDefault();
}

// ---- clicks that need no server ---------------------------------------------------------------

function toggle(name, values, current) {
  root.dataset[name] = values[(values.indexOf(current) + 1) % values.length];
  localStorage.setItem(`desk.${name}`, root.dataset[name]);
}

const acts = {
  theme: () => toggle("theme", ["light", "dark"], root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")),
  density: () => toggle("density", ["roomy", "dense"], root.dataset.density ?? "roomy"),
  // Beside the conversation where there is room, over it where there is not.
  context: () => matchMedia("(min-width: 1200px)").matches
    ? toggle("context", ["shown", "hidden"], root.dataset.context ?? "shown")
    : root.toggleAttribute("data-context-over"),
};

function onClick(event) {
  const target = event.target.closest?.("[data-act],[data-dialog],[data-palette],[data-jump],[data-copy],[data-row],[data-send]");
  if (!target) return;
  const { act, dialog, jump, copy } = target.dataset;
  if (act) acts[act]();
  if (dialog) document.getElementById(dialog).showModal();
  if ("palette" in target.dataset) openPalette();
  if (jump) jumpTo(jump);
  if (copy) navigator.clipboard.writeText(copy).then(() => { target.lastChild.textContent = "Copied"; });
  if ("send" in target.dataset) send(composerOf(event));
  if ("row" in target.dataset) root.removeAttribute("data-context-over");
}

function jumpTo(id) {
  const target = document.getElementById(id);
  root.removeAttribute("data-context-over");
  target?.scrollIntoView({ block: "center" });
  target?.classList.add("found");
  setTimeout(() => target?.classList.remove("found"), 1600);
}

// ---- command palette --------------------------------------------------------------------------

function openPalette() {
  const palette = document.getElementById("palette");
  if (!palette || palette.open) return;
  const commands = usable("[data-command]").map(element => ({
    element, name: element.dataset.command, key: element.getAttribute("aria-keyshortcuts")?.replace("Control+", "Ctrl ") ?? "",
  }));
  const input = Object.assign(document.createElement("input"), { type: "text", placeholder: "Type what you want to do", autocomplete: "off" });
  const list = Object.assign(document.createElement("ul"), { id: "palette-list" });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-label": "Command", "aria-expanded": "true", "aria-controls": "palette-list" })) input.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Commands");
  palette.replaceChildren(input, list);

  let found = [];
  let chosen = 0;
  const draw = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = commands.filter(command => words.every(word => command.name.toLowerCase().includes(word))).slice(0, 12);
    chosen = Math.min(chosen, Math.max(found.length - 1, 0));
    list.replaceChildren(...found.map((command, index) => option(command, index === chosen, index)));
    if (found.length === 0) list.append(Object.assign(document.createElement("li"), { className: "palette-none", role: "option", textContent: "No command has these words." }));
    input.setAttribute("aria-activedescendant", `palette-${chosen}`);
  };
  const run = command => {
    palette.close();
    if (!command) return;
    if (isEditing(command.element)) command.element.focus();
    else command.element.click();
    if (command.element.dataset.focus) document.getElementById(command.element.dataset.focus)?.focus();
  };
  input.addEventListener("input", () => { chosen = 0; draw(); });
  input.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) chosen = (chosen + step + found.length) % Math.max(found.length, 1);
    else if (event.key === "Enter") run(found[chosen]);
    else return;
    event.preventDefault();
    if (step) draw();
  });
  list.addEventListener("click", event => run(found[[...list.children].indexOf(event.target.closest("li"))]));
  palette.showModal();
  draw();
  input.focus();
}

function option({ name, key }, isChosen, index) {
  const item = Object.assign(document.createElement("li"), { id: `palette-${index}`, role: "option" });
  item.setAttribute("aria-selected", String(isChosen));
  item.append(Object.assign(document.createElement("span"), { textContent: name }));
  if (key) item.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  return item;
}

// ---- composer ---------------------------------------------------------------------------------

const draftOf = composer => `desk.draft.${composer.dataset.conversation}`;
const isOffline = () => document.querySelector(".components-reconnect-show, .components-reconnect-failed, .components-reconnect-rejected") !== null;

function keepDraft(composer, text) {
  if (text) sessionStorage.setItem(draftOf(composer), text);
  else sessionStorage.removeItem(draftOf(composer));
}

// The page listens, not the composer: what is typed or sent before the server has attached it is not lost.
const attached = new WeakMap();
const waiting = new Set();
const composerOf = event => event.target.closest?.("[data-conversation]");

function onInput(event) {
  const composer = composerOf(event);
  if (!composer) return;
  keepDraft(composer, event.target.value);
  // Whoever writes on has not sent yet: what waits for the server would be half a sentence.
  waiting.delete(draftOf(composer));
  tell(composer, "");
  const server = attached.get(composer);
  if (!server || !event.target.value || Date.now() - server.typedAt < typingPause) return;
  server.typedAt = Date.now();
  server.tellTyping(true);
}

function onSendKey(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !composerOf(event)) return;
  event.preventDefault();
  send(composerOf(event));
}

function tell(composer, text) {
  composer.querySelector("[data-state]").textContent = text;
}

async function send(composer) {
  const text = composer.querySelector("textarea");
  const written = text.value.trim();
  if (!written) return;
  if (isOffline()) {
    tell(composer, "Not sent: no connection. Your text is kept.");
    return;
  }
  const server = attached.get(composer);
  if (!server) {
    waiting.add(draftOf(composer));
    tell(composer, "Sending…");
    return;
  }
  tell(composer, "");
  text.value = "";
  try {
    server.typedAt = 0;
    await server.send(written);
    if (!text.value) keepDraft(composer, "");
    await server.tellTyping(false);
  } catch {
    text.value = text.value ? `${written}\n${text.value}` : written;
    keepDraft(composer, text.value);
    tell(composer, "Not sent: no connection. Your text is kept.");
  }
}

function attachComposer(composer, server) {
  if (!composer) return;
  attached.set(composer, {
    typedAt: 0,
    send: text => server.invokeMethodAsync("SendAsync", text),
    tellTyping: isTyping => server.invokeMethodAsync("TypingAsync", isTyping).catch(() => {}),
  });
  const text = composer.querySelector("textarea");
  text.value ||= sessionStorage.getItem(draftOf(composer)) ?? "";
  if (waiting.delete(draftOf(composer))) send(composer);
}

function insert(composer, added) {
  if (!composer) return;
  const text = composer.querySelector("textarea");
  if (!text.value.endsWith(added)) text.value = text.value.trim() ? `${text.value.trimEnd()}\n${added}` : added;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
}

// ---- scrolling --------------------------------------------------------------------------------

const watched = new WeakSet();
const isNew = element => element && !watched.has(element) && watched.add(element);

/** Stays at the newest message while the reader is there; otherwise offers to go there. */
function watchLog(log) {
  if (!isNew(log)) return;
  const toEnd = log.parentElement.querySelector("[data-to-end]");
  const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  let wasNearEnd = true;
  let top = 0;
  const goToEnd = () => {
    log.scrollTop = log.scrollHeight;
    top = log.scrollTop;
  };
  log.addEventListener("scroll", () => {
    // Only going up leaves the end: a log that shrinks or grows under the reader does not.
    const isUp = log.scrollTop < top;
    top = log.scrollTop;
    if (nearEnd()) wasNearEnd = toEnd.hidden = true;
    else if (isUp) wasNearEnd = false;
  });
  toEnd.addEventListener("click", goToEnd);
  new MutationObserver(changes => {
    if (wasNearEnd) goToEnd();
    else if (changes.some(change => [...change.addedNodes].some(node => node.parentElement === log && node === log.lastElementChild))) toEnd.hidden = false;
  }).observe(log, { childList: true, subtree: true });
  new ResizeObserver(() => { if (wasNearEnd) goToEnd(); }).observe(log);
  goToEnd();
}

function watchScroll(list, server) {
  if (!isNew(list)) return;
  let wasScrolled = false;
  list.addEventListener("scroll", () => {
    const isScrolled = list.scrollTop > 8;
    if (isScrolled === wasScrolled) return;
    wasScrolled = isScrolled;
    server.invokeMethodAsync("OnScrolled", isScrolled).catch(() => {});
  }, { passive: true });
}

function scrollToTop(list) {
  list?.scrollTo({ top: 0 });
}

function openDialog(dialog) {
  if (dialog?.open === false) dialog.showModal();
}

// A click on the darkened page closes a dialog, as Escape does.
function onBackdrop(event) {
  if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();
}

document.addEventListener("keydown", onTabKeys);
document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
document.addEventListener("input", onInput);
document.addEventListener("keydown", onSendKey);
document.addEventListener("mousedown", onBackdrop);

const focus = id => document.getElementById(id)?.focus();

// What the server calls. An element that has gone meanwhile comes as null, and a call may come twice.
window.desk = { attachComposer, insert, watchLog, watchScroll, scrollToTop, openDialog, focus };
