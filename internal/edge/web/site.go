package web

import (
	"net"
	"net/url"
	"strings"

	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
)

// Site is where the person reaches the program, as passkeys know it; ok is false
// where there can be none, for the reason that the text why gives.
func (r *Request) Site() (site account.Site, why string, ok bool) {
	own, err := url.Parse(r.frame.config.Address)
	if err != nil || !named(own.Hostname()) {
		own = &url.URL{}
	}
	host := hostname(r.Host)
	switch {
	case own.Hostname() == host && host != "":
		return account.Site{Host: host, Origin: own.Scheme + "://" + own.Host}, "", true
	case host == "localhost" && !r.frame.config.Secure:
		// Browsers trust this machine's own pages without HTTPS.
		return account.Site{Host: host, Origin: "http://" + r.Host}, "", true
	case own.Host != "":
		return account.Site{}, r.T("web.passkey.elsewhere", "address", own.String()), false
	case !r.frame.config.Secure && net.ParseIP(host).IsLoopback():
		_, port, _ := net.SplitHostPort(r.Host)
		return account.Site{}, r.T("web.passkey.loopback", "address", "http://localhost:"+port), false
	}
	return account.Site{}, r.T("web.passkey.no-name", "host", host), false
}

// NotHere refuses to use a passkey, for the reason that [Request.Site] gave.
func (r *Request) NotHere(why string) error {
	return fault.New(fault.Invalid, "web.passkey.not-here", "why", why)
}

// named says whether a host has a name: passkeys belong to names, not to
// numbers.
func named(host string) bool { return host != "" && net.ParseIP(host) == nil }

func hostname(hostport string) string {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	return host
}
