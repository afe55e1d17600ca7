package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"giaoban/internal/app"
)

// do does something with the installation that a command is about, and lets go of
// it.
func (w where) do(ctx context.Context, c console, purpose app.Purpose, act func(app.Commands) error) (err error) {
	config, err := w.config(c)
	if err != nil {
		return err
	}
	at, err := app.Reach(ctx, config, purpose)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, at.Close()) }()
	return act(at)
}

// json prints a result for scripts.
func (c console) json(result any) error {
	encoder := json.NewEncoder(c.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(result)
}

// export writes a file whole or not at all, and says so.
func (c console) export(path string, write func(io.Writer) error) error {
	if err := replace(path, write); err != nil {
		return err
	}
	fmt.Fprintln(c.err, c.t("cli.export.done", "file", path))
	return nil
}

// exportContent is export of content that is there.
func (c console) exportContent(path string, content []byte) error {
	return c.export(path, func(to io.Writer) error {
		_, err := to.Write(content)
		return err
	})
}

// wrong says what is wrong with a list, and where.
func (c console) wrong(sheet, cell, message string) {
	fmt.Fprintln(c.out, strings.TrimSpace(sheet+" "+cell)+": "+message)
}

// refusedList says how many mistakes a list has of which nothing was taken up.
func (c console) refusedList(mistakes int) {
	fmt.Fprintln(c.out, c.t("cli.import.refused", "n", mistakes))
}
