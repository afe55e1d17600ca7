package reportui_test

import (
	"fmt"
	"net/url"
	"path/filepath"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/file"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/inbox/inboxui"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
	"giaoban/internal/part/report/reportui"
)

// newSite serves the screens of reports over a small organisation.
func newSite(t *testing.T) *officetest.Site {
	t.Helper()
	texts, err := text.Load(text.Texts, web.Texts, access.Texts, account.Texts, profile.Texts, org.Texts,
		directive.Texts, file.Texts, marking.Texts, sheet.Texts, report.Texts, reportui.Texts, inboxui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if missing := texts.Missing(); len(missing) > 0 {
			t.Errorf("texts that are missing or not filled: %v", missing)
		}
	})
	w := officetest.New(t, filepath.Join(t.TempDir(), "giaoban.db"))
	config := web.Config{Texts: texts, Bundles: []web.Bundle{reportui.Bundle}, Rail: rail}
	folder, err := file.OpenFolder(t.TempDir())
	w.OK(err)
	return w.Serve(config, func(f *web.Frame, s *officetest.Site) {
		reportui.Add(f, reportui.Config{Machine: s.Machine, Key: s.Key.Verifier, Address: "https://giaoban.example", Folder: folder})
		inboxui.Add(f, nil, nil)
	})
}

// rail is that of a small program: the foot of a phone takes its place.
func rail(r *web.Request) []web.RailItem {
	return []web.RailItem{
		{Label: r.T("reportui.work"), Path: "/work", Icon: "inbox"},
		{Label: r.T("reportui.board"), Path: "/board", Icon: "layout-dashboard"},
		{Label: r.T("reportui.queue"), Path: "/queue", Icon: "checks"},
	}
}

// form is the address of a unit's form.
func form(s *officetest.Site, milestone, unit string) string {
	return fmt.Sprintf("/report/%d/%s/%d", s.Directive, milestone, s.Units[unit])
}

// with is a form with more typed into it, name and value in turn.
func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", reportui.Texts, web.Texts, report.Texts, access.Texts, account.Texts, sheet.Texts)
}
