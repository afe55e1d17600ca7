package simulate

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/document"
	"giaoban/internal/part/org"
)

// papers writes what the sites read beforehand, of the figures that were closed: the
// report that the briefing opens on, and Bac Ninh's table of whose congress is ahead.
func (m *meeting) papers(ctx context.Context) ([]briefing.HandOutCommand, error) {
	d, reader := m.demo, m.demo.Ledger.DB().Reader()
	b, err := briefing.Get(ctx, reader, m.id)
	if err != nil {
		return nil, err
	}
	items, err := briefing.Items(ctx, reader, m.id)
	if err != nil {
		return nil, err
	}
	position, err := ledger.PositionAt(ctx, reader, closed())
	if err != nil {
		return nil, err
	}
	p, err := org.Profile(ctx, reader)
	if err != nil {
		return nil, err
	}
	as := board.Moment{Position: position, Day: clock.DateOf(closed(), closed().Location())}
	whole, err := d.Boards.ReadAt(m.directive, m.host, as, 0)
	if err != nil {
		return nil, err
	}
	home := m.site("Tỉnh Bắc Ninh")
	own, err := d.Boards.ReadAt(m.directive, home, as, 0)
	if err != nil {
		return nil, err
	}
	review := briefing.ReviewPaper(d.Texts, text.VI, briefing.Review{
		Briefing: b, Letterhead: briefing.Letterhead{Issuer: "Văn phòng", Place: "Hà Nội"}, Motto: p.Motto.In(text.VI), Host: m.name(m.host),
		View: whole, As: closed(), Name: m.name, Level: func(key string) text.Words { level, _ := p.Level(key); return level.Name }, Zone: closed().Location(),
	})
	var list []briefing.HandOutCommand
	for _, one := range []struct {
		cmd   briefing.HandOutCommand
		paper document.Paper
	}{
		{briefing.HandOutCommand{Unit: m.host, Key: "review", Title: "Báo cáo tiến độ thực hiện Chỉ thị 35-CT/TW"}, review},
		{briefing.HandOutCommand{Unit: home, Key: "ahead", Item: items[2].ID, Title: "Biểu: các đảng bộ chưa hoàn thành đại hội"}, m.ahead(own)},
	} {
		content, err := one.paper.PDF()
		if err != nil {
			return nil, err
		}
		one.cmd.Briefing = m.id
		if one.cmd.Upload, err = d.Files.Take(one.cmd.Title+".pdf", bytes.NewReader(content)); err != nil {
			return nil, err
		}
		list = append(list, one.cmd)
	}
	return list, nil
}

// ahead is the table of the committees of a province whose congress is not done.
func (m *meeting) ahead(v board.View) document.Paper {
	table := document.Table{Columns: []document.Column{
		{Title: "STT", Width: 1, Align: document.AlignCentre}, {Title: "Đảng bộ", Width: 5}, {Title: "Tình hình", Width: 5},
	}}
	for _, row := range v.Rows {
		for c, column := range v.Columns {
			if cell := row.Cells[c]; column.Milestone == congress && column.Level == "above-grassroots" && cell.Total > cell.Done {
				table.Rows = append(table.Rows, []string{strconv.Itoa(len(table.Rows) + 1), m.name(row.Unit), standing(cell)})
			}
		}
	}
	return document.Paper{
		Lang: string(text.VI), Made: closed(), Motto: "Đảng Cộng sản Việt Nam", Above: "Tỉnh ủy Bắc Ninh", Issuer: "Văn phòng",
		Dated: "Bắc Ninh, ngày 09 tháng 7 năm 2020", Kind: "Biểu", Subject: "các đảng bộ cấp trên cơ sở chưa hoàn thành đại hội", Body: []document.Block{table},
		Signatures: []document.Signature{{Post: "Chánh Văn phòng", Name: "Lê Quốc Hùng"}},
	}
}

// standing is how far a committee is.
func standing(c board.Cell) string {
	switch {
	case c.Apart > 0:
		return "Được hoãn"
	case c.Waiting > 0:
		return "Đã gửi báo cáo, chờ duyệt"
	case c.Provisional > 0:
		return "Báo qua điện thoại, chờ xác nhận"
	}
	return "Chưa báo cáo"
}

// handOut sends the papers round on the evening before; some read them at once.
func (m *meeting) handOut(ctx context.Context, tx *ledger.Tx, papers []briefing.HandOutCommand) error {
	for i, cmd := range papers {
		by := m.writes
		if cmd.Unit != m.host {
			var err error
			if by, _, err = m.demo.leader(ctx, tx, "bacninh"); err != nil {
				return err
			}
		}
		tx.SetNow(m.demo.at(9, 17, 20+10*i))
		h, err := briefing.HandOut(ctx, tx, by, cmd)
		if err != nil {
			return fmt.Errorf("%s: %w", cmd.Title, err)
		}
		for n, login := range []string{"bacninh", "bacninh-cv", "hanoi"}[:3-i] {
			reads, _, err := m.demo.leader(ctx, tx, login)
			if err != nil {
				return err
			}
			tx.SetNow(m.demo.at(9, 17, 21+10*i+2*n))
			if err := briefing.OpenHandout(ctx, tx, reads, m.id, h.ID, 0); err != nil {
				return fmt.Errorf("%s reads %s: %w", login, cmd.Title, err)
			}
		}
	}
	return nil
}
