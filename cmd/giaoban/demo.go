package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"giaoban/internal/app"
	"giaoban/internal/simulate"
)

// demo serves the demonstration.
type demo struct {
	listening
	mailing
	elsewhere
	Data  string `help:"Keep the demonstration in this directory; a temporary one when left out." type:"path" placeholder:"DIR"`
	Fresh bool   `help:"Begin again at 08:00. Only in a directory that a demonstration made."`
	Media bool   `help:"Carry picture and sound of briefings." default:"true" negatable:""`
	Sites bool   `help:"Have made-up sites show a test picture in the briefing's room, each until somebody takes its seat." default:"true" negatable:""`
}

// Help teaches more than a line can.
func (demo) Help() string {
	return `The demonstration makes up 67 committees and what they reported, ready for the briefing of 10 July 2020 at 08:00, and prints who can sign in and what to click first.

    giaoban demo                 in a temporary directory, gone at the end
    giaoban demo --data DIR      kept: it goes on where it was left
    giaoban demo --data DIR --fresh
                                 from the beginning again

It sends no e-mail unless --smtp names a mail server.`
}

// demoMemory is that of a demonstration's media process, in MiB.
const demoMemory = 256

const demoOnLoopback = errUsage("the demonstration is served on loopback only: its sign-ins are public")

// Run writes the story, or goes on with it, and serves it.
func (d demo) Run(ctx context.Context, c console) (err error) {
	if wildcard(d.Listen) {
		return demoOnLoopback
	}
	listener, err := d.open()
	if err != nil {
		return err
	}
	if !loopback(listener) {
		return errors.Join(demoOnLoopback, listener.Close())
	}
	if d.Data == "" {
		dir, remove, err := temporary()
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		defer remove()
		d.Data = dir
	}
	address := "http://" + listener.Addr().String()
	config := app.Config{
		Data: d.Data, Address: address, Lang: c.lang, Version: versionText(), Log: logger(c, false, slog.LevelInfo),
		Serving: func() { d.greet(c, address) },
	}
	rooms, err := conferring{d.elsewhere, travelling{MediaMemory: demoMemory}}.rooms(d.Media, config, shown{}, c)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	config.Media, config.MadeUpSites = rooms.find, d.Sites
	if err := d.put(&config); err != nil {
		return errors.Join(err, listener.Close())
	}
	a, err := app.OpenDemo(ctx, config, d.Fresh)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	defer func() { err = errors.Join(err, rooms.stop(d.Data)) }()
	defer rooms.keep()()
	return a.Serve(ctx, listener, nil)
}

// greet prints the sign-ins and what to click first.
func (d demo) greet(c console, address string) {
	fmt.Fprintln(c.out, c.t("cli.demo.ready", "address", address))
	fmt.Fprintln(c.out, c.t("cli.demo.password", "password", simulate.Password))
	for _, s := range simulate.SignIns() {
		fmt.Fprintf(c.out, "  %-14s %s, %s (%s)\n", s.Login, s.Name, s.Post, s.Unit)
	}
	fmt.Fprintln(c.out, c.t("cli.demo.first"))
	fmt.Fprintln(c.out, c.t("cli.demo.meeting"))
	fmt.Fprintln(c.out, c.t("cli.demo.second"))
}

// temporary makes a directory that is removed when the command ends.
func temporary() (dir string, remove func(), err error) {
	dir, err = os.MkdirTemp("", "giaoban-demo-")
	return dir, func() {
		if err := os.RemoveAll(dir); err != nil {
			slog.Warn("a temporary directory stays behind", "dir", dir, "error", err)
		}
	}, err
}
