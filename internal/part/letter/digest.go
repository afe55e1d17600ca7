package letter

import (
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
	"giaoban/internal/part/remind"
)

// followReminders writes the letters that have to be written because of reminders: one
// a person for all of a round, and one to each who works where a unit was urged.
func followReminders(ctx context.Context, tx store.Querier, e ledger.Event) error {
	switch e.Kind {
	case remind.RoundDone:
		var round remind.Round
		if err := e.Decode(&round); err != nil {
			return err
		}
		return digests(ctx, tx, e, round)
	case remind.WereUrged:
		var made remind.Made
		if err := e.Decode(&made); err != nil {
			return err
		}
		return toWorkers(ctx, tx, made.Units, e.Time, func(person int64) Letter {
			return Letter{Person: person, Kind: Urged, Cause: e.Position, MadeAt: e.Time}
		})
	}
	return nil
}

// untold is which letters say something that their people have not heard.
const untold = `(state = 'waiting' OR state = 'failed' AND trouble = 'address')`

// digests writes one letter to everybody whose units were reminded in a round. A digest
// that still waits, or that an address refused, is not sent beside the new one: the new
// one tells both.
func digests(ctx context.Context, tx store.Querier, e ledger.Event, round remind.Round) error {
	units, err := remind.Reminded(ctx, tx, round.After, round.To)
	if err != nil || len(units) == 0 {
		return err
	}
	waiting, err := read(ctx, tx, `WHERE kind = $1 AND `+untold+` ORDER BY id`, Digest)
	if err != nil {
		return err
	}
	after := map[int64]int64{}
	for _, l := range waiting {
		after[l.Person] = l.After
	}
	err = toWorkers(ctx, tx, units, e.Time, func(person int64) Letter {
		l := Letter{Person: person, Kind: Digest, Cause: e.Position, MadeAt: e.Time, After: round.After, To: round.To}
		if first, waits := after[person]; waits {
			l.After = min(first, round.After)
		}
		return l
	})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE letter SET state = 'dropped' WHERE kind = $1 AND `+untold+` AND cause < $2
		AND EXISTS (SELECT 1 FROM letter newer WHERE newer.kind = $1 AND newer.person_id = letter.person_id AND newer.cause = $2)`, Digest, e.Position)
	if err != nil {
		return fmt.Errorf("dropping digests that a newer one tells: %w", err)
	}
	return nil
}

// holdersAtOnce is how many units one question about their people names.
const holdersAtOnce = 200

// toWorkers writes a letter to each who does the work at one of the units at a moment,
// or acts for its leader, wants mail and has an address.
func toWorkers(ctx context.Context, tx store.Querier, units []tree.UnitID, at time.Time, of func(person int64) Letter) error {
	unmailed, err := remind.Unmailed(ctx, tx)
	if err != nil {
		return err
	}
	rules, err := org.Profile(ctx, tx)
	if err != nil {
		return err
	}
	today := clock.DateOf(at, rules.Location())
	written := map[int64]bool{}
	for _, person := range unmailed {
		written[person] = true
	}
	for part := range slices.Chunk(units, holdersAtOnce) {
		holders, err := account.Holders(ctx, tx, part, access.Leader, access.Officer)
		if err != nil {
			return err
		}
		delegates, err := account.DelegatesAt(ctx, tx, part, today)
		if err != nil {
			return err
		}
		for _, h := range append(holders, delegates...) {
			if written[h.ID] || h.Email == "" {
				continue
			}
			written[h.ID] = true
			if err := of(h.ID).add(ctx, tx); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostFacts is how many reminders a letter tells; the rest stands in the program.
const mostFacts = 30

// composeReminders writes a letter about reminders: what of it is so at the units at
// which the person works now, or acts for the leader.
func (c Composer) composeReminders(ctx context.Context, q store.Querier, l Letter, now time.Time) (Message, Trouble, error) {
	p, err := account.Find(ctx, q, l.Person)
	if err != nil {
		return Message{}, NoTrouble, err
	}
	if why := unreachable(p); why != NoTrouble {
		return Message{}, why, nil
	}
	actor, err := account.Actor(ctx, q, c.Tree, p.ID, clock.DateOf(now, c.Zone))
	if err != nil {
		return Message{}, NoTrouble, err
	}
	list, err := c.about(ctx, q, l, remind.Hears(actor))
	if err != nil || len(list) == 0 {
		return Message{}, TooLate, err // the person works elsewhere by now
	}
	m, err := c.remind(ctx, q, l, p, list)
	return m, NoTrouble, err
}

// about gives the reminders that a letter tells.
func (c Composer) about(ctx context.Context, q store.Querier, l Letter, units []tree.UnitID) (list []remind.Reminder, err error) {
	if l.Kind == Digest {
		list, err := remind.Between(ctx, q, l.After, l.To, units)
		return remind.Newest(list), err
	}
	events, err := ledger.After(ctx, q, l.Cause-1, 1)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	var made remind.Made
	if err := events[0].Decode(&made); err != nil {
		return nil, err
	}
	for _, unit := range units {
		if slices.Contains(made.Units, unit) {
			list = append(list, remind.Reminder{
				Unit: unit, What: made.What, Stage: made.Stage, Directive: made.Directive, Milestone: made.Milestone, Level: made.Level,
				Deadline: made.Deadline, By: made.By, Note: made.Note,
			})
		}
	}
	return list, nil
}

func (c Composer) remind(ctx context.Context, q store.Querier, l Letter, p account.Person, list []remind.Reminder) (Message, error) {
	lang, _ := text.ParseLang(p.Language)
	t := func(key string, args ...any) string { return c.Texts.T(lang, key, args...) }
	day := clock.DateOf(l.MadeAt, c.Zone)
	m := Message{
		ID: fmt.Sprintf("reminders.letter-%d.%d@%s", l.ID, l.MadeAt.UnixMicro(), c.host()), Thread: fmt.Sprintf("reminders-%d@%s", p.ID, c.host()),
		Name: line(p.Name), Address: p.Email, Lang: lang, Date: l.MadeAt, Opening: t("letter.dear", "name", line(p.Name)),
		Subject: t("letter.subject.digest", "n", len(list), "day", day), Says: t("letter.says.digest", "n", len(list)),
		Path: "/reminders", Link: t("letter.reminders"), Foot: t("letter.foot.reminders"),
	}
	names := remind.NewNames(q, c.Tree)
	for i, one := range list {
		if i == mostFacts {
			m.Facts = append(m.Facts, Fact{"…", t("letter.more", "n", len(list)-i)})
			break
		}
		name, err := names.Of(ctx, one, lang)
		if err != nil {
			return m, err
		}
		about := t(name.Key, name.Args...) + "\n" + text.Remaining(lang, one.Deadline, day)
		if one.Note != "" {
			about += "\n" + one.Note
		}
		m.Facts = append(m.Facts, Fact{name.Unit, about})
	}
	if l.Kind == Urged {
		by, _ := c.Tree.Unit(list[0].By)
		m.Subject, m.Says, m.Path, m.Link = t("letter.subject.urged", "by", by.Name), t("letter.says.urged", "by", by.Name), "/work", t("letter.work")
	}
	return m, nil
}
