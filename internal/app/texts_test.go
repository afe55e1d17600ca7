package app

import (
	"testing"

	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/web"
)

func TestTextsAreUsedAndThere(t *testing.T) {
	texttest.Check(t, ".", texts, text.Texts, web.Texts, authority.Texts)
}
