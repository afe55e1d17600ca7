package web

import (
	"bytes"
	"embed"
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

// Screen is a page's template in the layout, parsed once for each language.
//
// The template is the content of the page's main part, with the data given to
// [Request.Render] as its dot. Templates beside it whose names begin with "_"
// and the frame's components can be called from it; the functions are those of
// functions.go.
type Screen struct {
	name  string
	pages map[text.Lang]*template.Template
}

// page is what the layout's template takes.
type page struct {
	*Layout
	Data any
}

// Screen parses the template called name in files. A template that does not
// parse panics: screens are made once, at start.
func (f *Frame) Screen(files fs.FS, name string) *Screen {
	screen := &Screen{name: name, pages: map[text.Lang]*template.Template{}}
	for _, language := range languages {
		parsed, err := f.parse(files, name, language.Lang)
		if err != nil {
			panic(fmt.Sprintf("web: screen %s: %v", name, err))
		}
		screen.pages[language.Lang] = parsed
	}
	return screen
}

// parse puts together the layout, the components, the partial templates beside
// the page and the page itself, in this order, so that a page can override.
func (f *Frame) parse(files fs.FS, name string, lang text.Lang) (*template.Template, error) {
	set := template.New("root").Funcs(f.functions(lang))
	for _, own := range []string{"layout", "wall", "bare", "parts", "form", "field", "sign"} {
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
	var b bytes.Buffer
	if err := s.pages[lang].ExecuteTemplate(&b, name, data); err != nil {
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
	layout := "layout"
	switch {
	case r.layout.Wall:
		layout = "wall"
	case r.layout.Bare:
		layout = "bare"
	}
	return r.send(status, screen, layout, page{Layout: r.layout, Data: data})
}

// RenderPart answers with one template of the screen, without the layout, for a
// script that changes a part of its page.
func (r *Request) RenderPart(screen *Screen, name string, data any) error {
	return r.send(http.StatusOK, screen, name, data)
}

func (r *Request) send(status int, screen *Screen, name string, data any) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := screen.pages[r.Lang].ExecuteTemplate(b, name, data); err != nil {
		return fmt.Errorf("rendering %s: %w", screen.name, err)
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Length", strconv.Itoa(b.Len()))
	header.Set("Content-Language", string(r.Lang))
	if status < http.StatusBadRequest {
		r.confirmSent()
	}
	if header.Get("Cache-Control") == "" {
		// A page of one person, of this moment: never out of a cache.
		header.Set("Cache-Control", "private, no-store")
	}
	r.Writer.WriteHeader(status)
	_, err := r.Writer.Write(b.Bytes())
	return ignoreGone(err)
}
