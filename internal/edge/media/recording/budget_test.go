package recording

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestThreeHoursStayUnderThreeGigabytesWhateverIsPublished(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b budget
		// What each level needs, in bytes a second: sound alone is 100 microphones at most.
		needs := []int64{rapid.Int64Range(0, 4_000_000).Draw(t, "sharp"), rapid.Int64Range(0, 900_000).Draw(t, "reduced"), rapid.Int64Range(0, 500_000).Draw(t, "small"), 100_000}
		for at := time.Duration(0); at <= 3*time.Hour; at += time.Second {
			b.spend(needs[b.level], at)
		}
		if b.written > 3_000_000_000 {
			t.Fatalf("three hours are %d bytes with %v", b.written, needs)
		}
	})
}

func TestASmallRoomIsRecordedSharp(t *testing.T) {
	var b budget
	for at := time.Duration(0); at <= 3*time.Hour; at += time.Second {
		b.spend(1_700_000/8+2*4_000, at) // 720p as browsers send it, and two voices
		if b.level != sharp {
			t.Fatalf("after %v the level is %d, want %d", at, b.level, sharp)
		}
	}
}
