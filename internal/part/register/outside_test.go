package register_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// desk is a world whose offices have papers signed outside the program.
type desk struct {
	*world
	data   string
	folder *file.Folder
}

func atDesk(t *testing.T, test func(d *desk)) {
	t.Helper()
	each(t, func(w *world) {
		data := w.t.(*testing.T).TempDir()
		folder, err := file.OpenFolder(data)
		w.OK(err)
		test(&desk{world: w, data: data, folder: folder})
	})
}

// take is a file as somebody sends it.
func (d *desk) take(name string, content []byte) file.Upload {
	d.t.Helper()
	upload, err := d.folder.Take(name, bytes.NewReader(content))
	d.OK(err)
	return upload
}

// picture is a photograph, each number another one.
func picture(t testing.TB, number int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8+number, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// own is the key of a unit's leader in the own name.
func (d *desk) own(unit string) string {
	d.t.Helper()
	var key string
	d.OK(d.View(func(q store.Querier) error {
		list, err := register.Signatories(d.Ctx(), q, d.Units[unit], text.VI)
		key = list[len(list)-1].Key
		return err
	}))
	return key
}

// giveOut makes a copy of a paper of Bac Ninh that says a content.
func (d *desk) giveOut(who string, paper int64, says []byte, signatory string) (c register.Copy, err error) {
	d.t.Helper()
	code, err := account.NewCode()
	d.OK(err)

	sheet := document.Paper{Lang: "vi", Kind: "Thông báo", Mark: document.Mark{Words: string(code), Data: string(code)}}
	pdf, err := sheet.PDF()
	d.OK(err)
	cmd := register.CopyCommand{
		Key: string(code), Paper: paper, Code: code, Content: says, Signatory: signatory, Lang: text.VI, PDF: d.take("a.pdf", pdf),
	}
	err = d.Try(func(tx *ledger.Tx) error {
		c, err = register.GiveOut(d.Ctx(), tx, d.People[who], cmd)
		return err
	})
	return c, err
}

func (d *desk) scan(who string, paper int64, code string, says []byte, upload file.Upload) (p register.Paper, err error) {
	err = d.Try(func(tx *ledger.Tx) error {
		p, err = register.EnterScan(d.Ctx(), tx, d.People[who], register.ScanCommand{Paper: paper, Code: code, Content: says, Scan: upload})
		return err
	})
	return p, err
}

func TestAPaperIsSignedOnPaperByTheCodePrintedOnIt(t *testing.T) {
	atDesk(t, func(d *desk) {
		t := d.t
		d.Update(func(tx *ledger.Tx) error {
			_, err := org.Appoint(d.Ctx(), tx, access.Program(d.Tree), org.AppointCommand{
				Unit: d.Units["BN"], Body: "office", Post: "deputy-chief", Name: "Trần Văn Long", From: "2020-01-01", // has no account
			})
			return err
		})
		var deputy register.Signatory
		d.OK(d.View(func(q store.Querier) error {
			list, err := register.Signatories(d.Ctx(), q, d.Units["BN"], text.VI)
			for _, s := range list {
				if s.Authority == "K/T CHÁNH VĂN PHÒNG" {
					deputy = s
				}
			}
			return err
		}))
		p := d.draft("BN")
		c, err := d.giveOut("officer BN", p.ID, content, deputy.Key)
		d.OK(err)
		typed := strings.ToLower(strings.ReplaceAll(string(c.Code), "-", " "))
		for range 2 { // twice changes nothing
			p, err = d.scan("officer BN", p.ID, typed, content, d.take("quét.png", picture(t, 1)))
			d.OK(err)
		}
		if p.State != register.Signed || p.Method != register.ByPen || p.Authority != "K/T CHÁNH VĂN PHÒNG" || p.Signer != "Trần Văn Long, Phó chánh văn phòng" {
			t.Errorf("signed: %+v", p)
		}
		d.OK(d.View(func(q store.Querier) error {
			c, err := register.SignedCopy(d.Ctx(), q, p.ID)
			if c.Enterer != "officer BN" || c.EnteredAt.IsZero() || c.Signed == "" {
				t.Errorf("what came back: %+v", c)
			}
			return err
		}))
		_, err = d.scan("officer BN", p.ID, typed, content, d.take("khác.png", picture(t, 2)))
		refused(t, "another scan of a signed paper", err, fault.Conflict)
		p, err = d.number("officer BN", p.ID, today)
		d.OK(err)
		if p.NumberText != "01-TB" {
			t.Errorf("numbered %q", p.NumberText)
		}
	})
}

func TestACodeThatCannotSignThePaperIsRefusedAndSaysWhy(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, own := d.t, d.own("BN")
		p := d.draft("BN")
		c, err := d.giveOut("officer BN", p.ID, content, own)
		d.OK(err)
		others, err := d.giveOut("officer BN", d.draft("BN").ID, content, own)
		d.OK(err)
		foreign, err := d.giveOut("officer QV", d.draft("QV").ID, content, d.own("QV"))
		d.OK(err)
		scan := d.take("quét.png", picture(t, 1))
		changed := []byte("1. Giữ tiến độ đại hội đến hết tháng.")
		for _, try := range []struct {
			what, code string
			says       []byte
			upload     file.Upload
			field, key string
		}{
			{"no code", "", content, scan, "code", "register.code-unreadable"},
			{"half a code", string(c.Code[:9]), content, scan, "code", "register.code-unreadable"},
			{"a code of nothing", "0000-0000-0000-0000", content, scan, "code", "register.code-unknown"},
			{"another paper's", string(others.Code), content, scan, "code", "register.code-other"},
			{"another office's", string(foreign.Code), content, scan, "code", "register.code-other-office"},
			{"of an older text", string(c.Code), changed, scan, "code", "register.code-old"},
			{"the printed file itself", string(c.Code), content, d.takenAgain(c.File), "file", "register.scan-blank"},
		} {
			_, err := d.scan("officer BN", p.ID, try.code, try.says, try.upload)
			refusedAt(t, try.what, err, try.field, try.key)
		}
		_, err = d.scan("officer QV", p.ID, string(c.Code), content, scan)
		refused(t, "entered by another unit", err, fault.Forbidden)
	})
}

