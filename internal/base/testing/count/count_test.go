package count_test

import (
	"testing"

	"giaoban/internal/base/testing/count"
)

func TestCountsAreLargeOnlyInTheFullRun(t *testing.T) {
	for _, test := range []struct {
		full string
		want int
	}{{"", 3}, {"0", 3}, {"1", 500}} {
		t.Setenv("GIAOBAN_FULL", test.full)
		if got := count.Of(3, 500); got != test.want {
			t.Errorf("with GIAOBAN_FULL=%q the count is %d, want %d", test.full, got, test.want)
		}
	}
}

func TestASeedIsTheUsualOneUnlessAnotherIsAskedFor(t *testing.T) {
	for _, test := range []struct {
		asked string
		want  uint64
	}{{"", 5}, {"7", 7}, {"seven", 5}} {
		t.Setenv("GIAOBAN_SEED", test.asked)
		if got := count.Seed(5); got != test.want {
			t.Errorf("with GIAOBAN_SEED=%q the seed is %d, want %d", test.asked, got, test.want)
		}
	}
}
