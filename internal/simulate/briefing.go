package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// meeting is the briefing of the morning: the Central Office with the offices of the
// 63 provinces and cities.
type meeting struct {
	demo      Demo
	random    *rand.Rand
	id        int64
	directive int64 // that it is about
	task      int64 // that was given to the sites before it
	host      tree.UnitID
	sites     []tree.UnitID // in the order of the roll
	chair     access.Actor
	writes    access.Actor // the secretary
}

// Who is not in the room at eight.
const (
	cutOff  = "Tỉnh Cao Bằng"
	missing = "Tỉnh Lai Châu"
)

// tardy are the sites that came after the roll call.
var tardy = []string{"Tỉnh Hà Giang", "Tỉnh Kon Tum"}

// at is a moment of the days of the story.
func (d Demo) at(day, hour, minute int) time.Time {
	return time.Date(2020, time.July, day, hour, minute, 0, 0, Morning().Location())
}

// closed is when the figures of the briefing are closed.
func closed() time.Time { return Demo{}.at(9, 17, 0) }

// call has the Central Office call the briefing, four days before.
func (d Demo) call(ctx context.Context, tx *ledger.Tx, directive int64) (*meeting, error) {
	root, _ := d.Tree.Root()
	m := &meeting{demo: d, random: rand.New(rand.NewPCG(2020, 10)), host: root.ID, directive: directive}
	for _, u := range d.Tree.Children(root.ID) {
		if u.Kind == "province" || u.Kind == "city" {
			m.sites = append(m.sites, u.ID)
		}
	}
	var chair, secretary briefing.Person
	var err error
	if m.chair, chair, err = d.leader(ctx, tx, "trunguong"); err != nil {
		return nil, err
	}
	if m.writes, secretary, err = d.leader(ctx, tx, "trunguong-cv"); err != nil {
		return nil, err
	}
	tx.SetNow(d.at(6, 9, 15))
	b, err := briefing.Call(ctx, tx, m.writes, briefing.CallCommand{
		Unit: root.ID, Key: "10-july", Directive: directive, Title: "Giao ban trực tuyến với văn phòng cấp ủy các tỉnh, thành phố",
		Asked:  "Tình hình tham mưu, phục vụ đại hội đảng bộ các cấp theo Chỉ thị 35-CT/TW; khó khăn, vướng mắc và kiến nghị.",
		Begins: d.at(10, 7, 45), Minutes: 120, Cutoff: closed(), Repeats: briefing.Monthly,
		Chair: chair, Secretaries: []briefing.Person{secretary}, Sites: m.sites, Media: true,
	})
	m.id = b.ID
	return m, err
}

// leader is somebody of the demonstration as who acts, and as briefings name them.
func (d Demo) leader(ctx context.Context, tx *ledger.Tx, login string) (access.Actor, briefing.Person, error) {
	p, err := account.FindLogin(ctx, tx, login)
	if err != nil {
		return access.Actor{}, briefing.Person{}, err
	}
	actor, err := account.Actor(ctx, tx, d.Tree, p.ID, clock.DateOf(Morning(), Morning().Location()))
	for _, post := range posts {
		if post.login == login {
			return actor, briefing.Person{ID: p.ID, Name: p.Name + ", " + post.title}, err
		}
	}
	return actor, briefing.Person{}, fmt.Errorf("nobody signs in as %q", login)
}

// answers has the sites answer on the two days after, while the story goes on.
func (m *meeting) answers(ctx context.Context, tx *ledger.Tx, goOn func(until time.Time) error) error {
	actor := access.Program(m.demo.Tree)
	for i, unit := range m.sites {
		at := m.demo.at(7+i/32, 7, 30).Add(time.Duration(i%32) * 16 * time.Minute)
		if err := goOn(at); err != nil {
			return err
		}
		tx.SetNow(at)
		answer := briefing.AnswerCommand{Briefing: m.id, Unit: unit, Answer: briefing.Comes}
		name := m.name(unit)
		switch {
		case name == "Tỉnh Bắc Ninh":
			answer.Topic, answer.Minutes = "Tiến độ đại hội các cấp; 5 đảng bộ cấp trên cơ sở còn lại", 10
		case name == "Thành phố Hà Nội":
			answer.Topic, answer.Minutes = "Công tác chuẩn bị Đại hội Đảng bộ Thành phố", 10
		case name == missing:
			continue
		case i%16 == 3:
			answer.Answer, answer.StandIn, answer.Reason = briefing.StandsIn, person(m.random)+", Phó Chánh Văn phòng", "Chánh Văn phòng dự đại hội cấp huyện"
		}
		if _, err := briefing.Reply(ctx, tx, actor, answer); err != nil {
			return fmt.Errorf("the answer of %s: %w", name, err)
		}
	}
	return nil
}

// agenda is as the secretary writes it on the evening before.
func (m *meeting) agenda(ctx context.Context, tx *ledger.Tx) error {
	tx.SetNow(m.demo.at(9, 16, 30))
	b, err := briefing.Get(ctx, tx, m.id)
	if err != nil {
		return err
	}
	_, err = briefing.SetAgenda(ctx, tx, m.writes, m.id, b.Revision, []briefing.ItemDraft{
		{Title: "Khai mạc, nêu mục đích, yêu cầu", Minutes: 5, Speaker: m.host},
		{Title: "Báo cáo kết quả tham mưu thực hiện Chỉ thị 35-CT/TW", Minutes: 15, Speaker: m.host, Unit: m.host, Milestone: congress},
		{Title: "Tiến độ đại hội các cấp của tỉnh", Minutes: 10, Speaker: m.site("Tỉnh Bắc Ninh"), Milestone: congress},
		{Title: "Chuẩn bị Đại hội Đảng bộ Thành phố", Minutes: 10, Speaker: m.site("Thành phố Hà Nội"), Milestone: preparation},
		{Title: "Khó khăn, vướng mắc về nhân sự và chính sách cán bộ", Minutes: 10, Speaker: m.site("Tỉnh Thanh Hóa")},
		{Title: "Trao đổi", Minutes: 40},
		{Title: "Kết luận", Minutes: 15, Speaker: m.host},
	})
	return err
}

