package briefing

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Device is what came of trying a device.
type Device string

// What can come of trying a device.
const (
	Untried Device = ""
	Works   Device = "works"
	Denied  Device = "denied"  // the person or the system does not let the browser use it
	Missing Device = "missing" // there is none
	Busy    Device = "busy"    // another program holds it
	Silent  Device = "silent"  // of a microphone: nothing was heard; of speakers: the person heard nothing
)

// Check is what a site found when it tried its place before the meeting (kiểm tra
// thiết bị).
type Check struct {
	Unit       tree.UnitID // of the site
	At         time.Time
	By         int64  // the person who tried; names are read from the accounts
	Browser    string // as it names itself, short
	Secure     bool   // the page came over a line that browsers trust with devices
	Modern     bool   // it can do what the room needs
	Calls      bool   // WebRTC
	Codecs     bool   // it plays and sends the picture and sound that are used
	RoundTrip  int    // to this server and back, milliseconds
	Down, Up   int    // rate from and to this server, kbit/s
	Camera     Device
	Microphone Device
	Speakers   Device
}

// mostBrowser is how long a browser's name is, in characters.
const mostBrowser = 60

// KeepCheck keeps what a site found; the last try counts. It is no event: nothing of
// it belongs to what happened in the meeting. Invalid at "check" for what no page of
// ours sends; the rest as for any act of a site.
func KeepCheck(ctx context.Context, tx *ledger.Tx, actor access.Actor, briefing int64, c Check) (Check, error) {
	b, s, err := at(ctx, tx, actor, briefing, c.Unit)
	if err != nil {
		return Check{}, err
	}
	if !c.plausible() {
		return Check{}, fault.New(fault.Invalid, "briefing.check-strange").At("check")
	}
	if !b.TriesDevices() {
		c.Camera, c.Microphone, c.Speakers = Untried, Untried, Untried
	}
	c.At, c.By = tx.Now(), actor.Person
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_check (briefing_id, unit_id, at, person_id, browser, secure, modern, calls, codecs, round_trip, down, up,
		camera, microphone, speakers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (briefing_id, unit_id) DO UPDATE SET at = excluded.at, person_id = excluded.person_id, browser = excluded.browser, secure = excluded.secure,
		modern = excluded.modern, calls = excluded.calls, codecs = excluded.codecs, round_trip = excluded.round_trip, down = excluded.down, up = excluded.up,
		camera = excluded.camera, microphone = excluded.microphone, speakers = excluded.speakers`,
		b.ID, s.Unit, store.Micro(c.At), c.By, c.Browser, bit(c.Secure), bit(c.Modern), bit(c.Calls), bit(c.Codecs), c.RoundTrip, c.Down, c.Up,
		c.Camera, c.Microphone, c.Speakers)
	if err != nil {
		return Check{}, fmt.Errorf("keeping what site %d found: %w", s.ID, err)
	}
	return c, nil
}

func (c Check) plausible() bool {
	const hour, terabit = 3_600_000, 1_000_000_000
	for _, device := range []Device{c.Camera, c.Microphone, c.Speakers} {
		if !slices.Contains([]Device{Untried, Works, Denied, Missing, Busy, Silent}, device) {
			return false
		}
	}
	return utf8.RuneCountInString(c.Browser) <= mostBrowser && c.RoundTrip >= 0 && c.RoundTrip < hour &&
		c.Down >= 0 && c.Down < terabit && c.Up >= 0 && c.Up < terabit
}

// Checks gives the last check of each site of a briefing that made one.
func Checks(ctx context.Context, q store.Querier, briefing int64) (map[tree.UnitID]Check, error) {
	rows, err := q.QueryContext(ctx, `SELECT unit_id, at, person_id, browser, secure, modern, calls, codecs, round_trip, down, up, camera, microphone, speakers
		FROM briefing_check WHERE briefing_id = $1`, briefing)
	if err != nil {
		return nil, fmt.Errorf("reading the checks of briefing %d: %w", briefing, err)
	}
	defer rows.Close()
	checks := map[tree.UnitID]Check{}
	for rows.Next() {
		var c Check
		var at int64
		err := rows.Scan(&c.Unit, &at, &c.By, &c.Browser, &c.Secure, &c.Modern, &c.Calls, &c.Codecs, &c.RoundTrip, &c.Down, &c.Up, &c.Camera, &c.Microphone, &c.Speakers)
		if err != nil {
			return nil, fmt.Errorf("reading a check: %w", err)
		}
		c.At = store.Moment(at)
		checks[c.Unit] = c
	}
	return checks, rows.Err()
}
