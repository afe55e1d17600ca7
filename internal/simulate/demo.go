package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
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
	Boards *board.Boards
	Files  *file.Folder
	Texts  *text.Catalog
	// CatchUp brings tree and boards up to the ledger's head.
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
	var told telling
	_, err = d.Ledger.Update(ctx, "program", func(tx *ledger.Tx) (err error) {
		if err := people(ctx, tx, access.Program(d.Tree), posts, password); err != nil {
			return fmt.Errorf("making the people: %w", err)
		}
		id, err := d.directive(ctx, tx)
		if err != nil {
			return fmt.Errorf("issuing the directive: %w", err)
		}
		told, err = d.days(ctx, tx, random, id)
		return err
	})
	if err != nil {
		return err
	}
	// The papers say what the boards said when the figures were closed.
	if err := d.CatchUp(ctx); err != nil {
		return err
	}
	papers, err := told.meeting.papers(ctx)
	if err != nil {
		return fmt.Errorf("writing the papers: %w", err)
	}
	_, err = d.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error { return told.morning(ctx, tx, papers) })
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

// telling is how far the story was told.
type telling struct {
	directive int64
	story     *story
	meeting   *meeting
}

func (t telling) goOn(ctx context.Context, tx *ledger.Tx) func(until time.Time) error {
	return func(until time.Time) error { return t.story.tell(ctx, tx, t.directive, until) }
}

// days are what units report until the figures are closed, and how the briefing is
// called and prepared among it.
func (d Demo) days(ctx context.Context, tx *ledger.Tx, random *rand.Rand, id int64) (telling, error) {
	root, _ := d.Tree.Root()
	home, err := unitNamed(d.Tree, []string{"Tỉnh Bắc Ninh"})
	if err != nil {
		return telling{}, err
	}
	t := telling{directive: id, story: &story{random: random, tree: d.Tree, zone: Morning().Location()}}
	t.story.plan(root.ID, home)
	goOn := t.goOn(ctx, tx)
	if err := goOn(d.at(6, 9, 15)); err != nil {
		return t, err
	}
	if t.meeting, err = d.call(ctx, tx, id); err != nil {
		return t, fmt.Errorf("calling the briefing: %w", err)
	}
	if err := d.handsOver(ctx, tx); err != nil {
		return t, fmt.Errorf("handing over: %w", err)
	}
	if err := d.symbols(ctx, tx); err != nil {
		return t, err
	}
	if err := d.difficulties(ctx, tx, id); err != nil {
		return t, err
	}
	if err := t.meeting.gives(ctx, tx); err != nil {
		return t, fmt.Errorf("giving a task: %w", err)
	}
	if err := t.meeting.answers(ctx, tx, goOn); err != nil {
		return t, err
	}
	if err := goOn(d.at(9, 16, 30)); err != nil {
		return t, err
	}
	if err := d.answered(ctx, tx); err != nil {
		return t, fmt.Errorf("answering a difficulty: %w", err)
	}
	if err := t.meeting.does(ctx, tx); err != nil {
		return t, err
	}
	if err := t.meeting.agenda(ctx, tx); err != nil {
		return t, err
	}
	return t, goOn(closed())
}

// morning is from when the figures were closed until eight: the papers go round, the
// last reports come, and the briefing begins.
func (t telling) morning(ctx context.Context, tx *ledger.Tx, papers []briefing.HandOutCommand) error {
	if err := t.meeting.handOut(ctx, tx, papers); err != nil {
		return fmt.Errorf("handing out the papers: %w", err)
	}
	if err := t.goOn(ctx, tx)(Morning()); err != nil {
		return err
	}
	if err := t.meeting.demo.telephone(ctx, tx, t.directive); err != nil {
		return err
	}
	if err := t.meeting.begin(ctx, tx); err != nil {
		return err
	}
	if err := t.clears(ctx, tx); err != nil {
		return err
	}
	return t.meeting.demo.tellsThePublic(ctx, tx)
}
