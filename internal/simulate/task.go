package simulate

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/task"
)

// gives has the Central Office ask the offices that come to the briefing for the days of
// the congresses that are left, before it.
func (m *meeting) gives(ctx context.Context, tx *ledger.Tx) error {
	tx.SetNow(m.demo.at(6, 10, 30))
	t, err := task.Give(ctx, tx, m.writes, task.GiveCommand{
		Key: "demo", Giver: m.host, Units: m.sites, Deadline: "2020-07-09",
		Source: task.Source{Kind: task.FromDirective, ID: m.directive, Title: "35-CT/TW"},
		Title:  "Gửi lịch đại hội các đảng bộ cấp trên trực tiếp cơ sở còn lại",
		Text:   "Ghi rõ ngày, nơi tổ chức và đồng chí cấp ủy cấp trên dự, chỉ đạo.",
	})
	m.task = t.ID
	return err
}

// does has the offices do so: most are verified, some wait for it, a few are late, and one
// of those has asked for more days.
func (m *meeting) does(ctx context.Context, tx *ledger.Tx) error {
	tx.SetNow(m.demo.at(9, 16, 40))
	asked := false
	for i, unit := range m.sites {
		actor := access.Program(m.demo.Tree)
		actor.Name = "Văn phòng " + m.name(unit)
		var err error
		switch name := m.name(unit); {
		case i%8 != 7 || name == "Tỉnh Bắc Ninh" || name == "Thành phố Hà Nội":
			err = m.finish(ctx, tx, actor, i)
		case !asked:
			asked = true
			_, err = task.Ask(ctx, tx, actor, m.task, unit, "2020-07-15", "Mưa lũ, hai huyện chưa chốt được nơi tổ chức.")
		default:
			_, err = task.Acknowledge(ctx, tx, actor, m.task, unit)
		}
		if err != nil {
			return fmt.Errorf("the work of %s: %w", m.name(unit), err)
		}
	}
	return nil
}

// finish says that a site's share is done; of eight, six are verified at once.
func (m *meeting) finish(ctx context.Context, tx *ledger.Tx, actor access.Actor, i int) error {
	_, err := task.Finish(ctx, tx, actor, task.FinishCommand{Task: m.task, Unit: m.sites[i], Text: "Đã gửi lịch của tất cả các đảng bộ còn lại."})
	if err != nil || i%8 == 6 {
		return err
	}
	_, err = task.Verify(ctx, tx, m.writes, m.task, m.sites[i])
	return err
}
