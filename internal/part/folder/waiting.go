package folder

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// Reader reads what waits for leaders, in a language.
type Reader struct {
	Texts *text.Catalog
	Lang  text.Lang
	Zone  *time.Location
	Tasks *task.Index // nil leaves out how many tasks the unit has to do
}

// Waiting is what waits for a leader at a unit.
type Waiting struct {
	Items  []Item  // with a slip, the most pressing first
	Others []Count // what is decided in the program alone
}

// LeaderOf is a leader of a unit as one who acts now, called by name and post. Faults:
// Conflict where the person does not lead the unit, or not any more.
func LeaderOf(ctx context.Context, q store.Querier, t *tree.Tree, person int64, unit tree.UnitID, today clock.Date) (access.Actor, error) {
	leader, err := account.Actor(ctx, q, t, person, today)
	if err != nil {
		return leader, err
	}
	if !slices.ContainsFunc(leader.Grants, func(g access.Grant) bool { return g.Unit == unit && g.Role == access.Leader }) {
		return leader, fault.New(fault.Conflict, "folder.leader-gone")
	}
	post, err := org.PostTitle(ctx, q, person, unit)
	leader.Name = account.Capacity{Post: post}.Named(leader.Name)
	return leader, err
}

// Waiting gives what waits for a leader at a unit. Whether somebody may see it, the
// caller has decided.
func (r Reader) Waiting(ctx context.Context, q store.Querier, leader access.Actor, unit tree.UnitID, now time.Time) (Waiting, error) {
	work, err := inbox.For(ctx, q, nil, r.Tasks, leader, now, r.Zone)
	if err != nil {
		return Waiting{}, err
	}
	work = work.AtUnit(unit)
	g := gatherer{Reader: r, ctx: ctx, q: q, leader: leader, unit: unit, today: work.Today, directives: map[int64]directive.Directive{}}
	if g.rules, err = org.Profile(ctx, q); err != nil {
		return Waiting{}, err
	}
	for _, gather := range []func() error{
		func() error { return g.reports(work) },
		func() error { return g.difficulties(OfDifficulty, work.Asked, Answer, Word, HandUp) },
		func() error { return g.difficulties(OfAnswer, work.Answered, Confirm, Reopen) },
		g.tasks,
	} {
		if err := gather(); err != nil {
			return Waiting{}, err
		}
	}
	slices.SortStableFunc(g.items, pressing)
	return Waiting{Items: g.items, Others: others(work)}, nil
}

// pressing orders what is marked urgent before the rest, then by the day and by how
// long it waits.
func pressing(a, b Item) int {
	day := func(d clock.Date) clock.Date { return cmp.Or(d, "9999-12-31") }
	return cmp.Or(
		cmp.Compare(b.Content.Urgency.Rank(), a.Content.Urgency.Rank()), cmp.Compare(day(a.Content.Due), day(b.Content.Due)),
		a.Content.Since.Compare(b.Content.Since),
	)
}

// others counts what waits for the leader and has no slip: what is signed with the
// leader's own means, and what the office prepares.
func others(w inbox.Work) (list []Count) {
	for _, one := range []Count{
		{"sign", len(w.Signature)},
		{"minutes", len(w.Minutes)},
		{"told", len(w.Told)},
		{"acknowledge", len(w.Acknowledge)},
		{"returned", len(w.Returned)},
		{"late", len(w.Late)},
		{"invited", len(w.Invited)},
		{"do", len(w.Tasks)},
	} {
		if one.N > 0 {
			list = append(list, one)
		}
	}
	return list
}

// gatherer asks the parts for one leader.
type gatherer struct {
	Reader
	ctx        context.Context
	q          store.Querier
	leader     access.Actor
	unit       tree.UnitID
	today      clock.Date
	rules      *profile.Profile
	directives map[int64]directive.Directive // by id, each read once
	items      []Item
}

func (g *gatherer) say(key string, args ...any) string { return g.Texts.T(g.Lang, key, args...) }

func (g *gatherer) name(unit tree.UnitID) string {
	u, _ := g.leader.Tree.Unit(unit)
	return u.Name
}

func (g *gatherer) add(i Item, ways ...Choice) {
	i.Content.Ways = slices.Concat(ways, []Choice{Hold})
	i.Content.Late = i.Content.Due != "" && i.Content.Due < g.today
	g.items = append(g.items, i)
}

// reports are those that wait for the unit's decision.
func (g *gatherer) reports(work inbox.Work) error {
	if len(work.Acceptance) == 0 || g.leader.May(access.ReportDecide, g.unit) != nil {
		return nil
	}
	list, err := report.Queue(g.ctx, g.q, g.unit, report.Filter{})
	for _, one := range list {
		if err := g.report(one); err != nil {
			return err
		}
	}
	return err
}

