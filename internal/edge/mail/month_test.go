package mail_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
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
	courier, err := mail.New(mail.Config{
		Server: mail.Server{Address: l.Server, From: "giaoban@example.vn", Encryption: mail.Plain},
		Ledger: log, Machine: clock.Machine, Log: slog.Default(),
		Composer: letter.Composer{Texts: texts, Tree: units, Zone: hanoi, Address: "https://giaoban.example.vn"},
	})
	if err != nil {
		return err
	}
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
		for waiting := true; waiting; {
			if err := courier.Round(ctx); err != nil {
				return err
			}
			tally, err := letter.Count(ctx, db.Reader())
			if err != nil {
				return err
			}
			waiting = tally.Waiting > 0
		}
	}
	return nil
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

// A month with the National Day, a deadline on a Saturday, one difficulty that nobody
// answers, and a process that is killed in the middle of it.
func TestAMonthBringsTheRemindersEscalationsAndLettersThatTheCalendarSays(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		for _, who := range []string{"PL", "QV", "BN"} {
			p.address("leader "+who, strings.ToLower(who)+"@example.vn")
		}
		p.round() // mail is set up before the month
		p.Close()
		p.Clock.Set(time.Date(2020, 8, 24, 2, 0, 0, 0, time.UTC))
		document := officetest.Document("36-CT/TW")
		document.Milestones = document.Milestones[:1]
		document.Milestones[0].Deadlines = []profile.Deadline{
			{Level: "grassroots", Date: "2020-09-01"}, {Level: "above-grassroots", Date: "2020-09-12"},
		}
		p.Directive = p.Issue(document)
		p.Clock.Set(time.Date(2020, 8, 25, 2, 0, 0, 0, time.UTC))
		p.Update(func(tx *ledger.Tx) error {
			_, err := difficulty.Raise(t.Context(), tx, p.People["officer PL"], difficulty.RaiseCommand{
				Unit: p.Units["PL"], Key: "một", Sort: difficulty.Obstacle, Kind: "personnel", Title: "Thiếu nguồn cấp ủy nữ", Obstacle: "Chưa đủ 15 %.",
			})
			return err
		})
		p.killed(life{URL: url, Server: p.server.Address, From: "2020-08-26", To: "2020-09-24"}, 6)

		want := []string{
			// Phù Lãng owes its report until 1 September; the 2nd is a holiday.
			"08-27 PL report before", "08-31 PL report before", "09-01 PL report on", "09-03 PL report after", "09-07 PL report after",
			"09-04 QV below above",
			// Quế Võ has five working days for its answer; then it is Bắc Ninh's turn.
			"08-27 QV difficulty before", "08-31 QV difficulty before", "09-01 QV difficulty on",
			"09-04 BN difficulty before", "09-08 BN difficulty before", "09-09 BN difficulty on",
			// Quế Võ owes its own until Saturday, 12 September.
			"09-09 QV report before", "09-11 QV report on", "09-14 QV report after", "09-16 QV report after",
			"09-15 BN below above",
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, p.reminded("PL", "QV", "BN")); diff != "" {
			t.Errorf("the month's reminders (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"2020-09-02", "2020-09-10"}, p.escalated()); diff != "" {
			t.Errorf("the difficulty went up on (-want +got):\n%s", diff)
		}
		days := map[string]bool{} // a letter a person and a day
		for _, one := range want {
			words := strings.Fields(one)
			day := strings.Split(words[0], "-")
			days[fmt.Sprintf("%s@example.vn %d/%d/2020", strings.ToLower(words[1]), number(day[1]), number(day[0]))] = true
		}
		if n := p.repeats(len(days)); n > 1 {
			t.Errorf("%d letters came twice after one kill, want at most the one in flight", n)
		}
		got := map[string]bool{}
		for _, l := range p.server.Letters() {
			day, _, _ := strings.Cut(strings.TrimPrefix(subject(t, l.Message), "Nhắc việc ngày "), ":")
			got[l.To[0]+" "+day] = true
		}
		if diff := cmp.Diff(days, got); diff != "" {
			t.Errorf("the month's letters (-want +got):\n%s", diff)
		}
	})
}

func number(s string) (n int) {
	_, _ = fmt.Sscanf(s, "%d", &n) // two digits
	return n
}

// reminded gives the reminders of units, each as "08-27 PL report before".
func (p *post) reminded(codes ...string) (list []string) {
	p.t.Helper()
	p.OK(p.View(func(q store.Querier) error {
		for _, code := range codes {
			of, err := remind.Of(p.t.Context(), q, p.People["leader "+code])
			if err != nil {
				return err
			}
			for _, r := range of {
				list = append(list, fmt.Sprintf("%s %s %s %s", clock.DateOf(r.MadeAt, hanoi)[5:], code, r.What, r.Stage))
			}
		}
		return nil
	}))
	slices.Sort(list)
	return list
}

// escalated are the days on which the difficulty moved up by silence.
func (p *post) escalated() (days []string) {
	p.t.Helper()
	p.OK(p.View(func(q store.Querier) error {
		steps, err := difficulty.Steps(p.t.Context(), q, 1)
		for _, s := range steps {
			days = append(days, string(clock.DateOf(s.Time, hanoi)))
		}
		return err
	}))
	return days
}

