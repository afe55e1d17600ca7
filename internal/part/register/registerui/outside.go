package registerui

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// outside is how a paper is signed outside the program: by pen, on a printed copy, or with a
// token, in the copy's PDF.
type outside struct {
	GivesOut bool // the person may give out a copy
	Enters   bool // and put in what comes back
	OnPaper  bool // the profile has the way for the paper's kind
	Digital  bool
	Program  bool

	Signatories []web.Option
	Copies      []copyRow // the newest first
	MostSize    int       // of a file, in megabytes
	Signed      *file.File
	By          register.Copy // by which it was signed; the zero one otherwise
	Signatures  []signedpdf.Signature

	Asks    bool         // the person whether the own signature is the own
	Answers []web.Option // to that

	Copy, Scan, Token, Answer *web.Form
}

// Means says in words how the paper's kind is signed outside.
func (o outside) Means() string {
	switch {
	case o.OnPaper && o.Digital:
		return "papers.outside.both"
	case o.Digital:
		return "papers.outside.digital"
	}
	return "papers.outside.paper"
}

// copyRow is a copy in words.
type copyRow struct {
	register.Copy
	Path, Sign, Word string
}

func newOutside(r *web.Request) outside {
	return outside{
		Copy: r.NewForm("copy"), Scan: r.NewForm("scan").Set("code", r.Query("code")), Token: r.NewForm("token"), Answer: r.NewForm("answer"), MostSize: file.Limit >> 20,
		Answers: []web.Option{{Value: string(register.Owned), Label: r.T("papers.answer.owned")}, {Value: string(register.Disowned), Label: r.T("papers.answer.disowned")}},
	}
}

// readOutside reads the copies of the paper, and for a draft who could sign it.
func (p *paperPage) readOutside(r *web.Request, s *screens) error {
	var said register.Said
	out := &p.Outside
	if p.State == register.Drafted {
		var err error
		said, err = s.Say(r, p.Subject)
		if fault.Is(err, fault.NotFound) {
			return nil // nothing that could be printed
		}
		if err != nil {
			return err
		}
	}
	return r.View(func(q store.Querier) error {
		if err := out.ways(r, q, p.Paper, said); err != nil {
			return err
		}
		list, err := register.Copies(r.Context(), q, p.ID)
		if err != nil {
			return err
		}
		for _, c := range list {
			out.Copies = append(out.Copies, copyRowOf(r, c, p.Paper, said))
			if c.State == register.CopySigned {
				out.By = c
			}
		}
		if out.By.Signed == "" {
			return nil
		}
		out.Asks = out.By.Answer == register.Unanswered && out.By.Names(r.Actor)
		signed, err := file.Get(r.Context(), q, out.By.Signed)
		out.Signed = &signed
		return err
	})
}

// ways says how a draft may be signed, and by whom, to whoever may have it signed.
func (o *outside) ways(r *web.Request, q store.Querier, paper register.Paper, said register.Said) error {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	kind, _ := rules.PaperKind(paper.Kind)
	o.Program, o.OnPaper, o.Digital = kind.Signs(profile.InProgram), kind.Signs(profile.OnPaper), kind.Signs(profile.InPDF)
	if paper.State != register.Drafted {
		return nil
	}
	o.GivesOut = (o.OnPaper || o.Digital) && r.Actor.May(access.PaperDraft, paper.Unit) == nil
	o.Enters = (o.OnPaper || o.Digital) && r.Actor.May(access.PaperNumber, paper.Unit) == nil
	if !o.GivesOut {
		return nil
	}
	list, err := said.Signatories(r.Context(), q, paper.Unit, r.Lang)
	for _, by := range list {
		label := r.Person(by.String())
		if by.Authority != "" {
			label = by.Authority + " · " + label
		}
		o.Signatories = append(o.Signatories, web.Option{Value: by.Key, Label: label})
	}
	return err
}

