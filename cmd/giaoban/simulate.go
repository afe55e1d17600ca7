package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"giaoban/internal/app"
	"giaoban/internal/simulate"
)

// simulating makes up a country.
type simulating struct {
	where
	Seed     uint64  `help:"The same seed makes the same country, event by event." default:"1" placeholder:"N"`
	Cells    bool    `help:"300,000 cells as well."`
	Share    float64 `help:"Make only this share of the country's units, as 0.01." default:"1" placeholder:"PART"`
	Password string  `help:"The password of all sign-ins; one is made when left out." placeholder:"WORDS"`
}

// Help teaches more than a line can.
func (simulating) Help() string {
	return `The country has 67 committees directly under the centre, 1,300 below them and 52,000 grassroots organisations. From June 2019 to the end of October 2020 it reports its congresses as it did: grassroots 99.8 % done by 30 June 2020, those above by the end of August, all 67 by 29 October. All of it goes the way that people's reports go; its signatures are of kind "simulated", and every page says so.

    giaoban simulate --data DIR --seed 1 --cells
    giaoban serve --data DIR

The directory, and the database given by --db, must be empty. With the cells it takes some minutes and 5 GB.`
}

// Run makes the country and says who can sign in.
func (s simulating) Run(ctx context.Context, c console) error {
	if s.Share <= 0 || s.Share > 1 {
		return errUsage("--share: above 0 and up to 1")
	}
	config, err := s.config(c)
	if err != nil {
		return err
	}
	password := s.Password
	if password == "" {
		password = strings.ToLower(rand.Text()[:12])
	}
	people, events, err := app.Simulate(ctx, config, app.Simulation{
		Seed: s.Seed, Share: s.Share, Cells: s.Cells, Password: password, Progress: s.progress(c),
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, c.t("cli.simulate.done", "events", events, "dir", config.Data))
	fmt.Fprintln(c.out, c.t("cli.simulate.password", "password", password))
	for _, p := range people {
		fmt.Fprintf(c.out, "  %-14s %s, %s (%s)\n", p.Login, p.Name, p.Post, p.Unit)
	}
	return nil
}

// progress shows how far the work is: on a terminal one line a stage that moves,
// else a line at each stage's end.
func (s simulating) progress(c console) func(stage simulate.Stage, done, total int) {
	moves, shown := c.terminal(), -1
	return func(stage simulate.Stage, done, total int) {
		line := c.t("cli.simulate."+string(stage), "done", done, "total", total)
		switch percent := 100 * done / max(total, 1); {
		case done == total:
			fmt.Fprintln(c.err, line)
			shown = -1
		case moves && percent != shown:
			fmt.Fprint(c.err, line+"\r")
			shown = percent
		}
	}
}
