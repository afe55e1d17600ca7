package newsui_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
)

// injections are cases of the collections beside the package prose, which says where they
// are from: each in the full run, one of forty else.
func injections(t *testing.T) (cases []string) {
	t.Helper()
	files, err := filepath.Glob("../prose/testdata/injections/*.json")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var collection struct{ Cases []string }
		if err := json.Unmarshal(content, &collection); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, one := range collection.Cases {
			if n++; n%count.Of(40, 1) == 0 {
				cases = append(cases, one)
			}
		}
	}
	return cases
}

// fits is the case where it has at most so many characters, else another text; both on one
// line.
func fits(one string, most int, other string) string {
	if one = strings.TrimSpace(one); one == "" || utf8.RuneCountInString(one) > most {
		return other
	}
	return one
}

// each of so many cases stands on a page of its own article as by-line, tag, caption,
// credit, description and link.
const each = 5

// hostile publishes an article for every case, which is its headline, lead and source, with
// a picture and links where the article has more of them; the last is discussed by readers
// who are called, and say, each case. It gives how many were taken.
func hostile(t *testing.T, s *officetest.Site, cases []string) (articles, comments int) {
	t.Helper()
	officer := s.Visit(t, "officer BN")
	publish(s, news.Text{Headline: "Giao ban", Lead: "Sáng 10/7."})
	add := officer.Get("/desk/1").Form("add-picture")
	add.Set("alt", "Hội trường")
	send(t, officer, "/desk/1/pictures", add, "picture", "anh.png", grey(t, 40, 20)).Want(http.StatusOK)
	var file string
	s.OK(s.Ledger.DB().Reader().QueryRowContext(s.Ctx(), `SELECT id FROM news_picture`).Scan(&file))
	leader := s.People["leader BN"]
	s.Update(func(tx *ledger.Tx) error {
		for i, one := range cases {
			text := news.Text{Headline: fits(one, news.MostHeadline, "Bài"), Lead: fits(one, news.MostLead, "Tin."), Source: fits(one, news.MostWord, "")}
			if i%each == 0 {
				fill(t, &text, file, cases[i:min(i+each, len(cases))])
			}
			a, err := news.Begin(s.Ctx(), tx, leader, news.BeginCommand{Key: fmt.Sprint(i), Unit: s.Units["BN"], Text: text})
			if err == nil {
				_, err = news.Publish(s.Ctx(), tx, leader, news.PublishCommand{Article: a.ID, Revision: a.Revision})
			}
			if err != nil {
				t.Logf("%q is not taken: %v", one, err)
				continue
			}
			articles++
		}
		return nil
	})
	s.Update(func(tx *ledger.Tx) error {
		for i, one := range cases {
			if err := said(s.Ctx(), tx, leader, i, one); err != nil {
				t.Logf("%q is not said: %v", one, err)
				continue
			}
			comments++
		}
		return nil
	})
	return articles, comments
}

// fill gives a text by-lines, tags, a body with links, and pictures of the cases.
func fill(t *testing.T, text *news.Text, file string, cases []string) {
	t.Helper()
	var body prose.Document
	for _, one := range cases {
		text.Authors = append(text.Authors, fits(one, news.MostWord, "An"))
		text.Tags = append(text.Tags, fits(one, news.MostWord, "Tin"))
		part, err := prose.FromHTML(one + `<p><a href="` + html.EscapeString(one) + `">xem</a></p>`)
		if err == nil && len(pictured(part)) == 0 {
			body.Blocks = append(body.Blocks, part.Blocks...)
		}
		short := fits(one, 300, "Ảnh")
		body.Blocks = append(body.Blocks, prose.Block{Picture: &prose.Picture{File: file, Caption: short, Credit: short, Alt: short}})
	}
	var err error
	if text.Body, _, err = body.Field(); err != nil {
		t.Logf("a body of %q: %v", cases, err)
		text.Body = ""
	}
}

func pictured(document prose.Document) (list []prose.Picture) {
	for one := range document.Pictures() {
		list = append(list, one)
	}
	return list
}

// said has a reader who is called like the case say it, and an editor answer with it; every
// seventh still waits.
func said(ctx context.Context, tx *ledger.Tx, leader access.Actor, i int, one string) error {
	c, err := news.Send(ctx, tx, news.SendCommand{Article: 1, Check: fmt.Sprint(i), Name: fits(one, news.MostName, "Bạn đọc"), Text: one})
	if err != nil || i%7 == 0 {
		return err
	}
	_, err = news.Decide(ctx, tx, leader, news.DecideCommand{Comment: c.ID, To: news.Shown, Reply: fits(one, news.MostNote, "")})
	return err
}

