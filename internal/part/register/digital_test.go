package register_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/signtest"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// token is somebody's token, and the authority that vouches for it.
type token struct {
	signtest.Signer
	authority signtest.Authority
}

func newToken(t testing.TB) token {
	t.Helper()
	now := time.Now() // the library that signs writes the machine's time
	authority := signtest.NewAuthority(t, "Chứng thực chuyên dùng Chính phủ", now)
	return token{authority.Signer(t, "Nguyễn Văn A", "Tỉnh ủy Bắc Ninh", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0)), authority}
}

// enter puts a PDF in that somebody signed, and trusts the token's authority.
func (d *desk) enter(tok token, who string, paper int64, says, pdf []byte) (p register.Paper, err error) {
	d.t.Helper()
	checker := register.Checker{Folder: d.folder, Trusted: signedpdf.Trust(tok.authority.Certificate), Now: time.Now()}
	cmd := register.SignedCommand{Paper: paper, Content: says, PDF: d.take("ký số.pdf", pdf)}
	var proof register.Proof
	err = d.View(func(q store.Querier) error {
		proof, err = checker.Check(d.Ctx(), q, d.People[who], cmd)
		return err
	})
	if err != nil {
		return register.Paper{}, err
	}
	err = d.Try(func(tx *ledger.Tx) error {
		p, err = register.EnterSigned(d.Ctx(), tx, d.People[who], proof)
		return err
	})
	return p, err
}

func TestAPaperIsSignedByAPDFThatWasSignedWithAToken(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, tok, p := d.t, newToken(d.t), d.draft("BN")
		c, err := d.giveOut("officer BN", p.ID, content, d.own("BN"))
		d.OK(err)
		back := tok.Sign(t, d.kept(c.File), time.Now())
		_, err = d.enter(tok, "officer QV", p.ID, content, back)
		refused(t, "entered by another unit", err, fault.Forbidden)
		p, err = d.enter(tok, "officer BN", p.ID, content, back)
		d.OK(err)
		if p.State != register.Signed || p.Method != register.ByToken || p.Signer != "leader BN" || p.Content != register.Hash(content) {
			t.Errorf("signed: %+v", p)
		}
		var steps []register.Step
		d.OK(d.View(func(q store.Querier) error {
			steps, err = register.Steps(d.Ctx(), q, p.ID)
			return err
		}))
		signed := steps[len(steps)-1]
		if len(signed.Signatures) != 1 || signed.Signatures[0].Subject != "Nguyễn Văn A, Tỉnh ủy Bắc Ninh" || signed.Signatures[0].Serial != "2020" {
			t.Errorf("the log has the signatures %+v, want that of the token", signed.Signatures)
		}
		if wrong := d.verify(p.ID); len(wrong) > 0 {
			t.Errorf("verify finds %q", wrong)
		}
		p, err = d.number("officer BN", p.ID, today)
		d.OK(err)
		if p.NumberText != "01-TB" {
			t.Errorf("numbered %q", p.NumberText)
		}
		d.OK(os.WriteFile(d.place(signed.File), tok.Sign(t, d.kept(c.File), time.Now()), 0o600))
		if wrong := d.verify(p.ID); !slices.Equal(wrong, []string{"altered"}) {
			t.Errorf("after another signature of the same token took the file's place verify finds %q", wrong)
		}
	})
}

func TestAPDFThatCannotSignThePaperIsRefusedAndSaysWhy(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, tok, stranger, own := d.t, newToken(d.t), newToken(d.t), d.own("BN")
		p := d.draft("BN")
		given := func(unit string, paper int64) []byte {
			c, err := d.giveOut("officer "+unit, paper, content, d.own(unit))
			d.OK(err)
			return d.kept(c.File)
		}
		c, err := d.giveOut("officer BN", p.ID, content, own)
		d.OK(err)
		blank := d.kept(c.File)
		for _, try := range []struct {
			what, key string
			says, pdf []byte
		}{
			{"a picture", "register.pdf-kind", content, nil},
			{"any PDF", "register.pdf-unknown", content, []byte("%PDF-1.7\n%%EOF\n")},
			{"not signed", "signedpdf.unsigned", content, blank},
			{"by a stranger", "signedpdf.untrusted", content, stranger.Sign(t, blank, time.Now())},
			{"another paper's", "register.code-other", content, tok.Sign(t, given("BN", d.draft("BN").ID), time.Now())},
			{"another office's", "register.code-other-office", content, tok.Sign(t, given("QV", d.draft("QV").ID), time.Now())},
			{"of an older text", "register.code-old", []byte("2."), tok.Sign(t, blank, time.Now())},
		} {
			if try.pdf == nil {
				_, err = d.check(tok, register.SignedCommand{Paper: p.ID, Content: content, PDF: d.take("a.png", picture(t, 1))})
			} else {
				_, err = d.enter(tok, "officer BN", p.ID, try.says, try.pdf)
			}
			refusedAt(t, try.what, err, "file", try.key)
		}
	})
}

