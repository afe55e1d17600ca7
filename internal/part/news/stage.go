package news

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// Stage is how far a desk's text has come on its way to the public. What the public reads
// already, State says.
type Stage string

// The stages.
const (
	Writing   Stage = "writing"
	HandedIn  Stage = "handed-in" // waits for whoever approves
	SentBack  Stage = "sent-back" // with a reason, to be written on
	Approved  Stage = "approved"  // as it stands; another word, and it is written on again
	Scheduled Stage = "scheduled" // approved, and published at its moment
	Stuck     Stage = "stuck"     // its moment came, and it could not be published
)

// approved says whether the text may go to the public as it stands.
func (a Article) approved() bool { return a.Stage == Approved || a.Stage == Scheduled }

// move takes an article to a stage; note and due are of that stage alone.
func (a Article) move(ctx context.Context, tx *ledger.Tx, to Stage, kind ledger.Kind, act Act) (Article, error) {
	a.Stage, a.StageBy, a.StageAt, a.Note, a.Due = to, act.Name, tx.Now(), act.Note, act.Due
	if err := a.save(ctx, tx); err != nil {
		return Article{}, err
	}
	return a, a.tell(tx, kind, act)
}

// StageCommand takes the text that was read further.
type StageCommand struct {
	Article  int64
	Revision int64     // of the text that was read
	Note     string    // what was corrected; of an approval, and not asked of the first version
	At       time.Time // to publish it; of Schedule
}

// HandIn gives a text to whoever approves at the desk. Handing it in again changes nothing.
// Faults: Forbidden; Conflict where somebody saved meanwhile, it was withdrawn, or the
// public reads it already; Invalid at "lead" and "pictures".
func HandIn(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd StageCommand) (Article, error) {
	a, err := cmd.lock(ctx, tx, actor, access.NewsWrite)
	if err != nil || a.Stage == HandedIn || a.approved() {
		return a, err
	}
	return a.move(ctx, tx, HandedIn, WasHandedIn, Act{Revision: a.Revision, Name: actor.Name})
}

// Approve allows a text to go to the public as it stands. Approving it again changes
// nothing. Faults: as [HandIn], and Invalid at "note".
func Approve(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd StageCommand) (Article, error) {
	a, err := cmd.lock(ctx, tx, actor, access.NewsPublish)
	if err != nil || a.approved() {
		return a, err
	}
	note, err := a.corrects(cmd.Note)
	if err != nil {
		return Article{}, err
	}
	return a.move(ctx, tx, Approved, WasApproved, Act{Revision: a.Revision, Text: &a.Text, Note: note, Name: actor.Name})
}

// Schedule has a text published at a moment: by whoever may publish, who approves it by
// that, or by the desk where it is approved. Scheduling it again moves the moment. Faults:
// as [Approve], and Invalid at "at".
func Schedule(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd StageCommand) (Article, error) {
	a, err := cmd.lock(ctx, tx, actor, access.NewsWrite)
	if err != nil {
		return Article{}, err
	}
	if !a.approved() {
		if a, err = Approve(ctx, tx, actor, cmd); err != nil {
			return Article{}, err
		}
	}
	if !cmd.At.After(tx.Now()) {
		return Article{}, fault.New(fault.Invalid, "news.past").At("at")
	}
	if a.Stage == Scheduled && a.Due.Equal(cmd.At) {
		return a, nil
	}
	return a.move(ctx, tx, Scheduled, WasScheduled, Act{Revision: a.Revision, Note: a.Note, Due: cmd.At, Name: actor.Name})
}

// Unschedule has a text that is scheduled wait again, approved as it is. Faults: Forbidden;
// Conflict where it is not scheduled.
func Unschedule(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Article, error) {
	a, err := lock(ctx, tx, id)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsWrite, a.Unit); err != nil {
		return Article{}, err
	}
	if a.Stage != Scheduled {
		return Article{}, fault.New(fault.Conflict, "news.not-scheduled")
	}
	return a.move(ctx, tx, Approved, WasUnscheduled, Act{Revision: a.Revision, Note: a.Note, Name: actor.Name})
}

