package browser

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Heard is what a screen reader is told of one element: of which kind it is ("button",
// "textbox", "link"), and what it is called.
type Heard struct{ Role, Name string }

// Heard is what a screen reader says of what has the focus, by Chromium's own
// accessibility tree.
func (b *Browser) Heard() (heard Heard) {
	b.t.Helper()
	b.Do("hear what has the focus", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		focus, err := cdp.Call(ctx, t, runtime.Evaluate, runtime.EvaluateParams{Expression: `document.activeElement`})
		if err != nil {
			return err
		}
		alone := false
		tree, err := cdp.Call(ctx, t, accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{ObjectID: focus.Result.ObjectID, FetchRelatives: &alone})
		if err != nil || len(tree.Nodes) == 0 {
			return err
		}
		heard = Heard{spokenAs(tree.Nodes[0].Role), spokenAs(tree.Nodes[0].Name)}
		return nil
	}))
	return heard
}

// spokenAs is a value of the accessibility tree in words.
func spokenAs(value *accessibility.Value) (words string) {
	if value != nil {
		_ = json.Unmarshal(value.Value, &words) // what is no text is not spoken
	}
	return words
}

// TabTo presses Tab until a screen reader says that it has come to what is wanted. The
// test fails when the focus never gets there.
func (b *Browser) TabTo(role, name string) {
	b.t.Helper()
	want := Heard{role, name}
	var passed []Heard
	for range mostStops {
		heard := b.Heard()
		if heard == want {
			return
		}
		passed = append(passed, heard)
		b.Press("\t")
	}
	b.fail(fmt.Sprintf("reach %v by Tab; it went over %v", want, passed[:20]), nil)
}
