package cast

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
	sample "github.com/pion/webrtc/v4/pkg/media"

	"giaoban/internal/edge/media"
)

// player is one made-up site in a room.
type player struct {
	room    *lksdk.Room
	picture *picture
	camera  *lksdk.LocalTrack
	fresh   atomic.Bool // somebody who begins to look needs a whole frame
	arrived atomic.Bool // LiveKit has the picture: what is sent before the connection stands is lost
	watched atomic.Bool // somebody is there who is not made up
	floor   atomic.Bool // it is to be heard
	out     chan struct{}
	once    sync.Once
	tone    *tone // while it may be heard
}

// frameTime is that of the picture: a thumbnail's five frames a second.
const frameTime = 200 * time.Millisecond

// enter has a made-up site come in.
func enter(there media.LiveKit, seat media.Seat) (*player, error) {
	token, err := there.Token(seat)
	if err != nil {
		return nil, err
	}
	p := &player{picture: draw(seat), out: make(chan struct{})}
	callback := lksdk.NewRoomCallback()
	callback.OnDisconnected = p.end
	p.room = lksdk.NewRoom(callback)
	p.room.SetLogger(logger.GetDiscardLogger())
	if err := p.room.JoinWithToken(there.URL, token, lksdk.WithAutoSubscribe(false)); err != nil {
		return nil, fmt.Errorf("the made-up %s comes in: %w", seat.Name, err)
	}
	if err := p.show(); err != nil {
		p.leave()
		return nil, fmt.Errorf("the made-up %s shows its picture: %w", seat.Name, err)
	}
	go p.act()
	return p, nil
}

// show publishes the camera.
func (p *player) show() (err error) {
	p.camera, err = lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90_000}, lksdk.WithRTCPHandler(func(packet rtcp.Packet) {
		switch packet.(type) {
		case *rtcp.ReceiverReport:
			p.arrived.Store(true)
		case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
			p.fresh.Store(true)
		}
	}))
	if err != nil {
		return err
	}
	p.camera.SetLogger(logger.GetDiscardLogger())
	p.camera.OnBind(func() { p.fresh.Store(true) })
	_, err = p.room.LocalParticipant.PublishTrack(p.camera, &lksdk.TrackPublicationOptions{
		Name: "camera", Source: livekit.TrackSource_CAMERA, VideoWidth: size.X, VideoHeight: size.Y,
	})
	return err
}

// act moves the picture and follows what the seat may, until the connection has ended.
func (p *player) act() {
	tick := time.NewTicker(frameTime)
	defer tick.Stop()
	defer p.hush()
	for {
		select {
		case <-tick.C:
		case <-p.out:
			return
		}
		if fresh := p.fresh.Swap(false); p.camera.IsBound() && (fresh || p.watched.Load() || !p.arrived.Load()) {
			frame := p.picture.next(fresh || !p.arrived.Load())
			if err := p.camera.WriteSample(sample.Sample{Data: frame, Duration: frameTime}, nil); err != nil {
				p.fresh.Store(true)
			}
		}
		// The server gives and takes the microphone; the host's room may always speak.
		heard := p.floor.Load() && p.watched.Load() && slices.Contains(p.room.LocalParticipant.Permissions().GetCanPublishSources(), livekit.TrackSource_MICROPHONE)
		switch {
		case heard && p.tone == nil:
			p.tone = sound(p.room.LocalParticipant)
		case !heard:
			p.hush()
		}
	}
}

func (p *player) hush() {
	if p.tone != nil {
		p.tone.stop()
		p.tone = nil
	}
}

func (p *player) end() { p.once.Do(func() { close(p.out) }) }

// leave ends picture and sound.
func (p *player) leave() {
	p.room.Disconnect()
	p.end()
}

func (p *player) ended() bool {
	select {
	case <-p.out:
		return true
	default:
		return false
	}
}
