package briefing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Answer is what a site said to its invitation.
type Answer string

// The answers.
const (
	NoAnswer Answer = ""
	Comes    Answer = "comes"
	StandsIn Answer = "stand-in" // somebody comes in place of the leader
	Cannot   Answer = "cannot"
)

// Presence is what the secretary said at the roll call.
type Presence string

// The presences.
const (
	Unmarked Presence = ""
	Present  Presence = "present"
	Late     Presence = "late"
	Excused  Presence = "excused" // absent, with a reason
	Absent   Presence = "absent"  // without
)

// Leave is what the chair said about somebody who stands in.
type Leave string

// The leaves.
const (
	Unasked Leave = ""
	Given   Leave = "given"
	Refused Leave = "refused"
)

// Site is one room of a briefing: the host's, or that of a unit. It is one shared
// device with many people before it.
type Site struct {
	ID       int64
	Briefing int64
	Unit     tree.UnitID
	Parent   int64 // the site that brought it in; 0 for those that the host called
	Place    int   // in the order of the roll; the host is the first

	Answer       Answer
	AnswerReason string
	AnsweredAt   time.Time
	RemindedAt   time.Time // of its answer, last; zero for never
	StandIn      string    // name and post
	Leave        Leave
	Topic        string // it wishes to speak about; "" when it does not
	TopicMinutes int

	ArrivedAt time.Time // first connected; zero for not yet
	Presence  Presence
	Note      string
	Heads     int       // people in the room
	RemovedAt time.Time // zero while it may be there
	HandAt    time.Time // since when it asks for the floor; zero when it does not
	HandTopic string
	Muted     bool // the chair closed its microphone
}

// Here says whether the site takes part: it came and was not sent away.
func (s Site) Here() bool { return !s.ArrivedAt.IsZero() && s.RemovedAt.IsZero() }

const siteColumns = `id, briefing_id, unit_id, parent_id, place, answer, answer_reason, answered_at, stand_in, leave, topic, topic_minutes,
	arrived_at, presence, note, heads, removed_at, hand_at, hand_topic, reminded_at, muted`

// Sites gives the sites of a briefing in the order of the roll, each followed by
// those that it brought in.
func Sites(ctx context.Context, q store.Querier, briefing int64) ([]Site, error) {
	list, err := readSites(ctx, q, `WHERE briefing_id = $1 ORDER BY place, id`, briefing)
	if err != nil {
		return nil, err
	}
	var ordered []Site
	for _, s := range list {
		if s.Parent != 0 {
			continue
		}
		ordered = append(ordered, s)
		for _, sub := range list {
			if sub.Parent == s.ID {
				ordered = append(ordered, sub)
			}
		}
	}
	return ordered, nil
}

// SitesOf gives the sites of some units in all briefings, by briefing, each in the
// order in which they were called.
func SitesOf(ctx context.Context, q store.Querier, units []tree.UnitID) (map[int64][]Site, error) {
	if len(units) == 0 {
		return nil, nil
	}
	args := make([]any, 0, len(units))
	for _, unit := range units {
		args = append(args, int64(unit))
	}
	list, err := readSites(ctx, q, `WHERE unit_id IN (`+store.Places(len(units), 1)+`) ORDER BY briefing_id, place, id`, args...)
	of := map[int64][]Site{}
	for _, s := range list {
		of[s.Briefing] = append(of[s.Briefing], s)
	}
	return of, err
}

// SiteOf gives the site of a unit; NotFound when it was not called.
func SiteOf(ctx context.Context, q store.Querier, briefing int64, unit tree.UnitID) (Site, error) {
	return oneSite(ctx, q, `WHERE briefing_id = $1 AND unit_id = $2`, briefing, unit)
}

func siteByID(ctx context.Context, q store.Querier, briefing, id int64) (Site, error) {
	return oneSite(ctx, q, `WHERE briefing_id = $1 AND id = $2`, briefing, id)
}

func oneSite(ctx context.Context, q store.Querier, where string, args ...any) (Site, error) {
	list, err := readSites(ctx, q, where, args...)
	if err != nil {
		return Site{}, err
	}
	if len(list) == 0 {
		return Site{}, fault.New(fault.NotFound, "briefing.site-unknown")
	}
	return list[0], nil
}

func readSites(ctx context.Context, q store.Querier, where string, args ...any) ([]Site, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+siteColumns+` FROM briefing_site `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the sites of a briefing: %w", err)
	}
	defer rows.Close()
	var list []Site
	for rows.Next() {
		var s Site
		var answered, arrived, removed, hand, reminded int64
		err := rows.Scan(&s.ID, &s.Briefing, &s.Unit, &s.Parent, &s.Place, &s.Answer, &s.AnswerReason, &answered, &s.StandIn, &s.Leave, &s.Topic, &s.TopicMinutes,
			&arrived, &s.Presence, &s.Note, &s.Heads, &removed, &hand, &s.HandTopic, &reminded, &s.Muted)
		if err != nil {
			return nil, fmt.Errorf("reading a site: %w", err)
		}
		s.RemindedAt = store.Moment(reminded)
		s.AnsweredAt, s.ArrivedAt, s.RemovedAt, s.HandAt = store.Moment(answered), store.Moment(arrived), store.Moment(removed), store.Moment(hand)
		list = append(list, s)
	}
	return list, rows.Err()
}

