package ledger_test

import (
	"testing"

	"giaoban/internal/base/testing/texttest"
)

func TestEveryTextIsUsed(t *testing.T) { texttest.Check(t, ".") }
