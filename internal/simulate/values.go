package simulate

import (
	"strconv"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
)

// values makes up what a unit of a level reports at a milestone, as typed.
func (t *teller) values(milestone, level string, now time.Time) map[string]string {
	today := clock.DateOf(now, t.zone)
	some := func(least, most int) int { return least + t.random.IntN(most-least+1) }
	switch milestone {
	case preparation:
		return map[string]string{
			"planned-on": text.Date(text.VI, today.AddDays(some(20, 50))), "documents": "approved", "personnel-approved": "yes",
		}
	case confirmed:
		members, votes := sizes[level].members, sizes[level].delegates
		return map[string]string{
			"confirmed-on": text.Date(text.VI, today.AddDays(-some(0, 2))), "members-confirmed": strconv.Itoa(some(members[0], members[1])),
			"secretary-votes": strconv.Itoa(some(votes[0], votes[1])),
		}
	}
	size := sizes[level]
	convened := some(size.delegates[0], size.delegates[1])
	present := convened - some(0, max(1, convened/40))
	members := some(size.members[0], size.members[1])
	values := map[string]int{
		"delegates-convened": convened, "delegates-present": present, "votes-valid": present - some(0, present/50),
		"members-elected": members, "women-elected": some(0, members/3), "under-forty": some(0, members/4), "renewed": some(0, members/2),
		"delegates-elected": some(0, convened/8),
	}
	typed := map[string]string{"held-on": text.Date(text.VI, today.AddDays(-some(0, 2)))}
	for key, value := range values {
		typed[key] = strconv.Itoa(value)
	}
	return typed
}

// sizes are how many delegates, and members of the committee, a congress of a
// level has, from and to (g).
var sizes = map[string]struct{ delegates, members [2]int }{
	"cell":             {[2]int{8, 45}, [2]int{1, 5}},
	"grassroots":       {[2]int{45, 220}, [2]int{9, 15}},
	"above-grassroots": {[2]int{120, 320}, [2]int{27, 43}},
	"provincial":       {[2]int{250, 450}, [2]int{41, 71}},
}
