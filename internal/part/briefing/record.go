package briefing

import (
	"context"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Record is what a briefing was, as it makes itself: who was there, who spoke and
// for how long, what was asked and how hands were raised. Units are named as they
// are called when it is made.
type Record struct {
	Opened    time.Time        `json:"opened,omitzero"`
	Ended     time.Time        `json:"ended,omitzero"`
	Sites     []RecordSite     `json:"sites"`
	Items     []RecordItem     `json:"items,omitempty"`
	Turns     []RecordTurn     `json:"turns,omitempty"`
	Questions []RecordQuestion `json:"questions,omitempty"`
	Polls     []RecordPoll     `json:"polls,omitempty"`
}

// RecordSite is a site in a record.
type RecordSite struct {
	Unit      tree.UnitID `json:"unit"`
	Name      string      `json:"name"`
	Below     bool        `json:"below,omitempty"` // another site brought it in
	Presence  Presence    `json:"presence"`
	Note      string      `json:"note,omitempty"`
	Arrived   time.Time   `json:"arrived,omitzero"`
	StandIn   string      `json:"standIn,omitempty"`
	Heads     int         `json:"heads,omitempty"`
	Attendees []Attendee  `json:"attendees,omitempty"`
}

// RecordItem is an item of the agenda that was spoken to.
type RecordItem struct {
	Title string    `json:"title"`
	Began time.Time `json:"began"`
}

// RecordTurn is a turn at the floor; planned and used are seconds.
type RecordTurn struct {
	Name    string    `json:"name"`
	Item    string    `json:"item,omitempty"`
	Began   time.Time `json:"began"`
	Planned int       `json:"planned"`
	Used    int       `json:"used"`
}

// RecordQuestion is a question asked in writing.
type RecordQuestion struct {
	Name   string    `json:"name"`
	Asked  time.Time `json:"asked"`
	Text   string    `json:"text"`
	Answer string    `json:"answer,omitempty"`
	Aloud  bool      `json:"aloud,omitempty"`
}

// RecordPoll is a show of hands.
type RecordPoll struct {
	Question string    `json:"question"`
	Opened   time.Time `json:"opened"`
	Yes      int       `json:"yes"`
	No       int       `json:"no"`
	Neither  int       `json:"neither"`
}

// Counted is how many sites a record has of each presence; those that were never
// marked and never came count as absent, those that came as present.
func (r Record) Counted() (present, late, excused, absent int) {
	for _, s := range r.Sites {
		switch {
		case s.Presence == Late:
			late++
		case s.Presence == Present, s.Presence == Unmarked && !s.Arrived.IsZero():
			present++
		case s.Presence == Excused:
			excused++
		default:
			absent++
		}
	}
	return present, late, excused, absent
}

// Heads is how many people were in all rooms, as the sites counted them.
func (r Record) Heads() (n int) {
	for _, s := range r.Sites {
		n += s.Heads
	}
	return n
}

// RecordOf makes the record of a briefing as of a moment.
func RecordOf(ctx context.Context, q store.Querier, t *tree.Tree, b Briefing, now time.Time) (Record, error) {
	r := Record{Opened: b.OpenedAt, Ended: b.EndedAt}
	sites, err := Sites(ctx, q, b.ID)
	if err != nil {
		return r, err
	}
	attendees, err := attendeesOf(ctx, q, b.ID)
	if err != nil {
		return r, err
	}
	names := map[tree.UnitID]string{}
	bySite := map[int64]string{}
	for _, s := range sites {
		u, _ := t.Unit(s.Unit)
		names[s.Unit], bySite[s.ID] = u.Name, u.Name
		r.Sites = append(r.Sites, RecordSite{
			Unit: s.Unit, Name: u.Name, Below: s.Parent != 0, Presence: s.Presence, Note: s.Note, Arrived: s.ArrivedAt, StandIn: s.StandIn, Heads: s.Heads,
			Attendees: attendees[s.ID],
		})
	}
	items, err := Items(ctx, q, b.ID)
	if err != nil {
		return r, err
	}
	titles := map[int64]string{}
	for _, i := range items {
		titles[i.ID] = i.Title
		if !i.Began.IsZero() {
			r.Items = append(r.Items, RecordItem{Title: i.Title, Began: i.Began})
		}
	}
	turns, err := Turns(ctx, q, b.ID)
	if err != nil {
		return r, err
	}
	for _, turn := range turns {
		r.Turns = append(r.Turns, RecordTurn{
			Name: bySite[turn.Site], Item: titles[turn.Item], Began: turn.Began,
			Planned: int(turn.Planned / time.Second), Used: int(turn.Used(now, b.PausedAt) / time.Second),
		})
	}
	return r, r.spoken(ctx, q, b.ID, names)
}

// spoken adds what was asked in writing and how hands were raised.
func (r *Record) spoken(ctx context.Context, q store.Querier, briefing int64, names map[tree.UnitID]string) error {
	questions, err := Questions(ctx, q, briefing)
	if err != nil {
		return err
	}
	for _, one := range questions {
		r.Questions = append(r.Questions, RecordQuestion{Name: names[one.Unit], Asked: one.AskedAt, Text: one.Text, Answer: one.Answer, Aloud: one.Aloud})
	}
	polls, err := Polls(ctx, q, briefing)
	if err != nil {
		return err
	}
	for _, p := range polls {
		one := RecordPoll{Question: p.Question, Opened: p.Opened}
		one.Yes, one.No, one.Neither = p.Result()
		r.Polls = append(r.Polls, one)
	}
	return nil
}

// Events gives everything that happened in a briefing, in its order, from the log.
func Events(ctx context.Context, q store.Querier, id int64) ([]ledger.Event, error) {
	return ledger.About(ctx, q, Subject(id))
}

// UsedMinutes is what was used, in whole minutes, rounded.
func (t RecordTurn) UsedMinutes() int { return (t.Used + 30) / 60 }

// PlannedMinutes is what was planned, in whole minutes.
func (t RecordTurn) PlannedMinutes() int { return t.Planned / 60 }
