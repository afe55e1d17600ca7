package remindui

import (
	"embed"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/remind"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// Config is what the screens are built from.
type Config struct {
	Boards  *board.Boards
	Hub     *live.Hub
	Address string // of the program, for texts that are pasted elsewhere
	Mailed  bool   // there is a mail server
}

type screens struct {
	Config
	list, lateScreen, call *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, config Config) {
	s := &screens{
		Config: config,
		list:   f.Screen(pages, "page/list.html"), lateScreen: f.Screen(pages, "page/late.html"), call: f.Screen(pages, "page/call.html"),
	}
	const late = "/late/{directive}/{milestone}/{level}/{unit}"
	f.Add(
		web.Route{Pattern: "GET /reminders", Action: access.SignedIn, Handle: s.showList},
		web.Route{Pattern: "GET /reminders/{id}", Action: access.SignedIn, Handle: s.open},
		web.Route{Pattern: "POST /reminders/read", Action: access.SignedIn, Handle: s.readAll},
		web.Route{Pattern: "POST /reminders/mail", Action: access.SignedIn, Handle: s.setMailed},
		web.Route{Pattern: "GET /reminders/unread", Action: access.SignedIn, Handle: s.unread},
		web.Route{Pattern: "GET /reminders/live", Action: access.SignedIn, Handle: s.live, Stream: true},
		web.Route{Pattern: "GET " + late, Action: access.ReportDraft, Handle: s.showLate},
		web.Route{Pattern: "POST " + late, Action: access.ReportDraft, Handle: s.urge, Once: true},
		web.Route{Pattern: "GET " + late + "/call", Action: access.ReportDraft, Handle: s.showCall},
		web.Route{Pattern: "POST " + late + "/call", Action: access.ReportDraft, Handle: s.noteCall, Once: true},
	)
}

// Bell is the bell of the top line.
func Bell(r *web.Request) web.Bell {
	n, err := unread(r)
	if err != nil {
		n = 0 // it stands on every page: one without its number is better than none
	}
	return web.Bell{Path: "/reminders", Unread: n, Live: "/reminders/live", Count: "/reminders/unread"}
}

// Ring tells those who look at a page that units were reminded.
func Ring(hub *live.Hub, events []ledger.Event) error {
	units, err := remind.Told(events)
	if err != nil {
		return err
	}
	for _, unit := range units {
		if channel := channelOf(unit); hub.Watched(channel) {
			if err := hub.Send(channel, struct{}{}); err != nil {
				return err
			}
		}
	}
	return nil
}

func channelOf(unit tree.UnitID) string { return "reminders:" + strconv.FormatInt(int64(unit), 10) }

// mostStreams is how many pages of a person hear of reminders at once.
const mostStreams = 60

// live holds the stream open by which a page hears of reminders.
func (s *screens) live(r *web.Request) error {
	person := strconv.FormatInt(r.Actor.Person, 10)
	if s.Hub.StreamsOf(person) >= mostStreams {
		return fault.New(fault.Unavailable, "reminders.streams", "most", mostStreams)
	}
	var channels []string
	for _, unit := range remind.Hears(r.Actor) {
		channels = append(channels, channelOf(unit))
	}
	if err := r.Stream(); err != nil {
		return err
	}
	s.Hub.Serve(r.Writer, r.Request, person, channels...)
	return nil
}
