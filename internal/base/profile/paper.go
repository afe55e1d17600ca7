package profile

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/base/text"
)

// Papers says what kinds of official papers offices issue, how each may be signed, and
// in whose name.
type Papers struct {
	Kinds       []PaperKind      `yaml:"kinds" json:"kinds"`
	Authorities []PaperAuthority `yaml:"authorities,omitempty" json:"authorities,omitempty"`
}

// PaperKind is a kind of official paper. The papers of one kind are numbered in one
// series, by unit and committee term (guidance 36-HD/VPTW, II.1.3).
type PaperKind struct {
	Key     string     `yaml:"key" json:"key"`
	Name    text.Words `yaml:"name" json:"name"`
	Symbol  string     `yaml:"symbol" json:"symbol"` // in the number: the TB of "12-TB/VPTU"
	Signing []Signing  `yaml:"signing" json:"signing"`
}

// Signs says whether papers of the kind can be signed in a way.
func (k PaperKind) Signs(way Signing) bool { return slices.Contains(k.Signing, way) }

// Signing is a way in which a paper is signed.
type Signing string

// The ways.
const (
	InProgram Signing = "program" // confirmed here, by passkey or password
	OnPaper   Signing = "paper"   // printed, signed, stamped and scanned back
	InPDF     Signing = "digital" // the PDF is signed elsewhere with the office's token
)

// Signings is all ways.
var Signings = []Signing{InProgram, OnPaper, InPDF}

// PaperAuthority is in whose name a paper can be signed by the holders of posts:
// "T/M BAN THƯỜNG VỤ" for the committee, "T/L BAN THƯỜNG VỤ" by its order, "K/T CHÁNH VĂN
// PHÒNG" in place of the head.
type PaperAuthority struct {
	Key   string     `yaml:"key" json:"key"`
	Name  text.Words `yaml:"name" json:"name"`
	Posts []string   `yaml:"posts" json:"posts"` // "body/post", or "body" for all of it
}

// defaultPapers hold where a profile does not say.
var defaultPapers = Papers{Kinds: []PaperKind{
	{Key: "notice", Name: text.Words{VI: "thông báo", EN: "notice"}, Symbol: "TB", Signing: Signings},
	{Key: "minutes", Name: text.Words{VI: "biên bản", EN: "minutes"}, Symbol: "BB", Signing: Signings},
}}

// PaperKind finds a kind of paper by its key.
func (p *Profile) PaperKind(key string) (PaperKind, bool) {
	return find(p.Papers.Kinds, func(k PaperKind) bool { return k.Key == key })
}

// PaperAuthority finds by its key in whose name a paper is signed.
func (p *Profile) PaperAuthority(key string) (PaperAuthority, bool) {
	return find(p.Papers.Authorities, func(a PaperAuthority) bool { return a.Key == key })
}

// For says whether whoever holds a post may sign in that name.
func (a PaperAuthority) For(body, post string) bool {
	return slices.Contains(a.Posts, body) || slices.Contains(a.Posts, body+"/"+post)
}

func (p *Profile) validatePapers(c *checker) {
	if p.Papers == nil {
		return
	}
	keys, symbols := map[string]bool{}, map[string]bool{}
	for n, k := range p.Papers.Kinds {
		path := fmt.Sprintf("papers.kinds[%d]", n)
		c.key(path+".key", k.Key, keys)
		c.bothWords(path+".name", k.Name)
		if k.Symbol == "" || symbols[k.Symbol] {
			c.wrong(path+".symbol", "profile.paper-symbol")
		}
		symbols[k.Symbol] = true
		if len(k.Signing) == 0 || slices.ContainsFunc(k.Signing, func(s Signing) bool { return !slices.Contains(Signings, s) }) {
			c.wrong(path+".signing", "profile.paper-signing")
		}
	}
	keys = map[string]bool{}
	for n, a := range p.Papers.Authorities {
		path := fmt.Sprintf("papers.authorities[%d]", n)
		c.key(path+".key", a.Key, keys)
		c.bothWords(path+".name", a.Name)
		for i, place := range a.Posts {
			if !p.knowsPost(place) {
				c.wrong(fmt.Sprintf("%s.posts[%d]", path, i), "profile.paper-post", "post", place)
			}
		}
	}
}

// knowsPost says whether there is a body, or a post in it: "office", "office/chief".
func (p *Profile) knowsPost(place string) bool {
	body, post, one := strings.Cut(place, "/")
	if one {
		_, known := p.Post(body, post)
		return known
	}
	return slices.ContainsFunc(p.Bodies, func(b Body) bool { return b.Key == body })
}
