// Picture and sound of the room. LiveKit's own script is fetched when somebody joins.
//
// Who has the floor is large, the chair small in its corner, the sites in sight live
// in the strip. The microphone is LiveKit's permission, which the server gives and takes
// with the floor: this page only follows it.
import type {LocalAudioTrack, RemoteParticipant, RemoteTrackPublication, Room} from "./livekit/livekit-client.esm.js";
import {all, one} from "web/dom";

const meeting = one("[data-room]");
const panel = one("[data-media]");
if (meeting && panel) prepare(meeting, panel);

const thumbnails = 9; // at most, live in the strip
const patience = 1000; // ms, before a lost room is asked for again

type LiveKit = typeof import("./livekit/livekit-client.esm.js");

function prepare(root: HTMLElement, panel: HTMLElement): void {
  const base = root.dataset.room ?? "";
  const words = JSON.parse(panel.dataset.words ?? "{}") as Record<string, string>;
  const button = one<HTMLButtonElement>("[data-media-join]", panel);
  let room: Room | undefined;
  let kit: LiveKit | undefined;
  let microphone: LocalAudioTrack | undefined;
  let wanted = false;

  function tell(state: string, said = words[state] ?? ""): void {
    const told = one("[data-media-told]", panel);
    if (told) told.textContent = said;
    panel.dataset.state = state;
    if (button) button.textContent = wanted ? words.leave : words.join;
  }

  button?.addEventListener("click", () => {
    if (wanted) {
      wanted = false;
      void room?.disconnect();
      tell("left");
      return;
    }
    wanted = true;
    void join();
  });

  async function join(): Promise<void> {
    if (!wanted) return;
    tell("joining");
    const answer = await fetch(`${base}/pass`, {headers: {Accept: "application/json"}}).catch(() => undefined);
    if (answer && answer.status >= 400 && answer.status < 500) {
      const refused = (await answer.json().catch(() => ({}))) as {error?: {message?: string}};
      wanted = false;
      tell("refused", refused.error?.message ?? words.failed);
      return;
    }
    try {
      if (!answer?.ok) throw new Error("away");
      const {pass} = (await answer.json()) as {pass: string};
      kit ??= await import("./livekit/livekit-client.esm.js");
      await enter(kit, pass);
    } catch {
      const failed = room;
      room = undefined; // it tells nothing any more
      void failed?.disconnect();
      tell("away");
      setTimeout(() => void join(), patience);
    }
  }

  async function enter(kit: LiveKit, pass: string): Promise<void> {
    room = new kit.Room({adaptiveStream: true, dynacast: true, stopLocalTrackOnUnpublish: false, videoCaptureDefaults: {resolution: kit.VideoPresets.h720.resolution}});
    const now = room;
    const {RoomEvent} = kit;
    for (const event of [RoomEvent.ParticipantConnected, RoomEvent.ParticipantDisconnected, RoomEvent.TrackPublished, RoomEvent.TrackUnpublished, RoomEvent.TrackSubscribed, RoomEvent.TrackUnsubscribed]) {
      now.on(event as never, (() => arrange()) as never);
    }
    now.on(RoomEvent.ParticipantPermissionsChanged, () => void follow(now));
    now.on(RoomEvent.Reconnecting, () => tell("away"));
    now.on(RoomEvent.Reconnected, () => void follow(now));
    now.on(RoomEvent.Disconnected, (reason) => { if (now === room) left(kit, reason); });
    await now.connect(location.origin.replace(/^http/, "ws") + base, pass, {autoSubscribe: false});
    await now.localParticipant.setCameraEnabled(true).catch(() => tell("no-camera"));
    microphone ??= await kit.createLocalAudioTrack().catch(() => undefined); // ready for when the floor comes
    await follow(now);
    arrange();
  }

  // follow opens the microphone where the server lets it, and says how it stands.
  async function follow(now: Room): Promise<void> {
    if (!kit || now !== room) return;
    const may = now.localParticipant.permissions?.canPublishSources ?? [];
    const open = may.includes(kit.Track.sourceToProto(kit.Track.Source.Microphone));
    const published = now.localParticipant.getTrackPublication(kit.Track.Source.Microphone);
    if (open && !published && microphone) await now.localParticipant.publishTrack(microphone).catch(() => undefined);
    tell(open ? "open" : "closed");
  }

  function left(kit: LiveKit, reason?: number): void {
    for (const video of all("[data-kept]", root)) video.remove();
    root.classList.remove("pictured");
    if (!wanted) return;
    if (reason === kit.DisconnectReason.DUPLICATE_IDENTITY || reason === kit.DisconnectReason.PARTICIPANT_REMOVED) {
      wanted = false;
      tell(reason === kit.DisconnectReason.DUPLICATE_IDENTITY ? "taken" : "removed");
      return;
    }
    tell("away");
    setTimeout(() => void join(), patience);
  }

  // arrange asks for the pictures that are in sight and puts each in its place.
  function arrange(): void {
    if (!room || !kit) return;
    const speaker = one("[data-speaks]", root)?.dataset.speaks ?? "";
    let live = 0;
    const places = new Map<string, HTMLElement>();
    for (const person of room.remoteParticipants.values()) {
      const site = person.identity.replace("unit:", "");
      const chairs = person.identity.startsWith("person:");
      for (const publication of person.trackPublications.values()) {
        const heard = publication.kind === kit.Track.Kind.Audio;
        const large = site === speaker || (speaker === "" && chairs);
        const place = large ? one(".video", root) : chairs ? one(".video", root) : one(`[data-site="${site}"]`, root);
        const seen = !heard && place !== null && (large || chairs || live++ < thumbnails);
        const wanted = heard || seen;
        if (publication.isDesired !== wanted) publication.setSubscribed(wanted);
        if (!heard && seen && place) places.set(show(person, publication, place, large ? "large" : chairs ? "corner" : "small"), place);
        if (heard) hear(publication);
      }
    }
    for (const video of all("[data-kept]", root)) if (!places.has(video.dataset.kept ?? "")) video.remove();
    root.classList.toggle("pictured", one(".video [data-kept].large", root) !== null);
  }

  function show(person: RemoteParticipant, publication: RemoteTrackPublication, place: HTMLElement, size: string): string {
    const name = person.identity;
    let video = one<HTMLVideoElement>(`[data-kept="${name}"]`, root);
    if (!video) {
      video = document.createElement("video");
      video.dataset.kept = name;
      video.autoplay = video.muted = video.playsInline = true;
      video.setAttribute("aria-hidden", "true");
    }
    if (video.parentElement !== place) place.prepend(video);
    video.className = `camera ${size}`;
    const track = publication.track;
    if (track && video.dataset.track !== track.sid) {
      track.attach(video);
      video.dataset.track = track.sid;
    }
    return name;
  }

  function hear(publication: RemoteTrackPublication): void {
    if (publication.track && publication.track.attachedElements.length === 0) publication.track.attach();
  }

  // The stage is rendered anew with every change of the floor.
  new MutationObserver((changes) => {
    const ours = (node: Node) => node instanceof HTMLElement && node.dataset.kept !== undefined;
    if (changes.some((c) => c.type === "attributes" || [...c.addedNodes, ...c.removedNodes].some((n) => !ours(n)))) arrange();
  }).observe(one("[data-stage]", root) ?? root, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-speaks"]});
  tell("left");
}

