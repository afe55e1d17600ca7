package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"giaoban/internal/app"
	"giaoban/internal/simulate"
)

// demo serves the demonstration.
type demo struct {
	listening
	Data  string `help:"Keep the demonstration in this directory; a temporary one when left out." type:"path" placeholder:"DIR"`
	Fresh bool   `help:"Begin again at 08:00. Only in a directory that a demonstration made."`
}

// Run writes the story, or goes on with it, and serves it.
func (d demo) Run(ctx context.Context, c console) error {
	if wildcard(d.Listen) {
		return errUsage("the demonstration is served on loopback only: its sign-ins are public")
	}
	listener, err := net.Listen("tcp", d.Listen)
	if err != nil {
		return err
	}
	if !loopback(listener) {
		return errors.Join(errUsage("the demonstration is served on loopback only: its sign-ins are public"), listener.Close())
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
	a, err := app.OpenDemo(ctx, app.Config{
		Data: d.Data, Address: address, Version: versionText(), Log: slog.New(slog.NewTextHandler(c.err, nil)),
	}, d.Fresh)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer a.Close()
	d.greet(c, address)
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
}
