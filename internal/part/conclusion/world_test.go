package conclusion_test

import (
	"testing"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/register"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// world is an organisation whose centre has held a meeting, on 26 June 2020.
type world struct {
	*officetest.World
	t      testing.TB
	boards *board.Boards
	reader *follow.Reader
	m      conclusion.Meeting
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(newWorld(t, url)) })
}

func newWorld(t testing.TB, url string) *world {
	w := &world{World: officetest.New(t, url), t: t}
	w.boards = board.New(w.Clock)
	w.reader = follow.NewReader(w.Ledger, 0, w.boards.Apply)
	w.m = conclusion.Meeting{
		ID: 7, Unit: w.Units["TW"], Directive: w.Directive, Title: "Giao ban trực tuyến", Held: w.Clock.Now().Add(-time.Hour), Chair: "Đồng chí Chánh Văn phòng",
	}
	return w
}

const deadline = clock.Date("2020-08-31")

// command is a conclusion as the office writes it: for all provinces.
func (w *world) command(title string) conclusion.WriteCommand {
	return conclusion.WriteCommand{
		Key: report.NewKey(), Title: title, Deadline: deadline, To: conclusion.Assignees{Way: conclusion.OfLevel, Level: "provincial"},
	}
}

func (w *world) write(who string, cmd conclusion.WriteCommand) (c conclusion.Conclusion, err error) {
	err = w.Try(func(tx *ledger.Tx) (err error) {
		c, err = conclusion.Write(w.Ctx(), tx, w.People[who], w.m, cmd)
		return err
	})
	return c, err
}

func (w *world) written(title string) conclusion.Conclusion {
	w.t.Helper()
	c, err := w.write("officer TW", w.command(title))
	w.OK(err)
	return c
}

func (w *world) approve(ids ...int64) error {
	w.t.Helper()
	w.OK(w.reader.CatchUp(w.Ctx()))
	var read []conclusion.Version
	for _, id := range ids {
		read = append(read, conclusion.Version{ID: id, Revision: w.now(id).Revision})
	}
	return w.approveAsRead(read...)
}

func (w *world) approveAsRead(read ...conclusion.Version) error {
	return w.Try(func(tx *ledger.Tx) error {
		return conclusion.Approve(w.Ctx(), tx, w.People["leader TW"], w.m, conclusion.ApproveCommand{Drafts: read, Boards: w.boards})
	})
}

func (w *world) approved(title string) conclusion.Conclusion {
	w.t.Helper()
	c := w.written(title)
	w.OK(w.approve(c.ID))
	return w.now(c.ID)
}

func (w *world) now(id int64) (c conclusion.Conclusion) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		c, err = conclusion.Get(w.Ctx(), q, id)
		return err
	}))
	return c
}

func (w *world) task(id int64) (t task.Task) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		t, err = task.Get(w.Ctx(), q, id)
		return err
	}))
	return t
}

func (w *world) prepare() (n conclusion.Notice, err error) {
	err = w.Try(func(tx *ledger.Tx) (err error) {
		n, err = conclusion.Prepare(w.Ctx(), tx, w.People["officer TW"], w.m, conclusion.PrepareCommand{
			Key: report.NewKey(), Head: conclusion.Head{Issuer: "Văn phòng Trung ương", Place: "Hà Nội", Subject: "kết luận giao ban"},
		})
		return err
	})
	return n, err
}

func (w *world) signs(n conclusion.Notice) error {
	return w.Try(func(tx *ledger.Tx) error {
		return conclusion.SignNotice(w.Ctx(), tx, w.People["leader TW"], w.m, n.ID, "", w.signature("leader TW"))
	})
}

// signature is somebody's, by password.
func (w *world) signature(who string) account.Signature {
	return account.Signature{Person: w.People[who].Person, Name: who, Method: account.ByPassword}
}

func (w *world) issue(n conclusion.Notice) error {
	return w.Try(func(tx *ledger.Tx) error {
		return conclusion.IssueNotice(w.Ctx(), tx, w.People["officer TW"], w.m, n.ID)
	})
}

// prepared is a notice of all that is approved, signed and numbered.
func (w *world) prepared() conclusion.Notice {
	w.t.Helper()
	n, err := w.prepare()
	w.OK(err)
	w.OK(w.signs(n))
	w.Update(func(tx *ledger.Tx) error {
		_, err := register.Number(w.Ctx(), tx, w.People["officer TW"], register.NumberCommand{Paper: n.Paper.ID, Dated: "2020-06-26"})
		return err
	})
	return n
}

// issued is a notice as prepared, issued.
func (w *world) issued() conclusion.Notice {
	w.t.Helper()
	n := w.prepared()
	w.OK(w.issue(n))
	w.OK(w.View(func(q store.Querier) (err error) {
		n, err = conclusion.NoticeOf(w.Ctx(), q, w.m.ID, n.ID)
		return err
	}))
	return n
}

func (w *world) units(codes ...string) (list []tree.UnitID) {
	for _, code := range codes {
		list = append(list, w.Units[code])
	}
	return list
}

func refused(t testing.TB, what string, err error, kind fault.Kind, fields ...string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want a fault of kind %s", what, err, kind)
		return
	}
	for _, field := range fields {
		found := false
		for _, one := range fault.All(err) {
			found = found || one.Field == field
		}
		if !found {
			t.Errorf("%s: %v, want a fault at %q", what, err, field)
		}
	}
}
