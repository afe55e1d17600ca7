package exchange_test

import (
	"testing"

	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/part/news/exchange"
)

func TestEveryTextIsUsed(t *testing.T) { texttest.Check(t, ".", exchange.Texts) }