// Many letters to a real server by a process that is killed three times: each person
// has one, and what comes twice is no more than what was in flight.
func TestManyLettersComeOnceThoughTheirCourierIsKilledThreeTimes(t *testing.T) {
	n := count.Of(120, 10_000)
	url := t.TempDir() + "/giaoban.db"
	p := newPost(t, url)
	p.Update(func(tx *ledger.Tx) error {
		for i := range n {
			_, err := account.CreatePerson(t.Context(), tx, access.CommandLine(p.Tree), account.CreateCommand{
				Name: fmt.Sprintf("Cán bộ %d", i), Email: fmt.Sprintf("can-bo-%d@example.vn", i), Grants: []access.Grant{{Unit: p.Units["PL"], Role: access.Officer}},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	p.round() // mail is set up before the day
	p.killed(life{URL: url, Server: p.server.Address, From: "2020-06-29", To: "2020-06-29"}, n/4, n/2, 3*n/4)
	if repeats := p.repeats(n); repeats > 3 {
		t.Errorf("%d letters came twice after three kills of one courier, want at most 3", repeats)
	}
	p.OK(p.View(func(q store.Querier) error {
		tally, err := letter.Count(t.Context(), q)
		if tally.Sent != n || tally.Waiting+tally.Failed != 0 {
			t.Errorf("the outbox says %+v, want %d sent", tally, n)
		}
		return err
	}))
}

// While no server answers for days, digests do not pile up: the last tells all of them.
func TestAServerThatIsDownForDaysLeavesOneDigestThatTellsAll(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		p.address("leader PL", "pl@example.vn")
		p.address("officer PL", "nobody@example.vn") // bounces
		p.round()                                    // mail is set up before
		p.server.End()
		boards := board.New(p.Clock)
		reader := follow.NewReader(p.Ledger, 0, boards.Apply)
		day := func(d clock.Date) {
			p.Clock.Set(d.Start(hanoi).Add(9 * time.Hour))
			p.OK(reader.CatchUp(t.Context()))
			boards.Advance()
			p.OK(remindAll(t.Context(), p.Ledger, boards, p.Tree))
		}
		for _, d := range []clock.Date{"2020-06-25", "2020-06-29", "2020-06-30"} {
			day(d)
			if err := p.courier.Round(t.Context()); err == nil {
				t.Error("no server answers, and the courier says nothing")
			}
		}
		p.server.Start()
		p.round()
		letters := p.server.Letters()
		if len(letters) != 1 || letters[0].To[0] != "pl@example.vn" {
			t.Fatalf("%d letters came, want one to pl@example.vn", len(letters))
		}
		body := parts(t, letters[0].Message)["text/plain"]
		if got := strings.Count(body, "Báo cáo “Tổ chức xong đại hội”\r\nhạn hôm nay"); got != 1 {
			t.Errorf("the letter tells of the congress %d times, want once, as it stands:\n%s", got, body)
		}
		var failed int
		p.OK(p.Ledger.DB().View(t.Context(), func(tx *sql.Tx) error {
			return tx.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM letter WHERE state = 'failed' AND trouble = 'address'`).Scan(&failed)
		}))
		if failed != 1 {
			t.Errorf("%d letters bounced, want that of the officer", failed)
		}
	})
}

func TestWhoeverWantsNoMailGetsNoneAndAnUrgedOneGoesAtOnce(t *testing.T) {
	p := newPost(t, t.TempDir()+"/giaoban.db")
	p.address("leader PL", "pl@example.vn")
	p.address("officer PL", "none@example.vn")
	p.round() // mail is set up before
	p.Update(func(tx *ledger.Tx) error { return remind.SetMailed(t.Context(), tx, p.People["officer PL"], false) })
	p.Update(func(tx *ledger.Tx) error {
		_, err := remind.Press(t.Context(), tx, p.People["officer QV"], remind.PressCommand{
			Key: "một", By: p.Units["QV"], Directive: p.Directive, Milestone: officetest.Held, Note: "Gửi trước 17 giờ.",
			Units: []board.Listed{{Unit: p.Units["PL"], Deadline: "2020-06-30"}},
		})
		return err
	})
	p.round()
	p.want("urged", p.sent(0), "pl@example.vn: Huyện ủy Quế Võ đôn đốc báo cáo")
	if body := parts(t, p.server.Letters()[0].Message)["text/plain"]; !strings.Contains(body, "Gửi trước 17 giờ.") || !strings.Contains(body, "https://giaoban.example.vn/work") {
		t.Errorf("the letter says:\n%s", body)
	}
}

func TestATrialLetterComesAtOnceAndSaysWhatIsWrong(t *testing.T) {
	p := newPost(t, t.TempDir()+"/giaoban.db")
	try := func(address string) letter.Trouble {
		why, _ := p.courier.Try(t.Context(), account.Person{ID: 1, Name: "Quản trị", Email: address})
		return why
	}
	if got := try("quan-tri@example.vn"); got != letter.NoTrouble {
		t.Errorf("a good address: %q", got)
	}
	p.want("the trial", p.sent(0), "quan-tri@example.vn: Thư thử của chương trình giao ban")
	if got := try("nobody@example.vn"); got != letter.Address {
		t.Errorf("an address that the server does not take: %q", got)
	}
	p.server.End()
	if got := try("quan-tri@example.vn"); got != letter.Unreachable {
		t.Errorf("no server: %q", got)
	}
}
