package accountui

import (
	"fmt"
	"net/url"
	"strings"

	"rsc.io/qr"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// leaflet is an invitation on paper, with its one-time code.
type leaflet struct {
	account.Invitation
	Organisation string // the root unit
	UnitName     string
	RoleNames    string
	Site         string // the address to type
	Link         string // the address with the code
	QR           picture
	Until        clock.Date // the last whole day of the code
	From         string     // who invites
	Days         int        // that the code lives
}

// leafletsPage is the leaflets for all units directly below one.
type leafletsPage struct {
	Unit     tree.Unit
	Leaflets []leaflet
}

func (s *Screens) leaflet(r *web.Request, i account.Invitation) (leaflet, error) {
	base := s.base(r)
	one := leaflet{
		Invitation: i, UnitName: s.unitName(r, i.Unit), RoleNames: roleNames(r, i.Roles),
		Site: base + "/invitation", Link: base + "/invitation/" + string(i.Code),
		Until: clock.DateOf(i.Expires, r.Zone()).AddDays(-1), From: r.Actor.Name,
		Days: int(account.InvitationLife.Hours() / 24),
	}
	if root, ok := s.config.Tree.Root(); ok {
		one.Organisation = root.Name
	}
	var err error
	one.QR, err = draw(one.Link)
	return one, err
}

// base is the address under which people reach the program.
func (s *Screens) base(r *web.Request) string {
	if s.config.Address != "" {
		return strings.TrimSuffix(s.config.Address, "/")
	}
	scheme := "http"
	if s.config.Secure {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// picture is a QR code as one path of an SVG: squares of 1, from 0 to Size.
type picture struct {
	Path string
	View string // the viewBox, with the quiet zone of four squares that readers need
}

func draw(content string) (picture, error) {
	code, err := qr.Encode(content, qr.M)
	if err != nil {
		return picture{}, fmt.Errorf("drawing a QR code: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			from := x
			for x+1 < code.Size && code.Black(x+1, y) {
				x++
			}
			fmt.Fprintf(&path, "M%d %dh%dv1H%dz", from, y, x+1-from, from)
		}
	}
	return picture{Path: path.String(), View: fmt.Sprintf("-4 -4 %d %d", code.Size+8, code.Size+8)}, nil
}

// letter is an invitation as the text of an e-mail, to be copied or opened in
// the mail program.
type letter struct {
	Lang    text.Lang
	Subject string
	Body    string
	Mailto  string
}

// letters are the e-mail in both languages, the person's own first.
func (s *Screens) letters(r *web.Request, one leaflet) []letter {
	list := make([]letter, 0, len(text.Langs))
	for _, lang := range text.Langs {
		l := s.letter(lang, one)
		if lang == r.Lang {
			list = append([]letter{l}, list...)
		} else {
			list = append(list, l)
		}
	}
	return list
}

func (s *Screens) letter(lang text.Lang, one leaflet) letter {
	t := func(key string, args ...any) string { return s.config.Texts.T(lang, key, args...) }
	what := "accountui.letter.invitation"
	if one.Person != 0 {
		what = "accountui.letter.reset"
	}
	args := []any{
		"name", one.Name, "unit", one.UnitName, "roles", s.rolesIn(lang, one.Roles), "organisation", one.Organisation,
		"link", one.Link, "code", string(one.Code), "until", one.Until, "from", one.From, "site", one.Site,
	}
	l := letter{Lang: lang, Subject: t(what+".subject", args...), Body: t(what+".body", args...)}
	query := url.Values{"subject": {l.Subject}, "body": {strings.ReplaceAll(l.Body, "\n", "\r\n")}}
	// Mail programs take %20 for a space and leave + as it stands (RFC 6068).
	l.Mailto = "mailto:" + url.PathEscape(one.Email) + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
	return l
}

func (s *Screens) rolesIn(lang text.Lang, roles []access.Role) string {
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = s.config.Texts.T(lang, "access.role."+string(role))
	}
	return strings.Join(names, ", ")
}