func (d *desk) check(tok token, cmd register.SignedCommand) (proof register.Proof, err error) {
	checker := register.Checker{Folder: d.folder, Trusted: signedpdf.Trust(tok.authority.Certificate), Now: time.Now()}
	err = d.View(func(q store.Querier) error {
		proof, err = checker.Check(d.Ctx(), q, d.People["officer BN"], cmd)
		return err
	})
	return proof, err
}

func TestACopyThatWasReturnedMeanwhileIsNotSignedByItsProof(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, tok, p := d.t, newToken(d.t), d.draft("BN")
		c, err := d.giveOut("officer BN", p.ID, content, d.own("BN"))
		d.OK(err)
		proof, err := d.check(tok, register.SignedCommand{Paper: p.ID, Content: content, PDF: d.take("a.pdf", tok.Sign(t, d.kept(c.File), time.Now()))})
		d.OK(err)
		_, err = d.scan("officer BN", p.ID, string(c.Code), content, d.take("quét.png", picture(t, 1)))
		d.OK(err)
		enter := func() error {
			return d.Try(func(tx *ledger.Tx) error {
				_, err := register.EnterSigned(d.Ctx(), tx, d.People["officer BN"], proof)
				return err
			})
		}
		refused(t, "signed on paper meanwhile", enter(), fault.Conflict)
		d.Update(func(tx *ledger.Tx) error {
			_, err := register.Return(d.Ctx(), tx, d.People["leader BN"], p.ID, "Sai tên đơn vị.")
			return err
		})
		refusedAt(t, "returned meanwhile", enter(), "file", "register.code-void")
	})
}

var signings = regexp.MustCompile(`(symbol: TB, signing: )\[[^]]*\]`)

// allow has the organisation follow a profile by which notices are signed in some ways
// alone.
func (d *desk) allow(ways string) {
	d.t.Helper()
	d.Update(func(tx *ledger.Tx) error {
		p, err := org.Profile(d.Ctx(), tx)
		if err != nil {
			return err
		}
		text := signings.ReplaceAllString(string(p.Bytes()), "${1}["+ways+"]")
		text = strings.Replace(text, fmt.Sprintf("version: %d\n", p.Version), fmt.Sprintf("version: %d\n", p.Version+1), 1)
		_, err = org.Adopt(d.Ctx(), tx, access.CommandLine(d.Tree), org.AdoptCommand{Document: text})
		return err
	})
}

func TestAPaperIsSignedInTheWaysOfTheProfileAlone(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, tok, own := d.t, newToken(d.t), d.own("BN")
		given := func() (register.Paper, register.Copy) {
			p := d.draft("BN")
			c, err := d.giveOut("officer BN", p.ID, content, own)
			d.OK(err)
			return p, c
		}
		scanned, scan := given()
		signed, pdf := given()
		byPen := func() error {
			_, err := d.scan("officer BN", scanned.ID, string(scan.Code), content, d.take("quét.png", picture(t, 1)))
			return err
		}
		byToken := func() error {
			_, err := d.enter(tok, "officer BN", signed.ID, content, tok.Sign(t, d.kept(pdf.File), time.Now()))
			return err
		}
		next := func() (waits register.Next) {
			d.OK(d.View(func(q store.Querier) error {
				rules, err := org.Profile(d.Ctx(), q)
				waits = register.Paper{Kind: "notice", State: register.Drafted, Initialler: "officer BN"}.Next(rules)
				return err
			}))
			return waits
		}
		d.allow("program")
		refused(t, "on paper where only the program is allowed", byPen(), fault.Conflict)
		refused(t, "with a token where only the program is allowed", byToken(), fault.Conflict)
		_, err := d.giveOut("officer BN", d.draft("BN").ID, content, own)
		refused(t, "given out where only the program is allowed", err, fault.Conflict)
		if waits := next(); waits != register.ToSign {
			t.Errorf("an initialled draft waits for %q, want the program's signature", waits)
		}
		d.allow("digital")
		refused(t, "on paper where only tokens are allowed", byPen(), fault.Conflict)
		_, err = d.sign("leader BN", d.draft("BN").ID, "")
		refused(t, "in the program where only tokens are allowed", err, fault.Conflict)
		if waits := next(); waits != register.ToHave {
			t.Errorf("an initialled draft waits for %q, want to be had signed", waits)
		}
		d.OK(byToken())
	})
}
