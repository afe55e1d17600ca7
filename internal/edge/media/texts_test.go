package media_test

import (
	"testing"

	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/edge/media"
)

func TestTextsAreUsedAndThere(t *testing.T) { texttest.Check(t, ".", media.Texts) }
