package briefingui

import (
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/document"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

func (s *Screens) minutesWord(r *web.Request) error {
	return s.minutesAs(r, "docx", file.Docx, document.Paper.Word)
}

func (s *Screens) minutesPDF(r *web.Request) error {
	return s.minutesAs(r, "pdf", file.PDF, document.Paper.PDF)
}

// minutesAs gives the minutes as a file: a draft to those who write them, the signed
// ones to whoever has a seat.
func (s *Screens) minutesAs(r *web.Request, extension, kind file.Kind, made func(document.Paper) ([]byte, error)) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	var of briefing.Official
	err = r.View(func(q store.Querier) (err error) {
		if of, err = b.official(r, q); err != nil {
			return err
		}
		of.Minutes, of.Record, err = b.readMinutes(r, q)
		return err
	})
	if err != nil {
		return err
	}
	if of.Minutes.Revision == 0 {
		return fault.New(fault.NotFound, "briefing.minutes-unwritten")
	}
	content, err := made(briefing.MinutesPaper(r.Texts(), r.Lang, of))
	if err != nil {
		return fmt.Errorf("making the minutes of briefing %d a .%s: %w", b.ID, extension, err)
	}
	return r.Attach(fmt.Sprintf("%s-%d.%s", r.T("briefings.minutes.file"), b.ID, extension), kind, content)
}

// official is what minutes become a paper of, without what they say.
func (b seated) official(r *web.Request, q store.Querier) (briefing.Official, error) {
	of := briefing.Official{Briefing: b.Briefing, Host: names(r.Actor.Tree)(b.Unit), Zone: r.Zone()}
	p, err := org.Profile(r.Context(), q)
	if err != nil {
		return of, err
	}
	of.Motto = p.Motto.In(r.Lang)
	entered, _, err := briefing.MinutesInRegister(r.Context(), q, b.ID)
	of.Number = entered.NumberText
	return of, err
}

// minutesSaid is what minutes say now, which their chair alone signs.
func (s *Screens) minutesSaid(r *web.Request, id int64) (said register.Said, err error) {
	err = r.View(func(q store.Querier) error {
		var b seated
		if b.Briefing, err = briefing.Get(r.Context(), q, id); err != nil {
			return err
		}
		of, err := b.official(r, q)
		if err != nil {
			return err
		}
		of.Minutes, said.Content, err = briefing.MinutesSaid(r.Context(), q, r.Actor.Tree, b.Briefing, r.Now())
		said.Paper = briefing.MinutesPaper(r.Texts(), r.Lang, of)
		said.By = &register.Signatory{Key: "chair", Name: b.Chair.Name, Person: b.Chair.ID}
		return err
	})
	return said, err
}

func (s *Screens) reviewWord(r *web.Request) error {
	return s.reviewAs(r, "docx", file.Docx, document.Paper.Word)
}

func (s *Screens) reviewPDF(r *web.Request) error {
	return s.reviewAs(r, "pdf", file.PDF, document.Paper.PDF)
}

// reviewAs gives the report of the closed figures as a file.
func (s *Screens) reviewAs(r *web.Request, extension, kind file.Kind, made func(document.Paper) ([]byte, error)) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := b.reviews(r); err != nil {
		return err
	}
	if b.Directive == 0 {
		return fault.New(fault.NotFound, "briefings.review.none")
	}
	of, err := s.review(r, b)
	if err != nil {
		return err
	}
	content, err := made(briefing.ReviewPaper(r.Texts(), r.Lang, of))
	if err != nil {
		return fmt.Errorf("making the report for briefing %d a .%s: %w", b.ID, extension, err)
	}
	return r.Attach(fmt.Sprintf("%s-%d.%s", r.T("briefings.review.file"), b.ID, extension), kind, content)
}

// reviews says who may have that report: the host's whole board is in it.
func (b seated) reviews(r *web.Request) error {
	if b.Seat.Prepares || b.Seat.Presides() {
		return nil
	}
	return r.Actor.May(access.BoardRead, b.Unit)
}

// review reads what the report says: the figures as closed, or as of now where they
// are not yet.
func (s *Screens) review(r *web.Request, b seated) (of briefing.Review, err error) {
	of = briefing.Review{
		Briefing: b.Briefing, Host: names(r.Actor.Tree)(b.Unit), As: b.Cutoff, Name: names(r.Actor.Tree), Zone: r.Zone(),
	}
	if of.As.IsZero() || of.As.After(r.Now()) {
		of.As = r.Now()
	}
	var p *profile.Profile
	var position int64
	err = r.View(func(q store.Querier) (err error) {
		if p, err = org.Profile(r.Context(), q); err != nil {
			return err
		}
		if of.Letterhead, err = b.letterhead(r, q, briefing.Minutes{}); err != nil {
			return err
		}
		position, err = ledger.PositionAt(r.Context(), q, of.As)
		return err
	})
	if err != nil {
		return of, err
	}
	of.Motto = p.Motto.In(r.Lang)
	of.Level = func(key string) text.Words { return levelName(p, key) }
	of.View, err = s.Boards.ReadAt(b.Directive, b.Unit, board.Moment{Position: max(position, 1), Day: clock.DateOf(of.As, r.Zone())}, 0)
	return of, err
}
