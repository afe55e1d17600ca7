package bench

import (
	"encoding/binary"
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

// speaker is the site that has the floor: its picture in three layers, and sound.
type speaker struct {
	room    *lksdk.Room
	over    chan struct{}
	sending sync.WaitGroup
}

// layer is one of a camera, as browsers send it.
type layer struct {
	quality       livekit.VideoQuality
	width, height uint16
	rate          int // bits a second
	frames        int // a second
}

// layers are those of livekit-client for a camera of 720 lines, the largest as it is asked for here.
var layers = []layer{
	{livekit.VideoQuality_LOW, 320, 180, 160_000, 20},
	{livekit.VideoQuality_MEDIUM, 640, 360, 450_000, 20},
	{livekit.VideoQuality_HIGH, 1280, 720, 1_500_000, 30},
}

// A packet of sound each 20 ms.
const (
	packetTime = 20 * time.Millisecond
	packetSize = 80 // of 32 kbit/s
)

func (h *hall) speak() (*speaker, error) {
	unit := h.meeting.sites[0]
	address, token, err := h.pass(unit, true)
	if err != nil {
		return nil, err
	}
	s := &speaker{over: make(chan struct{})}
	s.room = lksdk.NewRoom(lksdk.NewRoomCallback())
	s.room.SetLogger(logger.GetDiscardLogger())
	if err := s.room.JoinWithToken(address, token, lksdk.WithAutoSubscribe(false)); err != nil {
		return nil, fmt.Errorf("who has the floor comes in: %w", err)
	}
	if err := s.show(); err != nil {
		s.stop()
		return nil, fmt.Errorf("who has the floor is seen: %w", err)
	}
	if err := s.talk(); err != nil {
		s.stop()
		return nil, fmt.Errorf("who has the floor is heard: %w", err)
	}
	return s, nil
}

// show publishes the camera.
func (s *speaker) show() error {
	var tracks []*lksdk.LocalTrack
	var starts []func()
	for _, l := range layers {
		var fresh atomic.Bool // somebody needs a whole frame
		fresh.Store(true)
		described := &livekit.VideoLayer{Quality: l.quality, Width: uint32(l.width), Height: uint32(l.height), Bitrate: uint32(l.rate)}
		track, err := lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90_000},
			lksdk.WithSimulcast("camera", described), lksdk.WithRTCPHandler(func(packet rtcp.Packet) {
				if _, asks := packet.(*rtcp.PictureLossIndication); asks {
					fresh.Store(true)
				}
			}))
		if err != nil {
			return err
		}
		track.SetLogger(logger.GetDiscardLogger())
		tracks = append(tracks, track)
		whole, change := l.drawn()
		starts = append(starts, func() {
			s.send(track, time.Second/time.Duration(l.frames), func() []byte {
				if fresh.Swap(false) {
					return whole
				}
				return change
			})
		})
	}
	_, err := s.room.LocalParticipant.PublishSimulcastTrack(tracks, &lksdk.TrackPublicationOptions{
		Name: "camera", Source: livekit.TrackSource_CAMERA, VideoWidth: 1280, VideoHeight: 720,
	})
	if err != nil {
		return err
	}
	for _, start := range starts {
		start()
	}
	return nil
}

// drawn are a whole frame and a change of a layer: their headers, which is all that LiveKit reads of
// them, and as many bytes as frames have.
func (l layer) drawn() (whole, change []byte) {
	size := l.rate / 8 / l.frames
	whole = []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a}
	whole = binary.LittleEndian.AppendUint16(whole, l.width)
	whole = binary.LittleEndian.AppendUint16(whole, l.height)
	return append(whole, noise(5*size)...), append([]byte{0x11, 0, 0}, noise(size)...)
}

// talk publishes the microphone.
func (s *speaker) talk() error {
	track, err := lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus})
	if err != nil {
		return err
	}
	track.SetLogger(logger.GetDiscardLogger())
	options := &lksdk.TrackPublicationOptions{Name: "microphone", Source: livekit.TrackSource_MICROPHONE}
	if _, err := s.room.LocalParticipant.PublishTrack(track, options); err != nil {
		return err
	}
	sound := append([]byte{0xfc}, noise(packetSize)...)
	s.send(track, packetTime, func() []byte { return sound })
	return nil
}

// send sends frames of a track until the speaker stops.
func (s *speaker) send(track *lksdk.LocalTrack, each time.Duration, next func() []byte) {
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
}

func (s *speaker) stop() {
	close(s.over)
	s.sending.Wait()
	s.room.Disconnect()
}
