package difficultyui

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/task"
)

// showPage is one difficulty with everything that was said about it.
type showPage struct {
	view
	Files  []file.File
	Steps  []step
	Head   *view  // with which it is answered; nil for by itself
	With   []view // answered with it
	Alike  []view // that could be
	Form   *web.Form
	Ways   []web.Option // what the office can do with it
	To     []web.Option // to whom it can hand it over
	Answer bool         // the person may, for the office that has it
	Own    bool         // the person acts for the unit that raised it
	Tasks  []task.Task  // that were given because of it, and that the person may read
	Give   bool         // the person may give one, for the office that has it

	Comment *comment // of a reader, that it was made of; nil mostly
}

// step is one thing that was said or done about it.
type step struct {
	difficulty.Step
	Sign, Title string
	Penned      *web.Penned // by whom it was entered from paper; nil mostly
}

// The ways of the office that has it.
const (
	toSpeak  = "word"
	toAnswer = "answered"
	toUp     = "up"
	toOver   = "over"
)

func (s *screens) showOne(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	return s.renderOne(r, id, r.NewForm("answer").Set("way", toAnswer), http.StatusOK)
}

func (s *screens) renderOne(r *web.Request, id int64, form *web.Form, status int) error {
	page := showPage{Form: form}
	err := r.View(func(q store.Querier) error { return page.read(r, q, id) })
	if err != nil {
		return err
	}
	page.ways(r)
	layout := r.Layout()
	layout.Title, layout.Rail = page.Title, "/difficulties"
	layout.Crumb(r.T("difficulties.title"), "/difficulties").Crumb(page.Name, "")
	return r.RenderStatus(status, s.show, page)
}

func (p *showPage) read(r *web.Request, q store.Querier, id int64) error {
	d, err := difficulty.Get(r.Context(), q, id)
	if err != nil {
		return err
	}
	if err := d.May(r.Context(), q, r.Actor); err != nil {
		return err
	}
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	w := &words{r, q, rules, map[int64]directive.Directive{}}
	if p.view, err = w.view(d); err != nil {
		return err
	}
	p.Own = r.Actor.May(access.DifficultyRaise, d.Unit) == nil
	p.Answer = d.State == difficulty.Open && r.Actor.May(access.DifficultyAnswer, d.At) == nil
	for _, name := range d.Files {
		attached, err := file.Get(r.Context(), q, name)
		if err != nil {
			return err
		}
		p.Files = append(p.Files, attached)
	}
	if err := p.together(w, d); err != nil {
		return err
	}
	if err := p.tasks(r, q, d); err != nil {
		return err
	}
	if p.Comment, err = commentOf(r, q, d.ID); err != nil {
		return err
	}
	steps, err := difficulty.Steps(r.Context(), q, id)
	for _, one := range steps {
		p.Steps = append(p.Steps, stepOfLog(r, one))
	}
	return err
}

// tasks reads what was given to be done because of it.
func (p *showPage) tasks(r *web.Request, q store.Querier, d difficulty.Difficulty) error {
	p.Give = d.State.Live() && r.Actor.May(access.TaskGive, d.At) == nil && len(r.Actor.Tree.Children(d.At)) > 0
	list, err := task.BySource(r.Context(), q, task.FromDifficulty, d.ID)
	for _, t := range list {
		if t.May(r.Actor) == nil {
			p.Tasks = append(p.Tasks, t)
		}
	}
	return err
}

// together reads what it is, was or could be answered with; what others raised is
// shown to the office that has it alone.
func (p *showPage) together(w *words, d difficulty.Difficulty) error {
	if !p.Answer {
		return nil
	}
	if d.Head != 0 {
		head, err := difficulty.Get(w.r.Context(), w.q, d.Head)
		if err != nil {
			return err
		}
		shown, err := w.view(head)
		p.Head = &shown
		return err
	}
	with, err := difficulty.With(w.r.Context(), w.q, d.ID)
	if err != nil {
		return err
	}
	if p.With, err = w.views(with); err != nil {
		return err
	}
	alike, err := difficulty.AlikeTo(w.r.Context(), w.q, d)
	if err != nil {
		return err
	}
	for _, one := range alike {
		shown, err := w.view(one.Difficulty)
		if err != nil {
			return err
		}
		p.Alike = append(p.Alike, shown)
	}
	return nil
}

// ways are what the office can do with it, and to whom it can hand it over.
func (p *showPage) ways(r *web.Request) {
	if !p.Answer || p.Head != nil {
		return
	}
	ways := []string{toAnswer, toSpeak}
	if above := difficulty.Above(r.Actor.Tree, p.At); len(above) > 0 {
		ways = append(ways, toUp)
	}
	at, _ := r.Actor.Tree.Unit(p.At)
	for _, one := range append(r.Actor.Tree.Children(p.At), r.Actor.Tree.Children(at.Parent)...) {
		if one.ID != p.At && !r.Actor.Tree.Within(one.ID, p.Unit) {
			p.To = append(p.To, web.Option{Value: strconv.FormatInt(int64(one.ID), 10), Label: one.Name})
		}
	}
	if len(p.To) > 0 {
		ways = append(ways, toOver)
		p.To = append([]web.Option{{Label: r.T("difficulties.to.none")}}, p.To...)
	}
	for _, way := range ways {
		p.Ways = append(p.Ways, web.Option{Value: way, Label: r.T("difficulties.way." + way), Hint: r.T("difficulties.way." + way + ".hint")})
	}
}

