package letter

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// Follow writes the letters that have to be written because of events, in the
// transaction in which the follower moves past them. It writes what is so now, not
// what was so then: of two changes, people hear the last. Nothing is written about a
// briefing that has begun.
func Follow(ctx context.Context, tx store.Querier, events []ledger.Event, now time.Time) error {
	for _, e := range events {
		if err := followReminders(ctx, tx, e); err != nil {
			return err
		}
		if err := followAddress(ctx, tx, e); err != nil {
			return err
		}
		if err := followReaders(ctx, tx, e); err != nil {
			return err
		}
		if !strings.HasPrefix(e.Subject, "briefing:") {
			continue
		}
		var about struct{ Briefing int64 }
		switch e.Kind {
		case briefing.WasCalled, briefing.WasChanged, briefing.WasCancelled, briefing.SitesReminded:
			if err := e.Decode(&about); err != nil {
				return err
			}
		default:
			continue
		}
		w, err := newWriter(ctx, tx, about.Briefing, e)
		if err == nil && now.Before(w.b.Begins) {
			err = w.write()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writer writes letters about one briefing because of one event.
type writer struct {
	ctx   context.Context
	tx    store.Querier
	b     briefing.Briefing
	event ledger.Event
	last  map[int64]Letter // the newest to each person
	heard map[int64]Letter // the newest that was sent to each person
}

func newWriter(ctx context.Context, tx store.Querier, id int64, e ledger.Event) (*writer, error) {
	b, err := briefing.Get(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	letters, err := Of(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	w := &writer{ctx: ctx, tx: tx, b: b, event: e, last: map[int64]Letter{}, heard: map[int64]Letter{}}
	for _, l := range letters {
		w.last[l.Person] = l
		if l.State == Sent {
			w.heard[l.Person] = l
		}
	}
	return w, nil
}

func (w *writer) write() error {
	switch {
	case w.b.State == briefing.Cancelled:
		return w.end(Cancelled, func(Letter) bool { return true })
	case w.b.State != briefing.Called:
		return nil
	}
	people, err := Recipients(w.ctx, w.tx, w.b)
	if err != nil {
		return err
	}
	if w.event.Kind == briefing.SitesReminded {
		return w.remind(people)
	}
	for _, r := range people {
		if err := w.tell(r); err != nil {
			return err
		}
	}
	sites, err := briefing.Sites(w.ctx, w.tx, w.b.ID)
	if err != nil {
		return err
	}
	return w.end(Withdrawn, func(l Letter) bool {
		leads := slices.ContainsFunc(people, func(r Recipient) bool { return r.ID == l.Person })
		return !leads && (l.Unit == w.b.Unit || !slices.ContainsFunc(sites, func(s briefing.Site) bool { return s.Unit == l.Unit }))
	})
}

// tell invites somebody, or says that the time is another one.
func (w *writer) tell(r Recipient) error {
	last, ok := w.last[r.ID]
	invited := ok && last.Kind != Withdrawn && last.Kind != Cancelled
	if invited && last.Begins.Equal(w.b.Begins) && last.Minutes == w.b.Minutes {
		return nil
	}
	if err := w.drop(r.ID); err != nil {
		return err
	}
	l := w.letter(Invited, r.ID, r.Unit)
	if heard, ok := w.heard[r.ID]; ok && invited {
		l.Kind, l.Was = Changed, heard.Begins
	}
	return l.add(w.ctx, w.tx)
}

// remind writes to those whose sites have not answered and who have heard of it.
func (w *writer) remind(people []Recipient) error {
	var asked struct{ Units []tree.UnitID }
	if err := w.event.Decode(&asked); err != nil {
		return err
	}
	for _, r := range people {
		if r.Leads || !slices.Contains(asked.Units, r.Unit) || w.last[r.ID].State == Waiting {
			continue
		}
		if err := w.letter(Reminded, r.ID, r.Unit).add(w.ctx, w.tx); err != nil {
			return err
		}
	}
	return nil
}

// end tells those who were invited, and of whom it is true, that they are no longer;
// what they have not heard of, they need not hear the end of.
func (w *writer) end(kind Kind, of func(Letter) bool) error {
	for person, last := range w.last {
		if last.Kind == Withdrawn || last.Kind == Cancelled || !of(last) {
			continue
		}
		if err := w.drop(person); err != nil {
			return err
		}
		if _, heard := w.heard[person]; heard {
			if err := w.letter(kind, person, last.Unit).add(w.ctx, w.tx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) letter(kind Kind, person int64, unit tree.UnitID) Letter {
	return Letter{
		Briefing: w.b.ID, Unit: unit, Person: person, Kind: kind, Cause: w.event.Position,
		Begins: w.b.Begins, Minutes: w.b.Minutes, MadeAt: w.event.Time,
	}
}

// drop lets go of what waits for a person or could not be sent: something newer is said.
func (w *writer) drop(person int64) error {
	_, err := w.tx.ExecContext(w.ctx, `UPDATE letter SET state = 'dropped' WHERE briefing_id = $1 AND person_id = $2 AND state IN ('waiting', 'failed')`, w.b.ID, person)
	if err != nil {
		return fmt.Errorf("dropping letters: %w", err)
	}
	return nil
}

// Begin is the position from which a follower that is new writes letters: before the
// first event of the briefings that are ahead, or the end of the log.
func Begin(ctx context.Context, q store.Querier) (int64, error) {
	position, _, err := ledger.Head(ctx, q)
	if err != nil {
		return 0, err
	}
	ahead, err := briefing.Ahead(ctx, q)
	if err != nil {
		return 0, err
	}
	for _, b := range ahead {
		events, err := briefing.Events(ctx, q, b.ID)
		if err != nil {
			return 0, err
		}
		if len(events) > 0 {
			position = min(position, events[0].Position-1)
		}
	}
	return position, nil
}
