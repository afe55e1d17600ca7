package text

import (
	"math"
	"strconv"
	"strings"
)

// Number writes a whole number with its thousands grouped: 51.985 in
// Vietnamese, 51,985 in English.
func Number(lang Lang, n int64) string {
	digits := strconv.FormatInt(n, 10)
	if n < 0 {
		return "-" + group(lang, digits[1:])
	}
	return group(lang, digits)
}

// Percent writes the share of done in total with one decimal: "99,8 %" in
// Vietnamese, "99.8%" in English. It says 100 only when all are done and 0
// only when none is, both without a decimal since they are exact: whatever
// lies between is never rounded to either. Of nothing there is no share: "–".
func Percent(lang Lang, done, total int) string {
	sign := " %"
	if lang == EN {
		sign = "%"
	}
	switch {
	case total <= 0:
		return "–"
	case done == 0:
		return "0" + sign
	case done == total:
		return "100" + sign
	}
	tenths := int64(math.Round(float64(done) * 1000 / float64(total)))
	if done > 0 && done < total {
		tenths = min(max(tenths, 1), 999)
	}
	return Decimal(tenths*decimalUnit/10).Fixed(lang, 1) + sign
}

// marks are the characters of a language between thousands and before decimals.
func marks(lang Lang) (thousands, decimal byte) {
	if lang == EN {
		return ',', '.'
	}
	return '.', ','
}

// group writes the language's mark between every three digits from the right.
func group(lang Lang, digits string) string {
	mark, _ := marks(lang)
	if len(digits) <= 3 {
		return digits
	}
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3)
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(mark)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// float writes a measured value with at most four decimals.
func float(lang Lang, f float64) string {
	scaled := math.Round(f * decimalUnit)
	if math.IsNaN(f) || math.Abs(scaled) >= math.MaxInt64 {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return Decimal(scaled).Format(lang)
}
