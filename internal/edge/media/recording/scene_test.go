package recording

import (
	"testing"

	"giaoban/internal/edge/media"
)

func TestWhereATrackIsRecorded(t *testing.T) {
	scene := Scene{Floor: "unit:27", Chair: "person:1", Host: "unit:1"}
	for _, c := range []struct {
		who  string
		kind media.Kind
		want string
	}{
		{"unit:27", media.Camera, floorLane},
		{"unit:27", media.Microphone, floorLane},
		{"person:1", media.Microphone, chairLane},
		{"person:2", media.Microphone, soundLane}, // a secretary
		{"unit:1", media.Microphone, soundLane},   // the host's room
		{"unit:4", media.Microphone, ""},          // there before its turn: nobody listens yet
		{"unit:4", media.Camera, ""},
		{"unit:4", media.Screen, screenLane},
	} {
		if got := scene.lane(c.who, c.kind); got != c.want {
			t.Errorf("the %s of %s is recorded in %q, want %q", c.kind, c.who, got, c.want)
		}
	}
}
