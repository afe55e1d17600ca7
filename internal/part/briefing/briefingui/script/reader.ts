// The pages of a paper, one at a time. On the screen of a meeting they go in step:
// a page that the presenter turns is turned for everybody, unless somebody looks
// ahead alone and has not come back yet.
//
// What draws PDF is large, and is fetched only once there is a page to draw.
import {all, one} from "web/dom";
import library from "pdfjs/pdf.min.mjs";
import worker from "pdfjs/pdf.worker.min.mjs";

/** Reader is a paper on the page. */
export type Reader = {
  /** follow goes to the page that all screens show. */
  follow(page: number): void;
  /** close lets go of what was fetched. */
  close(): void;
};

type Viewport = {width: number; height: number};
type Page = {
  getViewport(of: {scale: number}): Viewport;
  render(to: {canvasContext: CanvasRenderingContext2D; viewport: Viewport}): {promise: Promise<void>; cancel(): void};
  getTextContent(): Promise<{items: {str?: string}[]}>;
};
type Paper = {numPages: number; getPage(number: number): Promise<Page>; destroy(): Promise<void>};

/** read opens the paper that root describes; again is called once the PDF is there that was still being made. */
export function read(root: HTMLElement, again: () => void): Reader {
  const words = JSON.parse(root.dataset.words ?? "{}") as Record<string, string>;
  const notes = JSON.parse(root.dataset.notes ?? "{}") as Record<string, string>;
  const canvas = one<HTMLCanvasElement>("canvas", root);
  const view = one("[data-view]", root);
  const note = one<HTMLTextAreaElement>("[data-note]", root);
  const together = root.dataset.together !== undefined;
  const presents = root.dataset.presents !== undefined;
  let shown = Number(root.dataset.page ?? 1); // by the presenter
  let page = shown; // here
  let alone = !together;
  let paper: Paper | undefined;
  let drawing: {cancel(): void} | undefined;
  let turn = 0; // counts what was asked for: an older page that comes late is not drawn
  let closed = false;

  async function open(): Promise<void> {
    if (root.dataset.waits !== undefined) setTimeout(() => void look(), 3000);
    if (root.dataset.kind !== "pdf" || !root.dataset.src) return;
    try {
      const pdf = await import(library);
      pdf.GlobalWorkerOptions.workerSrc = worker;
      paper = await (pdf.getDocument({url: root.dataset.src, isEvalSupported: false, enableXfa: false, disableAutoFetch: true, disableStream: true}).promise as Promise<Paper>);
      if (closed) return void paper.destroy();
      root.dataset.pages = String(paper.numPages);
      await draw();
    } catch {
      tell(words.unreadable);
    }
  }

  async function look(): Promise<void> {
    const answer = await fetch(`${root.dataset.path}/sheet?version=${root.dataset.version}`).catch(() => undefined);
    if (closed) return;
    if (answer?.ok && !(await answer.text()).includes("data-waits")) again();
    else setTimeout(() => void look(), 3000);
  }

  async function draw(): Promise<void> {
    label();
    if (!paper || !canvas || !view) return;
    const mine = ++turn;
    drawing?.cancel();
    const sheet = await paper.getPage(Math.min(page, paper.numPages));
    if (mine !== turn) return;
    const whole = sheet.getViewport({scale: 1});
    const room = {width: view.clientWidth, height: Math.max(view.clientHeight, 240)};
    const fit = together ? Math.min(room.width / whole.width, room.height / whole.height) : room.width / whole.width;
    const viewport = sheet.getViewport({scale: fit * (window.devicePixelRatio || 1)});
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    canvas.style.width = `${Math.floor(whole.width * fit)}px`;
    const context = canvas.getContext("2d");
    if (!context) return;
    const task = sheet.render({canvasContext: context, viewport});
    drawing = task;
    try {
      await task.promise;
    } catch {
      return; // another page came meanwhile
    }
    root.dataset.drawn = String(page);
    const text = await sheet.getTextContent();
    const said = one("[data-heard]", root); // what is drawn can be heard, too
    if (mine === turn && said) said.textContent = text.items.map((item) => item.str ?? "").join(" ");
  }

  // Which page it is, and whether it is the one that all see.
  function label(): void {
    const last = Number(root.dataset.pages ?? 0);
    const at = one("[data-at-page]", root);
    if (at) at.textContent = last > 0 ? `${page} / ${last}` : String(page);
    for (const button of all<HTMLButtonElement>("[data-step]", root)) {
      const to = page + Number(button.dataset.step);
      button.disabled = to < 1 || (last > 0 && to > last);
    }
    const back = one("[data-rejoin]", root);
    if (back) {
      back.hidden = !together || !alone;
      back.textContent = `${words.rejoin} ${shown}`;
    }
    one("[data-alone]", root)?.setAttribute("aria-pressed", String(alone));
    root.classList.toggle("alone", together && alone);
    if (note) {
      note.value = notes[String(page)] ?? "";
      note.disabled = false;
    }
  }

  function go(to: number): void {
    const last = Number(root.dataset.pages ?? 0);
    to = Math.max(1, last > 0 ? Math.min(to, last) : to);
    if (presents && !alone) {
      present(to);
      return;
    }
    if (together && to !== shown) alone = true;
    turnTo(to);
  }

  function turnTo(to: number): void {
    keep();
    page = to;
    void draw();
  }

  function present(to: number): void {
    const form = one<HTMLFormElement>("form[data-present]", root);
    const field = form && one<HTMLInputElement>("input[name=page]", form);
    if (!form || !field) return;
    field.value = String(to);
    form.requestSubmit();
  }

  // A private note is kept as it is typed, and before its page is left.
  let waiting: number | undefined;
  function keep(): void {
    clearTimeout(waiting);
    waiting = undefined;
    if (!note || (notes[String(page)] ?? "") === note.value) return;
    const at = page;
    const text = note.value;
    notes[String(at)] = text;
    const body = new URLSearchParams({version: root.dataset.version ?? "", page: String(at), note: text});
    fetch(`${root.dataset.path}/notes`, {method: "POST", headers: {Accept: "application/json"}, body, keepalive: true})
      .then((answer) => tell(answer.ok ? words.kept : words.unkept), () => tell(words.unkept));
  }

  function tell(text: string): void {
    const told = one("[data-reader-told]", root);
    if (told) told.textContent = text;
  }

  root.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-step], [data-rejoin], [data-alone]");
    if (!button) return;
    if (button.dataset.step) go(page + Number(button.dataset.step));
    else if (button.hasAttribute("data-alone")) {
      alone = !alone;
      turnTo(alone ? page : shown);
    } else {
      alone = false;
      turnTo(shown);
    }
  });
  view?.addEventListener("keydown", (event) => {
    const step = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1}[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(page + step);
  });
  note?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(keep, 800);
  });
  note?.addEventListener("blur", keep);
  const resized = new ResizeObserver(() => { if (paper) void draw(); });
  if (view) resized.observe(view);
  label();
  void open();

  return {
    follow(to: number): void {
      shown = to;
      if (alone) label();
      else turnTo(to);
    },
    close(): void {
      keep();
      closed = true;
      resized.disconnect();
      void paper?.destroy();
    },
  };
}
