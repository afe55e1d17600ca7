package simulate

import (
	"context"
	"fmt"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news"
)

// clears has Bac Ninh's office ask for a public board of the figures that were closed,
// and its leader clear it.
func (t telling) clears(ctx context.Context, tx *ledger.Tx) error {
	d := t.meeting.demo
	officer, _, err := d.leader(ctx, tx, "bacninh-cv")
	if err != nil {
		return err
	}
	leader, _, err := d.leader(ctx, tx, "bacninh")
	if err != nil {
		return err
	}
	b, err := news.AskBoard(ctx, tx, officer, news.AskBoardCommand{
		Key: "demo", Unit: leader.Home(), Directive: t.directive, Title: "Tiến độ đại hội đảng các cấp tỉnh Bắc Ninh", Moment: closed(), Boards: d.Boards,
		Cells: []news.BoardCell{{Milestone: congress, Level: "grassroots"}, {Milestone: congress, Level: "above-grassroots"}, {Milestone: preparation, Level: "above-grassroots"}},
	})
	if err != nil {
		return fmt.Errorf("asking for a public board: %w", err)
	}
	if _, err = news.ClearBoard(ctx, tx, leader, news.ClearBoardCommand{Board: b.ID, Moment: b.AskedFor, Boards: d.Boards}); err != nil {
		return fmt.Errorf("clearing a public board: %w", err)
	}
	return nil
}
