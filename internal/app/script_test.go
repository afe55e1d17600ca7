package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// hostile is a text that breaks out of an element, an attribute in either
// quotes, a script and a comment, where it is not escaped.
const hostile = `=1+1"'` + "`" + `></script></textarea></title><!--<script>alert(1)</script><img id=pwned src=x onerror=alert(1)>-->{{.}}&lt;`

// brief is a hostile text where few letters are taken.
const brief = `"'><img id=pwned src=x onerror=alert(1)>`

func TestNoTextThatPeopleEnterRunsInAPage(t *testing.T) {
	o := newOffice(t, "")
	who := o.everybody("moi.quyen")
	o.enterHostileTexts(who)
	shown := 0
	for _, route := range o.routes() {
		if route.Method() != http.MethodGet || route.Stream {
			continue
		}
		for _, address := range append(o.addresses(route), o.hostilePlaces(route.Path())...) {
			for _, query := range []string{"", "?q=" + url.QueryEscape(hostile) + "&next=" + url.QueryEscape("/"+hostile) +
				"&day=" + url.QueryEscape(hostile) + "&since=" + url.QueryEscape(hostile) + "&level=" + url.QueryEscape(hostile) +
				"&sort=" + url.QueryEscape(hostile) + "&milestone=" + url.QueryEscape(hostile) + "&asked=" + url.QueryEscape(hostile)} {
				a := who.get(address + query)
				if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
					o.harmless(address+query, a.body)
				}
				if strings.Contains(html.UnescapeString(said(a.body)), "<img id=pwned") {
					shown++
				}
			}
		}
	}
	if shown < 20 {
		t.Errorf("only %d pages show what was entered: this test looks at the wrong ones", shown)
	}
	// Forms come back with what was typed.
	for _, route := range o.routes() {
		if route.Method() == http.MethodGet || route.Pattern == "POST /sign-out" || strings.Contains(route.Pattern, "end-others") {
			continue
		}
		form := url.Values{}
		for name := range o.attempt() {
			form.Set(name, hostile)
		}
		for _, address := range o.addresses(route) {
			o.harmless("POST "+address, who.post(address, form).body)
			o.harmless("POST "+address+" by a guest", o.guest().post(address, form).body)
		}
	}
}