func stepOfLog(r *web.Request, one difficulty.Step) step {
	by, _ := r.Actor.Tree.Unit(one.By)
	to, _ := r.Actor.Tree.Unit(one.To)
	kind := strings.TrimPrefix(string(one.Kind), "difficulty.")
	s := step{
		Step: one, Sign: "none", Title: r.T("difficulties.event."+kind, "by", by.Name, "to", to.Name),
		Penned: r.Penned(one.Paper, one.By),
	}
	switch one.Kind {
	case difficulty.WasAnswered, difficulty.WordGiven:
		s.Sign = "waiting"
	case difficulty.WasConfirmed:
		s.Sign = "done"
	case difficulty.WentUp, difficulty.WasReopened:
		s.Sign = "late"
	}
	return s
}

// posted reads the form of an act about a difficulty that the person may read.
func (s *screens) posted(r *web.Request) (id int64, form *web.Form, err error) {
	if id, err = r.ID("id"); err != nil {
		return 0, nil, err
	}
	err = r.View(func(q store.Querier) error {
		d, err := difficulty.Get(r.Context(), q, id)
		if err != nil {
			return err
		}
		return d.May(r.Context(), q, r.Actor)
	})
	if err != nil {
		return 0, nil, err
	}
	form, err = r.Posted("answer")
	return id, form, err
}

// act does something about a difficulty and goes back to its page, with what was
// typed where it was refused.
func (s *screens) act(r *web.Request, notice string, do func(tx *ledger.Tx, id int64, form *web.Form) error) error {
	id, form, err := s.posted(r)
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return do(tx, id, form) })
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderOne(r, id, form, form.Status())
	}
	r.Notice(notice)
	return r.See(path(id))
}

// answer does what the office that has it chose.
func (s *screens) answer(r *web.Request) error {
	return s.act(r, "difficulties.done", func(tx *ledger.Tx, id int64, form *web.Form) (err error) {
		typed := form.Lines("text")
		switch form.Text("way") {
		case toSpeak:
			_, err = difficulty.Speak(r.Context(), tx, r.Actor, id, typed)
		case toAnswer:
			_, err = difficulty.Answer(r.Context(), tx, r.Actor, id, typed)
		case toUp:
			_, err = difficulty.HandUp(r.Context(), tx, r.Actor, id, typed)
		case toOver:
			to, _ := strconv.ParseInt(form.Text("to"), 10, 64) // none is no unit, and refused
			_, err = difficulty.HandOver(r.Context(), tx, r.Actor, id, tree.UnitID(to), typed)
		default:
			err = fault.New(fault.Invalid, "difficulties.way-needed").At("way")
		}
		return err
	})
}

func (s *screens) join(r *web.Request) error {
	return s.act(r, "difficulties.joined", func(tx *ledger.Tx, id int64, form *web.Form) error {
		var ids []int64
		for _, typed := range form.All("with") {
			one, _ := strconv.ParseInt(typed, 10, 64) // none is not found
			ids = append(ids, one)
		}
		_, err := difficulty.Join(r.Context(), tx, r.Actor, id, ids)
		return err
	})
}

func (s *screens) part(r *web.Request) error {
	return s.act(r, "difficulties.parted", func(tx *ledger.Tx, id int64, _ *web.Form) error {
		_, err := difficulty.Part(r.Context(), tx, r.Actor, id)
		return err
	})
}

func (s *screens) confirm(r *web.Request) error {
	return s.act(r, "difficulties.confirmed", func(tx *ledger.Tx, id int64, _ *web.Form) error {
		_, err := difficulty.Confirm(r.Context(), tx, r.Actor, id)
		return err
	})
}

func (s *screens) reopen(r *web.Request) error {
	return s.act(r, "difficulties.reopened", func(tx *ledger.Tx, id int64, form *web.Form) error {
		_, err := difficulty.Reopen(r.Context(), tx, r.Actor, id, form.Lines("text"))
		return err
	})
}

func (s *screens) withdraw(r *web.Request) error {
	return s.act(r, "difficulties.withdrawn", func(tx *ledger.Tx, id int64, form *web.Form) error {
		_, err := difficulty.Withdraw(r.Context(), tx, r.Actor, id, form.Lines("text"))
		return err
	})
}

// sendFile sends a file of a difficulty for saving.
func (s *screens) sendFile(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	n, err := r.ID("n")
	if err != nil {
		return err
	}
	var attached file.File
	err = r.View(func(q store.Querier) error {
		d, err := difficulty.Get(r.Context(), q, id)
		if err != nil {
			return err
		}
		if err := d.May(r.Context(), q, r.Actor); err != nil {
			return err
		}
		if n > int64(len(d.Files)) {
			return fault.New(fault.NotFound, "difficulty.file-unknown")
		}
		attached, err = file.Get(r.Context(), q, d.Files[n-1])
		return err
	})
	if err != nil {
		return err
	}
	content, err := s.folder.Open(attached)
	if err != nil {
		return fmt.Errorf("opening a file of difficulty %d: %w", id, err)
	}
	defer content.Close()
	r.AttachStored(attached, content)
	return nil
}
