package register

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
)

// How a paper was signed outside the program, beside account.ByPasskey and ByPassword.
const (
	ByPen   = "paper"
	ByToken = "digital"
)

// Said is what a paper says, as the part that drafted it writes it now.
type Said struct {
	Content []byte         // that is signed
	Paper   document.Paper // the same for people
	Place   string         // where the office sits; "" for nowhere
	// By is who alone signs it, on the day and in the place that the paper has already; nil
	// for one of [Signatories].
	By *Signatory
}

// CopyState is what became of a copy.
type CopyState string

// The states of a copy. One whose paper says something else by now is void, too, though it
// is "out" still: see [Copy.Valid].
const (
	CopyOut    CopyState = "out"
	CopySigned CopyState = "signed"
	CopyVoid   CopyState = "void"
)

// Copy is a PDF of a paper that was given out to be signed outside the program, by pen or
// with the office's token, and what came back.
type Copy struct {
	Code      account.Code // printed on each page, and in the file
	Paper     int64
	Content   string // hash of what the paper said
	Authority string // in whose name it is signed; "" for the signer's own
	Signer    string // name and post
	Signatory int64  // person; 0 for somebody without an account
	File      string // id of the PDF
	State     CopyState
	Maker     string // name
	MadeAt    time.Time

	Signed    string // id of the file that came back; "" before that
	Enterer   string // name of who put it in
	EnteredAt time.Time
	Answer    Answer // of the signatory to what came back
}

// Valid says whether what comes back can still sign a paper with that content.
func (c Copy) Valid(content []byte) bool {
	return c.State == CopyOut && c.Content == Hash(content)
}

const copyColumns = `code, paper_id, content, authority, signer, file_id, state, maker, made_at, signed_file, enterer, entered_at, signatory, answer`

// Copies gives a paper's copies, the newest first.
func Copies(ctx context.Context, q store.Querier, paper int64) ([]Copy, error) {
	return readCopies(ctx, q, `WHERE paper_id = $1 ORDER BY made_at DESC, code`, paper)
}

// CopyOf gives one copy of a paper by its code. NotFound: there is none.
func CopyOf(ctx context.Context, q store.Querier, paper int64, code account.Code) (Copy, error) {
	list, err := readCopies(ctx, q, `WHERE paper_id = $1 AND code = $2`, paper, code)
	return one(list, err)
}

// SignedCopy gives the copy by which a paper was signed. NotFound: it was not signed by
// one.
func SignedCopy(ctx context.Context, q store.Querier, paper int64) (Copy, error) {
	list, err := readCopies(ctx, q, `WHERE paper_id = $1 AND state = $2`, paper, CopySigned)
	return one(list, err)
}

func one(list []Copy, err error) (Copy, error) {
	if err != nil {
		return Copy{}, err
	}
	if len(list) == 0 {
		return Copy{}, fault.New(fault.NotFound, "register.copy-unknown")
	}
	return list[0], nil
}

func readCopies(ctx context.Context, q store.Querier, where string, args ...any) (list []Copy, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+copyColumns+` FROM paper_copy `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading copies of papers: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Copy
		var made, entered int64
		err := rows.Scan(&c.Code, &c.Paper, &c.Content, &c.Authority, &c.Signer, &c.File, &c.State, &c.Maker, &made, &c.Signed, &c.Enterer, &entered, &c.Signatory, &c.Answer)
		if err != nil {
			return nil, fmt.Errorf("reading a copy of a paper: %w", err)
		}
		c.MadeAt, c.EnteredAt = store.Moment(made), store.Moment(entered)
		list = append(list, c)
	}
	return list, rows.Err()
}

// CopyCommand gives out a copy.
type CopyCommand struct {
	Key       string // of the form: same key, same copy
	Paper     int64
	Code      account.Code // that stands in the PDF
	Content   []byte       // what the PDF says
	Signatory string       // key of one of [Signatories]
	By        *Signatory   // as [Said] has it
	Lang      text.Lang
	PDF       file.Upload
}

// GiveOut keeps a copy that is to be signed outside the program, for the unit's office.
// Faults: Forbidden; Conflict where the paper is no draft, or its kind is signed in the
// program only; Invalid at "signatory".
func GiveOut(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CopyCommand) (Copy, error) {
	p, err := lock(ctx, tx, cmd.Paper)
	if err != nil {
		return Copy{}, err
	}
	if err := actor.May(access.PaperDraft, p.Unit); err != nil {
		return Copy{}, err
	}
	known, err := readCopies(ctx, tx, `WHERE key = $1 AND paper_id = $2`, cmd.Key, p.ID)
	if err != nil || len(known) > 0 {
		return one(known, err)
	}
	if p.State != Drafted {
		return Copy{}, fault.New(fault.Conflict, "register.not-draft")
	}
	if err := p.may(ctx, tx, profile.OnPaper, profile.InPDF); err != nil {
		return Copy{}, err
	}
	by, err := Said{By: cmd.By}.Signatory(ctx, tx, p.Unit, cmd.Lang, cmd.Signatory)
	if err != nil {
		return Copy{}, err
	}
	saved, err := file.Save(ctx, tx, cmd.PDF, p.Marks, int64(p.Unit), actor.Person)
	if err != nil {
		return Copy{}, err
	}
	c := Copy{
		Code: cmd.Code, Paper: p.ID, Content: Hash(cmd.Content), Authority: by.Authority, Signer: by.String(), Signatory: by.Person, File: saved.ID,
		State: CopyOut, Maker: actor.Name, MadeAt: tx.Now(),
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO paper_copy (`+copyColumns+`, key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', 0, $10, '', $11)`,
		c.Code, c.Paper, c.Content, c.Authority, c.Signer, c.File, c.State, c.Maker, store.Micro(c.MadeAt), c.Signatory, cmd.Key)
	if err != nil {
		return Copy{}, fmt.Errorf("giving out a copy of paper %d: %w", p.ID, err)
	}
	return c, p.tell(tx, WasGivenOut, Act{Name: actor.Name, Copy: c.Code, File: c.File, For: c.Signer})
}

// keepSigned keeps what came back of a copy, by which its paper is signed.
func (c Copy) keepSigned(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE paper_copy SET state = $1, signed_file = $2, enterer = $3, entered_at = $4, answer = $5 WHERE code = $6`,
		CopySigned, c.Signed, c.Enterer, store.Micro(c.EnteredAt), c.Answer, c.Code)
	if err != nil {
		return fmt.Errorf("keeping what came back of copy %s: %w", c.Code, err)
	}
	return nil
}

// voidCopies has none of a paper's copies sign it any more.
func (p Paper) voidCopies(ctx context.Context, tx *ledger.Tx) error {
	if _, err := tx.ExecContext(ctx, `UPDATE paper_copy SET state = $1 WHERE paper_id = $2`, CopyVoid, p.ID); err != nil {
		return fmt.Errorf("voiding the copies of paper %d: %w", p.ID, err)
	}
	return nil
}