// trapped has every page of the browser note from its first moment on what a script of the
// cases would do.
func trapped(b *browser.Browser) {
	const trap = `window.caught = [];
		for (const name of ["alert", "confirm", "prompt", "print", "open", "eval"]) window[name] = () => { caught.push(name); };
		addEventListener("securitypolicyviolation", (e) => caught.push(e.effectiveDirective + " " + e.blockedURI + " " + e.sample));`
	b.Do("set the trap", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: trap})
		return err
	}))
}

// touched does to all that is on the page what runs scripts of its attributes, and gives
// what was caught, and what there is that only a case can have brought.
const touched = `(() => {
	for (const one of document.querySelectorAll("main *")) {
		for (const name of ["mouseover", "animationstart", "toggle", "load", "error", "wheel"]) one.dispatchEvent(new Event(name));
	}
	for (const one of document.querySelectorAll("*")) {
		for (const {name} of one.attributes) if (/^on|^(style|srcdoc)$/i.test(name)) caught.push(one.tagName + " " + name);
	}
	for (const one of document.querySelectorAll("a, area")) {
		if (!["http:", "https:", "mailto:"].includes(one.protocol)) caught.push("a link to " + one.href);
	}
	for (const one of document.scripts) {
		if (one.type === "application/ld+json") JSON.parse(one.textContent);
		else if (!one.src.startsWith(origin)) caught.push("script " + one.outerHTML);
	}
	for (const one of document.forms) {
		if (!one.action.startsWith(origin)) caught.push("a form to " + one.action);
	}
	for (const one of performance.getEntriesByType("resource")) {
		if (!one.name.startsWith(origin) && !one.name.startsWith("data:")) caught.push("asked for " + one.name);
	}
	for (const one of document.querySelectorAll("iframe, frame, object, embed, base, meta[http-equiv], math, marquee, video")) caught.push(one.outerHTML);
	return caught;
})()`

// Whatever somebody writes into any field of an article or a comment, no page of readers
// and none of the desk runs it: looked at in Chromium, under the policy of the pages.
func TestInjectionsRunNothingOnPublicPagesAndDesks(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	cases := injections(t)
	articles, comments := hostile(t, s, cases)
	if articles < len(cases)*9/10 || comments < len(cases)*9/10 {
		t.Errorf("of %d cases %d became articles and %d comments, want nearly all", len(cases), articles, comments)
	}
	reader, editor := browser.New(t), browser.New(t)
	trapped(reader)
	trapped(editor)
	pages := 0
	look := func(b *browser.Browser, address string) {
		t.Helper()
		b.Go(address)
		if caught, _ := b.Eval(touched).([]any); len(caught) > 0 {
			t.Errorf("%s: caught %q", address, caught)
		}
		pages++
	}
	look(reader, s.URL+"/news/1")
	for i := 0; i < articles; i += each {
		look(reader, fmt.Sprintf("%s/news/%d", s.URL, i+2))
		look(reader, s.URL+"/news/search?q="+url.QueryEscape(cases[i]))
	}
	for first := 0; first <= articles; first += news.MostOnPage {
		look(reader, fmt.Sprintf("%s/news/?after=%d", s.URL, first))
	}
	for _, path := range []string{"/desk", "/desk/2", "/opinions"} {
		look(editor, s.Enter(t, "officer BN", path))
	}
	reader.Eval(`document.querySelector("main").insertAdjacentHTML("beforeend", "<a href='javascript:alert(1)'>x</a><form action='https://example.com/'></form>")`)
	if caught, _ := reader.Eval(touched).([]any); len(caught) != 2 {
		t.Errorf("what is put into a page is caught as %q, want a link and a form", caught)
	}
	wellFormed(t, s, "/news/rss.xml", "/news/atom.xml", "/news/sitemap.xml", "/news/sitemap/1")
	t.Logf("%d cases as %d articles and %d comments on %d pages: nothing ran, nothing was asked for", len(cases), articles, comments, pages)
}

// wellFormed reads what programs of others read.
func wellFormed(t *testing.T, s *officetest.Site, paths ...string) {
	t.Helper()
	for _, path := range paths {
		answer := s.Guest(t).Get(path)
		answer.Want(http.StatusOK)
		read := xml.NewDecoder(strings.NewReader(answer.Body))
		for {
			_, err := read.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", path, err)
				break
			}
		}
	}
}
