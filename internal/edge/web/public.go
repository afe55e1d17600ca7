package web

import (
	"strings"
	"time"
)

// Head is what a public page tells programs: search machines, readers of feeds, other
// sites that show a link to it. Paths in it are of this site.
type Head struct {
	Description string
	Canonical   string // path at which the page is found for good; "" for the page's own without its query
	Image       string // path of the picture that stands for it; "" for none
	Published   time.Time
	Changed     time.Time // both of an article; zero of other pages
	Unlisted    bool      // search machines leave it out, and follow its links
	Feeds       []Feed
	Data        any // JSON-LD; nil for none
}

// Brand is how an office dresses the public page; zero for the program's own look.
type Brand struct {
	Style         string // path of a style sheet that comes after the program's own; "" for none
	Logo          string // path of the picture beside the name; "" for none
	Width, Height int    // pixels of the logo
}

// Image is the path of the picture that stands for the page elsewhere; "" for none.
func (l *Layout) Image() string {
	if l.Head.Image != "" {
		return l.Head.Image
	}
	return l.Brand.Logo
}

// Feed is a list of the newest that programs read.
type Feed struct {
	Type string // as "application/rss+xml"
	Path string
}

// Origin is where the public finds this site: the address that the installation was
// given for the public or for everything, or else that of the request; without a slash at its end.
func (r *Request) Origin() string {
	for _, address := range []string{r.frame.config.PublicAddress, r.frame.config.Address} {
		if address != "" {
			return strings.TrimSuffix(address, "/")
		}
	}
	if r.frame.config.Secure {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Absolute is the whole address of a path of this site.
func (l *Layout) Absolute(path string) string { return l.r.Origin() + path }

// Canonical is the whole address at which the page is found for good.
func (l *Layout) Canonical() string {
	if l.Head.Canonical != "" {
		return l.Absolute(l.Head.Canonical)
	}
	return l.Absolute(l.r.URL.EscapedPath())
}
