package orgui

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strconv"
	"sync"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// sendPage is the form by which a list is sent.
type sendPage struct {
	Form   *web.Form
	Unders []web.Option
	Under  string // the name of the only unit to choose
}

// showImport shows the form, or the list that waits.
func (s *screens) showImport(r *web.Request) error {
	if r.Query("list") != "" {
		return s.showCheck(r)
	}
	form := r.NewForm("list").Set("as-of", r.Layout().Today())
	form.Values.Set("under", r.Query("under"))
	return s.renderSend(r, form)
}

func (s *screens) renderSend(r *web.Request, form *web.Form) error {
	page := sendPage{Form: form, Unders: unders(r, form.Text("under"))}
	if len(page.Unders) == 0 {
		return fault.New(fault.Forbidden, "access.refused")
	}
	if len(page.Unders) == 1 {
		page.Under = page.Unders[0].Label
	}
	crumbsOfImport(r)
	r.Layout().Narrow = true
	return r.RenderStatus(form.Status(), s.send, page)
}

func crumbsOfImport(r *web.Request) {
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("orgui.import"), "/org"
	layout.Crumb(r.T("orgui.title"), "/org").Crumb(layout.Title, "")
}

// unders are the units for which the person may send a list: those of the
// roles, and the one that was asked for.
func unders(r *web.Request, asked string) []web.Option {
	var options []web.Option
	units := r.Actor.Units(access.UnitChange)
	if id, err := strconv.ParseInt(asked, 10, 64); err == nil {
		units = append([]tree.UnitID{tree.UnitID(id)}, units...)
	}
	seen := map[tree.UnitID]bool{}
	for _, id := range units {
		unit, exists := r.Actor.Tree.Unit(id)
		if !exists || seen[id] || r.Actor.May(access.UnitChange, id) != nil {
			continue
		}
		seen[id] = true
		options = append(options, web.Option{Value: strconv.FormatInt(int64(id), 10), Label: unit.Name})
	}
	return options
}

// takeList keeps a list that was sent, when it can be read at all.
func (s *screens) takeList(r *web.Request) error {
	form, err := r.Posted("list")
	if err != nil {
		return err
	}
	options := unders(r, form.Text("under"))
	if len(options) == 0 {
		return fault.New(fault.Forbidden, "access.refused")
	}
	if !form.Has("under") {
		form.Values.Set("under", options[0].Value)
	}
	under, err := strconv.ParseInt(form.Text("under"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "org.no-unit")
	}
	if err := r.Actor.May(access.UnitChange, tree.UnitID(under)); err != nil {
		return err
	}
	list := waitingList{Person: r.Actor.Person, Under: tree.UnitID(under), AsOf: form.Date("as-of")}
	if today := r.Layout().Today(); list.AsOf > today {
		form.Wrong(fault.New(fault.Invalid, "org.future", "today", today).At("as-of"))
	}
	content, err := readFile(form, &list)
	if err != nil {
		return err
	}
	if form.OK() {
		if _, err := org.ReadList(list.Name, content); err != nil {
			if err := form.Refused(atField(err, "file")); err != nil {
				return err
			}
		}
	}
	if !form.OK() {
		return s.renderSend(r, form)
	}
	token, err := s.waiting.put(list, content)
	if err != nil {
		return err
	}
	return r.See("/org/import?" + url.Values{"list": {token}}.Encode())
}

// atField puts what is wrong with a file to the form's field.
func atField(err error, field string) error {
	var list fault.List
	for _, one := range fault.All(err) {
		list = append(list, one.At(field))
	}
	if len(list) == 0 {
		return err
	}
	return list
}

