package briefingui

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
)

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", text.Texts, access.Texts, web.Texts, briefing.Texts, conclusion.Texts)
}
