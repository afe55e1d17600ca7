package briefingui

import (
	"fmt"
	"testing"
	"time"

	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
)

// What many sites tell of their lines at once is what they have in common.
func TestSitesThatAllLosePacketsAreOneShortage(t *testing.T) {
	l, c := newLines(), &crowd{}
	tell := func(poor int) {
		for unit := range 12 {
			line := siteLine{Grade: "good", Mode: "full"}
			if unit < poor {
				line = siteLine{Grade: "weak", Mode: "full", Loss: 40}
			}
			l.set(7, tree.UnitID(unit), line)
		}
	}
	look := func() media.Crowd {
		told, poor := l.count()
		c.look(0, told, poor)
		return c.at()
	}
	for _, step := range []struct {
		poor, looks int
		want        string
	}{
		{3, 10, "0 "},
		{4, 2, "0 "},
		{4, 1, "1 lines 4 of 12"},
		{12, 3, "2 lines 12 of 12"},
		{2, 14, "2 lines 12 of 12"},
		{2, 1, "1 lines 12 of 12"},
		{0, 15, "0 "},
	} {
		tell(step.poor)
		var now media.Crowd
		for range step.looks {
			now = look()
		}
		got := fmt.Sprintf("%d %s", now.Step, now.Because)
		if now.Because != "" {
			got += fmt.Sprintf(" %d of %d", now.Seen.Poor, now.Seen.Told)
		}
		if got != step.want {
			t.Errorf("after %d looks at %d weak lines of 12 it is %q, want %q", step.looks, step.poor, got, step.want)
		}
	}
	tell(12)
	l.keep(7, nil, time.Time{})
	if told, poor := l.count(); told != 0 || poor != 0 {
		t.Errorf("those who left tell of %d lines, %d of them weak", told, poor)
	}
}
