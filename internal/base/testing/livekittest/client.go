package livekittest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
)

// Client is somebody in a room.
type Client struct {
	Room     *lksdk.Room
	Packets  atomic.Int64  // received, of all tracks
	Away     chan struct{} // closed when its connection has ended for good
	Returned atomic.Int64  // how often it came back by itself
}

// Join joins a room through a gate at an address, as ws://127.0.0.1:8420/media.
func Join(t testing.TB, address, token string) (*Client, error) {
	t.Helper()
	c := &Client{Away: make(chan struct{})}
	callback := lksdk.NewRoomCallback()
	away := sync.OnceFunc(func() { close(c.Away) }) // the SDK may say it twice
	callback.OnDisconnectedWithReason = func(lksdk.DisconnectionReason) { away() }
	callback.OnReconnected = func() { c.Returned.Add(1) }
	callback.OnTrackSubscribed = func(track *webrtc.TrackRemote, _ *lksdk.RemoteTrackPublication, _ *lksdk.RemoteParticipant) {
		for {
			if _, _, err := track.ReadRTP(); err != nil {
				return
			}
			c.Packets.Add(1)
		}
	}
	room := lksdk.NewRoom(callback)
	room.SetLogger(logger.GetDiscardLogger())
	if err := room.JoinWithToken(address, token); err != nil {
		return nil, err
	}
	c.Room = room
	t.Cleanup(room.Disconnect)
	return c, nil
}

// Speak publishes a microphone until the test ends: a packet every 20 ms.
func (c *Client) Speak(t testing.TB) error {
	return c.publish(t, webrtc.MimeTypeOpus, livekit.TrackSource_MICROPHONE, []byte{0xfc, 0xff, 0xfe})
}

// Show publishes a picture of a source until the test ends. Its frames are whole by their
// headers, which is all that LiveKit reads of them.
func (c *Client) Show(t testing.TB, source livekit.TrackSource) error {
	return c.publish(t, webrtc.MimeTypeVP8, source, []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 64, 0, 64, 0, 1, 2, 3, 4})
}

func (c *Client) publish(t testing.TB, mime string, source livekit.TrackSource, frame []byte) error {
	track, err := lksdk.NewLocalSampleTrack(webrtc.RTPCodecCapability{MimeType: mime})
	if err != nil {
		return err
	}
	if _, err := c.Room.LocalParticipant.PublishTrack(track, &lksdk.TrackPublicationOptions{Name: mime, Source: source}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				if err := track.WriteSample(media.Sample{Data: frame, Duration: 20 * time.Millisecond}, nil); err != nil {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return nil
}
