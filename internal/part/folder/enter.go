package folder

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/org"
)

// MostNote is how many characters the leader's note may have.
const MostNote = 2000

// EnterCommand is a slip that came back.
type EnterCommand struct {
	Code   string // as typed, or as a telephone read it
	Choice Choice
	Note   string
	Scan   file.Upload // its picture; the zero Upload for none
}

// Enter takes a leader's decision from a slip: it runs the use case of the item as the
// leader's, with the rights that the leader has now, and keeps the picture. The same
// slip entered again in the same way is the same answer.
//
// Only the leader may, and whoever the leader handed [access.FolderEnter] over to.
// Faults: Forbidden; Invalid at "code", "choice", "note" and "file"; Conflict at "code"
// where the slip was entered otherwise, where the item was decided or has changed since
// it was printed, and where the leader is not in post or may not decide any more.
func Enter(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd EnterCommand) (Slip, error) {
	s, err := lockSlip(ctx, tx, actor, cmd.Code)
	if err != nil {
		return Slip{}, err
	}
	cmd.Note = strings.TrimSpace(cmd.Note)
	if s.Back() {
		return s.again(ctx, tx, actor, cmd)
	}
	rules, err := org.Profile(ctx, tx)
	if err != nil {
		return Slip{}, err
	}
	today := clock.DateOf(tx.Now(), rules.Location())
	leader, by, err := s.Enters(ctx, tx, actor, today)
	if err != nil {
		return Slip{}, err
	}
	if err := cmd.check(s); err != nil {
		return Slip{}, err
	}
	if err := s.unmoved(ctx, tx); err != nil {
		return Slip{}, err
	}
	scan, err := file.Save(ctx, tx, cmd.Scan, s.Content.Marks, int64(s.Unit), actor.Person)
	if err != nil {
		return Slip{}, err
	}
	as := account.As(by, access.FolderEnter, s.Unit, "")
	s.Entry = Entry{Choice: cmd.Choice, Note: cmd.Note, File: scan.ID, By: actor.Person, Enterer: as.Named(actor.Name), At: tx.Now()}
	if cmd.Choice != Hold {
		leader = leader.WithPen(access.OnPaper{Slip: string(s.Code), By: s.By, Name: s.Enterer, File: s.File})
		if err := decisions[s.Kind][cmd.Choice](ctx, tx, leader, s.Item, cmd.Note); err != nil {
			return Slip{}, atSlip(err)
		}
	}
	if err := s.unchanged(ctx, tx); err != nil { // nobody was at the item until its use case had locked it
		return Slip{}, err
	}
	if err := s.save(ctx, tx); err != nil {
		return Slip{}, err
	}
	err = tx.Append(ledger.New{Unit: int64(s.Unit), Kind: WasEntered, Subject: Subject(s.Folder), Payload: Entered{
		Folder: s.Folder, Unit: s.Unit, Leader: s.Leader, Name: s.Name, Code: s.Code, Subject: s.Subject, Choice: s.Choice, Note: s.Note,
		File: s.File, By: s.By, Enterer: s.Enterer, Delegation: as.Delegation,
	}})
	if err != nil {
		return Slip{}, err
	}
	return s, as.Use(ctx, tx, by, access.FolderEnter, s.Unit, Subject(s.Folder))
}

// Enters says for whom a slip would be entered on a day, and by whom: the leader as one
// who acts now, and the actor with the one grant by which that goes. Faults: Conflict at
// "code" where the leader is not in post any more, Forbidden.
func (s Slip) Enters(ctx context.Context, q store.Querier, actor access.Actor, today clock.Date) (leader, by access.Actor, err error) {
	// First, since what a leader handed over ends with the post.
	if leader, err = LeaderOf(ctx, q, actor.Tree, s.Leader, s.Unit, today); err != nil {
		return leader, by, atSlip(err)
	}
	by, err = s.grant(ctx, q, actor)
	return leader, by, err
}

// grant is the actor with the one grant by which the slip may be entered: a leader's own,
// or what that very leader handed over.
func (s Slip) grant(ctx context.Context, q store.Querier, actor access.Actor) (access.Actor, error) {
	if err := actor.May(access.FolderEnter, s.Unit); err != nil {
		return actor, fault.New(fault.Forbidden, "folder.not-handed-over", "leader", s.Name)
	}
	if actor.Person == 0 || actor.Person == s.Leader {
		return actor, nil
	}
	for _, g := range actor.Grants {
		if g.Unit != s.Unit || g.Delegation == nil || !slices.Contains(g.Delegation.Actions, access.FolderEnter) {
			continue
		}
		d, err := account.FindDelegation(ctx, q, g.Delegation.ID)
		if err != nil {
			return actor, err
		}
		if d.Leader == s.Leader {
			actor.Grants = []access.Grant{g}
			return actor, nil
		}
	}
	return actor, fault.New(fault.Forbidden, "folder.not-handed-over", "leader", s.Name)
}

