// A site tries its place before the day: browser, line and, where the briefing asks
// for them, camera, microphone and speakers. What is measured goes to the server,
// which says in words what it means: the page only places them.
import {all, one} from "web/dom";

type Verdict = {part: string; grade: string; said: string};
type Answer = {grade: string; word: string; verdicts: Verdict[]; error?: {message?: string}};

const signs: Record<string, string> = {good: "done", weak: "soon", fails: "late", unchecked: "none"};
const root = one("[data-check]");
if (root) tryPlace(root);

function tryPlace(root: HTMLElement): void {
  const words = JSON.parse(root.dataset.words ?? "{}") as Record<string, string>;
  const address = root.dataset.check ?? "";
  const found = new URLSearchParams();
  const asked = all("[data-part]", root).map((part) => part.dataset.part ?? "");
  const start = one<HTMLButtonElement>("[data-start]", root);
  let playing: AudioContext | undefined;

  start?.addEventListener("click", () => void run());
  if (start) start.hidden = false; // before that a click would be lost

  async function run(): Promise<void> {
    if (!start) return;
    start.disabled = true;
    tell("");
    await part("browser", async () => browser(found));
    await part("network", () => network(address, found));
    if (asked.includes("camera")) await part("camera", async () => found.set("camera", await camera(root)));
    if (asked.includes("microphone")) await part("microphone", async () => found.set("microphone", await microphone(root)));
    const tone = one("[data-tone]", root);
    if (tone) tone.hidden = false;
    start.disabled = false;
    root.dataset.done = "yes";
  }

  // One part: it says that it runs, and then what was found.
  async function part(name: string, measure: () => Promise<void>): Promise<void> {
    const said = one(`[data-part="${name}"] [data-said]`, root);
    if (said) said.textContent = words.running;
    await measure();
    await keep();
  }

  async function keep(): Promise<void> {
    try {
      const answer = await fetch(address, {method: "POST", headers: {Accept: "application/json"}, body: found});
      const told = (await answer.json()) as Answer;
      if (!answer.ok) throw new Error(told.error?.message);
      for (const verdict of told.verdicts) {
        const said = one(`[data-part="${verdict.part}"] [data-said]`, root);
        if (said) say(said, verdict.grade, verdict.said);
      }
      const overall = one("[data-overall]", root);
      if (overall) say(overall, told.grade, told.word);
      one("[data-last]", root)?.remove();
    } catch (error) {
      tell((error instanceof Error && error.message) || words.failed);
    }
  }

  function say(place: HTMLElement, grade: string, text: string): void {
    const state = document.createElement("span");
    state.className = `state ${signs[grade] ?? "none"}`;
    state.textContent = text;
    place.replaceChildren(state);
  }

  function tell(text: string): void {
    const told = one("[data-check-told]", root);
    if (!told) return;
    told.textContent = text;
    told.hidden = text === "";
  }

  one("[data-play]", root)?.addEventListener("click", () => {
    playing ??= new AudioContext();
    const tone = playing.createOscillator();
    const volume = playing.createGain();
    volume.gain.value = 0.25;
    tone.frequency.value = 523;
    tone.connect(volume).connect(playing.destination);
    tone.start();
    tone.stop(playing.currentTime + 1.2);
    const ask = one("[data-ask]", root);
    if (ask) ask.hidden = false;
  });
  for (const button of all("[data-heard]", root)) {
    button.addEventListener("click", () => {
      found.set("speakers", button.dataset.heard ?? "");
      void keep();
    });
  }
}

// What the browser is and can do.
function browser(found: URLSearchParams): void {
  const known = /(Edg|OPR|Firefox|Chrome|Version)\/(\d+)/.exec(navigator.userAgent);
  const names: Record<string, string> = {Edg: "Edge", OPR: "Opera", Version: "Safari"};
  found.set("browser", known ? `${names[known[1]] ?? known[1]} ${known[2]}` : "");
  mark("secure", window.isSecureContext);
  mark("modern", "EventSource" in window && "ResizeObserver" in window && typeof HTMLCanvasElement.prototype.getContext === "function");
  const calls = "RTCPeerConnection" in window && Boolean(navigator.mediaDevices?.getUserMedia);
  mark("calls", calls);
  mark("codecs", calls && has("video", "video/vp8") && has("audio", "audio/opus"));

  function mark(name: string, is: boolean): void {
    if (is) found.set(name, "yes");
    else found.delete(name);
  }

  function has(kind: string, codec: string): boolean {
    const can = RTCRtpReceiver.getCapabilities?.(kind)?.codecs ?? [];
    return can.some((one) => one.mimeType.toLowerCase() === codec);
  }
}

