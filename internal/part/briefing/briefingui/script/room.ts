// The room moves by itself: the stage comes rendered with every change, the board
// that is shown is fetched when another is shown and moves in place meanwhile.
//
// Acts are forms; the script sends them without leaving the page, says at once
// what was refused. After a lost line the page
// asks for the whole stage and the whole board again.
import {all, one} from "web/dom";
import {change, percent} from "web/format";
import type {Reader} from "./reader";
import {Idiomorph} from "web/idiomorph/idiomorph.esm.js";
import {send} from "./act";
import {tickFloor} from "./floor";
import {holdFocus} from "./focus";
import {pressByKeys} from "./keys";
import {sayChanges} from "./said";

type Stage = {stage: string};
type Board = {from: number; to: number; reload?: boolean; cells: number[][]};

const room = one("[data-room]");
const numbers = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en-GB" : "vi-VN");

if (room) meet(room);

function meet(root: HTMLElement): void {
  const base = root.dataset.room ?? "";
  const wall = root.dataset.screen === "1";
  const words = JSON.parse(root.dataset.words ?? "{}") as Record<string, string>;
  let position = atOf(root.innerHTML);
  let pressed = false;
  let held = ""; // a stage that came while a finger was down
  let shown = "";
  let here = false; // the own site has come in
  let stream: EventSource | undefined;
  let reader: Reader | undefined; // of the paper that is shown
  let paper = ""; // its address without the page
  let alone: URLSearchParams | undefined; // what the person looks at alone
  const say = wall ? () => undefined : sayChanges(root);
  const refocus = holdFocus(root);

  // The stage becomes the one that came, element by element: focus, what is being
  // typed and menus that are open stay. Nothing moves under a finger that is down.
  function place(html: string): void {
    const stage = one("[data-stage]", root);
    if (!stage) return;
    const at = atOf(html);
    if (at < position) return; // what was asked for before a push came after it
    position = at;
    if (pressed) {
      held = html;
      return;
    }
    become(stage, html);
    dress();
  }

  root.addEventListener("pointerdown", () => (pressed = true));
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, () => setTimeout(() => { // the click comes first
      pressed = false;
      if (held) place(held);
      held = "";
    }));
  }

  // What depends on who looks: the own site's means, and which board to fetch.
  function dress(): void {
    const facts = one("[data-shown]", root);
    if (!facts) return;
    if (facts.dataset.over) {
      location.assign(base);
      return;
    }
    const own = root.dataset.own ?? "";
    const up = (facts.dataset.hands ?? "").split(" ").includes(own);
    for (const form of all("[data-up]", root)) form.hidden = up || facts.dataset.speaks === own;
    for (const form of all("[data-down]", root)) form.hidden = !up;
    for (const form of all<HTMLFormElement>("[data-own-act]", root)) {
      form.hidden = own === "" || wall;
      form.action = `${base}/site/${own}/${form.dataset.ownAct}`;
    }
    const came = one(`[data-site="${own}"]:not(.off)`, root) !== null;
    if (came) for (const form of all<HTMLFormElement>(".own form[action$='/arrive']", root)) form.hidden = true;
    if (came && !here && stream) {
      stream.close(); // the boards that are shown are for those who are there
      open();
    }
    here = came;
    for (const form of all("[data-for]", root)) form.hidden = own === "" || facts.dataset.speaks !== own || !(form.dataset.for ?? "").split(" ").includes(own);
    if (facts.dataset.shown !== shown) {
      shown = facts.dataset.shown ?? "";
      const [of, page] = shown.split("&page=");
      if (reader && page && of === paper) reader.follow(Number(page));
      else if (!alone) void fetchBoard();
    }
    tickFloor(root, words.over);
    say();
    refocus();
  }

  async function fetchBoard(): Promise<void> {
    const place = one("[data-place]", root);
    if (!place) return;
    reader?.close();
    reader = undefined;
    paper = "";
    const asked = alone ? `${base}/panel?alone=1&${alone}` : shown;
    if (asked === "") {
      place.replaceChildren();
      place.hidden = true;
      return;
    }
    const wanted = () => (alone ? `${base}/panel?alone=1&${alone}` : shown) === asked;
    try {
      const answer = await fetch(asked + (wall ? "&screen=1" : ""), {headers: {Accept: "text/html"}});
      const html = await answer.text();
      if (!wanted()) return;
      if (alone && !answer.ok) {
        tell(words.looked);
        together();
        return;
      }
      place.hidden = !answer.ok || html === "";
      if (place.hidden) return;
      while (pressed) await new Promise((later) => setTimeout(later, 20)); // the click comes first
      if (!wanted()) return;
      if (one("[data-panel]", place)) become(place, html);
      else place.innerHTML = html;
      refocus();
      await openPaper(place, asked);
    } catch {
      mark(false);
    }
  }

  // Anybody may look around alone, within what the person may read, and comes back to
  // what all see.
  function look(form: HTMLFormElement, button: HTMLElement | null): void {
    const panel = one("[data-panel]", root);
    if (!panel) return;
    const at = panel.dataset.atMoment ?? "";
    const next = alone ?? new URLSearchParams({unit: panel.dataset.unit ?? "", milestone: panel.dataset.milestone ?? "", sort: panel.dataset.sort ?? "", at: at === "0" ? "" : at});
    next.delete("moment");
    for (const [name, value] of new FormData(form)) next.set(name, String(value));
    if (button instanceof HTMLButtonElement && button.name) next.set(button.name, button.value);
    tell("");
    alone = next;
    void fetchBoard();
  }

  function together(): void {
    alone = undefined;
    void fetchBoard();
  }

  // What reads papers is fetched with the first one.
  async function openPaper(place: HTMLElement, asked: string): Promise<void> {
    const sheet = one("[data-reader]", place);
    if (!sheet) return;
    const {read} = await import("./reader");
    if (!sheet.isConnected) return;
    reader = read(sheet, () => void fetchBoard());
    [paper] = asked.split("&page=");
    const page = Number(shown.split("&page=")[1]);
    if (shown.startsWith(paper) && page) reader.follow(page); // it was turned meanwhile
  }

  function take(message: Stage | Board): void {
    if ("stage" in message) {
      place(message.stage);
      return;
    }
    const panel = one("[data-panel]", root);
    if (alone) return; // the board that all see moved, not this one
    if (!panel || Number(panel.dataset.position) >= message.to) return;
    if (message.reload || message.from > Number(panel.dataset.position)) {
      void fetchBoard();
      return;
    }
    panel.dataset.position = String(message.to);
    for (const cell of message.cells) move(panel, cell);
  }

  // A cell of the board: unit, column, total, done and so on.
  function move(panel: HTMLElement, cell: number[]): void {
    const [unit, column, total, done] = cell;
    for (const element of all(`[data-cell="${unit}:${column}"]`, panel)) {
      if (one("[data-state], .state", element)) {
        void fetchBoard(); // a unit's own state is a word, which the server knows
        return;
      }
      const difference = done - Number(element.dataset.then);
      write(element, "change", difference === 0 && element.tagName === "TD" ? "" : change(difference));
      one("[data-show=change]", element)?.closest<HTMLElement>(".since")?.toggleAttribute("hidden", difference === 0);
      if (panel.dataset.live !== "yes") continue;
      write(element, "done", numbers.format(done));
      write(element, "total", numbers.format(total));
      write(element, "percent", percent(done, total));
      one("rect.done", element)?.setAttribute("width", (total > 0 ? (done * 100) / total : 0) + "%");
    }
  }

  function write(element: HTMLElement, what: string, text: string): void {
    const spot = one(`[data-show="${what}"]`, element);
    if (!spot || spot.textContent === text) return;
    spot.textContent = text;
    spot.classList.remove("changed");
    void spot.offsetWidth; // begins the highlight anew
    spot.classList.add("changed");
  }

  function tell(text: string): void {
    const told = one("[data-told]", root);
    if (!told) return;
    told.textContent = text;
    told.hidden = text === "";
  }

  function mark(live: boolean): void {
    for (const sign of all("[data-live]")) if (sign.classList.contains("live")) sign.dataset.live = live ? "on" : "off";
  }

  // Everything anew, after a lost line.
  async function catchUp(): Promise<void> {
    try {
      const answer = await fetch(`${base}/stage${wall ? "?screen=1" : ""}`, {headers: {Accept: "text/html"}});
      if (answer.status === 403 || answer.status === 404) {
        tell(words.gone);
        stream?.close();
        one("[data-stage]", root)?.replaceChildren();
        one("[data-place]", root)?.replaceChildren();
        return;
      }
      if (answer.status === 401) location.reload();
      if (!answer.ok) return;
      place(await answer.text());
      if (!reader) void fetchBoard();
    } catch {
      mark(false);
    }
  }

  function open(): void {
    stream = new EventSource(`${base}/live${wall ? "?screen=1" : ""}`);
    stream.onmessage = (event) => {
      for (const line of (event.data as string).split("\n")) {
        const frame = JSON.parse(line) as {connect?: unknown; push?: {pub?: {data: Stage | Board}}};
        if (frame.connect) {
          mark(true);
          tell("");
          void catchUp(); // what happened between the page and the stream
        }
        if (frame.push?.pub) take(frame.push.pub.data);
      }
    };
    stream.onerror = () => {
      mark(false);
      tell(words.lost);
      if (stream?.readyState === EventSource.CLOSED) setTimeout(again, 2000);
    };
  }

  // A stream that was refused is asked for again only where the person may still
  // be there.
  async function again(): Promise<void> {
    const answer = await fetch(`${base}/stage`, {headers: {Accept: "text/html"}}).catch(() => undefined);
    if (answer && !answer.ok) await catchUp();
    else open();
  }

  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.hasAttribute("data-look")) {
      event.preventDefault();
      look(form, event.submitter as HTMLElement | null);
      return;
    }
    if (!form.hasAttribute("data-act")) return;
    event.preventDefault();
    let action = form.action;
    if (form.hasAttribute("data-show-act")) action = all("[role=toolbar]", root).length > 0 ? `${base}/lead/show` : `${base}/site/${root.dataset.own}/show`;
    void send(form, event.submitter as HTMLElement | null, words.failed, action).then((refused) => {
      if (refused !== undefined) tell(refused);
      if (refused === "") closeMenuOf(form);
    });
  });
  root.addEventListener("click", (event) => {
    if ((event.target as HTMLElement).closest("[data-common]")) together();
  });
  pressByKeys();
  setInterval(() => tickFloor(root, words.over), 500);
  dress();
  open();
}

// closeMenuOf closes the menu that a form was sent from; the focus goes back to it.
function closeMenuOf(form: HTMLFormElement): void {
  const menu = form.closest("details");
  if (!menu) return;
  if (menu.contains(document.activeElement)) one("summary", menu)?.focus();
  menu.open = false;
}

// become makes the inside of an element what was rendered anew.
function become(element: HTMLElement, html: string): void {
  Idiomorph.morph(element, html, {
    morphStyle: "innerHTML",
    // what is being typed stays; a button that was just pressed takes its new words
    ignoreActiveValue: document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement,
    callbacks: {
      beforeNodeMorphed: (old: Node) => !(old instanceof HTMLInputElement && old.type !== "hidden" && old.value !== old.defaultValue),
      beforeNodeRemoved: (old: Node) => !(old instanceof HTMLElement && old.dataset.kept !== undefined), // pictures
      beforeAttributeUpdated: (name: string) => !ours.includes(name),
    },
  });
}

// ours are the attributes that this page sets and no stage knows of.
const ours = ["open", "aria-busy", "data-sending", "data-spent"];

// atOf is the position in the log that a stage was rendered at.
function atOf(html: string): number {
  return Number(/data-at="(\d+)"/.exec(html)?.[1] ?? 0);
}
