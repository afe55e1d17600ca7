package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// Password is that of all sign-ins of the demonstration.
const Password = "giao ban 2020"

// SignIn is somebody who can sign in to the demonstration.
type SignIn struct {
	Login, Name, Post, Unit string
}

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

// post is a person of the demonstration with the role and the post held.
type post struct {
	login, name       string
	role              access.Role
	unit              []string // names on the way down from the centre
	body, kind, title string
}

// posts are those who can sign in.
var posts = []post{
	{"trunguong", "Nguyễn Minh Hải", access.Leader, nil, "office", "chief", "Chánh Văn phòng Trung ương"},
	{"trunguong-cv", "Trần Thu Phương", access.Officer, nil, "office", "officer", "Chuyên viên Văn phòng Trung ương"},
	{"bacninh", "Lê Quốc Hùng", access.Leader, []string{"Tỉnh Bắc Ninh"}, "office", "chief", "Chánh Văn phòng Tỉnh ủy"},
	{"bacninh-cv", "Phạm Ngọc Lan", access.Officer, []string{"Tỉnh Bắc Ninh"}, "office", "officer", "Chuyên viên Văn phòng Tỉnh ủy"},
	{"yenphong", "Vũ Đức Tâm", access.Leader, []string{"Tỉnh Bắc Ninh", "Huyện Yên Phong"}, "standing-body", "secretary", "Bí thư Huyện ủy"},
	{"thuanthanh", "Hoàng Thị Vân", access.Leader, []string{"Tỉnh Bắc Ninh", "Huyện Thuận Thành"}, "standing-body", "secretary", "Bí thư Huyện ủy"},
	{"hanoi", "Đặng Văn Sơn", access.Leader, []string{"Thành phố Hà Nội"}, "office", "chief", "Chánh Văn phòng Thành ủy"},
	{"quantri", "Bùi Hữu Long", access.SystemAdmin, nil, "office", "officer", "Quản trị hệ thống"},
}

// SignIns are those who can sign in, with what they are.
func SignIns() []SignIn {
	var list []SignIn
	for _, p := range posts {
		unit := "Trung ương"
		if len(p.unit) > 0 {
			unit = p.unit[len(p.unit)-1]
		}
		list = append(list, SignIn{p.login, p.name, p.title, unit})
	}
	return list
}

// Write writes the story into an empty installation: the units, the people, the
// directive, and what was reported until the morning.
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
		if err := d.people(ctx, tx, password); err != nil {
			return fmt.Errorf("making the people: %w", err)
		}
		id, err := d.directive(ctx, tx)
		if err != nil {
			return fmt.Errorf("issuing the directive: %w", err)
		}
		return d.history(ctx, tx, random, id)
	})
	return err
}

func (d Demo) organisation(ctx context.Context, random *rand.Rand) error {
	p, err := profile.Get(profile.Default)
	if err != nil {
		return err
	}
	_, err = d.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		tx.SetNow(time.Date(2019, time.June, 3, 8, 0, 0, 0, p.Location()))
		actor := access.Program(d.Tree)
		root, err := org.Found(ctx, tx, actor, org.FoundCommand{Profile: p})
		if err != nil {
			return err
		}
		return d.units(ctx, tx, actor, root.ID, country(random))
	})
	return err
}

func (d Demo) people(ctx context.Context, tx *ledger.Tx, password account.Password) error {
	tx.SetNow(time.Date(2019, time.June, 3, 9, 0, 0, 0, time.UTC))
	actor := access.Program(d.Tree)
	for _, p := range posts {
		unit, err := d.unit(p.unit)
		if err != nil {
			return err
		}
		grants := []access.Grant{{Unit: unit, Role: p.role}}
		if p.role == access.SystemAdmin {
			grants = append(grants, access.Grant{Unit: unit, Role: access.UnitAdmin})
		}
		created, err := account.CreatePerson(ctx, tx, actor, account.CreateCommand{Name: p.name, Login: p.login, Password: password, Grants: grants})
		if err != nil {
			return fmt.Errorf("%s: %w", p.login, err)
		}
		_, err = org.Appoint(ctx, tx, actor, org.AppointCommand{
			Unit: unit, Body: p.body, Post: p.kind, Person: created.ID, Name: p.name, From: clock.Day(2019, time.June, 3),
		})
		if err != nil {
			return fmt.Errorf("the post of %s: %w", p.login, err)
		}
	}
	return nil
}

