package prose_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/part/news/prose"
)

func TestTextsAreUsedAndThere(t *testing.T) { texttest.Check(t, ".", prose.Texts) }

// opening is a day of the briefing.
var opening = time.Date(2020, 7, 10, 8, 0, 0, 0, time.FixedZone("+07", 7*3600))

// article has one of everything.
func article() prose.Document {
	figure := &prose.Figure{Directive: 1, Milestone: "done", Unit: 2, Level: "district", Kind: prose.Percent, Moment: opening.UTC()}
	return prose.Document{Blocks: []prose.Block{
		{Heading: &prose.Heading{Level: 2, Line: say("Tiến độ")}},
		{Paragraph: &prose.Paragraph{Line: prose.Line{
			{Text: "Đã có "},
			{Text: "89,5%", Bold: true, Figure: figure},
			{Text: " đảng bộ, "},
			{Text: "xem", Italic: true, Link: "https://example.vn/"},
			{Break: true},
			{Text: "hết."},
		}}},
		{List: &prose.List{Ordered: true, Start: 4, Items: []prose.Item{
			{Line: say("bốn"), List: &prose.List{Items: []prose.Item{{Line: say("một")}}}},
			{Line: say("năm")},
		}}},
		{Table: &prose.Table{
			Header: []prose.Line{say("Đơn vị"), nil},
			Rows:   [][]prose.Line{{say("Hà Nội"), say("51.985")}, {nil, say("7")}},
		}},
		{Quote: &prose.Quote{Lines: []prose.Line{say("Làm ngay."), say("Làm thật.")}}},
		{Picture: &prose.Picture{File: "ab-12", Caption: "Hội nghị", Credit: "Ảnh: TTXVN", Alt: "Một phòng họp"}},
		{Rule: &prose.Rule{}},
	}}
}

func say(words string) prose.Line { return prose.Line{{Text: words}} }

func TestADocumentComesBackAsItWasStoredAndAsItWasShown(t *testing.T) {
	stored, err := article().Encode()
	if err != nil {
		t.Fatal(err)
	}
	read, err := prose.Decode(stored)
	if diff := cmp.Diff(article(), read); diff != "" || err != nil {
		t.Errorf("stored and read: %v (-want +got):\n%s", err, diff)
	}
	if err := sameAgain(article()); err != nil {
		t.Error(err)
	}
}

