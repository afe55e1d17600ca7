package mail_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/smtptest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/job"
	"giaoban/internal/edge/mail"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/remind"
)

var hanoi = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

// post is the small organisation with a mail server and a courier.
type post struct {
	*officetest.World
	t       *testing.T
	server  *smtptest.Server
	config  mail.Config
	machine *clock.Manual
	courier *mail.Courier
}

func newPost(t *testing.T, url string) *post {
	t.Helper()
	texts, err := text.Load(text.Texts, letter.Texts, remind.Texts)
	if err != nil {
		t.Fatal(err)
	}
	p := &post{World: officetest.New(t, url), t: t, server: smtptest.New(t), machine: clock.NewManual(time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC))}
	p.config = mail.Config{
		Server: mail.Server{Address: p.server.Address, From: "Văn phòng Trung ương <giaoban@example.vn>", Encryption: mail.Plain},
		Ledger: p.Ledger, Machine: p.machine, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Composer: letter.Composer{Texts: texts, Tree: p.Tree, Zone: hanoi, Address: "https://giaoban.example.vn"},
	}
	p.restart()
	return p
}

// restart is another process: nothing of the courier's memory is left.
func (p *post) restart() {
	p.t.Helper()
	var err error
	p.config.Jobs, err = openJobs(p.t.Context(), p.Ledger.DB(), "one", p.config.Log)
	p.OK(err)
	p.courier, err = mail.New(p.config)
	p.OK(err)
	p.OK(p.courier.Begin(p.t.Context()))
}

func openJobs(ctx context.Context, db *store.DB, name string, log *slog.Logger) (*job.Queue, error) {
	return job.Open(ctx, job.Config{DB: db, Name: name, Lanes: []string{mail.Lane}, Log: log})
}

func (p *post) address(who, email string) {
	p.t.Helper()
	p.Update(func(tx *ledger.Tx) error {
		return account.Change(p.t.Context(), tx, p.People[who], account.ChangeCommand{Person: p.People[who].Person, Name: who, Email: email})
	})
}

func (p *post) plan(title string, sites ...string) briefing.CallCommand {
	cmd := briefing.CallCommand{
		Unit: p.Units["TW"], Key: title, Title: title, Asked: "Số liệu đại hội;\ncác vướng mắc", Begins: p.Clock.Now().Add(48 * time.Hour).Truncate(time.Minute), Minutes: 90,
		Chair: briefing.Person{ID: p.People["leader TW"].Person, Name: "leader TW, Chánh Văn phòng"},
	}
	for _, site := range sites {
		cmd.Sites = append(cmd.Sites, p.Units[site])
	}
	return cmd
}

func (p *post) call(cmd briefing.CallCommand) (b briefing.Briefing) {
	p.t.Helper()
	p.Update(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(p.t.Context(), tx, p.People["leader TW"], cmd)
		return err
	})
	return b
}

func (p *post) change(b briefing.Briefing, cmd briefing.CallCommand) briefing.Briefing {
	p.t.Helper()
	p.Update(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Change(p.t.Context(), tx, p.People["leader TW"], b.ID, b.Revision, cmd)
		return err
	})
	return b
}

func (p *post) round() {
	p.t.Helper()
	p.OK(p.try())
}

// try writes letters and does at once what the jobs would do that are due.
func (p *post) try() error {
	if err := p.courier.Write(p.t.Context()); err != nil {
		return err
	}
	jobs, err := letter.Carriers(p.t.Context(), p.Ledger.DB().Reader())
	for _, id := range jobs {
		_, failed := p.courier.Carry(p.t.Context(), id)
		err = errors.Join(err, failed)
	}
	return err
}

// sent is to whom letters went, with their subjects, from the one after n.
func (p *post) sent(n int) (list []string) {
	p.t.Helper()
	for _, l := range p.server.Letters()[n:] {
		list = append(list, strings.Join(l.To, ",")+": "+subject(p.t, l.Message))
	}
	slices.Sort(list)
	return list
}

