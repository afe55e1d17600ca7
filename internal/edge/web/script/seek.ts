// Search as one types: <form data-seek="#list"> shows in #list what is found, from
// the form's own address with "/found" behind it. Ctrl+K, or "/", goes to the field;
// the arrows go through what was found and Escape goes back. Where the field stands
// in the frame its list opens below it, first with the pages that were seen last.
import {all, one} from "./dom";

const quiet = 120; // milliseconds without a key before it is asked
const kept = "giaoban.seen", most = 6;

interface Seen { path: string; title: string }

/** seekThings connects the page's search fields. */
export function seekThings(): void {
  const forms = all<HTMLFormElement>("form[data-seek]");
  for (const form of forms) attach(form);
  if (forms.length > 0) see();
  document.addEventListener("keydown", (event) => {
    if (!calls(event)) return;
    const field = forms.map((form) => one<HTMLInputElement>("input[type=search]", form)).find((input) => input?.checkVisibility?.() ?? input?.offsetParent);
    const link = one<HTMLAnchorElement>("a.seek-link");
    if (!field && !link) return;
    event.preventDefault();
    if (field) field.select(), field.focus(); else link?.click();
  });
}

/** calls says whether a key asks for the field, and is not meant for another. */
function calls(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") return true;
  const at = event.target as HTMLElement;
  return event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !at.closest("input,textarea,select,[contenteditable]") && !one("dialog[open]");
}

function attach(form: HTMLFormElement): void {
  const field = one<HTMLInputElement>("input[type=search]", form);
  const list = one(form.dataset.seek ?? "");
  if (!field || !list) return;
  const opens = form.contains(list);
  let timer = 0, asking: AbortController | undefined, shown = field.value.trim();
  for (const key of all("kbd", form)) key.hidden = false;
  const open = (yes: boolean) => {
    if (opens) list.hidden = !yes;
  };
  const ask = async () => {
    const words = field.value.trim();
    asking?.abort();
    if (words === shown && list.childElementCount > 0) return open(true);
    if (words === "" && opens) {
      shown = words;
      list.replaceChildren(...lately(form));
      return open(list.childElementCount > 0);
    }
    asking = new AbortController();
    try {
      const answer = await fetch(new URL(form.action).pathname + "/found?q=" + encodeURIComponent(words), {headers: {Accept: "text/html"}, signal: asking.signal});
      if (!answer.ok || answer.redirected) return; // no line, or signed out meanwhile: Enter leads to the page
      list.innerHTML = await answer.text();
      shown = words;
      say(form, list);
      open(true);
      if (!opens) history.replaceState(history.state, "", "?" + new URLSearchParams({q: words}));
    } catch { /* typed on, or no line */ }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, quiet);
  });
  if (opens) {
    field.setAttribute("aria-controls", list.id);
    open(false);
    field.addEventListener("focus", () => void ask());
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) open(false);
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // a press does not take the focus away
  }
  const walk = (event: KeyboardEvent) => {
    const links = all<HTMLAnchorElement>("a", list);
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "Escape" && opens) {
      field.focus();
      open(false);
    } else if (event.key === "ArrowDown" && !list.hidden && links.length > 0) {
      links[Math.min(at + 1, links.length - 1)].focus();
      event.preventDefault();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (at === 0 ? field : links[at - 1]).focus();
      event.preventDefault();
    }
  };
  form.addEventListener("keydown", walk);
  if (!opens) list.addEventListener("keydown", walk);
}

/** say tells those who listen how much was found. */
function say(form: HTMLElement, list: HTMLElement): void {
  const place = one("[data-seek-said]", form);
  if (place) place.textContent = one("[data-said]", list)?.dataset.said ?? "";
}

/** see keeps that this page was seen, in this tab alone. */
function see(): void {
  const title = document.title.replace(/ · giaoban$/, "");
  if (location.pathname === "/search") return;
  const list = [{path: location.pathname, title}, ...seen().filter((one) => one.path !== location.pathname)];
  try {
    sessionStorage.setItem(kept, JSON.stringify(list.slice(0, most + 1)));
  } catch { /* a browser that keeps nothing */ }
  document.addEventListener("submit", (event) => {
    if ((event.target as HTMLElement).getAttribute("action") === "/sign-out") sessionStorage.removeItem(kept);
  });
}

function seen(): Seen[] {
  try {
    return JSON.parse(sessionStorage.getItem(kept) ?? "[]") as Seen[];
  } catch {
    return [];
  }
}

/** lately lists the pages that were seen last, but for this one. */
function lately(form: HTMLElement): HTMLElement[] {
  const pages = seen().filter((one) => one.path !== location.pathname).slice(0, most);
  if (pages.length === 0) return [];
  const group = document.createElement("section");
  group.className = "seek-group";
  const head = document.createElement("h2");
  head.textContent = form.dataset.lately ?? "";
  const list = document.createElement("ul");
  for (const page of pages) {
    const link = document.createElement("a");
    link.href = page.path;
    link.textContent = page.title;
    const row = document.createElement("li");
    row.append(link);
    list.append(row);
  }
  group.append(head, list);
  return [group];
}
