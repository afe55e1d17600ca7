package register_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/register"
)

func TestAPaperThatClaimsAPasskeyMustProveIt(t *testing.T) {
	for method, want := range map[string][]register.Altered{
		account.ByPasskey:  {{Paper: 7, Position: 12, What: "verify.passkey-missing"}},
		account.ByPassword: nil,
	} {
		payload, err := json.Marshal(register.Act{Paper: 7, Unit: 3, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		var v register.Verification
		if err := v.Each(ledger.Event{Position: 12, Kind: register.WasSigned, Actor: "person:1", Payload: payload}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, v.Wrong); diff != "" {
			t.Errorf("signed by %s (-want +got):\n%s", method, diff)
		}
	}
}
