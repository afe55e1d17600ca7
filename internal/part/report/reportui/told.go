package reportui

import (
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// toldView says how an office came to know what it entered.
type toldView struct {
	report.Report
	Office string
	When   string // the moment, or the day where only that is known
	File   *file.File
}

// Picture says that the file can be shown on the page.
func (v toldView) Picture() bool {
	return v.File != nil && (v.File.Kind == file.PNG || v.File.Kind == file.JPEG)
}

// tellingOf puts a telling into words; the zero view for what the unit sent
// itself.
func tellingOf(r *web.Request, q store.Querier, of report.Report) (toldView, error) {
	view := toldView{Report: of}
	if !of.Told() {
		return view, nil
	}
	office, _ := r.Actor.Tree.Unit(of.Telling.By)
	view.Office, view.When = office.Name, whenTold(r, of.Telling.At)
	if of.Telling.File == "" {
		return view, nil
	}
	attached, err := file.Get(r.Context(), q, of.Telling.File)
	view.File = &attached
	return view, err
}

func whenTold(r *web.Request, at time.Time) string {
	day := clock.DateOf(at, r.Zone())
	if at.Equal(day.Start(r.Zone())) {
		return text.Date(r.Lang, day)
	}
	return text.Moment(r.Lang, at, r.Zone())
}

// toldBefore is what was told before the unit sent a version itself, with
// nothing of its own between; the zero Report when nothing was.
func toldBefore(versions []report.Report, own report.Report) report.Report {
	for _, v := range versions { // the newest first
		switch {
		case v.Version >= own.Version || v.State == report.Withdrawn:
		case v.Told() && !own.Told():
			return v
		default:
			return report.Report{}
		}
	}
	return report.Report{}
}

// download sends the picture or letter from which something was entered. A
// browser must not run what is in it, so it is never shown in the page's place.
func (s *Screens) download(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var attached file.File
	err = r.View(func(q store.Querier) error {
		of, err := report.Get(r.Context(), q, id)
		if err != nil {
			return err
		}
		if err := r.Actor.May(access.ReportRead, of.Unit); err != nil {
			return err
		}
		attached, err = file.Get(r.Context(), q, of.Telling.File)
		return err
	})
	if err != nil {
		return err
	}
	content, err := s.folder.Open(attached)
	if err != nil {
		return err
	}
	defer content.Close()
	r.AttachStored(attached, content)
	return nil
}
