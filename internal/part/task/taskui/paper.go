package taskui

import (
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/document"
	"giaoban/internal/part/org"
	"giaoban/internal/part/task"
)

func (s *screens) listWord(r *web.Request) error {
	return s.listAs(r, "docx", file.Docx, document.Paper.Word)
}

func (s *screens) listPDF(r *web.Request) error {
	return s.listAs(r, "pdf", file.PDF, document.Paper.PDF)
}

// mostPrinted is how many tasks a list on paper has.
const mostPrinted = 2000

// listAs gives one of a unit's lists as a file, all of it.
func (s *screens) listAs(r *web.Request, extension string, kind file.Kind, made func(document.Paper) ([]byte, error)) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.TaskRead, unit); err != nil {
		return err
	}
	chosen := chosenList(r)
	of := task.List{Subject: r.T("tasks.paper." + chosen), As: r.Now(), Zone: r.Zone()}
	at, _ := r.Actor.Tree.Unit(unit)
	of.Host = at.Name
	err := r.View(func(q store.Querier) error {
		p, err := org.Profile(r.Context(), q)
		if err != nil {
			return err
		}
		of.Motto = p.Motto.In(r.Lang)
		of.Rows, err = s.lines(r, q, unit, chosen)
		return err
	})
	if err != nil {
		return err
	}
	content, err := made(task.ListPaper(r.Texts(), r.Lang, of))
	if err != nil {
		return fmt.Errorf("making the tasks of unit %d a .%s: %w", unit, extension, err)
	}
	return r.Attach(fmt.Sprintf("%s.%s", r.T("tasks.paper.file"), extension), kind, content)
}

// lines are the tasks of a list in the words of a paper.
func (s *screens) lines(r *web.Request, q store.Querier, unit tree.UnitID, chosen string) (lines []task.Line, err error) {
	if chosen == gave {
		ids := s.Index.GivenBy(unit)
		heads, err := task.Heads(r.Context(), q, ids[:min(len(ids), mostPrinted)])
		for _, t := range heads {
			lines = append(lines, s.givenLine(r, t))
		}
		return lines, err
	}
	shares, err := s.sharesOf(r, q, unit)
	if err != nil {
		return nil, err
	}
	views, err := s.views(r, q, shares[chosen][:min(len(shares[chosen]), mostPrinted)])
	for _, v := range views {
		whom := v.From
		if chosen == verify {
			whom = v.Name
		}
		lines = append(lines, task.Line{Title: v.Title, Source: source(r, v.Source), Whom: whom, Deadline: v.At.Deadline, Standing: v.Word})
	}
	return lines, err
}

func (s *screens) givenLine(r *web.Request, t task.Task) task.Line {
	g := s.given(r, t)
	standing := r.T("tasks.paper.verified", "done", g.Own.Verified, "total", g.Own.Units)
	if g.Own.Late > 0 {
		standing += "; " + r.T("tasks.paper.late", "n", g.Own.Late)
	}
	return task.Line{Title: t.Title, Source: g.Source, Whom: r.T("tasks.paper.units", "n", g.Own.Units), Deadline: t.Deadline, Standing: standing}
}
