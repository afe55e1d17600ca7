package briefingui_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"giaoban/internal/base/testing/browser"
)

// What a line bears, look by look, as browsers decide it: g is a good look, w a weak one,
// b a bad one, - none at all. The modes are those after each run of looks.
func TestALineThatTurnsBadGivesUpPicturesFirstAndTakesThemBack(t *testing.T) {
	built := api.Build(api.BuildOptions{EntryPoints: []string{"script/line.ts"}, Bundle: true, Format: api.FormatIIFE, GlobalName: "line"})
	if len(built.Errors) > 0 {
		t.Fatal(built.Errors)
	}
	b := browser.New(t)
	b.Eval(string(built.OutputFiles[0].Contents) + `
		globalThis.line = line;
		globalThis.run = (looks) => {
			const samples = {g: {loss: 0, trip: 40}, w: {loss: .05, trip: 40}, s: {loss: 0, trip: 500}, b: {loss: .3, trip: 40}};
			let now = line.fresh;
			for (const look of looks) now = line.judge(now, samples[look]);
			return now.grade + " " + now.mode;
		};
		true`)
	for looks, want := range map[string]string{
		"g":                      "good full",
		"b":                      "bad full", // told at once, nothing is given up yet
		"w":                      "weak full",
		"s":                      "weak full",
		"bbgbbg":                 "good full", // hiccups
		"wwww":                   "weak low",
		"wwwwwwwwwwwwwwww":       "weak low", // less sharp is enough for a weak line
		"bbb":                    "bad low",
		"bbbbbbb":                "bad low", // what was on its way drains first
		"bbbbbbbb":               "bad sound",
		"bbbbbbbbbbbb":           "bad sound",
		"bbbbbbbbbbbbb":          "bad board",
		"---------":              "bad full", // the line is away: nothing is given up
		"bbbbbbbb----":           "bad sound",
		"bbbbbbbb-----":          "bad board",
		"bbbbbbbbbbbbbbbbbbbbb":  "bad board",
		"bbbbbbbbggggg":          "good low",
		"bbbbbbbbgggggggggg":     "good full",
		"bbbbbbbbgggbggggg":      "good sound", // after a relapse it takes longer
		"bbbbbbbbgggbgggggggggg": "good low",
		"ggg----":                "bad full",  // a good line was cut
		"gggb----":               "bad full",  // and the look before saw it end
		"bb-":                    "bad sound", // a thin one broke under what it carried
		"www-":                   "bad sound",
		"wwww-":                  "bad sound",
		"bbbbbbbbbbbbb---":       "bad board",
		"ww-ggggg":               "good low",
	} {
		if got := b.Eval(fmt.Sprintf("run(%s)", quoted(looks))); got != want {
			t.Errorf("after %s the line is %v, want %s", looks, got, want)
		}
	}
}

func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(text)
}
