package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5"

	"giaoban/internal/app"
	"giaoban/internal/base/fault"
)

// place is where a measured installation lies.
type place struct {
	config app.Config
	drop   func() error // its database; nil for SQLite
}

func (p place) remove() error {
	var err error
	if p.drop != nil {
		err = p.drop()
	}
	if p.config.Data != "" {
		err = errors.Join(err, os.RemoveAll(p.config.Data))
	}
	return err
}

// copied is a copy of the installation beside it, on the same disk. Nobody may
// be at work in it meanwhile.
func (b *bench) copied(ctx context.Context) (p place, err error) {
	from := b.Config.Data
	if _, err := os.Stat(filepath.Join(from, "ledger.key")); err != nil {
		return place{}, fault.New(fault.NotFound, "app.nothing", "dir", from)
	}
	lock := flock.New(filepath.Join(from, "giaoban.lock"), flock.SetPermissions(0o600))
	taken, err := lock.TryLock()
	if err != nil {
		return place{}, err
	}
	if !taken {
		return place{}, fault.New(fault.Unavailable, "app.directory.busy", "dir", from).Because(app.ErrServed)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	b.Say("copy")
	dir, err := os.MkdirTemp(filepath.Dir(filepath.Clean(from)), "giaoban-bench-")
	if err != nil {
		return place{}, err
	}
	p = place{config: app.Config{Data: dir, Log: quiet(), Lang: b.Config.Lang, Version: b.Config.Version}}
	if err := copyFiles(from, dir); err != nil {
		return place{}, errors.Join(err, p.remove())
	}
	if b.Config.Database != "" {
		p.config.Database, p.drop, err = copyDatabase(ctx, b.Config.Database)
		if err != nil {
			return place{}, errors.Join(err, p.remove())
		}
	}
	return p, nil
}

// copyFiles copies a directory's own files; what people attached stays behind.
func copyFiles(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !entry.Type().IsRegular() {
			continue
		}
		if err := copyFile(filepath.Join(from, entry.Name()), filepath.Join(to, entry.Name())); err != nil {
			return fmt.Errorf("copying %s: %w", entry.Name(), err)
		}
	}
	return nil
}

func copyFile(from, to string) error {
	read, err := os.Open(from)
	if err != nil {
		return err
	}
	defer read.Close()
	written, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(written, read)
	return errors.Join(err, written.Close())
}

// copyDatabase copies a PostgreSQL database on its own server. The user needs
// the right to create databases, and nobody else may be connected.
func copyDatabase(ctx context.Context, source string) (copied string, drop func() error, err error) {
	parsed, err := url.Parse(source)
	if err != nil {
		return "", nil, err
	}
	original := filepath.Base(parsed.Path)
	name := fmt.Sprintf("%s_bench_%d", original, os.Getpid())
	parsed.Path = "/postgres"
	admin := parsed.String()
	quoted := pgx.Identifier{name}.Sanitize()
	if err := execute(ctx, admin, "CREATE DATABASE "+quoted+" TEMPLATE "+pgx.Identifier{original}.Sanitize()); err != nil {
		return "", nil, err
	}
	parsed.Path = "/" + name
	drop = func() error {
		return execute(context.WithoutCancel(ctx), admin, "DROP DATABASE "+quoted+" WITH (FORCE)")
	}
	return parsed.String(), drop, nil
}

// execute runs one statement on a connection of its own.
func execute(ctx context.Context, database, statement string) error {
	connection, err := pgx.Connect(ctx, database)
	if err != nil {
		return err
	}
	_, err = connection.Exec(ctx, statement)
	return errors.Join(err, connection.Close(ctx))
}
