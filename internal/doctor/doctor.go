package doctor

import (
	"context"
	"embed"
	"io/fs"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/part/letter"
)

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// Patient is an installation to be looked over.
type Patient struct {
	Dir   string
	Names Names
	// DB is its database, opened by [store.Look] or by the program that serves it;
	// nil when it cannot be opened, which Refused says in a person's words.
	DB      *store.DB
	Refused error
	Schemas []fs.FS
	// Business is the clock of what happens, Machine that of sessions and
	// certificates.
	Business, Machine clock.Clock
	// Served is set when a program serves it; Held when one holds the directory
	// and does not answer.
	Served, Held bool
	// Certificate is the file of a given certificate and Host the name it is shown
	// for; "" where the installation has its own authority.
	Certificate, Host string
	// Mail asks the mail server whether it takes us, and gives what it said where it
	// does not; nil where there is none, or where nobody knows it.
	Mail func(context.Context) (letter.Trouble, string)
}

// Names are the names in a data directory.
type Names struct {
	Database, Key, Socket, Host, Authority, Obtained, Restoring, BackupMark, DemoMark, Recordings string
}

// Grade says how bad a finding is.
type Grade string

// The grades of findings.
const (
	Well   Grade = "well"   // nothing was found
	Advice Grade = "advice" // it works; something should be done soon
	Wrong  Grade = "wrong"  // something does not work, or is lost
)

// Finding is what a check found.
type Finding struct {
	Check string // its name, as "space"
	Grade Grade
	Key   string // of the text
	Args  []any  // name, value pairs that fill the text's places
}

// check is one thing to look at. It gives nothing when all is well.
type check struct {
	name string
	rows bool // needs the database
	look func(context.Context, Patient) ([]Finding, error)
}

var checks = []check{
	{"directory", false, directory},
	{"space", false, space},
	{"lock", false, lock},
	{"database", false, database},
	{"schema", true, schema},
	{"key", true, key},
	{"log", true, log},
	{"followers", true, followers},
	{"clock", true, clocks},
	{"certificate", false, certificate},
	{"signing", false, signing},
	{"files", true, files},
	{"mail", true, mailing},
	{"jobs", true, jobs},
	{"leftovers", false, leftovers},
	{"backup", false, backup},
}

// Examine makes all checks. Each gives at least one finding, unless it needs a
// database that cannot be opened.
func Examine(ctx context.Context, p Patient) []Finding {
	var all []Finding
	for _, c := range checks {
		if c.rows && p.DB == nil {
			continue
		}
		found, err := c.look(ctx, p)
		if err != nil {
			found = append(found, wrong("doctor.failed", "why", err.Error()))
		}
		if len(found) == 0 {
			found = []Finding{{Grade: Well, Key: "doctor.well." + c.name}}
		}
		for _, f := range found {
			f.Check = c.name
			all = append(all, f)
		}
	}
	return all
}

func wrong(key string, args ...any) Finding  { return Finding{Grade: Wrong, Key: key, Args: args} }
func advice(key string, args ...any) Finding { return Finding{Grade: Advice, Key: key, Args: args} }
