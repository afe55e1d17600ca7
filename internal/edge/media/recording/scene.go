package recording

import (
	"giaoban/internal/edge/media"
)

// Scene is who is to be seen where.
type Scene struct {
	Floor string // identity of whoever has the floor; "" while nobody has
	Chair string // identity of the chair
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
		case kind == media.Microphone:
			return soundLane
		}
	}
	return ""
}

// pictured says whether a lane has a picture beside its sound.
func pictured(lane string) bool {
	return lane == floorLane || lane == chairLane || lane == screenLane
}
