// The bell in the top line says how much is unread, and hears of more while the page
// is looked at. A hidden page closes its stream and asks when it is shown again; so does one
// that is about to go, before the next page answers: a browser has six lines to a server
// without TLS, and where open pages hold them all, the next page would wait for this one.
import {one} from "./dom";

const stayed = 5000; // ms, after which a page that was about to go is taken to stay: it was a download

let stream: EventSource | undefined;

/** ringBell keeps the bell's number up to date. */
export function ringBell(): void {
  const bell = one<HTMLElement>("[data-bell]");
  if (!bell) return;
  const follow = () => document.hidden ? close() : open(bell);
  document.addEventListener("visibilitychange", follow);
  addEventListener("beforeunload", () => {
    close();
    setTimeout(follow, stayed);
  });
  addEventListener("pagehide", close);
  follow();
}

function open(bell: HTMLElement): void {
  if (stream) return;
  stream = new EventSource(bell.dataset.bell ?? "");
  stream.onmessage = (event) => {
    // The first message says that the stream is there: what came before it is asked for.
    if ((event.data as string).split("\n").some((line) => line.includes('"connect"') || line.includes('"pub"'))) void ask(bell);
  };
  stream.onerror = () => {
    if (stream?.readyState === EventSource.CLOSED) stream = undefined; // the page is looked at again: then it is tried again
  };
}

function close(): void {
  stream?.close();
  stream = undefined;
}

async function ask(bell: HTMLElement): Promise<void> {
  const response = await fetch(bell.dataset.bellCount ?? "", {headers: {Accept: "application/json"}}).catch(() => null);
  if (!response?.ok) return; // no line: the next page says it
  const {unread, shown} = await response.json() as {unread: number; shown: string};
  const number = one<HTMLElement>("[data-bell-unread]", bell);
  if (!number) return;
  number.hidden = unread === 0;
  if (number.textContent !== shown) number.textContent = shown;
}