// takenAgain is a kept file as somebody sends it back.
func (d *desk) takenAgain(id string) file.Upload {
	d.t.Helper()
	return d.take("a.pdf", d.kept(id))
}

// kept is the content of a kept file.
func (d *desk) kept(id string) []byte {
	d.t.Helper()
	content, err := os.ReadFile(d.place(id))
	d.OK(err)
	return content
}

func (d *desk) place(id string) string {
	hash, _, _ := strings.Cut(id, "-")
	return filepath.Join(d.data, filepath.FromSlash(file.Place(hash)))
}

// refusedAt wants one mistake at a field.
func refusedAt(t testing.TB, what string, err error, field, key string) {
	t.Helper()
	var said *fault.Error
	if !errors.As(err, &said) || said.Field != field || said.Key != key {
		t.Errorf("%s: %v, want %s at %q", what, err, key, field)
	}
}

func TestACopyIsVoidOnceThePaperWasReturned(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, own := d.t, d.own("BN")
		p := d.draft("BN")
		c, err := d.giveOut("officer BN", p.ID, content, own)
		d.OK(err)
		_, err = d.scan("officer BN", p.ID, string(c.Code), content, d.take("quét.png", picture(t, 1)))
		d.OK(err)
		d.Update(func(tx *ledger.Tx) error {
			_, err := register.Return(d.Ctx(), tx, d.People["leader BN"], p.ID, "Sai tên đơn vị.")
			return err
		})
		_, err = d.scan("officer BN", p.ID, string(c.Code), content, d.take("quét.png", picture(t, 2)))
		refusedAt(t, "a copy from before the return", err, "code", "register.code-void")
		c, err = d.giveOut("officer BN", p.ID, content, own)
		d.OK(err)
		_, err = d.scan("officer BN", p.ID, string(c.Code), content, d.take("quét.png", picture(t, 2)))
		d.OK(err)
	})
}

func TestWhoGivesOutACopy(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, own, p := d.t, d.own("BN"), d.draft("BN")
		_, err := d.giveOut("officer QV", p.ID, content, own)
		refused(t, "by another unit", err, fault.Forbidden)
		_, err = d.giveOut("officer BN", p.ID, content, "by-order/99")
		refusedAt(t, "for nobody", err, "signatory", "register.signatory")
		_, err = d.giveOut("officer BN", d.signed("BN").ID, content, own)
		refused(t, "of a signed paper", err, fault.Conflict)
	})
}

// verify is what is found wrong with what came back of a paper.
func (d *desk) verify(paper int64) (wrong []string) {
	d.t.Helper()
	d.OK(d.View(func(q store.Querier) (err error) {
		wrong, err = d.verifyIn(q, paper)
		return err
	}))
	return wrong
}

func (d *desk) verifyIn(q store.Querier, paper int64) (wrong []string, err error) {
	var v register.Verification
	events, err := ledger.About(d.Ctx(), q, register.Subject(paper))
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if err := v.Each(e); err != nil {
			return nil, err
		}
	}
	err = v.Compare(d.Ctx(), q, func(id string) (string, error) {
		is, err := file.Intact(d.data, id)
		return string(is), err
	})
	for _, one := range v.Wrong {
		wrong = append(wrong, one.What)
	}
	return wrong, err
}

