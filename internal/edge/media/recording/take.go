package recording

import (
	"time"

	"github.com/livekit/server-sdk-go/v2/pkg/samplebuilder"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"

	"giaoban/internal/edge/media"
)

// How many packets to wait for one that is lost, before its frame is given up: a little more
// than half a second of a full picture, or of sound.
const (
	picturePatience = 120
	soundPatience   = 30
)

// take is one track that is recorded.
type take struct {
	identity string
	kind     media.Kind
	timing   timing
	builder  *samplebuilder.SampleBuilder
	muted    func() bool
	dark     bool // a camera that is switched off

	refresh func()        // asks for a key frame
	asked   time.Duration // when that was last done
	keyed   time.Duration // when one last came
	torn    bool          // frames are missing since the last key frame
}

func newTake(identity string, kind media.Kind, shared *origin, refresh func()) *take {
	t := &take{identity: identity, kind: kind, refresh: refresh}
	lost := samplebuilder.WithPacketDroppedHandler(func() { t.torn = true })
	if t.picture() {
		t.timing = timing{rate: 90000, shared: shared}
		t.builder = samplebuilder.New(picturePatience, &codecs.VP8Packet{}, 90000, lost)
	} else {
		t.timing = timing{rate: 48000, shared: shared}
		t.builder = samplebuilder.New(soundPatience, &codecs.OpusPacket{}, 48000)
	}
	return t
}

func (t *take) picture() bool { return t.kind == media.Camera || t.kind == media.Screen }

// push takes up a packet that has just arrived and gives the frames that are whole now.
func (t *take) push(p *rtp.Packet, now time.Duration) (whole []frame) {
	if len(p.Payload) == 0 { // it only keeps the line open
		t.builder.Push(p)
		return nil
	}
	t.timing.arrived(p.Timestamp, now)
	t.builder.Push(p)
	for {
		sample, timestamp := t.builder.PopWithTimestamp()
		if sample == nil {
			return whole
		}
		if len(sample.Data) == 0 {
			continue
		}
		f := frame{at: t.timing.at(timestamp), picture: t.picture(), data: sample.Data}
		f.key = f.picture && isKey(f.data)
		if f.key {
			t.torn, t.keyed = false, now
		}
		if !t.torn { // what stands on a frame that is missing would be smeared
			whole = append(whole, f)
		}
	}
}

// A new key frame is asked for when one is needed, or the last is so old that jumping
// about in the recording would take long.
const (
	keyEvery = 10 * time.Second
	keyAgain = 500 * time.Millisecond // after it was asked for in vain
)

// wish asks for a key frame if that is due.
func (t *take) wish(now time.Duration, needed bool) {
	if !t.picture() || now-t.asked < keyAgain || !needed && !t.torn && now-max(t.keyed, t.asked) < keyEvery {
		return
	}
	t.asked = now
	go t.refresh() // it may wait for the room
}
