package briefingui

import (
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// recordPage is what happened in a briefing, as the log tells it.
type recordPage struct {
	seated
	Sheets  []recordSheet // that the person may read
	Record  briefing.Record
	Present int
	Late    int
	Excused int
	Absent  int
	Replay  bool // there is a recording to watch
	Parts   []recordPart
}

// recordSheet is the scan of a site's signed sheet.
type recordSheet struct{ Name, Path string }

// sheets finds the signed sheets that the person may read.
func (p *recordPage) sheets(r *web.Request, q store.Querier) error {
	sent, err := briefing.SheetsOf(r.Context(), q, p.ID)
	for _, site := range p.Sites {
		if sent[site.ID] && briefing.MayReadSheet(r.Actor, p.Briefing, site) == nil {
			p.Sheets = append(p.Sheets, recordSheet{names(r.Actor.Tree)(site.Unit), peoplePath(p.Briefing, site) + "/sheet"})
		}
	}
	return err
}

// recordPart is a stretch of what happened: a day before the meeting or after it, or
// in the meeting what went before its items, and each item.
type recordPart struct {
	Day     clock.Date
	Title   string // of the item that was on; "" for none
	Meeting bool   // it happened on the day of the meeting
	Ended   bool   // after the end
	Events  []recordEvent
}

// mostUnfolded is how many lines of a part are read without opening it: a show of
// hands in 63 sites is opened by whoever looks for it.
const mostUnfolded = 20

// Open says whether the page shows a part unfolded.
func (p recordPart) Open() bool { return p.Meeting && len(p.Events) <= mostUnfolded }

// recordEvent is one thing that happened.
type recordEvent struct {
	At     time.Time
	What   string
	Title  string // of the item that it is about; "" for none
	ByWord bool
}

// add puts an event into its part: a day, an item and the end each begin another.
func (p *recordPage) add(kind ledger.Kind, one recordEvent, day, meets clock.Date) {
	last := len(p.Parts) - 1
	switch {
	case kind == briefing.ItemBegun:
		p.Parts = append(p.Parts, recordPart{Day: day, Title: one.Title, Meeting: true})
	case kind == briefing.WasEnded:
		p.Parts = append(p.Parts, recordPart{Day: day, Meeting: true, Ended: true})
	case last < 0 || p.Parts[last].Day != day:
		p.Parts = append(p.Parts, recordPart{Day: day, Meeting: day == meets})
	}
	part := &p.Parts[len(p.Parts)-1]
	part.Events = append(part.Events, one)
}

func (s *Screens) showRecord(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	data := recordPage{seated: b}
	err = r.View(func(q store.Querier) error {
		if err := data.sheets(r, q); err != nil {
			return err
		}
		if data.Record, err = briefing.RecordOf(r.Context(), q, r.Actor.Tree, b.Briefing, r.Now()); err != nil {
			return err
		}
		if data.Replay, err = b.replayable(r, q); err != nil {
			return err
		}
		events, err := briefing.Events(r.Context(), q, b.ID)
		if err != nil {
			return err
		}
		for _, e := range events {
			one, err := told(r, e)
			if err != nil {
				return err
			}
			data.add(e.Kind, one, clock.DateOf(e.Time, r.Zone()), clock.DateOf(b.Begins, r.Zone()))
		}
		return nil
	})
	if err != nil {
		return err
	}
	data.Present, data.Late, data.Excused, data.Absent = data.Record.Counted()
	b.frame(r, r.T("briefings.record")).Script("briefing/briefing.ts") // for its style
	return r.Render(s.record, data)
}

// told is an event in words.
func told(r *web.Request, e ledger.Event) (recordEvent, error) {
	var said struct {
		Unit     tree.UnitID
		ByWord   bool
		Reason   string
		Title    string
		Topic    string
		Question any // a show of hands' words, or the number of a question in writing
		Text     string
		Presence string
		Used     int
		Page     int
		Yes, No  int
	}
	one := recordEvent{At: e.Time}
	if e.Payload == nil {
		one.What = r.T("briefings.event-erased", "unit", names(r.Actor.Tree)(tree.UnitID(e.Unit)))
		return one, nil
	}
	if err := e.Decode(&said); err != nil {
		return one, err
	}
	name := names(r.Actor.Tree)(said.Unit)
	if said.Unit == 0 {
		name = names(r.Actor.Tree)(tree.UnitID(e.Unit))
	}
	presence := ""
	if said.Presence != "" {
		presence = r.T("briefings.presence." + said.Presence)
	}
	question, _ := said.Question.(string)
	one.ByWord, one.Title = said.ByWord, said.Title
	one.What = r.T("briefings.event."+string(e.Kind)[len("briefing."):], "unit", name, "title", said.Title, "reason", said.Reason, "topic", said.Topic,
		"question", question, "text", said.Text, "presence", presence, "minutes", (said.Used+30)/60, "yes", said.Yes, "no", said.No, "page", said.Page)
	return one, nil
}
