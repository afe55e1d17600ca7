package difficultyui_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/difficulty/difficultyui"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", difficultyui.Texts, difficulty.Texts, access.Texts, web.Texts, text.Texts)
}
