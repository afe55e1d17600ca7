package app

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/office"
	"giaoban/internal/part/briefing"
)

// printHandouts prints Office files that are handed out as PDF, where LibreOffice is
// installed, so that their pages can be looked at together: those that wait when the
// program starts, and then each as it is handed out.
func (a *App) printHandouts(ctx context.Context) {
	program, ok := office.Find()
	if !ok {
		return
	}
	if err := a.printWaiting(ctx, program); err != nil && ctx.Err() == nil {
		a.config.Log.ErrorContext(ctx, "printing what was handed out", "error", err)
	}
	follow.NewReader(a.Ledger, a.boards.Position(), func(events []ledger.Event) error {
		if !slices.ContainsFunc(events, func(e ledger.Event) bool { return e.Kind == briefing.HandoutGiven }) {
			return nil
		}
		return a.printWaiting(ctx, program)
	}).Run(ctx)
}

// printWaiting prints what waits, one after the other.
func (a *App) printWaiting(ctx context.Context, program office.Program) error {
	for ctx.Err() == nil {
		var waiting briefing.Printing
		found := false
		err := a.DB.View(ctx, func(tx *sql.Tx) (err error) {
			waiting, found, err = briefing.Unprinted(ctx, tx)
			return err
		})
		if err != nil || !found {
			return err
		}
		if err := a.print(ctx, program, waiting); err != nil {
			return err
		}
	}
	return nil
}

// print prints one file. One that cannot be printed is kept as such, and not tried
// again.
func (a *App) print(ctx context.Context, program office.Program, waiting briefing.Printing) (err error) {
	content, err := a.Files.Open(waiting.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	var upload *file.Upload
	pdf, err := program.PDF(ctx, content, string(waiting.File.Kind), file.Limit)
	if err == nil {
		var taken file.Upload
		taken, err = a.Files.Take("handout.pdf", bytes.NewReader(pdf))
		upload = &taken
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err() // it was not the file's fault: it is tried again after a start
	case errors.Is(err, office.ErrUnprintable) || fault.Is(err, fault.Invalid):
		a.config.Log.WarnContext(ctx, "a paper cannot be printed as PDF", "file", waiting.File.ID, "error", err)
		upload = nil
	case err != nil:
		return err
	}
	_, err = a.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error { return briefing.Printed(ctx, tx, waiting, upload) })
	if err != nil {
		return fmt.Errorf("keeping what was printed: %w", err)
	}
	return nil
}
