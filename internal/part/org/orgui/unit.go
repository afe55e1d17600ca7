package orgui

import (
	"slices"

	"giaoban/internal/base/text"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// unitPage is a unit as it was on a day.
type unitPage struct {
	*view
	Unit     org.Unit
	Absent   bool // the unit did not exist on that day; Unit is what it was last
	Below    bool // the person may see what is below it
	Parent   string
	Children []node
	Levels   []levelLine
	Posts    []postLine // that are held on that day
	Former   []postLine // that ended before
	History  []periodLine
	Plans    []planLine     // changes of the unit that are dated ahead
	Heirs    []org.Relative // that came after it
	Before   []org.Relative // that it came after
	Lines    []lineLine     // beside the tree, the newest first
	// Hindered is how many difficulties of the unit and below are not settled; 0 for who may
	// not read them, and on a past day.
	Hindered int
	// Owes is how many tasks the unit has to do; 0 for who may not read them.
	Owes int

	May struct{ Create, Change, Posts, Import bool }
}

// postLine is a post with its holder.
type postLine struct {
	org.Post
	Title, Body string
}

// periodLine is one of the unit's periods, and what changed with it.
type periodLine struct {
	org.Period
	Level, Kind, Parent string
	Last                clock.Date // its last day; "" while it lasts
	Changes             []string   // text keys
	Always              bool       // since before anybody can name a day
	Current             bool       // it holds on the day of the view
}

// showUnit shows a unit as it was on a day.
func (s *screens) showUnit(r *web.Request) error {
	id, err := r.ID("unit")
	if err != nil {
		return err
	}
	var page unitPage
	err = r.View(func(q store.Querier) (err error) {
		if page.view, err = look(r, q); err != nil {
			return err
		}
		if err := page.read(tree.UnitID(id)); err != nil {
			return err
		}
		if s.hindered == nil || page.Past() || page.Absent || r.Actor.May(access.DifficultyRead, page.Unit.ID) != nil {
			return nil
		}
		if s.owes != nil && r.Actor.May(access.TaskRead, page.Unit.ID) == nil {
			page.Owes = s.owes(page.Unit.ID)
		}
		page.Hindered, err = s.hindered(r.Context(), q, r.Actor.Tree, page.Unit.ID)
		return err
	})
	if err != nil {
		return err
	}
	r.Layout().Title = page.Unit.Name
	r.Layout().Rail = "/org"
	return r.RenderStatus(page.Form.Status(), s.unit, page)
}

func (p *unitPage) read(unit tree.UnitID) error {
	periods, err := org.History(p.r.Context(), p.q, unit)
	if fault.Is(err, fault.NotFound) {
		return p.r.Actor.May(access.UnitRead, unit) // refused like a unit that may not be seen
	}
	if err != nil {
		return err
	}
	path, err := p.wayTo(unit, periods)
	if err != nil {
		return err
	}
	p.Unit, p.Below = path[len(path)-1], p.below(path)
	if len(path) > 1 {
		p.Parent = path[len(path)-2].Name
	}
	p.crumbs(path, "")
	if err := p.readHistory(periods); err != nil {
		return err
	}
	if !p.Absent && p.Below {
		if p.Children, err = p.children(unit); err != nil {
			return err
		}
		if p.Levels, err = p.levels(unit); err != nil {
			return err
		}
	}
	p.mayDo()
	if err := p.readRelatives(); err != nil {
		return err
	}
	return p.readPosts()
}

// readRelatives reads what is planned of the unit, and who came before and after.
func (p *unitPage) readRelatives() (err error) {
	if !p.Past() {
		if p.Plans, err = p.plansAbout(p.Unit.ID); err != nil {
			return err
		}
	}
	if p.Lines, err = p.linesOf(p.Unit.ID); err != nil {
		return err
	}
	if p.Heirs, err = org.Heirs(p.r.Context(), p.q, p.Unit.ID); err != nil {
		return err
	}
	p.Before, err = org.Predecessors(p.r.Context(), p.q, p.Unit.ID)
	return err
}

// wayTo gives the way to the unit on the day of the view. When it did not exist
// then, it is the way to it on the last day before, or the first after.
func (p *unitPage) wayTo(unit tree.UnitID, periods []org.Unit) ([]org.Unit, error) {
	path, err := p.path(unit)
	if err != nil && len(path) > 0 {
		return nil, err
	}
	if len(path) > 0 {
		return path, nil
	}
	asked := p.Day
	defer func() { p.Day = asked }()
	p.Absent = true
	p.Day = periods[0].From
	for _, period := range periods {
		if period.To != "" && period.To <= asked {
			p.Day = period.To.AddDays(-1)
		}
	}
	path, err = p.path(unit)
	return path, err
}

// mayDo finds what the person may do with the unit as it is now.
func (p *unitPage) mayDo() {
	may := func(action access.Action, unit tree.UnitID) bool { return p.r.Actor.May(action, unit) == nil }
	now, exists := p.r.Actor.Tree.Unit(p.Unit.ID)
	if !exists || p.Past() {
		return
	}
	_, below := p.profile.LevelBelow(now.Level)
	p.May.Create = below && may(access.UnitChange, now.ID)
	p.May.Import = p.May.Create
	p.May.Change = may(access.UnitChange, now.ID) && now.Parent == 0 || now.Parent != 0 && may(access.UnitChange, now.Parent)
	p.May.Posts = may(access.PostChange, now.ID)
}

// readHistory writes the unit's periods, the newest first.
func (p *unitPage) readHistory(periods []org.Unit) error {
	names := map[tree.UnitID]string{0: ""}
	for i, unit := range periods {
		name, known := names[unit.Parent]
		if !known {
			parents, err := org.History(p.r.Context(), p.q, unit.Parent)
			if err != nil {
				return err
			}
			name = parents[len(parents)-1].Name
			for _, parent := range parents {
				if parent.From <= unit.From {
					name = parent.Name
				}
			}
		}
		line := periodLine{
			Period: unit.Period, Level: p.LevelName(unit.Level), Kind: p.KindName(unit.Kind), Parent: name,
			Always:  unit.From == org.Beginning,
			Current: unit.From <= p.Day && (unit.To == "" || p.Day < unit.To),
		}
		if unit.To != "" {
			line.Last = unit.To.AddDays(-1)
		}
		switch {
		case i == 0:
			line.Changes = []string{"orgui.period.created"}
		case periods[i-1].To != unit.From:
			line.Changes = []string{"orgui.period.again"}
		default:
			line.Changes = differences(periods[i-1], unit)
		}
		p.History = append(p.History, line)
	}
	slices.Reverse(p.History)
	return nil
}

// differences name what changed from one period to the next.
func differences(was, is org.Unit) []string {
	var keys []string
	if was.Name != is.Name {
		keys = append(keys, "orgui.period.renamed")
	}
	if was.Parent != is.Parent {
		keys = append(keys, "orgui.period.moved")
	}
	if was.Level != is.Level || was.Kind != is.Kind {
		keys = append(keys, "orgui.period.changed")
	}
	return keys
}

// Ended is the first day without the unit, when it does not exist now.
func (p unitPage) Ended() clock.Date {
	if len(p.History) == 0 {
		return ""
	}
	return p.History[0].To
}

// readPosts sorts the unit's posts by body, in the profile's order.
func (p *unitPage) readPosts() error {
	posts, err := org.Posts(p.r.Context(), p.q, p.Unit.ID)
	if err != nil {
		return err
	}
	for _, body := range p.profile.Bodies {
		for _, kind := range body.Posts {
			for _, post := range posts {
				if post.Body != body.Key || post.Kind != kind.Key || post.From > p.Day {
					continue
				}
				line := postLine{Post: post, Title: text.Capital(kind.Name.In(p.r.Lang)), Body: text.Capital(body.Name.In(p.r.Lang))}
				if post.To == "" || p.Day < post.To {
					p.Posts = append(p.Posts, line)
					continue
				}
				line.To = post.To.AddDays(-1)
				p.Former = append(p.Former, line)
			}
		}
	}
	return nil
}
