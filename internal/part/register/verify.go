package register

import (
	"context"
	"fmt"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Altered is a paper whose signature does not stand under what the log says was signed.
type Altered struct {
	Paper    int64
	Position int64  // of the event
	What     string // text key
}

// Verification checks the signatures of papers by the log, and what came back of those that
// were signed outside by the files that are kept. It sees every event in order by
// [Verification.Each]; [Verification.Compare] ends it. The zero value is ready.
type Verification struct {
	Wrong []Altered // in the order of events

	keys    account.Keyring
	outside []came
}

// came is a file that came back signed, as the log has it.
type came struct {
	paper, position int64
	copy            account.Code
	file            string // id
}

// Each takes an event up.
func (v *Verification) Each(e ledger.Event) error {
	if err := v.keys.Each(e); err != nil || e.Kind != WasSigned {
		return err
	}
	var a Act
	if err := e.Decode(&a); err != nil {
		return err
	}
	signed := Paper{ID: a.Paper, Unit: a.Unit, Kind: a.Kind, Title: a.Title, Content: a.Content, Authority: a.Authority, Signer: a.Signer}
	if what := v.keys.Check(e, a.Method, a.Passkey, signed.statement()); what != "" {
		v.Wrong = append(v.Wrong, Altered{a.Paper, e.Position, what})
	}
	if a.Copy != "" {
		v.outside = append(v.outside, came{a.Paper, e.Position, a.Copy, a.File})
	}
	return nil
}

// Compare holds the register's rows, and the files that they name, against what the log
// says came back signed. Kept says what is wrong with a kept file by its id, as a text key;
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
	return nil
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
