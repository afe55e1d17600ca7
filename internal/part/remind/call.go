package remind

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Result is what came of a call.
type Result string

// The results.
const (
	Promised Result = "promised"  // will send, by a day
	NoAnswer Result = "no-answer" // nobody took it
	Refused  Result = "refused"
	Dictated Result = "dictated" // the figures, to be entered on the unit's behalf
)

// Results is all results, in the order in which they are offered.
var Results = []Result{Promised, NoAnswer, Refused, Dictated}

// Call is a telephone call to a unit that is late.
type Call struct {
	Unit      tree.UnitID
	By        tree.UnitID // whose office called
	Person    int64       // who called
	Directive int64
	Milestone string
	Result    Result
	Until     clock.Date // the day by which the unit will send; "" for none
	Note      string
	At        time.Time
}

// CallCommand notes a call.
type CallCommand struct {
	Key string // of the form: same key, same call
	Call
}

// Note notes what came of a call by an office to a unit below it. Faults: Forbidden;
// Invalid at "result", "until" and "note".
func Note(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CallCommand) error {
	if err := mayPress(actor, cmd.By, cmd.Unit); err != nil {
		return err
	}
	cmd.Note = strings.TrimSpace(cmd.Note)
	if err := cmd.check(ctx, tx); err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO reminder_call (key, unit_id, by_unit, person_id, directive_id, milestone, result, until, note, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING`,
		cmd.Key, cmd.Unit, cmd.By, actor.Person, cmd.Directive, cmd.Milestone, cmd.Result, cmd.Until, cmd.Note, store.Micro(tx.Now()))
	if err != nil {
		return fmt.Errorf("noting a call to unit %d: %w", cmd.Unit, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return tx.Append(ledger.New{Unit: int64(cmd.Unit), Kind: WasCalled, Subject: subject, Payload: Called{
		Directive: cmd.Directive, Milestone: cmd.Milestone, Unit: cmd.Unit, By: cmd.By, Result: cmd.Result, Until: cmd.Until, Note: cmd.Note,
	}})
}

func (cmd *CallCommand) check(ctx context.Context, tx *ledger.Tx) error {
	var wrong fault.List
	if !slices.Contains(Results, cmd.Result) {
		wrong = append(wrong, fault.New(fault.Invalid, "remind.result-needed").At("result"))
	}
	if utf8.RuneCountInString(cmd.Note) > MostNote {
		wrong = append(wrong, fault.New(fault.Invalid, "remind.long", "most", MostNote).At("note"))
	}
	rules, err := org.Profile(ctx, tx)
	if err != nil {
		return err
	}
	today := clock.DateOf(tx.Now(), rules.Location())
	switch day, err := clock.ParseDate(string(cmd.Until)); {
	case cmd.Result != Promised:
		cmd.Until = "" // only a promise has a day
	case err != nil:
		wrong = append(wrong, fault.New(fault.Invalid, "remind.no-day").At("until"))
	case day != "" && day < today:
		wrong = append(wrong, fault.New(fault.Invalid, "remind.past", "today", today).At("until"))
	}
	return wrong.Err()
}

// Contact is when a unit was last in touch about a report.
type Contact struct {
	Call    Call      // the newest; the zero Call for none
	UrgedAt time.Time // by hand, last; zero for never
}

// Contacts gives the last contact that an office had with units about a report.
func Contacts(ctx context.Context, q store.Querier, by tree.UnitID, directive int64, milestone string) (map[tree.UnitID]Contact, error) {
	list := map[tree.UnitID]Contact{}
	err := each(ctx, q, `SELECT unit_id, '', '', '', 0, made_at FROM reminder WHERE directive_id = $1 AND milestone = $2 AND stage = 'urged' AND by_unit = $3 ORDER BY id`,
		[]any{directive, milestone, by}, func(c Call) {
			one := list[c.Unit]
			one.UrgedAt = c.At
			list[c.Unit] = one
		})
	if err != nil {
		return nil, err
	}
	err = each(ctx, q, `SELECT unit_id, result, until, note, person_id, made_at FROM reminder_call WHERE directive_id = $1 AND milestone = $2 AND by_unit = $3 ORDER BY id`,
		[]any{directive, milestone, by}, func(c Call) {
			one := list[c.Unit]
			one.Call = c
			list[c.Unit] = one
		})
	return list, err
}

func each(ctx context.Context, q store.Querier, query string, args []any, take func(Call)) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("reading contacts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Call
		var at int64
		if err := rows.Scan(&c.Unit, &c.Result, &c.Until, &c.Note, &c.Person, &at); err != nil {
			return fmt.Errorf("reading a contact: %w", err)
		}
		c.At = store.Moment(at)
		take(c)
	}
	return rows.Err()
}