// SendBack gives a text that was handed in, approved or scheduled back to its writers.
// Faults: Forbidden; Conflict where it is none of these; Invalid at "reason".
func SendBack(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Article, error) {
	a, err := lock(ctx, tx, id)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsPublish, a.Unit); err != nil {
		return Article{}, err
	}
	if a.Stage != HandedIn && !a.approved() {
		return Article{}, fault.New(fault.Conflict, "news.not-waiting")
	}
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > MostNote {
		return Article{}, fault.New(fault.Invalid, "news.reason", "most", MostNote).At("reason")
	}
	return a.move(ctx, tx, SentBack, WasSentBack, Act{Revision: a.Revision, Note: reason, Name: actor.Name})
}

// lock reads the article whose text was read, for whoever may do something about it.
func (cmd StageCommand) lock(ctx context.Context, tx *ledger.Tx, actor access.Actor, action access.Action) (Article, error) {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(action, a.Unit); err != nil {
		return Article{}, err
	}
	if err := a.complete(cmd.Revision); err != nil {
		return Article{}, err
	}
	same, err := a.Public(ctx, tx)
	if err == nil && same {
		err = fault.New(fault.Conflict, "news.nothing-new")
	}
	return a, err
}

// complete says what keeps the text that was read from going further.
func (a Article) complete(read int64) error {
	switch {
	case a.State == Withdrawn:
		return fault.New(fault.Conflict, "news.was-withdrawn")
	case a.Revision != read:
		return fault.New(fault.Conflict, "news.saved-meanwhile", "name", a.Editor)
	case a.Text.Lead == "" && a.Text.Body == "":
		return fault.New(fault.Invalid, "news.empty").At("lead")
	}
	return a.Text.described()
}

// reopen voids what was decided about a text that is not the same any more; what waits
// for approval goes on waiting, since whoever approves names the text that was read.
func (a Article) reopen(tx *ledger.Tx, name string) (Article, error) {
	if !a.approved() && a.Stage != Stuck {
		return a, nil
	}
	a.Stage, a.StageBy, a.StageAt, a.Note, a.Due = Writing, name, tx.Now(), "", time.Time{}
	return a, a.tell(tx, WasReopened, Act{Revision: a.Revision, Name: name})
}

// AtStage gives the articles of a desk whose text is at one of some stages, the longest
// there first.
func AtStage(ctx context.Context, q store.Querier, unit tree.UnitID, stages ...Stage) (list []Article, err error) {
	for _, stage := range stages {
		some, err := read(ctx, q, `WHERE a.unit_id = $1 AND a.stage = $2 ORDER BY a.stage_at, a.id`, unit, stage)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// mostAtOnce is how many articles one transaction publishes.
const mostAtOnce = 50

// Due says whether an article's moment has come.
func Due(ctx context.Context, q store.Querier, now time.Time) (due bool, err error) {
	var n int
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM article WHERE stage = $1 AND due_at <= $2`, Scheduled, store.Micro(now)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("looking for articles whose moment has come: %w", err)
	}
	return n > 0, nil
}

// PublishDue publishes the articles whose moment has come, each once whoever else does the
// same, and says how many; more may be left when that is a full batch. One that cannot be
// published is held, for its desk to see why. By the program alone.
func PublishDue(ctx context.Context, tx *ledger.Tx, program access.Actor, boards *board.Boards) (published int, err error) {
	if err := program.May(access.SystemRun, 0); err != nil {
		return 0, err
	}
	list, err := read(ctx, tx, fmt.Sprintf(`WHERE a.stage = $1 AND a.due_at <= $2 ORDER BY a.due_at, a.id LIMIT %d`, mostAtOnce), Scheduled, store.Micro(tx.Now()))
	if err != nil {
		return 0, err
	}
	for _, one := range list {
		n, err := goOut(ctx, tx, one.ID, boards)
		if err != nil {
			return published, err
		}
		published += n
	}
	return published, nil
}

// goOut publishes an article whose moment has come, if it still has.
func goOut(ctx context.Context, tx *ledger.Tx, id int64, boards *board.Boards) (published int, err error) {
	a, err := lock(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if a.Stage != Scheduled || a.Due.After(tx.Now()) {
		return 0, nil // another process was here, or somebody at the desk
	}
	_, err = a.give(ctx, tx, a.StageBy, a.Note, boards)
	if faults := fault.All(err); len(faults) > 0 { // nothing was written yet
		_, err = a.move(ctx, tx, Stuck, WasStuck, Act{Revision: a.Revision, Note: faults[0].Key, Name: a.StageBy})
		return 1, err
	}
	return 1, err
}
