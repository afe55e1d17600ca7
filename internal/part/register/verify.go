package register

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Altered is a paper that is not as the log has it, or whose signature does not stand under
// what the log says was signed.
type Altered struct {
	Paper    int64
	Position int64  // of the event
	What     string // text key
}

// Verification checks the signatures of papers by the log, the register's rows by what was
// last said of each, and what was given out and came back of those that were signed
// outside by the files that are kept. It sees every event in order by
// [Verification.Each]; [Verification.Compare] ends it. The zero value is ready.
type Verification struct {
	Wrong []Altered // in the order of events, and then of the rows

	keys    account.Keyring
	papers  map[int64]logged
	copies  map[account.Code]handed
	outside []came
}

// logged is what the log says last of a paper.
type logged struct {
	Act
	state    State
	position int64
}

// handed is a copy that was given out, as the log has it.
type handed struct {
	paper, position int64
	file            string // id
	answer          Answer
}

// came is a file that came back signed, as the log has it.
type came struct {
	paper, position int64
	copy            account.Code
	file            string // id
}

// states is how a paper stands after what was done about it.
var states = map[ledger.Kind]State{
	WasDrafted: Drafted, WasInitialled: Drafted, WasGivenOut: Drafted, WasReturned: Drafted,
	WasSigned: Signed, WasEntered: Signed, WasNumbered: Numbered, WasIssued: Issued, WasCancelled: Cancelled,
}

// ownings is what is said of a copy by whom it names.
var ownings = map[ledger.Kind]Answer{WasOwned: Owned, WasDisowned: Disowned}

// Each takes an event up.
func (v *Verification) Each(e ledger.Event) error {
	if err := v.keys.Each(e); err != nil {
		return err
	}
	state, known := states[e.Kind]
	answer, answers := ownings[e.Kind]
	if !known && !answers {
		return nil
	}
	var a Act
	if err := e.Decode(&a); err != nil {
		return err
	}
	if answers {
		v.answered(a.Copy, answer)
		return nil
	}
	if v.papers == nil {
		v.papers, v.copies = map[int64]logged{}, map[account.Code]handed{}
	}
	v.papers[a.Paper] = logged{a, state, e.Position}
	switch e.Kind {
	case WasGivenOut:
		v.copies[a.Copy] = handed{a.Paper, e.Position, a.File, Unanswered}
	case WasSigned:
		v.signed(e, a)
	}
	return nil
}

func (v *Verification) signed(e ledger.Event, a Act) {
	signed := Paper{ID: a.Paper, Unit: a.Unit, Kind: a.Kind, Title: a.Title, Content: a.Content, Authority: a.Authority, Signer: a.Signer}
	if what := v.keys.Check(e, a.Method, a.Passkey, signed.statement()); what != "" {
		v.Wrong = append(v.Wrong, Altered{a.Paper, e.Position, what})
	}
	if a.Copy != "" {
		v.outside = append(v.outside, came{a.Paper, e.Position, a.Copy, a.File})
		v.answered(a.Copy, a.Answer)
	}
}

// answered takes up what is said of a copy by whom it names.
func (v *Verification) answered(code account.Code, answer Answer) {
	if c, given := v.copies[code]; given {
		c.answer = answer
		v.copies[code] = c
	}
}

// Compare holds the register's rows, and the files that they name, against the log. It may
// be called once. Kept says what is wrong with a kept file by its id, as a text key;
// "" for nothing.
func (v *Verification) Compare(ctx context.Context, q store.Querier, kept func(file string) (string, error)) error {
	for _, c := range v.outside {
		what, err := c.compare(ctx, q)
		if err == nil && what == "" {
			what, err = kept(c.file)
		}
		if err != nil {
			return err
		}
		if what != "" {
			v.Wrong = append(v.Wrong, Altered{c.paper, c.position, what})
		}
	}
	if err := v.compareCopies(ctx, q, kept); err != nil {
		return err
	}
	return v.comparePapers(ctx, q)
}

// compareCopies holds the copies of the register against those that the log says were
// given out, with their files.
func (v *Verification) compareCopies(ctx context.Context, q store.Querier, kept func(file string) (string, error)) error {
	rows, err := readCopies(ctx, q, `ORDER BY made_at, code`)
	if err != nil {
		return err
	}
	for _, row := range rows {
		of, given := v.copies[row.Code]
		what := "verify.copy-altered"
		if given && of.paper == row.Paper && of.file == row.File && of.answer == row.Answer {
			if what, err = kept(row.File); err != nil {
				return err
			}
		}
		if what != "" {
			v.Wrong = append(v.Wrong, Altered{row.Paper, of.position, what})
		}
	}
	return nil
}

// comparePapers holds the register's rows against what was last said of each paper.
func (v *Verification) comparePapers(ctx context.Context, q store.Querier) error {
	rows, err := read(ctx, q, `ORDER BY p.id`)
	if err != nil {
		return err
	}
	for _, row := range rows {
		last, told := v.papers[row.ID]
		if !told || !last.is(row) {
			v.Wrong = append(v.Wrong, Altered{row.ID, last.position, "verify.paper-altered"})
		}
		delete(v.papers, row.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(v.papers)) {
		v.Wrong = append(v.Wrong, Altered{id, v.papers[id].position, "verify.paper-gone"})
	}
	return nil
}

func (l logged) is(p Paper) bool {
	told := Paper{
		ID: p.ID, Unit: l.Unit, Kind: l.Kind, Subject: l.About, Title: l.Title, State: l.state, Content: l.Content,
		Authority: l.Authority, Signer: l.Signer, Method: l.Method, NumberText: l.Number, Dated: l.Dated,
	}
	row := Paper{
		ID: p.ID, Unit: p.Unit, Kind: p.Kind, Subject: p.Subject, Title: p.Title, State: p.State, Content: p.Content,
		Authority: p.Authority, Signer: p.Signer, Method: p.Method, NumberText: p.NumberText, Dated: p.Dated,
	}
	return told == row
}

func (c came) compare(ctx context.Context, q store.Querier) (string, error) {
	var file string
	err := q.QueryRowContext(ctx, `SELECT signed_file FROM paper_copy WHERE code = $1 AND paper_id = $2`, c.copy, c.paper).Scan(&file)
	switch {
	case store.Missing(err):
		return "verify.copy-altered", nil
	case err != nil:
		return "", fmt.Errorf("reading copy %s: %w", c.copy, err)
	case file != c.file:
		return "verify.copy-altered", nil
	}
	return "", nil
}
