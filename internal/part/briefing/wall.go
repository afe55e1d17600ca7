package briefing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Picture is what a screen on the wall of the host's room can show.
type Picture string

// The pictures.
const (
	MapPicture         Picture = "map"         // one figure of every unit directly below, and its change since the last briefing
	LatePicture        Picture = "late"        // who is late
	FloorPicture       Picture = "floor"       // who has the floor, the clock, the next three
	ConclusionsPicture Picture = "conclusions" // of the last briefing, by unit
	DuePicture         Picture = "due"         // what is due this week
)

// Pictures is all pictures, in the order in which they take turns.
var Pictures = []Picture{MapPicture, LatePicture, FloorPicture, ConclusionsPicture, DuePicture}

// Bounds of the walls.
const (
	MostWalls    = 6
	LeastSeconds = 5 // that a picture stays: to be read at all
	MostSeconds  = 600
	usualSeconds = 20
)

// Wall is one screen on the wall of the host's room. Whoever leads the meeting says
// what it shows, from a phone.
type Wall struct {
	Number   int       // from 1
	Pictures []Picture // in their turn; one alone is pinned
	Seconds  int       // that each stays
	Since    time.Time // when the turn began; zero for one that nobody set yet

	Milestone string // of the map's figure: a key; "" for the board's widest
	Level     string // of the units that it counts: a key; "" for that with most still open
}

// Pinned says whether the wall shows one picture and no other.
func (w Wall) Pinned() bool { return len(w.Pictures) == 1 }

// At is which of n pictures in turn a wall shows at a moment: the same on the wall
// and on the phone that drives it.
func (w Wall) At(n int, now time.Time) int {
	if n < 2 || w.Seconds < 1 {
		return 0
	}
	return int(max(now.Sub(w.Since), 0)/(time.Duration(w.Seconds)*time.Second)) % n
}

// Walls gives the walls of a briefing, in their order. There is one at least: until
// somebody says otherwise it shows all pictures in turn.
func Walls(ctx context.Context, q store.Querier, b Briefing) ([]Wall, error) {
	rows, err := q.QueryContext(ctx, `SELECT number, pictures, seconds, since, milestone, level FROM briefing_wall WHERE briefing_id = $1 ORDER BY number`, b.ID)
	if err != nil {
		return nil, fmt.Errorf("reading the walls of briefing %d: %w", b.ID, err)
	}
	defer rows.Close()
	var list []Wall
	for rows.Next() {
		var w Wall
		var pictures string
		var since int64
		if err := rows.Scan(&w.Number, &pictures, &w.Seconds, &since, &w.Milestone, &w.Level); err != nil {
			return nil, fmt.Errorf("reading a wall of briefing %d: %w", b.ID, err)
		}
		for _, p := range strings.Split(pictures, ",") {
			w.Pictures = append(w.Pictures, Picture(p))
		}
		w.Since = store.Moment(since)
		list = append(list, w)
	}
	if len(list) == 0 || list[0].Number != 1 {
		list = slices.Insert(list, 0, Wall{Number: 1, Pictures: Pictures, Seconds: usualSeconds, Since: b.CalledAt})
	}
	return list, rows.Err()
}

// WallCommand says what a wall shows.
type WallCommand struct {
	Briefing int64
	Number   int
	Pictures []Picture // in their turn; one alone is pinned
	Seconds  int       // that each stays; 0 for the usual
	// Milestone and Level are keys of the map's figure; "" for the board's own.
	Milestone, Level string
}

