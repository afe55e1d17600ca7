package store

import (
	"strconv"
	"strings"
	"time"
)

// Batch is how many rows a statement of many rows inserts. SQLite looks each $n
// up among those before it, so the cost of a statement grows with the square of
// its values: 50 rows are several times as fast as 1,000, and on PostgreSQL
// enough to make round trips cheap.
const Batch = 50

// Places makes "($1,$2),($3,$4)": the values of n rows of width columns.
func Places(n, width int) string { return PlacesAfter(0, n, width) }

// PlacesAfter is as Places, for a statement that has so many values before.
func PlacesAfter(before, n, width int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for j := range width {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(before + i*width + j + 1))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// Micro is a moment as a column keeps it: microseconds UTC, 0 for none.
func Micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Moment reads what Micro wrote; 0 is the zero time.
func Moment(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}
