package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"giaoban/internal/base/text"
)

// How a reader wants the public pages. The first of each is what they are without a wish,
// and then nothing is kept in the browser.
var (
	themes = []string{"auto", "light", "dark"} // auto: as the device is set
	sizes  = []string{"usual", "large", "larger"}
)

const (
	themeQuery  = "theme"
	sizeQuery   = "size"
	themeCookie = "look" // "dark-large"
)

// theme is how a reader wants the public pages.
type theme struct{ Theme, Size string }

// themeOf is what the browser keeps; what it cannot have got from here is no wish.
func themeOf(req *http.Request) theme {
	wish := theme{themes[0], sizes[0]}
	cookie, err := req.Cookie(themeCookie)
	if err != nil {
		return wish
	}
	colour, size, _ := strings.Cut(cookie.Value, "-")
	if slices.Contains(themes, colour) && slices.Contains(sizes, size) {
		wish = theme{colour, size}
	}
	return wish
}

// switchTheme keeps the wish that the address tells and sends the browser to the same
// address without it. It says whether it did.
func (f *Frame) switchTheme(w http.ResponseWriter, req *http.Request) bool {
	if req.Method != http.MethodGet || !strings.Contains(req.URL.RawQuery, themeQuery+"=") && !strings.Contains(req.URL.RawQuery, sizeQuery+"=") {
		return false
	}
	query, wish := req.URL.Query(), themeOf(req)
	colour, size := query.Get(themeQuery), query.Get(sizeQuery)
	if !slices.Contains(themes, colour) && !slices.Contains(sizes, size) {
		return false
	}
	if slices.Contains(themes, colour) {
		wish.Theme = colour
	}
	if slices.Contains(sizes, size) {
		wish.Size = size
	}
	age := year
	if wish == (theme{themes[0], sizes[0]}) {
		age = 0
	}
	f.setCookie(w, themeCookie, wish.Theme+"-"+wish.Size, age)
	query.Del(themeQuery)
	query.Del(sizeQuery)
	http.Redirect(w, req, local((&url.URL{Path: req.URL.Path, RawQuery: query.Encode()}).String()), http.StatusSeeOther)
	return true
}

// wish is a way in which the page can be had.
type wish struct {
	Label, Path string
	Current     bool
}

// Theme is how the reader wants the public page: the colours and the size of letters.
func (l *Layout) Theme() theme { return themeOf(l.r.Request) }

// Themes lead to the page in other colours.
func (l *Layout) Themes() []wish { return l.wishes(themeQuery, themes, l.Theme().Theme) }

// Sizes lead to the page in letters of another size.
func (l *Layout) Sizes() []wish { return l.wishes(sizeQuery, sizes, l.Theme().Size) }

func (l *Layout) wishes(name string, values []string, current string) (list []wish) {
	for _, value := range values {
		query := l.r.URL.Query()
		query.Set(name, value)
		list = append(list, wish{l.r.T("web.look." + value), (&url.URL{Path: l.r.URL.Path, RawQuery: query.Encode()}).String(), value == current})
	}
	return list
}

// key is what tells answers apart that everybody gets alike who reads in one language.
func (t theme) key(lang text.Lang) string { return string(lang) + " " + t.Theme + "-" + t.Size }
