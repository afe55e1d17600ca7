package remind

import (
	"context"

	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/task"
)

// Name is a reminder in words: the key of a text with what fills it.
type Name struct {
	Key   string
	Args  []any
	Unit  string // that is reminded
	About string // the directive's number; "" for none
}

// Names puts reminders into words; what they are about is read once each.
type Names struct {
	q          store.Querier
	tree       *tree.Tree
	directives map[int64]directive.Directive
}

// NewNames makes names in one transaction.
func NewNames(q store.Querier, t *tree.Tree) *Names {
	return &Names{q, t, map[int64]directive.Directive{}}
}

// Of names a reminder.
func (n *Names) Of(ctx context.Context, r Reminder, lang text.Lang) (Name, error) {
	unit, _ := n.tree.Unit(r.Unit)
	name := Name{Key: "remind.name." + string(r.What), Unit: unit.Name}
	if r.Stage == Urged {
		by, _ := n.tree.Unit(r.By)
		name.Key, name.Args = "remind.name.urged", []any{"by", by.Name}
	}
	switch r.What {
	case Difficulty:
		d, err := difficulty.Get(ctx, n.q, r.About)
		name.Args = append(name.Args, "title", d.Title)
		return name, err
	case Task:
		t, err := task.Get(ctx, n.q, r.About)
		if r.Stage == Above {
			name.Key = "remind.name.late"
		}
		name.Args = append(name.Args, "title", t.Title, "n", r.Late)
		return name, err
	case Invitation:
		b, err := briefing.Get(ctx, n.q, r.About)
		name.Args = append(name.Args, "title", b.Title)
		return name, err
	}
	d, err := n.directive(ctx, r.Directive)
	if err != nil {
		return name, err
	}
	if r.What == Acknowledge || r.What == Receipts {
		name.Args = append(name.Args, "number", d.Document.Number, "n", r.Late)
		return name, nil
	}
	name.About = d.Document.Number
	milestone := r.Milestone
	for _, m := range d.Document.Milestones {
		if m.Key == r.Milestone {
			milestone = m.Name.In(lang)
		}
	}
	name.Args = append(name.Args, "title", milestone, "n", r.Late)
	return name, nil
}

func (n *Names) directive(ctx context.Context, id int64) (directive.Directive, error) {
	if d, known := n.directives[id]; known {
		return d, nil
	}
	d, err := directive.Get(ctx, n.q, id)
	if err == nil {
		n.directives[id] = d
	}
	return d, err
}
