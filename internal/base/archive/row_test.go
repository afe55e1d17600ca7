package archive

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/store"
)

var everyKind = []store.Column{{Name: "n", Kind: store.Integer}, {Name: "s", Kind: store.Text}, {Name: "b", Kind: store.Bytes}, {Name: "is", Kind: store.Boolean}}

func TestARowComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
		row := []any{
			any(rapid.Int64().Draw(t, "n")), any(text.Draw(t, "s")),
			any(append([]byte{}, rapid.SliceOf(rapid.Byte()).Draw(t, "b")...)), any(rapid.Bool().Draw(t, "is")),
		}
		for i := range row {
			if rapid.IntRange(0, 9).Draw(t, "null") == 0 {
				row[i] = nil
			}
		}
		line := appendRow(nil, row)
		if !json.Valid(line) || !utf8.Valid(line) || bytes.Count(line, []byte("\n")) != 1 {
			t.Fatalf("%q is no line of JSON", line)
		}
		got, err := parseRow(bytes.TrimSpace(line), everyKind)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if diff := cmp.Diff(row, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", line, diff)
		}
	})
}

func TestRowsThatNoTableHasAreRefused(t *testing.T) {
	for _, line := range []string{
		``, `[]`, `[1,"a","YQ==",true`, `[1,"a","YQ==",true]]`, `[1,"a","YQ==",true,1]`, `[1,"a","YQ=="]`,
		`["1","a","YQ==",true]`, `[1.5,"a","YQ==",true]`, `[1,2,"YQ==",true]`, `[1,"a","no base64",true]`,
		`[1,"a","YQ==",1]`, `[1,["YQ==","a"],"YQ==",true]`, `[1,[null],"YQ==",true]`, `[1,"a,"YQ==",true]`, `[1 ,"a","YQ==",true]`,
	} {
		if row, err := parseRow([]byte(line), everyKind); err == nil {
			t.Errorf("%s is read as %v", line, row)
		}
	}
}

func FuzzRow(f *testing.F) {
	f.Add([]byte(`[1,"a\n\"b\\","YQ==",true]`))
	f.Add([]byte(`[null,["/w=="],null,null]`))
	f.Fuzz(func(t *testing.T, line []byte) {
		row, err := parseRow(line, everyKind)
		if err != nil {
			return
		}
		again, err := parseRow(bytes.TrimSpace(appendRow(nil, row)), everyKind)
		if diff := cmp.Diff(row, again); err != nil || diff != "" {
			t.Errorf("%q is read as %v, and that, written, as %v (%v)", line, row, again, err)
		}
	})
}
