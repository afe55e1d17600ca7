package recording

import (
	"giaoban/internal/edge/media"
)

// Scene is who is to be seen where.
type Scene struct {
	Floor string // identity of whoever has the floor; "" while nobody has
	Chair string // identity of the chair
	Host  string // identity of the host's own room
}

// Names of lanes. Those of sound are followed by a number, one for each identity.
const (
	floorLane  = "floor"
	chairLane  = "chair"
	screenLane = "screen"
	soundLane  = "sound-"
)

// speaker is whose picture and sound are in the lane of the floor.
func (s Scene) speaker() string {
	if s.Floor == "" {
		return s.Chair
	}
	return s.Floor
}

// lane is where a track of an identity goes; soundLane stands for the identity's own; "" is
// nowhere: pictures of the strip are not recorded.
func (s Scene) lane(identity string, kind media.Kind) string {
	switch kind {
	case media.Screen, media.ScreenSound:
		return screenLane
	case media.Camera, media.Microphone:
		switch {
		case identity == s.speaker():
			return floorLane
		case identity == s.Chair:
			return chairLane
		case kind == media.Microphone && s.heard(identity):
			return soundLane
		}
	}
	return ""
}

// heard says whether an identity may be heard beside who has the floor: those at the
// table of the chair, and the host's room. The microphone of who speaks next may be there
// already, and is nobody's to hear yet.
func (s Scene) heard(identity string) bool {
	return identity == s.Host || media.AccountOf(identity) != 0
}

// pictured says whether a lane has a picture beside its sound.
func pictured(lane string) bool {
	return lane == floorLane || lane == chairLane || lane == screenLane
}
