package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"giaoban/internal/base/testing/pgtest"
)

// In scripts, and wherever a test starts this binary under the name giaoban,
// it is the program.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"giaoban": main})
}

// The scripts run on both engines: GIAOBAN_DB, which stands for --db, is set
// for PostgreSQL.
func TestScriptsOnEachEngine(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		testscript.Run(t, params(t, "testdata/script", "sqlite", nothing))
	})
	t.Run("postgres", func(t *testing.T) {
		testscript.Run(t, params(t, "testdata/script", "postgres", func(env *testscript.Env) {
			env.Setenv("GIAOBAN_DB", pgtest.New(t))
		}))
	})
}

// These scripts use no database, or a demonstration's.
func TestScripts(t *testing.T) {
	testscript.Run(t, params(t, "testdata/alone", "", nothing))
}

func nothing(*testscript.Env) {}

func params(t *testing.T, dir, engine string, setup func(*testscript.Env)) testscript.Params {
	return testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_US.UTF-8")
			setup(env)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"sql": sqlCommand, "address": addressCommand, "get": getCommand, "trusted": trustedCommand, "mode": modeCommand, "exits": exitsCommand,
			"terminate": terminateCommand, "database": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Setenv(args[0], pgtest.New(t))
			},
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "root":
				return os.Geteuid() == 0, nil
			case "postgres":
				return engine == name, nil
			}
			return false, fmt.Errorf("there is no condition %q", name)
		},
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("GIAOBAN_UPDATE") == "1",
		RequireUniqueNames:  true,
	}
}
