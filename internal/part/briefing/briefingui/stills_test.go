package briefingui

import (
	"testing"
	"time"

	"giaoban/internal/base/tree"
)

func TestAStillIsGivenOnceAndGoesWithWhoLeaves(t *testing.T) {
	s, now := newStills(), time.Date(2020, 7, 10, 8, 0, 0, 0, time.UTC)
	both := []tree.UnitID{7, 25}
	s.put(1, 7, "image/jpeg", []byte("a"), now)
	s.put(2, 25, "image/jpeg", []byte("of another briefing"), now)
	last, fresh := s.since(1, both, 0, now)
	if fresh[7] != "data:image/jpeg;base64,YQ==" || fresh[25] != "" {
		t.Errorf("the stills are %v, want one of unit 7 alone", fresh)
	}
	if _, again := s.since(1, []tree.UnitID{7}, last, now); len(again) != 0 {
		t.Errorf("who has all stills is given %v", again)
	}
	if _, old := s.since(1, []tree.UnitID{7}, 0, now.Add(stillFresh+1)); old[7] != "" {
		t.Errorf("a still of somebody who sends none any more is given: %q", old[7])
	}
	s.keep(1, func(tree.UnitID) bool { return false })
	if _, left := s.since(1, []tree.UnitID{7}, 0, now); left[7] != "" {
		t.Errorf("a still of somebody who left is given: %q", left[7])
	}
	if len(s.of) != 1 {
		t.Errorf("stills of %d briefings are kept, want those of the other alone", len(s.of))
	}
}

func TestTheChairIsToldWhenTheWordForALineChanges(t *testing.T) {
	l := newLines()
	for _, step := range []struct {
		line  siteLine
		said  string
		moved bool
	}{
		{siteLine{Grade: "good", Mode: "full", Trip: 40}, "", false},
		{siteLine{Grade: "bad", Mode: "full", Loss: 200}, "bad", true},
		{siteLine{Grade: "bad", Mode: "full", Loss: 300}, "bad", false},
		{siteLine{Grade: "bad", Mode: "sound"}, "sound", true},
		{siteLine{Grade: "good", Mode: "board"}, "board", true},
		{siteLine{Grade: "weak", Mode: "low"}, "weak", true},
	} {
		l.set(1, 7, step.line)
		if said, moved := l.at(1, 7).Said(), l.take(1); said != step.said || moved != step.moved {
			t.Errorf("%+v is said as %q, changed %v; want %q, %v", step.line, said, moved, step.said, step.moved)
		}
	}
	l.keep(1, nil, time.Time{})
	if said := l.at(1, 7).Said(); said != gone || !l.take(1) {
		t.Errorf("a site that is not in the room any more is said as %q, want %q", said, gone)
	}
}
