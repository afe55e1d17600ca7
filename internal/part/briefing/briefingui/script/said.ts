// What changed is said once, in a sentence, to those who listen: who has the floor,
// whose hand went up, a show of hands, a pause. The stage itself is no live region:
// its clock moves each second.
import {all, one} from "web/dom";

/** sayChanges gives what to call after a change of the stage. */
export function sayChanges(root: HTMLElement): () => void {
  let before = facts(root);
  quieten(root);
  return () => {
    quieten(root);
    const now = facts(root);
    const news = [...now].filter(([fact, text]) => before.get(fact) !== text).map(([, text]) => text);
    before = now;
    const said = one("[data-said]", root);
    if (said && news.length > 0) said.textContent = news.join(". ");
  };
}

// Without this script whoever speaks is read out as the page has it; with it, once.
function quieten(root: HTMLElement): void {
  one("#video", root)?.removeAttribute("aria-live");
}

function facts(root: HTMLElement): Map<string, string> {
  return new Map(all("[data-fact]", root).map((fact) => [fact.dataset.fact ?? "", fact.textContent ?? ""]));
}
