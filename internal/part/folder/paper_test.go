package folder_test

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/account"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/golden"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/text"
	"giaoban/internal/part/folder"
)

var codes = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}`)

// What a leader of a district finds on paper; the codes, which are random, are numbered.
func TestAFolderOnPaper(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/giaoban.db")
	w.appoint("QV", "leader QV", "secretary")
	w.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
	w.difficulty("DT", "Thiếu nguồn cấp ủy nữ")
	done, asks := w.task("QV", "PL"), w.task("QV", "DT")
	w.finish(done, "PL")
	w.ask(asks, "DT")
	for _, lang := range text.Langs {
		reader := w.reader()
		reader.Lang = lang
		f, err := w.printWith(reader, "officer QV", "QV", "leader QV", string(lang))
		w.OK(err)
		golden.File(t, "folder."+string(lang)+".txt", w.words(f))
	}
	if missing := w.texts.Missing(); len(missing) > 0 {
		t.Errorf("texts are missing: %v", missing)
	}
}

// words is what stands on the paper of a folder.
func (w world) words(f folder.Folder) string {
	w.t.Helper()
	var paper []byte
	w.OK(w.View(func(q store.Querier) (err error) {
		paper, err = folder.Paper(w.t.Context(), q, w.texts, w.Tree, "https://giaoban.example.vn", f)
		return err
	}))
	said := poppler.Text(w.t, paper, "-layout")
	for i, s := range w.slips(f.ID) {
		said = strings.ReplaceAll(said, string(s.Code), fmt.Sprintf("CODE-%04d", i+1))
	}
	return said
}

// Whatever is proposed, and however much of it: a slip is one sheet, with its place to
// decide, and nothing runs into its foot.
func TestASlipKeepsToItsSheet(t *testing.T) {
	texts := paperTexts(t)
	rapid.Check(t, func(rt *rapid.T) {
		words := func(name string, most int) string {
			n := rapid.IntRange(1, most).Draw(rt, name)
			return strings.TrimSpace(strings.Repeat(rapid.SampledFrom([]string{"nghiêng ", "ý ", "Kế-hoạch-số-12 "}).Draw(rt, name), n))
		}
		c := folder.Content{
			From: words("from", 20), By: words("by", 20), Title: words("title", 60), Said: words("said", 400),
			Due: "2020-07-09", Late: true, Ways: []folder.Choice{folder.Answer, folder.Word, folder.HandUp, folder.Hold},
			Proposal: "Trình đồng chí cho ý kiến giải quyết khó khăn, vướng mắc.",
		}
		for range rapid.IntRange(0, 15).Draw(rt, "facts") {
			c.Facts = append(c.Facts, folder.Fact{Label: words("label", 20), Said: words("figure", 30)})
		}
		pages := written(t, texts, words("leader", 12), folder.Summary{}, c)
		if len(pages) != 2 {
			rt.Fatalf("%d pages, want a summary and a slip", len(pages))
		}
		above, foot := pages[1].words(0, folder.ProofAt), pages[1].words(folder.ProofAt, 297)
		if want := "Mã phiếu 0000-0000 Khi phiếu về:"; !strings.HasPrefix(foot, want) {
			rt.Errorf("the foot begins with %.60q, want %q", foot, want)
		}
		for _, want := range []string{c.Proposal, "Ý kiến của lãnh đạo", "Để lại, trao đổi thêm", "Nội dung ghi thêm:"} {
			if !strings.Contains(above, want) {
				rt.Errorf("the slip does not say %q", want)
			}
		}
	})
}

// However many slips there are: the summary is one sheet, and each is on it or counted
// there.
func TestTheSummaryIsOneSheet(t *testing.T) {
	texts := paperTexts(t)
	summary := folder.Summary{Left: 2}
	for _, kind := range folder.Kinds {
		summary.Kinds = append(summary.Kinds, folder.Count{Key: string(kind), N: 12})
	}
	for _, key := range []string{"sign", "minutes", "acknowledge", "returned", "late", "invited", "do"} {
		summary.Others = append(summary.Others, folder.Count{Key: key, N: 100})
	}
	for _, n := range []int{1, 8, 9, 10, 11, 12, 13, 14, folder.MostSlips} {
		list := make([]folder.Content, n)
		for i := range list {
			list[i] = folder.Content{Title: strings.Repeat("Tổ chức đại hội ", 1+i%12), From: "Huyện ủy Yên Phong", Ways: []folder.Choice{folder.Hold}, Due: "2020-07-09", Late: i < 3}
		}
		pages := written(t, texts, "Vũ Đức Tâm, Bí thư Huyện ủy", summary, list...)
		if len(pages) != 1+n {
			t.Fatalf("%d pages, want a summary and %d slips", len(pages), n)
		}
		above, foot := pages[0].words(0, folder.FootAt), pages[0].words(folder.FootAt, 297)
		listed, more := len(codes.FindAllString(above, -1)), 0
		if found := regexp.MustCompile(`… và (\d+) phiếu nữa`).FindStringSubmatch(above); found != nil {
			more, _ = strconv.Atoi(found[1])
		}
		if listed+more != n || listed == 0 {
			t.Errorf("%d slips: %d on the summary and %d counted", n, listed, more)
		}
		if !strings.HasPrefix(foot, "Còn 2 việc nữa") || !strings.HasSuffix(foot, "Người in: Phạm Ngọc Lan") {
			t.Errorf("%d slips: the foot says %q", n, foot)
		}
	}
}

func paperTexts(t *testing.T) *text.Catalog {
	t.Helper()
	texts, err := text.Load(text.Texts, marking.Texts, folder.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// written is the pages of a folder with slips about difficulties.
func written(t *testing.T, texts *text.Catalog, leader string, summary folder.Summary, list ...folder.Content) (pages []page) {
	t.Helper()
	f := folder.Folder{ID: 1, Name: leader, Printer: "Phạm Ngọc Lan", At: time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC), Lang: text.VI, Summary: summary, Slips: len(list)}
	slips := make([]folder.Slip, len(list))
	for i, c := range list {
		c.Since = f.At
		slips[i] = folder.Slip{Place: i + 1, Code: account.Code(fmt.Sprintf("0000-%04d", i)), Item: folder.Item{Kind: folder.OfDifficulty, Content: c}}
	}
	paper, err := folder.WritePaper(texts, f, slips)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range strings.Split(poppler.Text(t, paper, "-bbox"), "<page ")[1:] {
		pages = append(pages, page(one))
	}
	return pages
}

// page is where the words of a page stand, as pdftotext -bbox has it.
type page string

var placed = regexp.MustCompile(`yMin="([0-9.]+)" xMax="[0-9.]+" yMax="[0-9.]+">([^<]*)</word>`)

// words are those that begin between two heights, in millimetres from the top.
func (p page) words(from, to float64) string {
	const point = 72 / 25.4 // points in a millimetre
	var list []string
	for _, found := range placed.FindAllStringSubmatch(string(p), -1) {
		if y, _ := strconv.ParseFloat(found[1], 64); y >= from*point && y < to*point {
			list = append(list, html.UnescapeString(found[2]))
		}
	}
	return strings.Join(list, " ")
}