// The line to our own server: the middle of five round trips, then what comes and
// goes in a second or so.
async function network(address: string, found: URLSearchParams): Promise<void> {
  found.set("round-trip", "0");
  found.set("down", "0");
  found.set("up", "0");
  try {
    const trips: number[] = [];
    for (let i = 0; i < 5; i++) trips.push((await timed(() => fetchBytes(0))) * 1000);
    const trip = trips.sort((a, b) => a - b)[2];
    found.set("round-trip", String(Math.round(trip)));
    found.set("down", String(await rate(trip, fetchBytes)));
    found.set("up", String(await rate(trip, sendBytes)));
  } catch {
    // what was not measured stays 0: the line is broken
  }

  // A first load that is over too soon is followed by a larger one.
  async function rate(trip: number, move: (bytes: number) => Promise<void>): Promise<number> {
    let bytes = 256 << 10;
    let seconds = await timed(() => move(bytes));
    if (seconds < 1) {
      bytes = 2 << 20;
      seconds = await timed(() => move(bytes));
    }
    return Math.max(1, Math.round((bytes * 8) / 1000 / Math.max(seconds - trip / 1000, 0.001)));
  }

  async function fetchBytes(bytes: number): Promise<void> {
    const answer = await fetch(`${address}/load?bytes=${bytes}`, {cache: "no-store"});
    if (!answer.ok) throw new Error(String(answer.status));
    await answer.arrayBuffer();
  }

  async function sendBytes(bytes: number): Promise<void> {
    const body = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(body.subarray(at, Math.min(at + 65536, bytes)));
    const answer = await fetch(`${address}/load`, {method: "POST", headers: {"Content-Type": "application/octet-stream"}, body});
    if (!answer.ok) throw new Error(String(answer.status));
  }
}

async function timed(act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
}

// camera shows its picture; it works once a picture has come.
async function camera(root: HTMLElement): Promise<string> {
  const picture = one<HTMLVideoElement>("[data-picture]", root);
  try {
    const stream = await navigator.mediaDevices.getUserMedia({video: true});
    if (!picture) return "works";
    for (const track of (picture.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
    picture.srcObject = stream;
    picture.hidden = false;
    await picture.play();
    return picture.videoWidth > 0 ? "works" : "missing";
  } catch (error) {
    return refused(error);
  }
}

// microphone shows how loud it is; it works once something was heard.
async function microphone(root: HTMLElement): Promise<string> {
  const level = one("[data-level]", root);
  const meter = level && one<HTMLMeterElement>("meter", level);
  try {
    const stream = await navigator.mediaDevices.getUserMedia({audio: true});
    const context = new AudioContext();
    const hears = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(hears);
    const wave = new Float32Array(hears.fftSize);
    if (level) level.hidden = false;
    const heard = await listen();
    for (const track of stream.getTracks()) track.stop();
    await context.close();
    return heard ? "works" : "silent";

    // Ten seconds to say something; loud enough for a moment will do.
    function listen(): Promise<boolean> {
      return new Promise((done) => {
        const until = performance.now() + 10_000;
        let loud = 0;
        const look = setInterval(() => {
          hears.getFloatTimeDomainData(wave);
          const volume = Math.min(100, Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length) * 300);
          if (meter) meter.value = volume;
          if (volume > 3) loud++;
          if (loud < 3 && performance.now() < until) return;
          clearInterval(look);
          done(loud >= 3);
        }, 100);
      });
    }
  } catch (error) {
    return refused(error);
  }
}

// refused is why a device cannot be used, as browsers name it.
function refused(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError" || !window.isSecureContext) return "denied";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "missing";
}