func subject(t *testing.T, m *netmail.Message) string {
	t.Helper()
	decoded, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

func (p *post) want(what string, got []string, want ...string) {
	p.t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		p.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// letters are what the outbox says, by the person's name.
func (p *post) letters(b briefing.Briefing) map[string]string {
	p.t.Helper()
	list, err := letter.Of(p.t.Context(), p.Ledger.DB().Reader(), b.ID)
	p.OK(err)
	got := map[string]string{}
	for _, l := range list {
		for name, actor := range p.People {
			if actor.Person == l.Person {
				got[name] = strings.TrimSpace(fmt.Sprintf("%s %s %s", l.Kind, l.State, l.Trouble))
			}
		}
	}
	return got
}

func TestAnInvitationItsNewTimeAndItsEndReachPeopleOnce(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		p.address("leader TW", "chair@example.vn")
		p.address("leader BN", "bn@example.vn")
		p.address("officer HN", "hn@example.vn")
		cmd := p.plan("Giao ban tháng 6", "BN", "HN")
		b := p.call(cmd)
		p.round()
		when := text.Moment(text.VI, cmd.Begins, hanoi)
		p.want("after the call", p.sent(0),
			"bn@example.vn: Giấy mời họp: Giao ban tháng 6 ("+when+")", "hn@example.vn: Giấy mời họp: Giao ban tháng 6 ("+when+")",
			"chair@example.vn: Giấy mời họp: Giao ban tháng 6 ("+when+")")
		if diff := cmp.Diff(map[string]string{
			"leader TW": "invited sent", "leader BN": "invited sent", "officer BN": "invited failed no-address",
			"officer HN": "invited sent", "leader HN": "invited failed no-address",
		}, p.letters(b)); diff != "" {
			t.Errorf("the outbox (-want +got):\n%s", diff)
		}
		for range 2 {
			p.restart()
			p.round()
		}
		p.want("after two restarts", p.sent(3))

		cmd.Begins, cmd.Sites = cmd.Begins.Add(6*time.Hour), []tree.UnitID{p.Units["BN"]}
		b = p.change(b, cmd)
		p.round()
		later := text.Moment(text.VI, cmd.Begins, hanoi)
		p.want("a new time, without Hà Nam", p.sent(3),
			"bn@example.vn: Đổi thời gian họp: Giao ban tháng 6 ("+later+")", "chair@example.vn: Đổi thời gian họp: Giao ban tháng 6 ("+later+")",
			"hn@example.vn: Thôi mời họp: Giao ban tháng 6 ("+later+")")

		cmd.Asked = "Không cần chuẩn bị"
		b = p.change(b, cmd)
		p.round()
		p.want("other words alone", p.sent(6))

		p.Update(func(tx *ledger.Tx) error {
			_, err := briefing.Cancel(t.Context(), tx, p.People["leader TW"], b.ID, "Bão số 3")
			return err
		})
		p.round()
		p.want("called off", p.sent(6), "bn@example.vn: Hủy họp: Giao ban tháng 6 ("+later+")", "chair@example.vn: Hủy họp: Giao ban tháng 6 ("+later+")")
		all := p.server.Letters()
		if last := parts(t, all[len(all)-1].Message); !strings.Contains(last["text/plain"], "Lý do: Bão số 3") || !strings.Contains(last["text/calendar"], "METHOD:CANCEL") {
			t.Errorf("the letter that calls it off says:\n%s\n%s", last["text/plain"], last["text/calendar"])
		}
	})
}

