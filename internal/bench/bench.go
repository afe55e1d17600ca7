package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/edge/media"
)

// Figure is one thing that was measured.
type Figure struct {
	Name  string  `json:"name"` // as "board.read.centre"
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	// Note says why there is no figure: Value is 0 then. "" when there is one.
	Note string `json:"note,omitempty"`
}

// Options say what is measured and how hard.
type Options struct {
	Config app.Config // the installation
	Names  []string   // of [Names]; none for all
	// Screens is how many live screens watch, Rate how many reports a second are
	// submitted and accepted meanwhile, for as long as Time.
	Screens, Rate int
	Time          time.Duration
	Sites         int // that take part in a briefing with picture and sound
	// Program is the file that serves, for measuring how it starts; its command
	// [Room] is [Watch].
	Program string
	// Tell is given every figure; Say, what is being done. Say may be nil.
	Tell func(Figure)
	Say  func(string)
}

// measure takes a group of figures.
type measure struct {
	name string
	take func(*bench, context.Context) error
}

// measures are all there are, in their order: who starts the copy goes first.
var measures = []measure{
	{"start", (*bench).start},
	{"board", (*bench).board},
	{"rollup", (*bench).rollup},
	{"pages", (*bench).pages},
	{"search", (*bench).search},
	{"sign-in", (*bench).signIn},
	{"live", (*bench).live},
	{"crowd", (*bench).crowd},
	{"media", (*bench).media},
	{"media-limit", (*bench).mediaLimit},
	{"recording", (*bench).recording},
	{"backup", (*bench).backup},
	{"accept", (*bench).accept},
}

// Names are the names of what can be measured.
func Names() []string {
	var list []string
	for _, m := range measures {
		list = append(list, m.name)
	}
	return list
}

// bench is a measuring at work.
type bench struct {
	Options
	copy   place    // of the installation
	opened *serving // the copy, once it is served in this process
	engine *engine  // a PostgreSQL of its own, once it is needed
	lacks  bool     // whether a figure could not be taken

	carrier atomic.Pointer[media.Supervisor] // of picture and sound, once there were any
}

// ErrLacking means that figures could not be taken, for what their notes say; all
// others were.
var ErrLacking = errors.New("not everything could be measured")

// Run measures. A name that is none of [Names] is refused. An installation that
// is being served cannot be copied: it is refused as busy. What cannot be measured
// is told as a figure with a note, and is [ErrLacking] at the end.
func Run(ctx context.Context, o Options) (err error) {
	for _, name := range o.Names {
		if !slices.Contains(Names(), name) {
			return fmt.Errorf("nothing that is measured is called %q", name)
		}
	}
	if o.Say == nil {
		o.Say = func(string) {}
	}
	b := &bench{Options: o}
	defer func() { err = errors.Join(err, b.close()) }()
	if b.copy, err = b.copied(ctx); err != nil {
		return err
	}
	for _, m := range measures {
		if len(o.Names) > 0 && !slices.Contains(o.Names, m.name) {
			continue
		}
		o.Say(m.name)
		failed := m.take(b, ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if failed != nil {
			b.lacking(m.name, failed)
		}
	}
	if b.lacks {
		return ErrLacking
	}
	return nil
}

// tell gives a figure to whoever asked.
func (b *bench) tell(name string, value float64, unit string) {
	b.Tell(Figure{Name: name, Value: value, Unit: unit})
}

// lacking says why figures could not be taken.
func (b *bench) lacking(name string, why error) {
	b.lacks = true
	b.Tell(Figure{Name: name, Note: why.Error()})
}

// each measures how long one of many calls takes, in nanoseconds.
func each(n int, call func() error) (float64, error) {
	began := time.Now()
	for range n {
		if err := call(); err != nil {
			return 0, err
		}
	}
	return float64(time.Since(began).Nanoseconds()) / float64(n), nil
}

func (b *bench) close() error {
	var errs []error
	if b.opened != nil {
		errs = append(errs, b.opened.close())
	}
	if b.engine != nil {
		errs = append(errs, b.engine.stop())
	}
	return errors.Join(append(errs, b.copy.remove())...)
}

// quiet takes what a measured program logs.
func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }
