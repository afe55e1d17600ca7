package main

import (
	"context"
	"fmt"
	"os"

	"giaoban/internal/app"
)

// restore makes an installation from a backup.
type restore struct {
	where
	File string `arg:"" help:"The backup." type:"existingfile"`
}

// Help teaches more than a line can.
func (restore) Help() string {
	return `The directory must be empty or new, and so must the database of --db; one that is in use is refused and stays as it is. Everything is written aside, compared with the hashes in the backup, verified as by giaoban verify, and only then put in its place: what fails leaves nothing.

    giaoban restore FILE --data NEW
    giaoban restore FILE --data NEW --db postgres://giaoban@db.example.vn/giaoban

So SQLite grows into PostgreSQL, and back. A backup of an older version is brought up to date; one of a newer version is refused.

Exit status: 0 restored and verified; 1 refused, or restored and the log was found altered, as it was when it was backed up.`
}

// Run restores and says what verifying found.
func (r restore) Run(ctx context.Context, c console) error {
	config, err := r.config(c)
	if err != nil {
		return err
	}
	file, err := os.Open(r.File)
	if err != nil {
		return err
	}
	defer file.Close()
	done, err := app.Restore(ctx, config, file, c.progress("cli.rows"))
	if err != nil {
		return err
	}
	h := done.Header
	fmt.Fprintln(c.err, c.t("cli.restore.done", "made", h.Made.Local().Format("2006-01-02 15:04"), "dir", config.Data,
		"position", h.Position, "rows", h.Rows, "files", done.Files))
	for _, table := range done.LeftOut {
		fmt.Fprintln(c.err, c.t("cli.restore.left-out", "table", table))
	}
	return printVerification(c, done.Verified)
}