// parts are the parts of a letter, decoded, by their kind.
func parts(t *testing.T, m *netmail.Message) map[string]string {
	t.Helper()
	found := map[string]string{}
	var walk func(kind, encoding string, body io.Reader)
	walk = func(kind, encoding string, body io.Reader) {
		media, values, err := mime.ParseMediaType(kind)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(media, "multipart/") {
			reader := multipart.NewReader(body, values["boundary"])
			for {
				part, err := reader.NextRawPart()
				if err == io.EOF {
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				walk(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
			}
		}
		switch strings.ToLower(encoding) {
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		}
		content, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if found[media] == "" {
			found[media], found[media+" kind"] = strings.ReplaceAll(string(content), "\r\n ", ""), kind
		}
	}
	walk(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	return found
}

func TestALetterSaysWhatWhenAndWhereToAnswerInThePersonsLanguage(t *testing.T) {
	p := newPost(t, t.TempDir()+"/giaoban.db")
	p.address("leader BN", "bn@example.vn")
	p.address("officer BN", "en@example.vn")
	p.Update(func(tx *ledger.Tx) error {
		return account.SetLanguage(t.Context(), tx, p.People["officer BN"].Person, "en")
	})
	b := p.call(p.plan("Giao ban: “số liệu” <b>tháng 6</b>; lần 1, đợt 2", "BN"))
	p.round()
	list := p.server.Letters()
	if len(list) != 2 {
		t.Fatalf("%d letters, want 2", len(list))
	}
	vi, en := list[0], list[1]
	got := parts(t, vi.Message)
	for kind, words := range map[string][]string{
		"text/plain": {"Kính gửi leader BN,", "kính mời Tỉnh ủy Bắc Ninh", "Trả lời giấy mời:", fmt.Sprintf("https://giaoban.example.vn/briefings/%d", b.ID), "Chánh Văn phòng"},
		"text/html":  {"&lt;b&gt;tháng 6&lt;/b&gt;", "các vướng mắc", fmt.Sprintf(`href="https://giaoban.example.vn/briefings/%d"`, b.ID), `lang="vi"`},
		"text/calendar": {
			"METHOD:REQUEST\r\n", "SEQUENCE:1\r\n", fmt.Sprintf("UID:briefing-%d@giaoban.example.vn", b.ID), "DTSTART:20200628T014", `SUMMARY:Giao ban: “số liệu” <b>tháng 6</b>\; lần 1\, đợt 2`,
			`DESCRIPTION:Số liệu đại hội\;\ncác vướng mắc`, "mailto:bn@example.vn", "ORGANIZER;CN=", "mailto:giaoban@example.vn",
		},
		"text/calendar kind": {"method=REQUEST"},
	} {
		for _, word := range words {
			if !strings.Contains(got[kind], word) {
				t.Errorf("%s lacks %q:\n%s", kind, word, got[kind])
			}
		}
	}
	if words := parts(t, en.Message)["text/plain"]; !strings.Contains(words, "Dear officer BN,") || !strings.Contains(words, "Answer the invitation") {
		t.Errorf("in English:\n%s", words)
	}
	if vi.Header.Get("Auto-Submitted") != "auto-generated" || vi.Header.Get("Message-ID") == en.Header.Get("Message-ID") {
		t.Errorf("headers: %v", vi.Header)
	}
}

func TestWhatAServerRefusesIsToldAndTheOthersGo(t *testing.T) {
	p := newPost(t, t.TempDir()+"/giaoban.db")
	p.Person("third BN", "BN", access.Officer)
	p.address("leader BN", "nobody@example.vn")
	p.address("officer BN", "full@example.vn")
	p.address("third BN", "later@example.vn")
	p.address("leader HN", "hn@example.vn")
	b := p.call(p.plan("Giao ban", "BN", "HN"))
	p.round()
	if got := p.server.Letters(); len(got) != 1 || got[0].To[0] != "hn@example.vn" {
		t.Errorf("%d letters went, want the one to hn@example.vn", len(got))
	}
	want := map[string]string{
		"leader TW": "invited failed no-address", "leader BN": "invited failed address", "officer BN": "invited failed full",
		"third BN": "invited waiting later", "leader HN": "invited sent", "officer HN": "invited failed no-address",
	}
	if diff := cmp.Diff(want, p.letters(b)); diff != "" {
		t.Errorf("the outbox (-want +got):\n%s", diff)
	}
	p.server.Open()
	p.round()
	p.want("at once", p.sent(1))
	p.machine.Advance(time.Minute)
	p.round()
	if got := p.server.Letters(); len(got) != 2 || got[1].To[0] != "later@example.vn" {
		t.Errorf("a minute later %d letters went, want that to later@example.vn too", len(got))
	}

	p.address("leader BN", "bn@example.vn")
	p.Update(func(tx *ledger.Tx) error {
		n, err := letter.SendAgain(t.Context(), tx, p.People["officer TW"], b.ID, p.Units["BN"])
		if n != 2 {
			t.Errorf("%d letters to Bắc Ninh are sent again, want 2", n)
		}
		return err
	})
	p.round()
	if got := p.server.Letters(); len(got) != 3 || got[2].To[0] != "bn@example.vn" {
		t.Errorf("sent again: %d letters, want one more, to bn@example.vn", len(got))
	}
	err := p.Try(func(tx *ledger.Tx) error {
		_, err := letter.SendAgain(t.Context(), tx, p.People["leader BN"], b.ID, 0)
		return err
	})
	if err == nil {
		t.Error("a site has the host's letters sent again")
	}
}

func TestNothingIsLostOrSentTwiceWhileNoServerAnswers(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		p.address("leader BN", "bn@example.vn")
		p.server.End()
		b := p.call(p.plan("Giao ban", "BN"))
		for range 2 {
			if err := p.try(); err == nil {
				t.Error("no server answers, and the courier says nothing")
			}
			p.restart()
		}
		if got := p.letters(b)["leader BN"]; got != "invited waiting unreachable" {
			t.Errorf("while no server answers: %q", got)
		}
		p.server.Start()
		p.round()
		p.restart()
		p.round()
		if got := p.server.Letters(); len(got) != 1 {
			t.Errorf("once it answers: %d letters, want 1", len(got))
		}
	})
}

// A backup holds letters and no jobs: after a restore each that waits has one again.
func TestLettersWhoseJobsAreGoneGetNewOnes(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		p.address("leader BN", "bn@example.vn")
		p.server.End()
		p.call(p.plan("Giao ban", "BN"))
		if err := p.try(); err == nil {
			t.Error("no server answers, and the courier says nothing")
		}
		jobs := func() []int64 {
			t.Helper()
			list, err := letter.Carriers(t.Context(), p.Ledger.DB().Reader())
			p.OK(err)
			return list
		}
		before := jobs()
		p.restart()
		if diff := cmp.Diff(before, jobs()); diff != "" {
			t.Errorf("a job that is still there lost its letters (-want +got):\n%s", diff)
		}
		_, err := p.Ledger.DB().Writer().ExecContext(t.Context(), `DELETE FROM river_job`)
		p.OK(err)
		p.restart()
		if left := jobs(); len(left) != 0 {
			t.Errorf("jobs %v carry letters and are gone", left)
		}
		p.server.Start()
		p.round()
		p.want("once a server answers", p.sent(0), "bn@example.vn: "+subject(t, p.server.Letters()[0].Message))
	})
}

