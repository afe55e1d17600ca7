package doctor

import (
	"testing"

	"giaoban/internal/base/testing/texttest"
)

func TestTextsAreUsedAndThere(t *testing.T) { texttest.Check(t, ".") }
