package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
)

// profiling is what can be done with the profile.
type profiling struct {
	Adopt    adopt    `cmd:"" help:"Follow the next version of the profile, from a day on."`
	Holidays holidays `cmd:"" help:"Give the installation holidays of its own."`
}

// adopt has the installation follow another version of its profile.
type adopt struct {
	where
	Profile string `arg:"" help:"One that comes with the program (${profiles}), or a file in YAML."`
	From    string `help:"The day from which it holds, as 2025-07-01; today when left out." placeholder:"DATE"`
}

// Help teaches more than a line can.
func (adopt) Help() string {
	return `The new version adds to what there is: it must have every level, kind and body that units have now. Directives keep to the version under which they were issued. A version of a day ahead is planned, and holds by itself from that day on.

    giaoban profile adopt vn-party-2025 --from 2025-07-01
    giaoban profile adopt our-own.yaml`
}

// Run adopts the version, or plans it.
func (a adopt) Run(ctx context.Context, c console) error {
	day, err := clock.ParseDate(a.From)
	if err != nil {
		return errUsage("--from: " + err.Error())
	}
	document, err := a.document()
	if err != nil {
		return err
	}
	return a.do(ctx, c, app.ToRead, func(at app.Commands) error {
		adopted, err := at.AdoptProfile(ctx, app.AdoptRequest{Document: document, From: day})
		if err != nil {
			return err
		}
		key := "cli.profile.adopted"
		if adopted.Planned {
			key = "cli.profile.planned"
		}
		fmt.Fprintln(c.out, c.t(key, "profile", adopted.Profile, "day", adopted.From))
		return nil
	})
}

// document is the profile's text.
func (a adopt) document() (string, error) {
	if slices.Contains(profile.Shipped(), a.Profile) {
		p, err := profile.Get(a.Profile)
		if err != nil {
			return "", err
		}
		return string(p.Bytes()), nil
	}
	content, err := os.ReadFile(a.Profile)
	if errors.Is(err, os.ErrNotExist) {
		return "", errUsage("the profile is one of " + profileNames() + ", or a file")
	}
	return string(content), err
}

// holidays gives the installation a file of holidays.
type holidays struct {
	where
	File    string `arg:"" optional:"" help:"Days under holidays: and worked:, in YAML."`
	Default bool   `help:"Go back to the days of the profile."`
}

// Help teaches more than a line can.
func (holidays) Help() string {
	return `The file holds instead of the holidays of the profile; days of rest and quiet hours stay.

    holidays:
      - 2026-09-02 # National Day
    worked:
      - 2026-08-22 # in exchange for 31 August`
}

// Run sets the holidays.
func (h holidays) Run(ctx context.Context, c console) error {
	if h.Default == (h.File != "") {
		return errUsage("give a file, or --default")
	}
	var request app.HolidaysRequest
	key := "cli.holidays.default"
	if !h.Default {
		content, err := os.ReadFile(h.File)
		if err != nil {
			return errUsage(err.Error())
		}
		request.Content, key = string(content), "cli.holidays.set"
	}
	return h.do(ctx, c, app.ToRead, func(at app.Commands) error {
		if err := at.SetHolidays(ctx, request); err != nil {
			return err
		}
		fmt.Fprintln(c.out, c.t(key))
		return nil
	})
}