// Whoever heard nothing of a briefing hears nothing of its end, and of its newest time
// only.
func TestOnlyTheLastWordIsSent(t *testing.T) {
	p := newPost(t, t.TempDir()+"/giaoban.db")
	p.address("leader BN", "bn@example.vn")
	p.address("leader HN", "hn@example.vn")
	cmd := p.plan("Giao ban", "BN", "HN")
	b := p.call(cmd)
	cmd.Begins, cmd.Sites = cmd.Begins.Add(time.Hour), cmd.Sites[:1]
	p.change(b, cmd)
	p.round()
	p.want("called and changed at once", p.sent(0), "bn@example.vn: Giấy mời họp: Giao ban ("+text.Moment(text.VI, cmd.Begins, hanoi)+")")

	other := p.call(p.plan("Giao ban khác", "BN"))
	p.Update(func(tx *ledger.Tx) error {
		_, err := briefing.Cancel(t.Context(), tx, p.People["leader TW"], other.ID, "trùng lịch")
		return err
	})
	late := p.call(p.plan("Giao ban gấp", "BN"))
	p.Clock.Set(late.Begins)
	p.round()
	p.want("called off unheard of, and begun unheard of", p.sent(1))
}

func TestThoseWhoHaveNotAnsweredAreReminded(t *testing.T) {
	p := newPost(t, t.TempDir()+"/giaoban.db")
	p.address("leader BN", "bn@example.vn")
	p.address("leader HN", "hn@example.vn")
	cmd := p.plan("Giao ban", "BN", "HN")
	b := p.call(cmd)
	p.round()
	remind := func(who string) error {
		return p.Try(func(tx *ledger.Tx) error {
			if who == "leader BN" {
				_, err := briefing.Reply(t.Context(), tx, p.People[who], briefing.AnswerCommand{Briefing: b.ID, Unit: p.Units["BN"], Answer: briefing.Comes})
				return err
			}
			_, err := briefing.Remind(t.Context(), tx, p.People[who], b.ID)
			return err
		})
	}
	p.OK(remind("leader BN"))
	p.OK(remind("officer TW"))
	p.round()
	p.want("reminded", p.sent(2), "hn@example.vn: Đề nghị trả lời giấy mời: Giao ban ("+text.Moment(text.VI, cmd.Begins, hanoi)+")")
	if err := remind("officer TW"); err == nil {
		t.Error("sites are reminded twice within the hour")
	}
}

// A title cannot make headers, nor a name addresses.
func TestWordsStayWordsInTheHeadOfALetter(t *testing.T) {
	p := newPost(t, t.TempDir()+"/giaoban.db")
	p.address("leader BN", "bn@example.vn")
	p.Update(func(tx *ledger.Tx) error {
		return account.Change(t.Context(), tx, p.People["leader BN"], account.ChangeCommand{
			Person: p.People["leader BN"].Person, Name: `Lê "Ba", <x@evil.example>`, Email: "bn@example.vn",
		})
	})
	p.call(p.plan("Giao ban\r\nBcc: evil@evil.example\r\n\r\n<script>", "BN"))
	p.round()
	list := p.server.Letters()
	if len(list) != 1 || len(list[0].To) != 1 {
		t.Fatalf("%d letters", len(list))
	}
	if list[0].Header.Get("Bcc") != "" || !strings.Contains(subject(t, list[0].Message), "Giao ban Bcc: evil@evil.example <script>") {
		t.Errorf("the head is %v", list[0].Header)
	}
	to, err := list[0].Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != "bn@example.vn" || to[0].Name != `Lê "Ba", <x@evil.example>` {
		t.Errorf("it goes to %v (%v)", to, err)
	}
	if html := parts(t, list[0].Message)["text/html"]; strings.Contains(html, "<script>") {
		t.Error("the title is markup in the letter")
	}
}
