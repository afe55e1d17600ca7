package briefingui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
)

// callPage is the form that calls a briefing, or changes how it was called.
type callPage struct {
	Form       *web.Form
	Path, Back string
	Changing   bool
	Revision   int64
	Units      []web.Option // that may call; one is not asked for
	Directives []web.Option
	Repeats    []web.Option
	People     []web.Option // of the host's office
	Groups     []web.Option // all units of a level, or chosen ones
	Below      []web.Option // units directly below the host
	Media      bool         // picture and sound can be had
}

// chosen is the choice of single units instead of a level.
const chosen = "chosen"

func (s *Screens) showNew(r *web.Request) error {
	units := mayCall(r)
	if len(units) == 0 {
		return fault.New(fault.Forbidden, "access.refused")
	}
	form := r.NewForm("call")
	host := units[0]
	if asked, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil && slices.Contains(units, tree.UnitID(asked)) {
		host = tree.UnitID(asked)
	}
	now := r.Now().In(r.Zone())
	begins := time.Date(now.Year(), now.Month(), now.Day()+7, 8, 30, 0, 0, r.Zone())
	form.Set("unit", int64(host)).Set("minutes", 120).Set("repeats", "").Set("chair", r.Actor.Person)
	form.Set("begins", text.TypedMoment(r.Lang, begins, r.Zone())).Set("cutoff", text.TypedMoment(r.Lang, begins.Add(-15*time.Hour-30*time.Minute), r.Zone()))
	if list := s.Boards.Directives(host); len(list) > 0 {
		form.Set("directive", list[0])
	}
	if s.Media != nil {
		form.Set("media", "yes")
	}
	return s.renderCall(r, form, host, nil)
}

func (s *Screens) callNew(r *web.Request) error {
	form, err := r.Posted("call")
	if err != nil {
		return err
	}
	unit, err := strconv.ParseInt(form.Text("unit"), 10, 64)
	if units := mayCall(r); err != nil && len(units) > 0 {
		unit = int64(units[0])
	}
	host := tree.UnitID(unit)
	if err := r.Actor.May(access.BriefingCall, host); err != nil {
		return err
	}
	cmd, err := s.read(r, form, host)
	if err != nil {
		return err
	}
	var b briefing.Briefing
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) (err error) {
			b, err = briefing.Call(r.Context(), tx, r.Actor, cmd)
			return err
		})
		if err == nil {
			r.Notice("briefings.called", "title", b.Title)
			return r.See(path(b.ID, ""))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderCall(r, form, host, nil)
}

// read reads the form into a command; what cannot be read stands in the form.
func (s *Screens) read(r *web.Request, form *web.Form, host tree.UnitID) (briefing.CallCommand, error) {
	cmd := briefing.CallCommand{Unit: host, Key: form.Key, Title: form.Text("title"), Asked: form.Lines("asked"), Devices: form.Checked("devices"), Repeats: briefing.Repeat(form.Text("repeats"))}
	if !slices.Contains([]briefing.Repeat{briefing.Once, briefing.Weekly, briefing.Monthly}, cmd.Repeats) {
		cmd.Repeats = briefing.Once
	}
	cmd.Media = s.Media != nil && form.Raw("media") != ""
	cmd.Begins, _ = form.Moment("begins")
	cmd.Cutoff, _ = form.Moment("cutoff")
	if n, ok := form.Whole("minutes"); ok {
		cmd.Minutes = int(min(max(n, 0), briefing.MostMinutes+1))
	}
	cmd.Directive, _ = strconv.ParseInt(form.Text("directive"), 10, 64) // none is none
	if cmd.Directive != 0 && !slices.Contains(s.Boards.Directives(host), cmd.Directive) {
		cmd.Directive = 0
	}
	people, err := s.people(r, host)
	if err != nil {
		return cmd, err
	}
	for _, p := range people {
		id := strconv.FormatInt(p.ID, 10)
		if form.Text("chair") == id {
			cmd.Chair = p
		}
		if slices.Contains(form.All("secretary"), id) {
			cmd.Secretaries = append(cmd.Secretaries, p)
		}
	}
	cmd.Sites = sitesOf(r.Actor.Tree, form, host)
	return cmd, nil
}

