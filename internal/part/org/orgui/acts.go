package orgui

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/text"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

func nothing(*changing) error { return nil }

// do carries a change out, or plans it when its day is ahead.
func (c *changing) do(tx *ledger.Tx, change org.Change) (org.Unit, error) {
	outcome, err := org.Do(c.r.Context(), tx, c.r.Actor, change)
	c.planned = outcome.Planned
	return outcome.Unit, err
}

var create = act{
	name: "create", icon: "plus", may: at(access.UnitChange), prepare: nothing,
	inputs: func(c *changing) []input {
		return []input{
			{Kind: "text", Name: "code", Label: c.r.T("orgui.code"), Hint: c.r.T("orgui.code.hint"), Max: org.MaxCode, Focus: true},
			{Kind: "text", Name: "name", Label: c.r.T("orgui.name"), Max: org.MaxName},
			{Kind: "select", Name: "kind", Label: c.r.T("orgui.kind"), Options: c.kinds(), Optional: true},
			{Kind: "select", Name: "level", Label: c.r.T("orgui.level"), Hint: c.r.T("orgui.level.hint"), Options: c.levelsBelow(c.Unit.Level, true)},
			c.from(),
		}
	},
	do: func(c *changing, tx *ledger.Tx) error {
		made, err := c.do(tx, org.Change{Create: &org.CreateCommand{
			Parent: c.Unit.ID, Code: c.form.Raw("code"), Name: c.form.Raw("name"), Kind: c.form.Text("kind"),
			Level: c.form.Text("level"), From: c.form.Date("from"),
		}})
		if err == nil && made.ID != 0 {
			c.Unit, c.next = made, made.ID
		}
		return err
	},
}

var rename = act{
	name: "rename", icon: "pencil", may: above,
	prepare: func(c *changing) error {
		if _, sent := c.form.Values["name"]; !sent {
			c.form.Set("name", c.Unit.Name)
		}
		return nil
	},
	inputs: func(c *changing) []input {
		return []input{{Kind: "text", Name: "name", Label: c.r.T("orgui.name.new"), Max: org.MaxName, Focus: true}, c.from()}
	},
	do: func(c *changing, tx *ledger.Tx) error {
		_, err := c.do(tx, org.Change{Rename: &org.RenameCommand{
			Unit: c.Unit.ID, Name: c.form.Raw("name"), From: c.form.Date("from"),
		}})
		return err
	},
}

var level = act{
	name: "level", icon: "arrows-sort", may: above,
	prepare: func(c *changing) error {
		if _, sent := c.form.Values["level"]; !sent {
			c.form.Set("level", c.Unit.Level).Set("kind", c.Unit.Kind)
		}
		return nil
	},
	inputs: func(c *changing) []input {
		top := ""
		if len(c.path) > 1 {
			top = c.path[len(c.path)-2].Level
		}
		return []input{
			{Kind: "select", Name: "level", Label: c.r.T("orgui.level"), Options: c.levelsBelow(top, false)},
			{Kind: "select", Name: "kind", Label: c.r.T("orgui.kind"), Options: c.kinds(), Optional: true},
			c.from(),
		}
	},
	do: func(c *changing, tx *ledger.Tx) error {
		_, err := c.do(tx, org.Change{Level: &org.ChangeLevelCommand{
			Unit: c.Unit.ID, Level: c.form.Text("level"), Kind: c.form.Text("kind"), From: c.form.Date("from"),
		}})
		return err
	},
}

var dissolve = act{
	name: "dissolve", icon: "ban", danger: true, may: above, prepare: nothing,
	inputs: func(c *changing) []input {
		day := c.from()
		day.Label, day.Hint = c.r.T("orgui.dissolve.from"), c.r.T("orgui.dissolve.from.hint")
		return []input{day}
	},
	do: func(c *changing, tx *ledger.Tx) error {
		_, err := c.do(tx, org.Change{Dissolve: &org.DissolveCommand{Unit: c.Unit.ID, From: c.form.Date("from")}})
		if c.planned == nil {
			c.next = c.Unit.Parent
		}
		return err
	},
}

var move = act{
	name: "move", icon: "arrows-move", may: above, prepare: nothing,
	inputs: func(c *changing) []input {
		parent := input{Kind: "text", Name: "parent", Label: c.r.T("orgui.parent.new"), Hint: c.r.T("orgui.parent.hint"), Focus: true}
		if len(c.choices) > 0 {
			parent = input{Kind: "choice", Name: "parent", Label: c.r.T("orgui.parent.new"), Options: c.choices}
		}
		return []input{parent, c.from()}
	},
	do: func(c *changing, tx *ledger.Tx) error {
		day := c.form.Date("from")
		parent := c.meant("parent", c.r.T("orgui.parent.new"), c.mayCount)
		if parent == 0 {
			return nil // said in the form
		}
		_, err := c.do(tx, org.Change{Move: &org.MoveCommand{Unit: c.Unit.ID, Parent: parent, From: day}})
		return err
	},
}

// mostMeant is how many units somebody is asked to choose from.
const mostMeant = 12

