package account_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/texttest"
)

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", access.Texts)
}
