// A recording is played again: who had the floor large, the chair and a shared screen
// beside it, all other sound, each a lane of its own and all in step with the floor's
// clock. Beside them stands the board as it was at that second.
import {all, lang, one} from "web/dom";
import {showBoards} from "./replayboard";

type Turn = {from: number; to: number; name: string; item?: string};
type Facts = {
  length: number;
  lanes: string[];
  spans: {from: number; to: number; at: number}[];
  turns: Turn[];
  boards: {from: number; path?: string}[];
  words: Record<string, string>;
};

const step = 250; // ms, between two looks at all lanes
const loose = 0.3; // seconds that a lane may be away from the floor's
const darkWidth = 320; // pixels
const rounding = 0.05; // seconds that a player may be before the place it was sent to

for (const root of all("[data-replay]")) play(root, JSON.parse(root.dataset.facts ?? "{}") as Facts);

function play(root: HTMLElement, facts: Facts): void {
  const pictures = one("[data-pictures]", root);
  const seek = one<HTMLInputElement>("[data-seek]", root);
  if (!pictures || !seek) return;
  root.hidden = false;
  const lanes = facts.lanes.map((name) => lane(pictures, name, root.dataset.replay + name));
  const floor = lanes.find((video) => video.dataset.lane === "floor") ?? lanes[0];
  floor.classList.remove("blank");
  const zone = one<HTMLElement>("[data-clock]")?.dataset.zone ?? "UTC";
  const boards = showBoards(one("[data-board]", root) ?? root, facts.boards, facts.words.lost);
  let waits = -1; // a second that was asked for and is not there yet

  const at = () => (waits >= 0 ? waits : floor.currentTime);

  // What plays beside the floor follows it: its second, its pace, and whether it plays.
  function keepInStep(): void {
    for (const other of lanes) {
      if (other === floor) continue;
      const over = floor.currentTime >= (other.duration || Infinity);
      if (!over && Math.abs(other.currentTime - floor.currentTime) > loose) other.currentTime = floor.currentTime;
      other.playbackRate = floor.playbackRate;
      if (floor.paused || floor.seeking || over) other.pause();
      else if (other.paused) void other.play().catch(() => undefined);
      other.muted = floor.muted;
      other.volume = floor.volume;
      other.classList.toggle("blank", isDark(other));
    }
  }

  // While the chair is in the large picture the chair's own lane is dark; a screen that
  // nobody shares is, too, in the small size that dark pictures have.
  function isDark(video: HTMLVideoElement): boolean {
    return video.dataset.lane === "chair" ? !turnAt(floor.currentTime) : video.videoWidth <= darkWidth;
  }

  const turnAt = (second: number) => facts.turns.find((turn) => turn.from <= second + rounding && second + rounding < turn.to);
  const spanAt = (second: number) => facts.spans.find((span) => second >= span.from - 0.5 && second <= span.to + 0.5);

  // Where nobody recorded there is nothing to see: playing goes on where they did again.
  function skipGap(): void {
    if (floor.paused || spanAt(at())) return;
    const next = facts.spans.find((span) => span.from > at());
    if (next) go(next.from);
    else floor.pause();
  }

  function go(second: number): void {
    waits = Math.min(Math.max(second, 0), facts.length);
    floor.currentTime = waits;
    tell();
  }

  function toggle(): void {
    if (!floor.paused) return floor.pause();
    if (at() >= facts.length - 0.5) go(0);
    void floor.play().catch(() => undefined);
  }

  function tell(): void {
    const second = at();
    const turn = turnAt(second);
    write("[data-at]", clock(second));
    write("[data-caption]", turn ? turn.name + (turn.item && turn.item !== turn.name ? " · " + turn.item : "") : facts.words.chair);
    const span = spanAt(second) ?? facts.spans[0];
    if (span) write("[data-day]", dayTime(span.at + (second - span.from) * 1000, zone));
    if (document.activeElement !== seek || Math.abs(Number(seek.value) - second) > 1) seek.value = String(second);
    seek.setAttribute("aria-valuetext", clock(second));
    const chapters = all("[data-jump]", root);
    const now = chapters.filter((chapter) => Number(chapter.dataset.jump) <= second + 0.5).at(-1);
    for (const chapter of chapters) {
      if (chapter === now) chapter.setAttribute("aria-current", "true");
      else chapter.removeAttribute("aria-current");
    }
    one("[data-when-paused]", root)!.hidden = !floor.paused;
    one("[data-when-playing]", root)!.hidden = floor.paused;
    write("[data-toggle-word]", floor.paused ? facts.words.play : facts.words.pause);
    boards.at(second + rounding, span ? dayTime(span.at + (second - span.from) * 1000, zone) : "");
  }

  function write(selector: string, text: string): void {
    const place = one(selector, root);
    if (place && place.textContent !== text) place.textContent = text;
  }

  for (const event of ["timeupdate", "play", "pause", "loadedmetadata"]) floor.addEventListener(event, tell);
  floor.addEventListener("seeked", () => {
    waits = -1;
    keepInStep();
    tell();
  });
  seek.addEventListener("input", () => go(Number(seek.value)));
  one("[data-toggle]", root)?.addEventListener("click", toggle);
  pictures.addEventListener("click", toggle);
  one<HTMLSelectElement>("[data-speed]", root)?.addEventListener("change", (event) => (floor.playbackRate = Number((event.target as HTMLSelectElement).value)));
  root.addEventListener("click", (event) => {
    const target = (event.target as HTMLElement).closest<HTMLElement>("[data-jump], [data-skip]");
    if (target?.dataset.jump) {
      go(Number(target.dataset.jump));
      void floor.play().catch(() => undefined);
    } else if (target?.dataset.skip) go(at() + Number(target.dataset.skip));
  });

  const keys: Record<string, () => void> = {
    " ": toggle, k: toggle,
    j: () => go(at() - 10), l: () => go(at() + 10),
    ArrowLeft: () => go(at() - 5), ArrowRight: () => go(at() + 5),
    Home: () => go(0), End: () => go(facts.length),
    m: () => (floor.muted = !floor.muted),
    f: () => void (document.fullscreenElement ? document.exitFullscreen() : pictures.requestFullscreen()).catch(() => undefined),
  };
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || target.closest("input:not([type=range]), textarea, select")) return;
    if (event.key === " " && target.closest("button, a, summary, label")) return; // it presses that
    if ((event.key === "Home" || event.key === "End") && !target.closest(".replay")) return;
    event.preventDefault();
    act();
  });
  setInterval(() => {
    skipGap();
    keepInStep();
  }, step);
  for (const option of all<HTMLOptionElement>("[data-speed] option", root)) option.text = new Intl.NumberFormat(lang === "en" ? "en-GB" : "vi-VN").format(Number(option.value)) + "×";
  write("[data-length]", clock(facts.length));
  if (facts.spans[0]?.from > 0.5) go(facts.spans[0].from);
  tell();
}

// lane is the player of one lane: a picture, or sound alone.
function lane(place: HTMLElement, name: string, source: string): HTMLVideoElement {
  const video = document.createElement("video");
  video.dataset.lane = name;
  video.className = "lane blank " + name.split("-")[0];
  video.preload = name === "floor" ? "auto" : "metadata";
  video.playsInline = true;
  video.src = source;
  if (name.startsWith("sound")) video.hidden = true;
  place.prepend(video);
  return video;
}

// clock writes seconds as players do: 1:02:03.
function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// dayTime writes a moment's time of day with seconds.
function dayTime(at: number, zone: string): string {
  const known = zone === "Local" ? undefined : zone;
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "vi-VN", {hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: known}).format(new Date(at));
}