// meant finds the unit whose code or name was typed among those where the person
// may create units. Several make a choice of the field; none is an error there.
func (c *changing) meant(field, label string, fits func(tree.Unit) bool) tree.UnitID {
	words := c.form.Need(field, label)
	if words == "" {
		return 0
	}
	now := c.r.Actor.Tree
	if unit, ok := now.ByCode(words); ok && c.r.Actor.May(access.UnitChange, unit.ID) == nil {
		return unit.ID
	}
	var found []tree.Unit
	for _, top := range c.r.Actor.Units(access.UnitChange) {
		for _, unit := range now.Find(top, words, mostMeant) {
			if !slices.Contains(found, unit) && fits(unit) {
				found = append(found, unit)
			}
		}
	}
	switch len(found) {
	case 0:
		c.form.Wrong(fault.New(fault.Invalid, "orgui.parent.none", "words", words).At(field))
		return 0
	case 1:
		return found[0].ID
	}
	for _, unit := range found {
		parent, _ := now.Unit(unit.Parent)
		c.choices = append(c.choices, web.Option{
			Value: unit.Code, Label: unit.Name, Hint: strings.Join(filled(unit.Code, c.LevelName(unit.Level), parent.Name), " · "),
		})
	}
	c.form.Wrong(fault.New(fault.Invalid, "orgui.parent.several", "words", words).At(field))
	return 0
}

// mayCount says whether the unit of the form could stand under another.
func (c *changing) mayCount(parent tree.Unit) bool {
	rank := func(level string) int {
		return slices.IndexFunc(c.profile.Levels, func(l profile.Level) bool { return l.Key == level })
	}
	return rank(parent.Level) < rank(c.Unit.Level) && !c.r.Actor.Tree.Within(parent.ID, c.Unit.ID)
}

func filled(words ...string) []string {
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

var appoint = act{
	name: "appoint", icon: "user-plus", may: at(access.PostChange),
	prepare: func(c *changing) error {
		// Whoever may not list the accounts enters the name alone.
		people, err := account.At(c.r.Context(), c.q, c.r.Actor, c.Unit.ID)
		if err != nil && !fault.Is(err, fault.Forbidden) {
			return err
		}
		c.accounts = []web.Option{{Value: "", Label: c.r.T("orgui.account.none")}}
		for _, one := range people {
			c.accounts = append(c.accounts, web.Option{Value: strconv.FormatInt(one.ID, 10), Label: one.Name})
		}
		return nil
	},
	inputs: func(c *changing) []input {
		list := []input{{Kind: "select", Name: "post", Label: c.r.T("orgui.post"), Options: c.postChoices(), Focus: true}}
		if len(c.accounts) > 1 {
			list = append(list, input{Kind: "select", Name: "account", Label: c.r.T("orgui.account"), Hint: c.r.T("orgui.account.hint"), Options: c.accounts})
		}
		name := input{Kind: "text", Name: "name", Label: c.r.T("orgui.person"), Max: org.MaxName}
		if len(c.accounts) > 1 {
			name.Hint = c.r.T("orgui.person.hint")
		}
		day := c.from()
		day.Hint = c.r.T("orgui.from.past")
		return append(list, name, day)
	},
	do: func(c *changing, tx *ledger.Tx) error {
		cmd := org.AppointCommand{Unit: c.Unit.ID, Name: c.form.Raw("name"), From: c.form.Date("from")}
		cmd.Body, cmd.Post, _ = strings.Cut(c.form.Text("post"), "/")
		for _, option := range c.accounts[1:] {
			if option.Value != c.form.Text("account") {
				continue
			}
			cmd.Person, _ = strconv.ParseInt(option.Value, 10, 64) // was written from a number
			if !c.form.Has("name") {
				cmd.Name = option.Label
			}
		}
		_, err := org.Appoint(c.r.Context(), tx, c.r.Actor, cmd)
		return err
	},
}

var endPost = act{
	name: "end-post", icon: "user-off", danger: true, may: at(access.PostChange),
	prepare: func(c *changing) error {
		if _, sent := c.form.Values["to"]; !sent {
			c.form.Set("to", c.Today)
		}
		return nil
	},
	inputs: func(c *changing) []input {
		return []input{{Kind: "date", Name: "to", Label: c.r.T("orgui.to"), Hint: c.r.T("orgui.to.hint"), Focus: true}}
	},
	do: func(c *changing, tx *ledger.Tx) error {
		_, err := org.EndPost(c.r.Context(), tx, c.r.Actor, org.EndPostCommand{Post: c.post.ID, To: c.form.Date("to")})
		return err
	},
}

// kinds are the kinds of the profile to choose from, and none.
func (c *changing) kinds() []web.Option {
	options := []web.Option{{Value: "", Label: c.r.T("orgui.kind.none")}}
	for _, kind := range c.profile.Kinds {
		options = append(options, web.Option{Value: kind.Key, Label: text.Capital(kind.Name.In(c.r.Lang))})
	}
	return options
}

// levelsBelow are the levels below one; with rule, first the one that the
// profile gives.
func (c *changing) levelsBelow(above string, rule bool) []web.Option {
	var options []web.Option
	if rule {
		options = append(options, web.Option{Value: "", Label: c.r.T("orgui.level.rule")})
	}
	below := above == ""
	for _, level := range c.profile.Levels {
		if below {
			options = append(options, web.Option{Value: level.Key, Label: text.Capital(level.Name.In(c.r.Lang))})
		}
		below = below || level.Key == above
	}
	return options
}

// postChoices are the posts that the unit has, with their bodies.
func (c *changing) postChoices() []web.Option {
	options := []web.Option{{Value: "", Label: c.r.T("orgui.post.choose")}}
	for _, body := range c.profile.BodiesOf(c.Unit.Level) {
		for _, post := range body.Posts {
			options = append(options, web.Option{
				Value: body.Key + "/" + post.Key, Label: text.Capital(post.Name.In(c.r.Lang)) + " · " + body.Name.In(c.r.Lang),
			})
		}
	}
	return options
}

// Holder is who holds the post that the form is about.
func (c *changing) Holder() string { return c.post.Name }

// PostTitle is the post that the form is about.
func (c *changing) PostTitle() string {
	kind, _ := c.profile.Post(c.post.Body, c.post.Kind)
	return kind.Name.In(c.r.Lang)
}