// SetWall says what a wall shows, before the meeting and during it. The turn begins
// anew; saying the same again changes nothing. A number that is one more than there
// are walls adds one. Invalid at "wall", "picture" and "seconds".
func SetWall(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd WallCommand) (Wall, error) {
	b, byWord, err := driving(ctx, tx, actor, cmd.Briefing)
	if err != nil {
		return Wall{}, err
	}
	walls, err := Walls(ctx, tx, b)
	if err != nil {
		return Wall{}, err
	}
	if cmd.Seconds == 0 {
		cmd.Seconds = usualSeconds
	}
	if err := cmd.check(len(walls)); err != nil {
		return Wall{}, err
	}
	w := Wall{cmd.Number, cmd.Pictures, cmd.Seconds, tx.Now(), cmd.Milestone, cmd.Level}
	if i := slices.IndexFunc(walls, func(w Wall) bool { return w.Number == cmd.Number }); i >= 0 && walls[i].same(w) {
		return walls[i], nil
	}
	names := make([]string, len(w.Pictures))
	for i, p := range w.Pictures {
		names[i] = string(p)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_wall (briefing_id, number, pictures, seconds, since, milestone, level) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (briefing_id, number) DO UPDATE SET pictures = excluded.pictures, seconds = excluded.seconds, since = excluded.since,
		milestone = excluded.milestone, level = excluded.level`,
		b.ID, w.Number, strings.Join(names, ","), w.Seconds, store.Micro(w.Since), w.Milestone, w.Level)
	if err != nil {
		return Wall{}, fmt.Errorf("setting wall %d of briefing %d: %w", w.Number, b.ID, err)
	}
	return w, b.tell(tx, WallSet, b.Unit, WallNow{
		Briefing: b.ID, Wall: w.Number, Pictures: w.Pictures, Seconds: w.Seconds, Milestone: w.Milestone, Level: w.Level, ByWord: byWord,
	})
}

// same says whether two walls show the same, whenever their turns began.
func (w Wall) same(other Wall) bool {
	return slices.Equal(w.Pictures, other.Pictures) && w.Seconds == other.Seconds && w.Milestone == other.Milestone && w.Level == other.Level
}

func (c WallCommand) check(walls int) error {
	var wrong fault.List
	if c.Number < 1 || c.Number > min(walls+1, MostWalls) {
		wrong = append(wrong, fault.New(fault.Invalid, "briefing.walls-many", "most", MostWalls).At("wall"))
	}
	known := len(c.Pictures) > 0
	for i, p := range c.Pictures {
		known = known && slices.Contains(Pictures, p) && !slices.Contains(c.Pictures[:i], p)
	}
	if !known {
		wrong = append(wrong, fault.New(fault.Invalid, "briefing.pictures-needed").At("picture"))
	}
	if c.Seconds < LeastSeconds || c.Seconds > MostSeconds {
		wrong = append(wrong, fault.New(fault.Invalid, "briefing.seconds-wrong", "least", LeastSeconds, "most", MostSeconds).At("seconds"))
	}
	if len(c.Milestone) > MostTopic || len(c.Level) > MostTopic {
		wrong = append(wrong, fault.New(fault.Invalid, "briefing.long", "most", MostTopic).At("figure"))
	}
	return wrong.Err()
}

// TakeWallDown takes the last wall away; the first stays. Taking away one that is not
// there changes nothing.
func TakeWallDown(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) error {
	b, byWord, err := driving(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	walls, err := Walls(ctx, tx, b)
	if err != nil || len(walls) == 1 {
		return err
	}
	last := walls[len(walls)-1].Number
	if _, err := tx.ExecContext(ctx, `DELETE FROM briefing_wall WHERE briefing_id = $1 AND number = $2`, id, last); err != nil {
		return fmt.Errorf("taking wall %d of briefing %d down: %w", last, id, err)
	}
	return b.tell(tx, WallSet, b.Unit, WallNow{Briefing: b.ID, Wall: last, ByWord: byWord})
}

// Veil puts a neutral picture on all screens, or takes it away: before the meeting
// too, for when guests come in. Doing so again changes nothing.
func Veil(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, on bool) (Briefing, error) {
	b, byWord, err := driving(ctx, tx, actor, id)
	if err != nil || b.Neutral == on {
		return b, err
	}
	b.Neutral = on
	if err := b.save(ctx, tx); err != nil {
		return Briefing{}, err
	}
	return b, b.shows(ctx, tx, byWord)
}

// driving locks a briefing that is not over, for whoever leads it.
func driving(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (b Briefing, byWord bool, err error) {
	b, byWord, err = lead(ctx, tx, actor, id)
	if err == nil && b.State != Called && b.State != Open {
		err = notOpen(b)
	}
	return b, byWord, err
}
