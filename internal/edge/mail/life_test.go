package mail_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/mail"
	"giaoban/internal/part/board"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/org"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/task"
)

// daysVariable tells this program, when a test starts it again, which days to live
// through: as a [life].
const daysVariable = "GIAOBAN_TEST_DAYS"

// life is what a process of its own lives through: every day from 8:00 on, until all
// letters are sent.
type life struct {
	Name        string
	URL, Server string
	From, To    clock.Date
}

func TestMain(m *testing.M) {
	if told := os.Getenv(daysVariable); told != "" {
		var l life
		err := json.Unmarshal([]byte(told), &l)
		if err == nil {
			err = l.live(context.Background())
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func (l life) live(ctx context.Context) error {
	db, err := store.Open(ctx, l.URL)
	if err != nil {
		return err
	}
	defer db.Close()
	now := clock.NewManual(l.From.Start(hanoi))
	log := ledger.Open(db, now)
	units, _, err := org.LoadTree(ctx, db.Reader())
	if err != nil {
		return err
	}
	boards := board.New(now)
	reader := follow.NewReader(log, 0, boards.Apply)
	texts, err := text.Load(text.Texts, letter.Texts, remind.Texts)
	if err != nil {
		return err
	}
	jobs, err := openJobs(ctx, db, l.Name, slog.Default())
	if err != nil {
		return err
	}
	courier, err := mail.New(mail.Config{
		Server: mail.Server{Address: l.Server, From: "giaoban@example.vn", Encryption: mail.Plain},
		Ledger: log, Jobs: jobs, Machine: clock.Machine, Log: slog.Default(),
		Composer: letter.Composer{Texts: texts, Tree: units, Zone: hanoi, Address: "https://giaoban.example.vn"},
	})
	if err != nil {
		return err
	}
	if err := courier.Begin(ctx); err != nil {
		return err
	}
	go jobs.Run(ctx)
	for day := l.From; day <= l.To; day = day.AddDays(1) {
		now.Set(day.Start(hanoi).Add(8 * time.Hour))
		_, err := log.Update(ctx, "program", func(tx *ledger.Tx) error {
			_, err := difficulty.Escalate(ctx, tx, access.Program(units))
			return err
		})
		if err != nil {
			return err
		}
		if err := reader.CatchUp(ctx); err != nil {
			return err
		}
		boards.Advance()
		if err := remindAll(ctx, log, boards, units); err != nil {
			return err
		}
		if err := courier.Write(ctx); err != nil {
			return err
		}
		if err := carried(ctx, db); err != nil {
			return err
		}
	}
	return nil
}

// carried returns once no letter waits any more.
func carried(ctx context.Context, db *store.DB) error {
	for {
		tally, err := letter.Count(ctx, db.Reader())
		if err != nil || tally.Waiting == 0 {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// remindAll makes the reminders that are due.
func remindAll(ctx context.Context, log *ledger.Ledger, boards *board.Boards, units *tree.Tree) error {
	var tasks *task.Index
	err := log.DB().View(ctx, func(tx *sql.Tx) (err error) {
		tasks, _, err = task.Load(ctx, tx, units)
		return err
	})
	if err != nil {
		return err
	}
	_, err = remind.Rounds{Ledger: log, Boards: boards, Tasks: tasks, Tree: units}.Make(ctx)
	return err
}

// start starts a process that lives through the days.
func (l life) start(t *testing.T) *exec.Cmd {
	t.Helper()
	told, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), daysVariable+"="+string(told))
	process.Stderr = os.Stderr
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = process.Process.Kill() }) // it has ended, unless the test failed
	return process
}

// killed lives through the days and is killed once the server has taken so many
// letters, each time begun anew from the first day; the last time it comes through.
func (p *post) killed(l life, after ...int) {
	p.t.Helper()
	for _, n := range after {
		process := l.start(p.t)
		p.server.Await(n)
		if err := process.Process.Kill(); err != nil {
			p.t.Fatal(err)
		}
		_ = process.Wait() // it was killed, which is an error
	}
	if err := l.start(p.t).Wait(); err != nil {
		p.t.Fatal(err)
	}
}

// repeats checks that the letters have so many Message-IDs, and gives how many letters
// came more often than once.
func (p *post) repeats(distinct int) int {
	p.t.Helper()
	letters := p.server.Letters()
	seen := map[string]bool{}
	for _, l := range letters {
		seen[l.Header.Get("Message-ID")] = true
	}
	if len(seen) != distinct {
		p.t.Errorf("%d letters have %d Message-IDs, want %d", len(letters), len(seen), distinct)
	}
	return len(letters) - len(seen)
}

// crowd has so many people with addresses work at one unit.
func (p *post) crowd(n int) {
	p.t.Helper()
	p.Update(func(tx *ledger.Tx) error {
		for i := range n {
			_, err := account.CreatePerson(p.t.Context(), tx, access.CommandLine(p.Tree), account.CreateCommand{
				Name: fmt.Sprintf("Cán bộ %d", i), Email: fmt.Sprintf("can-bo-%d@example.vn", i), Grants: []access.Grant{{Unit: p.Units["PL"], Role: access.Officer}},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// mornings makes, of each day that it is given, the reminders at nine o'clock.
func (p *post) mornings() func(clock.Date) {
	boards := board.New(p.Clock)
	reader := follow.NewReader(p.Ledger, 0, boards.Apply)
	return func(day clock.Date) {
		p.t.Helper()
		p.Clock.Set(day.Start(hanoi).Add(9 * time.Hour))
		p.OK(reader.CatchUp(p.t.Context()))
		boards.Advance()
		p.OK(remindAll(p.t.Context(), p.Ledger, boards, p.Tree))
	}
}