func (g *gatherer) report(r report.Queued) error {
	of, err := g.directive(r.Directive)
	if err != nil {
		return err
	}
	c := Content{From: r.Name, By: r.Signer, Since: r.SubmittedAt, Marks: r.Marks, Proposal: g.say("folder.proposal.report", "version", r.Version)}
	c.Facts = append(c.Facts, Fact{g.say("folder.fact.directive"), of.Document.Number})
	for _, m := range of.Document.Milestones {
		if m.Key == r.Milestone {
			c.Title = m.Name.In(g.Lang)
			c.Facts = append(c.Facts, g.values(m, r.Values())...)
		}
	}
	g.add(Item{Kind: OfReport, ID: r.Report.ID, Subject: r.Subject(), Content: c}, Accept, Return)
	return nil
}

// values are what was reported, in the order of the directive.
func (g *gatherer) values(m profile.Milestone, values map[string]string) (list []Fact) {
	for _, i := range m.Indicators {
		if canonical, told := values[i.Key]; told {
			list = append(list, Fact{i.Name.In(g.Lang), strings.TrimSpace(i.Show(g.Texts, g.Lang, canonical) + " " + i.Unit.In(g.Lang))})
		}
	}
	return list
}

func (g *gatherer) directive(id int64) (directive.Directive, error) {
	if d, known := g.directives[id]; known {
		return d, nil
	}
	d, err := directive.Get(g.ctx, g.q, id)
	if err == nil {
		g.directives[id] = d
	}
	return d, err
}

// difficulties are those that the unit's office has, or answers to its own.
func (g *gatherer) difficulties(kind Kind, list []inbox.Difficulty, ways ...Choice) error {
	for _, one := range list {
		c := Content{
			From: one.From.Name, By: one.Raiser, Title: one.Title, Said: one.Obstacle, Since: one.Since, Marks: one.Marks,
			Proposal: g.say("folder.proposal." + string(kind)),
		}
		about, _ := g.rules.DifficultyKind(one.Kind)
		c.Facts = append(c.Facts, Fact{g.say("folder.fact.about"), text.Capital(about.Name.In(g.Lang))})
		if one.Needs != "" {
			c.Facts = append(c.Facts, Fact{g.say("folder.fact.needs"), one.Needs})
		}
		if kind == OfAnswer {
			answer, err := g.answered(one.Difficulty.ID)
			if err != nil {
				return err
			}
			c.From, c.Said = g.name(one.Difficulty.At), answer
		} else if !one.Silent.IsZero() {
			c.Due = clock.DateOf(one.Silent, g.Zone).AddDays(-1)
		}
		may := slices.DeleteFunc(slices.Clone(ways), func(w Choice) bool {
			return w == HandUp && len(difficulty.Above(g.leader.Tree, one.Difficulty.At)) == 0
		})
		g.add(Item{Kind: kind, ID: one.Difficulty.ID, Subject: difficulty.Subject(one.Difficulty.ID), Content: c}, may...)
	}
	return nil
}

// answered is what the office said last about a difficulty.
func (g *gatherer) answered(id int64) (said string, err error) {
	steps, err := difficulty.Steps(g.ctx, g.q, id)
	for _, step := range steps {
		if step.Kind == difficulty.WasAnswered {
			said = step.Text
		}
	}
	return said, err
}

// tasks are the shares that the unit has to verify, and the later days that are asked
// for.
func (g *gatherer) tasks() error {
	if g.leader.May(access.TaskVerify, g.unit) != nil {
		return nil
	}
	list, err := task.ToDecide(g.ctx, g.q, g.unit, 2*MostSlips)
	for _, one := range list {
		g.share(one.Task, one.Share)
	}
	return err
}

func (g *gatherer) share(t task.Task, s task.Share) {
	item := Item{ID: t.ID, Part: s.Unit, Subject: task.ShareSubject(t.ID, s.Unit)}
	c := Content{From: g.name(s.Unit), Title: t.Title, Marks: t.Marks, Since: t.GivenAt}
	c.Facts = append(c.Facts, Fact{g.say("folder.fact.deadline"), text.Date(g.Lang, s.Deadline)})
	if s.Asked != "" {
		extension := item
		extension.Kind, extension.Content = OfExtension, c
		extension.Content.Due = s.Deadline
		extension.Content.Proposal = g.say("folder.proposal.extension", "day", text.Date(g.Lang, s.Asked))
		extension.Content.Said = s.AskedWhy
		g.add(extension, Grant, Refuse)
		return
	}
	item.Kind, item.Content = OfTask, c
	item.Content.Since, item.Content.Said = s.DoneAt, s.Evidence
	item.Content.Proposal = g.say("folder.proposal.task", "day", text.Date(g.Lang, clock.DateOf(s.DoneAt, g.Zone)))
	if len(s.Files) > 0 {
		item.Content.Facts = append(item.Content.Facts, Fact{g.say("folder.fact.files"), text.Number(g.Lang, int64(len(s.Files)))})
	}
	g.add(item, Verify, Return)
}
