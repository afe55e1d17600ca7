// The pages of tasks: a task's own moves when something is done about it or about what
// was handed down of it; lists tick all at once.
import {all, one} from "web/dom";

const root = one("[data-task]");
if (root) watch(`/tasks/${root.dataset.task}/live`);
for (const form of all<HTMLFormElement>("[data-several]")) tickAll(form);

function mark(live: boolean): void {
  for (const sign of all("[data-live]")) sign.dataset.live = live ? "on" : "off";
}

/** watch holds the page's stream open and fetches anew what moves whenever it is told to. */
function watch(address: string): void {
  let waiting = false;
  async function again(): Promise<void> {
    const answer = await fetch(location.href, {headers: {Accept: "text/html"}});
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const fresh of all("[data-moves]", page.body)) {
      const here = one(`[data-moves="${fresh.dataset.moves}"]`);
      if (here && here.innerHTML !== fresh.innerHTML && !here.contains(document.activeElement)) here.innerHTML = fresh.innerHTML;
    }
  }
  function soon(): void {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      again().catch(() => mark(false));
    }, 300);
  }
  function open(): void {
    const stream = new EventSource(address);
    let opened = false;
    stream.onmessage = (event) => {
      for (const line of (event.data as string).split("\n")) {
        const frame = JSON.parse(line) as {connect?: unknown; push?: unknown};
        if (frame.connect) {
          mark(true);
          if (opened) soon(); // what happened while there was no line
          opened = true;
        }
        if (frame.push) soon();
      }
    };
    stream.onerror = () => {
      mark(false);
      if (stream.readyState === EventSource.CLOSED) setTimeout(open, 5000);
    };
  }
  open();
}

/** tickAll has one box tick all boxes of a form. */
function tickAll(form: HTMLFormElement): void {
  const box = one<HTMLInputElement>("[data-all]", form);
  if (!box) return;
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const tick of all<HTMLInputElement>('input[name="share"]', form)) tick.checked = box.checked;
  });
}