// enterHostileTexts puts the hostile text wherever a person can enter one.
func (o *office) enterHostileTexts(who *visitor) {
	t := o.t
	t.Helper()
	o.update(func(tx *ledger.Tx) error {
		if _, err := org.Rename(t.Context(), tx, o.program(), org.RenameCommand{Unit: o.thuanThanh, Name: "Huyện Thuận Thành " + hostile}); err != nil {
			return err
		}
		_, err := org.Appoint(t.Context(), tx, o.program(), org.AppointCommand{
			Unit: o.thuanThanh, Body: "office", Post: "clerk", Name: hostile, From: "2020-07-10",
		})
		return err
	})
	who.done("/account", url.Values{"name": {hostile}, "email": {""}, "phone": {brief}})
	o.update(func(tx *ledger.Tx) error {
		_, err := account.Invite(t.Context(), tx, o.program(), account.InviteCommand{
			Unit: o.thuanThanh, Roles: []access.Role{access.Leader}, Name: hostile,
		})
		return err
	})
	o.revise(o.own, func(d *directive.Document) {
		d.Number, d.Title, d.Text, d.Term = brief, hostile, hostile, brief
		d.Milestones[0].Name.VI, d.Milestones[0].Name.EN = hostile, hostile
		d.Milestones[0].Indicators[0].Name.VI, d.Milestones[0].Indicators[0].Hint.VI = hostile, hostile
	})
	o.namedMoment(o.home, brief)
	back := o.submit(o.own, o.yenPhong, hostile)
	who.done(fmt.Sprintf("/report/%d/return", back), url.Values{"reason": {hostile}})
	o.reported = o.submit(o.own, o.thuanThanh, hostile)
	file := upload{name: "file", filename: `../../..\` + hostile + `.pdf`, content: []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")}
	draft := o.begin(o.home, brief, hostile)
	o.draft = draft.ID
	a := who.send(fmt.Sprintf("/directives/%d/edit", draft.ID), url.Values{
		"do": {"save"}, "revision": {fmt.Sprint(draft.Revision)}, "number": {brief}, "title": {hostile}, "text": {hostile},
	}, file)
	if a.status != http.StatusSeeOther {
		t.Fatalf("saving a draft with a file: %d: %.600s", a.status, said(a.body))
	}
}

// hostilePlaces are pages about what was entered, beside those of Bac Ninh.
func (o *office) hostilePlaces(path string) []string {
	back := o.latest(o.own, o.yenPhong).ID
	switch path {
	case "/report/{id}":
		return []string{fmt.Sprintf("/report/%d", back)}
	case "/directives/{id}/file":
		return []string{fmt.Sprintf("/directives/%d/file?version=draft", o.draft)}
	case "/admin":
		return []string{fmt.Sprintf("/admin?unit=%d", o.home), fmt.Sprintf("/admin?unit=%d", o.thuanThanh)}
	}
	return nil
}

// upload is a file in a form.
type upload struct {
	name, filename string
	content        []byte
}

// send sends a form with a file.
func (v *visitor) send(path string, form url.Values, file upload) answered {
	v.o.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			if err := parts.WriteField(name, value); err != nil {
				v.o.t.Fatal(err)
			}
		}
	}
	part, err := parts.CreateFormFile(file.name, file.filename)
	if err == nil {
		_, err = part.Write(file.content)
	}
	if err == nil {
		err = parts.Close()
	}
	if err != nil {
		v.o.t.Fatal(err)
	}
	return v.do(http.MethodPost, path, &body, "Content-Type", parts.FormDataContentType())
}

// harmless fails the test when a page has an element, a handler or an address
// that the hostile text made.
func (o *office) harmless(what, body string) {
	o.t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	for node := range root.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		if node.Data == "script" && node.FirstChild != nil && !isData(node) {
			o.t.Errorf("%s holds a script: %.100s", what, node.FirstChild.Data)
		}
		for _, a := range node.Attr {
			name, value := strings.ToLower(a.Key), strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case name == "id" && value == "pwned", strings.HasPrefix(name, "on"), name == "style":
				o.t.Errorf("%s: <%s %s=%q>", what, node.Data, a.Key, a.Val)
			case (name == "href" || name == "src" || name == "action" || name == "formaction") &&
				(strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "//") || strings.HasPrefix(value, "data:")):
				o.t.Errorf("%s leads to %q", what, a.Val)
			}
		}
	}
}

// isData says whether a script element holds what nobody runs: it says so, and is JSON.
func isData(node *html.Node) bool {
	for _, a := range node.Attr {
		if a.Key == "type" && a.Val == "application/ld+json" {
			return json.Valid([]byte(node.FirstChild.Data))
		}
	}
	return false
}

func TestASpreadsheetHoldsTextsAndNoFormulas(t *testing.T) {
	o := newOffice(t, "")
	who := o.everybody("moi.quyen")
	o.update(func(tx *ledger.Tx) error {
		_, err := org.Rename(t.Context(), tx, o.program(), org.RenameCommand{Unit: o.thuanThanh, Name: `=HYPERLINK("http://evil.example","bấm")`})
		return err
	})
	for _, address := range []string{fmt.Sprintf("/org/export.xlsx?under=%d", o.home), fmt.Sprintf("/board/%d/%d/export.xlsx", o.own, o.home)} {
		a := who.get(address)
		files, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
		if err != nil {
			t.Fatalf("%s: %d: %v", address, a.status, err)
		}
		found := false
		for _, file := range files.File {
			content := unpacked(t, file)
			found = found || strings.Contains(content, "=HYPERLINK(")
			if strings.Contains(content, "<f>") || strings.Contains(content, "<f ") || strings.Contains(content, "<hyperlink") {
				t.Errorf("%s: %s holds a formula", address, file.Name)
			}
		}
		if !found {
			t.Errorf("%s does not hold the name as text", address)
		}
		if kind, _, err := mime.ParseMediaType(a.header.Get("Content-Disposition")); err != nil || kind != "attachment" {
			t.Errorf("%s: Content-Disposition %q: %v", address, a.header.Get("Content-Disposition"), err)
		}
	}
}

func unpacked(t *testing.T, file *zip.File) string {
	t.Helper()
	content, err := file.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	all, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func TestADownloadIsSavedUnderAPlainNameAndNeverShown(t *testing.T) {
	o := newOffice(t, "")
	who := o.everybody("moi.quyen")
	o.enterHostileTexts(who)
	a := who.get(fmt.Sprintf("/directives/%d/file?version=draft", o.draft))
	kind, parameters, err := mime.ParseMediaType(a.header.Get("Content-Disposition"))
	if a.status != http.StatusOK || err != nil || kind != "attachment" {
		t.Fatalf("%d, Content-Disposition %q: %v", a.status, a.header.Get("Content-Disposition"), err)
	}
	if name := parameters["filename"]; strings.ContainsAny(name, "/\\\"\r\n\x00<>") || !strings.HasSuffix(name, ".pdf") {
		t.Errorf("the file is saved as %q", name)
	}
	if policy := a.header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") {
		t.Errorf("a file is sent with the policy %q", policy)
	}
	// A draft's file is for those who write it.
	for _, login := range []string{"hanoi", "yenphong", "trunguong"} {
		if a := o.as(login).get(fmt.Sprintf("/directives/%d/file?version=draft", o.draft)); !a.refused() {
			t.Errorf("%s gets the file of a draft of Bac Ninh: %d", login, a.status)
		}
	}
}