func TestReadersGetAPageWithoutWhatItIsBoundTo(t *testing.T) {
	page := string(article().HTML(prose.Options{
		AsOf: func(moment time.Time) string {
			return "Tính đến <" + moment.In(opening.Location()).Format("15:04 2/1/2006") + ">"
		},
		Picture: func(file string) (prose.Image, bool) {
			return prose.Image{URL: "/news/file/" + file, Set: "/a 1x", Sizes: "100vw", Width: 640, Height: 360}, true
		},
	}))
	want := `<h2>Tiến độ</h2>
<p>Đã có <strong><data class="prose-figure" value="89,5%" title="Tính đến &lt;08:00 10/7/2020&gt;">89,5%</data></strong> đảng bộ, ` +
		`<a href="https://example.vn/" rel="nofollow noopener"><em>xem</em></a><br>hết.</p>
<ol start="4"><li>bốn<ul><li>một</li></ul></li><li>năm</li></ol>
<div class="prose-scroll" tabindex="0"><table class="prose-table"><thead><tr><th scope="col">Đơn vị</th><td></td></tr></thead>` +
		`<tbody><tr><td>Hà Nội</td><td>51.985</td></tr><tr><td></td><td>7</td></tr></tbody></table></div>
<blockquote><p>Làm ngay.</p><p>Làm thật.</p></blockquote>
<figure class="prose-picture"><img src="/news/file/ab-12" srcset="/a 1x" sizes="100vw" width="640" height="360" loading="lazy" decoding="async" alt="Một phòng họp">` +
		`<figcaption>Hội nghị <span class="prose-credit">Ảnh: TTXVN</span></figcaption></figure>
<hr>
`
	if diff := cmp.Diff(want, page); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAPictureThatIsNotThereIsLeftOut(t *testing.T) {
	page := string(prose.Document{Blocks: []prose.Block{{Picture: &prose.Picture{File: "ab", Caption: "Hội nghị"}}}}.HTML(prose.Options{}))
	if strings.Contains(page, "Hội nghị") {
		t.Errorf("the page has it: %s", page)
	}
}

func TestADocumentAsPlainText(t *testing.T) {
	want := "Tiến độ\n\nĐã có 89,5% đảng bộ, xem\nhết.\n\nbốn\nmột\nnăm\n\nĐơn vị\t\nHà Nội\t51.985\n\t7\n\nLàm ngay.\nLàm thật.\n\nHội nghị\nẢnh: TTXVN\nMột phòng họp"
	if diff := cmp.Diff(want, article().Text()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFiguresAndPicturesOfADocument(t *testing.T) {
	figures := slices.Collect(article().Figures())
	if len(figures) != 1 || figures[0].Text != "89,5%" || figures[0].Figure.Milestone != "done" {
		t.Errorf("figures: %+v", figures)
	}
	pictures := slices.Collect(article().Pictures())
	if len(pictures) != 1 || pictures[0].File != "ab-12" {
		t.Errorf("pictures: %+v", pictures)
	}
}

func TestPlainTextAsADocument(t *testing.T) {
	got, err := prose.FromText("Một\r\nhai \u202e\n\n \nBa <b>\n")
	want := prose.Document{Blocks: []prose.Block{
		{Paragraph: &prose.Paragraph{Line: prose.Line{{Text: "Một"}, {Break: true}, {Text: "hai"}}}},
		{Paragraph: &prose.Paragraph{Line: say("Ba <b>")}},
	}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestBothNormalFormsAreOneText(t *testing.T) {
	composed, err1 := prose.FromText("Cần Thơ: đại hội")
	parted, err2 := prose.FromHTML("Câ\u0300n Thơ: đa<span>\u0323</span>i hô\u0323i")
	if diff := cmp.Diff(composed, parted); diff != "" || err1 != nil || err2 != nil {
		t.Errorf("%v, %v (-composed +parted):\n%s", err1, err2, diff)
	}
}

func TestADocumentThatBreaksTheRulesIsRefusedAtItsField(t *testing.T) {
	many := func(piece string, count int) string { return strings.TrimSuffix(strings.Repeat(piece+",", count), ",") }
	body := func(blocks string) string { return `{"version":1,"blocks":[` + blocks + `]}` }
	figure := func(fields string) string {
		return body(`{"paragraph":{"line":[{"text":"1","figure":{"directive":1,"milestone":"done","unit":2,"kind":"done","moment":"2020-07-10T08:00:00Z",` + fields + `}}]}}`)
	}
	for _, c := range []struct{ name, body, key string }{
		{"no JSON", `<p>`, "prose.unreadable"},
		{"another version", `{"version":2,"blocks":[]}`, "prose.unreadable"},
		{"more behind it", body("") + "{}", "prose.unreadable"},
		{"an unknown field", `{"version":1,"blocks":[],"html":"<b>"}`, "prose.unreadable"},
		{"an unknown block", body(`{"script":{}}`), "prose.unreadable"},
		{"a block of no kind", body(`{}`), "prose.unreadable"},
		{"a block of two kinds", body(`{"rule":{},"paragraph":{"line":[]}}`), "prose.unreadable"},
		{"a headline", body(`{"heading":{"level":1,"line":[{"text":"a"}]}}`), "prose.unreadable"},
		{"a break with a text", body(`{"paragraph":{"line":[{"text":"a","break":true}]}}`), "prose.unreadable"},
		{"a script as a link", body(`{"paragraph":{"line":[{"text":"a","link":"javascript:alert(1)"}]}}`), "prose.link"},
		{"a picture from elsewhere", body(`{"picture":{"file":"https://evil.example/a.png"}}`), "prose.unreadable"},
		{"a figure of no directive", figure(`"directive":0`), "prose.unreadable"},
		{"a figure of an unknown kind", figure(`"kind":"rumour"`), "prose.unreadable"},
		{"a figure of no moment", figure(`"moment":"0001-01-01T00:00:00Z"`), "prose.unreadable"},
		{"a figure of a milestone with markup", figure(`"milestone":"<b>"`), "prose.unreadable"},
		{"too deep", body(strings.Repeat(`{"list":{"items":[{"line":[],"list":`, 50)), "prose.unreadable"},
		{"too long", body(`{"paragraph":{"line":[{"text":"` + strings.Repeat("ộ", prose.MaxCharacters+1) + `"}]}}`), "prose.long"},
		{"too many blocks", body(many(`{"rule":{}}`, prose.MaxBlocks+1)), "prose.long"},
		{"too many runs", body(`{"paragraph":{"line":[` + many(`{"text":"a","bold":true},{"text":"b"}`, prose.MaxRuns/2+1) + `]}}`), "prose.long"},
		{"too many items", body(`{"list":{"items":[` + many(`{"line":[{"text":"a"}]}`, prose.MaxItems+1) + `]}}`), "prose.list-long"},
		{"too many rows", body(`{"table":{"rows":[` + many(`[[{"text":"a"}]]`, prose.MaxRows+1) + `]}}`), "prose.table-large"},
		{"too many columns", body(`{"table":{"rows":[[` + many(`[{"text":"a"}]`, prose.MaxColumns+1) + `]]}}`), "prose.table-large"},
		{"too many bytes", strings.Repeat(" ", prose.MaxBytes+1), "prose.long"},
	} {
		_, err := prose.Decode([]byte(c.body))
		refused(t, c.name, err, c.key, prose.Field)
	}
}

// refused checks with what, and where, something was refused.
func refused(t *testing.T, what string, err error, key, field string) {
	t.Helper()
	all := fault.All(err)
	if len(all) != 1 || all[0].Kind != fault.Invalid || all[0].Key != key || all[0].Field != field {
		t.Errorf("%s: %v, want %s at %s", what, err, key, field)
	}
}

func TestAPasteThatIsTooLargeIsRefused(t *testing.T) {
	for _, c := range []struct{ name, page, key string }{
		{"bytes", strings.Repeat(" ", prose.MaxPaste+1), "prose.long"},
		{"characters", strings.Repeat("ộ", prose.MaxCharacters+1), "prose.long"},
		{"columns", "<table><tr><td>a<td colspan=1000>b<td>c</table>", "prose.table-large"},
		{"rows", "<table>" + strings.Repeat("<tr><td>a<td>b", prose.MaxRows+2) + "</table>", "prose.table-large"},
		{"depth", strings.Repeat("<div>", 600), "prose.unreadable"},
	} {
		_, err := prose.FromHTML(c.page)
		refused(t, c.name, err, c.key, prose.Field)
	}
}

func TestADocumentPutTogetherByHandIsHarmlessToo(t *testing.T) {
	page := string(prose.Document{Blocks: []prose.Block{
		{},
		{Heading: &prose.Heading{Level: 9, Line: prose.Line{{Text: "<script>", Link: "javascript:alert(1)"}}}},
		{Picture: &prose.Picture{File: `"><script>`, Alt: `"onerror="`}},
		{Paragraph: &prose.Paragraph{Line: prose.Line{{Text: "1", Figure: &prose.Figure{Milestone: `"><script>`}}}}},
	}}.HTML(prose.Options{Bound: true}))
	if found := harmful(page); found != "" {
		t.Errorf("it has %s:\n%s", found, page)
	}
}

func TestAFieldHoldsWhatCanBeChangedWithoutTheEditor(t *testing.T) {
	simple := prose.Document{Blocks: []prose.Block{{Paragraph: &prose.Paragraph{Line: prose.Line{{Text: "Một"}, {Break: true}, {Text: "hai"}}}}, {Paragraph: &prose.Paragraph{Line: say("Ba")}}}}
	for _, c := range []struct {
		document prose.Document
		field    string
		plain    bool
	}{
		{simple, "Một\nhai\n\nBa", true},
		{prose.Document{}, "", true},
		{prose.Document{Blocks: []prose.Block{{Rule: &prose.Rule{}}}}, `{"version":1,"blocks":[{"rule":{}}]}`, false},
		{prose.Document{Blocks: []prose.Block{{Paragraph: &prose.Paragraph{Line: say(`{"version":1}`)}}}}, `{"version":1,"blocks":[{"paragraph":{"line":[{"text":"{\"version\":1}"}]}}]}`, false},
	} {
		field, plain, err := c.document.Field()
		if field != c.field || plain != c.plain || err != nil {
			t.Errorf("the field is %q, plain %v, %v, want %q, %v", field, plain, err, c.field, c.plain)
		}
		again, err := prose.Typed(field)
		if diff := cmp.Diff(c.document, again); diff != "" || err != nil {
			t.Errorf("typed: %v (-want +got):\n%s", err, diff)
		}
	}
}
