package briefingui

import (
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// Bounds of the stills in the strip of a room.
const (
	mostStill  = 6 << 10          // bytes of one
	stillFresh = 20 * time.Second // after which one is of somebody who left
)

// stills are the newest pictures of sites, for the strip. They are kept in memory alone
// and go when the site leaves.
type stills struct {
	mu   sync.Mutex
	last int64 // number of the newest
	of   map[int64]map[tree.UnitID]still
}

type still struct {
	number int64
	taken  time.Time
	source string // a data: address
}

func newStills() *stills { return &stills{of: map[int64]map[tree.UnitID]still{}} }

// put keeps a site's newest picture.
func (s *stills) put(briefing int64, unit tree.UnitID, kind string, picture []byte, now time.Time) {
	source := "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(picture)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[briefing] == nil {
		s.of[briefing] = map[tree.UnitID]still{}
	}
	s.last++
	s.of[briefing][unit] = still{s.last, now, source}
}

// since gives the pictures of units that are newer than a number, "" for a unit that
// has none, and the number of the newest of all.
func (s *stills) since(briefing int64, units []tree.UnitID, after int64, now time.Time) (last int64, fresh map[tree.UnitID]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh = map[tree.UnitID]string{}
	for _, unit := range units {
		one, ok := s.of[briefing][unit]
		switch {
		case !ok || now.Sub(one.taken) > stillFresh:
			fresh[unit] = ""
		case one.number > after:
			fresh[unit] = one.source
		}
	}
	return s.last, fresh
}

// keep forgets the pictures of all sites of a briefing but those that stay.
func (s *stills) keep(briefing int64, stays func(tree.UnitID) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for unit := range s.of[briefing] {
		if !stays(unit) {
			delete(s.of[briefing], unit)
		}
	}
	if len(s.of[briefing]) == 0 {
		delete(s.of, briefing)
	}
}

// atDevice is the unit of the address, for whoever is at its device in a room with picture
// and sound now.
func (s *Screens) atDevice(r *web.Request) (id int64, unit tree.UnitID, err error) {
	h, err := s.hall(r)
	if err != nil {
		return 0, 0, err
	}
	place, err := h.Join(r.Actor)
	if err != nil {
		return 0, 0, err
	}
	unit, err = unitAt(r)
	if err == nil && (place.Unit == 0 || place.Unit != unit) {
		err = fault.New(fault.Forbidden, "briefing.no-site")
	}
	return h.Briefing.ID, unit, err
}

// takeStill takes a site's picture for the strip.
func (s *Screens) takeStill(r *web.Request) error {
	id, unit, err := s.atDevice(r)
	if fault.Is(err, fault.TooLate) {
		return r.JSON(map[string]bool{"done": false}) // it ended while the still was on its way: nobody wants it
	}
	if err != nil {
		return err
	}
	picture, err := io.ReadAll(io.LimitReader(r.Body, mostStill+1))
	if err != nil {
		return err
	}
	kind := http.DetectContentType(picture)
	switch {
	case len(picture) > mostStill:
		return fault.New(fault.Invalid, "briefings.still.large", "most", mostStill>>10)
	case kind != "image/jpeg" && kind != "image/webp":
		return fault.New(fault.Invalid, "briefings.still.kind")
	}
	s.stills.put(id, unit, kind, picture, s.Machine.Now())
	return r.JSON(map[string]bool{"done": true})
}

// giveStills gives those who are in the room the stills of the sites that the address
// names, as far as they are newer than those they have.
func (s *Screens) giveStills(r *web.Request) error {
	h, err := s.hall(r)
	if err != nil {
		return err
	}
	if _, err := h.Watch(r.Actor); err != nil {
		return err
	}
	last, fresh := s.stills.since(h.Briefing.ID, unitsOf(h.Sites, r.Query("units")), queryNumber(r, "after"), s.Machine.Now())
	return r.JSON(struct {
		At     int64                  `json:"at"`
		Stills map[tree.UnitID]string `json:"stills"`
	}{last, fresh})
}

// unitsOf are those of the sites that a list with commas names.
func unitsOf(sites []briefing.Site, list string) (units []tree.UnitID) {
	named := map[string]bool{}
	for name := range strings.SplitSeq(list, ",") {
		named[name] = true
	}
	for _, site := range sites {
		if named[strconv.FormatInt(int64(site.Unit), 10)] {
			units = append(units, site.Unit)
		}
	}
	return units
}
