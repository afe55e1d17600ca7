package simulate

import (
	"context"
	"fmt"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/difficulty"
)

// hindered is what two committees of Bac Ninh found in their way in the week before the briefing.
var hindered = []struct {
	login, unit            string
	kind                   string
	title, obstacle, needs string
}{
	{
		"yenphong", "Huyện Yên Phong", "finance", "Hội trường huyện đang sửa chữa",
		"Hội trường trung tâm huyện đang sửa, đến hết tháng 7 mới xong; chưa có nơi đủ chỗ cho 250 đại biểu.",
		"Cho phép tổ chức đại hội tại hội trường của Trường Chính trị tỉnh.",
	},
	{
		"thuanthanh", "Huyện Thuận Thành", "personnel", "Thiếu nguồn cấp ủy nữ",
		"Danh sách dự kiến có 4/37 đồng chí nữ, chưa đủ 15 %; hai đồng chí trong quy hoạch xin không tham gia.",
		"Hướng dẫn bổ sung nguồn từ cơ sở.",
	},
}

// difficulties has the two committees say what is in their way.
func (d Demo) difficulties(ctx context.Context, tx *ledger.Tx, directive int64) error {
	for i, one := range hindered {
		actor, person, err := d.leader(ctx, tx, one.login)
		if err != nil {
			return err
		}
		unit, err := unitNamed(d.Tree, []string{"Tỉnh Bắc Ninh", one.unit})
		if err != nil {
			return err
		}
		actor.Name = person.Name
		tx.SetNow(d.at(6, 9, 30+20*i))
		_, err = difficulty.Raise(ctx, tx, actor, difficulty.RaiseCommand{
			Unit: unit, Key: "demo-" + one.login, Directive: directive, Milestone: congress, Sort: difficulty.Obstacle,
			Kind: one.kind, Title: one.title, Obstacle: one.obstacle, Needs: one.needs,
		})
		if err != nil {
			return fmt.Errorf("%s raises a difficulty: %w", one.unit, err)
		}
	}
	return nil
}

// answered has Bac Ninh answer the second of them; the first still waits.
func (d Demo) answered(ctx context.Context, tx *ledger.Tx) error {
	unit, err := unitNamed(d.Tree, []string{"Tỉnh Bắc Ninh", hindered[1].unit})
	if err != nil {
		return err
	}
	list, err := difficulty.RaisedBy(ctx, tx, unit)
	if err != nil {
		return err
	}
	actor, person, err := d.leader(ctx, tx, "bacninh")
	if err != nil {
		return err
	}
	actor.Name = person.Name
	tx.SetNow(d.at(9, 16, 35))
	_, err = difficulty.Answer(ctx, tx, actor, list[0].ID, "Ban Tổ chức Tỉnh ủy đồng ý giới thiệu thêm hai đồng chí nữ từ cơ sở; gửi danh sách trước ngày 15/7.")
	return err
}
