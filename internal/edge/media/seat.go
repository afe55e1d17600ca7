package media

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
)

// Role is what somebody may do in a briefing's room.
type Role string

// The roles.
const (
	Host    Role = "host"    // chair, secretaries and the host's room: camera and screen
	Site    Role = "site"    // camera; with the floor its screen
	Watcher Role = "watcher" // sees and hears
	// Recorder sees and hears, and nobody sees it: part of this program, joins without the gate.
	Recorder Role = "recorder"
)

// RecorderIdentity is who records a briefing.
const RecorderIdentity = "recorder"

// Seat is one place in the room of a briefing. Whoever joins with an identity that is
// in the room already takes its place: the earlier connection ends.
type Seat struct {
	Briefing int64
	Identity string // SiteIdentity or PersonIdentity
	Name     string // shown beside the picture
	Role     Role
	Speaks   bool // its microphone is open: it has the floor, or leads
	Ready    bool // its microphone may be there before it speaks; nobody listens to it yet
	Shares   bool // it may share its screen; a host always may
}

// SiteIdentity is the identity of a unit's shared device.
func SiteIdentity(unit tree.UnitID) string { return "unit:" + strconv.FormatInt(int64(unit), 10) }

// PersonIdentity is the identity of an account.
func PersonIdentity(account int64) string { return "person:" + strconv.FormatInt(account, 10) }

// ScreenIdentity is the identity of a screen in a room that an account opened; n tells
// apart those of the same account.
func ScreenIdentity(account int64, n uint32) string {
	return fmt.Sprintf("%s%d:%d", screenPrefix, account, n)
}

// ScreenOf is the account of a ScreenIdentity; 0 for any other.
func ScreenOf(identity string) int64 {
	account, _, _ := strings.Cut(strings.TrimPrefix(identity, screenPrefix), ":")
	if !strings.HasPrefix(identity, screenPrefix) {
		return 0
	}
	return number(account, "")
}

const screenPrefix = "screen:"

// UnitOf is the unit of a SiteIdentity; 0 for any other.
func UnitOf(identity string) tree.UnitID { return tree.UnitID(number(identity, "unit:")) }

// AccountOf is the account of a PersonIdentity; 0 for any other.
func AccountOf(identity string) int64 { return number(identity, "person:") }

func number(identity, prefix string) int64 {
	rest, found := strings.CutPrefix(identity, prefix)
	n, err := strconv.ParseInt(rest, 10, 64)
	if !found || err != nil {
		return 0
	}
	return n
}

// TokenLife is how long a pass opens the gate. LiveKit renews it, for ten minutes each,
// for whoever is in the room; the gate asks anew whatever pass is shown.
const TokenLife = 3 * time.Minute

const (
	roomPrefix    = "briefing-"
	roleAttribute = "role"
)

func room(briefing int64) string { return roomPrefix + strconv.FormatInt(briefing, 10) }

// Token is a pass for the seat.
func (l LiveKit) Token(s Seat) (string, error) {
	return auth.NewAccessToken(l.Key, l.Secret).
		SetIdentity(s.Identity).SetName(s.Name).
		SetAttributes(map[string]string{roleAttribute: string(s.Role)}).
		SetVideoGrant(s.grant()).SetValidFor(TokenLife).ToJWT()
}

// grant is what LiveKit lets the seat do. Nothing is sent through LiveKit but picture and
// sound: raised hands and questions go to the briefing, where they are recorded.
func (s Seat) grant() *auth.VideoGrant {
	g := &auth.VideoGrant{RoomJoin: true, Room: room(s.Briefing)}
	g.SetCanSubscribe(true)
	g.SetCanPublishData(false)
	g.SetCanUpdateOwnMetadata(false)
	g.Hidden = s.Role == Recorder
	sources := s.sources()
	g.SetCanPublish(len(sources) > 0)
	if len(sources) > 0 { // none named means all
		g.SetCanPublishSources(sources)
	}
	return g
}

// sources are what the seat may publish. What can be heard is among them only while the
// seat may speak, or is about to: LiveKit takes it away by itself when that ends, whatever
// the device does. The sound of a screen is among them only with the floor, which tells
// the two apart.
func (s Seat) sources() (list []livekit.TrackSource) {
	if s.Role != Host && s.Role != Site {
		return nil
	}
	list = []livekit.TrackSource{livekit.TrackSource_CAMERA}
	if s.Role == Host || s.Shares {
		list = append(list, livekit.TrackSource_SCREEN_SHARE)
	}
	if s.Speaks || s.Ready {
		list = append(list, livekit.TrackSource_MICROPHONE)
	}
	if s.Speaks {
		list = append(list, livekit.TrackSource_SCREEN_SHARE_AUDIO)
	}
	return list
}

// may sets what a seat may do by what it may publish.
func (s Seat) may(sources []livekit.TrackSource) Seat {
	s.Speaks = slices.Contains(sources, livekit.TrackSource_SCREEN_SHARE_AUDIO)
	s.Ready = !s.Speaks && slices.Contains(sources, livekit.TrackSource_MICROPHONE)
	s.Shares = slices.Contains(sources, livekit.TrackSource_SCREEN_SHARE)
	return s
}

// seat reads a pass that this LiveKit's keys signed: our own, or one that LiveKit renewed.
func (l LiveKit) seat(token string) (Seat, error) {
	refused := fault.New(fault.Forbidden, "media.token")
	parsed, err := auth.ParseAPIToken(token)
	if err != nil {
		return Seat{}, refused.Because(err)
	}
	if parsed.APIKey() != l.Key {
		return Seat{}, refused
	}
	_, claims, err := parsed.Verify(l.Secret)
	if err != nil {
		return Seat{}, refused.Because(err)
	}
	if claims.Video == nil || !claims.Video.RoomJoin || claims.Identity == "" {
		return Seat{}, refused
	}
	number, found := strings.CutPrefix(claims.Video.Room, roomPrefix)
	briefing, err := strconv.ParseInt(number, 10, 64)
	if !found || err != nil {
		return Seat{}, refused
	}
	seat := Seat{Briefing: briefing, Identity: claims.Identity, Name: claims.Name, Role: Role(claims.Attributes[roleAttribute])}
	return seat.may(claims.Video.GetCanPublishSources()), nil
}
