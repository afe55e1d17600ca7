package main

import (
	"context"
	"fmt"
	"io"

	"giaoban/internal/app"
)

// exportProof writes the log for the independent verifier.
type exportProof struct {
	where
	File      string `arg:"" help:"Where to write, a .zip." type:"path"`
	Directive int64  `help:"Tell only this directive and its reports, by its number in addresses; of all else the hashes alone are given out." placeholder:"N"`
}

// Help teaches more than a line can.
func (exportProof) Help() string {
	return `The file holds every event with its salt and payload, the signed checkpoints and the public key. Whoever has it can prove every figure without giaoban:

    giaoban export proof PROOF.zip
    go run ./cmd/giaoban-verify PROOF.zip RECEIPT.pdf

giaoban-verify is one file of less than 300 lines that shares nothing with this program. The format is in docs/proofs.md. The whole log tells everything that was reported, and by whom: give out no more of it than may be read.`
}

// Run writes the file whole or not at all.
func (e exportProof) Run(ctx context.Context, c console) error {
	return e.do(ctx, c, app.ToRead, func(at app.Commands) error {
		return c.export(e.File, func(to io.Writer) error {
			return at.ExportProof(ctx, app.ProofRequest{Directive: e.Directive}, to, c.progress("cli.events"))
		})
	})
}

// checkpoint prints the newest checkpoint.
type checkpoint struct {
	where
}

// Help teaches more than a line can.
func (checkpoint) Help() string {
	return `A checkpoint is five lines that say, signed, what the whole log was at one moment. Kept where nobody who runs this machine can reach it, it finds out later also a log that was written anew as a whole:

    giaoban checkpoint > 2020-07-10.checkpoint
    giaoban verify --checkpoint 2020-07-10.checkpoint

"giaoban serve --witness URL" sends each new one to an address by itself.`
}

// Run prints the checkpoint and nothing else.
func (p checkpoint) Run(ctx context.Context, c console) error {
	return p.do(ctx, c, app.ToRead, func(at app.Commands) error {
		text, err := at.Checkpoint(ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(c.out, text)
		return err
	})
}
