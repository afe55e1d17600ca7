package briefing

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/org"
)

// Watchers is who may watch a recording.
type Watchers string

// The watchers.
const (
	Seated   Watchers = ""     // whoever has a seat in the briefing and was not sent out
	HostOnly Watchers = "host" // the host's office alone
)

// Recording is the recording of a briefing's picture and sound, as it stands now.
type Recording struct {
	Briefing int64
	On       bool       // the chair has it recorded
	Begun    time.Time  // first; zero when nothing was ever recorded
	Until    clock.Date // the last day on which it is kept
	Watchers Watchers
	Deleted  time.Time // zero while it is kept
}

// Runs says whether pictures are being recorded: not while the meeting is paused.
func (r Recording) Runs(b Briefing) bool { return r.On && b.State == Open && b.PausedAt.IsZero() }

// Kept says whether there is anything to be seen again.
func (r Recording) Kept() bool { return !r.Begun.IsZero() && r.Deleted.IsZero() }

const recordingColumns = `briefing_id, running, begun_at, until_day, watchers, deleted_at`

// RecordingOf gives the recording of a briefing; a zero one when there was none.
func RecordingOf(ctx context.Context, q store.Querier, briefing int64) (Recording, error) {
	r := Recording{Briefing: briefing}
	err := r.scan(q.QueryRowContext(ctx, `SELECT `+recordingColumns+` FROM briefing_recording WHERE briefing_id = $1`, briefing).Scan)
	if err != nil && !store.Missing(err) {
		return r, fmt.Errorf("reading the recording of briefing %d: %w", briefing, err)
	}
	return r, nil
}

func (r *Recording) scan(row func(...any) error) error {
	var begun, deleted int64
	err := row(&r.Briefing, &r.On, &begun, &r.Until, &r.Watchers, &deleted)
	r.Begun, r.Deleted = store.Moment(begun), store.Moment(deleted)
	return err
}

func (r Recording) save(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO briefing_recording (`+recordingColumns+`, node, node_until) VALUES ($1, $2, $3, $4, $5, $6, '', 0)
		ON CONFLICT (briefing_id) DO UPDATE SET running = excluded.running, begun_at = excluded.begun_at, until_day = excluded.until_day,
		watchers = excluded.watchers, deleted_at = excluded.deleted_at`,
		r.Briefing, bit(r.On), store.Micro(r.Begun), r.Until, r.Watchers, store.Micro(r.Deleted))
	if err != nil {
		return fmt.Errorf("keeping the recording of briefing %d: %w", r.Briefing, err)
	}
	return nil
}

// StartRecording has a meeting under way recorded from now on; every screen says so.
// Starting again changes nothing. Conflict: the meeting is paused, has no picture and
// sound, or its recording was deleted.
func StartRecording(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Recording, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil {
		return Recording{}, err
	}
	r, err := RecordingOf(ctx, tx, id)
	switch {
	case err != nil || r.On:
		return r, err
	case !b.Media:
		return Recording{}, fault.New(fault.Conflict, "briefing.no-media")
	case !b.PausedAt.IsZero():
		return Recording{}, fault.New(fault.Conflict, "briefing.is-paused")
	case !r.Deleted.IsZero():
		return Recording{}, fault.New(fault.Conflict, "briefing.recording-gone")
	}
	r.On = true
	if r.Begun.IsZero() {
		p, err := org.Profile(ctx, tx)
		if err != nil {
			return Recording{}, err
		}
		r.Begun = tx.Now()
		r.Until = clock.DateOf(tx.Now(), p.Location()).AddDays(p.RecordingDays)
	}
	if err := r.save(ctx, tx); err != nil {
		return Recording{}, err
	}
	return r, b.tell(tx, RecordingBegun, b.Unit, Recorded{Briefing: b.ID, ByWord: byWord})
}

// StopRecording ends the recording of a meeting that goes on. Stopping again changes
// nothing.
func StopRecording(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Recording, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil {
		return Recording{}, err
	}
	return b.endRecording(ctx, tx, byWord, !b.PausedAt.IsZero())
}

// endRecording ends the recording, if one goes on; resting says that it already
// stands still with the meeting.
func (b Briefing) endRecording(ctx context.Context, tx *ledger.Tx, byWord, resting bool) (Recording, error) {
	r, err := RecordingOf(ctx, tx, b.ID)
	if err != nil || !r.On {
		return r, err
	}
	r.On = false
	if err := r.save(ctx, tx); err != nil || resting {
		return r, err
	}
	return r, b.tell(tx, RecordingEnded, b.Unit, Recorded{Briefing: b.ID, ByWord: byWord})
}

// restRecording tells, where the meeting is recorded, that the recording stands still
// with it or goes on with it.
func (b Briefing) restRecording(ctx context.Context, tx *ledger.Tx, kind ledger.Kind, byWord bool) error {
	r, err := RecordingOf(ctx, tx, b.ID)
	if err != nil || !r.On {
		return err
	}
	return b.tell(tx, kind, b.Unit, Recorded{Briefing: b.ID, Rests: true, ByWord: byWord})
}
