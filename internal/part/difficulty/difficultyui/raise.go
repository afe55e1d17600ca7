package difficultyui

import (
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// raisePage is the form by which a difficulty is raised.
type raisePage struct {
	Unit                 tree.Unit
	Form                 *web.Form
	Sorts, Kinds, Above  []web.Option
	Steps                []web.Option // milestones that it may hold back; the first is none
	Secrecies, Urgencies []web.Option
	MostTitle, MostText  int
	MostFiles, MostSize  int // MostSize in MiB
}

func (s *screens) showRaise(r *web.Request) error {
	form := r.NewForm("raise").Set("sort", string(difficulty.Obstacle)).Set("step", r.Query("step"))
	return s.renderRaise(r, unitOf(r), form, http.StatusOK)
}

func (s *screens) renderRaise(r *web.Request, unit tree.UnitID, form *web.Form, status int) error {
	if err := r.Actor.May(access.DifficultyRaise, unit); err != nil {
		return err
	}
	page := raisePage{
		Form: form, Secrecies: r.Secrecies(), Urgencies: r.Urgencies(), MostTitle: difficulty.MostTitle, MostText: difficulty.MostText,
		MostFiles: difficulty.MostFiles, MostSize: file.Limit >> 20,
	}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	above := difficulty.Above(r.Actor.Tree, unit)
	if len(above) == 0 {
		return fault.New(fault.Conflict, "difficulty.nobody-above")
	}
	for _, one := range above {
		page.Above = append(page.Above, web.Option{Value: strconv.FormatInt(int64(one.ID), 10), Label: one.Name})
	}
	for _, sort := range difficulty.Sorts {
		page.Sorts = append(page.Sorts, web.Option{Value: string(sort), Label: r.T("difficulties.sort." + string(sort))})
	}
	err := r.View(func(q store.Querier) error { return page.read(r, q) })
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Narrow = r.T("difficulties.raise"), "/difficulties", true
	layout.Crumb(r.T("difficulties.title"), "/difficulties").Crumb(r.T("difficulties.raise"), "")
	return r.RenderStatus(status, s.raise, page)
}

func (p *raisePage) read(r *web.Request, q store.Querier) error {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	p.Kinds = []web.Option{{Label: r.T("difficulties.kind.none")}}
	for _, kind := range rules.Difficulties.Kinds {
		p.Kinds = append(p.Kinds, web.Option{Value: kind.Key, Label: text.Capital(kind.Name.In(r.Lang))})
	}
	p.Steps = []web.Option{{Label: r.T("difficulties.step.none")}}
	directives, err := directive.List(r.Context(), q, r.Actor, p.Unit.ID)
	if err != nil {
		return err
	}
	for _, d := range directives {
		if d.State != directive.InForce || d.Unit == p.Unit.ID {
			continue
		}
		for _, m := range d.Document.Milestones {
			p.Steps = append(p.Steps, web.Option{Value: stepKey(d.ID, m.Key), Label: d.Document.Number + " · " + m.Name.In(r.Lang)})
		}
	}
	return nil
}

// stepKey is a milestone of a directive in the form.
func stepKey(directive int64, milestone string) string {
	return strconv.FormatInt(directive, 10) + "/" + milestone
}

func stepOf(key string) (directive int64, milestone string) {
	id, milestone, _ := strings.Cut(key, "/")
	directive, _ = strconv.ParseInt(id, 10, 64) // none is no milestone
	return directive, milestone
}

func (s *screens) takeRaise(r *web.Request) error {
	unit := unitOf(r)
	form, err := r.Posted("raise")
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.DifficultyRaise, unit); err != nil {
		return err
	}
	uploads, err := s.receive(form)
	if err := form.Refused(err); err != nil {
		return err
	}
	wanted := form.Date("wanted")
	if !form.OK() {
		return s.renderRaise(r, unit, form, form.Status())
	}
	marks := marking.Marks{Secrecy: marking.Secrecy(form.Text("secrecy")), Urgency: marking.Urgency(form.Text("urgency"))}
	at, _ := strconv.ParseInt(form.Text("at"), 10, 64) // none is the one directly above
	of, milestone := stepOf(form.Text("step"))
	var d difficulty.Difficulty
	err = r.Update(func(tx *ledger.Tx) error {
		var files []string
		for _, upload := range uploads {
			saved, err := file.Save(r.Context(), tx, upload, marks, int64(unit), r.Actor.Person)
			if err != nil {
				return err
			}
			files = append(files, saved.ID)
		}
		d, err = difficulty.Raise(r.Context(), tx, r.Actor, difficulty.RaiseCommand{
			Unit: unit, At: tree.UnitID(at), Key: form.Key, Directive: of, Milestone: milestone, Sort: difficulty.Sort(form.Text("sort")),
			Kind: form.Text("kind"), Marks: marks, Title: form.Text("title"), Obstacle: form.Lines("obstacle"), Needs: form.Lines("needs"),
			Wanted: wanted, Files: files,
		})
		return err
	})
	if err != nil {
		if err := form.Refused(atForm(err)); err != nil {
			return err
		}
		return s.renderRaise(r, unit, form, form.Status())
	}
	office, _ := r.Actor.Tree.Unit(d.At)
	r.Notice("difficulties.raised", "unit", office.Name)
	return r.See(path(d.ID))
}

// atForm moves errors to the fields of the form.
func atForm(err error) error {
	list := fault.All(err)
	if len(list) == 0 || !fault.Is(err, fault.Invalid) {
		return err
	}
	moved := make(fault.List, len(list))
	for i, f := range list {
		moved[i] = f
		switch f.Field {
		case "milestone":
			moved[i] = f.At("step")
		case "files":
			moved[i] = f.At("file")
		}
	}
	return moved
}

// receive takes the files of the form.
func (s *screens) receive(form *web.Form) (list []file.Upload, err error) {
	sent := form.Files("file")
	if len(sent) > difficulty.MostFiles {
		return nil, fault.New(fault.Invalid, "difficulty.files-many", "most", difficulty.MostFiles).At("file")
	}
	for _, header := range sent {
		upload, err := s.take(header)
		if err != nil {
			return nil, err
		}
		list = append(list, upload)
	}
	return list, nil
}

func (s *screens) take(header *multipart.FileHeader) (file.Upload, error) {
	content, err := header.Open()
	if err != nil {
		return file.Upload{}, fmt.Errorf("opening an uploaded file: %w", err)
	}
	defer content.Close()
	return s.folder.Take(header.Filename, content)
}
