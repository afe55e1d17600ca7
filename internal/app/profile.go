package app

import (
	"context"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
)

// AdoptRequest has an installation follow the next version of its profile.
type AdoptRequest struct {
	Document string     // in YAML
	From     clock.Date // "" for today
}

// Adopted is what became of it.
type Adopted struct {
	Profile string     // name and version: "vn-party-2025/1"
	From    clock.Date // today when the request named no day
	Planned bool       // its day is ahead
}

// AdoptProfile adopts a version of the profile, or plans it for its day.
func (r *Records) AdoptProfile(ctx context.Context, request AdoptRequest) (a Adopted, err error) {
	if err := r.founded(ctx, r.DB.Reader()); err != nil {
		return Adopted{}, err
	}
	actor := r.CommandLine()
	_, err = r.Ledger.Update(ctx, actor.Name, func(tx *ledger.Tx) error {
		outcome, err := org.Do(ctx, tx, actor, org.Change{Adopt: &org.AdoptCommand{Document: request.Document, From: request.From}})
		if err != nil {
			return err
		}
		if p := outcome.Planned; p != nil {
			a = Adopted{Profile: outcome.Version.Profile.Pin(), From: p.From, Planned: true}
			return nil
		}
		a = Adopted{Profile: outcome.Version.Profile.Pin(), From: outcome.Version.From}
		return nil
	})
	return a, err
}

// AdoptProfile adopts as [Records.AdoptProfile] does, and returns when boards have
// seen it.
func (a *App) AdoptProfile(ctx context.Context, request AdoptRequest) (Adopted, error) {
	adopted, err := a.Records.AdoptProfile(ctx, request)
	if err != nil {
		return Adopted{}, err
	}
	return adopted, a.CatchUp(ctx)
}

// AdoptProfile has the serving process adopt a version of the profile.
func (c *remote) AdoptProfile(ctx context.Context, request AdoptRequest) (a Adopted, err error) {
	return a, c.call(ctx, "/adopt-profile", request, nil, &a)
}
