package text_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
)

func TestNumbersAreGroupedAsTheLanguageDoes(t *testing.T) {
	for _, c := range []struct {
		n      int64
		vi, en string
	}{
		{0, "0", "0"},
		{999, "999", "999"},
		{1000, "1.000", "1,000"},
		{51985, "51.985", "51,985"},
		{-51985, "-51.985", "-51,985"},
		{1234567, "1.234.567", "1,234,567"},
		{math.MinInt64, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"},
	} {
		if got := text.Number(text.VI, c.n); got != c.vi {
			t.Errorf("Number(vi, %d) = %q, want %q", c.n, got, c.vi)
		}
		if got := text.Number(text.EN, c.n); got != c.en {
			t.Errorf("Number(en, %d) = %q, want %q", c.n, got, c.en)
		}
	}
}

func TestPercentNeverFlattersNorDespairs(t *testing.T) {
	for _, c := range []struct {
		done, total int
		vi, en      string
	}{
		{51985, 52089, "99,8 %", "99.8%"},
		{6, 11, "54,5 %", "54.5%"},
		{1, 2, "50,0 %", "50.0%"},
		{0, 67, "0 %", "0%"},
		{67, 67, "100 %", "100%"},
		{52088, 52089, "99,9 %", "99.9%"},
		{1, 52089, "0,1 %", "0.1%"},
		{0, 0, "–", "–"},
		{3, 2, "150,0 %", "150.0%"},
		{3_000_000, 2, "150.000.000,0 %", "150,000,000.0%"},
	} {
		if got := text.Percent(text.VI, c.done, c.total); got != c.vi {
			t.Errorf("Percent(vi, %d, %d) = %q, want %q", c.done, c.total, got, c.vi)
		}
		if got := text.Percent(text.EN, c.done, c.total); got != c.en {
			t.Errorf("Percent(en, %d, %d) = %q, want %q", c.done, c.total, got, c.en)
		}
	}
}

func TestDecimalIsWritten(t *testing.T) {
	for _, c := range []struct {
		d                 text.Decimal
		canonical, vi, en string
		fixed             string // two decimals, Vietnamese
	}{
		{0, "0", "0", "0", "0,00"},
		{text.Whole(1234), "1234", "1.234", "1,234", "1.234,00"},
		{12345000, "1234.5", "1.234,5", "1,234.5", "1.234,50"},
		{-12345000, "-1234.5", "-1.234,5", "-1,234.5", "-1.234,50"},
		{1, "0.0001", "0,0001", "0.0001", "0,00"},
		{-5000, "-0.5", "-0,5", "-0.5", "-0,50"},
		{10050, "1.005", "1,005", "1.005", "1,01"},
		{-10050, "-1.005", "-1,005", "-1.005", "-1,01"},
		{10049, "1.0049", "1,0049", "1.0049", "1,00"},
		{9999999, "999.9999", "999,9999", "999.9999", "1.000,00"},
	} {
		t.Run(c.canonical, func(t *testing.T) {
			for what, pair := range map[string][2]string{
				"String":      {c.d.String(), c.canonical},
				"Format vi":   {c.d.Format(text.VI), c.vi},
				"Format en":   {c.d.Format(text.EN), c.en},
				"Fixed vi, 2": {c.d.Fixed(text.VI, 2), c.fixed},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s = %q, want %q", what, pair[0], pair[1])
				}
			}
		})
	}
}

