package proseui_test

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news/prose"
	"giaoban/internal/part/news/prose/proseui"
)

func TestTextsAreUsedAndThere(t *testing.T) {
	texttest.Check(t, ".", proseui.Texts, prose.Texts, web.Texts)
}

// desk is a page with the editor under the policy that pages have, and what the server
// does with pastes.
func desk(t *testing.T, document prose.Document) *httptest.Server {
	t.Helper()
	field, _, err := document.Field()
	if err != nil {
		t.Fatal(err)
	}
	built := api.Build(api.BuildOptions{
		EntryPoints: []string{"script/editor.ts", "script/editor.css"}, Bundle: true, Format: api.FormatESModule, Outdir: "/out", LogLevel: api.LogLevelSilent,
		Loader: map[string]api.Loader{".svg": api.LoaderDataURL},
	})
	if len(built.Errors) > 0 {
		t.Fatal(strings.Join(api.FormatMessages(built.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	mux := http.NewServeMux()
	for _, file := range built.OutputFiles {
		mux.HandleFunc("GET /"+filepath.Base(file.Path), func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", map[string]string{".js": "text/javascript", ".css": "text/css"}[filepath.Ext(file.Path)])
			_, _ = w.Write(file.Contents)
		})
	}
	mux.HandleFunc("POST /paste", func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(r.Body)
		document, err := prose.FromHTML(string(sent))
		if fault.Is(err, fault.Invalid) {
			w.WriteHeader(http.StatusUnprocessableEntity)
			fmt.Fprint(w, `{"error":{"message":"Nội dung dài quá."}}`)
			return
		}
		if err != nil {
			t.Error(err)
		}
		shape, err := document.Encode()
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(shape)
	})
	mux.HandleFunc("POST /pictures", func(w http.ResponseWriter, r *http.Request) {
		sent, header, err := r.FormFile("picture")
		if err != nil {
			t.Error(err)
			return
		}
		defer sent.Close()
		if header.Filename == "bomb.png" {
			w.WriteHeader(http.StatusUnprocessableEntity)
			fmt.Fprint(w, `{"error":{"message":"Ảnh quá lớn."}}`)
			return
		}
		fmt.Fprint(w, `{"file":"ab12"}`)
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="vi"><title>desk</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/editor.css">
<main><h1>Bài</h1><label for="body">Nội dung</label><textarea id="body" name="body" data-prose data-paste="/paste" data-upload="/pictures" data-words='{"bold":"Đậm","link-to":"Liên kết đến","link-set":"Gắn","bar":"Định dạng"}'>%s</textarea></main>
<script type="module" src="/editor.js"></script></html>`, html.EscapeString(field))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// press presses a key as a keyboard does, where the page does something else with it.
func press(b *browser.Browser, name string, code int64) {
	b.Do("press "+name, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
			key := input.DispatchKeyEventParams{Type: kind, Key: name, Code: name, WindowsVirtualKeyCode: code}
			if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, key); err != nil {
				return err
			}
		}
		return nil
	}))
}

func enter(b *browser.Browser) { press(b, "Enter", 13) }
func tab(b *browser.Browser)   { press(b, "Tab", 9) }

// kept is the document that the form would send.
func kept(t *testing.T, b *browser.Browser) prose.Document {
	t.Helper()
	document, err := prose.Typed(b.Eval(`document.getElementById("body").value`).(string))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func wantPage(t *testing.T, b *browser.Browser, want string) {
	t.Helper()
	got := strings.TrimSpace(string(kept(t, b).HTML(prose.Options{})))
	if diff := cmp.Diff(want, strings.ReplaceAll(got, "\n", "")); diff != "" {
		t.Errorf("the form would send (-want +got):\n%s", diff)
	}
}

func TestWhatIsTypedIsKeptAsItIsStored(t *testing.T) {
	b := browser.New(t)
	b.Go(desk(t, prose.Document{}).URL)
	b.Wait(".prose-page")
	b.Click(".prose-page")
	b.Click("[data-tool=heading]")
	b.Press("Tiến độ")
	enter(b)
	b.Press("Đã ")
	b.Click("[data-tool=bold]")
	b.Press("xong")
	b.Click("[data-tool=bold]")
	b.Press(".")
	enter(b)
	b.Click("[data-tool=bullets]")
	b.Press("một")
	enter(b)
	b.Press("hai")
	enter(b)
	enter(b)
	b.Press("hết")
	wantPage(t, b, `<h2>Tiến độ</h2><p>Đã <strong>xong</strong>.</p><ul><li>một</li><li>hai</li></ul><p>hết</p>`)
	b.Click("[data-tool=undo]")
	b.Axe(t)
}

func TestATableIsFilledFromItsFirstCellAndLeftByTheArrows(t *testing.T) {
	b := browser.New(t)
	b.Go(desk(t, prose.Document{}).URL)
	b.Wait(".prose-page")
	b.Click(".prose-page")
	b.Click("[data-tool=table]")
	for _, cell := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"} {
		b.Press(cell)
		tab(b)
	}
	b.Press("k") // in a row more
	enter(b)
	b.Press("l")
	press(b, "ArrowDown", 40)
	b.Press("sau")
	b.Click("[data-tool=rule]")
	b.Press("hết")
	b.Click(".prose-page th")
	b.Wait("[data-tool=row]:not([hidden])") // the editor has seen it
	press(b, "ArrowUp", 38)
	b.Press("trước")
	wantPage(t, b, `<p>trước</p><div class="prose-scroll" tabindex="0"><table class="prose-table"><thead><tr><th scope="col">a</th><th scope="col">b</th><th scope="col">c</th></tr></thead>`+
		`<tbody><tr><td>d</td><td>e</td><td>f</td></tr><tr><td>g</td><td>h</td><td>i</td></tr><tr><td>k<br>l</td><td></td><td></td></tr></tbody></table></div><p>sau</p><hr><p>hết</p>`)
	b.Eval(`document.querySelector(".prose-page").dispatchEvent(new KeyboardEvent("keydown", {key: "F10", code: "F10", altKey: true, bubbles: true}))`)
	if at := b.Eval(`document.activeElement.dataset.tool`); at != "heading" {
		t.Errorf("Alt+F10 leads to %v", at)
	}
}

func TestAPasteFromWordIsReadByTheServer(t *testing.T) {
	b := browser.New(t)
	b.Go(desk(t, prose.Document{}).URL)
	b.Wait(".prose-page")
	b.Click(".prose-page")
	b.Eval(`(() => {
		const data = new DataTransfer();
		data.setData("text/html", "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>một<o:p></o:p></p><p onclick='alert(1)'>hai<script>alert(2)<\/script></p>");
		data.setData("text/plain", "1. một hai");
		document.querySelector(".prose-page").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	})()`)
	b.WaitText(".prose-page", "hai")
	wantPage(t, b, `<ol><li>một</li></ol><p>hai</p>`)
}

// Whatever an office's program puts on the clipboard, the form would send what the server
// makes of it: the editor adds nothing and loses nothing.
func TestPastesOfOfficesComeOutCleanInTheEditor(t *testing.T) {
	files, err := filepath.Glob("../testdata/paste/*.html")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d pastes were found: %v", len(files), err)
	}
	b := browser.New(t)
	url := desk(t, prose.Document{}).URL
	for _, file := range files {
		pasted, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		clean, err := os.ReadFile(strings.TrimSuffix(file, ".html") + ".clean")
		if err != nil {
			t.Fatal(err)
		}
		b.Go(url)
		b.Wait(".prose-page")
		b.Click(".prose-page")
		b.Eval(fmt.Sprintf(`(() => {
			const data = new DataTransfer();
			data.setData("text/html", %q);
			document.querySelector(".prose-page").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
		})()`, pasted))
		b.WaitTrue("it is there", `document.querySelector(".prose-page").textContent !== ""`)
		if diff := cmp.Diff(string(clean), string(kept(t, b).HTML(prose.Options{}))); diff != "" {
			t.Errorf("%s: the form would send (-want +got):\n%s", filepath.Base(file), diff)
		}
	}
}

// bound is a page of an editor with one of everything.
const bound = `<h2>a</h2><p>b <i>c</i> <a href="/x"><b>d</b>e</a><br>f
	<data class="prose-figure" data-directive="1" data-milestone="done" data-unit="2" data-level="" data-kind="percent" data-moment="2020-07-10T01:00:00Z">89,5%</data></p>
	<ol start="3"><li>g<ul><li>h</ul><li>i</ol><table><tr><th>j<th>k<tr><td>l<td></table><blockquote><p>m<p>n</blockquote><hr>
	<figure data-file="ab12"><img alt="o"><figcaption>p <span class="prose-credit">q</span></figcaption></figure>`

func TestWhatWasStoredComesBackUnchanged(t *testing.T) {
	document, err := prose.FromHTML(bound)
	if err != nil {
		t.Fatal(err)
	}
	b := browser.New(t)
	b.Go(desk(t, document).URL)
	b.Wait(".prose-page")
	if diff := cmp.Diff(document, kept(t, b)); diff != "" {
		t.Errorf("(-stored +kept):\n%s", diff)
	}
}

func TestWhatIsCopiedInTheEditorIsPastedWithWhatItIsBoundTo(t *testing.T) {
	document, err := prose.FromHTML(bound)
	if err != nil {
		t.Fatal(err)
	}
	b := browser.New(t)
	b.Go(desk(t, document).URL)
	b.Wait(".prose-page")
	b.Click(".prose-page h2")
	b.Eval(`getSelection().selectAllChildren(document.querySelector(".prose-page"))`)
	b.WaitGone("[data-tool=link][aria-disabled=true]") // the editor has seen it
	b.Eval(`(() => {
		window.copied = new DataTransfer();
		document.querySelector(".prose-page").dispatchEvent(new ClipboardEvent("copy", {clipboardData: copied, bubbles: true, cancelable: true}));
		getSelection().collapse(document.querySelector(".prose-page h2"), 0);
	})()`)
	b.Wait("[data-tool=link][aria-disabled=true]")
	b.Eval(`void document.querySelector(".prose-page").dispatchEvent(new ClipboardEvent("paste", {clipboardData: copied, bubbles: true, cancelable: true}))`)
	b.WaitTrue("see it twice", `document.querySelectorAll(".prose-page data").length === 2`)
	for figure := range kept(t, b).Figures() {
		if figure.Figure.Milestone != "done" || figure.Figure.Unit != 2 {
			t.Errorf("a figure is bound to %+v", figure.Figure)
		}
	}
}

func TestALinkIsAskedForAndWrongOnesAreRefused(t *testing.T) {
	b := browser.New(t)
	b.Go(desk(t, say("xem")).URL)
	b.Wait(".prose-page")
	b.Click(".prose-page")
	b.Eval(`getSelection().selectAllChildren(document.querySelector(".prose-page p"))`)
	b.WaitGone("[data-tool=link][aria-disabled=true]")
	b.Click("[data-tool=link]")
	b.Press("javascript:alert(1)")
	enter(b)
	b.Wait(".prose-ask [aria-invalid=true]")
	b.Type(".prose-ask input", "example.vn/tin")
	b.Click(".prose-ask button")
	wantPage(t, b, `<p><a href="https://example.vn/tin" rel="nofollow noopener">xem</a></p>`)
}

func TestAPagePutsAPictureAndItsWordsAreAskedFor(t *testing.T) {
	b := browser.New(t)
	b.Go(desk(t, say("xem")).URL)
	b.Wait(".prose-page")
	b.Click(".prose-page")
	b.Eval(`void document.getElementById("body").dispatchEvent(new CustomEvent("prose-put", {detail: {version: 1, blocks: [{picture: {file: "ab12", alt: "", caption: "", credit: ""}}]}}))`)
	b.Click(".prose-stand")
	b.Click("[data-tool=picture]")
	b.Type("[data-asks=alt]", "Phòng họp")
	b.Type("[data-asks=caption]", "Hội nghị")
	enter(b)
	b.WaitGone(".prose-ask")
	want := prose.Picture{File: "ab12", Alt: "Phòng họp", Caption: "Hội nghị"}
	for picture := range kept(t, b).Pictures() {
		if diff := cmp.Diff(want, picture); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		return
	}
	t.Error("no picture was put")
}

// pasteFile pastes a file of some name.
func pasteFile(b *browser.Browser, name string) {
	b.Eval(`(() => {
		const data = new DataTransfer();
		data.items.add(new File(["x"], "` + name + `", {type: "image/png"}));
		document.querySelector(".prose-page").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	})()`)
}

func TestAPastedPictureIsUploadedAndDescribed(t *testing.T) {
	b := browser.New(t)
	b.Allow("422")
	b.Go(desk(t, say("xem")).URL)
	b.Wait(".prose-page")
	b.Click(".prose-page")
	b.Wait("[data-tool=upload]")
	pasteFile(b, "bomb.png")
	b.WaitText(".prose-news", "Ảnh quá lớn.")
	pasteFile(b, "anh.png")
	b.Wait("[data-asks=alt]")
	b.Click("[data-asks=decorative]")
	b.Type("[data-asks=credit]", "TTXVN")
	b.Click(".prose-ask button")
	b.WaitGone(".prose-ask")
	b.Press("dưới ảnh")
	b.Click(".prose-stand")
	b.Press("ngay dưới ảnh")
	if said := kept(t, b).Text(); !strings.HasSuffix(strings.TrimSpace(said), "ngay dưới ảnh\n\ndưới ảnh") {
		t.Errorf("what is typed on a picture: %q", said)
	}
	want := prose.Picture{File: "ab12", Credit: "TTXVN", Decorative: true}
	for picture := range kept(t, b).Pictures() {
		if diff := cmp.Diff(want, picture); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		return
	}
	t.Error("no picture was put")
}

func TestWhatDoesNotComeAlongWithAPasteIsSaid(t *testing.T) {
	b := browser.New(t)
	b.Go(desk(t, say("xem")).URL)
	b.Wait(".prose-page")
	b.Click(".prose-page")
	b.Eval(`(() => {
		const data = new DataTransfer();
		data.setData("text/html", "<p>một</p><img src='https://example.vn/a.jpg' alt='a'>");
		document.querySelector(".prose-page").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	})()`)
	b.WaitText(".prose-news", "picture-dropped")
	wantPage(t, b, `<p>xemmột</p>`)

	b.Allow("422")
	b.Eval(`(() => {
		const data = new DataTransfer();
		data.setData("text/html", "<p>" + "dài ".repeat(60_000) + "</p>");
		data.setData("text/plain", "dài");
		document.querySelector(".prose-page").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	})()`)
	b.WaitText(".prose-news", "Nội dung dài quá.")
	wantPage(t, b, `<p>xemmột</p>`)
}

func TestWithoutScriptTheFieldTakesPlainText(t *testing.T) {
	b := browser.New(t)
	b.NoScript()
	b.Go(desk(t, say("xem")).URL)
	b.Type("#body", "Một\n\nHai")
	wantPage(t, b, "<p>Một</p><p>Hai</p>")
}

// say is a document of one paragraph.
func say(words string) prose.Document {
	return prose.Document{Blocks: []prose.Block{{Paragraph: &prose.Paragraph{Line: prose.Line{{Text: words}}}}}}
}

func TestAPasteIsAnsweredWithItsStructureOrRefused(t *testing.T) {
	answer := httptest.NewRecorder()
	sent := httptest.NewRequest(http.MethodPost, "/paste", strings.NewReader("<p onclick=x>một<script>hai</script>"))
	if err := proseui.Paste(&web.Request{Request: sent, Writer: answer}); err != nil {
		t.Fatal(err)
	}
	want := `{"version":1,"blocks":[{"paragraph":{"line":[{"text":"một"}]}}]}` + "\n"
	if diff := cmp.Diff(want, answer.Body.String()); diff != "" {
		t.Errorf("the answer (-want +got):\n%s", diff)
	}
	long := httptest.NewRequest(http.MethodPost, "/paste", strings.NewReader(strings.Repeat("a", proseui.PasteLimit+1)))
	if err := proseui.Paste(&web.Request{Request: long, Writer: httptest.NewRecorder()}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a paste that is too long: %v, want it refused as invalid", err)
	}
}

func TestAFieldWithFaultsKeepsWhatWasSent(t *testing.T) {
	stored := `{"version":1,"blocks":[{"rule":{}}]}`
	for _, c := range []struct {
		sent  string
		value string
		plain bool
	}{
		{"một\n\nhai", "một\n\nhai", true},
		{stored, stored, false},
		{`{"version":9}`, `{"version":9}`, true},
	} {
		field := proseui.Field{}.Typed(c.sent)
		if field.Value != c.value || field.Plain != c.plain {
			t.Errorf("%q: the field holds %q, plain %v, want %q, %v", c.sent, field.Value, field.Plain, c.value, c.plain)
		}
	}
}