// sitesOf are the units that the form calls.
func sitesOf(t *tree.Tree, form *web.Form, host tree.UnitID) (units []tree.UnitID) {
	level, all := strings.CutPrefix(form.Text("sites"), "level:")
	for _, u := range t.Subtree(host) {
		if u.ID == host {
			continue
		}
		if all && u.Level == level || !all && slices.Contains(form.All("site"), strconv.FormatInt(int64(u.ID), 10)) {
			units = append(units, u.ID)
		}
	}
	slices.SortStableFunc(units, func(a, b tree.UnitID) int {
		x, _ := t.Unit(a)
		y, _ := t.Unit(b)
		return fold.Compare(x.Name, y.Name)
	})
	return units
}

// people are those who hold a post in the host's unit and have an account.
func (s *Screens) people(r *web.Request, host tree.UnitID) (list []briefing.Person, err error) {
	return list, r.View(func(q store.Querier) error {
		posts, err := org.Posts(r.Context(), q, host)
		if err != nil {
			return err
		}
		for _, p := range posts {
			known := slices.ContainsFunc(list, func(one briefing.Person) bool { return one.ID == p.Person })
			if p.Person == 0 || p.To != "" || known {
				continue
			}
			title, err := org.PostTitle(r.Context(), q, p.Person, host)
			if err != nil {
				return err
			}
			list = append(list, briefing.Person{ID: p.Person, Name: p.Name + ", " + title})
		}
		return nil
	})
}

// renderCall shows the form; b is the briefing that is changed, nil for a new one.
func (s *Screens) renderCall(r *web.Request, form *web.Form, host tree.UnitID, b *seated) error {
	data := callPage{Form: form, Path: "/briefings/new", Back: "/briefings", Media: s.Media != nil}
	if b != nil {
		data.Path, data.Back, data.Changing, data.Revision = path(b.ID, "/change"), path(b.ID, ""), true, b.Revision
	}
	for _, id := range mayCall(r) {
		u, _ := r.Actor.Tree.Unit(id)
		data.Units = append(data.Units, web.Option{Value: strconv.FormatInt(int64(id), 10), Label: u.Name, Chosen: id == host})
	}
	data.Directives = append(data.Directives, web.Option{Value: "0", Label: r.T("briefings.directive.none")})
	for _, id := range s.Boards.Directives(host) {
		if d, err := s.Boards.Directive(id); err == nil {
			data.Directives = append(data.Directives, web.Option{Value: strconv.FormatInt(id, 10), Label: d.Document.Number + " · " + d.Document.Title})
		}
	}
	data.Repeats = []web.Option{
		{Value: string(briefing.Once), Label: r.T("briefings.repeat.once")},
		{Value: string(briefing.Weekly), Label: r.T("briefings.repeat.weekly")},
		{Value: string(briefing.Monthly), Label: r.T("briefings.repeat.monthly")},
	}
	people, err := s.people(r, host)
	if err != nil {
		return err
	}
	for _, p := range people {
		data.People = append(data.People, web.Option{Value: strconv.FormatInt(p.ID, 10), Label: p.Name})
	}
	if err := data.units(r, host); err != nil {
		return err
	}
	title := r.T("briefings.new")
	if b != nil {
		b.frame(r, r.T("briefings.change"))
	} else {
		r.Layout().Crumb(r.T("briefings.title"), "/briefings").Crumb(title, "").Title = title
		r.Layout().Rail = "/briefings"
	}
	r.Layout().Script("briefing/briefing.ts")
	return r.RenderStatus(form.Status(), s.call, data)
}

// units offers all units of a level, and each that stands directly below the host.
func (p *callPage) units(r *web.Request, host tree.UnitID) error {
	var profiled *profile.Profile
	err := r.View(func(q store.Querier) (err error) {
		profiled, err = org.Profile(r.Context(), q)
		return err
	})
	if err != nil {
		return err
	}
	counts := map[string]int{}
	for _, u := range r.Actor.Tree.Subtree(host) {
		if u.ID != host {
			counts[u.Level]++
		}
	}
	for _, level := range profiled.Levels {
		if n := counts[level.Key]; n > 0 && n < briefing.MostSites {
			p.Groups = append(p.Groups, web.Option{
				Value: "level:" + level.Key, Label: r.T("briefings.sites.level", "n", n, "level", level.Name.In(r.Lang)), Chosen: len(p.Groups) == 0,
			})
		}
	}
	p.Groups = append(p.Groups, web.Option{Value: chosen, Label: r.T("briefings.sites.chosen"), Chosen: len(p.Groups) == 0})
	for _, u := range r.Actor.Tree.Children(host) {
		p.Below = append(p.Below, web.Option{Value: strconv.FormatInt(int64(u.ID), 10), Label: u.Name})
	}
	return nil
}