// readFile reads the file of the form. That there is none is told at its field.
func readFile(form *web.Form, list *waitingList) ([]byte, error) {
	header, err := form.File("file")
	if errors.Is(err, fs.ErrNotExist) {
		form.Wrong(fault.New(fault.Invalid, "orgui.import.no-file").At("file"))
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list.Name, list.Size = header.Filename, header.Size
	file, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("opening the list: %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, largestList+1))
	if err != nil {
		return nil, fmt.Errorf("reading the list: %w", err)
	}
	return content, nil
}

// planned is a waiting list and what it would change.
type planned struct {
	waitingList
	list    org.List
	plan    org.Plan
	profile *profile.Profile
}

// planned reads a waiting list and works out what it would change now.
func (s *screens) planned(r *web.Request, token string) (planned, error) {
	waiting, content, err := s.waiting.get(token, r.Actor.Person)
	if err != nil {
		return planned{}, err
	}
	if err := r.Actor.May(access.UnitChange, waiting.Under); err != nil {
		return planned{}, err
	}
	made := planned{waitingList: waiting}
	if made.list, err = org.ReadList(waiting.Name, content); err != nil {
		return planned{}, err
	}
	err = r.View(func(q store.Querier) (err error) {
		if made.profile, err = org.Profile(r.Context(), q); err != nil {
			return err
		}
		made.plan, err = org.MakePlan(r.Context(), q, made.profile, made.list, org.PlanOptions{
			Under: waiting.Under, AsOf: waiting.AsOf, Today: clock.DateOf(r.Now(), made.profile.Location()), Mapping: waiting.Mapping,
		})
		return err
	})
	return made, err
}

// applyList applies a list as it was shown. When the organisation was changed
// meanwhile, the list is shown again instead.
func (s *screens) applyList(r *web.Request) error {
	form, err := r.Posted("apply")
	if err != nil {
		return err
	}
	token := form.Text("list")
	back := "/org/import?" + url.Values{"list": {token}}.Encode()
	made, err := s.planned(r, token)
	if err != nil {
		return err
	}
	if strconv.FormatInt(made.plan.Changes(), 10) != form.Text("changes") {
		return r.See(back + "&stale=yes")
	}
	if made.plan.Conflicts() {
		return r.See(back)
	}
	s.progress.begin(token)
	defer s.progress.end(token)
	err = r.Update(func(tx *ledger.Tx) error {
		return org.Apply(r.Context(), tx, r.Actor, made.plan, func(done, total int) { s.progress.set(token, done, total) })
	})
	if fault.Is(err, fault.Conflict) {
		return r.See(back + "&stale=yes")
	}
	if err != nil {
		return err
	}
	s.waiting.drop(token)
	r.Notice("orgui.import.done", "unit", made.plan.Under.Name, "added", len(made.plan.Added), "renamed", len(made.plan.Renamed),
		"moved", len(made.plan.Moved), "changed", len(made.plan.Changed), "dissolved", len(made.plan.Dissolved))
	return r.See(fmt.Sprintf("/org/%d", made.plan.Under.ID))
}

// discardList forgets a list that somebody does not want to apply.
func (s *screens) discardList(r *web.Request) error {
	form, err := r.Posted("discard")
	if err != nil {
		return err
	}
	list, _, err := s.waiting.get(form.Text("list"), r.Actor.Person)
	if err != nil {
		return err
	}
	s.waiting.drop(list.Token)
	r.Notice("orgui.import.discarded")
	return r.See("/org/import")
}

// progressBoard says how far the lists are that are being applied now.
type progressBoard struct {
	mu    sync.Mutex
	lists map[string]progress
}

type progress struct {
	Done  int `json:"done"`
	Total int `json:"total"` // 0 before the writing begins
}

func newProgressBoard() *progressBoard { return &progressBoard{lists: map[string]progress{}} }

func (b *progressBoard) begin(token string) { b.set(token, 0, 0) }

func (b *progressBoard) set(token string, done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lists[token] = progress{done, total}
}

func (b *progressBoard) end(token string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.lists, token)
}

func (b *progressBoard) of(token string) progress {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lists[token]
}

// showProgress answers the script of a page whose list is being applied. The
// token is known to the person alone who sent the list.
func (s *screens) showProgress(r *web.Request) error { return r.JSON(s.progress.of(r.Query("list"))) }
