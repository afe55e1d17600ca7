package register

import (
	"context"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/store"
	"giaoban/internal/part/document"
)

// Checker looks at PDFs that come back signed.
type Checker struct {
	Folder  *file.Folder
	Trusted signedpdf.Trusted
	Now     time.Time // by the machine's clock, by which certificates are valid
}

// SignedCommand enters a copy that came back as a PDF signed with a token.
type SignedCommand struct {
	Paper   int64
	Content []byte // what the paper says now
	PDF     file.Upload
}

// Proof is a PDF that came back, and the signatures that were found to stand in it.
// [Checker.Check] makes it, [EnterSigned] takes it.
type Proof struct {
	SignedCommand
	code       account.Code
	given      string // id of the file that was given out
	signatures []signedpdf.Signature
}

// Check finds the copy that a PDF is, and whether nothing but valid signatures was added to
// it. It reads whole files, so that it is no part of the transaction that enters the
// signature. Invalid at "file", as [signedpdf.Check] says, or of what copy it is.
func (c Checker) Check(ctx context.Context, q store.Querier, actor access.Actor, cmd SignedCommand) (Proof, error) {
	wrong := func(key string) (Proof, error) {
		return Proof{}, fault.New(fault.Invalid, key).At("file")
	}
	if cmd.PDF.Kind != file.PDF {
		return wrong("register.pdf-kind")
	}
	p, err := Get(ctx, q, cmd.Paper)
	if err != nil {
		return Proof{}, err
	}
	back, err := c.Folder.Content(cmd.PDF.Hash())
	if err != nil {
		return Proof{}, err
	}
	said, _ := document.Data(back) // none is no code's
	code, readable := account.ParseCode(string(said))
	if !readable {
		return wrong("register.pdf-unknown")
	}
	copied, err := p.copyCoded(ctx, q, actor, code, cmd.Content)
	if err != nil {
		return Proof{}, at("file", err)
	}
	given, err := c.Folder.Content(copied.File)
	if err != nil {
		return Proof{}, err
	}
	found, err := signedpdf.Check(given, back, c.Trusted, c.Now)
	return Proof{cmd, code, copied.File, found}, err
}

// EnterSigned signs a paper by a PDF that was signed with a token, for the unit's clerk: as
// its copy says by whom and in whose name. Entering the same again changes nothing. Faults:
// Forbidden; Conflict where the paper is no draft, or its kind is not signed so; Invalid at
// "file".
func EnterSigned(ctx context.Context, tx *ledger.Tx, actor access.Actor, proof Proof) (Paper, error) {
	p, done, err := takeBack(ctx, tx, actor, proof.Paper, proof.PDF, profile.InPDF)
	if done || err != nil {
		return p, err
	}
	c, err := p.copyCoded(ctx, tx, actor, proof.code, proof.Content)
	if err != nil {
		return Paper{}, at("file", err)
	}
	if len(proof.signatures) == 0 || c.File != proof.given {
		return Paper{}, fault.New(fault.Invalid, "register.pdf-unknown").At("file")
	}
	return p.signedBy(ctx, tx, actor, c, cameBack{ByToken, proof.PDF, proof.signatures})
}
