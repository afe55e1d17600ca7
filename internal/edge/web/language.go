package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/text"
)

// Language is one of the languages of the screens.
type Language struct {
	Lang text.Lang
	Name string // in the language itself
	Path string // of the present page in that language
}

var languages = []Language{{Lang: text.VI, Name: "Tiếng Việt"}, {Lang: text.EN, Name: "English"}}

const (
	languageCookie = "lang"
	languageQuery  = "lang"
	year           = 365 * 24 * time.Hour
)

// language is the one that the person chose, else the first of the browser's
// that the program has, else Vietnamese.
func language(req *http.Request) text.Lang {
	if cookie, err := req.Cookie(languageCookie); err == nil {
		if lang, ok := text.ParseLang(cookie.Value); ok {
			return lang
		}
	}
	best, quality := text.VI, 0.0
	for _, part := range strings.Split(req.Header.Get("Accept-Language"), ",") {
		tag, parameter, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if value, ok := strings.CutPrefix(strings.TrimSpace(parameter), "q="); ok {
			q, _ = strconv.ParseFloat(value, 64) // what is no number counts as 0: not wanted
		}
		if lang, ok := text.ParseLang(tag); ok && q > quality {
			best, quality = lang, q
		}
	}
	return best
}

// switchLanguage keeps the language that the address asks for and sends the
// browser to the same address without the wish. It says whether it did.
func (f *Frame) switchLanguage(w http.ResponseWriter, req *http.Request) bool {
	if req.Method != http.MethodGet || !strings.Contains(req.URL.RawQuery, languageQuery+"=") {
		return false
	}
	query := req.URL.Query()
	lang, ok := text.ParseLang(query.Get(languageQuery))
	if !ok {
		return false
	}
	f.setCookie(w, languageCookie, string(lang), year)
	query.Del(languageQuery)
	// "//host/" is a path here, and in a Location the address of another site.
	http.Redirect(w, req, local((&url.URL{Path: req.URL.Path, RawQuery: query.Encode()}).String()), http.StatusSeeOther)
	return true
}

// setCookie sets a cookie that scripts cannot read. An age of 0 removes it.
func (f *Frame) setCookie(w http.ResponseWriter, name, value string, age time.Duration) {
	seconds := int(age / time.Second)
	if seconds == 0 {
		seconds = -1
	}
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: f.config.Secure, SameSite: http.SameSiteLaxMode,
	})
}
