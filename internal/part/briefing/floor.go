package briefing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Turn is one speaker's time at the floor.
type Turn struct {
	ID      int64
	Site    int64
	Item    int64 // of the agenda; 0 for one outside it
	Planned time.Duration
	Began   time.Time
	Ended   time.Time // zero while it goes on
	Paused  time.Duration
}

// Used is how long the turn has taken at a moment, or in all, without pauses; paused
// is since when the meeting is paused, zero while it is not.
func (t Turn) Used(now, paused time.Time) time.Duration {
	switch {
	case !t.Ended.IsZero():
		now = t.Ended
	case !paused.IsZero():
		now = paused
	}
	return max(now.Sub(t.Began)-t.Paused, 0)
}

// plannedTurn is how long somebody speaks for whom nothing was planned.
const plannedTurn = 5 * time.Minute

// Turns gives the turns of a briefing, in their order.
func Turns(ctx context.Context, q store.Querier, briefing int64) ([]Turn, error) {
	return readTurns(ctx, q, `WHERE briefing_id = $1 ORDER BY began_at, id`, briefing)
}

func readTurns(ctx context.Context, q store.Querier, where string, args ...any) ([]Turn, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, site_id, item_id, planned, began_at, ended_at, paused FROM briefing_turn `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading turns: %w", err)
	}
	defer rows.Close()
	var list []Turn
	for rows.Next() {
		var t Turn
		var planned, began, ended, paused int64
		if err := rows.Scan(&t.ID, &t.Site, &t.Item, &planned, &began, &ended, &paused); err != nil {
			return nil, fmt.Errorf("reading a turn: %w", err)
		}
		t.Planned, t.Paused = time.Duration(planned)*time.Second, time.Duration(paused)*time.Microsecond
		t.Began, t.Ended = store.Moment(began), store.Moment(ended)
		list = append(list, t)
	}
	return list, rows.Err()
}

// turn is who has the floor; the zero Turn when nobody does.
func (b Briefing) turn(ctx context.Context, q store.Querier) (Turn, error) {
	if b.Turn == 0 {
		return Turn{}, nil
	}
	list, err := readTurns(ctx, q, `WHERE id = $1`, b.Turn)
	if err != nil || len(list) == 0 {
		return Turn{}, err
	}
	return list[0], nil
}

// speaker is the site that has the floor; the zero Site when none does.
func (b Briefing) speaker(ctx context.Context, q store.Querier) (Site, error) {
	t, err := b.turn(ctx, q)
	if err != nil || t.ID == 0 {
		return Site{}, err
	}
	return siteByID(ctx, q, b.ID, t.Site)
}

// Raise asks for the floor. Asking again keeps the place in the queue; the topic may
// change. Conflict: the site is not there, or has the floor.
func Raise(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, topic string) (Site, error) {
	b, s, err := at(ctx, tx, actor, id, unit)
	if err != nil {
		return Site{}, err
	}
	speaker, err := b.speaker(ctx, tx)
	if err != nil {
		return Site{}, err
	}
	topic = strings.TrimSpace(topic)
	switch {
	case b.State != Open:
		return Site{}, notOpen(b)
	case !s.Here():
		return Site{}, fault.New(fault.Conflict, "briefing.not-here")
	case speaker.ID == s.ID:
		return Site{}, fault.New(fault.Conflict, "briefing.has-floor")
	case utf8.RuneCountInString(topic) > MostTopic:
		return Site{}, fault.New(fault.Invalid, "briefing.long", "most", MostTopic).At("topic")
	case !s.HandAt.IsZero() && s.HandTopic == topic:
		return s, nil
	}
	if s.HandAt.IsZero() {
		s.HandAt = tx.Now()
	}
	s.HandTopic = topic
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	return s, b.tell(tx, HandRaised, s.Unit, Hand{Briefing: b.ID, Unit: s.Unit, Topic: topic})
}

// Lower takes a raised hand down: the site its own, whoever presides any.
func Lower(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (Site, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return Site{}, err
	}
	seat := b.leads(actor)
	if !seat.Presides() {
		if err := actor.May(access.BriefingAttend, unit); err != nil {
			return Site{}, err
		}
	}
	s, err := SiteOf(ctx, tx, id, unit)
	if err != nil || s.HandAt.IsZero() {
		return s, err
	}
	s.HandAt, s.HandTopic = time.Time{}, ""
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	return s, b.tell(tx, HandLowered, s.Unit, AtSite{Briefing: b.ID, Unit: s.Unit, ByWord: seat.Presides() && !seat.Chair})
}

// Queue is the sites that ask for the floor, who asked first first.
func Queue(sites []Site) []Site {
	queue := slices.DeleteFunc(slices.Clone(sites), func(s Site) bool { return s.HandAt.IsZero() })
	slices.SortStableFunc(queue, func(a, b Site) int { return a.HandAt.Compare(b.HandAt) })
	return queue
}

// GiveCommand gives somebody the floor.
type GiveCommand struct {
	Briefing int64
	Unit     tree.UnitID
	Item     int64 // of the agenda; 0 for none
	Minutes  int   // planned; 0 for what the site wished, or five
}

// Give gives a site the floor and takes it from whoever has it. Its board appears
// on all screens, its hand goes down. Giving it to who has it changes nothing.
// Conflict: the site is not there, or the meeting is paused.
func Give(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd GiveCommand) (Briefing, error) {
	b, byWord, err := preside(ctx, tx, actor, cmd.Briefing)
	if err != nil {
		return Briefing{}, err
	}
	s, err := SiteOf(ctx, tx, b.ID, cmd.Unit)
	if err != nil {
		return Briefing{}, err
	}
	unit, _ := actor.Tree.Unit(s.Unit)
	speaker, err := b.speaker(ctx, tx)
	if err != nil {
		return Briefing{}, err
	}
	switch {
	case speaker.ID == s.ID && (cmd.Item == 0 || cmd.Item == b.Item):
		return b, nil
	case !s.Here():
		return Briefing{}, fault.New(fault.Conflict, "briefing.site-not-here", "unit", unit.Name)
	case !b.PausedAt.IsZero():
		return Briefing{}, fault.New(fault.Conflict, "briefing.is-paused")
	case cmd.Minutes < 0 || cmd.Minutes > MostTopicMinutes:
		return Briefing{}, fault.New(fault.Invalid, "briefing.minutes-wrong", "most", MostTopicMinutes).At("minutes")
	}
	if err := b.give(ctx, tx, s, cmd, byWord); err != nil {
		return Briefing{}, err
	}
	return b, b.save(ctx, tx)
}

// give ends the turn before, begins the next and shows its board.
func (b *Briefing) give(ctx context.Context, tx *ledger.Tx, s Site, cmd GiveCommand, byWord bool) error {
	if err := b.endTurn(ctx, tx, byWord); err != nil {
		return err
	}
	planned := time.Duration(cmd.Minutes) * time.Minute
	if planned == 0 {
		planned = time.Duration(s.TopicMinutes) * time.Minute
	}
	if planned == 0 {
		planned = plannedTurn
	}
	err := tx.QueryRowContext(ctx, `INSERT INTO briefing_turn (briefing_id, site_id, item_id, planned, began_at, ended_at, paused)
		VALUES ($1, $2, $3, $4, $5, 0, 0) RETURNING id`, b.ID, s.ID, cmd.Item, int64(planned/time.Second), store.Micro(tx.Now())).Scan(&b.Turn)
	if err != nil {
		return fmt.Errorf("giving site %d the floor: %w", s.ID, err)
	}
	s.HandAt, s.HandTopic, s.Muted = time.Time{}, "", false
	if err := s.save(ctx, tx); err != nil {
		return err
	}
	err = b.tell(tx, FloorGiven, s.Unit, FloorTurn{
		Briefing: b.ID, Turn: b.Turn, Unit: s.Unit, Item: cmd.Item, Planned: int(planned / time.Second), ByWord: byWord,
	})
	if err != nil {
		return err
	}
	shown := Shown{Unit: s.Unit, Milestone: b.Shown.Milestone}
	if b.Shown == shown {
		return nil
	}
	b.Shown = shown
	return b.shows(ctx, tx, byWord)
}

// Take takes the floor from whoever has it.
func Take(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Briefing, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil || b.Turn == 0 {
		return b, err
	}
	if err := b.endTurn(ctx, tx, byWord); err != nil {
		return Briefing{}, err
	}
	return b, b.save(ctx, tx)
}

// endTurn ends the turn that goes on, if one does.
func (b *Briefing) endTurn(ctx context.Context, tx *ledger.Tx, byWord bool) error {
	t, err := b.turn(ctx, tx)
	if err != nil || t.ID == 0 {
		return err
	}
	s, err := siteByID(ctx, tx, b.ID, t.Site)
	if err != nil {
		return err
	}
	used := t.Used(tx.Now(), b.PausedAt)
	ended := tx.Now()
	if !b.PausedAt.IsZero() {
		ended = b.PausedAt // nothing was said since
	}
	if _, err := tx.ExecContext(ctx, `UPDATE briefing_turn SET ended_at = $1 WHERE id = $2`, store.Micro(later(ended, t.Began)), t.ID); err != nil {
		return fmt.Errorf("ending turn %d: %w", t.ID, err)
	}
	b.Turn = 0
	if s.Muted && s.Unit != b.Unit {
		s.Muted = false
		if err := s.save(ctx, tx); err != nil {
			return err
		}
	}
	if b.Shown.Screen == s.Unit && s.Unit != b.Unit { // what it shared goes with it
		b.Shown.Screen = 0
		if err := b.shows(ctx, tx, byWord); err != nil {
			return err
		}
	}
	return b.tell(tx, FloorEnded, s.Unit, FloorTurn{
		Briefing: b.ID, Turn: t.ID, Unit: s.Unit, Item: t.Item, Planned: int(t.Planned / time.Second), Used: int(used / time.Second), ByWord: byWord,
	})
}
