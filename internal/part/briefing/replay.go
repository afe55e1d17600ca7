package briefing

import (
	"slices"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Replay is what the log tells of a briefing while it was recorded, to stand beside
// its pictures. Moments are those of the business clock.
type Replay struct {
	Spans []Span  // while pictures were recorded, in order
	Shown []Scene // what all screens showed, each from its moment on
	Turns []Spoke // who had the floor
	Items []Begun // items of the agenda
}

// Span is a time during which pictures were recorded.
type Span struct {
	From time.Time
	To   time.Time // zero while it goes on
}

// Scene is what all screens showed from a moment on.
type Scene struct {
	From time.Time
	Shown
	Live bool // live figures instead of closed ones
	Dark bool // nothing of it: a neutral picture, or the meeting was paused or over
}

// Spoke is a turn at the floor.
type Spoke struct {
	Turn int64
	Unit tree.UnitID
	Item int64
	From time.Time
	To   time.Time // zero while it goes on
}

// Begun is an item of the agenda that was spoken to.
type Begun struct {
	Number int
	Title  string
	From   time.Time
}

// ReplayOf reads a replay from the events of a briefing, in their order.
func ReplayOf(b Briefing, events []ledger.Event) (Replay, error) {
	t := telling{scene: Scene{Live: b.Cutoff.IsZero(), Dark: true}}
	for _, e := range events {
		if err := t.take(e); err != nil {
			return Replay{}, err
		}
	}
	return t.Replay, nil
}

// telling is a replay while it is being read.
type telling struct {
	Replay
	scene                 Scene
	open, paused, neutral bool
}

func (t *telling) take(e ledger.Event) error {
	switch e.Kind {
	case Opened:
		t.open, t.scene.Shown = true, Shown{Unit: tree.UnitID(e.Unit)}
	case Paused, Resumed:
		t.paused = e.Kind == Paused
	case WasEnded:
		t.open = false
	case BoardShown, ScreenShown, PageShown:
		if err := t.shows(e); err != nil {
			return err
		}
	case RecordingBegun:
		t.Spans = append(t.Spans, Span{From: e.Time})
		return nil
	case RecordingEnded:
		t.Spans[len(t.Spans)-1].To = e.Time
		return nil
	default:
		return t.speaks(e)
	}
	t.scene.From, t.scene.Dark = e.Time, t.neutral || t.paused || !t.open
	t.Shown = append(t.Shown, t.scene)
	return nil
}

func (t *telling) shows(e ledger.Event) error {
	if e.Kind != PageShown {
		var now ShownNow
		err := e.Decode(&now)
		t.scene.Shown, t.scene.Live, t.neutral = now.Shown, now.Live, now.Neutral
		return err
	}
	var now PageNow
	err := e.Decode(&now)
	t.scene.Shown, t.neutral = Shown{Handout: now.Handout, Version: now.Version, Page: now.Page}, now.Neutral
	return err
}

func (t *telling) speaks(e ledger.Event) error {
	switch e.Kind {
	case ItemBegun:
		var now ItemNow
		err := e.Decode(&now)
		t.Items = append(t.Items, Begun{Number: now.Number, Title: now.Title, From: e.Time})
		return err
	case FloorGiven:
		var now FloorTurn
		err := e.Decode(&now)
		t.Turns = append(t.Turns, Spoke{Turn: now.Turn, Unit: now.Unit, Item: now.Item, From: e.Time})
		return err
	case FloorEnded:
		var now FloorTurn
		err := e.Decode(&now)
		if i := slices.IndexFunc(t.Turns, func(s Spoke) bool { return s.Turn == now.Turn }); i >= 0 {
			t.Turns[i].To = e.Time
		}
		return err
	}
	return nil
}

// Within is the moment itself where it was recorded, else the nearest before it that
// was, or the first. ok is false when nothing was recorded.
func (r Replay) Within(at time.Time) (moment time.Time, ok bool) {
	for i, span := range slices.Backward(r.Spans) {
		switch {
		case at.Before(span.From) && i > 0:
		case at.Before(span.From):
			return span.From, true
		case !span.To.IsZero() && at.After(span.To):
			return span.To, true
		default:
			return at, true
		}
	}
	return time.Time{}, false
}

// At is what all screens showed at a moment.
func (r Replay) At(moment time.Time) Scene {
	scene := Scene{Dark: true}
	for _, one := range r.Shown {
		if one.From.After(moment) {
			break
		}
		scene = one
	}
	return scene
}
