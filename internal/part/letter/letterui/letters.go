package letterui

import (
	"embed"
	"fmt"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/mail"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/letter"
)

// Texts are the words of this page.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// Screens shows letters.
type Screens struct {
	carried bool // there is a mail server
	courier *mail.Courier
	letters *web.Screen
	post    *web.Screen
}

// Add declares the routes in a frame; courier is nil where there is no mail server.
func Add(f *web.Frame, courier *mail.Courier) {
	s := &Screens{
		carried: courier != nil, courier: courier,
		letters: f.Screen(pages, "page/letters.html"), post: f.Screen(pages, "page/post.html"),
	}
	f.Add(
		web.Route{Pattern: "GET /briefings/{id}/letters", Action: access.BriefingCall, Handle: s.show},
		web.Route{Pattern: "POST /briefings/{id}/letters", Action: access.BriefingCall, Handle: s.again},
		web.Route{Pattern: "GET /settings/mail", Action: access.SystemRun, Handle: s.showPost},
		web.Route{Pattern: "POST /settings/mail", Action: access.SystemRun, Handle: s.try},
	)
}

// page is who is written to about a briefing.
type page struct {
	briefing.Briefing
	Carried bool
	Open    bool // letters can still be sent
	Form    *web.Form
	Sites   []site
	Sent    int
	Waiting int
	Failed  int
	Silent  int // sites where nobody has an address
}

// site is those who are written to for one site.
type site struct {
	Name string
	Key  string // of the unit, in forms
	Host bool
	Rows []row
	Redo bool // something was not sent
}

// row is what became of the newest letter to a person.
type row struct {
	Name, About, Sign, Word, Why string
}

func (s *Screens) show(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	p := page{Carried: s.carried, Form: r.NewForm("letters")}
	var letters []letter.Letter
	var people []letter.Recipient
	var sites []briefing.Site
	err = r.View(func(q store.Querier) (err error) {
		if p.Briefing, err = briefing.Get(r.Context(), q, id); err != nil {
			return err
		}
		if sites, err = briefing.Sites(r.Context(), q, id); err != nil {
			return err
		}
		if _, err = briefing.SeatOf(r.Actor, p.Briefing, sites); err != nil {
			return err
		}
		if err = r.Actor.May(access.BriefingCall, p.Unit); err != nil {
			return err
		}
		if letters, err = letter.Of(r.Context(), q, id); err != nil {
			return err
		}
		people, err = letter.Recipients(r.Context(), q, p.Briefing)
		return err
	})
	if err != nil {
		return err
	}
	p.Open = (p.State == briefing.Called || p.State == briefing.Cancelled) && r.Now().Before(p.Begins)
	newest := map[int64]letter.Letter{}
	for _, l := range letters {
		newest[l.Person] = l
	}
	for _, one := range sites {
		p.add(r, one.Unit, people, newest)
	}
	layout := r.Layout()
	layout.Rail, layout.Title = "/briefings", r.T("letterui.title")+" · "+p.Title
	layout.Crumb(r.T("letterui.briefings"), "/briefings").Crumb(p.Title, fmt.Sprintf("/briefings/%d", id)).Crumb(r.T("letterui.title"), "")
	return r.Render(s.letters, p)
}

// add adds a site with those who are written to for it.
func (p *page) add(r *web.Request, unit tree.UnitID, people []letter.Recipient, newest map[int64]letter.Letter) {
	u, _ := r.Actor.Tree.Unit(unit)
	one := site{Name: u.Name, Key: strconv.FormatInt(int64(unit), 10), Host: unit == p.Unit}
	reached := false
	for _, person := range people {
		if person.Unit != unit {
			continue
		}
		reached = reached || person.Email != ""
		l, written := newest[person.ID]
		line := p.row(r, l, written, person.Email != "")
		line.Name = person.Name
		one.Redo = one.Redo || l.State != letter.Sent && person.Email != ""
		one.Rows = append(one.Rows, line)
	}
	if !reached {
		p.Silent++
	}
	if len(one.Rows) > 0 || !one.Host {
		p.Sites = append(p.Sites, one)
	}
}

// row says what became of a letter, and counts it.
func (p *page) row(r *web.Request, l letter.Letter, written, reachable bool) row {
	line := row{Sign: "none"}
	if written {
		line.About = r.T("letterui.about." + string(l.Kind))
	}
	switch {
	case l.State == letter.Sent:
		p.Sent++
		line.Sign, line.Word = "done", r.T("letterui.sent", "time", text.Moment(r.Lang, l.SentAt, r.Zone()))
	case !reachable:
		line.Word, line.Why = r.T("letterui.unsent"), r.T("letterui.why.no-address")
	case l.State == letter.Failed:
		p.Failed++
		line.Sign, line.Word, line.Why = "late", r.T("letterui.failed"), r.T("letterui.why."+string(l.Trouble))
		if l.Trouble == letter.NoAddress { // there is one now
			line.Why = r.T("letterui.why.address-new")
		}
	case written && l.Trouble != letter.NoTrouble:
		p.Waiting++
		line.Sign, line.Word, line.Why = "soon", r.T("letterui.stuck"), r.T("letterui.why."+string(l.Trouble))
	case written:
		p.Waiting++
		line.Sign, line.Word = "waiting", r.T("letterui.waiting")
	default:
		line.Word = r.T("letterui.unsent")
	}
	return line
}

// again has letters sent again: those of one site, or all that were not sent.
func (s *Screens) again(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	form, err := r.Posted("letters")
	if err != nil {
		return err
	}
	unit, _ := strconv.ParseInt(form.Text("unit"), 10, 64) // none is all
	n := 0
	err = r.Update(func(tx *ledger.Tx) (err error) {
		n, err = letter.SendAgain(r.Context(), tx, r.Actor, id, tree.UnitID(unit))
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("letterui.again.done", "n", n)
	return r.See(fmt.Sprintf("/briefings/%d/letters", id))
}
