package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// MostSlips is how many slips a folder has: more are not decided in one sitting, and the
// most pressing come first.
const MostSlips = 60

// PrintCommand prints the folder of a leader.
type PrintCommand struct {
	Unit   tree.UnitID
	Leader int64  // who leads the unit
	Key    string // of the form: same key, same folder
}

// Print puts what waits for a leader into a folder, with a slip for each item, and has
// it on record who printed what in which state. The paper itself is made of the folder
// as often as it is asked for. Faults: Forbidden; Conflict where the person does not
// lead the unit, or nothing waits.
func (r Reader) Print(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd PrintCommand) (Folder, error) {
	if err := actor.May(access.FolderPrint, cmd.Unit); err != nil {
		return Folder{}, err
	}
	if cmd.Key == "" {
		return Folder{}, fmt.Errorf("printing a folder at unit %d: a key is needed", cmd.Unit)
	}
	known, err := readFolders(ctx, tx, `WHERE f.key = $1 AND f.unit_id = $2`, cmd.Key, cmd.Unit)
	if err != nil || len(known) > 0 {
		return firstFolder(known, err)
	}
	leader, err := LeaderOf(ctx, tx, actor.Tree, cmd.Leader, cmd.Unit, clock.DateOf(tx.Now(), r.Zone))
	if err != nil {
		return Folder{}, err
	}
	head, _, err := ledger.Head(ctx, tx)
	if err != nil {
		return Folder{}, err
	}
	waiting, err := r.Waiting(ctx, tx, leader, cmd.Unit, tx.Now())
	if err != nil {
		return Folder{}, err
	}
	items, err := still(ctx, tx, waiting.Items[:min(MostSlips, len(waiting.Items))], head)
	if err != nil {
		return Folder{}, err
	}
	if len(items) == 0 {
		return Folder{}, fault.New(fault.Conflict, "folder.nothing")
	}
	printer, err := named(ctx, tx, actor, cmd.Unit)
	if err != nil {
		return Folder{}, err
	}
	f := Folder{
		Unit: cmd.Unit, Leader: cmd.Leader, Name: leader.Name, PrintedBy: actor.Person, Printer: printer, At: tx.Now(), Lang: r.Lang,
		Summary: Summary{Kinds: waiting.kinds(), Others: waiting.Others, Left: len(waiting.Items) - len(items)}, Slips: len(items),
	}
	if err := f.insert(ctx, tx, cmd.Key); err != nil {
		return Folder{}, err
	}
	printed := Printed{Folder: f.ID, Unit: f.Unit, Leader: f.Leader, Name: f.Name, Printer: f.Printer}
	for i, item := range items {
		slip, err := f.slip(ctx, tx, i+1, item)
		if err != nil {
			return Folder{}, err
		}
		printed.Slips = append(printed.Slips, slip)
	}
	return f, tx.Append(ledger.New{Unit: int64(f.Unit), Kind: WasPrinted, Subject: Subject(f.ID), Payload: printed})
}

// still gives the items with the positions of their newest events. What somebody moved
// after the head of the log was read, while the items were, waits for the next folder:
// nobody could say which of its states was read.
func still(ctx context.Context, q store.Querier, items []Item, head int64) (list []Item, err error) {
	for _, item := range items {
		if item.Position, err = ledger.LastAbout(ctx, q, item.Subject); err != nil {
			return nil, err
		}
		if item.Position <= head {
			list = append(list, item)
		}
	}
	return list, nil
}

// kinds counts the items by kind.
func (w Waiting) kinds() (list []Count) {
	for _, kind := range Kinds {
		n := 0
		for _, item := range w.Items {
			if item.Kind == kind {
				n++
			}
		}
		if n > 0 {
			list = append(list, Count{string(kind), n})
		}
	}
	return list
}

// named is somebody at a unit as slips name people: name and post.
func named(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID) (string, error) {
	post, err := org.PostTitle(ctx, q, actor.Person, unit)
	return account.Capacity{Post: post}.Named(actor.Name), err
}

func (f *Folder) insert(ctx context.Context, tx *ledger.Tx, key string) error {
	summary, err := json.Marshal(f.Summary)
	if err != nil {
		return fmt.Errorf("writing what a folder counts: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO folder (key, unit_id, leader_id, leader, printed_by, printer, printed_at, lang, summary)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
		key, f.Unit, f.Leader, f.Name, f.PrintedBy, f.Printer, store.Micro(f.At), f.Lang, string(summary)).Scan(&f.ID)
	if err != nil {
		return fmt.Errorf("printing a folder at unit %d: %w", f.Unit, err)
	}
	return nil
}

// slip makes the slip of an item.
func (f Folder) slip(ctx context.Context, tx *ledger.Tx, place int, i Item) (PrintedSlip, error) {
	content, err := json.Marshal(i.Content)
	if err != nil {
		return PrintedSlip{}, fmt.Errorf("writing a slip: %w", err)
	}
	code, err := account.NewShortCode()
	if err != nil {
		return PrintedSlip{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO folder_slip (folder_id, place, code, kind, item_id, part_id, subject, position, content,
		choice, note, file_id, entered_by, enterer, entered_at, verdict, remark, verdict_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '', 0, '', 0, '', '', 0)`,
		f.ID, place, code, i.Kind, i.ID, i.Part, i.Subject, i.Position, string(content))
	if err != nil {
		return PrintedSlip{}, fmt.Errorf("making a slip of folder %d: %w", f.ID, err)
	}
	return PrintedSlip{Code: code, Kind: i.Kind, Subject: i.Subject, Position: i.Position, Content: hashOf(string(content))}, nil
}

// hashOf is the SHA-256 of what stands on a slip, hex.
func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}
