package app_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/smtptest"
	"giaoban/internal/edge/mail"
)

// reachable gives somebody of the demonstration an e-mail address.
func (s served) reachable(t *testing.T, login, email string) {
	t.Helper()
	p, err := account.FindLogin(t.Context(), s.DB.Reader(), login)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) error {
		return account.Change(t.Context(), tx, access.Program(s.Tree), account.ChangeCommand{Person: p.ID, Name: p.Name, Email: email})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A briefing is called; the letters go out; the host sees to whom, and mends what
// could not be sent; a site finds the invitation by its letter, answers and is asked
// for its people; the other is reminded.
func TestInvitationsReachSitesAndTheirAnswersTheHost(t *testing.T) {
	folder, server := os.Getenv("GIAOBAN_SHOTS"), smtptest.New(t)
	s := serveDemoAs(t, app.Config{Mail: &mail.Server{Address: server.Address, From: "Văn phòng Trung ương <giaoban@example.vn>", Encryption: mail.Plain}})
	s.reachable(t, "trunguong", "trunguong@example.vn")
	s.reachable(t, "bacninh", "bacninh@example.vn")
	s.reachable(t, "hanoi", "nobody@example.vn")
	b := s.callBriefing(t)
	address := fmt.Sprintf("%s/briefings/%d", s.url, b.ID)
	server.Await(2)

	host := camera{s.person(t, "trunguong"), folder, "vi"}
	host.Go(address)
	host.Click(`a[href$="/letters"]`)
	for !strings.Contains(host.Text("main"), "không gửi được") { // the refusal is noted after the second letter
		host.Go(address + "/letters")
	}
	host.WaitText("main", "Máy chủ thư không nhận địa chỉ này")
	host.shoot(t, "letters")
	s.reachable(t, "hanoi", "hanoi@example.vn")
	host.Click(`form[action$="/letters"] button.slim`)
	if sent := server.Await(3); sent[2].To[0] != "hanoi@example.vn" {
		t.Errorf("sent again, the letter goes to %v", sent[2].To)
	}

	site := camera{s.person(t, "bacninh"), folder, "vi"}
	site.Go(s.url + "/work")
	site.shoot(t, "work-invited")
	site.Go(address)
	site.Click(`input[name=answer][value=cannot]`)
	site.shoot(t, "briefing-answer")
	site.Click(`input[name=answer][value=comes]`)
	if shown := site.Eval(`document.querySelector("[name=reason]").checkVisibility()`); shown != false {
		t.Error("who comes is asked for a reason")
	}
	site.Click(`form[action*="/answer/"] button.primary`)
	site.WaitText("header .chip.done", "đã trả lời")

	host.Go(address)
	host.shoot(t, "briefing-host")
	host.Click(`form[action$="/remind"] button`)
	host.WaitText("main", "đã nhắc")
	if sent := server.Await(4); sent[3].To[0] != "hanoi@example.vn" {
		t.Errorf("the reminder goes to %v, want the one that has not answered", sent[3].To)
	}
	other := camera{s.person(t, "hanoi"), folder, "vi"}
	other.Go(s.url + "/work")
	other.WaitText("main", "chưa trả lời, đã được nhắc")
	other.shoot(t, "work-reminded")
}

// Whoever was written to, when, and what a server said is not for a site.
func TestLettersAreTheHostsAlone(t *testing.T) {
	o := newOffice(t, "")
	id := o.briefing()
	for login, want := range map[string]int{"bacninh": 200, "thuanthanh": 403, "hanoi": 404} {
		if a := o.as(login).get(fmt.Sprintf("/briefings/%d/letters", id)); a.status != want {
			t.Errorf("%s is answered %d, want %d", login, a.status, want)
		}
	}
}