func (s Site) save(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE briefing_site SET answer = $1, answer_reason = $2, answered_at = $3, stand_in = $4, leave = $5,
		topic = $6, topic_minutes = $7, arrived_at = $8, presence = $9, note = $10, heads = $11, removed_at = $12, hand_at = $13, hand_topic = $14,
		muted = $15 WHERE id = $16`,
		s.Answer, s.AnswerReason, store.Micro(s.AnsweredAt), s.StandIn, s.Leave, s.Topic, s.TopicMinutes, store.Micro(s.ArrivedAt),
		s.Presence, s.Note, s.Heads, store.Micro(s.RemovedAt), store.Micro(s.HandAt), s.HandTopic, bit(s.Muted), s.ID)
	if err != nil {
		return fmt.Errorf("changing site %d: %w", s.ID, err)
	}
	return nil
}

// Bounds of what a site says.
const (
	MostReason       = 500 // characters
	MostTopic        = 200 // characters
	MostTopicMinutes = 60
	MostAttendees    = 300
	MostHeads        = 5000
)

// AnswerCommand is a site's answer to its invitation.
type AnswerCommand struct {
	Briefing int64
	Unit     tree.UnitID
	Answer   Answer
	Reason   string // of Cannot, and of a stand-in
	StandIn  string // name and post
	// Topic is what the site wishes to speak about, and for how many minutes; "" and
	// 0 when it does not.
	Topic   string
	Minutes int
}

// Reply takes a site's answer, until the briefing is over: the last one holds.
// Somebody who stands in needs the chair's leave again when it is somebody else.
// Invalid, each at its field: "answer", "reason", "stand-in", "topic", "minutes".
func Reply(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AnswerCommand) (Site, error) {
	b, s, err := at(ctx, tx, actor, cmd.Briefing, cmd.Unit)
	if err != nil {
		return Site{}, err
	}
	cmd.Reason, cmd.StandIn, cmd.Topic = strings.TrimSpace(cmd.Reason), strings.TrimSpace(cmd.StandIn), strings.TrimSpace(cmd.Topic)
	if err := cmd.check(); err != nil {
		return Site{}, err
	}
	if cmd.Answer != StandsIn {
		cmd.StandIn = ""
	}
	if cmd.Answer == Comes {
		cmd.Reason = ""
	}
	if cmd.Topic == "" {
		cmd.Minutes = 0
	}
	if s.StandIn != cmd.StandIn {
		s.Leave = Unasked
	}
	after := s
	after.Answer, after.AnswerReason, after.StandIn, after.Topic, after.TopicMinutes = cmd.Answer, cmd.Reason, cmd.StandIn, cmd.Topic, cmd.Minutes
	if after == s {
		return s, nil
	}
	after.AnsweredAt = tx.Now()
	if err := after.save(ctx, tx); err != nil {
		return Site{}, err
	}
	return after, b.tell(tx, SiteAnswered, s.Unit, Answered{
		Briefing: b.ID, Unit: s.Unit, Answer: cmd.Answer, Reason: cmd.Reason, StandIn: cmd.StandIn, Topic: cmd.Topic, Minutes: cmd.Minutes,
	})
}

func (c AnswerCommand) check() error {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	long := func(field, value string, most int) {
		if utf8.RuneCountInString(value) > most {
			add(field, "briefing.long", "most", most)
		}
	}
	switch {
	case !slices.Contains([]Answer{Comes, StandsIn, Cannot}, c.Answer):
		add("answer", "briefing.answer-needed")
	case c.Answer == Cannot && c.Reason == "":
		add("reason", "briefing.reason-needed")
	case c.Answer == StandsIn && c.StandIn == "":
		add("stand-in", "briefing.stand-in-needed")
	}
	long("reason", c.Reason, MostReason)
	long("stand-in", c.StandIn, MostTopic)
	long("topic", c.Topic, MostTopic)
	if c.Topic != "" && (c.Minutes < 1 || c.Minutes > MostTopicMinutes) {
		add("minutes", "briefing.minutes-wrong", "most", MostTopicMinutes)
	}
	return wrong.Err()
}

// at locks a briefing that is not over, for somebody who acts for a site of it.
func at(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (Briefing, Site, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return Briefing{}, Site{}, err
	}
	if err := actor.May(access.BriefingAttend, unit); err != nil {
		return Briefing{}, Site{}, err
	}
	s, err := SiteOf(ctx, tx, id, unit)
	if err != nil {
		return Briefing{}, Site{}, err
	}
	switch b.State {
	case Cancelled:
		return Briefing{}, Site{}, fault.New(fault.Conflict, "briefing.was-cancelled")
	case Ended:
		return Briefing{}, Site{}, fault.New(fault.TooLate, "briefing.over")
	}
	if !s.RemovedAt.IsZero() {
		return Briefing{}, Site{}, fault.New(fault.Forbidden, "briefing.removed")
	}
	return b, s, nil
}
