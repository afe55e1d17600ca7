package sheet_test

import (
	"testing"

	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/texttest"
)

func TestEveryTextIsThereAndUsed(t *testing.T) { texttest.Check(t, ".", sheet.Texts) }
