package main

import (
	"context"
	"fmt"
	"os"

	"giaoban/internal/app"
	"giaoban/internal/base/ledger"
)

// verify proves the log.
type verify struct {
	where
	Checkpoint []string `help:"Compare also with checkpoints that were kept elsewhere, one or more in a file; may be given again." type:"existingfile" placeholder:"FILE"`
}

// Help teaches more than a line can.
func (verify) Help() string {
	return `Every change is an event in a log, each bound to all before it by hashes, the whole signed at intervals. verify reads the log from the first event and compares the reports with it. It prints what is not as it was written, the first altered event first, and ends with 1; when all is well it ends with 0.

From inside, nobody can see that a log was written anew as a whole by somebody who holds its key. With --checkpoint it is held against a checkpoint that was kept elsewhere (giaoban checkpoint, a witness, a browser, a receipt): it was rewritten, its end was cut off, or another key signs it.`
}

// Run prints what was checked and everything found wrong, the first event first.
func (v verify) Run(ctx context.Context, c console) error {
	outside, err := v.outside()
	if err != nil {
		return err
	}
	return v.do(ctx, c, app.ToRead, func(at app.Commands) error {
		result, err := at.Verify(ctx, outside...)
		if err != nil {
			return err
		}
		return printVerification(c, result)
	})
}

// printVerification prints what verifying found, the first event first.
func printVerification(c console, result app.Verification) error {
	fmt.Fprintln(c.out, c.t("verify.read", "n", result.Events, "covered", result.Covered, "reports", result.Reports))
	if result.Outside > 0 {
		fmt.Fprintln(c.out, c.t("cli.verify.outside", "n", result.Outside))
	}
	for _, gone := range result.Erased {
		fmt.Fprintln(c.out, c.t("cli.verify.erased", "n", gone.Position, "by", gone.By))
	}
	for _, f := range result.Findings {
		said := c.t(f.What, "n", f.Position)
		if f.Report != 0 {
			said = c.t("cli.verify.report", "n", f.Position, "report", f.Report, "what", said)
		}
		if f.Directive != 0 {
			said = c.t("cli.verify.directive", "n", f.Position, "directive", f.Directive, "what", said)
		}
		if f.Briefing != 0 {
			said = c.t("cli.verify.briefing", "n", f.Position, "briefing", f.Briefing, "what", said)
		}
		if f.Paper != 0 {
			said = c.t("cli.verify.paper", "n", f.Position, "paper", f.Paper, "what", said)
		}
		if f.Task != 0 {
			said = c.t("cli.verify.task", "n", f.Position, "task", f.Task, "what", said)
		}
		if f.Slip != "" {
			said = c.t("cli.verify.slip", "n", f.Position, "slip", string(f.Slip), "what", said)
		}
		fmt.Fprintln(c.out, said)
	}
	if len(result.Findings) > 0 {
		return errRefused
	}
	fmt.Fprintln(c.out, c.t("verify.well"))
	return nil
}

// outside reads the checkpoints that were kept elsewhere.
func (v verify) outside() ([]string, error) {
	var list []string
	for _, name := range v.Checkpoint {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		kept := ledger.SplitCheckpoints(string(content))
		if len(kept) == 0 {
			return nil, errUsage("--checkpoint: there is nothing in " + name)
		}
		list = append(list, kept...)
	}
	return list, nil
}
