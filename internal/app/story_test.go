package app_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/base/testing/enginetest"
)

func TestACommitteeReportsTheProvinceAcceptsAndTheCentreSeesIt(t *testing.T) {
	enginetest.Each(t, tellStory)
}

func tellStory(t *testing.T, url string) {
	s := serveDemo(t, url)
	root, _ := s.Tree.Root()
	home := s.unit(t, "Tỉnh Bắc Ninh")
	cell := fmt.Sprintf(`tr[data-row="%d"] td.num:not(.hide-phone):nth-of-type(5)`, home)

	centre := s.person(t, "trunguong")
	centre.Go(fmt.Sprintf("%s/board/1/%d", s.url, root.ID))
	centre.WaitText(cell, "6/11")
	centre.Wait(`[data-live=on]`)
	centre.Eval(`window.neverReloaded = true`)

	committee := s.person(t, "yenphong")
	committee.Go(s.url + s.path(t, "/report/1/congress-held/{Huyện Yên Phong}"))
	committee.Type(`[name="value.held-on"]`, "9/7/2020")
	committee.Type(`[name="value.delegates-convened"]`, "148")
	committee.Type(`[name="value.delegates-present"]`, "147")
	committee.Type(`[name="value.members-elected"]`, "37")
	committee.Type(`[name="password"]`, "giao ban 2020")
	committee.Click(`button[value=sign]`)
	committee.WaitText("main", "Huyện Yên Phong")
	committee.WaitText("main", "chờ")

	centre.WaitText(cell, "6/11") // submitted is not yet done

	province := s.person(t, "bacninh")
	province.Go(fmt.Sprintf("%s/queue/%d", s.url, home))
	province.WaitText("main", "Huyện Yên Phong")
	province.Click(`li[data-name="Huyện Yên Phong"] [data-accept]`)
	province.WaitGone(`li[data-name="Huyện Yên Phong"]`)

	centre.WaitText(cell, "7/11")
	if kept := centre.Eval(`window.neverReloaded === true`); kept != true {
		t.Error("the centre's page was loaded anew; the figure should have changed in place")
	}

	// The figure opens: its units, the unit's report, signature, events, proof.
	centre.Click(cell + " a")
	centre.WaitText("main", "Huyện Yên Phong")
	centre.Click(fmt.Sprintf(`a[href$="/%d"]`, s.unit(t, "Huyện Yên Phong")))
	centre.WaitText("main", "Vũ Đức Tâm, Bí thư")
	centre.WaitText("main", "148")
	centre.WaitText(".proof", "Đã kiểm chứng")
	if record := centre.Eval(`document.querySelector(".proof").textContent`).(string); !strings.Contains(record, "giaoban/event/1") {
		t.Errorf("the proof shows no record of an event: %.200s", record)
	}
}
