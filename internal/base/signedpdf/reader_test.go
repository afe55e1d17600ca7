package signedpdf_test

import (
	"bytes"
	"fmt"
	"regexp"
	"testing"

	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/testing/signtest"
)

// update is what is appended by hand to a PDF.
type update struct {
	*bytes.Buffer
	previous, root string
}

func appending(file []byte) update {
	previous := regexp.MustCompile(`startxref\s+(\d+)`).FindAllSubmatch(file, -1)
	root := regexp.MustCompile(`/Root (\d+) 0 R`).FindAllSubmatch(file, -1)
	return update{bytes.NewBuffer(bytes.Clone(file)), string(previous[len(previous)-1][1]), string(root[len(root)-1][1])}
}

// object writes one, and says where.
func (u update) object(number int, says string) int {
	at := u.Len()
	fmt.Fprintf(u, "%d 0 obj\n%s\nendobj\n", number, says)
	return at
}

// table ends the update with a table of these lines.
func (u update) table(lines string) []byte {
	at := u.Len()
	fmt.Fprintf(u, "xref\n%strailer\n<</Size 99 /Root %s 0 R /Prev %s>>\nstartxref\n%d\n%%%%EOF\n", lines, u.root, u.previous, at)
	return u.Bytes()
}

// listed is the line of a table for an object.
func listed(number, at int) string { return fmt.Sprintf("%d 1\n%010d 00000 n\r\n", number, at) }

// words are a page's, as a stream that is not packed.
func words(t testing.TB, file []byte, say string) string {
	t.Helper()
	font := regexp.MustCompile(`/Font <<\s*(/\S+)`).FindSubmatch(file)
	if font == nil {
		t.Fatal("the PDF has no font")
	}
	shown := fmt.Sprintf("BT %s 24 Tf 50 700 Td (%s) Tj ET", font[1], say)
	return fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(shown), shown)
}

// standsAt is where an object of what was given out stands.
func standsAt(file []byte, number int) int {
	return bytes.Index(file, fmt.Appendf(nil, "\n%d 0 obj", number)) + 1
}

// Programs that show a PDF differ in what they make of a table that is not as it has to be:
// what they may find in its stead is refused.
func TestAFileThatReadersTakeForDifferentOnesIsRefused(t *testing.T) {
	o := newOffice(t)
	number, page := page(t, o.given)
	says, was := words(t, o.given, "2. Stop."), standsAt(o.given, number+1)
	for _, try := range []struct {
		what, key string
		table     func(u update) []byte
	}{
		{"an object that stands twice in a table", "signedpdf.form", func(u update) []byte {
			at := u.object(number+1, says)
			return u.table(listed(number+1, was) + listed(number+1, at))
		}},
		{"an object in overlapping parts of a table", "signedpdf.form", func(u update) []byte {
			at := u.object(number+1, says)
			return u.table(fmt.Sprintf("%d 2\n%010d 00000 n\r\n%010d 00000 n\r\n", number, standsAt(o.given, number), was) + listed(number+1, at))
		}},
		{"a comment in a table", "signedpdf.form", func(u update) []byte { return u.table("%x\n" + listed(90, u.object(90, "<<>>"))) }},
		{"a comment behind a place", "signedpdf.form", func(u update) []byte {
			return u.table(fmt.Sprintf("90 1\n%010d 00000 n%%\n", u.object(90, "<<>>")))
		}},
		{"a place of nine digits", "signedpdf.form", func(u update) []byte {
			return u.table(fmt.Sprintf("90 1\n%09d 00000 n \r\n", u.object(90, "<<>>")))
		}},
		{"an object of another generation", "signedpdf.form", func(u update) []byte {
			return u.table(fmt.Sprintf("%d 1\n%010d 00001 n\r\n", number+1, was))
		}},
		{"a table that some begin with object 0", "signedpdf.form", func(u update) []byte {
			return u.table("1 1\n0000000000 65535 f\r\n" + listed(90, u.object(90, "<<>>")))
		}},
		{"an object beyond the size", "signedpdf.form", func(u update) []byte { return u.table(listed(5000, u.object(5000, "<<>>"))) }},
		{"words of the page that no table names", "signedpdf.changed", func(u update) []byte {
			u.object(number+1, says)
			return u.table(listed(90, u.object(90, "<<>>")))
		}},
		{"words of the page with comments in their head", "signedpdf.changed", func(u update) []byte {
			fmt.Fprintf(u, "%d %%x\n0%%x\nobj%s\nendobj\n", number+1, says)
			return u.table(listed(90, u.object(90, "<<>>")))
		}},
		{"a page that no table names", "signedpdf.changed", func(u update) []byte {
			u.object(number, "<<"+page+" /Rotate 180>>")
			return u.table(listed(90, u.object(90, "<<>>")))
		}},
		{"a page that is named where it was", "signedpdf.changed", func(u update) []byte {
			u.object(number, "<<"+page+" /Rotate 180>>")
			return u.table(listed(number, standsAt(o.given, number)))
		}},
		{"words of the page of a generation", "signedpdf.changed", func(u update) []byte {
			fmt.Fprintf(u, "%d 1 obj\n%s\nendobj\n", number+1, says)
			return u.table(listed(90, u.object(90, "<<>>")))
		}},
		{"objects in a stream", "signedpdf.changed", func(u update) []byte {
			return u.table(listed(90, u.object(90, "<</Type /Obj#53tm /N 0 /First 0 /Length 0>>\nstream\n\nendstream")))
		}},
		{"a trailer without a table", "signedpdf.changed", func(u update) []byte {
			at := u.object(90, "<<>>")
			fmt.Fprint(u, "trailer\n<</Size 99 /Root 90 0 R>>\n")
			return u.table(listed(90, at))
		}},
	} {
		_, err := signedpdf.Check(o.given, o.SignUnseen(t, try.table(appending(o.given)), now), o.trusted(), now)
		refused(t, try.what, err, try.key)
	}
	u := appending(o.given)
	harmless := o.SignUnseen(t, u.table(listed(90, u.object(90, "<<>>"))), now)
	if _, err := signedpdf.Check(o.given, harmless, o.trusted(), now); err != nil {
		t.Errorf("an update that changes nothing, signed: %v", err)
	}
}

