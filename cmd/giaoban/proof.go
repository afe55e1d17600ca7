package main

import (
	"context"
	"errors"
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
func (e exportProof) Run(ctx context.Context, c console) (err error) {
	config, err := e.config(c)
	if err != nil {
		return err
	}
	at, err := app.Reach(ctx, config, app.ToRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, at.Close()) }()
	err = replace(e.File, func(to io.Writer) error {
		return at.ExportProof(ctx, app.ProofRequest{Directive: e.Directive}, to, c.progress("cli.events"))
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.err, c.t("cli.export.done", "file", e.File))
	return nil
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
func (p checkpoint) Run(ctx context.Context, c console) (err error) {
	config, err := p.config(c)
	if err != nil {
		return err
	}
	at, err := app.Reach(ctx, config, app.ToRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, at.Close()) }()
	text, err := at.Checkpoint(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(c.out, text)
	return err
}