func TestVerifyFindsASignedCopyThatWasAltered(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, p := d.t, d.draft("BN")
		c, err := d.giveOut("officer BN", p.ID, content, d.own("BN"))
		d.OK(err)
		_, err = d.scan("officer BN", p.ID, string(c.Code), content, d.take("quét.png", picture(t, 1)))
		d.OK(err)
		d.OK(d.View(func(q store.Querier) error {
			c, err = register.SignedCopy(d.Ctx(), q, p.ID)
			return err
		}))
		want := func(when string, found ...string) {
			t.Helper()
			if got := d.verify(p.ID); strings.Join(got, " ") != strings.Join(found, " ") {
				t.Errorf("%s: found %q, want %q", when, got, found)
			}
		}
		want("as it was entered")
		d.OK(os.WriteFile(d.place(c.Signed), picture(t, 3), 0o600))
		want("after other bytes", "altered")
		d.OK(os.Remove(d.place(c.Signed)))
		want("after it was deleted", "missing")
		d.take("quét.png", picture(t, 1))
		want("after it was put back")
		d.Update(func(tx *ledger.Tx) error {
			_, err := tx.ExecContext(d.Ctx(), `UPDATE paper_copy SET signed_file = 'x'`)
			return err
		})
		want("after the row was changed", "verify.copy-altered")
	})
}

func TestVerifyHoldsTheRegistersRowsAgainstTheLog(t *testing.T) {
	atDesk(t, func(d *desk) {
		p := d.draft("BN")
		c, err := d.giveOut("officer BN", p.ID, content, d.own("BN"))
		d.OK(err)
		_, err = d.scan("officer BN", p.ID, string(c.Code), content, d.take("quét.png", picture(d.t, 1)))
		d.OK(err)
		_, err = d.number("officer BN", p.ID, "2020-06-20")
		d.OK(err)
		if got := d.verify(p.ID); len(got) > 0 {
			d.t.Fatalf("as it is: found %q", got)
		}
		for change, want := range map[string]string{
			`UPDATE paper SET state = 'issued'`:           "verify.paper-altered",
			`UPDATE paper SET signer = 'Ai đó'`:           "verify.paper-altered",
			`UPDATE paper SET number_text = '99-TB/TU'`:   "verify.paper-altered",
			`UPDATE paper SET content = 'x'`:              "verify.paper-altered",
			`UPDATE paper_copy SET file_id = signed_file`: "verify.copy-altered",
			`UPDATE paper_copy SET answer = 'owned'`:      "verify.copy-altered",
			`DELETE FROM paper`:                           "verify.paper-gone",
			`INSERT INTO paper_copy SELECT 'FFFF-FFFF-FFFF-FFFF', 'f', paper_id, content, authority, signer, file_id, state, maker, made_at, '', '', 0, 0, '' FROM paper_copy`: "verify.copy-altered",
		} {
			if got := d.changed(change, p.ID); strings.Join(got, " ") != want {
				d.t.Errorf("after %s: found %q, want %s", change, got, want)
			}
		}
	})
}

// changed is what verifying finds after a change of the rows, which is undone.
func (d *desk) changed(change string, paper int64) (wrong []string) {
	d.t.Helper()
	undo := errors.New("undone")
	err := d.Try(func(tx *ledger.Tx) error {
		if _, err := tx.ExecContext(d.Ctx(), change); err != nil {
			return err
		}
		var err error
		if wrong, err = d.verifyIn(tx, paper); err != nil {
			return err
		}
		return undo
	})
	if !errors.Is(err, undo) {
		d.t.Fatal(err)
	}
	return wrong
}

func TestTheSameFormGivesOutOneCopy(t *testing.T) {
	atDesk(t, func(d *desk) {
		t, p := d.t, d.draft("BN")
		cmd := register.CopyCommand{Key: "form", Paper: p.ID, Content: content, Signatory: d.own("BN"), Lang: text.VI, PDF: d.take("a.pdf", []byte("%PDF-1.7\n%%EOF\n"))}
		var codes []account.Code
		for _, code := range []account.Code{"AAAA-AAAA-AAAA-AAAA", "BBBB-BBBB-BBBB-BBBB"} {
			cmd.Code = code
			d.Update(func(tx *ledger.Tx) error {
				c, err := register.GiveOut(d.Ctx(), tx, d.People["officer BN"], cmd)
				codes = append(codes, c.Code)
				return err
			})
			d.Clock.Advance(time.Minute)
		}
		if codes[0] != codes[1] {
			t.Errorf("the form sent twice gave out %s and %s, want one", codes[0], codes[1])
		}
	})
}