func TestWhatTheFirstSignedIsNotHiddenByTheNext(t *testing.T) {
	o := newOffice(t)
	second := o.authority.Signer(t, "Văn phòng Tỉnh ủy", "Văn phòng Tỉnh ủy", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	number, page := page(t, o.given)
	for what, object := range map[string]struct {
		number int
		says   string
	}{
		"the page":          {number, "<<" + page + " /Rotate 180>>"},
		"words of the page": {number + 1, words(t, o.given, "2. Stop.")},
	} {
		u := appending(o.given)
		other := o.Sign(t, u.table(listed(object.number, u.object(object.number, object.says))), now)
		back := appending(other).table(listed(object.number, standsAt(o.given, object.number)))
		if object.number == number { // written anew as it was, so that it stands last
			u = appending(other)
			back = u.table(listed(number, u.object(number, "<<"+page+">>")))
		}
		_, err := signedpdf.Check(o.given, second.SignUnseen(t, back, now), o.trusted(), now)
		refused(t, what, err, "signedpdf.changed")
	}
}

func TestSignaturesTogetherDoNotCoverAPage(t *testing.T) {
	o := newOffice(t)
	four := o.given
	for i := range 4 {
		x, y := float64(i%2)*297, float64(i/2)*421
		four = o.SignIn(t, four, now, x, y, x+297, y+421)
	}
	_, err := signedpdf.Check(o.given, four, o.trusted(), now)
	refused(t, "a quarter for each of four signatures", err, "signedpdf.changed")

	number, page := page(t, o.given)
	one := o.SignUnseen(t, o.given, now)
	value := regexp.MustCompile(`/V (\d+ 0 R)`).FindSubmatch(one)
	if value == nil {
		t.Fatal("the signature is no field's")
	}
	seen := func(places ...string) []byte {
		u, notes := appending(one), ""
		for _, place := range places {
			notes += fmt.Sprintf("<</Type /Annot /Subtype /Widget /Rect [%s] /V %s>>", place, value[1])
		}
		return o.SignUnseen(t, u.table(listed(number, u.object(number, "<<"+page+" /Annots ["+notes+"]>>"))), now)
	}
	if _, err := signedpdf.Check(o.given, seen("0 0 297 200", "297 0 594 200"), o.trusted(), now); err != nil {
		t.Errorf("two small places of a signature: %v", err)
	}
	_, err = signedpdf.Check(o.given, seen("0 0 297 421", "297 0 594 421", "0 421 297 842", "297 421 594 842"), o.trusted(), now)
	refused(t, "four places of one signature", err, "signedpdf.changed")
}

// twice is a file whose form has a second field for the same signature.
func twice(t testing.TB, by signtest.Signer, file []byte) []byte {
	t.Helper()
	signed := by.SignUnseen(t, file, now)
	root := regexp.MustCompile(`(?s)(\d+) 0 obj\n<<\s+/Type /Catalog.*?\nendobj`).FindAllSubmatch(signed, -1)
	if root == nil {
		t.Fatal("the signed PDF has no catalog")
	}
	fields := regexp.MustCompile(`/Fields \[(\d+ 0 R)\]`)
	last := root[len(root)-1]
	said := bytes.TrimSuffix(bytes.SplitN(last[0], []byte("obj\n"), 2)[1], []byte("\nendobj"))
	u := appending(signed)
	var number int
	if _, err := fmt.Sscan(string(last[1]), &number); err != nil {
		t.Fatal(err)
	}
	return by.SignUnseen(t, u.table(listed(number, u.object(number, string(fields.ReplaceAll(said, []byte("/Fields [$1 $1]")))))), now)
}

func TestASignatureCountsOnce(t *testing.T) {
	o := newOffice(t)
	_, err := signedpdf.Check(o.given, twice(t, o.Signer, o.given), o.trusted(), now)
	refused(t, "two fields of a signature", err, "signedpdf.changed")
}
