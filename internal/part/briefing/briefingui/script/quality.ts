// Looks at the line every few seconds, gives up what it does not bear, and tells the server,
// so that whoever presides knows before the site notices.
import type {Room, Track} from "./livekit/livekit-client.esm.js";
import {judge, modes, type Line, type Mode, type Sample} from "./line";

const every = 2000; // ms between two looks
const remind = 2; // looks after which the server is told again what it knows: else it takes the site for gone

export type Watched = {mode: () => Mode; now: () => Line; choose: (mode: Mode) => void; stop: () => void};

/** worse is the one of two modes in which less is left. */
export function worse(one: Mode, other: Mode): Mode {
  return modes[Math.max(modes.indexOf(one), modes.indexOf(other))];
}

/** watchLine looks at a room's line, as it begins, until it is stopped. What is left is
 * the worse of what the line bears and what the person chose. */
export function watchLine(room: Room, begins: Line, chosen: Mode, address: string, changed: (line: Line, mode: Mode) => void): Watched {
  let line = begins;
  let told = "";
  let untold = 0;
  const counts = new Map<string, {lost: number; sent: number}>();
  const mode = (): Mode => worse(line.mode, chosen);

  async function look(): Promise<void> {
    const before = mode();
    const sample = await measure(room, counts);
    line = judge(line, sample);
    if (mode() !== before) changed(line, mode());
    tell(sample);
  }

  function tell(sample?: Sample): void {
    const said = `${line.grade} ${mode()}`;
    if (address === "" || (said === told && ++untold < remind)) return;
    told = said;
    untold = 0;
    const form = {grade: line.grade, mode: mode(), loss: String(Math.round((sample?.loss ?? 1) * 1000)), trip: String(Math.round(sample?.trip ?? 0))};
    void fetch(address, {method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams(form)}).catch(() => undefined);
  }

  const timer = setInterval(() => void look(), every);
  return {
    mode,
    now: () => line,
    choose: (next) => {
      chosen = next;
      changed(line, mode());
      tell();
    },
    stop: () => clearInterval(timer),
  };
}

// measure is one look: what was lost since the last one, either way, and the way there and
// back. Where nothing flows, only the latter is known; while the line is away, nothing:
// LiveKit's script says so ten seconds after the browser knows that nothing comes through.
async function measure(room: Room, counts: Map<string, {lost: number; sent: number}>): Promise<Sample | undefined> {
  const way = room.engine?.pcManager?.publisher.getICEConnectionState();
  if (room.state !== "connected" || way === "disconnected" || way === "failed") return undefined;
  const sample: Sample = {loss: 0, trip: room.engine?.client?.rtt ?? 0};
  const own = [...room.localParticipant.trackPublications.values()];
  const others = [...room.remoteParticipants.values()].flatMap((p) => [...p.trackPublications.values()]);
  for (const one of [...own, ...others]) {
    const report = await (one.track as Track | undefined)?.getRTCStatsReport?.().catch(() => undefined);
    for (const stat of report?.values() ?? []) {
      if (stat.type === "candidate-pair" && stat.nominated && stat.currentRoundTripTime) sample.trip = Math.max(sample.trip, stat.currentRoundTripTime * 1000);
      if (stat.type === "inbound-rtp") sample.loss = Math.max(sample.loss, share(counts, stat.id, stat.packetsLost ?? 0, stat.packetsReceived ?? 0));
      if (stat.type === "remote-inbound-rtp" && fresh(counts, stat.id, stat.timestamp)) sample.loss = Math.max(sample.loss, stat.fractionLost ?? 0);
    }
  }
  return sample;
}

// fresh says whether the other side has reported since the last look. What is muted is
// reported on no more, and its last word would be taken for the line's for ever.
function fresh(counts: Map<string, {lost: number; sent: number}>, id: string, at: number): boolean {
  const before = counts.get(id);
  counts.set(id, {lost: 0, sent: at});
  return before?.sent !== at;
}

const enough = 20; // packets, of which the loss says something

function share(counts: Map<string, {lost: number; sent: number}>, id: string, lost: number, received: number): number {
  const before = counts.get(id) ?? {lost: 0, sent: 0};
  const now = {lost, sent: lost + received};
  if (now.sent - before.sent < enough) return 0;
  counts.set(id, now);
  return Math.max(0, now.lost - before.lost) / (now.sent - before.sent);
}
