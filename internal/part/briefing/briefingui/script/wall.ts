// A screen on the wall: it shows its pictures in turn, takes what is pushed, and puts
// the neutral picture on at one key where whoever leads the meeting sits at it.
import {all, one} from "web/dom";
import {send} from "./act";
import {tickFloor} from "./floor";
import {pressByKeys} from "./keys";
import {follow, turnAt} from "./turn";

const root = one("[data-wall]");
if (root) hang(root);

function hang(root: HTMLElement): void {
  const words = JSON.parse(root.dataset.words ?? "{}") as Record<string, string>;
  const place = one("[data-hung]", root) ?? root;

  function dress(): void {
    const turn = one("[data-since]", place);
    if (!turn) return;
    const pictures = all("[data-picture]", place);
    const at = turnAt(turn, pictures.length);
    pictures.forEach((picture, i) => {
      if (picture.hidden !== (i !== at)) picture.hidden = i !== at;
    });
    const veil = one<HTMLInputElement>("form input[name=on]", root);
    if (veil) veil.value = turn.dataset.resting ? "" : "yes";
    tickFloor(place, words.over);
  }
  const stream = follow(`${root.dataset.wall}/live?wall=${root.dataset.number}`, "[data-hung]", (html) => {
    if (place.innerHTML !== html) place.innerHTML = html;
    dress();
  }, (live) => {
    for (const sign of all("[data-live]")) if (sign.classList.contains("live")) sign.dataset.live = live ? "on" : "off";
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(event.target as HTMLFormElement, event.submitter as HTMLElement | null, words.failed).then(stream.again);
  });
  pressByKeys();
  setInterval(dress, 500);
  dress();
}
