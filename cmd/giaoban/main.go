// Command giaoban carries a directive from the centre of a many-level
// organisation to its last unit and back.
//
// One file a subcommand; what they do is in internal/app.
package main

import (
	"context"
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
	"giaoban/internal/base/profile"
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
	Config  kong.ConfigFlag `help:"Read settings from this YAML file: one line a flag, as \"listen: 127.0.0.1:8420\"." type:"existingfile" placeholder:"FILE"`
	Lang    string          `help:"Language of messages: vi or en." enum:"vi,en" default:"${lang}"`
	Serve   serve           `cmd:"" help:"Serve an installation to browsers."`
	Demo    demo            `cmd:"" help:"Serve the demonstration: the morning of 10 July 2020."`
	Import  importing       `cmd:"" help:"Take up a list that an office sent."`
	Export  exporting       `cmd:"" help:"Write a list that import takes up again."`
	Verify  verify          `cmd:"" help:"Prove that the log and the reports are as they were written."`
	Version version         `cmd:"" help:"Print the program's version."`
}

// where says which installation a command is about.
type where struct {
	Data string `help:"The installation's directory." default:"giaoban-data" type:"path" placeholder:"DIR"`
	DB   string `help:"Keep the data in this PostgreSQL database instead of SQLite in the directory." name:"db" placeholder:"postgres://…"`
}

func (w where) config() app.Config {
	return app.Config{Data: w.Data, Database: w.DB, Version: versionText()}
}

// console is where a command prints, in whose language.
type console struct {
	out, err io.Writer
	lang     text.Lang
	texts    *text.Catalog
}

func (c console) t(key string, args ...any) string { return c.texts.T(c.lang, key, args...) }

const description = `giaoban carries a directive to the last unit and back.

Look at it first:           giaoban demo
Load your own units:        giaoban import units units.xlsx --dry-run
Serve them to your office:  giaoban serve

Every flag can be set in the environment, as GIAOBAN_LISTEN for --listen, and in a file given by --config.
Commands work on a directory that is being served, too: they go through the running program.`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program without the process around it: scripts test it.
func run(args []string, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	texts, err := app.Texts()
	if err != nil {
		fmt.Fprintln(errOut, "giaoban:", err)
		return exitRefused
	}
	var cli commands
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("giaoban"), kong.Description(description), kong.UsageOnError(),
		kong.Writers(out, errOut), kong.Exit(func(code int) { exited = code }),
		kong.DefaultEnvars("GIAOBAN"), kong.Configuration(yamlSettings),
		kong.Vars{"lang": systemLanguage(), "profile": profile.Default, "profiles": profileNames()},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
	)
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
		return exitUsage
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return status(parsed.Run(console{out, errOut, text.Lang(cli.Lang), texts}), console{out, errOut, text.Lang(cli.Lang), texts})
}

// errRefused ends a command that has said already what is wrong.
var errRefused = errors.New("refused")

// errUsage is a wrong use that the parser cannot see.
type errUsage string

func (e errUsage) Error() string { return string(e) }

// status prints what went wrong, in the person's words where there are any.
func status(err error, c console) int {
	var usage errUsage
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRefused):
		return exitRefused
	case errors.As(err, &usage):
		fmt.Fprintln(c.err, "giaoban:", usage)
		return exitUsage
	}
	faults := fault.All(err)
	for _, f := range faults {
		fmt.Fprintln(c.err, "giaoban:", c.t(f.Key, f.Args...))
	}
	if len(faults) == 0 {
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
