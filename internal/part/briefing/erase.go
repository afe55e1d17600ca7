package briefing

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Erased stands where a name was that was erased.
const Erased = "—"

// Erasable are the kinds of events whose payloads can be erased: those in which a
// site names people. Calls, decisions of the chair and signed minutes never are:
// docs/decisions/0072-names-on-lists.md.
var Erasable = []ledger.Kind{SiteListed, SiteAnswered, LeaveGiven, SiteMarked}

// NamesAtSites is what briefings keep of a person with an account: the name, on the
// lists and in the answers of the units where the person has or had a role.
var NamesAtSites = account.Elsewhere{
	Kinds: Erasable,
	Find: func(ctx context.Context, q store.Querier, person int64) ([]int64, error) {
		sites, name, err := sitesOfPerson(ctx, q, person)
		if err != nil || name == "" {
			return nil, err
		}
		found, err := mentionsAt(ctx, q, sites, name)
		return found.positions(), err
	},
	Clear: func(ctx context.Context, tx *ledger.Tx, person int64, _ string) error {
		sites, name, err := sitesOfPerson(ctx, tx, person)
		if err != nil || name == "" {
			return err
		}
		return clearName(ctx, tx, sites, name)
	},
}

// EraseCommand is whose name is erased from what sites said, and why.
type EraseCommand struct {
	Unit   tree.UnitID // at whose site, or at those of units below
	Name   string      // as it was written, without post
	Reason string
}

// ErasedName is what became of a name.
type ErasedName struct {
	Sites  int // of briefings, at which it was erased
	Signed int // briefings whose signed minutes keep it
}

// EraseName erases the name of somebody without an account from the lists, answers
// and scanned sheets of sites, in the rows and in the log, in one transaction; lists
// are told again without it, so that the log still proves who else was there. Signed
// minutes keep what they say. Faults: Forbidden for whoever does not manage the
// accounts of the unit; Invalid at "name" and "reason".
func EraseName(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd EraseCommand) (done ErasedName, err error) {
	if err := actor.May(access.AccountManage, cmd.Unit); err != nil {
		return done, err
	}
	switch cmd.Name = fold.Name(cmd.Name); {
	case len(wordsOf(cmd.Name)) < 2:
		return done, fault.New(fault.Invalid, "briefing.erase.name-needed").At("name")
	case utf8.RuneCountInString(cmd.Name) > MostTopic:
		return done, fault.New(fault.Invalid, "briefing.long", "most", MostTopic).At("name")
	}
	sites, err := readSites(ctx, tx, `ORDER BY briefing_id, place, id`)
	if err != nil {
		return done, err
	}
	sites = slices.DeleteFunc(sites, func(s Site) bool { return !actor.Tree.Within(s.Unit, cmd.Unit) })
	found, err := mentionsAt(ctx, tx, sites, cmd.Name)
	if err != nil {
		return done, err
	}
	if len(found) == 0 {
		return done, fault.New(fault.Invalid, "briefing.erase.none").At("name")
	}
	if err := tx.Erase(ctx, Erasable, found.positions(), cmd.Reason); err != nil {
		return done, err
	}
	done.Sites = len(found)
	if done.Signed, err = found.signed(ctx, tx, cmd.Name); err != nil {
		return done, err
	}
	return done, clearName(ctx, tx, found.sites(), cmd.Name)
}

// mention is a site that named somebody, and the events in which it did.
type mention struct {
	Site
	at []ledger.Event
}

type mentions []mention

func (m mentions) positions() (list []int64) {
	for _, one := range m {
		for _, e := range one.at {
			list = append(list, e.Position)
		}
	}
	return list
}

func (m mentions) sites() (list []Site) {
	for _, one := range m {
		list = append(list, one.Site)
	}
	return list
}

// sitesOfPerson gives the sites of the units where a person with an account has or
// had a role; name is the person's, "" once it was erased.
func sitesOfPerson(ctx context.Context, q store.Querier, person int64) (sites []Site, name string, err error) {
	p, err := account.Find(ctx, q, person)
	if err != nil || account.Nameless(p.Name) {
		return nil, "", err
	}
	units, err := account.UnitsOf(ctx, q, person)
	if err != nil {
		return nil, "", err
	}
	byBriefing, err := SitesOf(ctx, q, units)
	if err != nil {
		return nil, "", err
	}
	for _, some := range byBriefing {
		sites = append(sites, some...)
	}
	slices.SortFunc(sites, func(a, b Site) int { return cmp.Compare(a.ID, b.ID) })
	return sites, p.Name, nil
}

