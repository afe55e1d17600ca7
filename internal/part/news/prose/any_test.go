package prose_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/part/news/prose"
)

func TestAnyDocumentComesBackAsItsNormalForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stored, err := anyDocument().Draw(t, "document").Encode()
		if err != nil {
			t.Fatalf("storing it: %v", err)
		}
		document, err := prose.Decode(stored)
		if err != nil {
			t.Fatalf("reading %s: %v", stored, err)
		}
		if found := harmful(string(document.HTML(bound))); found != "" {
			t.Errorf("its page has %s", found)
		}
		if err := sameAgain(document); err != nil {
			t.Error(err)
		}
	})
}

func anyDocument() *rapid.Generator[prose.Document] {
	return rapid.Custom(func(t *rapid.T) prose.Document {
		return prose.Document{Blocks: rapid.SliceOfN(anyBlock(), 0, 6).Draw(t, "blocks")}
	})
}

func anyBlock() *rapid.Generator[prose.Block] {
	return rapid.Custom(func(t *rapid.T) prose.Block {
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			return prose.Block{Heading: &prose.Heading{Level: rapid.IntRange(2, 3).Draw(t, "level"), Line: anyLine().Draw(t, "line")}}
		case 1:
			return prose.Block{List: anyList(t, 5)}
		case 2:
			return prose.Block{Table: &prose.Table{
				Header: rapid.SliceOfN(anyLine(), 0, 3).Draw(t, "header"),
				Rows:   rapid.SliceOfN(rapid.SliceOfN(anyLine(), 0, 4), 0, 3).Draw(t, "rows"),
			}}
		case 3:
			return prose.Block{Quote: &prose.Quote{Lines: rapid.SliceOfN(anyLine(), 0, 3).Draw(t, "lines")}}
		case 4:
			return prose.Block{Picture: &prose.Picture{
				File: "ab12", Caption: anyText().Draw(t, "caption"), Credit: anyText().Draw(t, "credit"), Alt: anyText().Draw(t, "alt"), Decorative: rapid.Bool().Draw(t, "decorative"),
			}}
		case 5:
			return prose.Block{Rule: &prose.Rule{}}
		}
		return prose.Block{Paragraph: &prose.Paragraph{Line: anyLine().Draw(t, "line")}}
	})
}

// anyList is a list that may be deeper than lists may be.
func anyList(t *rapid.T, deepest int) *prose.List {
	list := &prose.List{Ordered: rapid.Bool().Draw(t, "ordered"), Start: rapid.IntRange(-1, 20_000).Draw(t, "start")}
	for range rapid.IntRange(0, 3).Draw(t, "items") {
		item := prose.Item{Line: anyLine().Draw(t, "line")}
		if deepest > 1 && rapid.Bool().Draw(t, "below") {
			item.List = anyList(t, deepest-1)
		}
		list.Items = append(list.Items, item)
	}
	return list
}

func anyLine() *rapid.Generator[prose.Line] {
	return rapid.Custom(func(t *rapid.T) prose.Line { return rapid.SliceOfN(anyRun(), 0, 6).Draw(t, "runs") })
}

func anyRun() *rapid.Generator[prose.Run] {
	return rapid.Custom(func(t *rapid.T) prose.Run {
		if rapid.IntRange(0, 5).Draw(t, "break") == 0 {
			return prose.Run{Break: true}
		}
		run := prose.Run{
			Text: anyText().Draw(t, "text"), Bold: rapid.Bool().Draw(t, "bold"), Italic: rapid.Bool().Draw(t, "italic"),
			Link: rapid.SampledFrom([]string{"", "https://example.vn/?a=\"b\"&c", "/news/1", "mailto:a@b.vn"}).Draw(t, "link"),
		}
		if rapid.IntRange(0, 4).Draw(t, "figure") == 0 {
			run.Figure = &prose.Figure{
				Directive: 1, Milestone: "done", Unit: rapid.Int64Range(1, 1<<60).Draw(t, "unit"),
				Level:  rapid.SampledFrom([]string{"", "district"}).Draw(t, "level"),
				Kind:   rapid.SampledFrom([]prose.FigureKind{prose.Done, prose.Total, prose.Percent}).Draw(t, "kind"),
				Moment: opening.Add(time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "later"))),
			}
		}
		return run
	})
}

// anyText is a text with what makes texts hard: spaces at its ends, marks that join what
// stands before them, markup.
func anyText() *rapid.Generator[string] {
	piece := rapid.OneOf(rapid.SampledFrom([]string{" ", "\u00a0", "\n", "\u0301", "\u0323", "\u0338", "<", ">", "&amp;", "a", "Đ", "ộ", "o\u0323\u0302", "\u202e", "\u034f", "가", "\u11a8", "<b>", "]]>", "-->"}), rapid.String())
	return rapid.Custom(func(t *rapid.T) (text string) {
		for _, part := range rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces") {
			text += part
		}
		return text
	})
}
