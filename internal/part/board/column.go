package board

import (
	"time"

	"giaoban/internal/base/clock"
)

// Column is one milestone for the units of one level.
type Column struct {
	Milestone string
	Level     string
	Deadline  clock.Date // of the directive; a unit's effective one may be earlier
}

// column counts one milestone for the units of one level. It stays when a
// version of the directive leaves it out: what was reported is still true when
// a later one takes it up again.
type column struct {
	milestone string
	level     level
	ranks     *ranks    // of the level
	deadline  int32     // of the directive, in days
	shown     int       // index among the columns of the newest version; -1 for none
	series    []Series  // all that were ever added up
	members   []entrant // by rank
	lanes     []lane
	log       changes
	values    []byte  // what parts add to the sums; see [column.write]
	dirty     []int32 // units whose cells changed since changes were last taken
	spare     []Sum   // for what a change adds
}

// entrant is what a column knows of one unit of its level.
type entrant struct {
	part
	last  int32 // the newest change of it; 0 for none
	dirty bool  // it changed since changes were last taken
}

// lane is the units of a column that have the same deadline. Most columns have
// one: that of the units whose deadline is the directive's.
type lane struct {
	limit   limit
	turned  int64                // position at which the day last changed what is late or due soon
	sparse  bool                 // its figures are by places; those of the first lane are by rank
	places  []*[placesPage]int32 // of figures, plus one, by rank; a page at a time, where there are any
	inners  []int32              // ranks by figure; nil in the first lane
	figures []figure
	sums    []Sum // of each figure by series
}

// limit is what moves a unit's deadline away from the directive's.
type limit struct {
	day   int32 // no later than this, in days; 0 for none
	fixed bool  // exactly this, even if later than the directive's
}

// deadline is the effective one where the directive's is a day.
func (l limit) deadline(of int32) int32 {
	if l.fixed || l.day != 0 && (of == 0 || l.day < of) {
		return l.day
	}
	return of
}

// figure counts the units of a lane below one unit, which is not counted itself.
type figure struct {
	tally   tally
	dirty   bool    // it changed since changes were last taken
	changes []int32 // places in the column's log
	tallies []tally // after every so many of them
	sums    []int32 // where the sums after every so many of them stand
}

// How many changes lie between two tallies, and two sums, that are kept: at most
// so many are added up to know a past figure.
const (
	tallyStride = 16
	sumStride   = 64
)

// of gives what the column knows of a unit; nil when it never was of its level.
func (c *column) of(u *units, unit int32) *entrant {
	rank := u.at[unit].rank
	if u.at[unit].level != c.level { // but it may have been
		rank = c.ranks.members.of(unit)
	}
	if rank != none && int(rank) < len(c.members) {
		return &c.members[rank]
	}
	return nil
}

// lane gives the number of the lane with a limit.
func (c *column) lane(l limit) uint16 {
	for i := range c.lanes {
		if c.lanes[i].limit == l {
			return uint16(i)
		}
	}
	c.lanes = append(c.lanes, lane{limit: l, sparse: len(c.lanes) > 0})
	return uint16(len(c.lanes) - 1)
}

// find is where the lane counts what is below the unit with a rank; none when
// there never was anything.
func (l *lane) find(rank int32) int32 {
	if rank == none {
		return none
	}
	if !l.sparse {
		if int(rank) < len(l.figures) {
			return rank
		}
		return none
	}
	if page := int(rank) / placesPage; page < len(l.places) && l.places[page] != nil {
		return l.places[page][rank%placesPage] - 1
	}
	return none
}

// placesPage is how many ranks a page of places is for: about a province's.
const placesPage = 256

// put remembers where the figure of a rank stands in a sparse lane.
func (l *lane) put(rank, at int32) {
	page := int(rank) / placesPage
	l.places = grown(l.places, page+1)
	if l.places[page] == nil {
		l.places[page] = new([placesPage]int32)
	}
	l.places[page][rank%placesPage] = at + 1
}

// make is where the lane counts what is below the unit with a rank.
func (l *lane) make(rank int32, width int) int32 {
	at := l.find(rank)
	if at != none {
		return at
	}
	at = rank
	if l.sparse {
		at = int32(len(l.figures))
		l.put(rank, at)
		l.inners = append(l.inners, rank)
	}
	l.figures = grown(l.figures, int(at)+1)
	l.sums = grown(l.sums, (int(at)+1)*width)
	return at
}

// unit is the unit whose figure stands at a place of the lane.
func (l *lane) unit(at int32, r *ranks) int32 {
	if l.sparse {
		at = l.inners[at]
	}
	return r.inners.units[at]
}

// day counts days since 1970; 0 stands for no date.
func day(d clock.Date) int32 {
	if d.IsZero() {
		return 0
	}
	return int32(d.Time().Unix() / secondsADay)
}

// dayOf is the day of a moment in a zone.
func dayOf(t time.Time, zone *time.Location) int32 {
	_, offset := t.In(zone).Zone()
	return int32((t.Unix() + int64(offset)) / secondsADay)
}

const secondsADay = 24 * 60 * 60

func date(day int32) clock.Date {
	if day == 0 {
		return ""
	}
	return clock.DateOf(time.Unix(int64(day)*secondsADay, 0), time.UTC)
}
