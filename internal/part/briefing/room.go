package briefing

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Begin opens the meeting. It shows the host's board, and every site that has
// connected is there. Opening again changes nothing.
func Begin(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Briefing, error) {
	b, byWord, err := lead(ctx, tx, actor, id)
	if err != nil || b.State == Open {
		return b, err
	}
	if b.State != Called {
		return Briefing{}, notOpen(b)
	}
	b.State, b.OpenedAt = Open, tx.Now()
	b.Shown = Shown{Unit: b.Unit}
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	host, err := SiteOf(ctx, tx, id, b.Unit)
	if err != nil {
		return Briefing{}, err
	}
	if err := b.tell(tx, Opened, b.Unit, Ruled{Briefing: b.ID, ByWord: byWord}); err != nil {
		return Briefing{}, err
	}
	return b, b.arrive(ctx, tx, host)
}

// Pause stops the meeting for a while; the clock of whoever has the floor stands
// still, and all screens show a neutral picture; a recording rests. Pausing again
// changes nothing.
func Pause(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Briefing, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil || !b.PausedAt.IsZero() {
		return b, err
	}
	b.PausedAt = tx.Now()
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	if err := b.tell(tx, Paused, b.Unit, Ruled{Briefing: b.ID, ByWord: byWord}); err != nil {
		return Briefing{}, err
	}
	return b, b.restRecording(ctx, tx, RecordingEnded, byWord)
}

// Resume goes on after a pause.
func Resume(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Briefing, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil || b.PausedAt.IsZero() {
		return b, err
	}
	if err := b.resume(ctx, tx); err != nil {
		return Briefing{}, err
	}
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	if err := b.tell(tx, Resumed, b.Unit, Ruled{Briefing: b.ID, ByWord: byWord}); err != nil {
		return Briefing{}, err
	}
	return b, b.restRecording(ctx, tx, RecordingBegun, byWord)
}

// resume takes the pause out of the clock of whoever has the floor.
func (b *Briefing) resume(ctx context.Context, tx *ledger.Tx) error {
	if b.PausedAt.IsZero() {
		return nil
	}
	rest := tx.Now().Sub(b.PausedAt)
	b.PausedAt = time.Time{}
	_, err := tx.ExecContext(ctx, `UPDATE briefing_turn SET paused = paused + $1 WHERE id = $2`, max(rest.Microseconds(), 0), b.Turn)
	if err != nil {
		return fmt.Errorf("taking the pause out of turn %d: %w", b.Turn, err)
	}
	return nil
}

// Lock closes the door, or opens it again: no other site comes in while it is
// closed.
func Lock(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, locked bool) (Briefing, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil || b.Locked == locked {
		return b, err
	}
	b.Locked = locked
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	kind := DoorOpened
	if locked {
		kind = DoorLocked
	}
	return b, b.tell(tx, kind, b.Unit, Ruled{Briefing: b.ID, ByWord: byWord})
}

// MostMilestone bounds the key of a milestone whose board is shown, in characters.
const MostMilestone = 100

// ShowCommand says what all screens show.
type ShowCommand struct {
	Briefing int64
	Shown    Shown
	Live     bool // live figures instead of closed ones
	Neutral  bool // a neutral picture, for when guests come in
}

// Show changes what all screens show: the chair, a secretary, or the site that has
// the floor, which shows boards of its own subtree and cannot switch figures or the
// neutral picture; its handouts are its own and those of the items at which it
// speaks. Invalid at "unit": a unit that is not under the host; at "page".
func Show(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ShowCommand) (Briefing, error) {
	b, err := lock(ctx, tx, cmd.Briefing)
	if err != nil {
		return Briefing{}, err
	}
	if b.State != Open {
		return Briefing{}, notOpen(b)
	}
	seat, err := b.presents(ctx, tx, actor, cmd.Shown)
	if err != nil {
		return Briefing{}, err
	}
	if cmd.Shown.Handout != 0 {
		if cmd.Shown, err = b.page(ctx, tx, cmd.Shown); err != nil {
			return Briefing{}, err
		}
	}
	if cmd.Shown.Unit != 0 && !actor.Tree.Within(cmd.Shown.Unit, b.Unit) {
		return Briefing{}, fault.New(fault.Invalid, "briefing.site-outside", "unit", "").At("unit")
	}
	if err := cmd.Shown.check(tx.Now()); err != nil {
		return Briefing{}, err
	}
	if err := b.shares(ctx, tx, seat, cmd.Shown.Screen); err != nil {
		return Briefing{}, err
	}
	if !seat.Presides() {
		cmd.Live, cmd.Neutral = b.Live, b.Neutral
	}
	if b.Cutoff.IsZero() {
		cmd.Live = true // there are no closed figures
	}
	if b.Shown == cmd.Shown && b.Live == cmd.Live && b.Neutral == cmd.Neutral {
		return b, nil
	}
	b.Shown, b.Live, b.Neutral = cmd.Shown, cmd.Live, cmd.Neutral
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	return b, b.shows(ctx, tx, seat.Presides() && !seat.Chair)
}

// check refuses a way of showing a board that there is not.
func (s Shown) check(now time.Time) error {
	switch {
	case s.At.After(now):
		return fault.New(fault.Invalid, "briefing.moment-ahead").At("at")
	case utf8.RuneCountInString(s.Milestone) > MostMilestone:
		return fault.New(fault.Invalid, "briefing.long", "most", MostMilestone).At("milestone")
	case !slices.Contains([]Sort{ByName, LeastDone, MostLate}, s.Sort):
		return fault.New(fault.Invalid, "briefing.sort-unknown").At("sort")
	}
	return nil
}

