package app_test

import (
	"fmt"
	"net/url"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/report"
)

const above = parent + " " + grandparent

// toldActs are what offices above do on Yen Phong's behalf, and what it does with
// it.
var toldActs = []keyAct{
	{"opens the form to enter what it told", func(o *office) request {
		return get("/report/%d/%s/%d/tell", o.own, milestone, o.yenPhong)
	}, permitted{access.Officer: above, access.Leader: above}, false},
	{"enters what it told", func(o *office) request {
		form := url.Values{"source": {"phone"}, "said": {"Chị Hoa"}, "value.note": {"qua điện thoại"}}
		return post(form, "/report/%d/%s/%d/tell", o.asks(), milestone, o.yenPhong)
	}, permitted{access.Officer: above, access.Leader: above}, false},
	{"takes back what was entered for it", func(o *office) request {
		return post(nil, "/report/%d/%s/%d/withdraw", o.told().Directive, milestone, o.yenPhong)
	}, permitted{access.Officer: above, access.Leader: above}, false},
	{"confirms what was entered for it", func(o *office) request {
		return post(signed(url.Values{}), "/report/%d/confirm", o.told().ID)
	}, permitted{access.Leader: own}, false},
	{"enters a list of its province", func(o *office) request {
		form := url.Values{"act": {"enter"}, "source": {"phone"}, "said": {"Chị Hoa"}, "pasted": {"Đơn vị\tGhi chú\nHuyện Yên Phong\tqua điện thoại"}}
		return post(form, "/told/%d/%s/%d", o.asks(), milestone, o.home)
	}, permitted{access.Officer: parent, access.Leader: parent}, false},
	{"fetches the form of its province", func(o *office) request {
		return get("/told/%d/%s/%d/form.xlsx", o.own, milestone, o.home)
	}, permitted{access.Officer: parent, access.Leader: parent}, false},
	{"decides on its standing", func(o *office) request {
		form := signed(url.Values{"standing": {"exempt"}, "decision": {"127-QĐ/TU"}, "reason": {"Chờ sắp xếp"}})
		return post(form, "/directives/%d/standing/%d", o.asks(), o.yenPhong)
	}, permitted{access.Leader: above}, false},
	{"keeps what it ticked of its cells", func(o *office) request {
		return post(url.Values{"revision": {"0"}}, "/cells/%d/%s/%d/draft", o.asks(), milestone, o.yenPhong)
	}, permitted{access.Officer: own, access.Leader: own}, false},
}

// asks is a directive of Bac Ninh to which nobody has reported.
func (o *office) asks() int64 {
	o.t.Helper()
	return o.issue(o.home, fmt.Sprint(o.next(), "-CT/TU"), "Việc báo qua điện thoại")
}

// told is what the province entered for Yen Phong on a directive of its own.
func (o *office) told() (told report.Report) {
	o.t.Helper()
	id := o.asks()
	o.update(func(tx *ledger.Tx) (err error) {
		told, err = report.Tell(o.t.Context(), tx, o.program(), report.TellCommand{
			Slot:    report.Slot{Directive: id, Milestone: milestone, Unit: o.yenPhong},
			Telling: report.Telling{By: o.home, Source: report.ByPhone, Said: "Chị Hoa"},
			Values:  map[string]string{"note": "qua điện thoại"}, Lang: text.VI,
		})
		return err
	})
	return told
}
