package doctor_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"

	"giaoban/internal/app"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/signtest"
	"giaoban/internal/doctor"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/job"
)

// ward is an installation in which nothing is wrong, until something is planted.
type ward struct {
	*testing.T
	doctor.Patient
	world   *officetest.World
	machine *clock.Manual
	url     string
}

func newWard(t *testing.T, url string) *ward {
	t.Helper()
	dir := filepath.Dir(url)
	if strings.HasPrefix(url, "postgres") {
		dir = t.TempDir()
	}
	world := officetest.New(t, url)
	key, err := ledger.LoadKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	db := world.Ledger.DB()
	w := &ward{T: t, Patient: doctor.Patient{Dir: dir}, world: world, machine: clock.NewManual(time.Now()), url: url}
	w.OK(db.Update(t.Context(), func(tx *sql.Tx) error {
		head, _, err := ledger.Head(t.Context(), tx)
		if err != nil {
			return err
		}
		return ledger.Grow(t.Context(), tx, key.Signer, head)
	}))
	w.write("backup.last", "now")
	w.OK(os.Chmod(dir, 0o700))
	for _, name := range []string{"giaoban.db", "giaoban.db-wal", "giaoban.db-shm"} {
		if err := os.Chmod(filepath.Join(dir, name), 0o600); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	w.Patient = doctor.Patient{
		Dir: dir, DB: db, Schemas: app.Schemas(), Business: world.Clock, Machine: w.machine,
		Names: doctor.Names{
			Database: "giaoban.db", Key: "ledger.key", Socket: "giaoban.sock", Host: "host", Authority: "authority", Obtained: "acme",
			Restoring: "restoring", BackupMark: "backup.last", DemoMark: "demonstration", Recordings: "recordings",
		},
	}
	return w
}

// OK ends the test with an error.
func (w *ward) OK(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *ward) path(name string) string { return filepath.Join(w.Dir, name) }

func (w *ward) write(name, content string) {
	w.Helper()
	w.OK(os.WriteFile(w.path(name), []byte(content), 0o600))
}

func (w *ward) sql(statement string, args ...any) {
	w.Helper()
	w.OK(w.DB.Update(w.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(w.Context(), statement, args...)
		return err
	}))
}

// attach takes a file up, with a row or without, as of a day ago.
func (w *ward) attach(words string, save bool) file.Upload {
	w.Helper()
	folder, err := file.OpenFolder(w.Dir)
	w.OK(err)
	upload, err := folder.Take("a.pdf", strings.NewReader("%PDF-1.4\n"+words+"\n%%EOF\n"))
	w.OK(err)
	if save {
		w.world.Update(func(tx *ledger.Tx) error {
			_, err := file.Save(w.Context(), tx, upload, marking.Marks{}, 1, 1)
			return err
		})
		w.grow()
	}
	old := w.machine.Now().Add(-2 * file.Grace)
	w.OK(os.Chtimes(w.path(file.Place(upload.Hash())), old, old))
	return upload
}

func (w *ward) grow() {
	w.Helper()
	key, err := ledger.LoadKey(w.Dir)
	w.OK(err)
	w.OK(w.DB.Update(w.Context(), func(tx *sql.Tx) error {
		head, _, err := ledger.Head(w.Context(), tx)
		if err != nil {
			return err
		}
		return ledger.Grow(w.Context(), tx, key.Signer, head)
	}))
}

// host makes the installation's own authority.
func (w *ward) host(name string) {
	w.Helper()
	_, err := authority.Load(w.path("authority"), name, w.machine)
	w.OK(err)
	w.write("host", name+"\n")
}

func TestTheDoctorSaysWhatBackupsLeaveOut(t *testing.T) {
	w := newWard(t, filepath.Join(t.TempDir(), "giaoban.db"))
	w.OK(os.MkdirAll(w.path("recordings/7"), 0o700))
	var said []string
	for _, f := range doctor.Examine(t.Context(), w.Patient) {
		if f.Check == "backup" {
			said = append(said, fmt.Sprint(f.Grade, " ", f.Key, " ", f.Args))
		}
	}
	want := []string{"well doctor.well.backup []", "well doctor.backup.recordings [n 1 path " + w.path("recordings") + "]"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("of backups (-want +got):\n%s", diff)
	}
}

// trusts has papers taken that an authority vouches for.
func (w *ward) trusts(authority signtest.Authority) {
	w.Helper()
	w.OK(os.Mkdir(w.path(signedpdf.Folder), 0o700))
	w.write(signedpdf.Folder+"/ca.pem", string(authority.PEM()))
}

// obtained has ACME have given what the own authority gave, and nothing else.
func (w *ward) obtained(name string) {
	w.Helper()
	w.OK(os.Mkdir(w.path("acme"), 0o700))
	w.OK(os.Rename(w.path("authority/server.pem"), w.path("acme/"+name)))
	w.OK(os.RemoveAll(w.path("authority")))
}

