package org_test

import (
	"context"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
)

func TestTheNameOfWhoHeldPostsIsErasedWithTheAccount(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		grants := []access.Grant{{Unit: town.east.ID, Role: access.Viewer}}
		var leaver, stays account.Person
		o.must(func(tx *ledger.Tx) (err error) {
			if leaver, err = account.CreatePerson(o.ctx(), tx, commandLine, account.CreateCommand{Name: "Nguyễn Thị Bí Mật", Grants: grants}); err != nil {
				return err
			}
			stays, err = account.CreatePerson(o.ctx(), tx, commandLine, account.CreateCommand{Name: "Trần Văn Ở Lại", Grants: grants})
			return err
		})
		o.must(func(tx *ledger.Tx) error {
			appoint := func(unit org.Unit, from clock.Date, person account.Person) (org.Post, error) {
				return org.Appoint(o.ctx(), tx, commandLine, org.AppointCommand{
					Unit: unit.ID, Body: "standing-body", Post: "secretary", Person: person.ID, Name: person.Name, From: from,
				})
			}
			first, err := appoint(town.east, "2020-02-01", leaver)
			if err != nil {
				return err
			}
			if _, err := org.EndPost(o.ctx(), tx, commandLine, org.EndPostCommand{Post: first.ID, To: "2020-05-01"}); err != nil {
				return err
			}
			if _, err := appoint(town.west, "2020-02-01", leaver); err != nil {
				return err
			}
			_, err = appoint(town.east, "2020-06-01", stays)
			return err
		})
		o.must(func(tx *ledger.Tx) error {
			if err := account.Disable(o.ctx(), tx, commandLine, leaver.ID); err != nil {
				return err
			}
			found, err := account.Erase(o.ctx(), tx, commandLine, account.EraseCommand{
				Person: leaver.ID, Reason: "đã nghỉ hưu", Elsewhere: []account.Elsewhere{org.NamesOfHolders},
			})
			if len(found.Events) != 4 { // one of the account, three of posts
				t.Errorf("%d events hold the name, want 4", len(found.Events))
			}
			return err
		})
		said := o.saysAll(o.ctx())
		if strings.Contains(said, "Bí Mật") || strings.Count(said, "Ở Lại") < 2 {
			t.Errorf("rows and log say:\n%s", said)
		}
	})
}

// saysAll is what posts and payloads say.
func (o *office) saysAll(ctx context.Context) string {
	o.t.Helper()
	var b strings.Builder
	rows, err := o.q().QueryContext(ctx, `SELECT name FROM post UNION ALL SELECT payload FROM event_payload`)
	if err != nil {
		o.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			o.t.Fatal(err)
		}
		b.WriteString(said + "\n")
	}
	if err := rows.Err(); err != nil {
		o.t.Fatal(err)
	}
	return b.String()
}
