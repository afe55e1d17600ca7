package briefingui

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/org"
)

// role is for whom a stage is rendered: everybody sees the same, and whoever
// presides has the means to lead beside it.
type role string

const (
	presiding role = "lead"
	sitting   role = "site"
)

// stagePage is what all screens of a room show of the meeting: who has the floor,
// the agenda, the queue and the sites.
type stagePage struct {
	seated
	Role      role
	Host      string
	Speaker   siteRow // zero when nobody has the floor
	Initials  string
	Turn      briefing.Turn
	Item      itemRow // the present one; zero for none
	Items     []itemRow
	Handouts  []stageHandout
	Concluded []conclusion.Conclusion // that the chair has approved
	NextItem  itemRow                 // zero when all were begun
	Queue     []siteRow
	Rows      []siteRow
	Here      int
	Called    int
	Questions []questionRow
	Poll      *briefing.Poll // that goes on
	Result    pollResult
	Next      []string // keys of the sites that likely speak next
	Unmarked  int      // sites that have come and are not marked yet
	Position  int64    // of the last event that it contains: what is older comes too late
	Recording briefing.Recording
	Crowd     media.Crowd
	PollKey   string // of a show of hands asked without scripts; scripts make their own
}

// questionRow is a question in the room.
type questionRow struct {
	briefing.Question
	Name string
}

// pollResult is how hands stand.
type pollResult struct{ Yes, No, Neither, Sites int }

// Base is the address that the acts of the room go to.
func (p stagePage) Base() string { return path(p.ID, "") }

// Panel is where what is shown is read: a board or a page of a handout; "" when
// nothing is. The page stands last: scripts turn it without reading all again.
func (p stagePage) Panel() string {
	if p.Shown.Handout != 0 && !p.Neutral && p.PausedAt.IsZero() {
		return fmt.Sprintf("%s/handouts/%d/sheet?version=%d&page=%d", p.Base(), p.Shown.Handout, p.Shown.Version, p.Shown.Page)
	}
	if p.Shown.Unit == 0 || p.Directive == 0 || p.Neutral || !p.PausedAt.IsZero() {
		return ""
	}
	figures := "closed"
	if p.Live {
		figures = "live"
	}
	return fmt.Sprintf("%s/panel?unit=%d&milestone=%s&figures=%s&at=%d&sort=%s", p.Base(), p.Shown.Unit, url.QueryEscape(p.Shown.Milestone), figures, store.Micro(p.Shown.At), p.Shown.Sort)
}

// stageOf reads the meeting as it stands.
func (s *Screens) stageOf(ctx context.Context, q store.Querier, lang text.Lang, b seated, role role) (stagePage, error) {
	name := names(s.Tree)
	p := stagePage{seated: b, Role: role, Host: name(b.Unit), Crowd: s.crowd.at()}
	turns, err := briefing.Turns(ctx, q, b.ID)
	if err != nil {
		return p, err
	}
	if p.Position, _, err = ledger.Head(ctx, q); err != nil {
		return p, err
	}
	if p.Recording, err = briefing.RecordingOf(ctx, q, b.ID); err != nil {
		return p, err
	}
	for _, turn := range turns {
		if turn.ID == b.Turn {
			p.Turn = turn
		}
	}
	for _, site := range b.Sites {
		row := siteRow{Site: site, Name: name(site.Unit), Below: site.Parent != 0, Host: site.Unit == b.Unit, Line: s.lines.at(b.ID, site.Unit)}
		p.Rows = append(p.Rows, row)
		if p.Turn.ID != 0 && p.Turn.Site == site.ID {
			p.Speaker, p.Initials = row, initials(row.Name)
		}
		p.Called++
		if site.Here() {
			p.Here++
			if site.Presence == briefing.Unmarked {
				p.Unmarked++
			}
		}
	}
	for _, site := range briefing.Queue(b.Sites) {
		p.Queue = append(p.Queue, siteRow{Site: site, Name: name(site.Unit)})
	}
	if err := p.agenda(ctx, q, lang, name); err != nil {
		return p, err
	}
	if err := p.handouts(ctx, q); err != nil {
		return p, err
	}
	if err := p.concluded(ctx, q); err != nil {
		return p, err
	}
	return p, p.spoken(ctx, q, name)
}

// concluded reads what the chair has approved so far.
func (p *stagePage) concluded(ctx context.Context, q store.Querier) error {
	list, err := conclusion.Of(ctx, q, p.ID)
	for _, c := range list {
		if c.State == conclusion.Approved || c.State == conclusion.Issued {
			p.Concluded = append(p.Concluded, c)
		}
	}
	return err
}

func (p *stagePage) agenda(ctx context.Context, q store.Querier, lang text.Lang, name func(tree.UnitID) string) error {
	list, err := briefing.Items(ctx, q, p.ID)
	if err != nil {
		return err
	}
	var profiled *profile.Profile
	if profiled, err = org.Profile(ctx, q); err != nil {
		return err
	}
	p.Items = itemRows(list, p.seated, name, func(key string) string { return levelName(profiled, key).In(lang) })
	for _, site := range briefing.SpeakNext(p.Sites, list) {
		p.Next = append(p.Next, siteRow{Site: site}.Key())
	}
	next, ok := briefing.Next(list)
	for _, item := range p.Items {
		if item.Current {
			p.Item = item
		}
		if ok && item.ID == next.ID {
			p.NextItem = item
		}
	}
	return nil
}

