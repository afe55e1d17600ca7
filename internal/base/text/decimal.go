package text

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
)

// Decimal is a number with up to four decimals, kept exactly as a count of
// ten-thousandths, so that sums of figures are exact. It reaches to about 922
// trillion either way. Its text form in data is that of String.
type Decimal int64

// MostDecimals is how many decimals a Decimal can have.
const MostDecimals = 4

// decimalUnit is how many units of a Decimal make one.
const decimalUnit = 10_000

// Whole is the whole number n as a Decimal. n lies within ±922 trillion.
func Whole(n int64) Decimal { return Decimal(n * decimalUnit) }

// String is the canonical form, the same in every language and the one that is
// stored: "1234.5", no grouping, no needless zeros.
func (d Decimal) String() string {
	sign, whole, fraction := d.parts()
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}

// Format writes the number as a person of the language does, with as many
// decimals as it has: 1.234,5 in Vietnamese and 1,234.5 in English.
func (d Decimal) Format(lang Lang) string { return d.Fixed(lang, d.Decimals()) }

// Fixed writes the number with exactly so many decimals (0 to 4), rounded half
// away from zero.
func (d Decimal) Fixed(lang Lang, decimals int) string {
	decimals = min(max(decimals, 0), MostDecimals)
	sign, whole, fraction := d.round(decimals).parts()
	whole = group(lang, whole)
	if decimals == 0 {
		return sign + whole
	}
	_, mark := marks(lang)
	return sign + whole + string(mark) + fraction[:decimals]
}

// Decimals is how many decimals the number needs, 0 to 4.
func (d Decimal) Decimals() int {
	places := MostDecimals
	for rest := d % decimalUnit; places > 0 && rest%10 == 0; rest /= 10 {
		places--
	}
	return places
}

// MarshalText gives the canonical form.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the canonical form.
func (d *Decimal) UnmarshalText(canonical []byte) error {
	read, err := ReadDecimal(string(canonical))
	if err != nil {
		return err
	}
	*d = read
	return nil
}

// ReadDecimal reads a number in its canonical form, as stored; what a person
// typed is read by [ParseDecimal].
func ReadDecimal(canonical string) (Decimal, error) {
	whole, fraction, _ := strings.Cut(canonical, ".")
	d, err := assemble(strings.HasPrefix(canonical, "-"), strings.TrimPrefix(whole, "-"), fraction)
	if err != nil || d.String() != canonical {
		return 0, fmt.Errorf("reading %q: not a number such as 1234.5 with at most four decimals", canonical)
	}
	return d, nil
}

// ParseDecimal reads a number as a person types it: grouped or not, with the
// decimal mark of the language, or with the other one where it can mean
// nothing else. "1.234" is a thousand and more in Vietnamese and one and a bit
// in English; "1234.5" and "0.5" are the same in both. Errors are faults of
// kind Invalid: not a number, too many decimals, too large.
func ParseDecimal(lang Lang, s string) (Decimal, error) {
	typed, negative := unsign(fold.Name(s))
	whole, fraction, ok := split(lang, typed)
	if !ok {
		return 0, fault.New(fault.Invalid, "number.not-a-number", "typed", excerpt(s))
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > MostDecimals {
		return 0, fault.New(fault.Invalid, "number.too-fine", "typed", excerpt(s), "decimals", MostDecimals)
	}
	d, err := assemble(negative, whole, fraction)
	if err != nil {
		return 0, fault.New(fault.Invalid, "number.too-large", "typed", excerpt(s))
	}
	return d, nil
}

// unsign takes the sign off a typed number: a plus, a hyphen or a true minus.
func unsign(typed string) (unsigned string, negative bool) {
	for _, minus := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(typed, minus); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return strings.TrimSpace(strings.TrimPrefix(typed, "+")), false
}

// split divides an unsigned typed number into the digits before and after its
// decimal mark, or reports that it is none.
func split(lang Lang, typed string) (whole, fraction string, ok bool) {
	at := decimalMark(lang, typed)
	whole = typed
	if at >= 0 {
		whole, fraction = typed[:at], typed[at+1:]
		if fraction == "" || !isDigits(fraction) {
			return "", "", false
		}
		if whole == "" {
			return "0", fraction, true
		}
	}
	for _, mark := range []string{" ", ".", ","} {
		if strings.Contains(whole, mark) {
			if !isGrouped(whole, mark) {
				return "", "", false
			}
			return strings.ReplaceAll(whole, mark, ""), fraction, true
		}
	}
	return whole, fraction, isDigits(whole)
}

// decimalMark is where the decimal mark of a typed number stands, -1 if it has none.
func decimalMark(lang Lang, typed string) int {
	last := strings.LastIndexAny(typed, ".,")
	if last < 0 {
		return -1
	}
	mark := typed[last : last+1]
	_, own := marks(lang)
	switch {
	case strings.Count(typed, mark) > 1: // a number has one decimal mark: these group
		return -1
	case strings.ContainsAny(typed[:last], ".,"): // the other mark groups before it
		return last
	case mark[0] == own:
		return last
	case isGrouped(typed, mark):
		return -1
	}
	return last
}

// isGrouped reports whether the digits are grouped in threes by the mark.
func isGrouped(typed, mark string) bool {
	groups := strings.Split(typed, mark)
	first := groups[0]
	if len(first) < 1 || len(first) > 3 || first[0] == '0' || !isDigits(first) {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 || !isDigits(g) {
			return false
		}
	}
	return true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// assemble makes a number of its digits; fraction has at most four.
func assemble(negative bool, whole, fraction string) (Decimal, error) {
	if !isDigits(whole) || len(fraction) > MostDecimals || fraction != "" && !isDigits(fraction) {
		return 0, strconv.ErrSyntax
	}
	digits := whole + fraction + strings.Repeat("0", MostDecimals-len(fraction))
	if negative {
		digits = "-" + digits
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return Decimal(n), err
}

// round gives the number rounded half away from zero to so many decimals.
func (d Decimal) round(decimals int) Decimal {
	step := Decimal(1)
	for range MostDecimals - decimals {
		step *= 10
	}
	rest := d % step
	switch {
	case rest >= step-rest && rest > 0:
		return d - rest + step
	case -rest >= step+rest && rest < 0:
		return d - rest - step
	}
	return d - rest
}

// parts are the sign, the whole digits and four decimals.
func (d Decimal) parts() (sign, whole, fraction string) {
	size := uint64(d)
	if d < 0 {
		sign, size = "-", -size
	}
	return sign, strconv.FormatUint(size/decimalUnit, 10), fmt.Sprintf("%04d", size%decimalUnit)
}

// excerpt is what was typed, short enough to stand in a message.
func excerpt(s string) string {
	const most = 40
	s = fold.Name(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
