package recording

import (
	"time"

	"github.com/livekit/mediatransportutil"
)

// origin tells where the clock of one publisher stands on the recording's timeline. All its
// tracks share it, which is what keeps lips and words together: a sender report says
// what moment of the publisher's clock a track's timestamp is.
//
// The difference of the clocks is learned from what arrives: no packet can arrive before it was
// made, so the smallest delay seen in the last seconds is the line's own, and the rest is waiting.
type origin struct {
	now, before time.Duration // the smallest delay of this window and of the one before
	began       time.Duration // of this window
	known       bool
}

const originWindow = 10 * time.Second

// saw notes that what was made at a moment of the publisher's clock has arrived.
func (o *origin) saw(made, arrived time.Duration) {
	delay := arrived - made
	switch {
	case !o.known:
		*o = origin{now: delay, before: delay, began: arrived, known: true}
	case arrived-o.began > originWindow:
		o.before, o.now, o.began = o.now, delay, arrived
	case delay < o.now:
		o.now = delay
	}
}

// at is the moment of the timeline for one of the publisher's clock.
func (o *origin) at(made time.Duration) time.Duration { return made + min(o.now, o.before) }

// timing tells when on the recording's timeline the frames of one track were made.
type timing struct {
	rate   int64   // of the track's timestamps, a second
	own    origin  // by arrival alone: before a report, and where reports cannot be true
	shared *origin // of the publisher

	last     uint32 // the newest timestamp
	extended int64  // the same, without wrapping
	started  bool

	reported bool
	reportAt time.Duration // of the publisher's clock, since 1970
	reportTS int64         // extended
}

// unwrap makes a timestamp of 32 bits one that only grows.
func (t *timing) unwrap(timestamp uint32) int64 {
	if !t.started {
		t.started, t.last = true, timestamp
	}
	extended := t.extended + int64(int32(timestamp-t.last)) // the nearer way around
	if extended > t.extended {
		t.extended, t.last = extended, timestamp
	}
	return extended
}

// report takes up a sender report.
func (t *timing) report(ntp uint64, timestamp uint32) {
	t.reportTS = t.unwrap(timestamp)
	t.reportAt = time.Duration(mediatransportutil.NtpTime(ntp).Time().UnixNano())
	t.reported = true
}

func (t *timing) ticks(n int64) time.Duration {
	return time.Duration(n/t.rate)*time.Second + time.Duration(n%t.rate)*time.Second/time.Duration(t.rate)
}

// made is the moment of the publisher's clock for an extended timestamp.
func (t *timing) made(extended int64) time.Duration { return t.reportAt + t.ticks(extended-t.reportTS) }

// arrived notes a packet.
func (t *timing) arrived(timestamp uint32, now time.Duration) {
	extended := t.unwrap(timestamp)
	t.own.saw(t.ticks(extended), now)
	if t.reported && t.believable(extended) {
		t.shared.saw(t.made(extended), now)
	}
}

// astray is how far reports may place a frame from where its arrival does.
const astray = 3 * time.Second

// believable says whether the report places a timestamp near to where its arrival does: a
// publisher may report whatever it likes, but only about itself.
func (t *timing) believable(extended int64) bool {
	if !t.shared.known {
		return true
	}
	apart := t.shared.at(t.made(extended)) - t.own.at(t.ticks(extended))
	return -astray < apart && apart < astray
}

// at is the moment of the timeline for a timestamp.
func (t *timing) at(timestamp uint32) time.Duration {
	extended := t.unwrap(timestamp)
	if t.reported && t.shared.known && t.believable(extended) {
		return t.shared.at(t.made(extended))
	}
	return t.own.at(t.ticks(extended))
}
