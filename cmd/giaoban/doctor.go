package main

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/app"
	looked "giaoban/internal/doctor"
)

// doctor says what is wrong with an installation.
type doctor struct {
	where
	Host    string `help:"The name for which --tls-cert is shown." placeholder:"NAME"`
	TLSCert string `help:"The certificate chain (PEM) that serve was given, to be looked at, too." name:"tls-cert" type:"existingfile" placeholder:"FILE"`
	JSON    bool   `help:"Print the findings as JSON." name:"json"`
}

// Help teaches more than a line can.
func (doctor) Help() string {
	return `The doctor looks at rights and owners, disk space, lock and socket, the database and its schema, the key, the end of the log, its followers, the clocks, the certificate, attached files, what was left halfway, and the age of the last backup. It says what to do about each, changes nothing, and works on a directory that is being served, too.

It looks at the end of the log only: giaoban verify proves all of it.

Exit status: 0 when nothing is wrong (there may be advice), 1 when something is.`
}

// signs stand before each finding: by shape, not by colour.
var signs = map[looked.Grade]string{looked.Well: "✓", looked.Advice: "!", looked.Wrong: "✗"}

// Run prints one line a finding.
func (d doctor) Run(ctx context.Context, c console) error {
	config, err := d.config(c)
	if err != nil {
		return err
	}
	said, err := app.Doctor(ctx, config, app.DoctorRequest{Certificate: d.TLSCert, Host: d.Host, Lang: c.lang})
	if err != nil {
		return err
	}
	ill := slices.ContainsFunc(said, func(s app.Said) bool { return s.Grade == looked.Wrong })
	if err := d.print(c, said, ill); err != nil {
		return err
	}
	if ill {
		return errRefused
	}
	return nil
}

func (d doctor) print(c console, said []app.Said, ill bool) error {
	if d.JSON {
		return c.json(map[string]any{"well": !ill, "findings": said})
	}
	for _, s := range said {
		fmt.Fprintln(c.out, signs[s.Grade], s.Message)
	}
	return nil
}