func (p *stagePage) spoken(ctx context.Context, q store.Querier, name func(tree.UnitID) string) error {
	questions, err := briefing.Questions(ctx, q, p.ID)
	if err != nil {
		return err
	}
	for _, one := range questions {
		p.Questions = append(p.Questions, questionRow{one, name(one.Unit)})
	}
	last, ok, err := briefing.LastPoll(ctx, q, p.ID)
	if err != nil || !ok {
		return err
	}
	p.Poll = &last
	p.Result.Yes, p.Result.No, p.Result.Neither = last.Result()
	p.Result.Sites = len(last.Shows)
	return nil
}

// initials stand for a unit where there is no picture: the first letters of the last
// two words of its name.
func initials(name string) string {
	words := strings.Fields(name)
	if len(words) > 2 {
		words = words[len(words)-2:]
	}
	var b strings.Builder
	for _, word := range words {
		b.WriteString(string([]rune(word)[:1]))
	}
	return strings.ToUpper(b.String())
}

// Number is the speaker's place on the agenda, from 1; 0 for none.
func (p stagePage) Number() int { return p.Item.Number }

// Planned is how many seconds the speaker has.
func (p stagePage) Planned() int { return int(p.Turn.Planned / time.Second) }

// PlannedMinutes is as Planned, in whole minutes.
func (p stagePage) PlannedMinutes() int { return p.Planned() / 60 }

// Rest is how long the clock of the speaker stood still, in milliseconds.
func (p stagePage) Rest() int64 { return p.Turn.Paused.Milliseconds() }

// roomPage is the room: the stage, and what the person can do there.
type roomPage struct {
	Stage    stagePage
	Own      siteRow // the site that the person acts for; zero for none
	Asking   *web.Form
	Still    *panelPage // the board that is shown, for browsers without scripts; nil for none
	MayEnter bool       // the site can come in now
	Wall     bool
}

// showRoom is the room. With "screen=1" it is the picture for the room's content
// input: no means to act, large.
func (s *Screens) showRoom(r *web.Request) error {
	b, err := s.enter(r)
	if err != nil {
		return err
	}
	if b.State == briefing.Ended || b.State == briefing.Cancelled {
		return r.See(path(b.ID, ""))
	}
	stage, err := s.stageFor(r, b)
	if err != nil {
		return err
	}
	stage.PollKey = r.NewForm("poll").Key
	data := roomPage{Stage: stage, Asking: r.NewForm("ask"), Wall: r.Layout().Wall}
	if own, ok := b.own(); ok {
		data.Own = siteRow{Site: own, Name: names(r.Actor.Tree)(own.Unit), Host: own.Unit == b.Unit}
		data.MayEnter = own.ArrivedAt.IsZero() && !b.Locked
	}
	if data.Still, err = s.still(r, b); err != nil {
		return err
	}
	layout := b.frame(r, r.T("briefings.room"))
	layout.Title, layout.Live, layout.Room, layout.Keys = b.Title, true, true, true
	layout.Script("briefing/room.ts")
	if stage.Media {
		layout.Script("briefing/media.ts")
	}
	return r.Render(s.room, data)
}

// still is the board that is shown, for a page that nothing moves; nil when there is
// none, or the person has not come in.
func (s *Screens) still(r *web.Request, b seated) (*panelPage, error) {
	if b.State != briefing.Open || b.Directive == 0 || b.Neutral || !b.PausedAt.IsZero() || b.Shown.Unit == 0 || b.Shown.Handout != 0 || !b.sees(r, b.Shown.Unit) {
		return nil, nil
	}
	return s.panelOf(r, b, b.Shown, time.Time{})
}

// stageFor is the stage as the person sees it.
func (s *Screens) stageFor(r *web.Request, b seated) (stage stagePage, err error) {
	as := sitting
	if b.Seat.Presides() && !r.Layout().Wall {
		as = presiding
	}
	return stage, r.View(func(q store.Querier) (err error) {
		stage, err = s.stageOf(r.Context(), q, r.Lang, b, as)
		return err
	})
}

// stage answers a page that lost its connection.
func (s *Screens) stage(r *web.Request) error {
	b, err := s.enter(r)
	if err != nil {
		return err
	}
	stage, err := s.stageFor(r, b)
	if err != nil {
		return err
	}
	return r.RenderPart(s.room, "stage", stage)
}

// live holds the stream open that moves the room: the stage, and the board that is
// shown in it.
func (s *Screens) live(r *web.Request) error {
	b, err := s.enter(r)
	if err != nil {
		return err
	}
	channels, err := b.hears(r)
	if err != nil {
		return err
	}
	if err := r.Stream(); err != nil {
		return err
	}
	s.Hub.Serve(r.Writer, r.Request, strconv.FormatInt(r.Actor.Person, 10), channels...)
	return nil
}

// hears are the channels of the room's page, or of a page about walls.
func (b seated) hears(r *web.Request) ([]string, error) {
	if r.Query("wall") != "" {
		return b.listens(r)
	}
	as := sitting
	if b.Seat.Presides() && r.Query("screen") == "" {
		as = presiding
	}
	channels := []string{channel(b.ID, as, r.Lang)}
	if b.sees(r, 0) { // boards to come, whosever they are
		channels = append(channels, boardChannel(b.ID))
	}
	return channels, nil
}
