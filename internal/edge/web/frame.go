package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
)

// BodyLimit is the most bytes that a request's body may have, unless its route
// says otherwise.
const BodyLimit = 1 << 20

// Config is what the frame is built from.
type Config struct {
	// Texts holds the texts of all parts; [Texts] adds the frame's own.
	Texts *text.Catalog
	// Ledger is where [Request.Update] writes and [Request.View] reads.
	Ledger *ledger.Ledger
	// Clock is the business clock, which the top line shows.
	Clock clock.Clock
	// Machine is the clock of cookies and durations.
	Machine clock.Clock
	// Zone is the installation's zone, in which moments are shown.
	Zone *time.Location
	// Who finds the person behind a request by its session cookie. Nobody is no
	// error: an actor who is not signed in.
	Who func(*http.Request) (access.Actor, account.Session, error)
	// SignIn shows the sign-in page. It is called for GET /sign-in and for a
	// form that was sent after its session had ended; the page's form carries
	// {{template "kept" .Kept}} with [Request.Kept], and [Request.Proceed] goes on
	// after it.
	SignIn func(*Request) error
	// Wait returns when this node's followers have seen the event at position.
	Wait func(ctx context.Context, position int64) error
	// Rail gives the items of the rail; the first four stand at the foot of a phone.
	Rail func(*Request) []RailItem
	// Bell tells what a person has not read yet of what there is to hear of; nil where
	// there is no bell.
	Bell func(*Request) Bell
	// Ready says why this node cannot serve yet, or nil.
	Ready func(context.Context) error
	// Metrics is where parts register their gauges and the frame its counters.
	Metrics *prometheus.Registry
	// Operator says whether the person runs the system and may read /metrics
	// from afar.
	Operator func(*Request) bool
	// Secure is set when people come by HTTPS: cookies are marked Secure.
	Secure bool
	// Address is how people reach the program, as "https://giaoban.example.vn":
	// passkeys belong to its host's name.
	Address string
	// PublicAddress is how the public reaches its pages alone; "" where it is Address.
	PublicAddress string
	// Dress puts around the page of a failure what stands around its neighbours, where
	// that is not the frame of the inside; nil where it is everywhere.
	Dress func(*Request) error
	// Log takes what went wrong and, at the level of debugging, a line per request.
	Log *slog.Logger
	// Checkpoint is the address at which browsers ask for the log's newest
	// checkpoint, to keep it; "" where they keep none.
	Checkpoint string
	// Search is the address at which everything is found, for the field in the top
	// line; "" where there is none.
	Search string
	// Version of the program, for the foot of the page.
	Version string
	// Shares keeps answers that are given to everybody who asks for the same, and is told
	// of every event that changes one; nil has every answer made anew.
	Shares *Shares
	// Simulated says that everything here is made up: every page tells so.
	Simulated bool
	// Bundles are the scripts and styles of the parts.
	Bundles []Bundle
}

// Frame holds the routes and everything a page stands in.
type Frame struct {
	config   Config
	routes   []Route
	screens  []*Screen
	assets   *assets
	measures *measures
	once     *once
	failure  *Screen  // the page of an error
	resume   *Screen  // the page of a form kept over a sign-in
	outside  bool     // at the public's own address
	starting Progress // nil once the program has started
}

// New bundles scripts and styles. A script that does not parse ends the program,
// as does a missing part of config: both are mistakes of the build, not of a
// person.
func New(config Config) (*Frame, error) {
	f, err := newFrame(config, slices.Concat(ownBundles, config.Bundles))
	if err != nil {
		return nil, err
	}
	f.Add(f.ownRoutes()...)
	return f, nil
}

// newFrame makes a frame without routes.
func newFrame(config Config, bundles []Bundle) (*Frame, error) {
	if err := config.complete(); err != nil {
		return nil, fmt.Errorf("building the frame: %w", err)
	}
	made, err := bundle(bundles)
	if err != nil {
		return nil, fmt.Errorf("bundling scripts and styles: %w", err)
	}
	f := &Frame{config: config, assets: made, measures: newMeasures(config.Metrics), once: newOnce(config.Machine)}
	f.failure = f.Screen(templates, "template/failure.html")
	f.resume = f.Screen(templates, "template/resume.html")
	return f, nil
}

// complete fills what may be left out and names what may not.
func (c *Config) complete() error {
	switch {
	case c.Texts == nil:
		return fmt.Errorf("config lacks Texts")
	case c.Ledger == nil:
		return fmt.Errorf("config lacks Ledger")
	case c.Who == nil:
		return fmt.Errorf("config lacks Who")
	case c.SignIn == nil:
		return fmt.Errorf("config lacks SignIn")
	}
	if c.Machine == nil {
		c.Machine = clock.Machine
	}
	if c.Clock == nil {
		c.Clock = c.Machine
	}
	if c.Zone == nil {
		c.Zone = time.Local
	}
	if c.Metrics == nil {
		c.Metrics = prometheus.NewRegistry()
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return nil
}

// Add declares routes. A route without an action or handler, and a pattern that
// collides with an earlier one, panic: they are mistakes of the build.
func (f *Frame) Add(routes ...Route) {
	if err := CheckRoutes(routes); err != nil {
		panic("web: " + err.Error())
	}
	f.routes = append(f.routes, routes...)
}

// Routes are all routes that were added, in their order.
func (f *Frame) Routes() []Route { return append([]Route(nil), f.routes...) }

// Handler answers all routes. It is called after the last Add.
func (f *Frame) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range f.routes {
		mux.Handle(route.Pattern, f.serve(route))
	}
	mux.HandleFunc("GET /assets/", func(w http.ResponseWriter, req *http.Request) {
		f.watched(Route{Pattern: "GET /assets/"}, w, req, func(r *Request, _ *answer) { f.assets.ServeHTTP(r.Writer, req) })
	})
	return f.guard(f.routed(mux))
}

// Server serves the frame at address. Its limits of time are those of an office
// on a slow line; a stream lifts its own by [http.ResponseController].
func (f *Frame) Server(address string) *http.Server {
	return &http.Server{
		Addr:              address,
		Handler:           f.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute,
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(f.config.Log.Handler(), slog.LevelWarn),
	}
}
