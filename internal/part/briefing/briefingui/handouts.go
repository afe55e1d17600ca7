package briefingui

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// handoutRow is a handout in the list of a briefing.
type handoutRow struct {
	briefing.Handout
	Newest briefing.HandoutVersion
	Item   itemRow // of the agenda; zero for the briefing as a whole
	By     string  // the site that handed it out; "" for the host
	Seen   int     // the newest version that the person opened; 0 for none
	Opened int     // sites that opened the newest version; for the host
	Of     int     // sites that there are beside the host
}

// Path is the handout's page.
func (h handoutRow) Path() string { return handoutPath(h.Handout) }

func handoutPath(h briefing.Handout) string {
	return path(h.Briefing, "/handouts/"+strconv.FormatInt(h.ID, 10))
}

// handouts are the rows of what was handed out, those of the whole briefing first,
// then by the agenda; nil for whoever may not read them.
func handouts(r *web.Request, q store.Querier, b seated, agenda []itemRow) ([]handoutRow, error) {
	if briefing.MayReadHandouts(r.Actor, b.Briefing, b.Sites) != nil {
		return nil, nil
	}
	list, err := briefing.Handouts(r.Context(), q, b.ID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	seen, err := briefing.OpenedBy(r.Context(), q, b.ID, r.Actor.Person)
	if err != nil {
		return nil, err
	}
	read, err := briefing.Readings(r.Context(), q, b.ID)
	if err != nil {
		return nil, err
	}
	rows := make([]handoutRow, len(list))
	for i, h := range list {
		rows[i] = handoutRow{Handout: h, Newest: h.Versions[0], Seen: seen[h.ID], Of: len(b.Sites) - 1}
		if h.Unit != b.Unit {
			rows[i].By = names(r.Actor.Tree)(h.Unit)
		}
		if at := slices.IndexFunc(agenda, func(item itemRow) bool { return item.ID == h.Item }); h.Item != 0 && at >= 0 {
			rows[i].Item = agenda[at]
		}
		for _, one := range read[h.ID] {
			if one.Version == rows[i].Newest.Number && one.Unit != b.Unit {
				rows[i].Opened++
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b handoutRow) int { return a.Item.Number - b.Item.Number })
	return rows, nil
}

// handoutPage is one handout: what it is, its versions and, for the host, who opened
// it.
type handoutPage struct {
	seated
	Handout  briefing.Handout
	Version  briefing.HandoutVersion // that is looked at
	Item     itemRow
	By       string
	Readings []readingRow // nil for whoever is not of the host's office
	Unread   []string     // sites that opened no version
	Reader   readerView
	Replace  *web.Form // nil for who may not
	Withdraw bool
	Secrecy  []web.Option
	Urgency  []web.Option
}

// readingRow is how a site opened a handout.
type readingRow struct {
	Name    string
	Version int // the newest that it opened
	Newest  bool
	People  int
	First   time.Time
}

// Path is the handout's page.
func (p handoutPage) Path() string { return handoutPath(p.Handout) }

// Newest says whether the version that is looked at counts.
func (p handoutPage) Newest() bool { return p.Handout.Newest(p.Version) }

// showHandout is the page of a handout. With "version" it is that of an older one.
func (s *Screens) showHandout(r *web.Request) error {
	b, h, v, err := s.handoutAt(r)
	if err != nil {
		return err
	}
	return s.renderHandout(r, b, h, v, nil)
}

func (s *Screens) renderHandout(r *web.Request, b seated, h briefing.Handout, v briefing.HandoutVersion, sent *web.Form) error {
	data := handoutPage{seated: b, Handout: h, Version: v, Secrecy: r.Secrecies(), Urgency: r.Urgencies()}
	if h.Unit != b.Unit {
		data.By = names(r.Actor.Tree)(h.Unit)
	}
	err := r.View(func(q store.Querier) error {
		agenda, err := items(r, q, b)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(agenda, func(i itemRow) bool { return i.ID == h.Item }); h.Item != 0 && at >= 0 {
			data.Item = agenda[at]
		}
		if data.Reader, err = s.readerOf(r, q, b, h, v); err != nil {
			return err
		}
		return data.read(r, q)
	})
	if err != nil {
		return err
	}
	if ahead(b.Briefing) {
		own := s.handsOut(b, h)
		data.Withdraw = own || b.Seat.Prepares
		if data.Replace = sent; own && sent == nil {
			data.Replace = r.NewForm("replace")
			data.Replace.Set("secrecy", string(h.Versions[0].File.Secrecy)).Set("urgency", string(h.Versions[0].File.Urgency))
		}
	}
	b.frame(r, h.Title)
	r.Layout().Script("briefing/reading.ts")
	status := http.StatusOK
	if sent != nil {
		status = sent.Status()
	}
	return r.RenderStatus(status, s.handout, data)
}

// ahead says whether papers can still be handed out.
func ahead(b briefing.Briefing) bool { return b.State == briefing.Called || b.State == briefing.Open }

// handsOut says whether the person hands out for the unit of a handout.
func (s *Screens) handsOut(b seated, h briefing.Handout) bool {
	if h.Unit == b.Unit {
		return b.Seat.Prepares
	}
	return slices.Contains(b.Seat.Sites, h.Unit)
}

// read adds who opened it, for the host's office.
func (p *handoutPage) read(r *web.Request, q store.Querier) error {
	if !p.Seat.Prepares {
		return nil
	}
	all, err := briefing.Readings(r.Context(), q, p.ID)
	if err != nil {
		return err
	}
	name := names(r.Actor.Tree)
	known := map[tree.UnitID]bool{p.Unit: true}
	for _, one := range all[p.Handout.ID] { // the newest version of each comes first
		if known[one.Unit] {
			continue
		}
		known[one.Unit] = true
		p.Readings = append(p.Readings, readingRow{
			Name: name(one.Unit), Version: one.Version, Newest: one.Version == p.Handout.Versions[0].Number, People: one.People, First: one.First,
		})
	}
	for _, site := range p.Sites {
		if !known[site.Unit] {
			p.Unread = append(p.Unread, name(site.Unit))
		}
	}
	return nil
}

// handoutAt is the handout of the address and its version, for whoever may read it.
func (s *Screens) handoutAt(r *web.Request) (b seated, h briefing.Handout, v briefing.HandoutVersion, err error) {
	if b, err = s.sit(r); err != nil {
		return b, h, v, err
	}
	if err = briefing.MayReadHandouts(r.Actor, b.Briefing, b.Sites); err != nil {
		return b, h, v, err
	}
	id, err := r.ID("handout")
	if err != nil {
		return b, h, v, err
	}
	err = r.View(func(q store.Querier) (err error) {
		h, err = briefing.HandoutOf(r.Context(), q, b.ID, id)
		return err
	})
	if err != nil {
		return b, h, v, err
	}
	v, err = h.Version(int(queryNumber(r, "version")))
	return b, h, v, err
}

// queryNumber is a whole number in the address; 0 for none.
func queryNumber(r *web.Request, name string) int64 {
	n, err := strconv.ParseInt(r.Query(name), 10, 32)
	if err != nil {
		return 0
	}
	return n
}

// handoutFile sends a version's file, and keeps that the person opened it. A browser
// must not run what is in it, so it is never shown in the page's place.
func (s *Screens) handoutFile(r *web.Request) error {
	b, h, v, err := s.handoutAt(r)
	if err != nil {
		return err
	}
	var opened bool // it is read in pieces: only the first has something to keep
	content := v.File
	err = r.View(func(q store.Querier) (err error) {
		if r.Query("as") == "pdf" && v.PDF != "" {
			if content, err = file.Get(r.Context(), q, v.PDF); err != nil {
				return err
			}
		}
		opened, err = briefing.HasOpened(r.Context(), q, r.Actor.Person, h.ID, v.Number)
		return err
	})
	if err == nil && !opened {
		err = r.Update(func(tx *ledger.Tx) error {
			return briefing.OpenHandout(r.Context(), tx, r.Actor, b.ID, h.ID, v.Number)
		})
	}
	if err != nil && !fault.Is(err, fault.Unavailable) { // a full disk keeps nobody from reading
		return err
	}
	return s.send(r, content)
}

func (s *Screens) send(r *web.Request, attached file.File) (err error) {
	content, err := s.Folder.Open(attached)
	if err != nil {
		return fmt.Errorf("opening what was handed out: %w", err)
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	r.AttachStored(attached, content)
	return nil
}
