package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// Password is that of all sign-ins of the demonstration.
const Password = "giao ban 2020"

// Morning is when the story begins: 08:00 on 10 July 2020 in Ha Noi.
func Morning() time.Time {
	return time.Date(2020, time.July, 10, 8, 0, 0, 0, time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60))
}

// Demo is an installation into which the story is written.
type Demo struct {
	Ledger *ledger.Ledger
	Tree   *tree.Tree
	// CatchUp brings the tree up to the ledger's head.
	CatchUp func(context.Context) error
}

// Write writes the story into an empty installation: the units, the people, the
// directive, what was reported until the morning, what was told by telephone, and the
// briefing that is under way.
func (d Demo) Write(ctx context.Context) error {
	random := rand.New(rand.NewPCG(2020, 7))
	if err := d.organisation(ctx, random); err != nil {
		return fmt.Errorf("making the organisation: %w", err)
	}
	if err := d.CatchUp(ctx); err != nil {
		return err
	}
	password, err := account.HashPassword(ctx, Password)
	if err != nil {
		return err
	}
	_, err = d.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		if err := people(ctx, tx, access.Program(d.Tree), posts, password); err != nil {
			return fmt.Errorf("making the people: %w", err)
		}
		id, err := d.directive(ctx, tx)
		if err != nil {
			return fmt.Errorf("issuing the directive: %w", err)
		}
		return d.days(ctx, tx, random, id)
	})
	return err
}

func (d Demo) organisation(ctx context.Context, random *rand.Rand) error {
	_, err := d.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		return found(ctx, tx, access.Program(d.Tree), country(random), nil)
	})
	return err
}

// directive issues Directive 35-CT/TW as the profile's template words it.
func (d Demo) directive(ctx context.Context, tx *ledger.Tx) (int64, error) {
	p, err := profile.Get(profile.Default)
	if err != nil {
		return 0, err
	}
	template := p.Templates[0]
	actor := access.Program(d.Tree)
	tx.SetNow(time.Date(2019, time.June, 3, 10, 0, 0, 0, p.Location()))
	issued, err := issue(ctx, tx, actor, "demo", asDocument(template))
	if err != nil {
		return 0, err
	}
	return issued.ID, d.acknowledge(ctx, tx, actor, issued)
}

// acknowledge has the committees directly under the centre, and those of Bac
// Ninh, acknowledge the directive in the days after.
func (d Demo) acknowledge(ctx context.Context, tx *ledger.Tx, actor access.Actor, issued directive.Directive) error {
	root, _ := d.Tree.Root()
	home, err := unitNamed(d.Tree, []string{"Tỉnh Bắc Ninh"})
	if err != nil {
		return err
	}
	for i, u := range append(d.Tree.Children(root.ID), d.Tree.Children(home)...) {
		tx.SetNow(issued.IssuedAt.Add(time.Duration(i) * time.Hour))
		if _, err := directive.Acknowledge(ctx, tx, actor, issued.ID, u.ID, issued.Version); err != nil {
			return fmt.Errorf("acknowledging for %s: %w", u.Name, err)
		}
	}
	return nil
}

// days are what units report until the morning, and the briefing among it.
func (d Demo) days(ctx context.Context, tx *ledger.Tx, random *rand.Rand, id int64) error {
	root, _ := d.Tree.Root()
	home, err := unitNamed(d.Tree, []string{"Tỉnh Bắc Ninh"})
	if err != nil {
		return err
	}
	s := &story{random: random, tree: d.Tree, zone: Morning().Location()}
	s.plan(root.ID, home)
	goOn := func(until time.Time) error { return s.tell(ctx, tx, id, until) }
	if err := goOn(d.at(6, 9, 15)); err != nil {
		return err
	}
	m, err := d.call(ctx, tx, id)
	if err != nil {
		return fmt.Errorf("calling the briefing: %w", err)
	}
	if err := m.answers(ctx, tx, goOn); err != nil {
		return err
	}
	if err := goOn(d.at(9, 16, 30)); err != nil {
		return err
	}
	if err := m.agenda(ctx, tx); err != nil {
		return err
	}
	if err := goOn(Morning()); err != nil {
		return err
	}
	if err := d.telephone(ctx, tx, id); err != nil {
		return err
	}
	return m.begin(ctx, tx)
}
