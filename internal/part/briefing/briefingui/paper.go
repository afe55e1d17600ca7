package briefingui

import (
	"fmt"
	"mime"
	"strconv"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/document"
	"giaoban/internal/part/org"
)

// How a paper is given.
const (
	wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	pdfType  = "application/pdf"
)

func (s *Screens) minutesWord(r *web.Request) error {
	return s.minutesAs(r, "docx", wordType, document.Paper.Word)
}

func (s *Screens) minutesPDF(r *web.Request) error {
	return s.minutesAs(r, "pdf", pdfType, document.Paper.PDF)
}

// minutesAs gives the minutes as a file: a draft to those who write them, the signed
// ones to whoever has a seat.
func (s *Screens) minutesAs(r *web.Request, extension, media string, made func(document.Paper) ([]byte, error)) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	of := briefing.Official{Briefing: b.Briefing, Host: names(r.Actor.Tree)(b.Unit), Zone: r.Zone()}
	err = r.View(func(q store.Querier) (err error) {
		if of.Minutes, of.Record, err = b.readMinutes(r, q); err != nil {
			return err
		}
		if of.Minutes.Revision == 0 {
			return fault.New(fault.NotFound, "briefing.minutes-unwritten")
		}
		p, err := org.Profile(r.Context(), q)
		if err != nil {
			return err
		}
		of.Motto = p.Motto.In(r.Lang)
		return nil
	})
	if err != nil {
		return err
	}
	file, err := made(briefing.MinutesPaper(r.Texts(), r.Lang, of))
	if err != nil {
		return fmt.Errorf("making the minutes of briefing %d a .%s: %w", b.ID, extension, err)
	}
	name := fmt.Sprintf("%s-%d.%s", r.T("briefings.minutes.file"), b.ID, extension)
	header := r.Writer.Header()
	header.Set("Content-Type", media)
	header.Set("Content-Length", strconv.Itoa(len(file)))
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	header.Set("Cache-Control", "private, no-store")
	_, err = r.Writer.Write(file)
	return err
}