func TestDecimalIsReadAsTyped(t *testing.T) {
	for _, c := range []struct {
		typed  string
		vi, en string // canonical, or the key of the fault
	}{
		{"148", "148", "148"},
		{"1.234", "1234", "1.234"},
		{"1,234", "1.234", "1234"},
		{"1.234,5", "1234.5", "1234.5"},
		{"1,234.5", "1234.5", "1234.5"},
		{"1234.5", "1234.5", "1234.5"},
		{"1234,5", "1234.5", "1234.5"},
		{"0.123", "0.123", "0.123"},
		{"0,123", "0.123", "0.123"},
		{"1.5", "1.5", "1.5"},
		{"1.234.567", "1234567", "1234567"},
		{"1 234 567", "1234567", "1234567"},
		{"1\u00a0234,5", "1234.5", "1234.5"},
		{"  -12,50 ", "-12.5", "-12.5"},
		{"−3", "-3", "-3"},
		{"+3", "3", "3"},
		{",5", "0.5", "0.5"},
		{"007", "7", "7"},
		{"-0", "0", "0"},
		{"1.2.3", "number.not-a-number", "number.not-a-number"},
		{"12,34.5", "number.not-a-number", "number.not-a-number"},
		{"5,", "number.not-a-number", "number.not-a-number"},
		{"", "number.not-a-number", "number.not-a-number"},
		{"-", "number.not-a-number", "number.not-a-number"},
		{"--5", "number.not-a-number", "number.not-a-number"},
		{"1e3", "number.not-a-number", "number.not-a-number"},
		{"mười", "number.not-a-number", "number.not-a-number"},
		{"0,12345", "number.too-fine", "number.too-fine"},
		{"0,12340000", "0.1234", "0.1234"},
		{"922337203685477,5807", "922337203685477.5807", "922337203685477.5807"},
		{"922337203685477,5808", "number.too-large", "number.too-large"},
		{"99999999999999999999", "number.too-large", "number.too-large"},
	} {
		for lang, want := range map[text.Lang]string{text.VI: c.vi, text.EN: c.en} {
			if got := readNumber(lang, c.typed); got != want {
				t.Errorf("ParseDecimal(%s, %q) = %s, want %s", lang, c.typed, got, want)
			}
		}
	}
}

// readNumber is the canonical form of a typed number, or the key of the fault.
func readNumber(lang text.Lang, typed string) string {
	d, err := text.ParseDecimal(lang, typed)
	if faults := fault.All(err); len(faults) > 0 {
		return faults[0].Key
	}
	if err != nil {
		return err.Error()
	}
	return d.String()
}

func TestDecimalTravelsInDataUnchanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := text.Decimal(rapid.Int64().Draw(t, "ten-thousandths"))
		if back, err := text.ReadDecimal(d.String()); err != nil || back != d {
			t.Fatalf("ReadDecimal(%q) = %v, %v", d.String(), back, err)
		}
		written, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back text.Decimal
		if err := json.Unmarshal(written, &back); err != nil || back != d {
			t.Fatalf("%s came back as %v, %v", written, back, err)
		}
		for _, lang := range text.Langs {
			if back, err := text.ParseDecimal(lang, d.Format(lang)); err != nil || back != d {
				t.Fatalf("%s: %q was read as %v, %v", lang, d.Format(lang), back, err)
			}
		}
	})
}

func TestOnlyTheCanonicalFormIsReadFromData(t *testing.T) {
	for _, s := range []string{"", "1,5", "1.50", "01", "-0", "1.", ".5", "+1", "1.23456", "1e3", "99999999999999999999"} {
		if d, err := text.ReadDecimal(s); err == nil {
			t.Errorf("ReadDecimal(%q) = %v, want an error", s, d)
		}
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"1.234,5", "1,234.5", "-0,5", "1 234", "−3", "0.0001", "1.234.567", ",5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, lang := range text.Langs {
			d, err := text.ParseDecimal(lang, typed)
			if err != nil {
				if !fault.Is(err, fault.Invalid) {
					t.Fatalf("ParseDecimal(%s, %q): %v is no fault", lang, typed, err)
				}
				continue
			}
			if back, err := text.ParseDecimal(lang, d.Format(lang)); err != nil || back != d {
				t.Fatalf("%q was read as %v, written %q, read again as %v, %v", typed, d, d.Format(lang), back, err)
			}
		}
	})
}

func ExamplePercent() {
	fmt.Println(text.Percent(text.VI, 51985, 52089))
	fmt.Println(text.Percent(text.VI, 52088, 52089))
	// Output:
	// 99,8 %
	// 99,9 %
}
