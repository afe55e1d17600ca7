package orgui

import (
	"slices"

	"giaoban/internal/base/text"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// lineLine is a line in which a unit reports, or did.
type lineLine struct {
	Key        string
	Name, Head string
	From, Last clock.Date // Last is its last day; "" while it holds
}

// linesOf reads the lines of a unit.
func (v *view) linesOf(unit tree.UnitID) ([]lineLine, error) {
	list, err := org.Lines(v.r.Context(), v.q, unit)
	if err != nil {
		return nil, err
	}
	var shown []lineLine
	for _, l := range list {
		if l.To != "" && l.To <= l.From {
			continue // it never was
		}
		line := lineLine{Key: l.Line, Name: v.lineName(l.Line), Head: v.nameOf(l.Head), From: l.From}
		if l.To != "" {
			line.Last = l.To.AddDays(-1)
		}
		shown = append(shown, line)
	}
	slices.Reverse(shown)
	return shown, nil
}

func (v *view) lineName(key string) string {
	if line, ok := v.profile.LineOf(key); ok {
		return text.Capital(line.Name.In(v.r.Lang))
	}
	return key
}

// line puts a unit into a line of reporting.
var line = act{
	name: "line", icon: "versions", may: above, prepare: nothing,
	inputs: func(c *changing) []input {
		head := input{Kind: "text", Name: "head", Label: c.r.T("orgui.line.head"), Hint: c.r.T("orgui.line.head.hint")}
		if len(c.choices) > 0 {
			head = input{Kind: "choice", Name: "head", Label: head.Label, Options: c.choices}
		}
		var options []web.Option
		for _, l := range c.profile.Lines {
			options = append(options, web.Option{Value: l.Key, Label: c.lineName(l.Key)})
		}
		return []input{{Kind: "select", Name: "line", Label: c.r.T("orgui.line.which"), Options: options}, head, c.from()}
	},
	do: func(c *changing, tx *ledger.Tx) error {
		day := c.form.Date("from")
		head := c.meant("head", c.r.T("orgui.line.head"), func(u tree.Unit) bool { return u.ID != c.Unit.ID })
		if head == 0 {
			return nil // said in the form
		}
		_, err := c.do(tx, org.Change{SetLine: &org.SetLineCommand{Unit: c.Unit.ID, Line: c.form.Text("line"), Head: head, From: day}})
		return err
	},
}

// endLine takes a unit out of the line that the address names.
var endLine = act{
	name: "end-line", icon: "ban", danger: true, may: above, prepare: nothing,
	inputs: func(c *changing) []input { return []input{c.from()} },
	do: func(c *changing, tx *ledger.Tx) error {
		_, err := c.do(tx, org.Change{EndLine: &org.EndLineCommand{Unit: c.Unit.ID, Line: c.r.PathValue("line"), From: c.form.Date("from")}})
		return err
	},
}
