package bench

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// engine is a PostgreSQL that was started for measuring, with its own files, as
// durable as an office's.
type engine struct {
	dir    string // of its socket and its files
	server *exec.Cmd
	made   int
}

// errNoPostgres says that there is none to be started.
var errNoPostgres = errors.New("PostgreSQL is not installed: apt-get install postgresql")

// postgres gives the engine, which the first call starts.
func (b *bench) postgres(ctx context.Context) (*engine, error) {
	if b.engine != nil {
		return b.engine, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return nil, errNoPostgres
	}
	// In /tmp, whatever TMPDIR says: a socket's path has to be short, and the user
	// postgres has to reach it.
	dir, err := os.MkdirTemp("/tmp", "giaoban-bench-postgres-")
	if err != nil {
		return nil, err
	}
	e := &engine{dir: dir}
	if err := e.start(ctx, filepath.Dir(found[len(found)-1])); err != nil {
		return nil, errors.Join(err, e.stop())
	}
	b.engine = e
	return e, nil
}

// start makes an empty cluster and serves it, by the programs in bin.
func (e *engine) start(ctx context.Context, bin string) error {
	attributes, err := attributes()
	if err != nil {
		return err
	}
	if as := attributes.Credential; as != nil {
		if err := os.Chown(e.dir, int(as.Uid), int(as.Gid)); err != nil {
			return err
		}
	}
	rows := filepath.Join(e.dir, "rows")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "--pgdata="+rows, "--username=postgres", "--auth=trust",
		"--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi")
	initdb.Dir, initdb.SysProcAttr = e.dir, attributes
	if said, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, said)
	}
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", rows, "-k", e.dir, "-c", "listen_addresses=", "-c", "max_connections=200")
	server.Dir, server.SysProcAttr = e.dir, attributes
	if err := server.Start(); err != nil {
		return err
	}
	e.server = server
	return e.await(ctx)
}

// attributes are how the server runs: as the user postgres where this process
// is root's, and no longer than this process.
func attributes() (*syscall.SysProcAttr, error) {
	a := &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() != 0 {
		return a, nil
	}
	postgres, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root: %w", err)
	}
	uid, err := strconv.ParseUint(postgres.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(postgres.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	a.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return a, nil
}

func (e *engine) await(ctx context.Context) error {
	late := time.Now().Add(time.Minute)
	for {
		err := execute(ctx, e.address("postgres"), "SELECT 1")
		if err == nil || time.Now().After(late) || ctx.Err() != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// address names a database on the engine.
func (e *engine) address(database string) string {
	u := url.URL{Scheme: "postgres", Path: "/" + database, RawQuery: url.Values{"host": {e.dir}, "user": {"postgres"}}.Encode()}
	return u.String()
}

// socket is where the engine listens.
func (e *engine) socket() string { return filepath.Join(e.dir, ".s.PGSQL.5432") }

// database makes an empty database and gives its name.
func (e *engine) database(ctx context.Context) (string, error) {
	e.made++
	name := fmt.Sprintf("measured_%d", e.made)
	return name, execute(ctx, e.address("postgres"), "CREATE DATABASE "+name)
}

func (e *engine) stop() error {
	var err error
	if e.server != nil {
		err = e.server.Process.Signal(syscall.SIGQUIT)
		_ = e.server.Wait() // ended by the signal: its status says nothing else
	}
	return errors.Join(err, os.RemoveAll(e.dir))
}