// unit finds a unit by the names on the way down from the centre.
func (d Demo) unit(names []string) (tree.UnitID, error) {
	at, _ := d.Tree.Root()
	for _, name := range names {
		child := (&story{tree: d.Tree}).child(at.ID, name)
		if child == 0 {
			return 0, fmt.Errorf("there is no unit %q under %q", name, at.Name)
		}
		at, _ = d.Tree.Unit(child)
	}
	return at.ID, nil
}

// directive issues Directive 35-CT/TW as the profile's template words it.
func (d Demo) directive(ctx context.Context, tx *ledger.Tx) (int64, error) {
	p, err := profile.Get(profile.Default)
	if err != nil {
		return 0, err
	}
	template := p.Templates[0]
	actor := access.Program(d.Tree)
	root, _ := d.Tree.Root()
	tx.SetNow(time.Date(2019, time.June, 3, 10, 0, 0, 0, p.Location()))
	made, err := directive.Create(ctx, tx, actor, directive.CreateCommand{
		Unit: root.ID, Key: "demo",
		Draft: directive.Draft{Document: directive.Document{
			Number: template.Number, Date: template.Date, Title: template.Title.In(text.VI), Text: template.Text.In(text.VI),
			Term: template.Term, Acknowledge: template.Acknowledge, Milestones: template.Milestones,
		}},
	})
	if err != nil {
		return 0, err
	}
	issued, err := directive.Issue(ctx, tx, actor, directive.IssueCommand{
		Directive: made.ID, Revision: made.Revision,
		Signature: account.Signature{Name: posts[0].name, Post: posts[0].title, Method: Simulated},
	})
	if err != nil {
		return 0, err
	}
	return issued.ID, d.acknowledge(ctx, tx, actor, issued)
}

// acknowledge has the committees directly under the centre, and those of Bac
// Ninh, acknowledge the directive in the days after.
func (d Demo) acknowledge(ctx context.Context, tx *ledger.Tx, actor access.Actor, issued directive.Directive) error {
	root, _ := d.Tree.Root()
	home, err := d.unit([]string{"Tỉnh Bắc Ninh"})
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

func (d Demo) history(ctx context.Context, tx *ledger.Tx, random *rand.Rand, id int64) error {
	root, _ := d.Tree.Root()
	home, err := d.unit([]string{"Tỉnh Bắc Ninh"})
	if err != nil {
		return err
	}
	s := &story{random: random, tree: d.Tree, zone: Morning().Location()}
	s.plan(root.ID, home)
	return s.tell(ctx, tx, id)
}

// units takes the country up as a list, as an office would send it.
func (d Demo) units(ctx context.Context, tx *ledger.Tx, actor access.Actor, root tree.UnitID, units []unit) error {
	rows := [][]sheet.Cell{sheet.TextRow("code", "name", "kind", "parent")}
	for _, u := range units {
		rows = append(rows, sheet.TextRow(u.code, u.name, u.kind, u.parent))
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return err
	}
	today := clock.DateOf(tx.Now(), p.Location())
	plan, err := org.MakePlan(ctx, tx, p, org.List{Sheets: []sheet.Sheet{{Name: "country", Rows: rows}}},
		org.PlanOptions{Under: root, AsOf: today, Today: today})
	if err != nil {
		return err
	}
	if plan.Conflicts() {
		return fmt.Errorf("%d mistakes in the list of units, the first: %w", len(plan.Errors), plan.Errors[0].Fault)
	}
	return org.Apply(ctx, tx, actor, plan, nil)
}
