// The article beside readers' opinions: where there is room, that of the opinion where
// somebody is; else folded in each, fetched when it is opened.
import {all, one} from "web/dom";

const roomy = matchMedia("(min-width: 1100px)"); // as the look has it
const texts = new Map<string, Promise<HTMLElement>>(); // by address

/** besides shows the article of the opinion where somebody is. */
export function besides(list: HTMLElement): void {
  const columns = one("[data-beside-columns]");
  if (columns) columns.dataset.besideColumns = "on";
  for (const kind of ["focusin", "pointerdown"]) list.addEventListener(kind, (e) => choose((e.target as HTMLElement).closest("[data-opinion]")));
  list.addEventListener("toggle", unfold, true);
  choose(one("[data-opinion]", list));
}

/** choose marks an opinion, and shows its article. */
export function choose(opinion: HTMLElement | null): void {
  const aside = one("[data-beside]");
  if (!opinion || !aside) return;
  for (const other of all("[data-opinion][data-here]")) if (other !== opinion) delete other.dataset.here;
  opinion.dataset.here = "";
  aside.hidden = false;
  if (roomy.matches) show(aside, opinion.dataset.article ?? "").catch(() => fail(aside));
}

async function show(aside: HTMLElement, address: string): Promise<void> {
  const place = one("[data-beside-place]", aside)!;
  if (aside.dataset.beside === address && place.firstElementChild) return;
  aside.dataset.beside = address;
  const text = await textOf(address);
  if (aside.dataset.beside !== address) return; // somebody went on meanwhile
  place.replaceChildren(text);
  place.scrollTop = 0;
  place.hidden = false;
  one("[data-beside-failed]", aside)!.hidden = true;
}

/** fail leaves the way to the article where it cannot be fetched. */
function fail(aside: HTMLElement): void {
  const failed = one("[data-beside-failed]", aside)!;
  one<HTMLAnchorElement>("a", failed)!.href = aside.dataset.beside ?? "";
  failed.hidden = false;
  one("[data-beside-place]", aside)!.hidden = true;
}

/** textOf fetches an article once; each is given a copy. */
async function textOf(address: string): Promise<HTMLElement> {
  let text = texts.get(address);
  if (!text) {
    text = fetchText(address);
    texts.set(address, text);
    text.catch(() => texts.delete(address));
  }
  return (await text).cloneNode(true) as HTMLElement;
}

async function fetchText(address: string): Promise<HTMLElement> {
  const answer = await fetch(address, {headers: {Accept: "text/html"}});
  if (!answer.ok) throw new Error(`asking for an article: ${answer.status}`);
  const text = one("[data-beside-text]", new DOMParser().parseFromString(await answer.text(), "text/html").body);
  if (!text) throw new Error("no article");
  return text;
}

/** unfold puts the article into an opinion where it is opened. */
function unfold(e: Event): void {
  const fold = e.target as HTMLDetailsElement;
  const place = one("[data-beside-fold]", fold);
  const address = fold.closest<HTMLElement>("[data-opinion]")?.dataset.article;
  if (!fold.open || !place || !address) return;
  textOf(address).then((text) => place.replaceChildren(text)).catch(() => undefined); // the lead and the way to the whole stay
}
