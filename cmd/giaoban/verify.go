package main

import (
	"context"
	"errors"
	"fmt"

	"giaoban/internal/app"
)

// verify proves the log.
type verify struct {
	where
}

// Help teaches more than a line can.
func (verify) Help() string {
	return `Every change is an event in a log, each bound to all before it by hashes, the whole signed at intervals. verify reads the log from the first event and compares the reports with it. It prints what is not as it was written, the first altered event first, and ends with 1; when all is well it ends with 0.`
}

// Run prints what was checked and everything found wrong, the first event first.
func (v verify) Run(ctx context.Context, c console) (err error) {
	config, err := v.config(c)
	if err != nil {
		return err
	}
	at, err := app.Reach(ctx, config, app.ToRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, at.Close()) }()
	result, err := at.Verify(ctx)
	if err != nil {
		return err
	}
	return printVerification(c, result)
}

// printVerification prints what verifying found, the first event first.
func printVerification(c console, result app.Verification) error {
	fmt.Fprintln(c.out, c.t("verify.read", "n", result.Events, "covered", result.Covered, "reports", result.Reports))
	for _, f := range result.Findings {
		said := c.t(f.What, "n", f.Position)
		if f.Report != 0 {
			said = c.t("cli.verify.report", "n", f.Position, "report", f.Report, "what", said)
		}
		fmt.Fprintln(c.out, said)
	}
	if len(result.Findings) > 0 {
		return errRefused
	}
	fmt.Fprintln(c.out, c.t("verify.well"))
	return nil
}
