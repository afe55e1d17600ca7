package register_test

import (
	"testing"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// putIn is a paper of Bac Ninh with the scan of a copy in its leader's name.
func (d *desk) putIn(by string) (register.Paper, register.Copy) {
	d.t.Helper()
	p := d.draft("BN")
	c, err := d.giveOut("officer BN", p.ID, content, d.own("BN"))
	d.OK(err)
	p, err = d.scan(by, p.ID, string(c.Code), content, d.take("quét.png", picture(d.t, 1)))
	d.OK(err)
	return p, c
}

func (d *desk) answer(who string, paper int64, c register.Copy, answer register.Answer, reason string) error {
	return d.Try(func(tx *ledger.Tx) error {
		_, err := register.GiveAnswer(d.Ctx(), tx, d.People[who], register.AnswerCommand{Paper: paper, Copy: c.Code, Answer: answer, Reason: reason})
		return err
	})
}

// toSee is how many papers wait for somebody to say whether the signature is the own.
func (d *desk) toSee(who string) (n int) {
	d.t.Helper()
	d.OK(d.View(func(q store.Querier) error {
		list, err := register.ToSee(d.Ctx(), q, d.People[who].Person)
		n = len(list)
		return err
	}))
	return n
}

func (d *desk) paper(id int64) (p register.Paper) {
	d.t.Helper()
	d.OK(d.View(func(q store.Querier) (err error) {
		p, err = register.Get(d.Ctx(), q, id)
		return err
	}))
	return p
}

// next is what a paper waits for.
func (d *desk) next(p register.Paper) (next register.Next) {
	d.t.Helper()
	d.OK(d.View(func(q store.Querier) error {
		rules, err := org.Profile(d.Ctx(), q)
		if err == nil {
			next = p.Next(rules)
		}
		return err
	}))
	return next
}

func TestWhomASignedCopyNamesSaysWhetherTheSignatureIsTheOwn(t *testing.T) {
	atDesk(t, func(d *desk) {
		t := d.t
		p, c := d.putIn("officer BN")
		if d.toSee("leader BN") != 1 || d.toSee("officer BN") != 0 || d.toSee("leader QV") != 0 {
			t.Error("the paper waits for another than the leader whom the copy names")
		}
		for _, who := range []string{"officer BN", "leader QV"} {
			refused(t, who+" answers for the leader", d.answer(who, p.ID, c, register.Owned, ""), fault.Forbidden)
		}
		refusedAt(t, "neither", d.answer("leader BN", p.ID, c, "", ""), "answer", "register.answer")
		refusedAt(t, "disowned without a reason", d.answer("leader BN", p.ID, c, register.Disowned, "  "), "reason", "register.reason")
		refused(t, "of a copy that is not there", d.answer("leader BN", p.ID, register.Copy{Code: "AAAA-AAAA-AAAA-AAAA"}, register.Owned, ""), fault.NotFound)
		for range 2 { // twice changes nothing
			d.OK(d.answer("leader BN", p.ID, c, register.Owned, ""))
		}
		refused(t, "disowned after it was owned", d.answer("leader BN", p.ID, c, register.Disowned, "Tôi đi công tác."), fault.Conflict)
		if d.toSee("leader BN") != 0 {
			t.Error("the paper waits for an answer that was given")
		}
		if wrong := d.verify(p.ID); len(wrong) > 0 {
			t.Errorf("verifying found %q", wrong)
		}
	})
}

func TestAPaperWhoseSignatureIsDisownedIsADraftAgain(t *testing.T) {
	atDesk(t, func(d *desk) {
		t := d.t
		p, first := d.putIn("officer BN")
		d.OK(d.answer("leader BN", p.ID, first, register.Disowned, "Hôm đó tôi đi công tác."))
		if p = d.paper(p.ID); p.State != register.Drafted || p.Signer != "" || p.Disowned {
			t.Errorf("after the signature was disowned: %+v", p)
		}
		_, err := d.scan("officer BN", p.ID, string(first.Code), content, d.take("quét.png", picture(t, 2)))
		refusedAt(t, "the same copy again", err, "code", "register.code-void")
		second, err := d.giveOut("officer BN", p.ID, content, d.own("BN"))
		d.OK(err)
		_, err = d.scan("officer BN", p.ID, string(second.Code), content, d.take("quét.png", picture(t, 3)))
		d.OK(err)
		d.OK(d.answer("leader BN", p.ID, first, register.Disowned, "Hôm đó tôi đi công tác.")) // the form sent again
		if p = d.paper(p.ID); p.State != register.Signed || d.toSee("leader BN") != 1 {
			t.Errorf("what was said of the first copy changed what was signed by the second: %+v", p)
		}
		if wrong := d.verify(p.ID); len(wrong) > 0 {
			t.Errorf("verifying found %q", wrong)
		}
	})
}

func TestANumberedPaperWhoseSignatureIsDisownedIsNotIssued(t *testing.T) {
	atDesk(t, func(d *desk) {
		t := d.t
		p, c := d.putIn("officer BN")
		p, err := d.number("officer BN", p.ID, today)
		d.OK(err)
		d.OK(d.answer("leader BN", p.ID, c, register.Disowned, "Không phải chữ ký của tôi."))
		issue := func() error {
			return d.Try(func(tx *ledger.Tx) error {
				_, err := register.Issue(d.Ctx(), tx, d.People["officer BN"], p.ID)
				return err
			})
		}
		refused(t, "issuing it", issue(), fault.Conflict)
		if p = d.paper(p.ID); p.State != register.Numbered || !p.Disowned || d.next(p) != register.ToCancel {
			t.Errorf("after the signature was disowned: %+v", p)
		}
		d.OK(d.Try(func(tx *ledger.Tx) error {
			return register.CancelNumber(d.Ctx(), tx, d.People["officer BN"], d.Units["BN"], p.Kind, p.Number, "Người ký không nhận chữ ký.")
		}))
		if p = d.paper(p.ID); p.State != register.Cancelled {
			t.Errorf("after its number was cancelled it is %s", p.State)
		}
		if wrong := d.verify(p.ID); len(wrong) > 0 {
			t.Errorf("verifying found %q", wrong)
		}
	})
}

func TestAnIssuedPaperWhoseSignatureIsDisownedSaysSo(t *testing.T) {
	atDesk(t, func(d *desk) {
		p, c := d.putIn("officer BN")
		p, err := d.number("officer BN", p.ID, today)
		d.OK(err)
		d.OK(d.Try(func(tx *ledger.Tx) error {
			_, err := register.Issue(d.Ctx(), tx, d.People["officer BN"], p.ID)
			return err
		}))
		d.OK(d.answer("leader BN", p.ID, c, register.Disowned, "Không phải chữ ký của tôi."))
		if p = d.paper(p.ID); p.State != register.Issued || !p.Disowned {
			d.t.Errorf("after the signature was disowned: %+v", p)
		}
		if wrong := d.verify(p.ID); len(wrong) > 0 {
			d.t.Errorf("verifying found %q", wrong)
		}
	})
}

func TestWhoPutsInTheOwnSignatureIsNotAsked(t *testing.T) {
	atDesk(t, func(d *desk) {
		p, _ := d.putIn("leader BN")
		if d.toSee("leader BN") != 0 {
			d.t.Error("who put in the own signature is asked whether it is")
		}
		if wrong := d.verify(p.ID); len(wrong) > 0 {
			d.t.Errorf("verifying found %q", wrong)
		}
	})
}
