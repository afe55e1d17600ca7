package app

import (
	"context"

	"giaoban/internal/base/clock"
	"giaoban/internal/edge/mail"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/news"
)

// openMail makes the courier of letters, where there is a mail server.
func (a *App) openMail(ctx context.Context) error {
	if a.config.Mail == nil {
		return nil
	}
	texts, err := Texts()
	if err != nil {
		return err
	}
	zone, err := a.zone(ctx)
	if err != nil {
		return err
	}
	secret, err := news.Secret(ctx, a.DB)
	if err != nil {
		return err
	}
	a.courier, err = mail.New(mail.Config{
		Server: *a.config.Mail, Ledger: a.Ledger, Jobs: a.jobs, Machine: clock.Machine, Log: a.config.Log,
		Composer: letter.Composer{Texts: texts, Tree: a.Tree, Zone: zone, Address: a.config.Address, Public: a.config.PublicAddress, Links: news.NewLinks(secret)},
	})
	if err != nil {
		return err
	}
	return a.courier.Begin(ctx)
}
