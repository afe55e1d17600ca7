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
)

// Bounds of a briefing.
const (
	MostTitle       = 200  // characters
	MostAsked       = 2000 // characters
	MostMinutes     = 600
	MostSites       = 400 // a province with its districts and communes at once
	MostSecretaries = 10
)

// CallCommand calls a briefing, or changes how it was called.
type CallCommand struct {
	Unit        tree.UnitID // the host, whose office calls it
	Key         string      // of the form: the same key gives the same briefing
	Directive   int64
	Title       string
	Asked       string
	Begins      time.Time
	Minutes     int
	Cutoff      time.Time
	Devices     bool // sites try camera, microphone and speakers, too
	Repeats     Repeat
	Chair       Person
	Secretaries []Person
	Media       bool // with picture and sound
	// Sites are the units called beside the host, in the order of the roll.
	Sites []tree.UnitID
}

// Call calls the sites of a briefing together. Sent twice with the same key, it
// gives the briefing that the first made. Invalid, each at its field: "title",
// "begins", "minutes", "cutoff", "chair", "secretaries", "sites".
func Call(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CallCommand) (Briefing, error) {
	if err := actor.May(access.BriefingCall, cmd.Unit); err != nil {
		return Briefing{}, err
	}
	if cmd.Key == "" {
		return Briefing{}, fmt.Errorf("calling a briefing: a key is needed")
	}
	cmd.Key = "form:" + cmd.Key // apart from the keys under which the next of a series is called
	if known, err := byKey(ctx, tx, cmd.Key); !fault.Is(err, fault.NotFound) {
		if err == nil && known.Unit != cmd.Unit {
			err = notFound() // a key of somebody else's form
		}
		return known, err
	}
	if err := cmd.check(actor.Tree, tx.Now()); err != nil {
		return Briefing{}, err
	}
	return create(ctx, tx, actor, cmd, 0)
}

