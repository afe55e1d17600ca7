package prose

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// mostLink is how many bytes a link may have.
const mostLink = 2_000

// address is what mailto leads to: one plain address.
var address = regexp.MustCompile(`^[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+$`)

// host is what follows http: a name, with letters of any language, or a number.
var host = regexp.MustCompile(`^([\pL\pN][\pL\pN\pM._-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$`)

// Link is a link as it is stored: http or https to a host, mailto to one address, or a
// path of this site. It says false for everything else, whatever it is called: a
// script, data, a name and password before the host, a path that a browser would take
// for a host.
func Link(typed string) (link string, ok bool) {
	typed = strings.TrimSpace(typed)
	if len(typed) > mostLink || strings.ContainsRune(typed, '\\') || strings.ContainsFunc(typed, unsafeInLink) {
		return "", false
	}
	at, err := url.Parse(typed)
	if err != nil {
		return "", false
	}
	switch at.Scheme {
	case "http", "https":
		ok = at.Opaque == "" && host.MatchString(at.Host) && at.User == nil
	case "mailto":
		at = &url.URL{Scheme: "mailto", Opaque: at.Opaque}
		ok = address.MatchString(at.Opaque)
	case "":
		ok = at.Host == "" && at.User == nil && strings.HasPrefix(typed, "/") && !strings.HasPrefix(typed, "//")
	}
	if link = at.String(); !ok || len(link) > mostLink {
		return "", false
	}
	return link, true
}

// unsafeInLink says whether a character has no business in a link.
func unsafeInLink(r rune) bool {
	return r == unicode.ReplacementChar || unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Noncharacter_Code_Point)
}

// outward says whether a link in its stored form leads out of this site.
func outward(link string) bool {
	return !strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "mailto:")
}
