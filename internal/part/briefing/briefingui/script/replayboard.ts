// What stood beside the pictures: the board as it was, or a page of a paper. The page
// knows at which seconds another is to be read, and reads it then.
import {one} from "web/dom";
import type {Reader} from "./reader";

type Board = {from: number; path?: string};

/** showBoards shows in a place what stood there; at is called with each second that is
 * seen, and its time of day. */
export function showBoards(place: HTMLElement, boards: Board[], lost: string): {at(second: number, day: string): void} {
  let shown: string | undefined; // the path that was asked for last
  let day = "";
  let reader: Reader | undefined;

  function at(second: number, now: string): void {
    let path = "";
    for (const board of boards) {
      if (board.from > second) break;
      path = board.path ?? "";
    }
    day = now;
    if (path !== shown) {
      shown = path;
      void read(path);
    }
    const spot = one(".as-of [data-then]", place);
    if (spot && spot.textContent !== day) spot.textContent = day;
  }

  async function read(path: string): Promise<void> {
    if (path === "") return put("");
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(path, {headers: {Accept: "text/html"}});
      const html = answer.ok ? await answer.text() : "";
      if (path !== shown) return; // another second was asked for meanwhile
      put(html);
      const sheet = one("[data-reader]", place);
      if (!sheet) return;
      const {read} = await import("./reader");
      if (sheet.isConnected) reader = read(sheet, () => void 0);
    } catch {
      if (path !== shown) return;
      shown = undefined; // it is asked for again
      place.textContent = lost;
    } finally {
      if (path === shown) place.removeAttribute("aria-busy");
    }
  }

  function put(html: string): void {
    reader?.close();
    reader = undefined;
    place.innerHTML = html;
    place.classList.toggle("blank", html === "");
    const spot = one(".as-of [data-then]", place);
    if (spot) spot.textContent = day;
  }
  return {at};
}
