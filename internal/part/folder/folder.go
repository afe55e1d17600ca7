package folder

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// Schema is the tables of folders.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people, and what stands on slips.
//
//go:embed texts.yaml
var Texts embed.FS

// Folder is what was printed once for a leader.
type Folder struct {
	ID        int64
	Unit      tree.UnitID
	Leader    int64  // the person for whom it is
	Name      string // of the leader, and post
	PrintedBy int64  // a person
	Printer   string // name and post
	At        time.Time
	Lang      text.Lang // in which it was printed
	Summary   Summary
	Slips     int // printed
	Back      int // of them entered
	Void      int // of them out, and their matter has moved: they are not entered any more
}

// Out is how many slips are to come back.
func (f Folder) Out() int { return f.Slips - f.Back - f.Void }

// Summary is what the first sheet of a folder counts.
type Summary struct {
	Kinds  []Count `json:"kinds"`            // items with a slip, or for which there was no room
	Others []Count `json:"others,omitempty"` // what is decided in the program alone
	Left   int     `json:"left,omitempty"`   // items without a slip, for there was no room
}

// Count is how many there are of something; its name is "folder.count." and the key.
type Count struct {
	Key string `json:"key"`
	N   int    `json:"n"`
}

// Slip is a submission slip: an item as it was printed for a leader's pen, and what
// came back.
type Slip struct {
	ID        int64
	Folder    int64
	Place     int // in its folder, from 1
	Code      account.Code
	Unit      tree.UnitID
	Leader    int64
	Name      string // of the leader, and post, when it was printed
	PrintedAt time.Time
	Item
	Entry
	Verdict   Verdict
	Remark    string // what the leader says is wrong
	VerdictAt time.Time

	newest int64  // position of the item's newest event now
	stored string // content as it lies in the row
}

// Void says that a slip is out and cannot be entered: its item is not as it was printed.
func (s Slip) Void() bool { return !s.Back() && s.newest != s.Position }

// Entry is what came back on a slip. The zero Entry is that of one that is still out.
type Entry struct {
	Choice  Choice
	Note    string
	File    string // id of the picture
	By      int64  // the person who entered it
	Enterer string // name, and by whose authority
	At      time.Time
}

// Back says whether the slip was entered.
func (e Entry) Back() bool { return !e.At.IsZero() }

// Verdict is what a leader says of a decision that was entered in the leader's name.
type Verdict string

// The verdicts.
const (
	Unseen Verdict = ""
	Right  Verdict = "right"
	Wrong  Verdict = "wrong" // the leader did not decide so
)

// Item is something that waits for a leader's decision.
type Item struct {
	Kind     Kind
	ID       int64       // of the report, difficulty or task
	Part     tree.UnitID // whose share of a task; 0 for none
	Subject  string      // of its events
	Position int64       // of its newest event when it was printed; 0 before
	Content  Content
}

// Content is what stands on the slip of an item, in the language in which it is printed.
type Content struct {
	From     string     `json:"from"` // the unit that proposes
	By       string     `json:"by"`   // who of it, name and post
	Title    string     `json:"title"`
	Proposal string     `json:"proposal"`
	Facts    []Fact     `json:"facts,omitempty"`
	Said     string     `json:"said,omitempty"` // in the words of the unit
	Since    time.Time  `json:"since"`
	Due      clock.Date `json:"due,omitempty"` // by when it should be decided; "" for none
	Late     bool       `json:"late,omitempty"`
	Ways     []Choice   `json:"ways"` // to decide, as they are printed
	marking.Marks
}

// Fact is a line of a slip.
type Fact struct {
	Label string `json:"label"`
	Said  string `json:"said"`
}

// Subject is how events name a folder.
func Subject(id int64) string { return "folder:" + strconv.FormatInt(id, 10) }

const folderColumns = `f.id, f.unit_id, f.leader_id, f.leader, f.printed_by, f.printer, f.printed_at, f.lang, f.summary,
	(SELECT COUNT(*) FROM folder_slip s WHERE s.folder_id = f.id), (SELECT COUNT(*) FROM folder_slip s WHERE s.folder_id = f.id AND s.entered_at > 0),
	(SELECT COUNT(*) FROM folder_slip s WHERE s.folder_id = f.id AND s.entered_at = 0
		AND s.position <> (SELECT MAX(e.position) FROM event e WHERE e.subject = s.subject))`

// Get gives one folder. NotFound: there is none.
func Get(ctx context.Context, q store.Querier, id int64) (Folder, error) {
	return firstFolder(readFolders(ctx, q, `WHERE f.id = $1`, id))
}

func firstFolder(list []Folder, err error) (Folder, error) {
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "folder.not-found")
	}
	if err != nil {
		return Folder{}, err
	}
	return list[0], nil
}

