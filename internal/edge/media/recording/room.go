package recording

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"giaoban/internal/edge/media"
)

// presence is one stay in the room.
type presence struct {
	room *lksdk.Room
	gone chan lksdk.DisconnectionReason // told once, when it has ended for good

	wanted  map[*lksdk.RemoteTrackPublication]bool
	quality map[*lksdk.RemoteTrackPublication]livekit.VideoQuality
}

// join enters the room as the recorder.
func (r *Recorder) join(ctx context.Context) (*presence, error) {
	there, err := r.find()
	if err != nil {
		return nil, err
	}
	token, err := there.Token(media.Seat{Briefing: r.briefing, Identity: media.RecorderIdentity, Role: media.Recorder})
	if err != nil {
		return nil, err
	}
	p := &presence{
		gone:   make(chan lksdk.DisconnectionReason, 1),
		wanted: map[*lksdk.RemoteTrackPublication]bool{}, quality: map[*lksdk.RemoteTrackPublication]livekit.VideoQuality{},
	}
	callback := lksdk.NewRoomCallback()
	callback.OnDisconnectedWithReason = func(why lksdk.DisconnectionReason) {
		select {
		case p.gone <- why:
		default: // the SDK may say it twice
		}
	}
	callback.OnReconnected = r.look
	callback.OnTrackPublished = func(*lksdk.RemoteTrackPublication, *lksdk.RemoteParticipant) { r.look() }
	callback.OnTrackUnpublished = callback.OnTrackPublished
	callback.OnTrackMuted = func(lksdk.TrackPublication, lksdk.Participant) { r.look() }
	callback.OnTrackUnmuted = callback.OnTrackMuted
	callback.OnTrackSubscribed = func(track *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant) {
		go r.guard(func() { r.receive(track, publication, who) })
	}
	p.room = lksdk.NewRoom(callback)
	p.room.SetLogger(logger.GetDiscardLogger())
	joined := make(chan error, 1)
	go func() {
		joined <- p.room.JoinWithToken(there.URL, token, lksdk.WithAutoSubscribe(false), lksdk.WithDisableRegionDiscovery(), lksdk.WithCodecs(known))
	}()
	select {
	case err := <-joined:
		if err != nil {
			return nil, media.Away(err)
		}
		return p, nil
	case <-ctx.Done():
		go func() {
			if err := <-joined; err == nil {
				p.room.Disconnect()
			}
		}()
		return nil, media.Away(ctx.Err())
	}
}

// known is what the recorder can take up; LiveKit refuses it any other.
var known = []livekit.Codec{{Mime: webrtc.MimeTypeVP8}, {Mime: webrtc.MimeTypeOpus}}

const (
	again  = time.Second // before a lost room is joined anew
	around = time.Second // between two looks at who is there
)

// stay keeps the recorder in the room until ctx ends, or the room is closed.
func (r *Recorder) stay(ctx context.Context, p *presence) {
	tick := time.NewTicker(around)
	defer tick.Stop()
	for {
		r.arrange(p)
		select {
		case <-tick.C:
		case <-r.changed:
		case why := <-p.gone:
			r.log.Info("the recorder has lost the room", "reason", why)
			if why == lksdk.DuplicateIdentity {
				r.fail(errors.New("another recorder has taken the place of this one"))
			}
			if why == lksdk.DuplicateIdentity || why == lksdk.RoomClosed {
				return
			}
			if p = r.rejoin(ctx); p == nil {
				return
			}
		case <-ctx.Done():
			p.room.Disconnect()
			return
		}
	}
}

// rejoin joins again; nil when ctx has ended.
func (r *Recorder) rejoin(ctx context.Context) *presence {
	for {
		if p, err := r.join(ctx); err == nil {
			return p
		}
		select {
		case <-time.After(again):
		case <-ctx.Done():
			return nil
		}
	}
}

// arrange subscribes to the tracks that have a lane now, each in the layer that the budget allows.
func (r *Recorder) arrange(p *presence) {
	people := p.room.GetRemoteParticipants()
	slices.SortFunc(people, func(a, b *lksdk.RemoteParticipant) int { return strings.Compare(a.Identity(), b.Identity()) })
	taken := map[string]bool{} // a lane has one picture
	for _, who := range people {
		for _, publication := range who.TrackPublications() {
			track, ok := publication.(*lksdk.RemoteTrackPublication)
			if !ok {
				continue
			}
			kind := media.KindOf(track.Source())
			r.mu.Lock()
			lane, level := r.scene.lane(who.Identity(), kind), r.budget.level
			r.mu.Unlock()
			wanted := lane != ""
			if picture := kind == media.Camera || kind == media.Screen; picture && wanted {
				wanted = !taken[lane]
				taken[lane] = true
			}
			p.want(track, wanted)
			if wanted && track.Kind() == lksdk.TrackKindVideo && track.IsSubscribed() {
				p.layer(track, quality(lane, level))
			}
		}
	}
	r.darken()
}

// want subscribes, or ends that.
func (p *presence) want(track *lksdk.RemoteTrackPublication, wanted bool) {
	if p.wanted[track] == wanted {
		return
	}
	if track.SetSubscribed(wanted) == nil {
		p.wanted[track] = wanted
		delete(p.quality, track)
	}
}

func (p *presence) layer(track *lksdk.RemoteTrackPublication, quality livekit.VideoQuality) {
	if old, set := p.quality[track]; set && old == quality {
		return
	}
	if track.SetVideoQuality(quality) == nil {
		p.quality[track] = quality
	}
}

// quality is the layer of a lane's picture. The chair's is seen small beside the floor's.
func quality(lane string, level int) livekit.VideoQuality {
	if lane == chairLane && level == sharp {
		level = reduced
	}
	switch level {
	case sharp:
		return livekit.VideoQuality_HIGH
	case reduced:
		return livekit.VideoQuality_MEDIUM
	}
	return livekit.VideoQuality_LOW
}

// receive records a track until it ends.
func (r *Recorder) receive(track *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant) {
	kind := media.KindOf(publication.Source())
	t := newTake(who.Identity(), kind, r.originOf(who.SID()), func() {
		r.guard(func() { who.WritePLI(track.SSRC()) })
	})
	t.muted = publication.IsMuted
	publication.OnRTCP(func(packet rtcp.Packet) {
		if report, ok := packet.(*rtcp.SenderReport); ok && report.SSRC == uint32(track.SSRC()) {
			r.mu.Lock()
			defer r.mu.Unlock()
			t.timing.report(report.NTPTime, report.RTPTime)
		}
	})
	r.mu.Lock()
	r.takes[t] = struct{}{}
	r.recast()
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.takes, t)
		r.recast()
	}()
	for {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return // it has ended
		}
		r.take(t, packet)
	}
}

// take takes up a packet that has just arrived.
func (r *Recorder) take(t *take, packet *rtp.Packet) {
	r.mu.Lock()
	defer r.mu.Unlock() // also when what puts frames together panics
	now := r.timeline.now()
	r.record(t, t.push(packet, now), now)
}

// originOf is the clock of a publisher; one who comes again may have another.
func (r *Recorder) originOf(stay string) *origin {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.origins[stay] == nil {
		r.origins[stay] = &origin{}
	}
	return r.origins[stay]
}

// darken notes which cameras are switched off.
func (r *Recorder) darken() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for t := range r.takes {
		t.dark = t.muted()
	}
	r.recast()
}
