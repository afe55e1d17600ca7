// What screens on the wall show in turn: the same on the wall and on the phone that
// drives it, because both tell it by the one clock.
import {now} from "web/clock";

/** turnAt is which of n pictures an element that says since when and how long shows. */
export function turnAt(element: HTMLElement, n: number): number {
  const seconds = Number(element.dataset.seconds);
  if (n < 2 || seconds < 1) return 0;
  return Math.floor(Math.max(0, now().getTime() - Date.parse(element.dataset.since ?? "")) / 1000 / seconds) % n;
}

/** follow holds a page's stream open: what is pushed goes to take, and after a lost
 * line, and whenever it is told to, the page's own part is fetched anew. */
export function follow(address: string, selector: string, take: (html: string) => void, mark: (live: boolean) => void): {again: () => void} {
  async function again(): Promise<void> {
    try {
      const answer = await fetch(location.href, {headers: {Accept: "text/html"}});
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(selector);
      if (answer.ok && fresh) take(fresh.innerHTML);
      else if (answer.status === 401 || answer.redirected || answer.status === 403 || answer.status === 404) location.reload();
    } catch {
      mark(false);
    }
  }
  function open(): void {
    const stream = new EventSource(address);
    stream.onmessage = (event) => {
      for (const line of (event.data as string).split("\n")) {
        const frame = JSON.parse(line) as {connect?: unknown; push?: {pub?: {data: {stage?: string; to?: number}}}};
        if (frame.connect) {
          mark(true);
          void again(); // what happened between the page and the stream
        }
        const data = frame.push?.pub?.data;
        if (data?.stage !== undefined) take(data.stage);
        else if (data) soon();
      }
    };
    stream.onerror = () => {
      mark(false);
      if (stream.readyState === EventSource.CLOSED) setTimeout(open, 5000);
    };
  }
  let waiting = false;
  function soon(): void {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      void again();
    }, 1000);
  }
  open();
  return {again: () => void again()};
}
