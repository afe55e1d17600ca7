package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

const (
	noticeCookie = "notice"
	sentCookie   = "sent" // script/keep.ts reads it
	noticeAge    = 5 * time.Minute
)

// Notice leaves a message for the next page that the person sees: by the
// redirect that follows, or on this page when it is rendered now.
func (r *Request) Notice(key string, args ...any) {
	r.notices = append(r.notices, r.T(key, args...))
}

// saveNotices puts the messages into a cookie for the page after a redirect.
func (r *Request) saveNotices() {
	if len(r.notices) == 0 {
		return
	}
	encoded, err := json.Marshal(r.notices)
	if err != nil {
		r.frame.config.Log.Warn("a notice does not encode", "error", err)
		return
	}
	r.frame.setCookie(r.Writer, noticeCookie, base64.RawURLEncoding.EncodeToString(encoded), noticeAge)
}

// confirmSent tells the page's script by a cookie of its own that the form with
// this key was taken, so that the browser forgets what it kept of it. Nothing
// else says so for sure: a page that opens after a sending may be any page.
func (r *Request) confirmSent() {
	if r.sent == "" || r.Method != http.MethodPost {
		return
	}
	http.SetCookie(r.Writer, &http.Cookie{
		Name: sentCookie, Value: url.QueryEscape(r.sent), Path: "/", MaxAge: int(noticeAge / time.Second),
		Secure: r.frame.config.Secure, SameSite: http.SameSiteLaxMode,
	})
}

// takeNotices gives the messages left for this page and forgets them.
func (r *Request) takeNotices() []string {
	list := r.notices
	r.notices = nil
	cookie, err := r.Cookie(noticeCookie)
	if err != nil {
		return list
	}
	r.frame.setCookie(r.Writer, noticeCookie, "", 0)
	decoded, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil {
		return list
	}
	var left []string
	if json.Unmarshal(decoded, &left) != nil {
		return list
	}
	return append(left, list...)
}