func copyRowOf(r *web.Request, c register.Copy, of register.Paper, said register.Said) copyRow {
	row := copyRow{Copy: c, Path: fmt.Sprintf("%s/copies/%s", path(c.Paper), c.Code), Sign: "none", Word: r.T("papers.copy.void")}
	switch {
	case c.Answer == register.Disowned:
		row.Sign, row.Word = "late", r.T("papers.answered.disowned")
	case c.State == register.CopySigned:
		row.Sign, row.Word = "done", r.T("papers.copy.signed")
	case c.State == register.CopyOut && of.State != register.Drafted:
		row.Word = r.T("papers.copy.unused")
	case c.Valid(said.Content):
		row.Sign, row.Word = "waiting", r.T("papers.copy.out")
	case c.State == register.CopyOut:
		row.Word = r.T("papers.copy.old")
	}
	return row
}

// paperOf reads the paper of the address, for whoever may do something about it.
func paperOf(r *web.Request, action access.Action) (p register.Paper, err error) {
	id, err := r.ID("id")
	if err != nil {
		return p, err
	}
	err = r.View(func(q store.Querier) (err error) {
		if p, err = register.Get(r.Context(), q, id); err != nil {
			return err
		}
		return r.Actor.May(action, p.Unit)
	})
	return p, err
}

// giveOut makes a copy to be signed outside.
func (s *screens) giveOut(r *web.Request) error {
	p, err := paperOf(r, access.PaperDraft)
	if err != nil {
		return err
	}
	form, err := r.Posted("copy")
	if err != nil {
		return err
	}
	cmd := register.CopyCommand{Key: form.Key, Paper: p.ID, Signatory: form.Text("signatory"), Lang: r.Lang}
	if err = s.draw(r, p, &cmd); err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := register.GiveOut(r.Context(), tx, r.Actor, cmd)
			return err
		})
	}
	if err == nil {
		r.Notice("papers.copy.made")
		return r.See(path(p.ID) + "#outside")
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderPaper(r, p.ID, form)
}

// draw makes the PDF of a copy, with a code of its own.
func (s *screens) draw(r *web.Request, p register.Paper, cmd *register.CopyCommand) error {
	said, err := s.Say(r, p.Subject)
	if err != nil {
		return err
	}
	if cmd.Code, err = account.NewCode(); err != nil {
		return err
	}
	var by register.Signatory
	var symbol string
	err = r.View(func(q store.Querier) (err error) {
		if by, err = said.Signatory(r.Context(), q, p.Unit, r.Lang, cmd.Signatory); err != nil {
			return err
		}
		symbol, err = register.SymbolFor(r.Context(), q, p)
		return err
	})
	if err != nil {
		return err
	}
	scan := fmt.Sprintf("%s%s?code=%s", s.Address, path(p.ID), cmd.Code)
	content, err := register.ForSigning(r.Texts(), r.Lang, said, symbol, by, cmd.Code, scan).PDF()
	if err != nil {
		return fmt.Errorf("printing paper %d to be signed: %w", p.ID, err)
	}
	cmd.Content, cmd.By = said.Content, said.By
	cmd.PDF, err = s.Folder.Take(fmt.Sprintf("%s-%d.pdf", r.T("papers.copy.file"), p.ID), bytes.NewReader(content))
	return err
}

