// Stills for the strip: each site sends a small one of its camera every few seconds, and
// whoever does not see a site live in the strip sees its still.
import {all, one} from "web/dom";

const every = 5000; // ms
const most = 6 * 1024; // bytes of a still
const width = 160;
const height = 90;

type Answer = {at: number; stills: Record<string, string>}; // by unit, pictures as data: addresses

/** Stills sends the own stills and shows the others', until it is closed. */
export class Stills {
  private at = 0; // of the newest still that was seen
  private canvas = document.createElement("canvas");
  private timer: number;

  constructor(private root: HTMLElement, private base: string, private own: string, private camera: () => MediaStreamTrack | undefined, private inSight: () => HTMLElement[] | undefined) {
    this.canvas.width = width;
    this.canvas.height = height;
    this.timer = window.setInterval(() => void this.turn(), every);
    setTimeout(() => void this.turn(), 1000); // the camera needs a moment
  }

  close(): void {
    clearInterval(this.timer);
    for (const still of all("img[data-kept]", this.root)) still.remove();
  }

  private async turn(): Promise<void> {
    await this.send().catch(() => undefined); // the next one comes soon
    await this.fetch().catch(() => undefined);
  }

  private async send(): Promise<void> {
    const track = this.camera();
    if (!track || this.own === "") return;
    const video = document.createElement("video");
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    await video.play();
    this.canvas.getContext("2d")?.drawImage(video, 0, 0, width, height);
    video.srcObject = null;
    for (const quality of [0.7, 0.5, 0.3, 0.1]) {
      const still = await new Promise<Blob | null>((done) => this.canvas.toBlob(done, "image/jpeg", quality));
      if (!still || still.size > most) continue;
      await fetch(`${this.base}/still/${this.own}`, {method: "POST", headers: {Accept: "application/json", "Content-Type": still.type}, body: still});
      return;
    }
  }

  private async fetch(): Promise<void> {
    const tiles = this.inSight();
    if (!tiles || tiles.length === 0) return;
    const units = tiles.map((tile) => tile.dataset.site).join(",");
    const answer = await fetch(`${this.base}/stills?units=${units}&after=${this.at}`, {headers: {Accept: "application/json"}});
    if (!answer.ok) return;
    const {at, stills} = (await answer.json()) as Answer;
    this.at = at;
    for (const [unit, source] of Object.entries(stills)) this.show(unit, source);
  }

  private show(unit: string, source: string): void {
    const tile = one(`[data-site="${unit}"]`, this.root);
    if (!tile) return;
    let still = one<HTMLImageElement>("img[data-kept]", tile);
    if (source === "") {
      still?.remove(); // it left
      return;
    }
    if (!still) {
      still = document.createElement("img");
      still.dataset.kept = `still:${unit}`;
      still.className = "camera small still";
      still.alt = "";
      tile.prepend(still);
    }
    still.src = source;
  }
}
