package register

import (
	"context"
	"embed"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Schema is the tables of the register.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// MostTitle bounds a paper's title and a reason, in characters.
const MostTitle = 500

// State is how far a paper has come.
type State string

// The states.
const (
	Drafted   State = "drafted"
	Signed    State = "signed"
	Numbered  State = "numbered"
	Issued    State = "issued"
	Cancelled State = "cancelled"
)

// Paper is an official paper as it stands now.
type Paper struct {
	ID      int64
	Unit    tree.UnitID // whose office issues it
	Kind    string      // key in the profile
	Subject string      // of the ledger: what it is about
	Title   string
	marking.Marks
	State      State
	Drafter    string // name
	DraftedAt  time.Time
	Content    string // hash of what it says, as it was initialled or signed; "" before that
	Initialler string // who initialled it; "" for nobody
	Authority  string // in whose name it is signed: "T/L BAN THƯỜNG VỤ"; "" for the signer's own
	Signer     string // name and post; "" until it is signed
	Method     string // account.ByPasskey, account.ByPassword, [ByPen], [ByToken]; "" until it is signed
	SignedAt   time.Time
	Number     int64  // 0 until it has one
	NumberText string // number and symbol: "12-TB/VPTU"
	Dated      clock.Date
	IssuedAt   time.Time
	Disowned   bool // by the person in whose name a copy was put in: see [GiveAnswer]
}

// Subject is how events name a paper.
func Subject(id int64) string { return "paper:" + strconv.FormatInt(id, 10) }

const columns = `p.id, p.unit_id, p.kind, p.subject, p.title, p.urgency, p.secrecy, p.state, p.drafter, p.drafted_at, p.content, p.initialler,
	p.authority, p.signer, p.method, p.signed_at, p.number, p.number_text, p.dated, p.issued_at,
	EXISTS (SELECT 1 FROM paper_copy c WHERE c.paper_id = p.id AND c.state = 'signed' AND c.answer = 'disowned')`

// Get gives one paper. NotFound: there is none.
func Get(ctx context.Context, q store.Querier, id int64) (Paper, error) {
	list, err := read(ctx, q, `WHERE p.id = $1`, id)
	if err != nil {
		return Paper{}, err
	}
	if len(list) == 0 {
		return Paper{}, fault.New(fault.NotFound, "register.not-found")
	}
	return list[0], nil
}

// Of gives the papers about a subject of the ledger, in the order in which they were
// drafted.
func Of(ctx context.Context, q store.Querier, subject string) ([]Paper, error) {
	return read(ctx, q, `WHERE p.subject = $1 ORDER BY p.id`, subject)
}

// MostListed is how many papers a list gives.
const MostListed = 200

// Wanted is which papers of a unit are looked for; the zero value is all.
type Wanted struct {
	Kind  string     // key in the profile
	Words string     // the title or number has all of them, marks or none
	From  clock.Date // dated from that day on
	Until clock.Date // dated before that day
}

// At gives the papers of a unit that are wanted, the newest first.
func At(ctx context.Context, q store.Querier, unit tree.UnitID, wanted Wanted) ([]Paper, error) {
	where := `WHERE p.unit_id = $1 AND ($2 = '' OR p.kind = $2) AND p.dated >= $3 AND ($4 = '' OR p.dated < $4)`
	args := []any{unit, wanted.Kind, wanted.From, wanted.Until}
	for _, word := range strings.Fields(fold.Key(wanted.Words)) {
		args = append(args, "%"+strings.NewReplacer("%", "", "_", "").Replace(word)+"%")
		where += fmt.Sprintf(` AND (p.folded LIKE $%d OR LOWER(p.number_text) LIKE $%[1]d)`, len(args))
	}
	return read(ctx, q, where+fmt.Sprintf(` ORDER BY p.id DESC LIMIT %d`, MostListed), args...)
}

func read(ctx context.Context, q store.Querier, where string, args ...any) ([]Paper, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM paper p `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading papers: %w", err)
	}
	defer rows.Close()
	var list []Paper
	for rows.Next() {
		var p Paper
		var drafted, signed, issued int64
		err := rows.Scan(&p.ID, &p.Unit, &p.Kind, &p.Subject, &p.Title, &p.Urgency, &p.Secrecy, &p.State, &p.Drafter, &drafted, &p.Content, &p.Initialler,
			&p.Authority, &p.Signer, &p.Method, &signed, &p.Number, &p.NumberText, &p.Dated, &issued, &p.Disowned)
		if err != nil {
			return nil, fmt.Errorf("reading a paper: %w", err)
		}
		p.DraftedAt, p.SignedAt, p.IssuedAt = store.Moment(drafted), store.Moment(signed), store.Moment(issued)
		list = append(list, p)
	}
	return list, rows.Err()
}

// lock reads a paper and keeps everybody else from changing it until the transaction
// ends.
func lock(ctx context.Context, tx *ledger.Tx, id int64) (Paper, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE paper SET state = state WHERE id = $1`, id); err != nil {
		return Paper{}, fmt.Errorf("locking paper %d: %w", id, err)
	}
	return Get(ctx, tx, id)
}

