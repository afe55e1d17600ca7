package register

import (
	"context"
	"errors"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
)

// ForSigning is what a paper says, to be signed outside: with the place for who signs, and
// the code at the foot of each page. Number and day are left free, unless the paper bears
// its day already: they are given to signed papers. Scan is what the code to be scanned holds.
func ForSigning(texts *text.Catalog, lang text.Lang, said Said, symbol string, by Signatory, code account.Code, scan string) document.Paper {
	p := said.Paper
	p.Stamp = ""
	p.Number = texts.T(lang, "register.copy.number", "symbol", symbol)
	if said.By == nil {
		p.Dated = texts.T(lang, "register.copy.dated")
		if said.Place != "" {
			p.Dated = said.Place + ", " + p.Dated
		}
		p.Signatures = []document.Signature{{Authority: by.Authority, Post: strings.ToUpper(by.Post), Name: by.Name}}
	}
	p.Mark = document.Mark{Words: texts.T(lang, "register.copy.mark", "code", string(code)), Scan: scan, Data: string(code)}
	return p
}

// ScanCommand enters the scan of a printed copy that was signed and stamped.
type ScanCommand struct {
	Paper   int64
	Code    string // as it was typed
	Content []byte // what the paper says now
	Scan    file.Upload
}

// EnterScan signs a paper by the scan of a printed copy, for the unit's clerk: as the copy
// says by whom and in whose name. Entering the same again changes nothing. Faults:
// Forbidden; Conflict where the paper is no draft, or its kind is not signed on paper;
// Invalid at "code" and "file".
func EnterScan(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ScanCommand) (Paper, error) {
	p, done, err := takeBack(ctx, tx, actor, cmd.Paper, cmd.Scan, profile.OnPaper)
	if done || err != nil {
		return p, err
	}
	c, err := p.copyTyped(ctx, tx, actor, cmd.Code, cmd.Content)
	if err != nil {
		return Paper{}, err
	}
	if cmd.Scan.Kind != file.PDF && !cmd.Scan.Kind.Picture() {
		return Paper{}, fault.New(fault.Invalid, "register.scan-kind").At("file")
	}
	if strings.HasPrefix(c.File, cmd.Scan.Hash()) {
		return Paper{}, fault.New(fault.Invalid, "register.scan-blank").At("file")
	}
	return p.signedBy(ctx, tx, actor, c, cameBack{ByPen, cmd.Scan, nil})
}

// takeBack locks a paper that comes back signed in a way, for the unit's clerk; done says
// that it was put in before.
func takeBack(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, upload file.Upload, way profile.Signing) (p Paper, done bool, err error) {
	if p, err = lock(ctx, tx, id); err != nil {
		return Paper{}, false, err
	}
	if err := actor.May(access.PaperNumber, p.Unit); err != nil {
		return Paper{}, false, err
	}
	if done, err := p.entered(ctx, tx, upload); done || err != nil {
		return p, done, err
	}
	return p, false, p.may(ctx, tx, way)
}

// entered says that what came back was put in before, and refuses a paper that is no
// draft otherwise.
func (p Paper) entered(ctx context.Context, tx *ledger.Tx, upload file.Upload) (bool, error) {
	if p.State == Drafted {
		return false, nil
	}
	if c, err := SignedCopy(ctx, tx, p.ID); err == nil && strings.HasPrefix(c.Signed, upload.Hash()) {
		return true, nil
	}
	return false, fault.New(fault.Conflict, "register.not-draft")
}

// copyTyped finds the copy that a typed code names. Invalid at "code".
func (p Paper) copyTyped(ctx context.Context, q store.Querier, actor access.Actor, typed string, content []byte) (Copy, error) {
	code, readable := account.ParseCode(typed)
	if !readable {
		return Copy{}, fault.New(fault.Invalid, "register.code-unreadable").At("code")
	}
	c, err := p.copyCoded(ctx, q, actor, code, content)
	return c, at("code", err)
}

// at puts what is invalid to a field.
func at(field string, err error) error {
	if wrong := (*fault.Error)(nil); errors.As(err, &wrong) && wrong.Kind == fault.Invalid {
		return wrong.At(field)
	}
	return err
}

// copyCoded finds the copy that a code names. Invalid says what is wrong with one that
// cannot sign the paper.
func (p Paper) copyCoded(ctx context.Context, q store.Querier, actor access.Actor, code account.Code, content []byte) (Copy, error) {
	list, err := readCopies(ctx, q, `WHERE code = $1`, code)
	if err != nil {
		return Copy{}, err
	}
	if len(list) == 0 {
		return Copy{}, fault.New(fault.Invalid, "register.code-unknown")
	}
	c := list[0]
	switch {
	case c.Paper != p.ID:
		return Copy{}, another(ctx, q, actor, c.Paper)
	case c.State == CopyVoid:
		return Copy{}, fault.New(fault.Invalid, "register.code-void")
	case !c.Valid(content):
		return Copy{}, fault.New(fault.Invalid, "register.code-old")
	}
	return c, nil
}

// another refuses a copy of another paper, and says of which to whoever may read that.
func another(ctx context.Context, q store.Querier, actor access.Actor, id int64) error {
	other, err := Get(ctx, q, id)
	if err != nil {
		return err
	}
	if actor.May(access.PaperRead, other.Unit) != nil {
		return fault.New(fault.Invalid, "register.code-other-office")
	}
	return fault.New(fault.Invalid, "register.code-other", "title", other.Title)
}

// cameBack is what came back of a copy.
type cameBack struct {
	method     string // [ByPen] or [ByToken]
	upload     file.Upload
	signatures []signedpdf.Signature // that stand in it
}

// signedBy signs a paper by a copy that came back.
func (p Paper) signedBy(ctx context.Context, tx *ledger.Tx, actor access.Actor, c Copy, back cameBack) (Paper, error) {
	saved, err := file.Save(ctx, tx, back.upload, p.Marks, int64(p.Unit), actor.Person)
	if err != nil {
		return Paper{}, err
	}
	c.Signed, c.Enterer, c.EnteredAt = saved.ID, actor.Name, tx.Now()
	if c.Names(actor) {
		c.Answer = Owned // nobody else says so
	}
	if err := c.keepSigned(ctx, tx); err != nil {
		return Paper{}, err
	}
	p.State, p.Content, p.Authority, p.Signer, p.Method, p.SignedAt = Signed, c.Content, c.Authority, c.Signer, back.method, tx.Now()
	if err := p.save(ctx, tx); err != nil {
		return Paper{}, err
	}
	return p, p.tell(tx, WasSigned, Act{Name: actor.Name, Copy: c.Code, File: c.Signed, Signatures: back.signatures, Answer: c.Answer})
}