// mentionsAt finds which of some sites named somebody, by the log: nothing stands in
// their rows that was not told there.
func mentionsAt(ctx context.Context, q store.Querier, sites []Site, name string) (found mentions, err error) {
	events := map[int64][]ledger.Event{}
	for _, s := range sites {
		if _, known := events[s.Briefing]; !known {
			if events[s.Briefing], err = Events(ctx, q, s.Briefing); err != nil {
				return nil, err
			}
		}
		one := mention{Site: s}
		for _, e := range events[s.Briefing] {
			if tree.UnitID(e.Unit) != s.Unit || !slices.Contains(Erasable, e.Kind) || e.Payload == nil {
				continue
			}
			names, err := namesIn(e, name)
			if err != nil {
				return nil, err
			}
			if names {
				one.at = append(one.at, e)
			}
		}
		if len(one.at) > 0 {
			found = append(found, one)
		}
	}
	return found, nil
}

// namesIn says whether an event of a site names somebody.
func namesIn(e ledger.Event, name string) (bool, error) {
	var said struct {
		Attendees             []Attendee
		StandIn, Reason, Note string
	}
	if err := e.Decode(&said); err != nil {
		return false, err
	}
	listed := slices.ContainsFunc(said.Attendees, func(a Attendee) bool { return names(a.Name, name) || names(a.Reason, name) })
	return listed || names(said.StandIn, name) || names(said.Reason, name) || names(said.Note, name), nil
}

// clearName takes a name out of the rows of sites, with the sheets that were signed
// there, and tells lists that lose it again: the event that told them is erased.
func clearName(ctx context.Context, tx *ledger.Tx, sites []Site, name string) error {
	for _, s := range sites {
		after := s
		for _, text := range []*string{&after.StandIn, &after.AnswerReason, &after.Note} {
			if names(*text, name) {
				*text = Erased
			}
		}
		if after != s {
			if err := after.save(ctx, tx); err != nil {
				return err
			}
		}
		listed, err := after.clearList(ctx, tx, name)
		if err != nil {
			return err
		}
		if after != s || listed {
			if err := s.dropSheet(ctx, tx); err != nil {
				return err
			}
		}
	}
	return nil
}

// clearList takes a name out of a site's list, and says whether it was there.
func (s Site) clearList(ctx context.Context, tx *ledger.Tx, name string) (was bool, err error) {
	list, err := Attendees(ctx, tx, s.ID)
	if err != nil {
		return false, err
	}
	before := slices.Clone(list)
	for i, a := range list {
		switch {
		case names(a.Name, name):
			list[i].Name, list[i].Reason = Erased, ""
		case names(a.Reason, name):
			list[i].Reason = Erased
		}
	}
	if slices.Equal(before, list) {
		return false, nil
	}
	if err := setAttendees(ctx, tx, s.ID, list); err != nil {
		return false, err
	}
	return true, Briefing{ID: s.Briefing}.tell(tx, SiteListed, s.Unit, Listed{Briefing: s.Briefing, Unit: s.Unit, Heads: s.Heads, Attendees: list})
}

// signed counts the briefings whose signed minutes name somebody.
func (m mentions) signed(ctx context.Context, q store.Querier, name string) (n int, err error) {
	counted := map[int64]bool{}
	for _, one := range m {
		if counted[one.Briefing] {
			continue
		}
		counted[one.Briefing] = true
		written, err := MinutesOf(ctx, q, one.Briefing)
		if err != nil {
			return 0, fmt.Errorf("looking for a name in minutes: %w", err)
		}
		if written.Signed() && written.Body.Record != nil && written.Body.Record.names(name) {
			n++
		}
	}
	return n, nil
}

func (r Record) names(name string) bool {
	return slices.ContainsFunc(r.Sites, func(s RecordSite) bool {
		return names(s.StandIn, name) || names(s.Note, name) || slices.ContainsFunc(s.Attendees, func(a Attendee) bool { return names(a.Name, name) })
	})
}

// names says whether a text has a name in it, word by word, whatever the case of its
// letters; marks count: Lan is not Lân.
func names(text, name string) bool {
	said, wanted := wordsOf(text), wordsOf(name)
	for i := range len(said) - len(wanted) + 1 {
		if slices.Equal(said[i:i+len(wanted)], wanted) {
			return true
		}
	}
	return false
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(fold.Name(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
