// Which pictures and sounds are asked for, and where each picture stands: who has the
// floor large, the chair small in the corner, at most nine of the sites in sight live in
// the strip, and those who speak next small, so that they are seen at once when the floor
// comes to them.
import type {RemoteTrackPublication, Room} from "./livekit/livekit-client.esm.js";
import {all, one} from "web/dom";
import type {Mode} from "./line";

export type LiveKit = typeof import("./livekit/livekit-client.esm.js");

const thumbnails = 9; // at most, live in the strip
const few = 5; // frames a second, of a thumbnail
const smooth = 30; // frames a second, of a large picture

type Place = {of: HTMLElement; size: "large" | "corner" | "small" | "warm" | "screen"};

/** Facts are what the stage says of who is seen and heard, by units' numbers. */
export type Facts = {speaks: string; screen: string; next: string[]; muted: string[]; host: string; chair: string; crowd: number};

/** facts reads the stage. */
export function facts(root: HTMLElement): Facts {
  const data = one("[data-shown]", root)?.dataset ?? {};
  const list = (text = "") => text.split(" ").filter((one) => one !== "");
  return {speaks: data.speaks ?? "", screen: data.screen ?? "", next: list(data.next), muted: list(data.muted), host: data.host ?? "", chair: data.chair ?? "", crowd: Number(data.crowd ?? 0)};
}

/** Pictures has a room's pictures in their places. */
export class Pictures {
  private inSight = new Set<Element>();
  private sight: IntersectionObserver;

  constructor(private root: HTMLElement, private kit: LiveKit, private room: Room, private silent: boolean, private mode: () => Mode) {
    this.sight = new IntersectionObserver((entries) => {
      for (const entry of entries) entry.isIntersecting ? this.inSight.add(entry.target) : this.inSight.delete(entry.target);
      this.arrange();
    });
  }

  /** arrange asks for what is to be seen and heard now, and puts each in its place; anew,
   * for what was asked for already, too: on a line that was being lost nobody may have heard it. */
  arrange(anew = false): void {
    for (const tile of all("[data-site]", this.root)) this.sight.observe(tile);
    const places = this.places();
    const kept = new Set<string>();
    for (const person of this.room.remoteParticipants.values()) {
      for (const publication of person.trackPublications.values()) {
        const heard = publication.kind === this.kit.Track.Kind.Audio;
        const name = publication.source === this.kit.Track.Source.ScreenShare ? `screen ${person.identity}` : person.identity;
        const place = places.get(name);
        const wanted = heard ? !this.silent && this.mode() !== "board" : place !== undefined;
        if (anew || publication.isDesired !== wanted) publication.setSubscribed(wanted);
        if (heard) this.listen(person.identity, publication);
        if (heard || !place) continue;
        kept.add(name);
        this.show(name, publication, place);
      }
    }
    this.showOwn(kept);
    for (const video of all("video[data-kept]", this.root)) if (!kept.has(video.dataset.kept ?? "")) video.remove();
    this.root.classList.toggle("pictured", one(".video .camera.large", this.root) !== null);
    const shared = one("[data-shared]", this.root);
    if (shared) shared.hidden = one("video", shared) === null;
  }

  /** unseen are the sites in sight that are not seen live. */
  unseen(): HTMLElement[] {
    return all("[data-site]:not(.off)", this.root).filter((tile) => this.inSight.has(tile) && one("video", tile) === null);
  }

  /** close takes all pictures away. */
  close(): void {
    this.sight.disconnect();
    for (const video of all("[data-kept]", this.root)) video.remove();
    const shared = one("[data-shared]", this.root);
    if (shared) shared.hidden = true;
    this.root.classList.remove("pictured");
  }

