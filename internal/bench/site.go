package bench

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
)

// site is one that sees and hears who has the floor.
type site struct {
	room           *lksdk.Room
	picture, sound stream
	gone           atomic.Bool // its connection has ended for good
}

// stream counts the packets of one track by their numbers.
type stream struct {
	mu          sync.Mutex
	last, first int64 // number, from the first that was counted
	got         int64
	seen        bool
}

// add counts a packet. Numbers are of 16 bits and begin again.
func (s *stream) add(number uint16) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.seen {
		s.seen, s.last, s.first = true, int64(number), int64(number)
	}
	at := s.last + int64(int16(number-uint16(s.last)))
	s.last = max(s.last, at)
	if at >= s.first {
		s.got++
	}
}

// begin counts anew from the next packet.
func (s *stream) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.first, s.got = s.last+1, 0
}

// count is how many packets were due since it began, and how many came.
func (s *stream) count() (due, got int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last - s.first + 1, s.got
}

// comes says whether any has come.
func (s *stream) comes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got > 0
}

// enter brings a site in.
func (h *hall) enter(unit int) (*site, error) {
	address, token, err := h.pass(unit, false)
	if err != nil {
		return nil, err
	}
	s := &site{}
	callback := lksdk.NewRoomCallback()
	callback.OnDisconnected = func() { s.gone.Store(true) }
	callback.OnTrackSubscribed = func(track *webrtc.TrackRemote, _ *lksdk.RemoteTrackPublication, _ *lksdk.RemoteParticipant) {
		stream := &s.sound
		if track.Kind() == webrtc.RTPCodecTypeVideo {
			stream = &s.picture
		}
		for {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return
			}
			stream.add(packet.SequenceNumber)
		}
	}
	s.room = lksdk.NewRoom(callback)
	s.room.SetLogger(logger.GetDiscardLogger())
	if err := s.room.JoinWithToken(address, token); err != nil {
		return nil, fmt.Errorf("site %d comes in: %w", unit, err)
	}
	return s, nil
}

// speaker is the site that has the floor: 1.5 Mbit/s of picture, and sound.
type speaker struct {
	room    *lksdk.Room
	fresh   atomic.Bool // somebody needs a whole frame
	over    chan struct{}
	sending sync.WaitGroup
}

// What is sent: 30 frames a second of 1280 by 720, and a packet of sound each 20 ms.
const (
	frameTime  = time.Second / 30
	frameSize  = 1_500_000 / 8 / 30
	wholeSize  = 5 * frameSize
	packetTime = 20 * time.Millisecond
	packetSize = 80 // of 32 kbit/s
)

func (h *hall) speak() (*speaker, error) {
	address, token, err := h.pass(1, true)
	if err != nil {
		return nil, err
	}
	s := &speaker{over: make(chan struct{})}
	s.room = lksdk.NewRoom(lksdk.NewRoomCallback())
	s.room.SetLogger(logger.GetDiscardLogger())
	if err := s.room.JoinWithToken(address, token, lksdk.WithAutoSubscribe(false)); err != nil {
		return nil, fmt.Errorf("who has the floor comes in: %w", err)
	}
	// Frames by their headers, which is all that LiveKit reads of them.
	whole := append([]byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x00, 0x05, 0xd0, 0x02}, noise(wholeSize)...)
	change := append([]byte{0x11, 0, 0}, noise(frameSize)...)
	err = s.send(webrtc.MimeTypeVP8, livekit.TrackSource_CAMERA, frameTime, func() []byte {
		if s.fresh.Swap(false) {
			return whole
		}
		return change
	})
	if err == nil {
		sound := append([]byte{0xfc}, noise(packetSize)...)
		err = s.send(webrtc.MimeTypeOpus, livekit.TrackSource_MICROPHONE, packetTime, func() []byte { return sound })
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// send publishes a track and sends its frames until the speaker stops.
func (s *speaker) send(mime string, source livekit.TrackSource, each time.Duration, next func() []byte) error {
	s.fresh.Store(true)
	track, err := lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: mime}, lksdk.WithRTCPHandler(func(packet rtcp.Packet) {
		if _, asks := packet.(*rtcp.PictureLossIndication); asks {
			s.fresh.Store(true)
		}
	}))
	if err != nil {
		return err
	}
	track.SetLogger(logger.GetDiscardLogger())
	options := &lksdk.TrackPublicationOptions{Name: mime, Source: source, VideoWidth: 1280, VideoHeight: 720}
	if _, err := s.room.LocalParticipant.PublishTrack(track, options); err != nil {
		return fmt.Errorf("who has the floor sends %s: %w", mime, err)
	}
	s.sending.Go(func() {
		tick := time.NewTicker(each)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-s.over:
				return
			}
			if err := track.WriteSample(media.Sample{Data: next(), Duration: each}, nil); err != nil {
				return
			}
		}
	})
	return nil
}

func (s *speaker) stop() {
	close(s.over)
	s.sending.Wait()
	s.room.Disconnect()
}
