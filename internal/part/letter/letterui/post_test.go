package letterui_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/smtptest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/mail"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/letter/letterui"
)

func TestWhoRunsTheSystemTriesTheMailServerAndNobodyElseDoes(t *testing.T) {
	texts, err := text.Load(text.Texts, access.Texts, web.Texts, letter.Texts, letterui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	server := smtptest.New(t)
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	w.Person("admin", "TW", access.SystemAdmin)
	courier, err := mail.New(mail.Config{
		Server: mail.Server{Address: server.Address, From: "giaoban@example.vn", Encryption: mail.Plain}, Ledger: w.Ledger, Machine: clock.Machine, Log: slog.Default(),
		Composer: letter.Composer{Texts: texts, Tree: w.Tree, Zone: time.UTC, Address: "https://giaoban.example.vn"},
	})
	w.OK(err)
	s := w.Serve(web.Config{Texts: texts}, func(f *web.Frame, _ *officetest.Site) { letterui.Add(f, courier) })
	if page := s.Visit(t, "leader TW").Post("/settings/mail", url.Values{"key": {"một"}}); page.StatusCode != http.StatusForbidden {
		t.Errorf("a leader tries the mail server: %s", page.Status)
	}
	admin := s.Visit(t, "admin")
	if page := admin.Post("/settings/mail", url.Values{"key": {"hai"}}); !strings.Contains(page.Body, "Bạn chưa ghi địa chỉ thư điện tử") {
		t.Errorf("without an address: %s", page.Status)
	}
	w.Update(func(tx *ledger.Tx) error {
		return account.Change(t.Context(), tx, w.People["admin"], account.ChangeCommand{Person: w.People["admin"].Person, Name: "admin", Email: "quan-tri@example.vn"})
	})
	if page := admin.Post("/settings/mail", url.Values{"key": {"ba"}}); !strings.Contains(page.Body, "quan-tri@example.vn") || len(server.Letters()) != 1 {
		t.Errorf("with one: %s, %d letters", page.Status, len(server.Letters()))
	}
	server.End()
	if page := admin.Post("/settings/mail", url.Values{"key": {"bốn"}}); !strings.Contains(page.Body, "Máy chủ thư không trả lời.") {
		t.Errorf("while no server answers: %s", page.Status)
	}
}
