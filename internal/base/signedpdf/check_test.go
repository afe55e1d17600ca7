package signedpdf_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/testing/signtest"
	"giaoban/internal/base/testing/texttest"
)

// now is the machine's: the library that signs writes its own time.
var now = time.Now()

// given is a PDF of two pages, as the program gives it out.
func given(t testing.TB) []byte {
	t.Helper()
	p := fpdf.New("P", "mm", "A4", "")
	p.SetFont("Helvetica", "", 12)
	for range 2 {
		p.AddPage()
		p.Write(8, "1. Keep the pace of the congresses.")
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryTextIsUsed(t *testing.T) { texttest.Check(t, ".", signedpdf.Texts) }

// office is a signer, the authority that vouches for it and what it signs.
type office struct {
	signtest.Signer
	authority signtest.Authority
	given     []byte
}

func newOffice(t testing.TB) office {
	t.Helper()
	authority := signtest.NewAuthority(t, "Chứng thực chuyên dùng Chính phủ", now)
	signer := authority.Signer(t, "Nguyễn Văn A", "Tỉnh ủy Bắc Ninh", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	return office{signer, authority, given(t)}
}

func (o office) trusted() signedpdf.Trusted { return signedpdf.Trust(o.authority.Certificate) }

// updated appends an update to a PDF that writes an object and names the catalog, as
// signing programs do.
func updated(file []byte, number int, object string) []byte {
	root := regexp.MustCompile(`/Root (\d+) 0 R`).FindAllSubmatch(file, -1)
	previous := regexp.MustCompile(`startxref\s+(\d+)`).FindAllSubmatch(file, -1)
	b := bytes.NewBuffer(bytes.Clone(file))
	at := b.Len()
	fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", number, object)
	table := b.Len()
	fmt.Fprintf(b, "xref\n%d 1\n%010d 00000 n\r\ntrailer\n<</Size 99 /Root %s 0 R /Prev %s>>\nstartxref\n%d\n%%%%EOF\n",
		number, at, root[len(root)-1][1], previous[len(previous)-1][1], table)
	return b.Bytes()
}

// page is the number and the words of the first page of what is given out.
func page(t testing.TB, file []byte) (int, string) {
	t.Helper()
	found := regexp.MustCompile(`(?s)(\d+) 0 obj\n<<(/Type /Page\n.*?)>>\nendobj`).FindSubmatch(file)
	if found == nil {
		t.Fatal("the PDF has no page")
	}
	number, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return number, string(found[2])
}

func TestASignedFileSaysWhoSignedIt(t *testing.T) {
	o := newOffice(t)
	second := o.authority.Signer(t, "Văn phòng Tỉnh ủy", "Văn phòng Tỉnh ủy", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	token := o.authority.RSASigner(t, "Nguyễn Văn A", "Tỉnh ủy Bắc Ninh", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	for what, try := range map[string]struct {
		back []byte
		want []string
	}{
		"seen on a page": {o.Sign(t, o.given, now), []string{"Nguyễn Văn A, Tỉnh ủy Bắc Ninh"}},
		"seen nowhere":   {o.SignUnseen(t, o.given, now), []string{"Nguyễn Văn A, Tỉnh ủy Bắc Ninh"}},
		"by RSA":         {token.Sign(t, o.given, now), []string{"Nguyễn Văn A, Tỉnh ủy Bắc Ninh"}},
		"signed by two":  {second.Sign(t, o.Sign(t, o.given, now), now), []string{"Nguyễn Văn A, Tỉnh ủy Bắc Ninh", "Văn phòng Tỉnh ủy"}},
	} {
		list, err := signedpdf.Check(o.given, try.back, o.trusted(), now)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		var got []string
		for _, one := range list {
			got = append(got, one.Subject)
			if one.Issuer != "Chứng thực chuyên dùng Chính phủ" || one.Serial != "2020" || len(one.Fingerprint) != 64 || now.Sub(one.At).Abs() > time.Minute {
				t.Errorf("%s: %+v", what, one)
			}
		}
		if !slices.Equal(got, try.want) {
			t.Errorf("%s: by %q, want %q", what, got, try.want)
		}
	}
}

func TestAFileThatSaysSomethingElseIsRefused(t *testing.T) {
	o := newOffice(t)
	number, words := page(t, o.given)
	signed := o.Sign(t, o.given, now)
	note := `<</Type /Annot /Subtype /FreeText /Rect [100 100 300 200] /Contents (2. Stop.)>>`
	for _, try := range []struct {
		what, key string
		back      []byte
	}{
		{"nothing was added", "signedpdf.unsigned", o.given},
		{"an update without a signature", "signedpdf.unsigned", updated(o.given, 90, "<<>>")},
		{"another file, signed", "signedpdf.other", o.Sign(t, append(bytes.Clone(o.given), "\n"...), now)[1:]},
		{"a byte of what was given out", "signedpdf.other", flipped(signed, len(o.given)/2)},
		{"words that are no PDF", "signedpdf.form", append(bytes.Clone(o.given), "2. Stop."...)},
		{"half a signature", "signedpdf.form", signed[:len(o.given)+(len(signed)-len(o.given))/2]},
		{"another page, signed", "signedpdf.changed", o.Sign(t, updated(o.given, number, "<<"+words+" /Rotate 180>>"), now)},
		{"a note on the page, signed", "signedpdf.changed", o.Sign(t, updated(o.given, number, "<<"+words+" /Annots ["+note+"]>>"), now)},
		{"other words of the page, signed", "signedpdf.changed", o.Sign(t, updated(o.given, number+1, "<</Length 0>>"), now)},
		{"a signature over the page", "signedpdf.changed", o.SignOver(t, o.given, now)},
		{"a note after it was signed", "signedpdf.changed", updated(signed, number, "<<"+words+" /Annots ["+note+"]>>")},
		{"anything after it was signed", "signedpdf.changed", updated(signed, 90, "<<>>")},
		{"a byte of the signature's words", "signedpdf.broken", flipped(signed, bytes.Index(signed, []byte("/M (D:"))+8)},
		{"a byte of the signature", "signedpdf.broken", flipped(signed, bytes.Index(signed, bytes.Repeat([]byte("0"), 64))-8)},
		{"another range", "signedpdf.broken", bytes.Replace(signed, []byte("/ByteRange [0 "), []byte("/ByteRange [1 "), 1)},
		{"a signature of another kind", "signedpdf.kind", bytes.Replace(signed, []byte("/SubFilter /adbe.pkcs7.detached"), []byte("/SubFilter /adbe.x509.rsa_sha1 "), 1)},
	} {
		_, err := signedpdf.Check(o.given, try.back, o.trusted(), now)
		refused(t, try.what, err, try.key)
	}
}

// flipped is a file with one digit of it made another.
func flipped(file []byte, at int) []byte {
	file = bytes.Clone(file)
	if file[at] == '0' {
		file[at] = '1'
	} else {
		file[at] = '0'
	}
	return file
}

func refused(t *testing.T, what string, err error, key string) {
	t.Helper()
	var said *fault.Error
	if !errors.As(err, &said) || said.Key != key || said.Field != "file" {
		t.Errorf("%s: %v, want %s at the file", what, err, key)
	}
}

func TestACertificateThatDoesNotStandIsRefused(t *testing.T) {
	o := newOffice(t)
	year := func(from, until int) signtest.Signer {
		return o.authority.Signer(t, "Nguyễn Văn A", "Tỉnh ủy Bắc Ninh", now.AddDate(from, 0, 0), now.AddDate(until, 0, 0))
	}
	old := o.Signer
	old.Digest = crypto.SHA1
	stranger := signtest.NewAuthority(t, "Ai cũng được", now)
	for _, try := range []struct {
		what, key string
		by        signtest.Signer
		trusted   signedpdf.Trusted
		now       time.Time
	}{
		{"expired", "signedpdf.expired", year(-3, -1), o.trusted(), now},
		{"not yet valid", "signedpdf.expired", year(1, 2), o.trusted(), now},
		{"expired when it came in", "signedpdf.expired", o.Signer, o.trusted(), now.AddDate(2, 0, 0)},
		{"signed later than now", "signedpdf.future", o.Signer, o.trusted(), now.AddDate(0, 0, -1)},
		{"of an unknown authority", "signedpdf.untrusted", o.Signer, signedpdf.Trust(stranger.Certificate), now},
		{"where none is trusted", "signedpdf.none-trusted", o.Signer, signedpdf.Trusted{}, now},
		{"not for signing", "signedpdf.purpose", o.authority.SignerFor(t, "Máy chủ", "Tỉnh ủy", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0), x509.KeyUsageKeyAgreement), o.trusted(), now},
		{"with a weak digest", "signedpdf.weak", old, o.trusted(), now},
	} {
		_, err := signedpdf.Check(o.given, try.by.Sign(t, o.given, now), try.trusted, try.now)
		refused(t, try.what, err, try.key)
	}
}

func TestASignatureOverSHA1IsRefused(t *testing.T) {
	o := newOffice(t)
	signed := o.SignUnseen(t, o.given, now)
	if _, err := signedpdf.Check(o.given, o.SignAgain(t, signed, crypto.SHA256), o.trusted(), now); err != nil {
		t.Errorf("over SHA-256: %v", err)
	}
	_, err := signedpdf.Check(o.given, o.SignAgain(t, signed, crypto.SHA1), o.trusted(), now)
	refused(t, "of the key", err, "signedpdf.weak")
	certified := o.authority.WeakSigner(t, "Nguyễn Văn A", now.AddDate(0, -1, 0))
	_, err = signedpdf.Check(o.given, certified.SignAgain(t, signed, crypto.SHA256), o.trusted(), now)
	refused(t, "of the certificate", err, "signedpdf.weak")
}

func TestTrustedAuthoritiesAreReadFromTheDataDirectory(t *testing.T) {
	o, data := newOffice(t), t.TempDir()
	check := func() error {
		trusted, err := signedpdf.ReadTrusted(data)
		if err != nil {
			return err
		}
		_, err = signedpdf.Check(o.given, o.Sign(t, o.given, now), trusted, now)
		return err
	}
	refused(t, "without the folder", check(), "signedpdf.none-trusted")
	put := func(name string, content []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(data, signedpdf.Folder), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(data, signedpdf.Folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("stranger.cer", signtest.NewAuthority(t, "Ai cũng được", now).Certificate.Raw)
	put("readme.txt", []byte("Chứng thư của Ban Cơ yếu"))
	refused(t, "with a stranger alone", check(), "signedpdf.untrusted")
	put("government.pem", o.authority.PEM())
	if err := check(); err != nil {
		t.Errorf("with the authority in the folder: %v", err)
	}
	put("broken.crt", []byte("-----BEGIN"))
	if err := check(); !fault.Is(err, fault.Unavailable) {
		t.Errorf("with a file that holds no certificate: %v, want unavailable", err)
	}
}

// FuzzCheck looks for files that make the check fail other than by a refusal, or that are
// taken for signed although they do not begin with what was given out.
func FuzzCheck(f *testing.F) {
	o := newOffice(f)
	signed := o.Sign(f, o.given, now)
	f.Add(signed[len(o.given):])
	f.Add(o.SignUnseen(f, o.given, now)[len(o.given):])
	f.Add(updated(o.given, 3, "<</Kids [[[(\\)]]]>>")[len(o.given):])
	f.Add([]byte("xref\n0 1\n0000000000 65535 f\r\ntrailer <</Prev 0>>\nstartxref\n0\n%%EOF\n"))
	trusted := o.trusted()
	f.Fuzz(func(t *testing.T, added []byte) {
		list, err := signedpdf.Check(o.given, append(bytes.Clone(o.given), added...), trusted, now)
		switch {
		case err != nil && !fault.Is(err, fault.Invalid):
			t.Errorf("failed with %v", err)
		case err == nil && (len(list) == 0 || list[0].Serial != "2020"):
			t.Errorf("taken for signed by %v", list)
		}
	})
}
