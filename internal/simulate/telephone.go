package simulate

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
)

// call is what a committee told an office by telephone or chat before the
// briefing, and has not confirmed.
type call struct {
	login    string // of who took it
	unit     tree.UnitID
	source   report.Source
	said     string
	held     clock.Date
	convened string
	present  string
	elected  string
}

// telephone is the half hour before the briefing: offices enter what committees
// told them, and two committees stand apart by a decision. None of it is counted
// as done, so the story's figures are the same with it.
func (d Demo) telephone(ctx context.Context, tx *ledger.Tx, id int64) error {
	home, err := unitNamed(d.Tree, []string{"Tỉnh Bắc Ninh"})
	if err != nil {
		return err
	}
	capital, err := unitNamed(d.Tree, []string{"Thành phố Hà Nội"})
	if err != nil {
		return err
	}
	unheard, err := d.unheard(ctx, tx, id, congress, capital, 2)
	if err != nil {
		return err
	}
	spared, err := d.unheard(ctx, tx, id, preparation, capital, 1)
	if err != nil {
		return err
	}
	for _, s := range []directive.StandingCommand{
		{
			Milestone: congress, Unit: childNamed(d.Tree, home, "Công an tỉnh"), Standing: "postponed", Until: "2020-09-15", Decision: "1187-QĐ/TU", By: home,
			Reason: "Sắp xếp tổ chức sau khi bố trí công an chính quy về xã.", Signature: decides("Trịnh Quang Thái", "Phó Bí thư Thường trực Tỉnh ủy"),
		},
		{
			Milestone: preparation, Unit: spared[0], Standing: "exempt", Decision: "2214-QĐ/TU", By: capital,
			Reason: "Công tác chuẩn bị do Thành ủy trực tiếp chỉ đạo và báo cáo.", Signature: decides("Lưu Thị Minh Nguyệt", "Phó Bí thư Thường trực Thành ủy"),
		},
	} {
		tx.SetNow(Morning().Add(-40 * time.Minute))
		s.Directive = id
		if _, err := directive.SetStanding(ctx, tx, access.Program(d.Tree), s); err != nil {
			return fmt.Errorf("the standing of unit %d: %w", s.Unit, err)
		}
	}
	for i, c := range []call{
		{"bacninh-cv", childNamed(d.Tree, home, "Thị xã Từ Sơn"), report.ByPhone, "Đ/c Ngô Thị Liên, Chánh Văn phòng Thị ủy", "2020-07-09", "212", "210", "39"},
		{"hanoi", unheard[0], report.ByPhone, "Đ/c Phan Văn Lộc, Phó Chánh Văn phòng", "2020-07-08", "198", "197", "37"},
		{"hanoi", unheard[1], report.ByChat, "Đ/c Bùi Thu Trang, chuyên viên văn phòng", "2020-07-09", "175", "175", "35"},
	} {
		tx.SetNow(Morning().Add(time.Duration(i-30) * time.Minute))
		if err := d.take(ctx, tx, id, c); err != nil {
			return fmt.Errorf("what unit %d told: %w", c.unit, err)
		}
	}
	return nil
}

// take enters what was told, as the person who took the call.
func (d Demo) take(ctx context.Context, tx *ledger.Tx, id int64, c call) error {
	p, err := account.FindLogin(ctx, tx, c.login)
	if err != nil {
		return err
	}
	above, _ := d.Tree.Unit(c.unit)
	actor := access.Actor{Person: p.ID, Name: p.Name, Grants: []access.Grant{{Unit: above.Parent, Role: access.Officer}}, Tree: d.Tree}
	_, err = report.Tell(ctx, tx, actor, report.TellCommand{
		Slot:    report.Slot{Directive: id, Milestone: congress, Unit: c.unit},
		Telling: report.Telling{By: above.Parent, Source: c.source, Said: c.said, At: tx.Now()},
		Values: map[string]string{
			"held-on": text.Date(text.VI, c.held), "delegates-convened": c.convened, "delegates-present": c.present, "members-elected": c.elected,
		},
		Lang: text.VI,
	})
	return err
}

// unheard finds the first units below another that have sent nothing.
func (d Demo) unheard(ctx context.Context, tx *ledger.Tx, id int64, milestone string, above tree.UnitID, wanted int) ([]tree.UnitID, error) {
	standings, err := report.ChildStandings(ctx, tx, id, milestone, above)
	if err != nil {
		return nil, err
	}
	var list []tree.UnitID
	for _, u := range d.Tree.Children(above) {
		if _, heard := standings[u.ID]; !heard && len(list) < wanted {
			list = append(list, u.ID)
		}
	}
	if len(list) < wanted {
		return nil, fmt.Errorf("only %d units below %d have sent nothing for %s, want %d", len(list), above, milestone, wanted)
	}
	return list, nil
}

// decides is the signature under a decision that nobody signed.
func decides(name, post string) account.Signature {
	return account.Signature{Name: name, Capacity: account.Capacity{Post: post}, Method: Simulated}
}
