package directive_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/part/directive"
)

func TestADraftAboveTheCeilingIsNotKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d, leader := w.draft(w.centre, "plain", document()), w.leader(w.centre)
		secret := document()
		secret.Marks = marking.Marks{Secrecy: marking.Secret, Urgency: marking.Flash}
		save := func() error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := directive.Save(t.Context(), tx, leader, directive.SaveCommand{Directive: d.ID, Revision: d.Revision, Draft: directive.Draft{Document: secret}})
				return err
			})
		}
		refused(t, "saving a secret draft", save(), fault.Invalid, "marking.above-ceiling.ordinary")
		refused(t, "beginning a secret draft", w.try(func(tx *ledger.Tx) error {
			_, err := directive.Create(t.Context(), tx, leader, directive.CreateCommand{Unit: w.centre, Key: "secret", Draft: directive.Draft{Document: secret}})
			return err
		}), fault.Invalid, "marking.above-ceiling.ordinary")
		if kept := w.get(d.ID).Draft.Document.Marks; kept.Any() {
			t.Errorf("the draft is marked %+v", kept)
		}
		ceiling := func(level marking.Secrecy) {
			w.do(func(tx *ledger.Tx) error {
				return marking.SetCeiling(t.Context(), tx, access.CommandLine(w.tree), w.centre, level)
			})
		}
		ceiling(marking.Secret)
		if err := save(); err != nil {
			t.Fatalf("within the ceiling: %v", err)
		}
		ceiling(marking.Ordinary)
		refused(t, "issuing after the ceiling was lowered", w.try(func(tx *ledger.Tx) error {
			_, err := directive.Issue(t.Context(), tx, leader, directive.IssueCommand{Directive: d.ID, Revision: d.Revision + 1, Signature: w.signature(leader)})
			return err
		}), fault.Invalid, "marking.above-ceiling.ordinary")
	})
}