func (b Briefing) shows(ctx context.Context, tx *ledger.Tx, byWord bool) error {
	if b.Shown.Handout != 0 {
		return b.turned(ctx, tx, byWord)
	}
	kind := BoardShown
	if b.Shown.Screen != 0 {
		kind = ScreenShown
	}
	return b.tell(tx, kind, b.Shown.Unit, ShownNow{Briefing: b.ID, Shown: b.Shown, Live: b.Live, Neutral: b.Neutral, ByWord: byWord})
}

// shares refuses a shared screen that is neither the presenter's own nor the one that is
// shown already.
func (b Briefing) shares(ctx context.Context, q store.Querier, seat Seat, screen tree.UnitID) error {
	switch {
	case screen == 0 || screen == b.Shown.Screen:
		return nil
	case !b.Media:
		return fault.New(fault.NotFound, "briefing.no-media")
	case seat.Presides() && screen == b.Unit:
		return nil
	}
	speaker, err := b.speaker(ctx, q)
	if err == nil && (seat.Presides() || speaker.Unit != screen) {
		err = fault.New(fault.Forbidden, "briefing.shares-own")
	}
	return err
}

// presents refuses whoever may not choose what is shown: a unit's board, or a page.
func (b Briefing) presents(ctx context.Context, q store.Querier, actor access.Actor, shown Shown) (Seat, error) {
	if seat := b.leads(actor); seat.Presides() {
		return seat, nil
	}
	speaker, err := b.speaker(ctx, q)
	if err != nil {
		return Seat{}, err
	}
	if speaker.ID == 0 || actor.May(access.BriefingAttend, speaker.Unit) != nil {
		return Seat{}, b.notLeading(ctx, q, actor)
	}
	if shown.Handout != 0 {
		return Seat{}, b.mayPresent(ctx, q, speaker, shown.Handout)
	}
	if !actor.Tree.Within(shown.Unit, speaker.Unit) {
		return Seat{}, fault.New(fault.Forbidden, "briefing.shows-own")
	}
	return Seat{}, nil
}

// End closes the meeting. Whoever has the floor ends, and of a series the next one
// is called. Ending again changes nothing.
func End(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Briefing, error) {
	b, byWord, err := lead(ctx, tx, actor, id)
	if err != nil || b.State == Ended {
		return b, err
	}
	if b.State != Open {
		return Briefing{}, notOpen(b)
	}
	if _, err := b.endRecording(ctx, tx, byWord, !b.PausedAt.IsZero()); err != nil {
		return Briefing{}, err
	}
	if err := b.resume(ctx, tx); err != nil {
		return Briefing{}, err
	}
	if err := b.endTurn(ctx, tx, byWord); err != nil {
		return Briefing{}, err
	}
	if err := b.endItem(ctx, tx); err != nil {
		return Briefing{}, err
	}
	if err := b.closePolls(ctx, tx, byWord); err != nil {
		return Briefing{}, err
	}
	b.State, b.EndedAt = Ended, tx.Now()
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	if err := b.tell(tx, WasEnded, b.Unit, Ruled{Briefing: b.ID, ByWord: byWord}); err != nil {
		return Briefing{}, err
	}
	return b, b.callNext(ctx, tx, actor)
}

// callNext calls the next briefing of a series.
func (b Briefing) callNext(ctx context.Context, tx *ledger.Tx, actor access.Actor) error {
	if b.Repeats == Once {
		return nil
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return err
	}
	first, err := b.first(ctx, tx)
	if err != nil {
		return err
	}
	next := b.Repeats.after(b.Begins.In(p.Location()), first.In(p.Location()).Day())
	sites, err := Sites(ctx, tx, b.ID)
	if err != nil {
		return err
	}
	cmd := CallCommand{
		Unit: b.Unit, Key: fmt.Sprintf("next:%d", b.ID), Directive: b.Directive, Title: b.Title, Asked: b.Asked, Devices: b.Devices, Begins: next,
		Minutes: b.Minutes, Repeats: b.Repeats, Chair: b.Chair, Secretaries: b.Secretaries, Media: b.Media,
	}
	if !b.Cutoff.IsZero() {
		cmd.Cutoff = next.Add(b.Cutoff.Sub(b.Begins))
	}
	for _, s := range sites {
		// A unit that was dissolved or moved elsewhere is the host's to call no more.
		if s.Parent == 0 && actor.Tree.Within(s.Unit, b.Unit) {
			cmd.Sites = append(cmd.Sites, s.Unit)
		}
	}
	_, err = create(ctx, tx, actor, cmd, b.Series)
	return err
}

// first is when the first of the series was to begin.
func (b Briefing) first(ctx context.Context, q store.Querier) (time.Time, error) {
	if b.Series == 0 || b.Series == b.ID {
		return b.Begins, nil
	}
	began, err := Get(ctx, q, b.Series)
	return began.Begins, err
}

// after is when the next of a series begins: at the same hour of the day in the zone
// of last, a week later, or a month later on the day of the month on which the series
// began; on the last day of a month that has no such day.
func (r Repeat) after(last time.Time, day int) time.Time {
	if r == Weekly {
		return last.AddDate(0, 0, 7)
	}
	first := time.Date(last.Year(), last.Month()+1, 1, last.Hour(), last.Minute(), last.Second(), 0, last.Location())
	return first.AddDate(0, 0, min(day, first.AddDate(0, 1, -1).Day())-1)
}