// save writes what can change.
func (p Paper) save(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE paper SET state = $1, content = $2, initialler = $3, authority = $4, signer = $5, method = $6, signed_at = $7,
		number = $8, number_text = $9, dated = $10, issued_at = $11, title = $12, folded = $13 WHERE id = $14`,
		p.State, p.Content, p.Initialler, p.Authority, p.Signer, p.Method, store.Micro(p.SignedAt), p.Number, p.NumberText, p.Dated,
		store.Micro(p.IssuedAt), p.Title, fold.Key(p.Title), p.ID)
	if err != nil {
		return fmt.Errorf("changing paper %d: %w", p.ID, err)
	}
	return nil
}

// DraftCommand enters a paper that a part has drafted.
type DraftCommand struct {
	Key     string // of the part's form: same key, same paper
	Unit    tree.UnitID
	Kind    string // key in the profile
	Subject string // of the ledger
	Title   string
	Marks   marking.Marks
}

// Draft enters a paper that is to be signed and issued. Faults: Forbidden; Invalid at
// "kind", "title" and those of the marks.
func Draft(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd DraftCommand) (Paper, error) {
	if err := actor.May(access.PaperDraft, cmd.Unit); err != nil {
		return Paper{}, err
	}
	p, fresh, err := enter(ctx, tx, actor, cmd)
	if err != nil || !fresh {
		return p, err
	}
	return p, p.tell(tx, WasDrafted, Act{Name: actor.Name})
}

// enter writes the row of a new draft; fresh is false where the key has a paper already.
func enter(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd DraftCommand) (p Paper, fresh bool, err error) {
	if cmd.Key == "" {
		return Paper{}, false, fmt.Errorf("drafting a paper of unit %d: a key is needed", cmd.Unit)
	}
	known, err := read(ctx, tx, `WHERE p.key = $1 AND p.unit_id = $2`, cmd.Key, cmd.Unit)
	if err != nil {
		return Paper{}, false, err
	}
	if len(known) > 0 {
		return known[0], false, nil
	}
	profile, err := org.Profile(ctx, tx)
	if err != nil {
		return Paper{}, false, err
	}
	cmd.Title = strings.TrimSpace(cmd.Title)
	if _, known := profile.PaperKind(cmd.Kind); !known {
		return Paper{}, false, fault.New(fault.Invalid, "register.kind-unknown").At("kind")
	}
	if n := utf8.RuneCountInString(cmd.Title); n == 0 || n > MostTitle {
		return Paper{}, false, fault.New(fault.Invalid, "register.title", "most", MostTitle).At("title")
	}
	if err := marking.Check(ctx, tx, cmd.Marks); err != nil {
		return Paper{}, false, err
	}
	p = Paper{
		Unit: cmd.Unit, Kind: cmd.Kind, Subject: cmd.Subject, Title: cmd.Title, Marks: cmd.Marks, State: Drafted, Drafter: actor.Name, DraftedAt: tx.Now(),
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO paper (key, unit_id, kind, subject, title, folded, urgency, secrecy, state, drafter, drafted_at, content,
		initialler, authority, signer, method, signed_at, number, number_text, dated, issued_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', '', '', '', 0, 0, '', '', 0) RETURNING id`,
		cmd.Key, p.Unit, p.Kind, p.Subject, p.Title, fold.Key(p.Title), p.Urgency, p.Secrecy, p.State, p.Drafter, store.Micro(p.DraftedAt)).Scan(&p.ID)
	if err != nil {
		return Paper{}, false, fmt.Errorf("drafting a paper of unit %d: %w", cmd.Unit, err)
	}
	return p, true, nil
}

// Discard gives a draft up, for the unit's office: it will not be signed. Discarding it
// again changes nothing. Faults: Forbidden; Conflict where it is signed.
func Discard(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Paper, error) {
	p, err := lock(ctx, tx, id)
	if err != nil {
		return Paper{}, err
	}
	if err := actor.May(access.PaperDraft, p.Unit); err != nil {
		return Paper{}, err
	}
	if p.State == Cancelled {
		return p, nil
	}
	if p.State != Drafted {
		return Paper{}, fault.New(fault.Conflict, "register.not-draft")
	}
	p.State = Cancelled
	if err := p.save(ctx, tx); err != nil {
		return Paper{}, err
	}
	return p, p.tell(tx, WasCancelled, Act{Name: actor.Name})
}

// Issue sends a numbered paper out, for the unit's office: from now on it stands. Issuing
// it again changes nothing. Faults: Forbidden; Conflict where it has no number yet, or was
// disowned.
func Issue(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Paper, error) {
	p, err := lock(ctx, tx, id)
	if err != nil {
		return Paper{}, err
	}
	if err := actor.May(access.PaperNumber, p.Unit); err != nil {
		return Paper{}, err
	}
	if p.State == Issued {
		return p, nil
	}
	if p.State != Numbered {
		return Paper{}, fault.New(fault.Conflict, "register.not-numbered")
	}
	if p.Disowned {
		return Paper{}, fault.New(fault.Conflict, "register.disowned")
	}
	p.State, p.IssuedAt = Issued, tx.Now()
	if err := p.save(ctx, tx); err != nil {
		return Paper{}, err
	}
	return p, p.tell(tx, WasIssued, Act{Name: actor.Name})
}
