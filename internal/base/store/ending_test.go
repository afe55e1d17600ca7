package store_test

import (
	"database/sql"
	"errors"
	"testing"

	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
)

func TestTheLastStatementGoesWithTheCommit(t *testing.T) {
	refused := errors.New("refused")
	enginetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		put := func(text string) store.Statement {
			return store.Statement{Query: `INSERT INTO note (text) VALUES ($1)`, Args: []any{text}}
		}
		for _, c := range []struct {
			what, first string
			last        store.Statement
			refusal     error // of what is done before
			unique      bool  // whether the last statement breaks a rule
			want        int   // notes afterwards
		}{
			{"both statements are kept", "a", put("b"), nil, false, 2},
			{"there is no last statement", "c", store.Statement{}, nil, false, 3},
			{"the last statement breaks a rule: neither is kept", "d", put("a"), nil, true, 3},
			{"a refusal: neither is kept", "e", put("f"), refused, false, 3},
			{"the connection is as good as before", "d", put("e"), nil, false, 5},
		} {
			err := db.UpdateEnding(t.Context(), func(tx *sql.Tx) (store.Statement, error) {
				first := put(c.first)
				if _, err := tx.ExecContext(t.Context(), first.Query, first.Args...); err != nil {
					return store.Statement{}, err
				}
				return c.last, c.refusal
			})
			if c.unique != store.Unique(err) || !c.unique && !errors.Is(err, c.refusal) {
				t.Errorf("%s: the error is %v", c.what, err)
			}
			if got := number(t, db.Reader(), `SELECT COUNT(*) FROM note`); got != c.want {
				t.Errorf("%s: there are %d notes, want %d", c.what, got, c.want)
			}
		}
	})
}

func TestTheLastStatementGivesWhatItReturns(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		var size int
		var text string
		err := db.UpdateEnding(t.Context(), func(*sql.Tx) (store.Statement, error) {
			return store.Statement{
				Query: `INSERT INTO note (text) VALUES ($1) RETURNING text, length(text)`, Args: []any{"đ"}, Into: []any{&text, &size},
			}, nil
		})
		if err != nil || text != "đ" || size != 1 {
			t.Errorf("it gave %q, %d, %v", text, size, err)
		}
		if got := number(t, db.Reader(), `SELECT COUNT(*) FROM note`); got != 1 {
			t.Errorf("there are %d notes, want 1", got)
		}
	})
}
