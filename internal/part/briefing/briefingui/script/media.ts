// Picture and sound of the room. LiveKit's own script is fetched when somebody joins.
//
// The microphone is LiveKit's permission, which the server gives to who likely speaks next
// and takes when the floor has gone on: this page only follows it. It is there muted until
// the floor comes, so that the first word is heard. What is seen where is pictures.ts; what a bad line
// bears, line.ts.
import type {LocalAudioTrack, LocalTrack, LocalVideoTrack, Participant, Room} from "./livekit/livekit-client.esm.js";
import {all, one} from "web/dom";
import {fresh, type Line, type Mode} from "./line";
import {facts, nameOf, Pictures, type LiveKit} from "./pictures";
import {watchLine, worse, type Watched} from "./quality";
import {Share} from "./share";
import {Stills} from "./stills";

const meeting = one("[data-room]");
const panel = one("[data-media]");
if (meeting && panel) prepare(meeting, panel);

const patience = 1000; // ms, before a lost room is asked for again
const quiet = 3000; // ms, for which the name of who spoke last stays
const mending = 2000; // ms, until what was lost with a line is looked for
const lost = 4; // such looks in a row at a room that is away, before it is joined anew
const unheard = 2; // such looks at a camera that the server does not have, before it is published again

// A lost line is tried again at an even pace, spread so that sites do not all ask at once:
// LiveKit's own pauses grow to seven seconds, and it asks twice where it was started again.
// LiveKit's script can hang in this: what is lost for longer is joined anew.
const reconnectPolicy = {nextRetryDelayInMs: ({elapsedMs}: {elapsedMs: number}) => (elapsedMs > 60_000 ? null : 300 + 700 * Math.random())};

