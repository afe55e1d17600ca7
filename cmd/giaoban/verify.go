package main

import (
	"context"
	"fmt"

	"giaoban/internal/app"
)

// verify proves the log.
type verify struct {
	where
}

// Run prints what was checked and the first thing found wrong.
func (v verify) Run(ctx context.Context, c console) error {
	at, err := app.Reach(ctx, v.config())
	if err != nil {
		return err
	}
	defer at.Close()
	result, err := at.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, c.t("verify.read", "n", result.Events, "covered", result.Covered, "reports", result.Reports))
	for _, f := range result.Findings {
		fmt.Fprintln(c.out, c.t(f.What, "n", f.Position, "report", f.Report))
	}
	if len(result.Findings) > 0 {
		return errRefused
	}
	fmt.Fprintln(c.out, c.t("verify.well"))
	return nil
}
