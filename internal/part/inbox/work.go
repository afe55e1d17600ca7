package inbox

import (
	"cmp"
	"context"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// Work is what waits for one person, the most urgent first in each list. What
// stands in one list stands in no other; only a briefing can ask a site for two
// things at once, one of them to try its place.
type Work struct {
	Today       clock.Date
	Now         []Briefing    // under way, or about to begin: to the room
	Returned    []Report      // sent back from above, to be mended
	Told        []Report      // entered on behalf of the unit, to be confirmed or corrected
	Late        []Report      // past their deadline with nothing sent
	Signature   []Report      // drafts of others that wait for the person's signature
	Invited     []Briefing    // invitations that a site has not answered
	Unnamed     []Briefing    // a site comes and has not said who
	Unchecked   []Briefing    // soon, and a site has not tried its place
	Minutes     []Briefing    // over: minutes to be written, or to be signed by the chair
	Asked       []Difficulty  // raised below, for the unit's office to answer
	Answered    []Difficulty  // that the unit raised: the answer to be confirmed
	Tasks       []Task        // to be acknowledged, due soon or late
	Verify      []Verify      // said to be done, to be verified
	Papers      []Paper       // to be initialled, signed, numbered or issued
	HandedIn    []Article     // of a desk, to be approved
	SentBack    []Article     // of a desk, to be mended
	Boards      []PublicBoard // whose figures the public would be shown, to be cleared
	Soon        []Report      // due within the profile's days
	Acceptance  []Queue       // what came from below
	Acknowledge []Directive   // directives not acknowledged yet
	Later       []Report      // due, but not soon
	Below       []Below       // late units below, by milestone and level
	Calendar    []Date        // from today on, the earliest first

	Address   Address // the person's own, that takes no letters
	Unreached int     // people whom the person administers and whose address takes none
}

// Report is a report that a unit of the person owes.
type Report struct {
	report.Slot
	Number    string        // of the directive
	Marks     marking.Marks // of the directive
	Milestone text.Words
	At        tree.Unit
	Deadline  clock.Date // effective
	Mark      report.Mark
	Draft     report.Draft  // Revision 0 when none was saved
	Returned  report.Report // the version that was sent back; the zero Report otherwise
	Told      report.Report // the version that was entered on behalf; the zero Report otherwise
	// Apart is what the unit is by a decision, as postponed; the zero Standing
	// mostly. ApartName is the profile's word for it.
	Apart     directive.Standing
	ApartName text.Words
	// InPlace is by whose authority a deputy signs what the leader has not, as
	// "K/T BÍ THƯ", and since when it waited; "" for who owes it anyway.
	InPlace string
	Since   time.Time
	// Cells and Reported are how many units the committee reports for on one
	// page, and for how many it has; 0 for the unit's own report.
	Cells, Reported int
	Level           profile.Level // of those units
}

// Address is an address to which no letter goes since a moment.
type Address struct {
	Email string // "" where letters arrive
	Since time.Time
}

// Queue is how many reports wait for a unit's decision.
type Queue struct {
	At     tree.Unit
	Count  int
	Oldest time.Time // when the first of them was sent
	// InPlace is by whose authority a deputy decides what the leader has not; ""
	// for a leader.
	InPlace string
}

// Directive is one that a unit has to acknowledge.
type Directive struct {
	directive.Directive
	At      tree.Unit
	InPlace string     // by whose authority a deputy acknowledges; "" for a leader
	By      clock.Date // in time; "" for any day
}

// Below is the units of one level below a unit of the person that are late at a
// milestone.
type Below struct {
	Directive int64
	Number    string
	Milestone text.Words
	Key       string // of the milestone
	Column    int    // of the board
	Level     profile.Level
	At        tree.Unit
	Late      int
	Total     int
}

// Count is how many things the person can do something about now: all but what
// is not due soon, and what is late below.
func (w Work) Count() int {
	n := len(w.Returned) + len(w.Told) + len(w.Late) + len(w.Signature) + len(w.Soon) + len(w.Acknowledge)
	n += len(w.Now) + len(w.Invited) + len(w.Unnamed) + len(w.Unchecked) + len(w.Minutes) + len(w.Asked) + len(w.Answered)
	n += len(w.Tasks) + len(w.Verify) + len(w.Papers) + len(w.HandedIn) + len(w.SentBack) + len(w.Boards) + w.Unreached
	if w.Address.Email != "" {
		n++
	}
	for _, q := range w.Acceptance {
		n += q.Count
	}
	return n
}

// Waiting is how many reports wait for the person's decision.
func (w Work) Waiting() int {
	n := 0
	for _, q := range w.Acceptance {
		n += q.Count
	}
	return n
}

// Hot says that something is late, was returned or is under way.
func (w Work) Hot() bool { return len(w.Late)+len(w.Returned)+len(w.Now) > 0 || w.TaskLate() }

// TaskLate says that one of the tasks is late.
func (w Work) TaskLate() bool {
	return slices.ContainsFunc(w.Tasks, func(t Task) bool { return t.Late(w.Today) })
}

// Empty says that nothing at all waits.
func (w Work) Empty() bool { return w.Count() == 0 && len(w.Later) == 0 && len(w.Below) == 0 }

// For gives the work of a person at a moment; zone is the one in which
// deadlines end. What is late below comes from the boards, and tasks from their index;
// nil leaves out either.
func For(ctx context.Context, q store.Querier, boards *board.Boards, tasks *task.Index, actor access.Actor, now time.Time, zone *time.Location) (Work, error) {
	rules, err := org.Profile(ctx, q)
	if err != nil {
		return Work{}, err
	}
	g := gatherer{ctx: ctx, q: q, actor: actor, rules: rules, work: Work{Today: clock.DateOf(now, zone)}, tightened: map[int64][]directive.DeadlineTightened{}, now: now, zone: zone}
	for _, unit := range actor.Units(access.DirectiveRead) {
		if err := g.unit(unit); err != nil {
			return Work{}, err
		}
	}
	if err := g.addresses(); err != nil {
		return Work{}, err
	}
	if err := g.briefings(); err != nil {
		return Work{}, err
	}
	if err := g.difficulties(); err != nil {
		return Work{}, err
	}
	if err := g.papers(); err != nil {
		return Work{}, err
	}
	if err := g.articles(); err != nil {
		return Work{}, err
	}
	if err := g.boards(); err != nil {
		return Work{}, err
	}
	if tasks != nil {
		if err := g.tasks(tasks); err != nil {
			return Work{}, err
		}
	}
	if boards != nil {
		g.below(boards)
	}
	g.sort()
	g.calendar()
	return g.work, nil
}

// sort puts the earliest deadline first in each list of reports, of one day the
// most urgent.
func (g *gatherer) sort() {
	for _, list := range [][]Report{g.work.Returned, g.work.Told, g.work.Late, g.work.Signature, g.work.Soon, g.work.Later} {
		slices.SortStableFunc(list, func(a, b Report) int {
			if c := cmp.Compare(a.Deadline, b.Deadline); c != 0 {
				return c
			}
			if c := cmp.Compare(b.Marks.Urgency.Rank(), a.Marks.Urgency.Rank()); c != 0 {
				return c
			}
			return cmp.Compare(a.Directive, b.Directive)
		})
	}
	slices.SortStableFunc(g.work.Below, func(a, b Below) int { return cmp.Compare(b.Late, a.Late) })
}
