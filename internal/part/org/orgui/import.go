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
	content []byte
	list    org.List
	plan    org.Plan
	profile *profile.Profile
	today   clock.Date
	accept  *org.Acceptance
}

// planned reads a waiting list and works out what it would change now, with the
// mergers that were accepted; nil for none.
func (s *screens) planned(r *web.Request, token string, accept *org.Acceptance) (planned, error) {
	waiting, content, err := s.waiting.get(token, r.Actor.Person)
	if err != nil {
		return planned{}, err
	}
	if err := r.Actor.May(access.UnitChange, waiting.Under); err != nil {
		return planned{}, err
	}
	made := planned{waitingList: waiting, content: content}
	if made.list, err = org.ReadList(waiting.Name, content); err != nil {
		return planned{}, err
	}
	err = r.View(func(q store.Querier) (err error) {
		made.profile, err = org.Profile(r.Context(), q)
		return err
	})
	if err != nil {
		return planned{}, err
	}
	made.today = clock.DateOf(r.Now(), made.profile.Location())
	return made, made.make(r, accept)
}

// make works out what the list would change: one that is dated ahead as on its
// day, after what is planned before it.
func (p *planned) make(r *web.Request, accept *org.Acceptance) error {
	p.accept = accept
	if p.ahead() {
		return r.Update(func(tx *ledger.Tx) (err error) {
			p.plan, err = org.PlanAhead(r.Context(), tx, r.Actor, p.command())
			return err
		})
	}
	return r.View(func(q store.Querier) (err error) {
		p.plan, err = org.MakePlan(r.Context(), q, p.profile, p.list, org.PlanOptions{
			Under: p.Under, AsOf: p.AsOf, Today: p.today, Mapping: p.Mapping, Accept: accept,
		})
		return err
	})
}

// ahead says that the list is of a day after today.
func (p *planned) ahead() bool { return p.AsOf > p.today }

// command is the list as it is planned for its day.
func (p *planned) command() org.ListCommand {
	return org.ListCommand{Name: p.Name, Content: p.content, Under: p.Under, AsOf: p.AsOf, Mapping: p.Mapping, Accept: p.accept}
}

// carryOut applies the list, or plans it when its day is ahead.
func (p *planned) carryOut(r *web.Request, tx *ledger.Tx, progress org.Progress) error {
	if !p.ahead() {
		return org.Apply(r.Context(), tx, r.Actor, p.plan, progress)
	}
	cmd := p.command()
	_, err := org.Do(r.Context(), tx, r.Actor, org.Change{List: &cmd})
	return err
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
	made, err := s.planned(r, token, accepted(form))
	if err != nil {
		return err
	}
	if !form.OK() {
		return s.renderCheck(r, made, nil, form)
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
		return made.carryOut(r, tx, func(done, total int) { s.progress.set(token, done, total) })
	})
	if fault.Is(err, fault.Conflict) {
		return r.See(back + "&stale=yes")
	}
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderCheck(r, made, nil, form)
	}
	s.waiting.drop(token)
	if made.ahead() {
		r.Notice("orgui.plan.made", "day", made.AsOf)
		return r.See(fmt.Sprintf("/org/%d", made.plan.Under.ID))
	}
	r.Notice("orgui.import.done", "unit", made.plan.Under.Name, "added", len(made.plan.Added), "renamed", len(made.plan.Renamed),
		"moved", len(made.plan.Moved), "changed", len(made.plan.Changed), "dissolved", len(made.plan.Dissolved))
	return r.See(fmt.Sprintf("/org/%d", made.plan.Under.ID))
}

// accepted reads which likely mergers somebody ticked, and the heir of each; nil
// for none.
func accepted(form *web.Form) *org.Acceptance {
	heirs := map[string]string{}
	for _, code := range form.All("merged") {
		heirs[code] = form.Text("heir." + code)
	}
	if len(heirs) == 0 {
		return nil
	}
	return &org.Acceptance{Decision: form.Raw("decision"), Decided: form.Date("decided"), Heirs: heirs}
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
