package recording

import (
	"testing"
	"time"

	"github.com/livekit/mediatransportutil"
	"pgregory.net/rapid"
)

// device is a publisher whose clock is off, and its two tracks.
type device struct {
	shared         origin
	picture, sound timing
	zero           time.Time // of its clock, at media time 0
}

const soonWraps uint32 = 4_294_900_000

func (d *device) both(do func(t *timing, first uint32)) {
	do(&d.picture, soonWraps)
	do(&d.sound, 77)
}

func newDevice(off time.Duration) *device {
	d := &device{zero: time.Date(2026, 7, 10, 8, 0, 0, 0, time.UTC).Add(off)}
	d.picture, d.sound = timing{rate: 90000, shared: &d.shared}, timing{rate: 48000, shared: &d.shared}
	return d
}

func TestTracksOfAPublisherAreAlignedWhateverItsClockSaysAndHoweverPacketsWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDevice(time.Duration(rapid.Int64Range(-1e15, 1e15).Draw(t, "off")))
		line := time.Duration(rapid.IntRange(5, 150).Draw(t, "line")) * time.Millisecond
		late := time.Duration(rapid.IntRange(0, 400).Draw(t, "how much later the picture is sent")) * time.Millisecond
		for at := time.Duration(0); at < 30*time.Second; at += 100 * time.Millisecond {
			d.both(func(track *timing, first uint32) {
				timestamp := first + uint32(at*time.Duration(track.rate)/time.Second)
				wait := time.Duration(rapid.IntRange(0, 80).Draw(t, "wait")) * time.Millisecond
				if track == &d.picture {
					wait += late
				}
				if at%(3*time.Second) == 0 {
					track.report(uint64(mediatransportutil.ToNtpTime(d.zero.Add(at))), timestamp)
				}
				track.arrived(timestamp, at+line+wait)
				if at < 12*time.Second {
					return
				}
				if got := track.at(timestamp); got < at+line-time.Millisecond || got > at+line+81*time.Millisecond {
					t.Fatalf("what was made at %v and takes %v is placed at %v", at, line, got)
				}
			})
		}
		at20 := uint32(20 * 90000)
		picture := d.picture.at(soonWraps + at20)
		sound := d.sound.at(77 + 20*48000)
		if apart := (picture - sound).Abs(); apart > time.Millisecond {
			t.Fatalf("what belongs together is %v apart", apart)
		}
	})
}

func TestAReportThatCannotBeTrueIsNotBelieved(t *testing.T) {
	d := newDevice(0)
	for at := time.Duration(0); at < 20*time.Second; at += 100 * time.Millisecond {
		d.both(func(track *timing, first uint32) {
			timestamp := first + uint32(at*time.Duration(track.rate)/time.Second)
			says := d.zero.Add(at)
			if track == &d.picture {
				says = says.Add(time.Hour)
			}
			track.report(uint64(mediatransportutil.ToNtpTime(says)), timestamp)
			track.arrived(timestamp, at)
			if got := track.at(timestamp); (got - at).Abs() > astray {
				t.Fatalf("what arrived at %v is placed at %v", at, got)
			}
		})
	}
}
