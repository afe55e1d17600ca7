package mail_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/part/board"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/remind"
)

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
		p.killed(life{Name: "one", URL: url, Server: p.server.Address, From: "2020-08-26", To: "2020-09-24"}, 6)

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
	p.crowd(n)
	p.round() // mail is set up before the day
	p.killed(life{Name: "one", URL: url, Server: p.server.Address, From: "2020-06-29", To: "2020-06-29"}, n/4, n/2, 3*n/4)
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

// Two processes on one database carry the letters of a day between them, and one of the
// two is killed while it does.
func TestTwoCouriersCarryEachLetterOnce(t *testing.T) {
	n := count.Of(200, 1000)
	url := pgtest.New(t)
	p := newPost(t, url)
	p.crowd(n)
	p.round() // mail is set up before the day
	one := life{Name: "one", URL: url, Server: p.server.Address, From: "2020-06-29", To: "2020-06-29"}
	two := one
	two.Name = "two"
	beside := two.start(t)
	p.killed(one, n/3)
	if err := beside.Wait(); err != nil {
		t.Fatal(err)
	}
	if repeats := p.repeats(n); repeats > 1 {
		t.Errorf("%d letters came twice after one kill, want at most the one in flight", repeats)
	}
	var carriers int
	p.OK(p.View(func(q store.Querier) error {
		return q.QueryRowContext(t.Context(), `SELECT COUNT(DISTINCT attempted_by[1]) FROM river_job WHERE kind = 'letters'`).Scan(&carriers)
	}))
	if carriers != 2 {
		t.Errorf("letters were carried by %d processes, want both", carriers)
	}
}

// While no server answers for days, digests do not pile up: the last tells all of them.
func TestAServerThatIsDownForDaysLeavesOneDigestThatTellsAll(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		p.address("leader PL", "pl@example.vn")
		p.address("officer PL", "nobody@example.vn") // bounces
		p.round()                                    // mail is set up before
		p.server.End()
		day := p.mornings()
		for _, d := range []clock.Date{"2020-06-25", "2020-06-29", "2020-06-30"} {
			day(d)
			if err := p.try(); err == nil {
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

// Who acts for a leader is written to once, whatever else that person is.
func TestWhoActsForALeaderGetsTheLeadersRemindersOnce(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		p.Person("deputy PL", "PL", access.Viewer)
		p.Person("viewer PL", "PL", access.Viewer)
		for who, address := range map[string]string{"deputy PL": "deputy@example.vn", "officer PL": "officer@example.vn", "viewer PL": "viewer@example.vn"} {
			p.address(who, address)
		}
		for _, who := range []string{"deputy PL", "officer PL"} {
			p.Update(func(tx *ledger.Tx) error {
				_, err := account.HandOver(t.Context(), tx, p.People["leader PL"], account.DelegateCommand{
					Unit: p.Units["PL"], Person: p.People[who].Person, Actions: []access.Action{access.ReportSubmit}, Form: account.InPlaceOf, Of: "bí thư",
					From: "2020-06-29", To: "2020-06-29", Today: "2020-06-26",
				})
				return err
			})
		}
		p.round() // mail is set up before
		day := p.mornings()
		for _, d := range []clock.Date{"2020-06-29", "2020-06-30"} {
			day(d)
			p.round()
		}
		to := map[string]int{}
		for _, l := range p.server.Letters() {
			to[l.To[0]]++
		}
		if diff := cmp.Diff(map[string]int{"deputy@example.vn": 1, "officer@example.vn": 2}, to); diff != "" {
			t.Errorf("letters of two days (-want +got):\n%s", diff)
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
