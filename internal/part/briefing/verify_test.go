package briefing_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/briefing"
)

func TestMinutesThatClaimAPasskeyMustProveIt(t *testing.T) {
	for method, want := range map[string][]briefing.Altered{
		account.ByPasskey:  {{Briefing: 7, Position: 12, What: "verify.passkey-missing"}},
		account.ByPassword: nil,
	} {
		payload, err := json.Marshal(briefing.SignedMinutes{Briefing: 7, Unit: 3, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		var v briefing.Verification
		if err := v.Each(ledger.Event{Position: 12, Kind: briefing.MinutesSigned, Actor: "person:1", Payload: payload}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, v.Wrong); diff != "" {
			t.Errorf("signed by %s (-want +got):\n%s", method, diff)
		}
	}
}
