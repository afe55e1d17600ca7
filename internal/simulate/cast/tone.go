package cast

import (
	"bytes"
	_ "embed"
	"sync"
	"time"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
	sample "github.com/pion/webrtc/v4/pkg/media"
	"github.com/pion/webrtc/v4/pkg/media/oggreader"
)

// toneFile is a tone that swells and dies away within four seconds, a packet a page:
//
//	ffmpeg -f lavfi -i sine=frequency=330:sample_rate=48000:duration=4 -ac 1 \
//	  -af volume=0.6,afade=t=in:d=0.4,afade=t=out:st=2.4:d=0.6 \
//	  -c:a libopus -b:a 24k -page_duration 20000 tone.ogg
//
//go:embed tone.ogg
var toneFile []byte

// packets are those of the tone, each of packetTime.
var packets = sync.OnceValue(func() (list [][]byte) {
	file, _, err := oggreader.NewWith(bytes.NewReader(toneFile))
	if err != nil {
		panic("cast: the tone: " + err.Error())
	}
	for {
		packet, _, err := file.ParseNextPage()
		if err != nil {
			return list // at its end
		}
		if !bytes.HasPrefix(packet, []byte("OpusTags")) {
			list = append(list, packet)
		}
	}
})

const packetTime = 20 * time.Millisecond

// tone is one that is heard.
type tone struct {
	quiet chan struct{}
	ended chan struct{}
}

// sound lets a tone be heard until it is stopped.
func sound(of *lksdk.LocalParticipant) *tone {
	t := &tone{make(chan struct{}), make(chan struct{})}
	go func() {
		defer close(t.ended)
		t.play(of)
	}()
	return t
}

func (t *tone) stop() {
	close(t.quiet)
	<-t.ended
}

func (t *tone) play(of *lksdk.LocalParticipant) {
	track, err := lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48_000, Channels: 2})
	if err != nil {
		return
	}
	track.SetLogger(logger.GetDiscardLogger())
	published, err := of.PublishTrack(track, &lksdk.TrackPublicationOptions{Name: "tone", Source: livekit.TrackSource_MICROPHONE})
	if err != nil {
		<-t.quiet // the floor went on meanwhile
		return
	}
	defer func() { _ = of.UnpublishTrack(published.SID()) }() // the server may have been first
	tick := time.NewTicker(packetTime)
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-tick.C:
		case <-t.quiet:
			return
		}
		packet := packets()[i%len(packets())]
		if err := track.WriteSample(sample.Sample{Data: packet, Duration: packetTime}, nil); err != nil {
			return
		}
	}
}
