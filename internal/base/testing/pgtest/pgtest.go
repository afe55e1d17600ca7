package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"giaoban/internal/base/testing/daemon"
)

// New makes an empty database for t and returns its URL. The database is
// dropped when t ends.
//
// Commits are durable, as in an office. Where a test only wants to be quick, it
// may add "&synchronous_commit=off" to the URL.
func New(t testing.TB) string {
	t.Helper()
	server, err := start()
	if err != nil {
		t.Fatalf("starting PostgreSQL for the tests: %v", err)
	}
	name := fmt.Sprintf("test_%d", databases.Add(1))
	if err := run(server, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return address(server, name)
}

// databases counts the databases that this process has made.
var databases atomic.Int64

// start starts the one server of this process and returns the folder of its
// socket.
var start = sync.OnceValues(func() (dir string, err error) {
	dir, err = os.MkdirTemp("", "giaoban-postgres-")
	if err != nil {
		return "", err
	}
	rows := filepath.Join(dir, "rows")
	if err := initialise(dir, rows); err != nil {
		// The first error is the one to tell; a folder left in /tmp is harmless.
		_ = os.RemoveAll(dir)
		return "", err
	}
	_, err = launch(dir, dir, rows)
	return dir, err
})

// initialise makes the files of a server in rows, and gives dir to its user.
func initialise(dir, rows string) error {
	bin, err := binaries()
	if err != nil {
		return err
	}
	as, err := owner()
	if err != nil {
		return err
	}
	if as != nil {
		if err := os.Chown(dir, int(as.Uid), int(as.Gid)); err != nil {
			return fmt.Errorf("giving %s to the user postgres: %w", dir, err)
		}
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "--pgdata="+rows, "--username=postgres", "--auth=trust",
		"--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi")
	initdb.Dir, initdb.SysProcAttr = dir, &syscall.SysProcAttr{Credential: as}
	if said, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, said)
	}
	return nil
}

// launch runs a server over rows with its socket in dir, until it answers. The
// folder own goes with it.
func launch(own, dir, rows string) (*daemon.Daemon, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	as, err := owner()
	if err != nil {
		return nil, err
	}
	server, err := daemon.Start(daemon.Program{
		Name: filepath.Join(bin, "postgres"),
		Args: []string{
			"-D", rows, "-k", dir, "-c", "listen_addresses=", "-c", "max_connections=300", "-c", "log_min_messages=panic",
		},
		Dir: own, Stop: "QUIT", As: as,
	})
	if err != nil {
		return nil, err
	}
	return server, server.Await(time.Minute, func() error { return run(dir, "SELECT 1") })
}

// run runs one statement beside all tests' databases.
func run(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	connection, err := pgx.Connect(ctx, address(server, "postgres"))
	if err != nil {
		return fmt.Errorf("connecting to PostgreSQL: %w", err)
	}
	// Nothing of the connection is needed once the statement has been answered.
	defer func() { _ = connection.Close(ctx) }()
	if _, err := connection.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func address(server, database string) string {
	u := url.URL{
		Scheme: "postgres", Path: "/" + database,
		RawQuery: url.Values{"host": {server}, "user": {"postgres"}}.Encode(),
	}
	return u.String()
}

// binaries finds the folder of initdb and postgres: in PATH, or the newest
// that Debian installed, which keeps them out of PATH.
func binaries() (string, error) {
	if file, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(file), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("PostgreSQL is not installed: run `make test`, or on Debian `apt-get install postgresql`")
	}
	version := func(file string) int {
		n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(file))))
		if err != nil {
			return 0 // not a release: the last choice
		}
		return n
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(newest), nil
}

// owner is the user that the server runs as. PostgreSQL refuses to run as
// root, so root's tests use the user postgres, which Debian's package makes.
func owner() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	postgres, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root and there is no user postgres: %w", err)
	}
	uid, err := strconv.ParseUint(postgres.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("reading the number of the user postgres: %w", err)
	}
	gid, err := strconv.ParseUint(postgres.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("reading the group of the user postgres: %w", err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}
