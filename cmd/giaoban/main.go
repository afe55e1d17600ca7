// Command giaoban carries a directive from the centre of a many-level
// organisation to its last unit and back.
//
// One file a subcommand; what they do is in internal/app.
package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"giaoban/internal/app"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
)

// The exit statuses that scripts may rely on.
const (
	exitDone    = 0
	exitRefused = 1 // refused, or found wrong
	exitUsage   = 2
)

// commands is the command line. Every flag can also be given by environment
// (GIAOBAN_LISTEN) and in a settings file.
type commands struct {
	Config     string     `help:"Read settings from this YAML file: one line a flag, as \"listen: 127.0.0.1:8420\"." type:"existingfile" placeholder:"FILE"`
	Lang       string     `help:"Language of messages: vi or en." enum:"vi,en" default:"${lang}"`
	Serve      serve      `cmd:"" help:"Serve an installation to browsers."`
	Demo       demo       `cmd:"" help:"Serve the demonstration: the morning of 10 July 2020."`
	Simulate   simulating `cmd:"" help:"Make up a whole country with a year of reporting."`
	Import     importing  `cmd:"" help:"Take up a list that an office sent, or a bundle of another installation."`
	Export     exporting  `cmd:"" help:"Write a list or a bundle that import takes up again, or the log."`
	Verify     verify     `cmd:"" help:"Prove that the log and the reports are as they were written."`
	Checkpoint checkpoint `cmd:"" help:"Print the newest signed checkpoint, to be kept elsewhere."`
	Bench      benching   `cmd:"" help:"Measure how quick an installation is on this machine."`
	Media      carrying   `cmd:"" help:"Carry picture and sound of briefings, in a process of its own."`
	Version    version    `cmd:"" help:"Print the program's version."`

	Profile profiling `cmd:"" help:"The profile that an installation follows."`

	Backup  backup  `cmd:"" help:"Write everything into one file, also while serving."`
	Restore restore `cmd:"" help:"Make an installation from a backup, on either engine."`
	Doctor  doctor  `cmd:"" help:"Say what is wrong with an installation, and what to do."`

	BenchSites crowding `cmd:"" hidden:"" help:"The sites of bench's briefing, in a process of their own."`
	BenchRoom  watching `cmd:"" hidden:"" help:"The live screens of bench, in a process of their own."`
}

const defaultData = "giaoban-data"

// where says which installation a command is about.
type where struct {
	Data string `help:"The installation's directory; ${data} when left out." default:"${data}" type:"path" placeholder:"DIR"`
	DB   string `help:"Keep the data in this PostgreSQL database instead of SQLite in the directory." name:"db" placeholder:"postgres://…"`
}

// config is the configuration of a command at an installation.
func (w where) config(c console) (app.Config, error) {
	if w.DB != "" && !strings.HasPrefix(w.DB, "postgres://") && !strings.HasPrefix(w.DB, "postgresql://") {
		return app.Config{}, errUsage("--db: a PostgreSQL database is named as postgres://user:password@host/database")
	}
	if w.Data == "" { // set, but to nothing, in the environment
		w.Data = defaultData
	}
	return app.Config{
		Data: w.Data, Database: w.DB, Lang: c.lang, Version: versionText(),
		Waiting: func() { fmt.Fprintln(c.err, c.t("cli.starting")) },
	}, nil
}

// console is where a command prints, in whose language.
type console struct {
	out, err io.Writer
	lang     text.Lang
	texts    *text.Catalog // of the program
	own      *text.Catalog // of the command line
}

//go:embed texts.yaml
var ownTexts embed.FS

func newConsole(out, err io.Writer) (c console, _ error) {
	own, failed := text.Load(ownTexts)
	if failed != nil {
		return console{}, failed
	}
	texts, failed := app.Texts()
	return console{out: out, err: err, texts: texts, own: own}, failed
}

// t gives a text in the language of whoever reads along.
func (c console) t(key string, args ...any) string {
	if c.own.Has(key) {
		return c.own.T(c.lang, key, args...)
	}
	return c.texts.T(c.lang, key, args...)
}

// terminal says whether a person reads along: a line may be written over.
func (c console) terminal() bool {
	file, ok := c.err.(*os.File)
	if !ok {
		return false
	}
	about, err := file.Stat()
	return err == nil && about.Mode()&os.ModeCharDevice != 0
}

const description = `giaoban carries a directive to the last unit and back.

    giaoban demo                              look at it first
    giaoban import units LIST.xlsx --dry-run  what your own list of units would make
    giaoban import units LIST.xlsx            make it, in the directory giaoban-data
    giaoban serve                             serve it to this machine
    giaoban serve --listen 0.0.0.0:443 --host giaoban.example.vn
                                              serve it to your office, by HTTPS

Every flag can be set in the environment, as GIAOBAN_LISTEN for --listen, and in a file given by --config. A flag goes before the environment, the environment before the file.

Commands work on a directory that is being served, too: they go through the running program.

Exit status: 0 done, 1 refused or found wrong, 2 wrong usage.`

func main() {
	keepPrivate()
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without the process around it.
func run(args []string, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	c, err := newConsole(out, errOut)
	if err != nil {
		fmt.Fprintln(errOut, "giaoban:", err)
		return exitRefused
	}
	var cli commands
	exited := -1
	parser, err := newParser(&cli, out, errOut, func(code int) { exited = code })
	if err != nil {
		fmt.Fprintln(errOut, "giaoban:", err)
		return exitUsage
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help
	}
	if err != nil {
		fmt.Fprintln(errOut, "giaoban:", err)
		fmt.Fprintln(errOut, "giaoban --help tells what there is.")
		return exitUsage
	}
	c.lang = text.Lang(cli.Lang)
	parsed.BindTo(ctx, (*context.Context)(nil))
	return status(parsed.Run(c), c)
}

func newParser(cli *commands, out, errOut io.Writer, exit func(int)) (*kong.Kong, error) {
	return kong.New(
		cli,
		kong.Name("giaoban"), kong.Description(description),
		kong.Writers(out, errOut), kong.Exit(exit), kong.DefaultEnvars("GIAOBAN"),
		kong.Vars{"data": defaultData, "lang": systemLanguage(), "profiles": profileNames(), "measures": measureNames()},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
	)
}

// errRefused ends a command that has said already what is wrong.
var errRefused = errors.New("refused")

// errUsage is a wrong use that the parser cannot see.
type errUsage string

func (e errUsage) Error() string { return string(e) }

// status prints what went wrong, in the person's words where there are any.
func status(err error, c console) int {
	var usage errUsage
	faults := fault.All(err)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRefused):
	case errors.As(err, &usage):
		fmt.Fprintln(c.err, "giaoban:", usage)
		return exitUsage
	case len(faults) > 0:
		for _, f := range faults {
			fmt.Fprintln(c.err, "giaoban:", c.t(f.Key, f.Args...))
		}
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.err, "giaoban:", c.t("cli.interrupted"))
	default:
		fmt.Fprintln(c.err, "giaoban:", err)
	}
	return exitRefused
}

// systemLanguage is Vietnamese unless the system speaks English.
func systemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "en") {
				return string(text.EN)
			}
			break
		}
	}
	return string(text.VI)
}
