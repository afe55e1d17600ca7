// The page that drives the walls from a phone: big buttons, and what each wall shows
// now.
import {all, one} from "web/dom";
import {send} from "./act";
import {pressByKeys} from "./keys";
import {follow, turnAt} from "./turn";

const root = one("[data-walls]");
if (root) drive(root);

function drive(root: HTMLElement): void {
  const words = JSON.parse(root.dataset.words ?? "{}") as Record<string, string>;
  const place = one("[data-driven]", root) ?? root;

  function tell(text: string): void {
    const told = one("[data-told]", root);
    if (!told) return;
    told.textContent = text;
    told.hidden = text === "";
  }

  // Which picture of a turn is shown now moves by the clock alone.
  function dress(): void {
    for (const card of all("[data-since]", place)) {
      const turn = (card.dataset.turn ?? "").split(" ").filter((kind) => kind !== "");
      const kind = turn[turnAt(card, turn.length)];
      for (const button of all<HTMLButtonElement>("button[name=picture]", card)) {
        if (button.classList.contains("now") !== (button.value === kind)) button.classList.toggle("now", button.value === kind);
        if (button.value === kind) {
          const now = one("[data-now]", card);
          const name = one("[data-name]", button)?.textContent ?? "";
          if (now && now.textContent !== name) now.textContent = name;
        }
      }
    }
  }
  function take(html: string): void {
    const focus = document.activeElement?.id ?? "";
    const open = all<HTMLDetailsElement>("details[open]", place).map((d) => d.id);
    place.innerHTML = html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focus) document.getElementById(focus)?.focus();
    dress();
  }
  const stream = follow(`${root.dataset.walls}/live?wall=0`, "[data-driven]", take, (live) => {
    for (const sign of all("[data-live]")) if (sign.classList.contains("live")) sign.dataset.live = live ? "on" : "off";
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(event.target as HTMLFormElement, event.submitter as HTMLElement | null, words.failed).then((refused) => {
      if (refused !== undefined) tell(refused);
      stream.again();
    });
  });
  root.addEventListener("change", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-at-once]");
    form?.requestSubmit();
  });
  pressByKeys();
  setInterval(dress, 500);
  dress();
}
