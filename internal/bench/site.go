package bench

import (
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"

	"giaoban/internal/edge/media"
)

// site is one that sees and hears who has the floor.
type site struct {
	room           *lksdk.Room
	picture, sound stream
	gone           atomic.Bool // its connection has ended for good
	camera         atomic.Pointer[lksdk.RemoteTrackPublication]
	step           atomic.Int64 // how many layers below the largest its picture is asked for
}

// stream counts the packets of one track by their numbers.
type stream struct {
	mu          sync.Mutex
	last, first int64 // number, from the first that was counted
	tally
	seen bool
}

// tally is what came of a stream.
type tally struct {
	got, size, frames int64 // packets, their bytes, and frames that they end
}

// ends is the bit of a packet's second byte that says that it ends a frame.
const ends = 0x80

// add counts a packet. Numbers are of 16 bits and begin again.
func (s *stream) add(packet []byte) {
	number := binary.BigEndian.Uint16(packet[2:])
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.seen {
		s.seen, s.last, s.first = true, int64(number), int64(number)
	}
	at := s.last + int64(int16(number-uint16(s.last)))
	s.last = max(s.last, at)
	if at >= s.first {
		s.got++
		s.size += int64(len(packet))
		if packet[1]&ends != 0 {
			s.frames++
		}
	}
}

// count is how many packets were due since the last time, and what came.
func (s *stream) count() (due int64, came tally) {
	s.mu.Lock()
	defer s.mu.Unlock()
	due, came = s.last-s.first+1, s.tally
	s.first, s.tally = s.last+1, tally{}
	return due, came
}

// comes says whether any has come.
func (s *stream) comes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got > 0
}

// enter brings a site in.
func enter(t ticket) (*site, error) {
	s := &site{}
	callback := lksdk.NewRoomCallback()
	callback.OnDisconnected = func() { s.gone.Store(true) }
	callback.OnTrackSubscribed = s.follow
	s.room = lksdk.NewRoom(callback)
	s.room.SetLogger(logger.GetDiscardLogger())
	if err := s.room.JoinWithToken(t.Address, t.Pass); err != nil {
		return nil, fmt.Errorf("site %d comes in: %w", t.Unit, err)
	}
	return s, nil
}

// follow counts the packets of a track until it ends; what is in them is nobody's matter.
func (s *site) follow(track *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, _ *lksdk.RemoteParticipant) {
	stream := &s.sound
	if track.Kind() == webrtc.RTPCodecTypeVideo {
		stream = &s.picture
		s.camera.Store(publication)
		s.take(media.Step(s.step.Load()))
	}
	packet := make([]byte, 1500)
	for {
		n, _, err := track.Read(packet)
		if err != nil {
			return
		}
		stream.add(packet[:n])
	}
}

// take asks for so many layers below the largest.
func (s *site) take(step media.Step) {
	before := s.step.Swap(int64(step))
	if camera := s.camera.Load(); camera != nil && (step > 0 || before > 0) {
		_ = camera.SetVideoQuality(livekit.VideoQuality_HIGH - livekit.VideoQuality(step)) // fails once the site has left
	}
}
