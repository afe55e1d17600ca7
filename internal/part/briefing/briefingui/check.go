package briefingui

import (
	"slices"

	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// checkPage is where a site tries its place before the day.
type checkPage struct {
	seated
	Site  string
	Path  string
	Parts []string // asked for, by name
	Last  checkRow // zero when it never was
}

// checkRow is what a site found, in words.
type checkRow struct {
	briefing.Check
	Grade    briefing.Grade
	Verdicts []verdictRow
	Person   string // who tried
}

// verdictRow is a verdict in words that a person can act on.
type verdictRow struct {
	briefing.Verdict
	Said string `json:"said"`
}

func checkOf(r *web.Request, c briefing.Check, devices bool) checkRow {
	verdicts := c.Verdicts(devices)
	row := checkRow{Check: c, Grade: briefing.Worst(verdicts)}
	for _, v := range verdicts {
		row.Verdicts = append(row.Verdicts, verdictRow{v, r.T("briefings.check."+string(v.Part)+"."+v.Reason,
			"ms", c.RoundTrip, "down", rate(r, c.Down), "up", rate(r, c.Up), "browser", c.Browser)})
	}
	return row
}

// rate is kbit/s in Mbit/s, with one decimal.
func rate(r *web.Request, kilobits int) string {
	return (text.Decimal(kilobits/100) * 1000).Format(r.Lang)
}

// showCheck is the page on which a site tries its place.
func (s *Screens) showCheck(r *web.Request) error {
	b, site, err := s.ownSite(r)
	if err != nil {
		return err
	}
	if !ahead(b.Briefing) {
		return r.See(path(b.ID, ""))
	}
	data := checkPage{seated: b, Site: names(r.Actor.Tree)(site.Unit), Path: path(b.ID, "/check/"+siteRow{Site: site}.Key())}
	for _, v := range (briefing.Check{}).Verdicts(b.TriesDevices()) {
		data.Parts = append(data.Parts, string(v.Part))
	}
	err = r.View(func(q store.Querier) error {
		rows, err := checks(r, q, b)
		for _, row := range rows {
			if row.Unit == site.Unit {
				data.Last = row
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	b.frame(r, r.T("briefings.check"))
	r.Layout().Script("briefing/check.ts")
	return r.Render(s.check, data)
}

// checks are what the sites of a briefing found, with who tried.
func checks(r *web.Request, q store.Querier, b seated) ([]checkRow, error) {
	made, err := briefing.Checks(r.Context(), q, b.ID)
	if err != nil {
		return nil, err
	}
	var rows []checkRow
	for _, site := range b.Sites {
		c, ok := made[site.Unit]
		if !ok {
			continue
		}
		row := checkOf(r, c, b.TriesDevices())
		p, err := account.Find(r.Context(), q, c.By)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		row.Person = r.Person(p.Name)
		rows = append(rows, row)
	}
	return rows, nil
}

// keepCheck keeps what a site found, and says in words what it means.
func (s *Screens) keepCheck(r *web.Request) error {
	b, site, err := s.ownSite(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("check")
	if err != nil {
		return err
	}
	device := func(name string) briefing.Device { return briefing.Device(form.Text(name)) }
	c := briefing.Check{
		Unit: site.Unit, Browser: form.Text("browser"), Secure: form.Checked("secure"), Modern: form.Checked("modern"), Calls: form.Checked("calls"),
		Codecs: form.Checked("codecs"), RoundTrip: int(number(form, "round-trip")), Down: int(number(form, "down")), Up: int(number(form, "up")),
		Camera: device("camera"), Microphone: device("microphone"), Speakers: device("speakers"),
	}
	err = r.Update(func(tx *ledger.Tx) (err error) {
		c, err = briefing.KeepCheck(r.Context(), tx, r.Actor, b.ID, c)
		return err
	})
	if err != nil {
		return err
	}
	row := checkOf(r, c, b.TriesDevices())
	return r.JSON(map[string]any{"grade": row.Grade, "verdicts": row.Verdicts, "word": r.T("briefings.check.grade." + string(row.Grade))})
}

// checkCounts is how the places of the sites stand.
type checkCounts struct{ Good, Weak, Fails, None int }

// Made says whether any site tried.
func (c checkCounts) Made() bool { return c.Good+c.Weak+c.Fails > 0 }

// checked adds to the host's table of sites what each found.
func (p *showPage) checked(r *web.Request, q store.Querier) error {
	if !p.Seat.Prepares && !p.Seat.Presides() {
		return nil
	}
	made, err := checks(r, q, p.seated)
	if err != nil {
		return err
	}
	for i := range p.Rows {
		row := &p.Rows[i]
		at := slices.IndexFunc(made, func(c checkRow) bool { return c.Unit == row.Unit })
		if at < 0 {
			if !row.Host {
				p.Checks.None++
			}
			continue
		}
		row.Check = &made[at]
		switch row.Check.Grade {
		case briefing.Good:
			p.Checks.Good++
		case briefing.Fails:
			p.Checks.Fails++
		default:
			p.Checks.Weak++
		}
	}
	return nil
}

// Wrong are the verdicts that are not good.
func (c checkRow) Wrong() (list []verdictRow) {
	for _, v := range c.Verdicts {
		if v.Grade != briefing.Good {
			list = append(list, v)
		}
	}
	return list
}

// Sign is the state whose sign a grade has.
func (c checkRow) Sign() string { return sign(c.Grade) }

// Sign is the state whose sign the verdict's grade has.
func (v verdictRow) Sign() string { return sign(v.Grade) }

func sign(g briefing.Grade) string {
	switch g {
	case briefing.Good:
		return "done"
	case briefing.Fails:
		return "late"
	case briefing.Weak:
		return "soon"
	}
	return "none"
}