function prepare(root: HTMLElement, panel: HTMLElement): void {
  const base = root.dataset.room ?? "";
  const wall = root.dataset.screen === "1"; // looks on, without a sound
  const words = JSON.parse(panel.dataset.words ?? "{}") as Record<string, string>;
  const button = one<HTMLButtonElement>("[data-media-join]", panel);
  const choice = one<HTMLSelectElement>("[data-media-choice]", panel);
  let room: Room | undefined;
  let kit: LiveKit | undefined;
  let microphone: LocalAudioTrack | undefined;
  let wanted = false;
  let pictures: Pictures | undefined;
  let line: Watched | undefined;
  let borne = fresh; // the line as it was last, with which a room that is joined again begins
  let stills: Stills | undefined;
  let share: Share | undefined;

  function tell(state: string, said = words[state] ?? ""): void {
    say("[data-media-told]", said);
    panel.dataset.state = state;
    if (button) button.textContent = wanted ? words.leave : words.join;
    if (choice) choice.hidden = !wanted;
  }

  function say(spot: string, text: string): void {
    const told = one(spot, root);
    if (told && told.textContent !== text) told.textContent = text;
  }

  button?.addEventListener("click", () => {
    if (wanted) {
      wanted = false;
      void room?.disconnect();
      tell("left");
      return;
    }
    wanted = true;
    borne = fresh;
    void join();
  });
  choice?.addEventListener("change", () => line?.choose(choice.value as Mode));

  async function join(): Promise<void> {
    if (!wanted) return;
    tell("joining");
    const answer = await fetch(`${base}/pass${wall ? "?screen=1" : ""}`, {headers: {Accept: "application/json"}}).catch(() => undefined);
    if (answer && answer.status >= 400 && answer.status < 500) {
      const refused = (await answer.json().catch(() => ({}))) as {error?: {message?: string}};
      wanted = false;
      forget();
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
      close();
      void failed?.disconnect();
      if (!wanted) return; // somebody left while it was coming about
      tell("away");
      setTimeout(() => void join(), patience);
    }
  }

  async function enter(kit: LiveKit, pass: string): Promise<void> {
    room = new kit.Room({reconnectPolicy, adaptiveStream: true, dynacast: true, stopLocalTrackOnUnpublish: false, videoCaptureDefaults: {resolution: kit.VideoPresets.h720.resolution}});
    const now = room;
    following = Promise.resolve();
    const {RoomEvent} = kit;
    for (const event of [RoomEvent.ParticipantConnected, RoomEvent.ParticipantDisconnected, RoomEvent.TrackPublished, RoomEvent.TrackUnpublished, RoomEvent.TrackSubscribed, RoomEvent.TrackUnsubscribed]) {
      now.on(event as never, (() => pictures?.arrange()) as never);
    }
    now.on(RoomEvent.ParticipantPermissionsChanged, () => void follow(now));
    now.on(RoomEvent.Reconnecting, () => wanted && tell("away"));
    now.on(RoomEvent.Reconnected, () => {
      void follow(now);
      pictures?.arrange(true);
      setTimeout(() => now === room && pictures?.arrange(true), mending); // what was asked for too early
    });
    now.on(RoomEvent.ActiveSpeakersChanged, caption);
    now.on(RoomEvent.Disconnected, (reason) => { if (now === room) left(kit, reason); });
    await now.connect(location.origin.replace(/^http/, "ws") + base, pass, {autoSubscribe: false});
    const own = now.localParticipant.identity.startsWith("unit:") ? now.localParticipant.identity.slice("unit:".length) : "";
    const mode = () => line?.mode() ?? worse(borne.mode, (choice?.value as Mode) || "full");
    pictures = new Pictures(root, kit, now, wall, mode);
    pictures.arrange();
    let camera = false;
    if (shows(now)) {
      camera = thin(mode()) || (await now.localParticipant.setCameraEnabled(true).then(() => true, () => (tell("no-camera"), false)));
      microphone ??= await kit.createLocalAudioTrack().catch(() => undefined); // ready for when the floor comes
    }
    if (now !== room) return;
    mend(kit, now, camera);
    line = watchLine(now, borne, (choice?.value as Mode) || "full", own === "" ? "" : `${base}/line/${own}`, stepped);
    stills = new Stills(root, base, own, () => now.localParticipant.getTrackPublication(kit.Track.Source.Camera)?.track?.mediaStreamTrack, () => (thin(mode()) ? undefined : pictures?.unseen()));
    prepareShare(kit, now);
    if (mode() !== "full") stepped(line.now(), mode());
    await follow(now);
    pictures.arrange();
  }

  // mend joins anew where LiveKit's script does not come back by itself, and publishes the
  // camera again where it did not come back with a line: where LiveKit was started anew,
  // both happen.
  function mend(kit: LiveKit, now: Room, camera: boolean): void {
    let away = 0;
    let unknown = 0;
    const look = setInterval(() => {
      if (now !== room || !wanted) return clearInterval(look);
      if (now.state !== kit.ConnectionState.Connected) {
        if (++away < lost) return;
        clearInterval(look);
        return again(now);
      }
      away = 0;
      revive(microphone);
      if (!camera || thin(line?.mode() ?? "full")) return;
      const own = now.localParticipant.getTrackPublication(kit.Track.Source.Camera);
      if (!own) return void now.localParticipant.setCameraEnabled(true).catch(() => undefined);
      if (!own.isMuted) revive(own.videoTrack);
      unknown = own.isMuted || arrived(now, own.trackSid) ? 0 : unknown + 1;
      if (unknown < unheard || !own.track) return;
      unknown = 0;
      void republish(now, own.track).catch(() => undefined);
    }, mending);
  }

  // revive takes a device up again that ended by itself: it was pulled out and put in again,
  // or the browser's own process for it died.
  const reviving = new Set<LocalAudioTrack | LocalVideoTrack>();
  function revive(track?: LocalAudioTrack | LocalVideoTrack): void {
    if (track?.mediaStreamTrack.readyState !== "ended" || reviving.has(track)) return;
    reviving.add(track);
    void track.restartTrack().catch(() => undefined).finally(() => reviving.delete(track)); // not there yet: the next look tries again
  }

  // arrived says whether the server has something that is published here. It takes a camera
  // up with its first packet; where it was told before that nobody looks, it sends none, and
  // nobody ever hears of it.
  function arrived(now: Room, sid: string): boolean {
    const info = (now.localParticipant as unknown as {participantInfo?: {tracks: {sid: string}[]}}).participantInfo;
    return info?.tracks.some((track) => track.sid === sid) ?? true;
  }

  async function republish(now: Room, track: LocalTrack): Promise<void> {
    await now.localParticipant.unpublishTrack(track, false);
    await now.localParticipant.publishTrack(track);
  }

  // again gives a room up and joins anew.
  function again(now: Room): void {
    room = undefined; // it tells nothing any more
    close();
    void now.disconnect();
    tell("away");
    void join();
  }

  function shows(now: Room): boolean {
    return now.localParticipant.permissions?.canPublish ?? false;
  }

  function prepareShare(kit: LiveKit, now: Room): void {
    const button = one<HTMLButtonElement>("[data-media-share]", panel);
    const form = one<HTMLFormElement>("[data-media-share-form]", panel);
    if (!button || !form) return;
    const leads = all("[role=toolbar]", root).length > 0;
    const own = leads ? facts(root).host : root.dataset.own ?? "";
    share = new Share(kit, now, button, form, leads ? `${base}/lead/show` : `${base}/site/${own}/show`, own, (text) => say("[data-media-told]", text), words);
  }

  // follow has the microphone there where the server lets it, open with the floor alone,
  // and says how it stands: one time after the other, as LiveKit forgets what a track is
  // told while it is being published.
  let following = Promise.resolve();
  function follow(now: Room): Promise<void> {
    following = following.then(() => hold(now)).catch(() => undefined);
    return following;
  }

  async function hold(now: Room): Promise<void> {
    if (!kit || !wanted || now !== room || now.state !== kit.ConnectionState.Connected) return; // away is said already
    const {Source} = kit.Track;
    if (microphone && may(now, Source.Microphone) && !now.localParticipant.getTrackPublication(Source.Microphone)) {
      if (!speaks(now)) await microphone.mute();
      await now.localParticipant.publishTrack(microphone).catch(() => undefined);
    }
    if (microphone) await (speaks(now) ? microphone.unmute() : microphone.mute());
    if (!wanted || now !== room) return; // somebody left meanwhile
    share?.follow(facts(root));
    if (!shows(now)) tell("looking");
    else if (speaks(now)) tell("open");
    else if (floor(now)) tell("unheard");
    else tell(facts(root).muted.includes(ownUnit(now)) ? "muted" : "closed");
  }

  function may(now: Room, source: Parameters<LiveKit["Track"]["sourceToProto"]>[0]): boolean {
    return kit !== undefined && (now.localParticipant.permissions?.canPublishSources ?? []).includes(kit.Track.sourceToProto(source));
  }

  // floor says whether the own microphone may be open: by what LiveKit lets it send, or by
  // what the stage says, whichever comes first.
  function floor(now: Room): boolean {
    if (!kit) return false;
    const stage = facts(root);
    const given = stage.speaks === ownUnit(now) && !stage.muted.includes(stage.speaks);
    return may(now, kit.Track.Source.ScreenShareAudio) || (given && may(now, kit.Track.Source.Microphone));
  }

  // speaks says whether it is open: not where board and text are all that goes.
  function speaks(now: Room): boolean {
    return floor(now) && line?.mode() !== "board";
  }

  function ownUnit(now: Room): string {
    return now.localParticipant.identity.replace("unit:", "");
  }

  // stepped gives up what the line does not bear, or takes it back, and says so.
  function stepped(now: Line, mode: Mode): void {
    if (room && shows(room) && !wall) void room.localParticipant.setCameraEnabled(!thin(mode)).catch(() => undefined);
    root.dataset.line = mode;
    if (room) void follow(room);
    say("[data-media-line]", mode === "full" ? "" : words[now.mode === mode ? `line-${mode}` : `chosen-${mode}`] ?? "");
    pictures?.arrange();
  }

  // The name of who speaks, for those who cannot hear.
  let fading: number | undefined;
  function caption(speakers: Participant[]): void {
    clearTimeout(fading);
    const names = speakers.map((one) => nameOf(root, one)).filter((name) => name !== "");
    const floor = facts(root).speaks;
    const alone = floor !== "" && speakers.every((one) => one.identity === `unit:${floor}`);
    if (names.length > 0) {
      say("[data-speaking]", `${words.speaks} ${names.join(", ")}`);
      one("[data-speaking]", root)?.classList.toggle("of-floor", alone); // whose name stands there already
    } else fading = window.setTimeout(() => say("[data-speaking]", ""), quiet);
  }

  // thin says whether no picture goes any more.
  function thin(mode: Mode): boolean {
    return mode === "sound" || mode === "board";
  }

  function close(): void {
    borne = line?.now() ?? borne;
    line?.stop();
    stills?.close();
    share?.close();
    pictures?.close();
    line = stills = share = pictures = undefined;
    say("[data-speaking]", "");
    if (!wanted) forget(); // else it is joined again with what the line bears
  }

  // forget takes back what was said of a line.
  function forget(): void {
    say("[data-media-line]", "");
    delete root.dataset.line;
  }

  function left(kit: LiveKit, reason?: number): void {
    close();
    if (!wanted) return;
    if (reason === kit.DisconnectReason.DUPLICATE_IDENTITY || reason === kit.DisconnectReason.PARTICIPANT_REMOVED) {
      wanted = false;
      forget();
      tell(reason === kit.DisconnectReason.DUPLICATE_IDENTITY ? "taken" : "removed");
      return;
    }
    tell("away");
    setTimeout(() => void join(), patience);
  }

  // The stage is rendered anew with every change of the floor.
  new MutationObserver((changes) => {
    const theirs = (node: Node) => node instanceof HTMLElement && node.dataset.kept === undefined;
    if (!changes.some((c) => c.type === "attributes" || [...c.addedNodes, ...c.removedNodes].some(theirs))) return;
    pictures?.arrange();
    if (room?.state === "connected") void follow(room);
  }).observe(one("[data-stage]", root) ?? root, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-speaks", "data-screen", "data-next", "data-muted", "data-crowd"]});
  tell("left");
  if (wall) {
    wanted = true;
    void join();
  }
}
