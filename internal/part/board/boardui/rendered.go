package boardui

import (
	"html/template"
	"sync"
)

// mostRendered is how many bytes of pages are kept for others to read: a few
// hundred boards of provinces, or a hundred of the country.
const mostRendered = 8 << 20

// rendered keeps the main parts of pages, for all who read the same board at the
// same position in the same language. Rendering is most of what a page costs; in
// a briefing everybody opens the same one.
type rendered struct {
	mu    sync.Mutex
	pages map[string]*whole
	bytes int
}

// whole is a page's main part, made once.
type whole struct {
	once sync.Once
	html []byte
	err  error
}

// get gives the page of a key, which says everything that the page depends on.
// Whoever comes first makes it, and who comes meanwhile waits for that.
func (r *rendered) get(key string, render func() (template.HTML, error)) ([]byte, error) {
	r.mu.Lock()
	page := r.pages[key]
	if page == nil {
		if r.bytes > mostRendered || r.pages == nil {
			r.pages, r.bytes = map[string]*whole{}, 0
		}
		page = &whole{}
		r.pages[key] = page
	}
	r.mu.Unlock()
	page.once.Do(func() {
		html, err := render()
		page.html, page.err = []byte(html), err
		r.mu.Lock()
		defer r.mu.Unlock()
		if page.err != nil {
			delete(r.pages, key) // the next one tries again
			return
		}
		r.bytes += len(page.html) + len(key)
	})
	return page.html, page.err
}