// create writes a called briefing; series is the first of those that it repeats.
func create(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CallCommand, series int64) (Briefing, error) {
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO briefing (key, unit_id, directive_id, title, asked, begins_at, minutes, cutoff_at, repeats,
		series_id, chair_id, chair, state, revision, called_by, called_at, opened_at, ended_at, paused_at, locked, live,
		item_id, turn_id, shown_unit, shown_milestone, shown_at, neutral, devices, media)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'called', 1, $13, $14, 0, 0, 0, 0, $15, 0, 0, 0, '', 0, 0, $16, $17) RETURNING id`,
		cmd.Key, cmd.Unit, cmd.Directive, cmd.Title, cmd.Asked, store.Micro(cmd.Begins), cmd.Minutes, store.Micro(cmd.Cutoff), cmd.Repeats,
		series, cmd.Chair.ID, cmd.Chair.Name, actor.Person, store.Micro(tx.Now()), bit(cmd.Cutoff.IsZero()), bit(cmd.Devices), bit(cmd.Media)).Scan(&id)
	if err != nil {
		return Briefing{}, fmt.Errorf("calling a briefing: %w", err)
	}
	if err := setSecretaries(ctx, tx, id, cmd.Secretaries); err != nil {
		return Briefing{}, err
	}
	if err := setSites(ctx, tx, id, cmd.all()); err != nil {
		return Briefing{}, err
	}
	b, err := Get(ctx, tx, id)
	if err != nil {
		return Briefing{}, err
	}
	return b, b.tell(tx, WasCalled, b.Unit, b.plan(cmd.all()))
}

// Change changes how a briefing was called, while it is ahead. revision is of the
// briefing that was read: when somebody else changed it meanwhile, it is a Conflict.
// A site that is called no longer loses what it answered.
func Change(ctx context.Context, tx *ledger.Tx, actor access.Actor, id, revision int64, cmd CallCommand) (Briefing, error) {
	b, err := ahead(ctx, tx, actor, id)
	if err != nil {
		return Briefing{}, err
	}
	if b.Revision != revision {
		return Briefing{}, fault.New(fault.Conflict, "briefing.changed-meanwhile")
	}
	cmd.Unit = b.Unit
	if err := cmd.check(actor.Tree, tx.Now()); err != nil {
		return Briefing{}, err
	}
	if b.Cutoff.IsZero() != cmd.Cutoff.IsZero() {
		b.Live = cmd.Cutoff.IsZero()
	}
	b.Directive, b.Title, b.Asked, b.Begins, b.Minutes = cmd.Directive, cmd.Title, cmd.Asked, cmd.Begins, cmd.Minutes
	b.Cutoff, b.Devices, b.Repeats, b.Chair, b.Secretaries, b.Media = cmd.Cutoff, cmd.Devices, cmd.Repeats, cmd.Chair, cmd.Secretaries, cmd.Media
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	if err := setSecretaries(ctx, tx, id, cmd.Secretaries); err != nil {
		return Briefing{}, err
	}
	if err := setSites(ctx, tx, id, cmd.all()); err != nil {
		return Briefing{}, err
	}
	return b, b.tell(tx, WasChanged, b.Unit, b.plan(cmd.all()))
}

// Cancel calls a briefing off, with a reason. Cancelling again changes nothing.
func Cancel(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Briefing, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return Briefing{}, err
	}
	if err := actor.May(access.BriefingCall, b.Unit); err != nil {
		return Briefing{}, err
	}
	switch {
	case b.State == Cancelled:
		return b, nil
	case b.State != Called:
		return Briefing{}, fault.New(fault.Conflict, "briefing.begun")
	case reason == "":
		return Briefing{}, fault.New(fault.Invalid, "briefing.reason-needed").At("reason")
	case utf8.RuneCountInString(reason) > MostAsked:
		return Briefing{}, fault.New(fault.Invalid, "briefing.long", "most", MostAsked).At("reason")
	}
	b.State = Cancelled
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	return b, b.tell(tx, WasCancelled, b.Unit, Ruled{Briefing: b.ID, Reason: reason})
}

// ahead locks a briefing that can still be prepared by the actor.
func ahead(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Briefing, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return Briefing{}, err
	}
	if err := actor.May(access.BriefingCall, b.Unit); err != nil {
		return Briefing{}, err
	}
	switch b.State {
	case Called:
		return b, nil
	case Cancelled:
		return Briefing{}, fault.New(fault.Conflict, "briefing.was-cancelled")
	}
	return Briefing{}, fault.New(fault.Conflict, "briefing.begun")
}

// all is the host and the called sites, each once.
func (c CallCommand) all() []tree.UnitID {
	list := []tree.UnitID{c.Unit}
	for _, unit := range c.Sites {
		if !slices.Contains(list, unit) {
			list = append(list, unit)
		}
	}
	return list
}

// check says what is wrong with a call, each at its field.
func (c CallCommand) check(t *tree.Tree, now time.Time) error {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	switch n := utf8.RuneCountInString(c.Title); {
	case n == 0:
		add("title", "briefing.title-needed")
	case n > MostTitle:
		add("title", "briefing.long", "most", MostTitle)
	}
	if utf8.RuneCountInString(c.Asked) > MostAsked {
		add("asked", "briefing.long", "most", MostAsked)
	}
	switch {
	case c.Begins.IsZero():
		add("begins", "briefing.begins-needed")
	case c.Begins.Before(now.Add(-time.Hour)):
		add("begins", "briefing.begins-past")
	}
	if c.Minutes < 1 || c.Minutes > MostMinutes {
		add("minutes", "briefing.minutes-wrong", "most", MostMinutes)
	}
	if !c.Begins.IsZero() && c.Cutoff.After(c.Begins) {
		add("cutoff", "briefing.cutoff-late")
	}
	if c.Chair.ID == 0 {
		add("chair", "briefing.chair-needed")
	}
	if len(c.Secretaries) > MostSecretaries {
		add("secretaries", "briefing.secretaries-many", "most", MostSecretaries)
	}
	for _, one := range c.checkSites(t) {
		wrong = append(wrong, one.At("sites"))
	}
	return wrong.Err()
}

func (c CallCommand) checkSites(t *tree.Tree) (wrong fault.List) {
	switch n := len(c.all()); {
	case n < 2:
		return fault.List{fault.New(fault.Invalid, "briefing.sites-needed")}
	case n > MostSites:
		return fault.List{fault.New(fault.Invalid, "briefing.sites-many", "most", MostSites, "n", n)}
	}
	for _, unit := range c.Sites {
		u, ok := t.Unit(unit)
		if !ok || !t.Within(unit, c.Unit) {
			wrong = append(wrong, fault.New(fault.Invalid, "briefing.site-outside", "unit", u.Name))
		}
	}
	return wrong
}

func (b Briefing) plan(sites []tree.UnitID) Plan {
	return Plan{
		Briefing: b.ID, Unit: b.Unit, Directive: b.Directive, Title: b.Title, Asked: b.Asked, Begins: b.Begins, Minutes: b.Minutes,
		Cutoff: b.Cutoff, Devices: b.Devices, Repeats: b.Repeats, Series: b.Series, Chair: b.Chair, Secretaries: b.Secretaries, Media: b.Media, Sites: sites,
	}
}

func byKey(ctx context.Context, q store.Querier, key string) (Briefing, error) {
	b, err := scan(q.QueryRowContext(ctx, `SELECT `+columns+` FROM briefing WHERE key = $1`, key).Scan)
	if store.Missing(err) {
		return Briefing{}, notFound()
	}
	if err != nil {
		return Briefing{}, fmt.Errorf("finding a briefing by its form: %w", err)
	}
	b.Secretaries, err = secretaries(ctx, q, b.ID)
	return b, err
}

func setSecretaries(ctx context.Context, tx *ledger.Tx, id int64, list []Person) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM briefing_secretary WHERE briefing_id = $1`, id); err != nil {
		return fmt.Errorf("changing the secretaries of briefing %d: %w", id, err)
	}
	for _, p := range list {
		_, err := tx.ExecContext(ctx, `INSERT INTO briefing_secretary (briefing_id, person_id, name) VALUES ($1, $2, $3)
			ON CONFLICT (briefing_id, person_id) DO NOTHING`, id, p.ID, p.Name)
		if err != nil {
			return fmt.Errorf("naming a secretary of briefing %d: %w", id, err)
		}
	}
	return nil
}