// enterScan takes the scan of a copy that was signed by pen.
func (s *screens) enterScan(r *web.Request) error {
	p, err := paperOf(r, access.PaperNumber)
	if err != nil {
		return err
	}
	form, upload, err := s.receive(r, "scan")
	if err != nil {
		return err
	}
	if form.OK() {
		var said register.Said
		if said, err = s.Say(r, p.Subject); err == nil {
			cmd := register.ScanCommand{Paper: p.ID, Code: form.Text("code"), Content: said.Content, Scan: upload}
			err = s.follow(r, p, func(tx *ledger.Tx) (register.Paper, error) { return register.EnterScan(r.Context(), tx, r.Actor, cmd) })
		}
		if err == nil {
			r.Notice("papers.scan.entered")
			return r.See(path(p.ID))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderPaper(r, p.ID, form)
}

// answer takes what the person says in whose name a copy was put in.
func (s *screens) answer(r *web.Request) error {
	p, err := paperOf(r, access.PaperRead)
	if err != nil {
		return err
	}
	form, err := r.Posted("answer")
	if err != nil {
		return err
	}
	cmd := register.AnswerCommand{Paper: p.ID, Answer: register.Answer(form.Text("answer")), Reason: form.Lines("reason")}
	cmd.Copy, _ = account.ParseCode(form.Text("copy")) // none is no copy's
	err = s.follow(r, p, func(tx *ledger.Tx) (register.Paper, error) { return register.GiveAnswer(r.Context(), tx, r.Actor, cmd) })
	if err == nil {
		r.Notice("papers.answer.taken")
		return r.See(path(p.ID))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderPaper(r, p.ID, form)
}

// enterSigned takes the PDF of a copy that was signed with a token.
func (s *screens) enterSigned(r *web.Request) error {
	p, err := paperOf(r, access.PaperNumber)
	if err != nil {
		return err
	}
	form, upload, err := s.receive(r, "token")
	if err != nil {
		return err
	}
	if form.OK() {
		if err = s.prove(r, p, upload); err == nil {
			r.Notice("papers.token.entered")
			return r.See(path(p.ID))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderPaper(r, p.ID, form)
}

// prove signs a paper by a PDF, once its signatures are found to stand.
func (s *screens) prove(r *web.Request, p register.Paper, upload file.Upload) error {
	said, err := s.Say(r, p.Subject)
	if err != nil {
		return err
	}
	trusted, err := signedpdf.ReadTrusted(s.Data)
	if err != nil {
		return err
	}
	checker := register.Checker{Folder: s.Folder, Trusted: trusted, Now: s.Machine.Now()}
	var proof register.Proof
	err = r.View(func(q store.Querier) error {
		proof, err = checker.Check(r.Context(), q, r.Actor, register.SignedCommand{Paper: p.ID, Content: said.Content, PDF: upload})
		return err
	})
	if err != nil {
		return err
	}
	return s.follow(r, p, func(tx *ledger.Tx) (register.Paper, error) {
		return register.EnterSigned(r.Context(), tx, r.Actor, proof)
	})
}

// follow changes a paper together with what its subject names.
func (s *screens) follow(r *web.Request, p register.Paper, change func(*ledger.Tx) (register.Paper, error)) error {
	return r.Update(func(tx *ledger.Tx) error {
		return s.Follow(r.Context(), tx, r.Actor, p.Subject, func() (register.Paper, error) { return change(tx) })
	})
}

// receive reads a form with one file.
func (s *screens) receive(r *web.Request, id string) (*web.Form, file.Upload, error) {
	var upload file.Upload
	sent := false
	form, err := r.Receive(id, func(field, name string, content io.Reader) (err error) {
		if field != "file" || sent {
			return nil
		}
		sent = true
		upload, err = s.Folder.Take(name, content)
		return err
	})
	if err == nil && !sent {
		form.Wrong(fault.New(fault.Invalid, "papers.file-needed").At("file"))
	}
	return form, upload, err
}

// sendCopy sends the PDF of a copy, to be printed or signed.
func (s *screens) sendCopy(r *web.Request) error {
	return s.send(r, access.PaperDraft, func(q store.Querier, p register.Paper) (string, error) {
		code, _ := account.ParseCode(r.PathValue("copy")) // none is no copy's
		c, err := register.CopyOf(r.Context(), q, p.ID, code)
		return c.File, err
	})
}

// sendSigned sends what came back signed: until the paper is issued to its office and to
// whom it names alone.
func (s *screens) sendSigned(r *web.Request) error {
	return s.send(r, access.PaperRead, func(q store.Querier, p register.Paper) (string, error) {
		office := r.Actor.May(access.PaperDraft, p.Unit)
		c, err := register.SignedCopy(r.Context(), q, p.ID)
		if p.State != register.Issued && office != nil && !c.Names(r.Actor) {
			return "", office
		}
		return c.Signed, err
	})
}

// send sends a file of the paper of the address, the one that which names.
func (s *screens) send(r *web.Request, action access.Action, which func(store.Querier, register.Paper) (string, error)) (err error) {
	p, err := paperOf(r, action)
	if err != nil {
		return err
	}
	var of file.File
	err = r.View(func(q store.Querier) error {
		id, err := which(q, p)
		if err == nil {
			of, err = file.Get(r.Context(), q, id)
		}
		return err
	})
	if err != nil {
		return err
	}
	content, err := s.Folder.Open(of)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	r.AttachStored(of, content)
	return nil
}
