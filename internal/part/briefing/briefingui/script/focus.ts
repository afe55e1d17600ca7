// What is pushed may take away what the focus is on: a button that was pressed, a hand
// that went down. The focus then goes to what took its place, not to the top of the
// page.
import {all} from "web/dom";

// No field takes it: letters are keys outside of fields.
const controls = "a[href], button:not([disabled]), summary, [tabindex='0']";

/** holdFocus remembers what has the focus in root, and gives what to call after a
 * change. */
export function holdFocus(root: HTMLElement): () => void {
  let last: HTMLElement | undefined;
  let around: HTMLElement[] = []; // from the nearest outwards

  root.addEventListener("focusin", (event) => {
    last = event.target as HTMLElement;
    around = [];
    for (let e = last.parentElement; e && e !== root.parentElement; e = e.parentElement) around.push(e);
  });
  root.addEventListener("focusout", () => {
    if (last && there(last)) last = undefined; // the person went away, not what had the focus
  });

  return () => {
    if (!last || there(last)) return;
    const has = document.activeElement as HTMLElement | null;
    if (has && has !== document.body && has !== last && there(has)) return;
    const key = last.dataset.keys ?? "";
    const heir = key === "" ? undefined : all(`[data-keys="${CSS.escape(key)}"]`, root).find(there);
    const place = around.find(there);
    const next = heir ?? (place?.tabIndex === 0 ? place : place && all(controls, place).find(there));
    last = undefined;
    next?.focus({preventScroll: true});
  };
}

function there(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility();
}
