package web_test

import (
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/edge/web"
)

func TestTheVerySameFormGetsTheAnswerThatItGotBefore(t *testing.T) {
	r := newRig(t)
	var done atomic.Int64
	r.frame.Add(web.Route{Pattern: "POST /once", Action: access.SignedIn, Once: true, Handle: func(req *web.Request) error {
		if req.FormValue("name") == "" {
			return fault.New(fault.Invalid, "web.unreadable")
		}
		return req.See(fmt.Sprint("/done/", done.Add(1)))
	}})
	r.Config.Handler = r.frame.Handler()
	lan := r.lan(t)
	for i, step := range []struct {
		name string
		form url.Values
		want string // where it leads; the form itself where it is refused
	}{
		{"sent", url.Values{"key": {"a"}, "name": {"Quế Võ"}}, "/done/1"},
		{"sent again", url.Values{"key": {"a"}, "name": {"Quế Võ"}}, "/done/1"},
		{"with other words", url.Values{"key": {"a"}, "name": {"Từ Sơn"}}, "/done/2"},
		{"of another form", url.Values{"key": {"b"}, "name": {"Quế Võ"}}, "/done/3"},
		{"without a key", url.Values{"name": {"Quế Võ"}}, "/done/4"},
		{"without a key again", url.Values{"name": {"Quế Võ"}}, "/done/5"},
		{"refused", url.Values{"key": {"c"}}, "/once"},
		{"refused again", url.Values{"key": {"c"}}, "/once"},
	} {
		a := lan.post("/once", step.form)
		if got := a.Request.URL.Path; got != step.want {
			t.Errorf("%d, %s: leads to %q, want %q", i, step.name, got, step.want)
		}
	}
}
