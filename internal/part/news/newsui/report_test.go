package newsui_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

func TestANewArticleIsOfferedFromWhatTheUnitHeld(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		centre, leader := s.Visit(t, "officer TW"), s.People["leader TW"]
		has(t, centre.Get("/desk/new"), "Bước tiếp theo")
		s.Update(func(tx *ledger.Tx) error {
			b, err := briefing.Call(s.Ctx(), tx, leader, briefing.CallCommand{
				Unit: s.Units["TW"], Key: "họp", Title: "Giao ban về đại hội", Begins: tx.Now().Add(time.Hour), Minutes: 60,
				Chair: briefing.Person{ID: leader.Person, Name: leader.Name}, Sites: []tree.UnitID{s.Units["BN"]},
			})
			if err == nil {
				_, err = briefing.Begin(s.Ctx(), tx, leader, b.ID)
			}
			if err == nil {
				_, err = briefing.End(s.Ctx(), tx, leader, b.ID)
			}
			return err
		})
		page := centre.Get("/desk/new")
		has(t, page, "Soạn từ giao ban đã họp", "Giao ban về đại hội")
		if strings.Contains(s.Visit(t, "officer BN").Get("/desk/new").Body, "Giao ban về đại hội") {
			t.Error("a site is offered the host's briefing")
		}
		form := centre.Get("/desk/new?unit=1&briefing=1").Form("article")
		if headline := form.Get("headline"); !strings.Contains(headline, "giao ban về đại hội") {
			t.Errorf("the article from the briefing begins with the headline %q", headline)
		}
	})
}