// lockSlip finds the slip that was typed and keeps everybody else from entering it.
func lockSlip(ctx context.Context, tx *ledger.Tx, actor access.Actor, typed string) (Slip, error) {
	unknown := fault.New(fault.Invalid, "folder.code-unknown").At("code")
	code, ok := ParseCode(typed)
	if !ok {
		return Slip{}, unknown
	}
	if _, err := tx.ExecContext(ctx, `UPDATE folder_slip SET place = place WHERE code = $1`, code); err != nil {
		return Slip{}, fmt.Errorf("locking slip %s: %w", code, err)
	}
	s, err := Find(ctx, tx, code)
	switch {
	case fault.Is(err, fault.NotFound):
		return Slip{}, unknown
	case err != nil:
		return Slip{}, err
	case actor.May(access.FolderEnter, s.Unit) != nil && actor.May(access.FolderPrint, s.Unit) != nil:
		return Slip{}, fault.New(fault.Invalid, "folder.other-unit").At("code")
	}
	return s, nil
}

// again answers whoever enters a slip that was entered.
func (s Slip) again(ctx context.Context, q store.Querier, actor access.Actor, cmd EnterCommand) (Slip, error) {
	if _, err := s.grant(ctx, q, actor); err != nil {
		return Slip{}, err
	}
	scan, err := file.Get(ctx, q, s.File)
	if err != nil {
		return Slip{}, err
	}
	if s.Choice == cmd.Choice && s.Note == cmd.Note && scan.SameContent(cmd.Scan) {
		return s, nil
	}
	return Slip{}, fault.New(fault.Conflict, "folder.entered", "name", s.Enterer).At("code")
}

func (cmd EnterCommand) check(s Slip) error {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	if !slices.Contains(s.Content.Ways, cmd.Choice) {
		add("choice", "folder.choice-needed")
	}
	switch n := utf8.RuneCountInString(cmd.Note); {
	case n == 0 && cmd.Choice.NeedsNote():
		add("note", "folder.note-needed")
	case n > MostNote:
		add("note", "folder.note-long", "most", MostNote)
	}
	switch {
	case cmd.Scan.Size == 0:
		add("file", "folder.scan-needed")
	case cmd.Scan.Kind != file.PDF && !cmd.Scan.Kind.Picture():
		add("file", "folder.scan-kind")
	}
	return wrong.Err()
}

// unmoved refuses a slip whose item is not as it was printed: the leader decided on
// something else.
func (s Slip) unmoved(ctx context.Context, tx *ledger.Tx) error {
	waits, err := s.waits(ctx, tx)
	if err != nil {
		return err
	}
	if !waits {
		return fault.New(fault.Conflict, "folder.decided").At("code")
	}
	return s.unchanged(ctx, tx)
}

// unchanged refuses a slip whose item has an event that was not there when it was
// printed. What this transaction says of the item is not in the log yet.
func (s Slip) unchanged(ctx context.Context, tx *ledger.Tx) error {
	newest, err := ledger.LastAbout(ctx, tx, s.Subject)
	if err == nil && newest != s.Position {
		err = fault.New(fault.Conflict, "folder.changed").At("code")
	}
	return err
}

// atSlip puts what the item's use case refuses to the fields of a slip: what is wrong
// with the leader's words to the note, and everything else to the code.
func atSlip(err error) error {
	list := fault.All(err)
	if len(list) == 0 {
		return err
	}
	moved := make(fault.List, len(list))
	for i, f := range list {
		switch f.Kind {
		case fault.Invalid:
			moved[i] = f.At("note")
		case fault.Forbidden:
			moved[i] = fault.New(fault.Conflict, "folder.leader-may-not").At("code")
		default:
			moved[i] = f.At("code")
		}
	}
	return moved
}

func (s Slip) save(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE folder_slip SET choice = $1, note = $2, file_id = $3, entered_by = $4, enterer = $5, entered_at = $6 WHERE id = $7`,
		s.Choice, s.Note, s.File, s.By, s.Enterer, store.Micro(s.At), s.ID)
	if err != nil {
		return fmt.Errorf("entering slip %s: %w", s.Code, err)
	}
	return nil
}
