package app

import (
	"encoding/json"

	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
)

// checkpointAnswer is what a browser that keeps a checkpoint is told: the newest
// one, and the proof that the log has only grown since its own, which it checks
// by itself.
type checkpointAnswer struct {
	Checkpoint string         `json:"checkpoint"` // "" where none is to be kept
	Verdict    ledger.Verdict `json:"verdict,omitempty"`
	Proof      []string       `json:"proof,omitempty"` // base64
	Title      string         `json:"title"`           // of the warning that the browser shows when the proof fails
	Text       string         `json:"text"`
	Accept     string         `json:"accept,omitempty"` // of the button that takes another key for right
}

// giveCheckpoint answers browsers that keep checkpoints. It tells nothing of
// what happened, only how much. Whoever sends no checkpoint gets the newest.
func (a *App) giveCheckpoint(r *web.Request) error {
	answer := checkpointAnswer{Title: r.T("app.checkpoint.broken"), Text: r.T("app.checkpoint.broken.text")}
	err := r.View(func(q store.Querier) (err error) {
		kept := r.Query("kept")
		if kept == "" {
			answer.Checkpoint, err = ledger.Checkpoint(r.Context(), q)
			return err
		}
		checkpoint, ok := ledger.Unpack(kept)
		if !ok {
			return fault.New(fault.Invalid, "app.checkpoint.none")
		}
		answer.Verdict = ledger.Foreign
		old, err := ledger.OpenCheckpoint(checkpoint, a.Key.Verifier)
		if err != nil {
			answer.Accept = r.T("app.checkpoint.accept")
			answer.Checkpoint, err = ledger.Checkpoint(r.Context(), q)
			return err
		}
		return answer.compare(a, r, q, old)
	})
	if err != nil {
		return err
	}
	if a.has(demoMark) {
		// A demonstration is thrown away and made anew at the same address.
		answer.Checkpoint, answer.Verdict = "", ""
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Cache-Control", "no-store")
	return json.NewEncoder(r.Writer).Encode(answer)
}

func (c *checkpointAnswer) compare(a *App, r *web.Request, q store.Querier, old tlog.Tree) error {
	held, err := ledger.CheckTree(r.Context(), q, a.Key.Verifier, old)
	if err != nil {
		return err
	}
	c.Checkpoint, c.Verdict = held.Checkpoint, held.Verdict
	for _, hash := range held.Proof {
		c.Proof = append(c.Proof, hash.String())
	}
	return nil
}

// checkpointRoutes is where browsers ask for checkpoints.
func (a *App) checkpointRoutes() []web.Route {
	return []web.Route{{Pattern: "GET /checkpoint", Action: access.Public, Handle: a.giveCheckpoint}}
}