func (m *meeting) name(unit tree.UnitID) string {
	u, _ := m.demo.Tree.Unit(unit)
	return u.Name
}

func (m *meeting) site(name string) tree.UnitID { return childNamed(m.demo.Tree, m.host, name) }

// begin is the first quarter of an hour: the sites come in, the roll is called, the
// Central Office reads the review. At eight it has the floor.
func (m *meeting) begin(ctx context.Context, tx *ledger.Tx) error {
	d := m.demo
	for _, step := range []struct {
		hour, minute int
		do           func() error
	}{
		{7, 31, func() error { return m.come(ctx, tx) }},
		{7, 45, func() error { _, err := briefing.Begin(ctx, tx, m.chair, m.id); return err }},
		{7, 46, func() error { _, err := briefing.MarkArrived(ctx, tx, m.writes, m.id); return err }},
		{7, 47, func() error {
			return m.mark(ctx, tx, cutOff, briefing.Excused, "Mưa lũ làm đứt đường truyền, gửi báo cáo bằng văn bản")
		}},
		{7, 48, func() error { return m.turn(ctx, tx, 0) }},
		{7, 51, func() error { return m.late(ctx, tx) }},
		{7, 54, func() error { return m.turn(ctx, tx, 1) }},
		{7, 57, func() error { return m.ask(ctx, tx) }},
		{7, 59, func() error {
			_, err := briefing.Raise(ctx, tx, access.Program(d.Tree), m.id, m.site("Tỉnh Quảng Ninh"), "Bố trí cán bộ không tái cử")
			return err
		}},
	} {
		tx.SetNow(d.at(10, step.hour, step.minute))
		if err := step.do(); err != nil {
			return fmt.Errorf("the briefing at %d:%02d: %w", step.hour, step.minute, err)
		}
	}
	return nil
}

// come brings the sites into the room, each with its list.
func (m *meeting) come(ctx context.Context, tx *ledger.Tx) error {
	actor := access.Program(m.demo.Tree)
	absent := map[string]bool{cutOff: true, missing: true}
	for _, name := range tardy {
		absent[name] = true
	}
	for i, unit := range append([]tree.UnitID{m.host}, m.sites...) {
		name := m.name(unit)
		if absent[name] {
			continue
		}
		tx.SetNow(m.demo.at(10, 7, 31).Add(time.Duration(i) * 11 * time.Second))
		list := briefing.ListCommand{Briefing: m.id, Unit: unit, Heads: 6 + m.random.IntN(20)}
		if name == "Tỉnh Bắc Ninh" {
			list.Heads = 12
			list.Attendees = []briefing.Attendee{
				{Name: "Lê Quốc Hùng", Post: "Chánh Văn phòng Tỉnh ủy"},
				{Name: "Phạm Ngọc Lan", Post: "Chuyên viên Văn phòng Tỉnh ủy"},
				{Name: person(m.random), Post: "Phó Trưởng Ban Tổ chức Tỉnh ủy"},
				{Name: person(m.random), Post: "Phó Trưởng Ban Tuyên giáo Tỉnh ủy", Absent: true, Reason: "Dự đại hội Đảng bộ huyện Yên Phong"},
			}
		}
		if err := m.enter(ctx, tx, actor, unit, list); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (m *meeting) enter(ctx context.Context, tx *ledger.Tx, actor access.Actor, unit tree.UnitID, list briefing.ListCommand) error {
	if _, err := briefing.Arrive(ctx, tx, actor, m.id, unit); err != nil {
		return err
	}
	_, err := briefing.KeepList(ctx, tx, actor, list)
	return err
}

func (m *meeting) late(ctx context.Context, tx *ledger.Tx) error {
	for _, name := range tardy {
		if _, err := briefing.Arrive(ctx, tx, access.Program(m.demo.Tree), m.id, m.site(name)); err != nil {
			return err
		}
		if err := m.mark(ctx, tx, name, briefing.Late, ""); err != nil {
			return err
		}
	}
	return nil
}

func (m *meeting) mark(ctx context.Context, tx *ledger.Tx, name string, as briefing.Presence, note string) error {
	_, err := briefing.Mark(ctx, tx, m.writes, briefing.MarkCommand{Briefing: m.id, Unit: m.site(name), Presence: as, Note: note})
	return err
}

// turn turns to an item of the agenda, counted from 0.
func (m *meeting) turn(ctx context.Context, tx *ledger.Tx, number int) error {
	items, err := briefing.Items(ctx, tx, m.id)
	if err != nil {
		return err
	}
	_, err = briefing.TurnTo(ctx, tx, m.chair, m.id, items[number].ID)
	return err
}

func (m *meeting) ask(ctx context.Context, tx *ledger.Tx) error {
	_, err := briefing.Ask(ctx, tx, access.Program(m.demo.Tree), briefing.AskCommand{
		Briefing: m.id, Unit: m.site("Tỉnh Nghệ An"), Key: "demo",
		Text: "Đơn vị chờ sáp nhập thì tổ chức đại hội trước hay sau khi sáp nhập?",
	})
	return err
}
