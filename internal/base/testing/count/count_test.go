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