  // places says who is seen where, by identity.
  private places(): Map<string, Place> {
    const places = new Map<string, Place>();
    const stage = one(".video", this.root);
    const warm = one("[data-warm]", this.root);
    const mode = this.mode();
    if (!stage || mode === "sound" || mode === "board") return places;
    const now = facts(this.root);
    const there = (identity: string) => this.room.remoteParticipants.has(identity);
    const chair = `person:${now.chair}`;
    const site = `unit:${now.speaks}`;
    const speaks = now.speaks === "" || (now.speaks === now.host && !there(site)) ? chair : site;
    let live = 0;
    for (const tile of all("[data-site]", this.root)) {
      const identity = `unit:${tile.dataset.site}`;
      if (there(identity) && this.inSight.has(tile) && live < thumbnails) {
        places.set(identity, {of: tile, size: "small"});
        live++;
      }
    }
    for (const unit of now.next) if (warm && !places.has(`unit:${unit}`)) places.set(`unit:${unit}`, {of: warm, size: "warm"});
    places.set(chair, {of: stage, size: "corner"});
    places.set(speaks, {of: stage, size: "large"});
    const shared = one("[data-shared]", this.root);
    if (shared && now.screen !== "") for (const identity of this.sharers(now)) places.set(`screen ${identity}`, {of: shared, size: "screen"});
    return places;
  }

  // listen lets a sound be heard of those alone who may speak now. The microphones of who
  // speaks next are asked for already: so the first word is heard, and none before.
  private listen(identity: string, publication: RemoteTrackPublication): void {
    const now = facts(this.root);
    const unit = identity.replace("unit:", "");
    const speaks = identity.startsWith("person:") || unit === now.host || unit === now.speaks;
    if (publication.isDesired) publication.setEnabled(speaks);
    if (!speaks) publication.track?.detach();
    else if (publication.track?.attachedElements.length === 0) publication.track.attach();
  }

  // sharers are whose screens may be the one that is shown: the site's, or anybody's at
  // the table of the chair.
  private sharers(now: Facts): string[] {
    const table = [...this.room.remoteParticipants.keys()].filter((identity) => identity.startsWith("person:"));
    return now.screen === now.host ? [...table, `unit:${now.host}`] : [`unit:${now.screen}`];
  }

  private show(name: string, publication: RemoteTrackPublication, place: Place): void {
    const video = this.element(name, place);
    const track = publication.track;
    if (!track) return;
    if (video.dataset.track !== track.sid) {
      track.attach(video);
      video.dataset.track = track.sid;
    }
    if (place.size !== "screen") publication.setVideoQuality(this.kit.VideoQuality.HIGH - facts(this.root).crowd); // what is written must stay readable
    publication.setVideoFPS(place.size === "large" || place.size === "screen" ? smooth : few);
  }

  // The own picture stands in the own tile, as others see it.
  private showOwn(kept: Set<string>): void {
    const person = this.room.localParticipant;
    const track = person.getTrackPublication(this.kit.Track.Source.Camera)?.track;
    const tile = one(`[data-site="${person.identity.replace("unit:", "")}"]`, this.root);
    if (!track || !tile || track.isMuted) return;
    const video = this.element(person.identity, {of: tile, size: "small"});
    if (video.dataset.track !== "own") track.attach(video);
    video.dataset.track = "own";
    kept.add(person.identity);
  }

  private element(name: string, place: Place): HTMLVideoElement {
    let video = one<HTMLVideoElement>(`video[data-kept="${name}"]`, this.root);
    if (!video) {
      video = document.createElement("video");
      video.dataset.kept = name;
      video.autoplay = video.muted = video.playsInline = true;
      video.setAttribute("aria-hidden", "true");
    }
    if (video.parentElement !== place.of) place.of.prepend(video);
    video.className = `camera ${place.size}`;
    return video;
  }
}

/** nameOf is how the page calls somebody in the room. */
export function nameOf(root: HTMLElement, person: {identity: string; name?: string}): string {
  return one(`[data-site="${person.identity.replace("unit:", "")}"]`, root)?.title || person.name || "";
}
