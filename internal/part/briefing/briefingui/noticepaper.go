package briefingui

import (
	"fmt"
	"strings"

	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/document"
	"giaoban/internal/part/register"
)

func (s *Screens) noticeWord(r *web.Request) error {
	return s.noticeAs(r, "docx", file.Docx, document.Paper.Word)
}

func (s *Screens) noticePDF(r *web.Request) error {
	return s.noticeAs(r, "pdf", file.PDF, document.Paper.PDF)
}

// noticeAs gives a notice as a file.
func (s *Screens) noticeAs(r *web.Request, extension string, kind file.Kind, made func(document.Paper) ([]byte, error)) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	id, err := r.ID("notice")
	if err != nil {
		return err
	}
	var of conclusion.Official
	err = r.View(func(q store.Querier) error {
		n, err := conclusion.NoticeOf(r.Context(), q, b.ID, id)
		if err != nil {
			return err
		}
		if err := b.mayRead(n); err != nil {
			return err
		}
		of, err = s.official(r, q, b, n)
		return err
	})
	if err != nil {
		return err
	}
	content, err := made(conclusion.NoticePaper(r.Texts(), r.Lang, of))
	if err != nil {
		return fmt.Errorf("making notice %d a .%s: %w", id, extension, err)
	}
	name := strings.ReplaceAll(of.Notice.Paper.NumberText, "/", "-")
	if name == "" {
		name = fmt.Sprint(id)
	}
	return r.Attach(fmt.Sprintf("%s-%s.%s", r.T("briefings.notice.file"), name, extension), kind, content)
}

// official is what a notice becomes a paper of.
func (s *Screens) official(r *web.Request, q store.Querier, b seated, n conclusion.Notice) (conclusion.Official, error) {
	of := conclusion.Official{Meeting: b.Meeting(), Notice: n, Host: names(r.Actor.Tree)(b.Unit), Zone: r.Zone()}
	w, err := s.conclusionWords(r, q, b)
	if err != nil {
		return of, err
	}
	of.Motto = w.rules.Motto.In(r.Lang)
	rows, err := w.inNotice(n.ID)
	for _, row := range rows {
		of.Points = append(of.Points, w.point(row))
	}
	return of, err
}

// Said is what minutes or a notice say now that the register calls by a subject. Who may
// know, the register decides. NotFound: there is none.
func (s *Screens) Said(r *web.Request, subject string) (said register.Said, err error) {
	if id, ok := briefing.MinutesNamed(subject); ok {
		return s.minutesSaid(r, id)
	}
	err = r.View(func(q store.Querier) error {
		n, err := conclusion.NoticeNamed(r.Context(), q, subject)
		if err != nil {
			return err
		}
		var b seated
		if b.Briefing, err = briefing.Get(r.Context(), q, n.Briefing); err != nil {
			return err
		}
		if said.Content, err = n.Content(r.Context(), q); err != nil {
			return err
		}
		of, err := s.official(r, q, b, n)
		said.Paper, said.Place = conclusion.NoticePaper(r.Texts(), r.Lang, of), n.Head.Place
		return err
	})
	return said, err
}

// point is a conclusion as a notice says it: units are named where nobody could tell them
// by their level.
func (w *conclusionWords) point(row conclusionRow) conclusion.Point {
	p := conclusion.Point{
		Number: row.Number, Title: row.Title, Text: row.Text, Who: row.Who, Deadline: row.Deadline, Done: row.Done, Old: row.Old, OldNumber: row.OldNumber, Ends: row.Ends,
	}
	if row.To.Way != conclusion.OfLevel {
		p.Names = row.Names
		if row.More > 0 {
			p.Names = append(p.Names, w.r.T("briefings.conclusion.more", "n", row.More))
		}
	}
	return p
}
