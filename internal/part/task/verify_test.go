package task_test

import (
	"encoding/json"
	"testing"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/task"
)

func TestATaskThatClaimsAPasskeyMustProveIt(t *testing.T) {
	for method, wrong := range map[string]int{"": 0, account.ByPassword: 0, account.ByPasskey: 1} {
		payload, err := json.Marshal(task.Given{Task: 7, Giver: 3, Title: "Chuẩn bị đại hội", Method: method})
		if err != nil {
			t.Fatal(err)
		}
		var v task.Verification
		if err := v.Each(ledger.Event{Position: 5, Kind: task.WasGiven, Actor: "person:1", Payload: payload}); err != nil {
			t.Fatal(err)
		}
		if len(v.Wrong) != wrong {
			t.Errorf("signed by %q: %v, want %d found", method, v.Wrong, wrong)
		}
	}
}

func TestSignedTasksStandUpToTheLog(t *testing.T) {
	each(t, func(w world) {
		cmd := w.command("BN", "QV")
		cmd.Body, cmd.Signature = task.OfCommittee, officetest.Sign(w.People["leader BN"])
		_, err := w.give("leader BN", cmd)
		w.OK(err)
		events, err := ledger.After(t.Context(), w.Ledger.DB().Reader(), 0, 10_000)
		w.OK(err)
		var v task.Verification
		for _, e := range events {
			w.OK(v.Each(e))
		}
		if len(v.Wrong) != 0 {
			t.Errorf("%v, want nothing wrong", v.Wrong)
		}
	})
}
