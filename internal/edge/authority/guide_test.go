package authority_test

import (
	"testing"

	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/edge/authority"
)

func TestEveryTextIsThereAndUsed(t *testing.T) { texttest.Check(t, ".", authority.Texts) }

func TestEveryDeviceIsToldInAFewSteps(t *testing.T) {
	if len(authority.Guides) == 0 {
		t.Error("no device is told how to trust the authority")
	}
	for _, guide := range authority.Guides {
		if n := len(guide.Steps); n == 0 || n > 3 {
			t.Errorf("%s has %d steps, want 1 to 3", guide.Title, n)
		}
	}
}
