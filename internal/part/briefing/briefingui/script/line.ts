// How good the line is, and what it bears: the policy alone, without a page.
//
// A line that turns bad is told to the chair at the first look, before anybody notices.
// Only when it stays bad is something given up: first the picture grows less sharp, which
// LiveKit does by itself and this only says, then pictures, then sound, so that the
// board is left. What was given up comes back when the line is good again; after each
// relapse that takes longer.

/** Sample is one look at the line. */
export type Sample = {
  loss: number; // the share of packets that were lost since the last look, 0 to 1
  trip: number; // there and back, ms
};

export type Grade = "good" | "weak" | "bad";

/** What is still sent and shown, the most first. */
export const modes = ["full", "low", "sound", "board"] as const;
export type Mode = (typeof modes)[number];

export type Line = {
  grade: Grade;
  mode: Mode;
  against: number; // looks in a row that were worse than the mode bears; below 0 while a step down settles
  better: number; // looks in a row that were good
  patience: number; // good looks that it takes to go back
};

export const fresh: Line = {grade: "good", mode: "full", against: 0, better: 0, patience: 5};

const bears = 3; // bad looks in a row
const weakBears = 4; // weak looks in a row, before a full picture is given up
const longest = 15; // looks that it takes at most to go back: half a minute

/** grade says how good a look is; none at all is a line that is away. */
export function grade(sample: Sample | undefined): Grade {
  if (!sample || sample.loss > 0.1 || sample.trip > 1000) return "bad";
  return sample.loss > 0.02 || sample.trip > 350 ? "weak" : "good";
}

// settling: bad looks after a step down that do not count against the next one. What was on
// its way before it has to drain first, and makes a thin line look worse than it now is.
const settling = 2;

/** judge is the line after one more look. While one that was good is away nothing is given
 * up: it comes back as it was, also where the last look saw its end begin. One that was
 * thin before broke under what it carried: it comes back with sound alone, and where it
 * stays away under that, with the board. */
export function judge(line: Line, sample: Sample | undefined): Line {
  const now = {...line, grade: grade(sample)};
  const at = modes.indexOf(line.mode);
  if (!sample) {
    if (line.mode === "full" && line.against < 2) return now; // one bad look before it was the break itself
    now.against++;
    if (at < modes.indexOf("sound")) return {...now, mode: "sound", against: -settling, better: 0};
    return now.against >= bears ? {...now, mode: "board", better: 0} : now;
  }
  if (now.grade === "good") {
    now.against = 0;
    now.better++;
    if (at > 0 && now.better >= line.patience) return {...now, mode: modes[at - 1], better: 0};
    return now;
  }
  const relapsed = now.better > 0 && line.mode !== "full";
  now.better = 0;
  now.against++;
  if (relapsed) now.patience = Math.min(line.patience * 2, longest);
  const most = now.grade === "bad" ? bears : weakBears;
  const worse = at < modes.length - 1 && (now.grade === "bad" || line.mode === "full");
  if (worse && now.against >= most) return {...now, mode: modes[at + 1], against: -settling};
  return now;
}
