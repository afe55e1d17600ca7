package media

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"
	"github.com/twitchtv/twirp"

	"giaoban/internal/base/fault"
)

// Kind is what a track shows or lets hear.
type Kind string

// The kinds of tracks.
const (
	Camera      Kind = "camera"
	Microphone  Kind = "microphone"
	Screen      Kind = "screen"
	ScreenSound Kind = "screen-sound"
	OtherTrack  Kind = "other"
)

// Track is one picture or sound that somebody publishes.
type Track struct {
	ID    string
	Kind  Kind
	Muted bool
}

// Person is somebody in a room, as LiveKit sees it.
type Person struct {
	Seat
	Joined time.Time
	Active bool // picture and sound can flow; false while it connects
	Tracks []Track
}

// patience is how long LiveKit may take for a question.
const patience = 5 * time.Second

var client = &http.Client{Timeout: patience}

// ask gives LiveKit's commands on a briefing's room, and the context that opens them.
func (f Finder) ask(ctx context.Context, briefing int64) (livekit.RoomService, context.Context, error) {
	there, err := f()
	if err != nil {
		return nil, nil, err
	}
	token, err := auth.NewAccessToken(there.Key, there.Secret).SetValidFor(time.Minute).
		SetVideoGrant(&auth.VideoGrant{RoomAdmin: true, RoomList: true, RoomCreate: true, Room: room(briefing)}).ToJWT()
	if err != nil {
		return nil, nil, err
	}
	ctx, err = twirp.WithHTTPRequestHeaders(ctx, http.Header{"Authorization": {"Bearer " + token}})
	return livekit.NewRoomServiceProtobufClient(there.URL, client), ctx, err
}

// People are all who are in a briefing's room, but for its recorder; nobody when there is
// no room yet.
func (f Finder) People(ctx context.Context, briefing int64) ([]Person, error) {
	rooms, ctx, err := f.ask(ctx, briefing)
	if err != nil {
		return nil, err
	}
	list, err := rooms.ListParticipants(ctx, &livekit.ListParticipantsRequest{Room: room(briefing)})
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, Away(err)
	}
	var people []Person
	for _, p := range list.Participants {
		if p.Identity != RecorderIdentity {
			people = append(people, person(briefing, p))
		}
	}
	return people, nil
}

func person(briefing int64, p *livekit.ParticipantInfo) Person {
	seat := Seat{Briefing: briefing, Identity: p.Identity, Name: p.Name, Role: Role(p.Attributes[roleAttribute])}
	one := Person{
		Seat:   seat.may(p.Permission.GetCanPublishSources()),
		Joined: time.UnixMilli(p.JoinedAtMs), Active: p.State == livekit.ParticipantInfo_ACTIVE,
	}
	for _, t := range p.Tracks {
		one.Tracks = append(one.Tracks, Track{t.Sid, KindOf(t.Source), t.Muted})
	}
	return one
}

// KindOf is our word for LiveKit's.
func KindOf(source livekit.TrackSource) Kind {
	switch source {
	case livekit.TrackSource_CAMERA:
		return Camera
	case livekit.TrackSource_MICROPHONE:
		return Microphone
	case livekit.TrackSource_SCREEN_SHARE:
		return Screen
	case livekit.TrackSource_SCREEN_SHARE_AUDIO:
		return ScreenSound
	}
	return OtherTrack
}

// Remove ends picture and sound of an identity; whoever is not there is removed
// already. That it stays out is the gate's check.
func (f Finder) Remove(ctx context.Context, briefing int64, identity string) error {
	rooms, ctx, err := f.ask(ctx, briefing)
	if err != nil {
		return err
	}
	_, err = rooms.RemoveParticipant(ctx, &livekit.RoomParticipantIdentity{Room: room(briefing), Identity: identity})
	if err == nil || missing(err) {
		return nil
	}
	return Away(err)
}

// Allow has LiveKit hold what a seat that is in the room may publish from now on: a
// microphone that it may not is closed at once. A NotFound fault means that it is not
// in the room.
func (f Finder) Allow(ctx context.Context, s Seat) error {
	rooms, ctx, err := f.ask(ctx, s.Briefing)
	if err != nil {
		return err
	}
	_, err = rooms.UpdateParticipant(ctx, &livekit.UpdateParticipantRequest{
		Room: room(s.Briefing), Identity: s.Identity, Permission: s.grant().ToPermission(),
	})
	if missing(err) {
		return fault.New(fault.NotFound, "media.gone").Because(err)
	}
	if err != nil {
		return Away(err)
	}
	return nil
}

// End closes a briefing's room: everybody is out.
func (f Finder) End(ctx context.Context, briefing int64) error {
	rooms, ctx, err := f.ask(ctx, briefing)
	if err != nil {
		return err
	}
	if _, err = rooms.DeleteRoom(ctx, &livekit.DeleteRoomRequest{Room: room(briefing)}); err == nil || missing(err) {
		return nil
	}
	return Away(err)
}

// missing says whether there is no such room or identity.
func missing(err error) bool {
	var answer twirp.Error
	return errors.As(err, &answer) && answer.Code() == twirp.NotFound
}
