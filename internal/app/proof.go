package app

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/witness"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
)

// Checkpoint gives the newest signed checkpoint, to be kept elsewhere.
func (r *Records) Checkpoint(ctx context.Context) (string, error) {
	if err := r.founded(ctx, r.DB.Reader()); err != nil {
		return "", err
	}
	if err := r.signable(ctx); err != nil {
		return "", err
	}
	if err := r.merkle.CatchUp(ctx); err != nil {
		return "", err
	}
	return ledger.Checkpoint(ctx, r.DB.Reader())
}

// openWitness makes the sender of checkpoints where there is a witness.
func (a *App) openWitness() {
	if a.config.Witness == "" {
		return
	}
	a.witness = witness.New(witness.Config{
		URL: a.config.Witness, Log: a.config.Log,
		Newest: func(ctx context.Context) (string, int64, error) {
			text, err := ledger.Checkpoint(ctx, a.DB.Reader())
			if err != nil || text == "" {
				return "", 0, err
			}
			tree, err := ledger.OpenCheckpoint(text, a.Key.Verifier)
			return text, tree.N, err
		},
	})
}

// ProofRequest says what of the log is exported.
type ProofRequest struct {
	Directive int64 // that alone is told whole, with its reports; 0 for everything
}

// ExportProof writes the log with its proofs for the independent verifier. A log
// that was altered is exported as well: the verifier names the event.
func (r *Records) ExportProof(ctx context.Context, request ProofRequest, to io.Writer, progress func(done, total int)) error {
	if err := r.founded(ctx, r.DB.Reader()); err != nil {
		return err
	}
	if err := r.merkle.CatchUp(ctx); err != nil {
		r.config.Log.WarnContext(ctx, "the newest events are not covered by a checkpoint", "error", err)
	}
	what := ledger.Bundle{Key: r.Key.Public, Progress: progress}
	err := r.DB.View(ctx, func(tx *sql.Tx) error {
		if request.Directive != 0 {
			if _, err := directive.Get(ctx, tx, request.Directive); err != nil {
				return err
			}
			subject := directive.Subject(request.Directive)
			what.Concerns = func(e ledger.Event) bool {
				return e.Subject == subject || report.DirectiveOf(e) == request.Directive
			}
		}
		return ledger.Export(ctx, tx, to, what)
	})
	if err != nil && len(fault.All(err)) == 0 {
		err = fmt.Errorf("exporting the proof: %w", err)
	}
	return err
}
