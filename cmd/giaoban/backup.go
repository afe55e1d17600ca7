package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"giaoban/internal/app"
)

// backup writes everything into one file.
type backup struct {
	where
	File string `arg:"" help:"The file to write." type:"path"`
}

// Help teaches more than a line can.
func (backup) Help() string {
	return `The file holds the installation as it is at one moment: all rows, the attached files, the keys. It can be made while the installation is served; nobody waits for it. It replaces an older file of the same name only when it is whole. Recordings of briefings are left out: they are large, are kept for a while only, and lie in the folder recordings of the data directory, to be copied on their own.

Keep it as safe as the directory itself: whoever has it has everything, the key that signs the log too. It is written for its owner's eyes alone (mode 0600) and not encrypted.

    giaoban backup /backup/giaoban-2020-07-10.tar.zst
    giaoban restore /backup/giaoban-2020-07-10.tar.zst --data NEW

Either engine restores it. It is a tar archive compressed by zstd: "zstd -d <FILE | tar x" shows it to everybody. Attached files that are missing on disk are named, and the command ends with 1: giaoban doctor tells more.`
}

// Run writes the file whole or not at all.
func (b backup) Run(ctx context.Context, c console) error {
	var made app.Backup
	err := b.do(ctx, c, app.ToRead, func(at app.Commands) error {
		return replace(b.File, func(to io.Writer) (err error) {
			made, err = at.Backup(ctx, to, c.progress("cli.rows"))
			return err
		})
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.err, c.t("cli.backup.done", "file", b.File, "position", made.Position, "rows", made.Rows, "files", made.Files))
	fmt.Fprintln(c.err, c.t("cli.backup.keep"))
	for _, path := range made.Missing {
		fmt.Fprintln(c.err, c.t("cli.backup.missing", "path", path))
	}
	if len(made.Missing) > 0 {
		return errRefused
	}
	return nil
}

// replace writes a file under a name in one step: nobody finds half of it, and a
// full disk does not cost the old one.
func replace(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(file, 1<<18)
	if err = write(buffered); err == nil {
		err = errors.Join(buffered.Flush(), file.Sync())
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
