package briefing

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/org"
)

// MostRecordingYears is how long a recording is kept at most, counted from the day on
// which that is said.
const MostRecordingYears = 20

// Watch refuses whoever may not watch the recording of a briefing in which the person
// has a seat: who was sent out, and anybody outside the host's office where it is for
// that alone.
func (r Recording) Watch(seat Seat, sites []Site) error {
	switch {
	case seat.Presides() || seat.Prepares:
		return nil
	case seat.Removed(sites):
		return fault.New(fault.Forbidden, "briefing.removed")
	case r.Watchers == HostOnly:
		return fault.New(fault.Forbidden, "briefing.recording-host")
	}
	return nil
}

// KeepCommand says who may watch a recording, and how long it is kept.
type KeepCommand struct {
	Briefing int64
	Until    clock.Date // the last day
	Watchers Watchers
}

// KeepRecording changes who may watch and until when it is kept, by the chair or a
// secretary, also after the meeting. Invalid at "until" and "watchers".
func KeepRecording(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd KeepCommand) (Recording, error) {
	b, byWord, r, err := keptRecording(ctx, tx, actor, cmd.Briefing)
	if err != nil {
		return Recording{}, err
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return Recording{}, err
	}
	today := clock.DateOf(tx.Now(), p.Location())
	_, wrong := clock.ParseDate(string(cmd.Until))
	switch {
	case wrong != nil || cmd.Until < today || cmd.Until > today.AddDays(MostRecordingYears*365):
		return Recording{}, fault.New(fault.Invalid, "briefing.recording-until", "years", MostRecordingYears).At("until")
	case cmd.Watchers != Seated && cmd.Watchers != HostOnly:
		return Recording{}, fault.New(fault.Invalid, "briefing.recording-watchers").At("watchers")
	case r.Until == cmd.Until && r.Watchers == cmd.Watchers:
		return r, nil
	}
	r.Until, r.Watchers = cmd.Until, cmd.Watchers
	if err := r.save(ctx, tx); err != nil {
		return Recording{}, err
	}
	return r, b.tell(tx, RecordingKept, b.Unit, RecordingRule{Briefing: b.ID, Until: r.Until, Watchers: r.Watchers, ByWord: byWord})
}

// DeleteRecording deletes a recording before its day, with a reason, by the chair or
// a secretary; its files are swept away after. Conflict: it goes on.
func DeleteRecording(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Recording, error) {
	b, byWord, r, err := keptRecording(ctx, tx, actor, id)
	if err != nil {
		return Recording{}, err
	}
	reason = strings.TrimSpace(reason)
	switch {
	case r.On:
		return Recording{}, fault.New(fault.Conflict, "briefing.recording-on")
	case reason == "":
		return Recording{}, fault.New(fault.Invalid, "briefing.reason-needed").At("reason")
	case utf8.RuneCountInString(reason) > MostAsked:
		return Recording{}, fault.New(fault.Invalid, "briefing.long", "most", MostAsked).At("reason")
	}
	r.Deleted = tx.Now()
	if err := r.save(ctx, tx); err != nil {
		return Recording{}, err
	}
	return r, b.tell(tx, RecordingDeleted, b.Unit, Ruled{Briefing: b.ID, Reason: reason, ByWord: byWord})
}

// keptRecording locks a briefing and reads its recording, for whoever leads it. NotFound: there
// is none.
func keptRecording(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (b Briefing, byWord bool, r Recording, err error) {
	if b, byWord, err = lead(ctx, tx, actor, id); err != nil {
		return b, byWord, r, err
	}
	if r, err = RecordingOf(ctx, tx, id); err == nil && !r.Kept() {
		err = fault.New(fault.NotFound, "briefing.recording-none")
	}
	return b, byWord, r, err
}

// ExpireRecordings deletes the recordings whose last day has passed, and says so in
// the log. Their files are swept away after.
func ExpireRecordings(ctx context.Context, tx *ledger.Tx) (n int, err error) {
	list, err := keptRecordings(ctx, tx)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return 0, err
	}
	today := clock.DateOf(tx.Now(), p.Location())
	for _, r := range list {
		if r.On || r.Until >= today {
			continue
		}
		n++
		b, err := lock(ctx, tx, r.Briefing)
		if err != nil {
			return 0, err
		}
		r.Deleted = tx.Now()
		if err := r.save(ctx, tx); err != nil {
			return 0, err
		}
		if err := b.tell(tx, RecordingExpired, b.Unit, Ruled{Briefing: b.ID}); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// keptRecordings are all that were not deleted.
func keptRecordings(ctx context.Context, q store.Querier) ([]Recording, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+recordingColumns+` FROM briefing_recording WHERE deleted_at = 0 ORDER BY briefing_id`)
	if err != nil {
		return nil, fmt.Errorf("listing recordings: %w", err)
	}
	defer rows.Close()
	var list []Recording
	for rows.Next() {
		var r Recording
		if err := r.scan(rows.Scan); err != nil {
			return nil, fmt.Errorf("reading a recording: %w", err)
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// HoldRecording has a node record a briefing until a moment of the machine's clock;
// held is false while another node does. It keeps how far the business clock is ahead
// of the machine's, by which pictures are put beside events.
func HoldRecording(ctx context.Context, tx *ledger.Tx, briefing int64, node string, machine, until time.Time) (held bool, err error) {
	result, err := tx.ExecContext(ctx, `UPDATE briefing_recording SET node = $1, node_until = $2
		WHERE briefing_id = $3 AND (node = $1 OR node = '' OR node_until < $4)`, node, store.Micro(until), briefing, store.Micro(machine))
	if err != nil {
		return false, fmt.Errorf("taking up the recording of briefing %d: %w", briefing, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	clocks, err := ClocksOf(ctx, tx, briefing)
	if err != nil || clocks.agree(machine, tx.Now()) {
		return true, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_recording_clock (briefing_id, since, ahead) VALUES ($1, $2, $3)`,
		briefing, store.Micro(machine), tx.Now().Sub(machine).Microseconds())
	if err != nil {
		return false, fmt.Errorf("keeping the clocks of briefing %d: %w", briefing, err)
	}
	return true, nil
}

// LetRecordingGo ends what [HoldRecording] took.
func LetRecordingGo(ctx context.Context, tx *ledger.Tx, briefing int64, node string) error {
	_, err := tx.ExecContext(ctx, `UPDATE briefing_recording SET node = '', node_until = 0 WHERE briefing_id = $1 AND node = $2`, briefing, node)
	if err != nil {
		return fmt.Errorf("letting the recording of briefing %d go: %w", briefing, err)
	}
	return nil
}
