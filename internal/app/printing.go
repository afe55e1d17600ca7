package app

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
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
// again: it would be in the way of the others.
func (a *App) print(ctx context.Context, program office.Program, waiting briefing.Printing) error {
	keep := func(pdf *file.Upload) error {
		_, err := a.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error { return briefing.Printed(ctx, tx, waiting, pdf) })
		return err
	}
	pdf, err := a.pdfOf(ctx, program, waiting.File)
	if err == nil {
		err = keep(&pdf)
	}
	lost := errors.Is(err, office.ErrUnprintable) || errors.Is(err, fs.ErrNotExist) || fault.Is(err, fault.Invalid)
	if err == nil || ctx.Err() != nil || !lost {
		return err
	}
	a.config.Log.WarnContext(ctx, "a paper cannot be printed as PDF", "file", waiting.File.ID, "error", err)
	return keep(nil)
}

// pdfOf prints a file and takes the PDF up.
func (a *App) pdfOf(ctx context.Context, program office.Program, of file.File) (upload file.Upload, err error) {
	content, err := a.Files.Open(of)
	if err != nil {
		return upload, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	pdf, err := program.PDF(ctx, content, string(of.Kind), file.Limit)
	if err != nil {
		return upload, err
	}
	return a.Files.Take("handout.pdf", bytes.NewReader(pdf))
}
