package folder_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// world is an organisation in which the district's leader decides with a pen: its
// officer prints, and enters what comes back.
type world struct {
	*officetest.World
	t     testing.TB
	files *file.Folder
	texts *text.Catalog
}

func each(t *testing.T, test func(t *testing.T, w world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(t, newWorld(t, url)) })
}

func newWorld(t testing.TB, url string) world {
	t.Helper()
	w := world{World: officetest.New(t, url), t: t}
	var err error
	w.files, err = file.OpenFolder(t.TempDir())
	w.OK(err)
	w.texts, err = text.Load(text.Texts, access.Texts, marking.Texts, profile.Texts, folder.Texts)
	w.OK(err)
	w.handOver("QV", "leader QV", "officer QV")
	return w
}

// handOver has a leader hand entering over to somebody of the unit, for the whole year.
func (w world) handOver(unit, leader, person string) {
	w.t.Helper()
	today := clock.DateOf(w.Clock.Now(), time.UTC)
	w.Update(func(tx *ledger.Tx) error {
		_, err := account.HandOver(w.t.Context(), tx, w.People[leader], account.DelegateCommand{
			Unit: w.Units[unit], Person: w.People[person].Person, Actions: []access.Action{access.FolderEnter},
			Form: account.ByOrder, Of: "bí thư", From: today, To: "2020-12-31", Today: today,
		})
		return err
	})
	w.renew(person)
}

// renew gives somebody the rights of today.
func (w world) renew(person string) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		actor, err := account.Actor(w.t.Context(), q, w.Tree, w.People[person].Person, clock.DateOf(w.Clock.Now(), time.UTC))
		w.People[person] = actor
		return err
	}))
}

// appoint gives somebody a post.
func (w world) appoint(unit, person, post string) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) error {
		_, err := org.Appoint(w.t.Context(), tx, w.People["leader "+unit], org.AppointCommand{
			Unit: w.Units[unit], Body: "standing-body", Post: post, Person: w.People[person].Person, Name: person, From: "2020-01-01",
		})
		return err
	})
}

func (w world) reader() folder.Reader {
	return folder.Reader{Texts: w.texts, Lang: text.VI, Zone: time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)}
}

// difficulty is one that a unit raises to the office above.
func (w world) difficulty(unit, title string) (d difficulty.Difficulty) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		d, err = difficulty.Raise(w.t.Context(), tx, w.People["officer "+unit], difficulty.RaiseCommand{
			Unit: w.Units[unit], Key: report.NewKey(), Sort: difficulty.Obstacle, Kind: "personnel", Title: title,
			Obstacle: "Danh sách dự kiến chưa đủ 15 % nữ.", Needs: "Hướng dẫn cơ cấu.",
		})
		return err
	})
	return d
}

// task is one that a unit gave to another.
func (w world) task(giver, to string) (t task.Task) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		t, err = task.Give(w.t.Context(), tx, w.People["officer "+giver], task.GiveCommand{
			Key: report.NewKey(), Giver: w.Units[giver], Source: task.Source{Kind: task.ByHand}, Title: "Rà soát nguồn cấp ủy nữ",
			Units: []tree.UnitID{w.Units[to]}, Deadline: "2020-07-15",
		})
		return err
	})
	return t
}

// finish has a unit say that its share is done.
func (w world) finish(t task.Task, unit string) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) error {
		_, err := task.Finish(w.t.Context(), tx, w.People["officer "+unit], task.FinishCommand{Task: t.ID, Unit: w.Units[unit], Text: "Đã rà soát, đủ 15 % nữ."})
		return err
	})
}

// ask has a unit ask for a later day.
func (w world) ask(t task.Task, unit string) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) error {
		_, err := task.Ask(w.t.Context(), tx, w.People["officer "+unit], t.ID, w.Units[unit], "2020-07-31", "Chờ kết quả kiểm tra.")
		return err
	})
}

// print has somebody print the folder of a leader.
func (w world) print(who, unit, leader, key string) (f folder.Folder, err error) {
	return w.printWith(w.reader(), who, unit, leader, key)
}

func (w world) printWith(reader folder.Reader, who, unit, leader, key string) (f folder.Folder, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		f, err = reader.Print(w.t.Context(), tx, w.People[who], folder.PrintCommand{Unit: w.Units[unit], Leader: w.People[leader].Person, Key: key})
		return err
	})
	return f, err
}

// printed is the slips of the district's leader.
func (w world) printed() []folder.Slip {
	w.t.Helper()
	f, err := w.print("officer QV", "QV", "leader QV", report.NewKey())
	w.OK(err)
	return w.slips(f.ID)
}

func (w world) slips(id int64) (list []folder.Slip) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		list, err = folder.Slips(w.t.Context(), q, id)
		return err
	}))
	return list
}

// of is the first slip of a kind.
func of(t testing.TB, list []folder.Slip, kind folder.Kind) folder.Slip {
	t.Helper()
	for _, s := range list {
		if s.Kind == kind {
			return s
		}
	}
	t.Fatalf("no slip of kind %q among %d", kind, len(list))
	return folder.Slip{}
}

// scan is a photograph of a slip; another seed is another one.
func (w world) scan(seed int) file.Upload {
	w.t.Helper()
	var b bytes.Buffer
	w.OK(png.Encode(&b, image.NewGray(image.Rect(0, 0, 8+seed, 8))))
	return w.take("phieu.png", &b)
}

func (w world) take(name string, content io.Reader) file.Upload {
	w.t.Helper()
	upload, err := w.files.Take(name, content)
	w.OK(err)
	return upload
}

// enter has somebody enter a slip.
func (w world) enter(who string, cmd folder.EnterCommand) (s folder.Slip, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		s, err = folder.Enter(w.t.Context(), tx, w.People[who], cmd)
		return err
	})
	return s, err
}

func (w world) command(s folder.Slip, choice folder.Choice, note string) folder.EnterCommand {
	return folder.EnterCommand{Code: string(s.Code), Choice: choice, Note: note, Scan: w.scan(0)}
}

// events are those of a subject.
func (w world) events(subject string) (list []ledger.Event) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		list, err = ledger.About(w.t.Context(), q, subject)
		return err
	}))
	return list
}

func refused(t testing.TB, what string, err error, kind fault.Kind, field string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want a fault of kind %s", what, err, kind)
		return
	}
	for _, one := range fault.All(err) {
		if one.Field == field {
			return
		}
	}
	t.Errorf("%s: %v, want a fault at %q", what, err, field)
}

// speak has somebody of the office say how a difficulty stands.
func (w world) speak(who string, id int64) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) error {
		_, err := difficulty.Speak(w.t.Context(), tx, w.People[who], id, "Đang xem xét.")
		return err
	})
}
