package web

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"sync"

	"giaoban/internal/base/text"
)

//go:embed template
var templates embed.FS

// Screen is a page's template in the layout, parsed for a language when that is
// asked for first: parsed, all screens in all languages take some 30 MB, and an
// installation is mostly read in one.
//
// The template is the content of the page's main part, with the data given to
// [Request.Render] as its dot. Templates beside it whose names begin with "_"
// and the frame's components can be called from it; the functions are those of
// functions.go.
type Screen struct {
	name  string
	pages map[text.Lang]func() (*template.Template, error) // each parses once
}

// page is what the layout's template takes.
type page struct {
	*Layout
	Data any
}

// Screen is the template called name in files. Whether it parses, [Frame.Parse]
// tells.
func (f *Frame) Screen(files fs.FS, name string) *Screen {
	screen := &Screen{name: name, pages: map[text.Lang]func() (*template.Template, error){}}
	for _, language := range languages {
		screen.pages[language.Lang] = sync.OnceValues(func() (*template.Template, error) {
			return f.parse(files, name, language.Lang)
		})
	}
	f.screens = append(f.screens, screen)
	return screen
}

// Parse parses all screens in all languages, and says what is wrong with them: a
// test calls it.
func (f *Frame) Parse() error {
	var wrong []error
	for _, screen := range f.screens {
		for lang := range screen.pages {
			if _, err := screen.in(lang); err != nil {
				wrong = append(wrong, err)
			}
		}
	}
	return errors.Join(wrong...)
}

// in is the screen in a language.
func (s *Screen) in(lang text.Lang) (*template.Template, error) {
	parsed, err := s.pages[lang]()
	if err != nil {
		return nil, fmt.Errorf("screen %s in %s: %w", s.name, lang, err)
	}
	return parsed, nil
}

// parse puts together the layout, the components, the partial templates beside
// the page and the page itself, in this order, so that a page can override.
func (f *Frame) parse(files fs.FS, name string, lang text.Lang) (*template.Template, error) {
	set := template.New("root").Funcs(f.functions(lang))
	for _, own := range []string{"layout", "wall", "room", "bare", "public", "parts", "form", "field", "sign"} {
		if err := add(set, templates, "template/"+own+".html", own); err != nil {
			return nil, err
		}
	}
	beside, err := fs.Glob(files, path.Join(path.Dir(name), "_*.html"))
	if err != nil {
		return nil, err
	}
	for _, partial := range beside {
		if err := add(set, files, partial, path.Base(partial)); err != nil {
			return nil, err
		}
	}
	return set, add(set, files, name, "main")
}

func add(set *template.Template, files fs.FS, name, as string) error {
	content, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	_, err = set.New(as).Parse(string(content))
	return err
}

// HTML renders one template of the screen alone, without the layout: a row that
// many pages share, or what a script asked for.
func (s *Screen) HTML(lang text.Lang, name string, data any) (template.HTML, error) {
	parsed, err := s.in(lang)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := parsed.ExecuteTemplate(&b, name, data); err != nil {
		return "", fmt.Errorf("rendering %s of %s: %w", name, s.name, err)
	}
	return template.HTML(b.String()), nil
}

// Render answers with a whole page (200).
func (r *Request) Render(screen *Screen, data any) error {
	return r.RenderStatus(http.StatusOK, screen, data)
}

// buffers are used again: a page is rendered whole before it is sent.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// RenderStatus answers with a whole page under another status: 422 for a form
// that comes back with its errors.
func (r *Request) RenderStatus(status int, screen *Screen, data any) error {
	return r.send(status, screen, r.frameName(), page{Layout: r.layout, Data: data}, nil)
}

// RenderMain answers as RenderStatus does, with a main part that was rendered
// before, by [Screen.HTML], and is shared: it is sent as it is.
func (r *Request) RenderMain(status int, screen *Screen, main []byte) error {
	return r.send(status, screen, r.frameName(), page{Layout: r.layout, Data: mainPlace}, main)
}

// frameName is the template of what stands around the page.
func (r *Request) frameName() string {
	switch {
	case r.layout.Wall:
		return "wall"
	case r.layout.Room:
		return "room"
	case r.layout.Masthead != "":
		return "public"
	case r.layout.Bare:
		return "bare"
	}
	return "layout"
}

// mainPlace stands where a main part goes that was rendered before: a page of a
// hundred kilobytes would else be copied four times on its way.
const mainPlace = template.HTML("<!--main-->")

// RenderPart answers with one template of the screen, without the layout, for a
// script that changes a part of its page.
func (r *Request) RenderPart(screen *Screen, name string, data any) error {
	return r.send(http.StatusOK, screen, name, data, nil)
}

// send renders a template of a screen whole before its first byte is sent, and puts
// main, which may be nil, to its place.
func (r *Request) send(status int, screen *Screen, name string, data any, main []byte) error {
	parsed, err := screen.in(r.Lang)
	if err != nil {
		return err
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := parsed.ExecuteTemplate(b, name, data); err != nil {
		return fmt.Errorf("rendering %s: %w", screen.name, err)
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	head, foot := b.Bytes(), []byte(nil)
	if main != nil {
		head, foot, _ = bytes.Cut(head, []byte(mainPlace))
	}
	header.Set("Content-Length", strconv.Itoa(len(head)+len(main)+len(foot)))
	header.Set("Content-Language", string(r.Lang))
	if status < http.StatusBadRequest {
		r.confirmSent()
	}
	if header.Get("Cache-Control") == "" {
		// A page of one person, of this moment: never out of a cache.
		header.Set("Cache-Control", "private, no-store")
	}
	r.Writer.WriteHeader(status)
	for _, part := range [...][]byte{head, main, foot} {
		if _, err := r.Writer.Write(part); err != nil {
			return ignoreGone(err)
		}
	}
	return nil
}
