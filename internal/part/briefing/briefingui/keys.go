package briefingui

import (
	"slices"
	"strings"

	"giaoban/internal/part/briefing"
)

// roomKey is a key of the room's keyboard. The help sheet is made of these, and the
// script moves by the same sheet: what is not told there does nothing.
type roomKey struct {
	Key  string // as a browser names it, in lower case
	Says string // what it does: briefings.key.<Says>
	// Goes is, as CSS selectors, what gets the focus; Near is what is pressed at the
	// site that has it. With neither, the button is pressed that names the key in
	// data-keys.
	Goes, Near string
	For        role // who has it; "" for everybody
	Media      bool // only with picture and sound
}

// keyGroup is keys that belong together, under briefings.keys.<Title>.
type keyGroup struct {
	Title string
	Keys  []roomKey
}

// keyboard is all keys of the room: the one place where they are chosen.
var keyboard = []keyGroup{
	{"floor", []roomKey{
		{Key: "n", Says: "next", For: presiding},
		{Key: "i", Says: "invite", For: presiding},
		{Key: "x", Says: "lower", For: presiding},
		{Key: "t", Says: "take", For: presiding},
		{Key: "p", Says: "pause", For: presiding},
		{Key: "e", Says: "end", For: presiding, Goes: "#act-end button"},
		{Key: "s", Says: "mute", For: presiding, Media: true},
		{Key: "o", Says: "mute-host", For: presiding, Media: true, Goes: "#strip form[action$='/mute'] button"},
		{Key: "h", Says: "hand", For: sitting},
	}},
	{"sites", []roomKey{
		{Key: "r", Says: "roll", For: presiding},
		{Key: "a", Says: "sites", For: presiding, Goes: "#strip summary"},
		{Key: "1", Says: "present", For: presiding, Near: "form:has([value=present]) button"},
		{Key: "2", Says: "late", For: presiding, Near: "form:has([value=late]) button"},
		{Key: "3", Says: "excused", For: presiding, Near: "form:has([value=excused]) [name=note]"},
		{Key: "4", Says: "absent", For: presiding, Near: "form:has([value=absent]) button"},
		{Key: "l", Says: "lock", For: presiding},
		{Key: "g", Says: "record", For: presiding, Media: true},
	}},
	{"hands", []roomKey{
		{Key: "y", Says: "poll", For: presiding, Goes: "#act-poll-close button, #act-poll [name=question]"},
		{Key: "y", Says: "count", For: sitting, Goes: ".own-hands [name=yes]"},
		{Key: "q", Says: "reply", For: presiding, Goes: "#questions [name=answer]"},
		{Key: "q", Says: "ask", For: sitting, Goes: ".own [name=question]"},
	}},
	{"screens", []roomKey{
		{Key: "b", Says: "neutral", For: presiding},
		{Key: "f", Says: "figures", For: presiding},
		{Key: "w", Says: "walls", For: presiding, Goes: "#controls [href$='/walls']"},
		{Key: "v", Says: "join", Media: true},
		{Key: "c", Says: "share", Media: true},
		{Key: "d", Says: "papers", Goes: "#papers form:not([hidden]) button, #papers a"},
		{Key: "pagedown", Says: "page-on"},
		{Key: "pageup", Says: "page-back"},
	}},
	{"board", []roomKey{
		{Key: "k", Says: "board", Goes: ".panel-rows button, .panel button, [data-place]"},
		{Key: "z", Says: "sort"},
		{Key: "m", Says: "alone"},
	}},
	{"all", []roomKey{
		{Key: "?", Says: "help"},
	}},
}

// keysOf are the keys that somebody has who sits in the room.
func keysOf(as role, media bool) (groups []keyGroup) {
	for _, group := range keyboard {
		group.Keys = slices.DeleteFunc(slices.Clone(group.Keys), func(k roomKey) bool {
			return k.For != "" && k.For != as || k.Media && !media
		})
		if len(group.Keys) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// Label is what stands on the key.
func (k roomKey) Label() string {
	switch k.Key {
	case "pagedown":
		return "PgDn"
	case "pageup":
		return "PgUp"
	}
	return strings.ToUpper(k.Key)
}

// Keys are the keys that the person has.
func (p roomPage) Keys() []keyGroup { return keysOf(p.Stage.Role, p.Stage.Media) }

// NextSort is what the rows are sorted by when the key of sorting is pressed.
func (p panelPage) NextSort() string {
	switch p.Sort {
	case briefing.ByName:
		return string(briefing.LeastDone)
	case briefing.LeastDone:
		return string(briefing.MostLate)
	}
	return string(briefing.ByName)
}
