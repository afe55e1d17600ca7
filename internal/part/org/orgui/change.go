package orgui

import (
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// act is one way to change a unit, and the form for it.
type act struct {
	name   string // of its texts
	icon   string // of its button
	danger bool
	// may decides whether the person gets to see the form.
	may func(c *changing) error
	// prepare fills what stands in an empty form and what can be chosen.
	prepare func(c *changing) error
	inputs  func(c *changing) []input
	// do runs the use case with what was entered. What is wrong with the entries
	// themselves stands in the form already.
	do func(c *changing, tx *ledger.Tx) error
}

// input is a field of such a form.
type input struct {
	Kind, Name, Label, Hint string
	Options                 []web.Option
	Max                     int
	Optional, Focus         bool
}

// changing is a unit, as it is today, while somebody fills a form about it.
type changing struct {
	*view
	Unit     org.Unit
	path     []org.Unit
	next     tree.UnitID // whose page is shown when it is done
	form     *web.Form
	post     org.Post     // the post in the address, if any
	choices  []web.Option // what the words that were typed may mean
	accounts []web.Option // of people at the unit
	planned  *org.Planned // the change, when its day is ahead
}

// changePage is a form as the template takes it.
type changePage struct {
	*changing
	Form   *web.Form
	Act    string
	Icon   string
	Danger bool
	Inputs []input
	Back   string
}

// bound is an act and the screens that show its form.
type bound struct {
	act
	*screens
}

func (s *screens) on(a act) bound { return bound{a, s} }

// show shows the form as it is filled at first.
func (b bound) show(r *web.Request) error {
	return r.View(func(q store.Querier) error {
		c, err := b.open(r, q)
		if err != nil {
			return err
		}
		c.form = r.NewForm(b.name)
		c.form.Set("from", c.Today)
		if err := b.prepare(c); err != nil {
			return err
		}
		return b.render(c)
	})
}

// send takes the form. What is refused comes back with all that was typed.
func (b bound) send(r *web.Request) error {
	form, err := r.Posted(b.name)
	if err != nil {
		return err
	}
	var c *changing
	err = r.View(func(q store.Querier) (err error) {
		if c, err = b.open(r, q); err == nil {
			c.form = form
			err = b.prepare(c)
		}
		return err
	})
	if err != nil {
		return err
	}
	var refused error
	err = r.Update(func(tx *ledger.Tx) error {
		if refused = b.do(c, tx); refused != nil {
			return refused
		}
		return form.Errors.Err() // entries that could not be read change nothing
	})
	switch {
	case refused != nil:
		err = form.Refused(refused)
	case !form.OK():
		err = nil
	}
	if err != nil {
		return err
	}
	if form.OK() {
		c.tell(b.name)
		return r.See(fmt.Sprintf("/org/%d", c.next))
	}
	return r.View(func(q store.Querier) error {
		c.q = q
		return b.render(c)
	})
}

// tell says on the next page what was done, or planned.
func (c *changing) tell(name string) {
	if c.planned != nil {
		c.r.Notice("orgui.plan.made", "day", c.planned.From)
		return
	}
	c.r.Notice("orgui."+name+".done", "unit", c.Unit.Name)
}

// open reads the unit that the form is about, when the person may change it.
func (b bound) open(r *web.Request, q store.Querier) (*changing, error) {
	id, err := r.ID("unit")
	if err != nil {
		return nil, err
	}
	v, err := look(r, q)
	if err != nil {
		return nil, err
	}
	c := &changing{view: v}
	if c.path, err = v.path(tree.UnitID(id)); err != nil {
		return nil, err
	}
	if len(c.path) == 0 {
		return nil, fault.New(fault.NotFound, "org.no-unit")
	}
	c.Unit = c.path[len(c.path)-1]
	c.next = c.Unit.ID
	if err := b.may(c); err != nil {
		return nil, err
	}
	if r.PathValue("post") == "" {
		return c, nil
	}
	post, err := r.ID("post")
	if err != nil {
		return nil, err
	}
	if c.post, err = org.PostOf(r.Context(), q, post); err != nil {
		return nil, err
	}
	if c.post.Unit != c.Unit.ID {
		return nil, fault.New(fault.NotFound, "org.no-post")
	}
	return c, nil
}

func (b bound) render(c *changing) error {
	title := c.r.T("orgui." + b.name)
	layout := c.r.Layout()
	layout.Title, layout.Rail, layout.Narrow = title, "/org", true
	layout.Crumbs = nil
	c.crumbs(c.path, title)
	return c.r.RenderStatus(c.form.Status(), b.change, changePage{
		changing: c, Form: c.form, Act: b.name, Icon: b.icon, Danger: b.danger, Inputs: b.inputs(c), Back: fmt.Sprintf("/org/%d", c.Unit.ID),
	})
}

// at asks whether the person may do something at the unit of the form.
func at(action access.Action) func(*changing) error {
	return func(c *changing) error { return c.r.Actor.May(action, c.Unit.ID) }
}

// above asks whether the person may change the unit: at the one that counts it,
// for the root at itself.
func above(c *changing) error {
	if c.Unit.Parent == 0 {
		return c.r.Actor.May(access.UnitChange, c.Unit.ID)
	}
	return c.r.Actor.May(access.UnitChange, c.Unit.Parent)
}

// from is the field of the day from which a change holds.
func (c *changing) from() input {
	return input{Kind: "date", Name: "from", Label: c.r.T("orgui.from"), Hint: c.r.T("orgui.from.hint")}
}
