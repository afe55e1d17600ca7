package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/text"
	"giaoban/internal/bench"
)

// benching measures an installation.
type benching struct {
	where
	Names   []string      `arg:"" optional:"" name:"name" help:"What to measure: ${measures}; all when left out."`
	JSON    bool          `help:"Print one line of JSON for each figure: name, value, unit."`
	Screens int           `help:"How many live screens watch; the crowd is two and a half times as many." default:"2000" placeholder:"N"`
	Rate    int           `help:"How many reports a second are submitted and accepted while they watch." default:"300" placeholder:"N"`
	Time    time.Duration `help:"For how long." default:"1m" placeholder:"TIME"`
	Sites   int           `help:"How many sites take part in a briefing with picture and sound." default:"63" placeholder:"N"`
}

// Help teaches more than a line can.
func (benching) Help() string {
	return `It measures a copy of the installation, which lies beside it meanwhile and is gone at the end; the installation itself is only read, and must not be served. What is measured on PostgreSQL uses databases of its own, on a PostgreSQL that is started for it from Debian's package. Where one is missing, or a figure cannot be taken, its line says why, all others are taken, and the command ends with 1.

    giaoban simulate --data DIR --cells
    giaoban bench --data DIR
    giaoban bench live --screens 5000 --time 30s --data DIR
    giaoban bench board pages --json --data DIR
    giaoban bench media --time 10m --data DIR

The clients run on the same machine and share its processors with what they measure.`
}

// Run measures and prints figures as they come.
func (b benching) Run(ctx context.Context, c console) error {
	if b.Screens < 1 || b.Rate < 1 || b.Sites < 1 || b.Time < 4*time.Second {
		return errUsage("--screens, --rate and --sites: at least 1; --time: at least 4s")
	}
	for _, name := range b.Names {
		if !slices.Contains(bench.Names(), name) {
			return errUsage(fmt.Sprintf("nothing that is measured is called %q; there are %s", name, measureNames()))
		}
	}
	config, err := b.config(c)
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	err = bench.Run(ctx, bench.Options{
		Config: config, Names: b.Names, Screens: b.Screens, Rate: b.Rate, Time: b.Time, Sites: b.Sites, Program: program,
		Tell: func(f bench.Figure) { b.print(c, f) },
		Say: func(what string) {
			if c.terminal() && !b.JSON {
				fmt.Fprint(c.err, c.t("cli.bench.now", "what", what)+"\r")
			}
		},
	})
	if errors.Is(err, bench.ErrLacking) {
		fmt.Fprintln(c.err, c.t("cli.bench.lacking"))
		return errRefused
	}
	return err
}

func (b benching) print(c console, f bench.Figure) {
	if b.JSON {
		if math.IsNaN(f.Value) {
			f.Value, f.Note = 0, "nothing was measured"
		}
		// Figures are numbers and plain text, which can be encoded; whoever reads no
		// more of them has gone.
		_ = json.NewEncoder(c.out).Encode(f)
		return
	}
	if f.Note != "" {
		fmt.Fprintf(c.out, "%-28s %s\n", f.Name, f.Note)
		return
	}
	fmt.Fprintf(c.out, "%-28s %14s %s\n", f.Name, amount(c.lang, f.Value), f.Unit)
}

// amount writes a figure with as many decimals as tell something.
func amount(lang text.Lang, value float64) string {
	written := fmt.Sprintf("%.3f", value)
	if math.Abs(value) >= 1000 {
		written = fmt.Sprintf("%.0f", value)
	}
	if lang == text.VI {
		written = strings.Replace(written, ".", ",", 1)
	}
	return written
}

// measureNames lists what can be measured.
func measureNames() string { return strings.Join(bench.Names(), ", ") }

// watching is the process with the live screens of a measuring.
type watching struct{}

// Run opens the screens that it is told of.
func (watching) Run(ctx context.Context, c console) error { return bench.Watch(ctx, os.Stdin, c.out) }

// crowding is the process with the sites of a measuring.
type crowding struct{}

// Run brings the sites in that it is told of.
func (crowding) Run(ctx context.Context, c console) error { return bench.Attend(ctx, os.Stdin, c.out) }