// MostListed is how many folders [List] gives.
const MostListed = 50

// List gives the folders of a unit, the newest first, no more than [MostListed].
func List(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Folder, error) {
	return readFolders(ctx, q, `WHERE f.unit_id = $1 ORDER BY f.printed_at DESC, f.id DESC LIMIT $2`, unit, MostListed)
}

func readFolders(ctx context.Context, q store.Querier, where string, args ...any) (list []Folder, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+folderColumns+` FROM folder f `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading folders: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var f Folder
		var at int64
		var summary string
		err := rows.Scan(&f.ID, &f.Unit, &f.Leader, &f.Name, &f.PrintedBy, &f.Printer, &at, &f.Lang, &summary, &f.Slips, &f.Back, &f.Void)
		if err == nil {
			err = json.Unmarshal([]byte(summary), &f.Summary)
		}
		if err != nil {
			return nil, fmt.Errorf("reading a folder: %w", err)
		}
		f.At = store.Moment(at)
		list = append(list, f)
	}
	return list, rows.Err()
}

const slipColumns = `s.id, s.folder_id, s.place, s.code, f.unit_id, f.leader_id, f.leader, f.printed_at, s.kind, s.item_id, s.part_id, s.subject, s.position,
	s.content, s.choice, s.note, s.file_id, s.entered_by, s.enterer, s.entered_at, s.verdict, s.remark, s.verdict_at,
	(SELECT COALESCE(MAX(e.position), 0) FROM event e WHERE e.subject = s.subject)`

// Slips gives the slips of a folder in their order.
func Slips(ctx context.Context, q store.Querier, folder int64) ([]Slip, error) {
	return readSlips(ctx, q, `WHERE s.folder_id = $1 ORDER BY s.place`, folder)
}

// Find gives the slip with a code. NotFound: there is none.
func Find(ctx context.Context, q store.Querier, code account.Code) (Slip, error) {
	list, err := readSlips(ctx, q, `WHERE s.code = $1`, code)
	if err != nil {
		return Slip{}, err
	}
	if len(list) == 0 {
		return Slip{}, fault.New(fault.NotFound, "folder.code-unknown")
	}
	return list[0], nil
}

// Unanswered gives the slips that were entered in a leader's name and that the leader
// has not looked at, the oldest first.
func Unanswered(ctx context.Context, q store.Querier, leader int64) ([]Slip, error) {
	return readSlips(ctx, q, `WHERE f.leader_id = $1 AND s.entered_at > 0 AND s.verdict = '' AND s.entered_by <> $1 ORDER BY s.entered_at, s.id`, leader)
}

// disputedFor is how long whoever entered a slip is told that the leader says it is not so.
const disputedFor = 14 * 24 * time.Hour

// Disputed gives the slips that somebody entered and of which the leader says that it is
// not so, the oldest first: for two weeks, or until something came of the matter.
func Disputed(ctx context.Context, q store.Querier, enterer int64, now time.Time) ([]Slip, error) {
	return readSlips(ctx, q, `WHERE s.entered_by = $1 AND s.verdict = $2 AND s.verdict_at > $3
		AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = s.subject AND e.time > s.entered_at) ORDER BY s.verdict_at, s.id`,
		enterer, Wrong, store.Micro(now.Add(-disputedFor)))
}

// Out gives the slips of a unit's leaders that are out and can be entered, the newest last.
func Out(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Slip, error) {
	return readSlips(ctx, q, `WHERE f.unit_id = $1 AND s.entered_at = 0
		AND s.position = (SELECT MAX(e.position) FROM event e WHERE e.subject = s.subject) ORDER BY s.id`, unit)
}

func readSlips(ctx context.Context, q store.Querier, where string, args ...any) (list []Slip, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+slipColumns+` FROM folder_slip s JOIN folder f ON f.id = s.folder_id `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading slips: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s Slip
		var printed, entered, verdict int64
		err := rows.Scan(&s.ID, &s.Folder, &s.Place, &s.Code, &s.Unit, &s.Leader, &s.Name, &printed, &s.Kind, &s.Item.ID, &s.Part, &s.Subject, &s.Position,
			&s.stored, &s.Choice, &s.Note, &s.File, &s.By, &s.Enterer, &entered, &s.Verdict, &s.Remark, &verdict, &s.newest)
		if err == nil {
			err = json.Unmarshal([]byte(s.stored), &s.Content)
		}
		if err != nil {
			return nil, fmt.Errorf("reading a slip: %w", err)
		}
		s.PrintedAt, s.At, s.VerdictAt = store.Moment(printed), store.Moment(entered), store.Moment(verdict)
		list = append(list, s)
	}
	return list, rows.Err()
}