// engines says where a fault is planted: on both where the database has to do
// with it.
type engines bool

const (
	once engines = false
	both engines = true
)

// faults that can be planted, each with what the doctor must say of it, and
// nothing else.
var faults = []struct {
	name  string
	on    engines
	plant func(*ward)
	want  []string
}{
	{"nothing", both, func(*ward) {}, nil},
	{"nothing, with a file and HTTPS", once, func(w *ward) { w.attach("a", true); w.host("giaoban.example.vn") }, nil},
	{"a directory open to others", once, func(w *ward) { w.OK(os.Chmod(w.Dir, 0o755)) }, []string{"wrong doctor.directory.open"}},
	{"a key that others can read", once, func(w *ward) { w.OK(os.Chmod(w.path("ledger.key"), 0o644)) }, []string{"wrong doctor.directory.readable"}},
	{"a file of another user", once, func(w *ward) {
		w.write("other", "")
		if err := os.Chown(w.path("other"), 12345, 12345); err != nil {
			w.Skip("only root gives files away")
		}
	}, []string{"wrong doctor.directory.owner"}},
	{"a program that holds the directory and says nothing", once, func(w *ward) { w.Held = true }, []string{"wrong doctor.lock.held"}},
	{"the socket of a dead program", once, func(w *ward) { w.deadSocket() }, []string{"advice doctor.lock.socket"}},
	{"a serving program whose socket is deaf", once, func(w *ward) { w.deadSocket(); w.Served = true }, []string{"wrong doctor.lock.deaf"}},
	{"a database that cannot be reached", once, func(w *ward) {
		w.DB, w.Refused = nil, fault.New(fault.Unavailable, "some.refusal")
	}, []string{"wrong some.refusal"}},
	{"a newer schema", both, func(w *ward) {
		w.sql(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (999999, TRUE)`)
	}, []string{"wrong doctor.schema.newer"}},
	{"an older schema", both, func(w *ward) {
		w.sql(`DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version)`)
	}, []string{"advice doctor.schema.older"}},
	{"no key", once, func(w *ward) { w.OK(os.Remove(w.path("ledger.key"))) }, []string{"wrong doctor.key.missing"}},
	{"another directory's key", both, func(w *ward) {
		w.OK(os.Remove(w.path("ledger.key")))
		_, err := ledger.LoadKey(w.Dir)
		w.OK(err)
	}, []string{"wrong doctor.key.foreign"}},
	{"an event cut off the end", both, func(w *ward) {
		w.sql(`DELETE FROM event WHERE position = (SELECT MAX(position) FROM event)`)
	}, []string{"wrong doctor.log.head"}},
	{"an altered event", both, func(w *ward) {
		w.sql(`UPDATE event SET actor = 'nobody' WHERE position = 3`)
	}, []string{"wrong doctor.log.altered"}},
	{"a torn tree", both, func(w *ward) {
		w.sql(`UPDATE ledger_hash SET hash = (SELECT hash FROM ledger_hash WHERE id = 0)`)
	}, []string{"wrong doctor.log.tree"}},
	{"a follower far behind", both, func(w *ward) {
		w.Served = true
		w.sql(`INSERT INTO follower (name, position) VALUES ('merkle', -20000)`)
	}, []string{"wrong doctor.followers.behind"}},
	{"a business clock set back", once, func(w *ward) { w.Business = clock.NewManual(w.world.Clock.Now().Add(-time.Hour)) }, []string{"wrong doctor.clock.business"}},
	{"a machine's clock set back", both, func(w *ward) {
		w.world.Update(func(tx *ledger.Tx) error {
			_, _, err := account.Enter(w.Context(), tx.Tx, w.world.People["leader TW"].Person, account.SignInCommand{Now: w.machine.Now().Add(time.Hour)})
			return err
		})
	}, []string{"wrong doctor.clock.machine"}},
	{"a certificate that was not renewed", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.machine.Advance(380 * 24 * time.Hour)
		w.OK(os.Chtimes(w.path("backup.last"), w.machine.Now(), w.machine.Now()))
	}, []string{"advice doctor.certificate.ending"}},
	{"a certificate that has ended", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.machine.Advance(400 * 24 * time.Hour)
		w.OK(os.Chtimes(w.path("backup.last"), w.machine.Now(), w.machine.Now()))
	}, []string{"wrong doctor.certificate.ended"}},
	{"a certificate of the future", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.machine.Advance(-24 * 365 * time.Hour)
	}, []string{"wrong doctor.certificate.early", "wrong doctor.certificate.early"}},
	{"a certificate for another name", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.write("host", "other.example.vn")
	}, []string{"wrong doctor.certificate.host"}},
	{"a given certificate for another name", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.Certificate, w.Host = w.path("authority/server.pem"), "other.example.vn"
	}, []string{"wrong doctor.certificate.host"}},
	{"no certificate", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.OK(os.Remove(w.path("authority/server.pem")))
	}, []string{"wrong doctor.certificate.missing"}},
	{"a certificate that ACME gave, soon to end", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.obtained("giaoban.example.vn")
		w.machine.Advance(380 * 24 * time.Hour)
		w.OK(os.Chtimes(w.path("backup.last"), w.machine.Now(), w.machine.Now()))
	}, []string{"advice doctor.certificate.ending"}},
	{"a certificate that ACME refused", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.obtained("other.example.vn")
		w.write("acme/problem", "urn:ietf:params:acme:error:rejectedIdentifier\n")
	}, []string{"wrong doctor.certificate.acme"}},
	{"a torn certificate", once, func(w *ward) {
		w.host("giaoban.example.vn")
		w.write("authority/authority.pem", "torn")
	}, []string{"wrong doctor.certificate.unreadable"}},
	{"authorities of signatures", once, func(w *ward) { w.trusts(signtest.NewAuthority(w, "CA", w.machine.Now())) }, nil},
	{"an authority of signatures that has ended", once, func(w *ward) {
		w.trusts(signtest.NewAuthority(w, "CA", w.machine.Now().AddDate(-6, 0, 0)))
	}, []string{"advice doctor.signing.ended"}},
	{"an authority of signatures of the future", once, func(w *ward) {
		w.trusts(signtest.NewAuthority(w, "CA", w.machine.Now().AddDate(6, 0, 0)))
	}, []string{"advice doctor.signing.early"}},
	{"a torn authority of signatures", once, func(w *ward) {
		w.trusts(signtest.NewAuthority(w, "CA", w.machine.Now()))
		w.write(signedpdf.Folder+"/torn.crt", "torn")
	}, []string{"wrong signedpdf.authority"}},
	{"a missing file", both, func(w *ward) {
		w.OK(os.Remove(w.path(file.Place(w.attach("a", true).Hash()))))
	}, []string{"wrong doctor.files.missing"}},
	{"a file cut short", once, func(w *ward) {
		w.OK(os.Truncate(w.path(file.Place(w.attach("a", true).Hash())), 3))
	}, []string{"wrong doctor.files.missing"}},
	{"a file of nobody's", both, func(w *ward) { w.attach("a", false) }, []string{"advice doctor.files.orphans"}},
	{"a restore broken off", once, func(w *ward) { w.OK(os.Mkdir(w.path("restoring"), 0o700)) }, []string{"advice doctor.leftovers.restoring"}},
	{"a key written halfway", once, func(w *ward) { w.write("ledger.key.new", "") }, []string{"advice doctor.leftovers.half"}},
	{"a demonstration broken off", once, func(w *ward) { w.write("demonstration", "begun\n") }, []string{"wrong doctor.leftovers.demo"}},
	{"jobs that are done in time", both, func(w *ward) { w.Served = true; w.job("now", "available", 0); w.job("yesterday", "completed", 1) }, nil},
	{"jobs that nobody does", both, func(w *ward) { w.Served = true; w.job("yesterday", "available", 0); w.job("yesterday", "retryable", 2) }, []string{"wrong doctor.jobs.late"}},
	{"jobs that wait for a start", both, func(w *ward) { w.job("yesterday", "available", 0) }, nil},
	{"a job that fails over and over", both, func(w *ward) { w.job("tomorrow", "retryable", 5) }, []string{"wrong doctor.jobs.failing"}},
	{"a job that was given up", both, func(w *ward) { w.job("yesterday", "discarded", 25) }, []string{"wrong doctor.jobs.failing"}},
	{"no backup", once, func(w *ward) { w.OK(os.Remove(w.path("backup.last"))) }, []string{"advice doctor.backup.never"}},
	{"recordings, which no backup holds", once, func(w *ward) { w.OK(os.MkdirAll(w.path("recordings/7"), 0o700)) }, nil},
	{"an old backup", once, func(w *ward) { w.machine.Advance(9 * 24 * time.Hour) }, []string{"advice doctor.backup.old"}},
}

// job has a job stand in the queue.
func (w *ward) job(due, state string, attempt int) {
	w.Helper()
	q, err := job.Open(w.Context(), job.Config{DB: w.DB, Name: "ward", Log: slog.New(slog.DiscardHandler)})
	w.OK(err)
	job.Do(q, river.WorkFunc(func(context.Context, *river.Job[chore]) error { return nil }))
	var id int64
	w.OK(w.DB.Update(w.Context(), func(tx *sql.Tx) (err error) {
		id, err = q.Add(w.Context(), tx, chore{})
		return err
	}))
	at := map[string]time.Time{"yesterday": time.Now().Add(-25 * time.Hour), "now": time.Now(), "tomorrow": time.Now().Add(24 * time.Hour)}[due].UTC()
	ended := "NULL"
	if state == "completed" || state == "discarded" {
		ended = "'" + at.Format("2006-01-02 15:04:05.000") + "'"
	}
	w.sql(`UPDATE river_job SET state = '`+state+`', scheduled_at = '`+at.Format("2006-01-02 15:04:05.000")+`', finalized_at = `+ended+`, attempt = $1 WHERE id = $2`, attempt, id)
}

// chore is a job of no consequence.
type chore struct{}

// Kind names it.
func (chore) Kind() string { return "chore" }

func (w *ward) deadSocket() {
	w.Helper()
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: w.path("giaoban.sock"), Net: "unix"})
	w.OK(err)
	listener.SetUnlinkOnClose(false)
	w.OK(listener.Close())
	w.OK(os.Chmod(w.path("giaoban.sock"), 0o600))
}

func TestEachFaultIsFoundAndNothingElse(t *testing.T) {
	texts, err := app.Texts()
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Each(t, func(t *testing.T, url string) {
		for i, c := range faults {
			if strings.HasPrefix(url, "postgres") && c.on == once {
				continue
			}
			t.Run(c.name, func(t *testing.T) {
				w := newWard(t, another(t, url, i))
				c.plant(w)
				var got []string
				for _, f := range doctor.Examine(t.Context(), w.Patient) {
					if f.Grade != doctor.Well {
						got = append(got, fmt.Sprint(f.Grade, " ", f.Key))
					}
					if said := texts.T("vi", f.Key, f.Args...); strings.ContainsAny(said, "{}") {
						t.Errorf("%s lacks a value: %s", f.Key, said)
					}
				}
				slices.Sort(got)
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("findings (-want +got):\n%s", diff)
				}
			})
		}
	})
}

// another is a database like the one at url.
func another(t *testing.T, url string, i int) string {
	t.Helper()
	if !strings.HasPrefix(url, "postgres") {
		return filepath.Join(t.TempDir(), "giaoban.db")
	}
	db, err := store.Look(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := fmt.Sprintf("ward_%d", i)
	if _, err := db.Reader().ExecContext(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	return url + "&search_path=" + name
}

func TestADamagedDatabaseIsFound(t *testing.T) {
	w := newWard(t, filepath.Join(t.TempDir(), "giaoban.db"))
	raw, err := sql.Open("sqlite", w.url)
	w.OK(err)
	_, err = raw.ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`)
	w.OK(errors.Join(err, raw.Close()))
	db, err := os.OpenFile(w.url, os.O_RDWR, 0)
	w.OK(err)
	about, err := db.Stat()
	w.OK(err)
	for at := int64(8 << 12); at < about.Size(); at += 3 << 12 { // some pages, from within the tables
		_, err = db.WriteAt([]byte(strings.Repeat("damage", 300)), at)
		w.OK(err)
	}
	w.OK(db.Close())
	w.DB, w.Refused = store.Look(t.Context(), w.url)
	if w.DB != nil {
		defer w.DB.Close()
	}
	for _, f := range doctor.Examine(t.Context(), w.Patient) {
		if f.Check == "database" && f.Key == "doctor.database.damaged" {
			return
		}
	}
	t.Error("the doctor does not see that the database is damaged")
}

func TestAPostgreSQLThatForgetsIsFound(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		if !strings.HasPrefix(url, "postgres") {
			return
		}
		w := newWard(t, url)
		lax, err := store.Look(t.Context(), url+"&synchronous_commit=off")
		w.OK(err)
		defer lax.Close()
		w.DB = lax
		found := doctor.Examine(t.Context(), w.Patient)
		if !slices.ContainsFunc(found, func(f doctor.Finding) bool { return f.Key == "doctor.database.lax" }) {
			t.Errorf("nobody says that commits may be lost: %+v", found)
		}
	})
}

func TestFreeSpaceIsThatOfTheDisk(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Log("only root mounts a small disk")
		return
	}
	disk := t.TempDir()
	if err := syscall.Mount("giaoban-test", disk, "tmpfs", 0, "size=8m,mode=700"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Unmount(disk, 0) }()
	free, known, err := doctor.Free(disk)
	if err != nil || !known || free != 8<<20 {
		t.Errorf("an empty disk of 8 MiB has %d bytes free (%v, %v)", free, known, err)
	}
	found := doctor.Examine(t.Context(), doctor.Patient{Dir: disk, Machine: clock.Machine})
	if !slices.ContainsFunc(found, func(f doctor.Finding) bool { return f.Key == "doctor.space.none" }) {
		t.Errorf("nobody says that the disk is full: %+v", found)
	}
}