// setSites makes the sites that the host calls those units, in this order. Sites that
// stay keep what they answered and whom they brought in.
func setSites(ctx context.Context, tx *ledger.Tx, id int64, units []tree.UnitID) error {
	if _, err := tx.ExecContext(ctx, `UPDATE briefing_site SET place = -1 WHERE briefing_id = $1 AND parent_id = 0`, id); err != nil {
		return fmt.Errorf("ordering the sites of briefing %d: %w", id, err)
	}
	for place, unit := range units {
		if err := addSite(ctx, tx, id, unit, 0, place); err != nil {
			return err
		}
	}
	for _, gone := range []string{
		`UPDATE briefing_site SET place = -1 WHERE briefing_id = $1 AND parent_id IN (SELECT id FROM briefing_site WHERE briefing_id = $1 AND place = -1)`,
		`UPDATE briefing_item SET site_id = 0 WHERE briefing_id = $1 AND site_id IN (SELECT id FROM briefing_site WHERE briefing_id = $1 AND place = -1)`,
		`DELETE FROM briefing_attendee WHERE site_id IN (SELECT id FROM briefing_site WHERE briefing_id = $1 AND place = -1)`,
		`DELETE FROM briefing_site WHERE briefing_id = $1 AND place = -1`,
	} {
		if _, err := tx.ExecContext(ctx, gone, id); err != nil {
			return fmt.Errorf("leaving out sites of briefing %d: %w", id, err)
		}
	}
	return nil
}

func addSite(ctx context.Context, tx *ledger.Tx, id int64, unit tree.UnitID, parent int64, place int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO briefing_site (briefing_id, unit_id, parent_id, place, answer, answer_reason, answered_at,
		stand_in, leave, topic, topic_minutes, arrived_at, presence, note, heads, removed_at, hand_at, hand_topic)
		VALUES ($1, $2, $3, $4, '', '', 0, '', '', '', 0, 0, '', '', 0, 0, 0, '')
		ON CONFLICT (briefing_id, unit_id) DO UPDATE SET place = excluded.place, parent_id = excluded.parent_id`, id, unit, parent, place)
	if err != nil {
		return fmt.Errorf("calling unit %d to briefing %d: %w", unit, id, err)
	}
	return nil
}
