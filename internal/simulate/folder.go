package simulate

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
)

// handsOver has Bac Ninh's leader hand over to an officer of the office what was decided
// on paper.
func (d Demo) handsOver(ctx context.Context, tx *ledger.Tx) error {
	leader, _, err := d.leader(ctx, tx, "bacninh")
	if err != nil {
		return err
	}
	_, officer, err := d.leader(ctx, tx, "bacninh-cv")
	if err != nil {
		return err
	}
	home, err := unitNamed(d.Tree, []string{"Tỉnh Bắc Ninh"})
	if err != nil {
		return err
	}
	at := d.at(6, 9, 20)
	tx.SetNow(at)
	today := clock.DateOf(at, at.Location())
	_, err = account.HandOver(ctx, tx, leader, account.DelegateCommand{
		Unit: home, Person: officer.ID, Actions: []access.Action{access.FolderEnter}, Form: account.ByOrder, Of: "Chánh Văn phòng",
		From: today, To: clock.Day(2020, 12, 31), Today: today,
	})
	return err
}
