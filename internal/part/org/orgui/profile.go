package orgui

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"giaoban/internal/base/text"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// largestProfile is how many bytes a document may have: far above any.
const largestProfile = 512 << 10

// profilePage is the profile in force, its versions and what the next changes.
type profilePage struct {
	Now      org.Version
	Levels   []profileLevel
	Versions []org.Version // the newest first
	Plans    []planLine
	Form     *web.Form // which version to look at
	Offered  []web.Option

	Next        *profile.Profile // that somebody looks at
	Differences []differing
	Adopt       *web.Form
}

// profileLevel is a level of the profile in force.
type profileLevel struct {
	profile.Level
	Called string
	Within string // what the level is called that it belongs to
	Units  int
	Ended  bool // no unit may get it any more
}

// differing are those of one sort.
type differing struct {
	Sort profile.Sort
	List []differenceLine
}

// differenceLine is one in words.
type differenceLine struct {
	Name string
	How  profile.How
}

// asRunner opens a view for whoever runs the system.
func asRunner(r *web.Request, do func(*view) error) error {
	root, ok := r.Actor.Tree.Root()
	if !ok {
		return fault.New(fault.NotFound, "web.not-found")
	}
	if err := r.Actor.May(access.SystemRun, root.ID); err != nil {
		return err
	}
	return r.View(func(q store.Querier) error {
		v, err := look(r, q)
		if err != nil {
			return err
		}
		return do(v)
	})
}

func (s *screens) showProfile(r *web.Request) error {
	return asRunner(r, func(v *view) error { return s.renderProfile(v, profilePage{}) })
}

// checkProfile shows what another version changes, before it is adopted.
func (s *screens) checkProfile(r *web.Request) error {
	form, err := r.Posted("profile")
	if err != nil {
		return err
	}
	document, err := profileSent(form)
	if err != nil {
		return err
	}
	return asRunner(r, func(v *view) error {
		page := profilePage{Form: form}
		if form.OK() {
			adopt := r.NewForm("adopt").Set("document", document).Set("from", v.Today)
			err = page.compare(v, adopt)
			if refused := form.Refused(err); refused != nil {
				return refused
			}
		}
		return s.renderProfile(v, page)
	})
}

// adoptProfile adopts the version that was looked at, or plans it.
func (s *screens) adoptProfile(r *web.Request) error {
	form, err := r.Posted("adopt")
	if err != nil {
		return err
	}
	day, document := form.Date("from"), strings.ReplaceAll(form.Raw("document"), "\r\n", "\n") // a browser ends lines its own way
	var outcome org.Outcome
	if form.OK() {
		refused := r.Update(func(tx *ledger.Tx) (err error) {
			outcome, err = org.Do(r.Context(), tx, r.Actor, org.Change{Adopt: &org.AdoptCommand{Document: document, From: day}})
			return err
		})
		if err := form.Refused(refused); err != nil {
			return err
		}
	}
	if !form.OK() {
		return asRunner(r, func(v *view) error {
			page := profilePage{}
			if err := page.compare(v, form); err != nil {
				return err
			}
			return s.renderProfile(v, page)
		})
	}
	title := outcome.Version.Profile.Title.In(r.Lang)
	if outcome.Planned != nil {
		r.Notice("orgui.profile.planned", "profile", title, "day", outcome.Planned.From)
	} else {
		r.Notice("orgui.profile.adopted", "profile", title, "day", outcome.Version.From)
	}
	return r.See("/profile")
}

// profileSent is the document that was chosen: a file, or one that comes with
// the program. What is wrong with it stands in the form.
func profileSent(form *web.Form) (string, error) {
	header, err := form.File("file")
	if err == nil {
		file, err := header.Open()
		if err != nil {
			return "", fmt.Errorf("opening a profile: %w", err)
		}
		defer file.Close()
		content, err := io.ReadAll(io.LimitReader(file, largestProfile))
		return string(content), err
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	chosen := form.Text("shipped")
	if !slices.Contains(profile.Shipped(), chosen) {
		form.Wrong(fault.New(fault.Invalid, "orgui.profile.none").At("shipped"))
		return "", nil
	}
	p, err := profile.Get(chosen)
	if err != nil {
		return "", err
	}
	return string(p.Bytes()), nil
}

// compare fills what the version in a form changes. One that cannot be read is
// refused at the file that it came in.
func (p *profilePage) compare(v *view, adopt *web.Form) error {
	next, err := profile.Parse([]byte(adopt.Raw("document")))
	if err != nil {
		return err
	}
	p.Next, p.Adopt = next, adopt
	for _, one := range profile.Compare(v.profile, next) {
		if n := len(p.Differences); n == 0 || p.Differences[n-1].Sort != one.Sort {
			p.Differences = append(p.Differences, differing{Sort: one.Sort})
		}
		last := &p.Differences[len(p.Differences)-1]
		name := text.Capital(one.Name.In(v.r.Lang))
		if one.Sort == profile.OfSetting {
			name = v.r.T("orgui.profile.setting." + one.Key)
		}
		last.List = append(last.List, differenceLine{name, one.How})
	}
	refused := org.Adoptable(v.r.Context(), v.q, next, adopt.Date("from"))
	if adopt.OK() { // told now, and once more if the day that is chosen brings others
		return adopt.Refused(refused)
	}
	return nil
}

func (s *screens) renderProfile(v *view, page profilePage) error {
	versions, err := org.Versions(v.r.Context(), v.q)
	if err != nil {
		return err
	}
	slices.Reverse(versions)
	page.Versions, page.Now = versions, versions[0]
	root, _ := v.r.Actor.Tree.Root()
	counts, err := v.count(root.ID)
	if err != nil {
		return err
	}
	counts[root.Level]++
	for _, level := range v.profile.Levels {
		line := profileLevel{Level: level, Called: v.LevelName(level.Key), Units: counts[level.Key], Ended: !level.On(v.Today) && level.From <= v.Today}
		if within, ok := v.profile.Level(level.Within); ok {
			line.Within = text.Capital(within.Name.In(v.r.Lang))
		}
		page.Levels = append(page.Levels, line)
	}
	plans, err := v.plansBelow()
	if err != nil {
		return err
	}
	page.Plans = slices.DeleteFunc(plans, func(p planLine) bool { return p.What != adopting })
	if page.Form == nil {
		page.Form = v.r.NewForm("profile")
	}
	page.Offered = offered(v)
	status := page.Form.Status()
	if page.Adopt != nil {
		status = max(status, page.Adopt.Status())
	}
	layout := v.r.Layout()
	layout.Title, layout.Rail = v.r.T("orgui.profile"), "/settings"
	layout.Crumb(v.r.T("orgui.profile"), "").Script("org/tree.ts") // with the style of plans
	return v.r.RenderStatus(status, s.profile, page)
}

// offered are the versions that come with the program and are not in force.
func offered(v *view) []web.Option {
	options := []web.Option{{Value: "", Label: v.r.T("orgui.profile.choose")}}
	for _, name := range profile.Shipped() {
		if p, err := profile.Get(name); err == nil && p.Pin() != v.profile.Pin() {
			options = append(options, web.Option{Value: name, Label: p.Title.In(v.r.Lang)})
		}
	}
	return options
}

// Forever is the day from which an installation's first version holds.
func (profilePage) Forever(day clock.Date) bool { return day == org.Beginning }
