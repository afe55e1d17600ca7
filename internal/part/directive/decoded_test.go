package directive_test

import (
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/directive"
)

// Documents that were issued are shared by all who read them.
func TestWhoWritesTheNextVersionDoesNotWriteIntoTheIssuedOne(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		name, day := d.Document.Milestones[0].Name, d.Document.Milestones[0].Deadlines[0].Date
		w.do(func(tx *ledger.Tx) error {
			begun, err := directive.BeginRevision(t.Context(), tx, w.leader(d.Unit), d.ID)
			if err != nil {
				return err
			}
			begun.Draft.Document.Milestones[0].Name.VI = "Việc khác"
			begun.Draft.Document.Milestones[0].Deadlines[0].Date = "2030-01-01"
			return nil
		})
		got := w.get(d.ID).Document.Milestones[0]
		if got.Name != name || got.Deadlines[0].Date != day {
			t.Errorf("the issued milestone is %v by %s now, want %v by %s", got.Name, got.Deadlines[0].Date, name, day)
		}
	})
}
