package browser

import (
	_ "embed" // the checker is part of the tests, not fetched by them
	"testing"
)

// axe is axe-core; see the folder's README for its version, licence and origin.
//
//go:embed axe/axe.min.js
var axe string

// violation is a rule of axe-core and the places that break it.
type violation struct {
	ID     string
	Impact string // minor, moderate, serious, critical
	Help   string
	Nodes  []struct {
		Target         []any // CSS selectors from the page inwards
		FailureSummary string
	}
}

// Axe checks the page against WCAG 2.0 and 2.1, levels A and AA, and fails t
// for every place that breaks a rule seriously or critically.
func (b *Browser) Axe(t testing.TB) {
	t.Helper()
	if b.Eval(`typeof axe`) == "undefined" {
		b.Eval(axe + "\ntrue")
	}
	found := until[[]violation](b, "check the page with axe", `axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
		resultTypes: ["violations"],
	}).then((result) => result.violations)`)
	for _, v := range found {
		if v.Impact != "serious" && v.Impact != "critical" {
			continue
		}
		for _, node := range v.Nodes {
			t.Errorf("%s: %v: %s (%s, %s)\n%s", b.URL(), node.Target, v.Help, v.ID, v.Impact, node.FailureSummary)
		}
	}
}
