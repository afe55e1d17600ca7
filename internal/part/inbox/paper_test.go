package inbox_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/text"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/register"
)

// papersOf is what the papers wait for with which somebody has to go on.
func papersOf(t *testing.T, w *officetest.World, who string) (found []register.Next) {
	t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		work, err := inbox.For(t.Context(), q, nil, nil, w.People[who], w.Clock.Now(), hanoi)
		for _, p := range work.Papers {
			found = append(found, p.Next)
		}
		if count := work.AtUnit(w.Units["QV"]).Papers; who == "officer BN" && len(count) > 0 {
			t.Errorf("%d papers of one unit stand at another", len(count))
		}
		return err
	}))
	return found
}

func TestAPaperWaitsForWhoeverGoesOnWithIt(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		w.Person("viewer BN", "BN", access.Viewer)
		content := []byte("1. Giữ tiến độ.")
		draft := func(unit, by string) (p register.Paper) {
			w.Update(func(tx *ledger.Tx) (err error) {
				p, err = register.Draft(t.Context(), tx, w.People[by], register.DraftCommand{
					Key: "paper " + unit, Unit: w.Units[unit], Kind: "notice", Subject: "notice:7", Title: "kết luận giao ban",
				})
				return err
			})
			return p
		}
		want := func(when string, all map[string][]register.Next) {
			t.Helper()
			for _, who := range []string{"officer BN", "leader BN", "viewer BN", "leader HN"} {
				if diff := cmp.Diff(all[who], papersOf(t, w, who)); diff != "" {
					t.Errorf("%s, papers of %s (-want +got):\n%s", when, who, diff)
				}
			}
		}
		p := draft("BN", "officer BN")
		want("drafted", map[string][]register.Next{"officer BN": {register.ToInitial}})
		draft("QV", "officer QV")
		officer := w.People["officer QV"].Person
		w.Update(func(tx *ledger.Tx) error {
			_, err := tx.ExecContext(t.Context(), `UPDATE role_grant SET ended = 1 WHERE person = $1`, officer)
			return err
		})
		if diff := cmp.Diff([]register.Next{register.ToInitial}, papersOf(t, w, "leader QV")); diff != "" {
			t.Errorf("a leader without an officer (-want +got):\n%s", diff)
		}
		w.Update(func(tx *ledger.Tx) error {
			_, err := register.Initial(t.Context(), tx, w.People["officer BN"], p.ID, content)
			return err
		})
		want("initialled", map[string][]register.Next{"leader BN": {register.ToSign}})
		leader := w.People["leader BN"]
		w.Update(func(tx *ledger.Tx) error {
			_, err := register.Sign(t.Context(), tx, leader, register.SignCommand{Paper: p.ID, Content: content, Signature: account.Signature{
				Person: leader.Person, Name: leader.Name, Method: account.ByPassword,
			}})
			return err
		})
		want("signed", map[string][]register.Next{"officer BN": {register.ToNumber}})
		w.Update(func(tx *ledger.Tx) error {
			_, err := register.Number(t.Context(), tx, w.People["officer BN"], register.NumberCommand{Paper: p.ID, Dated: "2020-06-20"})
			return err
		})
		want("numbered", map[string][]register.Next{"officer BN": {register.ToIssue}})
		w.Update(func(tx *ledger.Tx) error {
			_, err := register.Issue(t.Context(), tx, w.People["officer BN"], p.ID)
			return err
		})
		want("issued", nil)
	})
}

func TestAPaperThatWasPutInAsSignedWaitsForWhomItNames(t *testing.T) {
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	content := []byte("1. Giữ tiến độ.")
	folder, err := file.OpenFolder(t.TempDir())
	w.OK(err)
	take := func(name, bytes string) file.Upload {
		upload, err := folder.Take(name, strings.NewReader(bytes))
		w.OK(err)
		return upload
	}
	w.Update(func(tx *ledger.Tx) error {
		clerk, unit := w.People["officer BN"], w.Units["BN"]
		p, err := register.Draft(t.Context(), tx, clerk, register.DraftCommand{Key: "paper", Unit: unit, Kind: "notice", Subject: "notice:7", Title: "kết luận giao ban"})
		if err != nil {
			return err
		}
		list, err := register.Signatories(t.Context(), tx, unit, text.VI)
		if err != nil {
			return err
		}
		c, err := register.GiveOut(t.Context(), tx, clerk, register.CopyCommand{
			Key: "copy", Paper: p.ID, Code: "AAAA-AAAA-AAAA-AAAA", Content: content, Signatory: list[len(list)-1].Key, Lang: text.VI, PDF: take("a.pdf", "%PDF-1.7\n%%EOF\n"),
		})
		if err != nil {
			return err
		}
		_, err = register.EnterScan(t.Context(), tx, clerk, register.ScanCommand{Paper: p.ID, Code: string(c.Code), Content: content, Scan: take("b.pdf", "%PDF-1.7\n%\n%%EOF\n")})
		return err
	})
	for who, want := range map[string][]register.Next{"leader BN": {register.ToOwn}, "officer BN": {register.ToNumber}, "leader HN": nil} {
		if diff := cmp.Diff(want, papersOf(t, w, who)); diff != "" {
			t.Errorf("papers of %s (-want +got):\n%s", who, diff)
		}
	}
}
